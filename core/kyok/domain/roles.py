"""Roles, what each may do, and which role may be granted between two services.

Sources: reference/kms-api.md section 5, reference/dbaas.md section 7, reference/iam-and-resources.md sections 4.9
and 9. Action ids carry the service name as prefix. Roles do not inherit from each other: the sets are complete.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from kyok.domain import services
from kyok.domain.translation import noted

RESOURCE_CONTROLLER = "resource-controller"
EMULATOR_MANAGE = "kyok.emulator.manage"
"""Our own action: the private API of the emulated cloud (clock, faults, identities...)."""
CREATE_INSTANCE = f"{RESOURCE_CONTROLLER}.instance.create"
ACTIVITY_READ = "kyok.activity.read"
"""Our own action: reading the activity log of the account."""


@dataclass(frozen=True, slots=True)
class Role:
    """A role as IAM knows it. `name` is the last segment of the CRN, `display_name` what people read."""

    crn: str
    name: str
    display_name: str
    description: str
    kind: Literal["platform", "service"]


def _platform(name: str, description: str) -> Role:
    return Role(f"crn:v1:bluemix:public:iam::::role:{name}", name, name, description, "platform")


def _service(name: str, description: str) -> Role:
    return Role(f"crn:v1:bluemix:public:iam::::serviceRole:{name}", name, name, description, "service")


VIEWER = _platform("Viewer", noted("See instances, but change nothing."))
OPERATOR = _platform("Operator", noted("See instances and manage their credentials."))
EDITOR = _platform("Editor", noted("Create, change and delete instances."))
ADMINISTRATOR = _platform("Administrator", noted("Everything an Editor may do, and manage access for others."))
READER = _service("Reader", noted("Read-only actions inside the service."))
WRITER = _service("Writer", noted("More than a Reader: also create and edit resources of the service."))
MANAGER = _service("Manager", noted("More than a Writer: also the privileged actions that the service defines."))
READER_PLUS = Role(
    "crn:v1:bluemix:public:hs-crypto::::serviceRole:ReaderPlus",
    "ReaderPlus",
    "Reader Plus",
    noted("A Reader who may also retrieve the material of standard keys."),
    "service",
)
READER_PLUS_KMS = Role(
    "crn:v1:bluemix:public:kms::::serviceRole:ReaderPlus",
    "ReaderPlus",
    "ReaderPlus",
    READER_PLUS.description,
    "service",
)
KEY_PURGE = Role(
    "crn:v1:bluemix:public:hs-crypto::::serviceRole:KMSKeyPurgeRole",
    "KMSKeyPurgeRole",
    "KMS Key Purge Role",
    noted("Purge deleted keys, and nothing else."),
    "service",
)
KEY_PURGE_KMS = Role(
    "crn:v1:bluemix:public:kms::::serviceRole:KeyPurge",
    "KeyPurge",
    "KeyPurge",
    KEY_PURGE.description,
    "service",
)

PLATFORM_ROLES: tuple[Role, ...] = (VIEWER, OPERATOR, EDITOR, ADMINISTRATOR)
SERVICE_ROLES: Mapping[str, tuple[Role, ...]] = {
    services.HS_CRYPTO: (READER, READER_PLUS, WRITER, MANAGER, KEY_PURGE),
    services.KMS: (READER, READER_PLUS_KMS, WRITER, MANAGER, KEY_PURGE_KMS),
    services.DBAAS_POSTGRESQL: (READER, WRITER, MANAGER),
}
"""Service roles in the order in which they are shown."""

TAG_ATTACH = "global-search-tagging.tag.attach-user-tag"
TAG_DETACH = "global-search-tagging.tag.detach-user-tag"
"""What tagging an instance needs. The names are from memory."""

_VIEWER_ACTIONS = frozenset(
    {
        "resource-controller.instance.retrieve",
        "resource-controller.instance.retrieve_history",
        "resource-controller.group.retrieve",
        "resource-controller.reclamation.retrieve",
        "iam.policy.read",
        ACTIVITY_READ,
    }
)
_OPERATOR_ACTIONS = _VIEWER_ACTIONS | {
    "resource-controller.credential.create",
    "resource-controller.credential.delete",
    "resource-controller.credential.retrieve",
    "resource-controller.credential.update",
    TAG_ATTACH,
    TAG_DETACH,
}
_EDITOR_ACTIONS = _OPERATOR_ACTIONS | {
    "resource-controller.instance.create",
    "resource-controller.instance.delete",
    "resource-controller.instance.update",
    "resource-controller.instance.update_plan",
    "resource-controller.reclamation.reclaim",
    "resource-controller.reclamation.restore",
    "resource-controller.group.create",
    "resource-controller.group.update",
    "resource-controller.group.delete",
}
_ADMINISTRATOR_ACTIONS = _EDITOR_ACTIONS | {
    "resource-controller.credential.retrieve_all",
    "resource-controller.instance.retrieve_plan_history",
    "iam.policy.create",
    "iam.policy.update",
    "iam.policy.delete",
    "iam.delegationPolicy.create",
    "iam.delegationPolicy.update",
    "iam.role.assign",
    EMULATOR_MANAGE,
}


def _prefixed(service: str, actions: str) -> frozenset[str]:
    return frozenset(f"{service}.{action}" for action in actions.split())


def _key_service(service: str, plus: Role, purge: Role) -> dict[str, frozenset[str]]:
    reader = _prefixed(
        service,
        "secrets.list secrets.head secrets.readmetadata secrets.wrap secrets.unwrap secrets.rewrap "
        "secrets.listkeyversions secrets.eventack registrations.list registrations.listforkey registrations.create "
        "registrations.write registrations.merge registrations.delete registrations.deactivate keyrings.list "
        "instances.read",
    )
    reader_plus = reader | _prefixed(service, "secrets.read")
    writer = reader_plus | _prefixed(
        service,
        "secrets.create secrets.rotate secrets.setkeyfordeletion secrets.unsetkeyfordeletion secrets.sync "
        "secrets.createalias importtoken.create importtoken.read keyrings.create",
    )
    manager = writer | _prefixed(
        service,
        "secrets-with-policy-overrides.create secrets.delete secrets.disable secrets.enable secrets.restore "
        "secrets.patch secrets.deletealias policies.read policies.write instancepolicies.read instancepolicies.write "
        "keyrings.delete instance.readallowedipport instances.manage",
    )
    viewer = _prefixed(service, "instances.read")
    return _with_platform(
        {
            READER.name: reader,
            plus.name: reader_plus,
            WRITER.name: writer,
            MANAGER.name: manager,
            purge.name: _prefixed(service, "secrets.purge"),
        },
        extra=viewer,
    )


def _with_platform(
    service_roles: Mapping[str, frozenset[str]], extra: frozenset[str] = frozenset()
) -> dict[str, frozenset[str]]:
    return {
        **service_roles,
        VIEWER.name: _VIEWER_ACTIONS | extra,
        OPERATOR.name: _OPERATOR_ACTIONS | extra,
        EDITOR.name: _EDITOR_ACTIONS | extra,
        ADMINISTRATOR.name: _ADMINISTRATOR_ACTIONS | extra,
    }


def _database_service(service: str) -> dict[str, frozenset[str]]:
    reader = _prefixed(
        service,
        "clusters.read users.list users.read databases.list logs.list clusters.configuration.read "
        "clusters.tasks.list clusters.tasks.read backups.list backups.cos.read backups.configuration.read",
    )
    writer = reader | _prefixed(service, "logging.enable monitoring.enable")
    manager = writer | _prefixed(
        service,
        "logs.read clusters.configuration.update clusters.resource.scale backups.create backups.cos.enable "
        "backups.cos.disable backups.configuration.update backups.restore",
    )
    return _with_platform({READER.name: reader, WRITER.name: writer, MANAGER.name: manager})


ROLE_ACTIONS: Mapping[str, Mapping[str, frozenset[str]]] = {
    services.HS_CRYPTO: _key_service(services.HS_CRYPTO, READER_PLUS, KEY_PURGE),
    services.KMS: _key_service(services.KMS, READER_PLUS_KMS, KEY_PURGE_KMS),
    services.DBAAS_POSTGRESQL: _database_service(services.DBAAS_POSTGRESQL),
    RESOURCE_CONTROLLER: _with_platform({}),
}
"""Action ids by service and by role name (platform and service roles). Services not named have platform roles only."""


def role_actions(service: str, role_name: str) -> frozenset[str]:
    """What a role may do at a service; platform roles work at every service."""
    table = ROLE_ACTIONS.get(service, ROLE_ACTIONS[RESOURCE_CONTROLLER])
    return table.get(role_name, frozenset())


def roles_of(service: str) -> tuple[Role, ...]:
    """Service roles, then platform roles, that a service knows."""
    return SERVICE_ROLES.get(service, ()) + PLATFORM_ROLES


_EVERY_ROLE: dict[str, Role] = {role.crn: role for table in (PLATFORM_ROLES, *SERVICE_ROLES.values()) for role in table}


def role_by_crn(crn: str) -> Role | None:
    """The role with this CRN, or None."""
    return _EVERY_ROLE.get(crn)


def role_by_name(service: str, name: str) -> Role | None:
    """The role of a service with this name or display name, or None."""
    return next((role for role in roles_of(service) if name in (role.name, role.display_name)), None)


def role_names(crns: Iterable[str]) -> tuple[str, ...]:
    """Display names of role CRNs; the last segment for a role that is not known."""
    return tuple(_EVERY_ROLE[crn].display_name if crn in _EVERY_ROLE else crn.rpartition(":")[2] for crn in crns)


def action_at(service: str, action: str) -> str:
    """The full name of an action at a service, whose prefix may be left out; empty when no role there contains it."""
    known = frozenset().union(*ROLE_ACTIONS.get(service, ROLE_ACTIONS[RESOURCE_CONTROLLER]).values())
    return next((name for name in (action, f"{service}.{action}") if name in known), "")


def granting(service: str, action: str) -> tuple[Role, ...]:
    """Roles of a service that contain an action, weakest first."""
    return tuple(role for role in roles_of(service) if action in role_actions(service, role.name))


def offered_roles(source: str, target: str) -> tuple[Role, ...]:
    """Roles an authorization between two services may grant; empty for a pair that cannot be authorized.

    A key service offers Reader alone: it already covers wrap, unwrap, rewrap and registrations (seed, step 2.9).
    """
    found = services.service(source)
    return (READER,) if target in services.KEY_SERVICES and found is not None and found.is_source else ()


def supported_pair(source: str, target: str) -> bool:
    """Whether an authorization from `source` to `target` can exist at all."""
    return bool(offered_roles(source, target))
