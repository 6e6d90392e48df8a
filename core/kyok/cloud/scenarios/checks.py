"""Whether a scenario makes sense as a whole: names that are used exist, rules that the services have are kept."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from kyok.cloud.keys.operations import SET_FOR_DELETION
from kyok.cloud.scenarios import limits
from kyok.cloud.scenarios.format import Authorization, Database, Document, Fault, Key, KeyService, User
from kyok.cloud.scenarios.mistake import Mistake
from kyok.domain import databases as sizes
from kyok.domain.authorizations import pair_problem
from kyok.domain.cluster import FaultKind
from kyok.domain.key_fields import (
    DEFAULT_KEY_RING,
    aliases_problem,
    description_problem,
    key_ring_problem,
    name_problem,
    tags_problem,
)
from kyok.domain.names import admin_name_problem, cluster_name_problem, scenario_title_problem, service_name_problem
from kyok.domain.names import tags_problem as instance_tags_problem
from kyok.domain.regions import REGIONS
from kyok.domain.roles import granting, role_by_name
from kyok.domain.services import DBAAS_POSTGRESQL, HS_CRYPTO, KEY_SERVICES, service
from kyok.domain.texts import listed
from kyok.settings import BadSetting, Scope, checked

if TYPE_CHECKING:
    from kyok.cloud.scenarios.expanding import Expanded

_ZONES = frozenset(zone for region in REGIONS for zone in region.zones)
_ROLE_SERVICES = (*KEY_SERVICES, DBAAS_POSTGRESQL)
_FIELDS = {
    FaultKind.ZONE_CUT: ("zone",),
    FaultKind.HSM_CUT: ("instance",),
    FaultKind.NODE_STOP: ("database", "node"),
    FaultKind.LATENCY: ("milliseconds",),
    FaultKind.ERRORS: ("percent",),
}
_INSTANCE_TOO = frozenset({FaultKind.ZONE_CUT, FaultKind.LATENCY, FaultKind.ERRORS})


def check(document: Document, made: "Expanded") -> None:
    """Holds a scenario against the rules of what it makes.

    Raises:
        Mistake: the first one.
    """
    names = Names(document, made)
    for problem in chain(_problems(document, made, names), limits.problems(document, made, names.services)):
        raise problem


class Names:
    """What the file names: instances with their services, root keys, resource groups."""

    def __init__(self, document: Document, made: "Expanded") -> None:
        self.services: dict[str, str] = {}
        self.root_keys: dict[str, set[str]] = {}
        self.groups = {"Default", *document.resource_groups}
        for holder in made.holders:
            self._add(holder.spec.name, holder.spec.service, holder.path)
            self.root_keys[holder.spec.name] = {key.name for key, _ in holder.keys if key.type == "root"}
        for database, path in made.databases:
            self._add(database.name, DBAAS_POSTGRESQL, path)

    def _add(self, name: str, service_name: str, path: str) -> None:
        if name in self.services:
            raise Mistake(f"{path}.name", f"There are two instances with the name “{name}”.")
        self.services[name] = service_name


def _problems(document: Document, made: "Expanded", names: Names) -> Iterator[Mistake]:
    try:
        checked(Scope.CLOUD, document.settings)
    except BadSetting as error:
        yield Mistake("settings", error.summary)
    if problem := scenario_title_problem(document.title):
        yield Mistake("title", problem)
    for index, person in enumerate(document.users):
        yield from _user(person, f"users[{index}]", names)
    people = {person.email: person for person in document.users}
    for holder in made.holders:
        yield from _instance(holder.spec.name, holder.spec.tags, holder.path)
        yield from _place(holder.spec.service, holder.spec.region, holder.spec.resource_group, holder.path, names)
        if holder.keys and not holder.spec.initialized and holder.spec.service == HS_CRYPTO:
            yield Mistake(f"{holder.path}.keys", "An instance whose crypto units are not initialized holds no key.")
        yield from _first(holder.path, [("key_rings", key_ring_problem(ring)) for ring in holder.spec.key_rings])
        yield from _aliases(holder.keys)
        for key, path in holder.keys:
            yield from _key(key, path)
            if key.deletion_authorized_by:
                found = people.get(key.deletion_authorized_by)
                problem = deletion_problem(key.deletion_authorized_by, found, holder.spec)
                yield from _first(path, [("deletion_authorized_by", problem)])
            if key.key_ring not in (DEFAULT_KEY_RING, *holder.spec.key_rings):
                yield Mistake(f"{path}.key_ring", f"The instance has no key ring “{key.key_ring}”.")
    for index, grant in enumerate(document.authorizations):
        yield from _authorization(grant, f"authorizations[{index}]", names)
    for database, path in made.databases:
        yield from _database(database, path, names)
    for index, fault in enumerate(document.faults):
        yield from _fault(fault, f"faults[{index}]", names)


def _first(path: str, problems: Iterable[tuple[str, str | None]]) -> Iterator[Mistake]:
    for field, problem in problems:
        if problem:
            yield Mistake(f"{path}.{field}", problem)


def _instance(name: str, tags: list[str], path: str) -> Iterator[Mistake]:
    yield from _first(path, (("name", service_name_problem(name)), ("tags", instance_tags_problem(tags))))


def _place(service_name: str, region: str, group: str, path: str, names: Names) -> Iterator[Mistake]:
    known = service(service_name)
    if known is None or region not in known.regions:
        yield Mistake(f"{path}.region", f"“{region}” is no region of this service.")
    if group and group not in names.groups:
        yield Mistake(f"{path}.resource_group", f"The file has no resource group “{group}”.")


def _user(person: User, path: str, names: Names) -> Iterator[Mistake]:
    if "@" not in person.email:
        yield Mistake(f"{path}.email", "A user needs an email address.")
    for index, grant in enumerate(person.roles):
        where = f"{path}.roles[{index}]"
        if grant.service and service(grant.service) is None:
            yield Mistake(f"{where}.service", f"There is no service “{grant.service}”.")
        elif not any(role_by_name(name, grant.role) for name in ([grant.service] if grant.service else _ROLE_SERVICES)):
            yield Mistake(f"{where}.role", f"There is no role “{grant.role}” for this.")
        if grant.instance:
            yield from _named(grant.instance, f"{where}.instance", names, lambda found: True)


def deletion_problem(email: str, person: User | None, holder: KeyService) -> str | None:
    """Whether somebody may authorize the deletion of keys of an instance."""
    if person is None:
        return f"The file has no user “{email}”."
    allowing = granting(holder.service, SET_FOR_DELETION.action(holder.service))
    for grant in person.roles:
        reaches = grant.service in ("", holder.service) and grant.instance in ("", holder.name)
        if reaches and role_by_name(holder.service, grant.role) in allowing:
            return None
    roles = listed([role.display_name for role in allowing], "or")
    return f"The user “{email}” needs the {roles} role on “{holder.name}”."


def _aliases(keys: Iterable[tuple[Key, str]]) -> Iterator[Mistake]:
    """An alias belongs to one key of an instance."""
    owners: dict[str, Key] = {}
    for key, path in keys:
        for alias in key.aliases:
            owner = owners.setdefault(alias, key)
            if owner is not key:
                yield Mistake(f"{path}.aliases", f"The alias “{alias}” belongs to the key “{owner.name}” already.")


def _key(key: Key, path: str) -> Iterator[Mistake]:
    yield from _first(
        path,
        (
            ("name", name_problem(key.name)),
            ("description", description_problem(key.description)),
            ("tags", tags_problem(key.tags)),
            ("aliases", aliases_problem(key.aliases)),
        ),
    )
    if key.type == "standard" and key.rotations:
        yield Mistake(f"{path}.rotations", "A standard key cannot be rotated.")
    if key.type == "standard" and key.rotation_months:
        yield Mistake(f"{path}.rotation_months", "A standard key cannot be rotated.")
    if key.imported and key.rotation_months:
        yield Mistake(f"{path}.rotation_months", "An imported key cannot be rotated by itself.")
    if key.deletion_authorized_by and not key.dual_authorization:
        yield Mistake(f"{path}.deletion_authorized_by", "That needs dual_authorization.")
    if key.dual_authorization and key.state == "deleted":
        yield Mistake(f"{path}.state", "A key under dual authorization cannot be deleted by a scenario.")
    if key.type == "standard" and key.state == "disabled":
        yield Mistake(f"{path}.state", "A standard key cannot be disabled.")


def _authorization(grant: Authorization, path: str, names: Names) -> Iterator[Mistake]:
    target = grant.target or names.services.get(grant.target_instance, HS_CRYPTO)
    if problem := pair_problem(grant.source, target):
        yield Mistake(path, problem)
    if grant.source_instance:
        yield from _named(grant.source_instance, f"{path}.source_instance", names, lambda found: found == grant.source)
    if grant.target_instance:
        yield from _named(grant.target_instance, f"{path}.target_instance", names, lambda found: found == target)


def _database(database: Database, path: str, names: Names) -> Iterator[Mistake]:
    yield from _instance(database.name, database.tags, path)
    yield from _place(DBAAS_POSTGRESQL, database.region, database.resource_group, path, names)
    yield from _first(
        path,
        (
            ("cluster_name", cluster_name_problem(database.cluster_name)),
            ("admin_name", admin_name_problem(database.admin_name)),
        ),
    )
    for field, allowed in (
        ("cpu", sizes.CPU_VALUES),
        ("memory_gib", sizes.RAM_VALUES),
        ("storage_gib", sizes.DISK_VALUES),
    ):
        if getattr(database, field) not in allowed:
            yield Mistake(f"{path}.{field}", f"The value is one of: {', '.join(map(str, allowed))}.")
    offered = service(DBAAS_POSTGRESQL)
    if database.plan and (offered is None or offered.plan(database.plan) is None):
        yield Mistake(f"{path}.plan", f"The service has no plan “{database.plan}”.")
    if database.key:
        holder, _, key = database.key.partition("/")
        if key not in names.root_keys.get(holder, set()):
            words = f"The file has no root key “{database.key}”; a key is named as instance/key."
            yield Mistake(f"{path}.key", words)


def _fault(fault: Fault, path: str, names: Names) -> Iterator[Mistake]:
    kind = FaultKind(fault.kind)
    allowed = {*_FIELDS[kind], *(("instance",) if kind in _INSTANCE_TOO else ())}
    for field in ("zone", "instance", "database", "node", "milliseconds", "percent"):
        if getattr(fault, field) and field not in allowed:
            yield Mistake(f"{path}.{field}", f"A fault of kind {kind} has no {field}.")
        if not getattr(fault, field) and field in _FIELDS[kind]:
            yield Mistake(path, f"A fault of kind {kind} needs the field “{field}”.")
    if fault.zone and fault.zone not in _ZONES:
        yield Mistake(f"{path}.zone", f"There is no zone “{fault.zone}”.")
    if fault.instance:
        yield from _named(fault.instance, f"{path}.instance", names, lambda found: found in KEY_SERVICES)
    if fault.database:
        yield from _named(fault.database, f"{path}.database", names, lambda found: found == DBAAS_POSTGRESQL)


def _named(name: str, path: str, names: Names, fits: Callable[[str], bool]) -> Iterator[Mistake]:
    found = names.services.get(name)
    if found is None:
        yield Mistake(path, f"The file has no instance “{name}”.")
    elif not fits(found):
        yield Mistake(path, f"“{name}” is an instance of another service.")
