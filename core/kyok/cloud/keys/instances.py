"""The service instances that hold keys, and whether their HSM can be reached."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import fault, instance, instance_policy
from kyok.domain.cluster import FaultKind, InstanceState
from kyok.domain.crn import Crn
from kyok.domain.key_policies import AllowedNetwork, InstancePolicyType
from kyok.domain.services import HS_CRYPTO, KEY_SERVICES

PROVIDER = "provider"
"""The HSM of every Key Protect instance: always initialised, owned by the provider."""

_INSTANCE = select(
    instance.c.guid,
    instance.c.service,
    instance.c.region,
    instance.c.account,
    instance.c.crn,
    instance.c.state,
    instance.c.name,
).where(instance.c.guid == bindparam("guid"))
_ERRORS = select(fault.c.target).where(fault.c.kind == FaultKind.ERRORS.value)
EVERY = ""
_NETWORK = select(instance_policy.c.attributes).where(
    instance_policy.c.instance == bindparam("guid"),
    instance_policy.c.enabled.is_(True),
    instance_policy.c.type.in_([InstancePolicyType.ALLOWED_NETWORK.value, InstancePolicyType.ALLOWED_IP.value]),
)
_CUTS = select(fault.c.target).where(fault.c.kind == FaultKind.HSM_CUT.value)


@dataclass(frozen=True, slots=True)
class KeyInstance:
    """An instance of a key service."""

    guid: str
    service: str
    region: str
    account: str
    crn: Crn
    active: bool
    name: str
    private_only: bool = False
    addresses: tuple[str, ...] = ()
    """IP addresses and networks that may call; empty: all."""

    @property
    def prefix(self) -> str:
        """The CRN up to its resource: append `:key:<id>`."""
        return str(self.crn)[:-2]

    @property
    def own_hsm(self) -> bool:
        """Whether it has crypto units of its own (Hyper Protect Crypto Services)."""
        return self.service == HS_CRYPTO

    @property
    def hsm(self) -> str:
        """The id of the HSM that seals its keys."""
        return self.guid if self.own_hsm else PROVIDER


class Instances:
    """Reads instances and faults; units of work find them in a cache that the writer's notes drop."""

    KINDS = ("instance", "reclamation", "key-settings", "fault")
    """The changes that it must hear of."""

    def __init__(self) -> None:
        self._known: dict[str, KeyInstance] = {}
        self._cut: frozenset[str] | None = None
        self._failing: dict[str, int] | None = None

    def on_change(self, kind: str) -> None:
        """Forgets what a change of this kind may have touched."""
        if kind == "fault":
            self._cut = None
            self._failing = None
        else:
            self._known.clear()

    def find(self, reader: Reader, guid: str) -> KeyInstance | None:
        """The instance of a key service with this GUID, in whatever state."""
        if not isinstance(reader, Transaction):
            return _read(reader, guid)
        found = self._known.get(guid)
        if found is None:
            found = _read(reader, guid)
            if found is not None:  # what is none may be any text of a client
                if len(self._known) >= 1000:
                    self._known.clear()
                self._known[guid] = found
        return found

    def cut_off(self, reader: Reader, guid: str) -> bool:
        """Whether the fault `hsm-cut` is on for the instance."""
        if not isinstance(reader, Transaction):
            return guid in _cuts(reader)
        if self._cut is None:
            self._cut = _cuts(reader)
        return guid in self._cut

    def failing_percent(self, reader: Reader, guid: str) -> int:
        """How many of a hundred requests fail: the fault `errors`, on the instance or on all."""
        failing = self._failing if isinstance(reader, Transaction) else None
        if failing is None:
            failing = {str(row.target.get("instance", EVERY)): row.target["percent"] for row in reader.all(_ERRORS)}
            if isinstance(reader, Transaction):
                self._failing = failing
        return max(failing.get(guid, 0), failing.get(EVERY, 0)) if failing else 0


def _read(reader: Reader, guid: str) -> KeyInstance | None:
    row = reader.one(_INSTANCE, {"guid": guid})
    if row is None or row.service not in KEY_SERVICES:
        return None
    active = row.state == InstanceState.ACTIVE.value
    private_only, addresses = _network(reader, guid)
    crn = Crn.parse(row.crn)
    return KeyInstance(row.guid, row.service, row.region, row.account, crn, active, row.name, private_only, addresses)


def _network(reader: Reader, guid: str) -> tuple[bool, tuple[str, ...]]:
    """What the instance's policies say of the networks and addresses from which it can be reached."""
    private_only, addresses = False, ()
    for row in reader.all(_NETWORK, {"guid": guid}):
        private_only |= row.attributes.get("allowed_network") == AllowedNetwork.PRIVATE_ONLY
        addresses += tuple(row.attributes.get("allowed_ip", ()))
    return private_only, addresses


def _cuts(reader: Reader) -> frozenset[str]:
    return frozenset(str(row.target.get("instance")) for row in reader.all(_CUTS))
