"""Every operation of the API: the IAM action it needs, the activity event it leaves, and how its failure is worded.

Sources: reference/kms-api.md sections 2.0 (IAM actions), 6 (events) and 1.5 (sentences).
"""

from dataclasses import dataclass, field

from kyok.domain.services import KEY_SERVICES


@dataclass(frozen=True, slots=True, eq=False)
class Operation:
    """One operation.

    `data_plane`: it needs the HSM, so it fails while the HSM is cut off. `whole`: it is about the instance, whatever
    key ring the request names, so a role on that ring alone does not suffice.
    """

    iam: str
    event: str
    sentence: str
    data_plane: bool = False
    on_key: bool = True
    whole: bool = False
    _actions: dict[str, str] = field(init=False, repr=False)
    _events: dict[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_actions", {name: f"{name}.{self.iam}" for name in KEY_SERVICES})
        object.__setattr__(self, "_events", {name: f"{name}.{self.event}" for name in KEY_SERVICES})

    def action(self, service: str) -> str:
        """The IAM action id at a service: `hs-crypto.secrets.wrap`."""
        return self._actions[service]

    def activity(self, service: str) -> str:
        """The name of the activity event at a service: `kms.secrets-metadata.read`."""
        return self._events[service]


CREATE = Operation("secrets.create", "secrets.create", "Key could not be created", data_plane=True, on_key=False)
CREATE_WITH_POLICIES = Operation(
    "secrets-with-policy-overrides.create",
    "secrets-with-policy-overrides.create",
    CREATE.sentence,
    data_plane=True,
    on_key=False,
)
LIST = Operation("secrets.list", "secrets.list", "Keys could not be retrieved", on_key=False)
HEAD = Operation("secrets.head", "secrets.head", "Keys could not be retrieved", on_key=False)
READ = Operation("secrets.read", "secrets.read", "Key could not be retrieved")
METADATA = Operation("secrets.readmetadata", "secrets-metadata.read", "Key could not be retrieved")
PATCH = Operation("secrets.patch", "secrets.patch", "Key could not be updated")
DELETE = Operation("secrets.delete", "secrets.delete", "Key could not be deleted")
RESTORE = Operation("secrets.restore", "secrets.restore", "Key could not be restored")
PURGE = Operation("secrets.purge", "secrets.purge", "Key could not be purged")
VERSIONS = Operation("secrets.listkeyversions", "secrets-key-versions.list", "Key versions could not be retrieved")
WRAP = Operation("secrets.wrap", "secrets.wrap", "Wrap with key could not be performed", data_plane=True)
UNWRAP = Operation("secrets.unwrap", "secrets.unwrap", "Unwrap with key could not be performed", data_plane=True)
REWRAP = Operation("secrets.rewrap", "secrets.rewrap", "Rewrap with key could not be performed", data_plane=True)
ROTATE = Operation("secrets.rotate", "secrets.rotate", "Key could not be rotated", data_plane=True)
DISABLE = Operation("secrets.disable", "secrets.disable", "Key could not be disabled")
ENABLE = Operation("secrets.enable", "secrets.enable", "Key could not be enabled")
SET_FOR_DELETION = Operation(
    "secrets.setkeyfordeletion", "secrets.setkeyfordeletion", "Action could not be performed on key"
)
UNSET_FOR_DELETION = Operation(
    "secrets.unsetkeyfordeletion", "secrets.unsetkeyfordeletion", "Action could not be performed on key"
)
POLICIES_READ = Operation("policies.read", "policies.read", "Key policies could not be retrieved")
POLICIES_WRITE = Operation("policies.write", "policies.write", "Key policy could not be created")
INSTANCE_POLICIES_READ = Operation(
    "instancepolicies.read",
    "instance-policies.read",
    "Instance policies could not be retrieved",
    on_key=False,
    whole=True,
)
INSTANCE_POLICIES_WRITE = Operation(
    "instancepolicies.write",
    "instance-policies.write",
    "Instance policy could not be created",
    on_key=False,
    whole=True,
)
ALLOWED_IP_PORT = Operation(
    "instance.readallowedipport",
    "instance-allowed-ip-port.read",
    "Allowed IP port could not be retrieved",
    on_key=False,
    whole=True,
)
IMPORT_TOKEN_CREATE = Operation(
    "importtoken.create",
    "import-token.create",
    "Import Token could not be created",
    data_plane=True,
    on_key=False,
    whole=True,
)
IMPORT_TOKEN_READ = Operation(
    "importtoken.read",
    "import-token.read",
    "Import Token could not be retrieved",
    data_plane=True,
    on_key=False,
    whole=True,
)
SYNC = Operation("secrets.sync", "secrets.sync", "Could not initiate sync requests to associated resources")
ACKNOWLEDGE = Operation(
    "secrets.eventack", "secrets-event.ack", "Event acknowledgment could not be processed", on_key=False
)
ALIAS_CREATE = Operation("secrets.createalias", "secrets-alias.create", "Key alias could not be created")
ALIAS_DELETE = Operation("secrets.deletealias", "secrets-alias.delete", "Key alias could not be deleted")
RINGS = Operation("keyrings.list", "key-rings.list", "Key rings could not be retrieved", on_key=False, whole=True)
RING_CREATE = Operation(
    "keyrings.create", "key-rings.create", "Key ring could not be created", on_key=False, whole=True
)
RING_DELETE = Operation(
    "keyrings.delete", "key-rings.delete", "Key ring could not be deleted", on_key=False, whole=True
)
REGISTRATIONS = Operation("registrations.listforkey", "registrations.list", "Registrations could not be retrieved")
ALL_REGISTRATIONS = Operation(
    "registrations.list", "registrations.list", "Registrations could not be retrieved", on_key=False
)
REGISTER = Operation("registrations.create", "registrations.create", "Registration could not be created")
REGISTRATION_MERGE = Operation("registrations.merge", "registrations.merge", "Registration could not be updated")
REGISTRATION_WRITE = Operation("registrations.write", "registrations.write", "Registration could not be replaced")
DEREGISTER = Operation("registrations.delete", "registrations.delete", "Registration could not be deleted")
DEACTIVATE = Operation("registrations.deactivate", "registrations.default", "Registrations could not be deactivated")
BROKER = Operation("instances.read", "instances.read", "Instance could not be retrieved", on_key=False)
UNITS_READ = Operation("instances.manage", "tke-cryptounit.read", "Crypto units could not be read", on_key=False)
UNITS_INIT = Operation(
    "instances.manage",
    "tke-cryptounit-master-key-register.activate",
    "Crypto units could not be initialized",
    on_key=False,
)
