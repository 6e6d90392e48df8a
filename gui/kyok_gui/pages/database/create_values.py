"""What the creation form holds, and what is still wrong with it. No widgets."""

from __future__ import annotations

from dataclasses import dataclass

from kyok.domain import databases, names, passwords, regions, services
from kyok.domain.databases import Sizes
from kyok.domain.services import DBAAS_POSTGRESQL, Plan, Service
from kyok.domain.translation import noted, tr

NOT_CHOSEN = noted("Not chosen")


def database_service() -> Service:
    """The catalog entry of the database service."""
    entry = services.service(DBAAS_POSTGRESQL)
    assert entry is not None
    return entry


@dataclass(frozen=True, slots=True)
class FormValues:
    """The form without its password; `problem_with_key` is what the key pickers say."""

    region: str
    plan: Plan
    service_name: str
    resource_group: str
    group_name: str
    tags: tuple[str, ...]
    cluster_name: str
    admin_name: str
    version: str
    ram: int
    disk: int
    cpu: int
    endpoints: str
    kms_name: str = ""
    key_name: str = ""
    problem_with_key: str = ""

    @property
    def sizes(self) -> Sizes | None:
        """The sizes of each node, which have a price; None on the free plan."""
        return None if self.plan.free else Sizes(self.ram, self.disk, self.cpu)


def tags_of(*texts: str) -> tuple[str, ...]:
    """Tags from the two tag fields, separated by commas."""
    return tuple(part.strip() for text in texts for part in text.split(",") if part.strip())


def field_problems(values: FormValues, password: str, confirmation: str) -> dict[str, str]:
    """What is wrong, by field in the order of the form; empty fields come with a word of what is missing."""
    found = {
        "service-name": names.service_name_problem(values.service_name),
        "resource-group": None if values.resource_group else tr("The resource group is missing."),
        "tags": names.tags_problem(values.tags),
        "cluster-name": names.cluster_name_problem(values.cluster_name),
        "admin-name": names.admin_name_problem(values.admin_name),
        "password": passwords.password_problem(password) if password else tr("The database admin password is missing."),
        "confirm-password": _confirmation_problem(password, confirmation),
    }
    return {field: sentence for field, sentence in found.items() if sentence}


def _confirmation_problem(password: str, confirmation: str) -> str | None:
    if password and not confirmation:
        return tr("The repeated password is missing.")
    return tr("The two passwords are not the same.") if password != confirmation else None


def why_not(values: FormValues, problems: dict[str, str]) -> str:
    """Why nothing can be created yet, as the end of a sentence: the key first, then the first bad field."""
    if values.problem_with_key:
        return values.problem_with_key
    first = next(iter(problems.values()), "")
    return first[:1].lower() + first[1:]


def summary(values: FormValues) -> list[tuple[str, str]]:
    """The values of the summary tile."""
    versions, noted_endpoints = dict(databases.VERSIONS), dict(databases.ENDPOINTS).get(values.endpoints, "")
    return [
        (tr("Region"), regions.region_name(values.region)),
        (tr("Plan"), values.plan.display_name),
        (tr("Nodes"), tr("3, one per zone")),
        (tr("Version"), versions.get(values.version, values.version)),
        (tr("Endpoints"), tr(noted_endpoints)),
        (tr("KMS instance"), values.kms_name or tr("Default key")),
        (tr("Root key"), values.key_name or (tr(NOT_CHOSEN) if values.kms_name else tr("Random, by the service"))),
    ]
