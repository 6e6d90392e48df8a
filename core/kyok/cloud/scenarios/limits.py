"""What the services would refuse in the midst of making a scenario, when the former state is gone already.

Said beforehand: what is named twice, too long or too many, and numbers that a ceremony or a fault does not take.
"""

from collections.abc import Hashable, Iterable, Iterator
from typing import TYPE_CHECKING

from kyok.cloud.emulator.faults import LONGEST_LATENCY
from kyok.cloud.iam.identities import EMAIL, LONGEST_NAME
from kyok.cloud.resources.groups import DEFAULT, NAME
from kyok.cloud.scenarios.format import Ceremony, Document, Fault
from kyok.cloud.scenarios.mistake import Mistake
from kyok.domain.databases import NODES
from kyok.domain.key_fields import KEY_RINGS_MAX
from kyok.domain.roles import offered_roles, role_by_name
from kyok.domain.services import HS_CRYPTO
from kyok.hsm.administrators import checked_names
from kyok.hsm.errors import HsmError

if TYPE_CHECKING:
    from kyok.cloud.scenarios.expanding import Expanded


def problems(document: Document, made: "Expanded", services: dict[str, str]) -> Iterator[Mistake]:
    """All of them; `services`: of the instances by name."""
    yield from _groups(document)
    yield from _people(document)
    for holder in made.holders:
        rings = holder.spec.key_rings
        yield from _twice(rings, f"{holder.path}.key_rings", "The key ring is there twice.")
        if len(rings) > KEY_RINGS_MAX:
            yield Mistake(f"{holder.path}.key_rings", f"An instance has at most {KEY_RINGS_MAX} key rings.")
        if holder.spec.ceremony is not None:
            yield from _ceremony(holder.spec.ceremony, f"{holder.path}.ceremony")
    yield from _authorizations(document, services)
    for index, fault in enumerate(document.faults):
        yield from _numbers(fault, f"faults[{index}]")
    places = [(fault.kind, fault.zone, fault.instance, fault.database, fault.node) for fault in document.faults]
    yield from _twice(places, "faults", "The same thing is broken twice.")


def _twice(values: Iterable[Hashable], path: str, words: str) -> Iterator[Mistake]:
    seen: set[Hashable] = set()
    for index, value in enumerate(values):
        if value in seen:
            yield Mistake(f"{path}[{index}]", words)
        seen.add(value)


def _groups(document: Document) -> Iterator[Mistake]:
    for index, name in enumerate(document.resource_groups):
        if not NAME.fullmatch(name) or not name.strip():
            words = "A resource group has a name of 1 to 40 letters, digits, blanks and _ . : -."
            yield Mistake(f"resource_groups[{index}]", words)
        if name == DEFAULT:
            yield Mistake(f"resource_groups[{index}]", f"The resource group “{DEFAULT}” is there always.")
    yield from _twice(document.resource_groups, "resource_groups", "The resource group is there twice.")


def _people(document: Document) -> Iterator[Mistake]:
    for index, person in enumerate(document.users):
        if not EMAIL.fullmatch(person.email.strip()):
            yield Mistake(f"users[{index}].email", "A user needs an email address.")
        if len(person.name) > LONGEST_NAME:
            yield Mistake(f"users[{index}].name", f"A name has at most {LONGEST_NAME} characters.")
        for place, grant in enumerate(person.roles):
            if grant.instance and not grant.service:
                yield Mistake(f"users[{index}].roles[{place}]", "A role on one instance names its service, too.")


def _ceremony(told: Ceremony, path: str) -> Iterator[Mistake]:
    try:
        most = len(checked_names(told.administrators))
    except HsmError as error:
        yield Mistake(f"{path}.administrators", error.summary)
        return
    for field in ("signature_threshold", "revocation_threshold"):
        if getattr(told, field) > most:
            yield Mistake(f"{path}.{field}", f"With {most} administrators it can be 1 to {most}.")


def _authorizations(document: Document, services: dict[str, str]) -> Iterator[Mistake]:
    pairs: list[Hashable] = []
    for index, grant in enumerate(document.authorizations):
        target = grant.target or services.get(grant.target_instance, HS_CRYPTO)
        if role_by_name(target, grant.role) not in offered_roles(grant.source, target):
            yield Mistake(f"authorizations[{index}].role", f"The role “{grant.role}” is not offered for this pair.")
        pairs.append((grant.source, grant.source_instance, target, grant.target_instance))
    yield from _twice(pairs, "authorizations", "The same authorization is there twice.")


def _numbers(fault: Fault, path: str) -> Iterator[Mistake]:
    for field, most in (("milliseconds", LONGEST_LATENCY), ("percent", 100), ("node", NODES)):
        if not 0 <= getattr(fault, field) <= most:
            yield Mistake(f"{path}.{field}", f"The value is from 1 to {most:,}.")
