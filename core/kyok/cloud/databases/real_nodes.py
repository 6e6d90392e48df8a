"""What real nodes need of this machine, found once: programs, the account, the kinds of volumes that work."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kyok.errors import KyokError
from kyok.postgres.account import server_account
from kyok.postgres.binaries import find_binaries
from kyok.postgres.certificates import Issued
from kyok.postgres.front import Fronts, NoFront
from kyok.postgres.greeting import TlsMaterial
from kyok.postgres.kit import Kit
from kyok.postgres.programs import Programs
from kyok.postgres.volumes.choice import make_volume, usable_drivers
from kyok.postgres.volumes.guarantees import VolumeKind
from kyok.postgres.volumes.places import Places, places_of
from kyok.postgres.volumes.port import NodeVolume, Owner, VolumeId

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RealNodes:
    """`kinds`: the volumes that work here, the best first; `problems`: why the others do not."""

    kit: Kit
    kinds: tuple[VolumeKind, ...]
    problems: Mapping[VolumeKind, str]
    fronts: "Fronts"


def real_nodes(home: Path) -> RealNodes | None:
    """What this machine offers, tried; None where no real server can run, and the log says why."""
    try:
        account = server_account()
        binaries = find_binaries(account)
        if binaries is None:
            log.info("no usable PostgreSQL: nodes are simulated")
            return None
        places = places_of(home, shared=account.switch)
        owner = Owner(account.uid, account.gid)
        states = usable_drivers(places, owner)
    except KyokError as error:
        log.info("nodes are simulated: %s", error.summary)
        return None
    kinds = tuple(state.kind for state in states if state.usable)
    if not kinds:
        return None
    fronts = Fronts()
    fronts.start()
    maker = _Volumes(places, owner)
    kit = Kit(Programs(binaries, account), maker.make, _Door(fronts))
    return RealNodes(kit, kinds, {state.kind: state.problem or "" for state in states if not state.usable}, fronts)


@dataclass(frozen=True, slots=True)
class _Volumes:
    places: Places
    owner: Owner

    def make(self, kind: str, volume: VolumeId, folder: Path) -> NodeVolume:
        """The volume of a node."""
        return make_volume(VolumeKind(kind), volume, folder, self.places, self.owner)


class _Door:
    """The stable ports, as a cluster uses them; opened when somebody leads for the first time."""

    def __init__(self, fronts: Fronts) -> None:
        self._fronts = fronts
        self._open: set[str] = set()

    def serve(self, guid: str, port: int, server: int, certificate: Issued, *, ends_tls: bool) -> None:
        """Opens the port if it is not open, and has it lead to a server."""
        if guid not in self._open:
            material = TlsMaterial(certificate.certificate, certificate.key)
            self._fronts.open(guid, port, material if ends_tls else None, refusals=None if ends_tls else material)
            self._open.add(guid)
        self._fronts.target(guid, ("127.0.0.1", server))

    def refuse(self, guid: str) -> None:
        """Refuses clients."""
        try:
            if guid in self._open:
                self._fronts.target(guid, None)
        except NoFront:  # the cloud stops
            self._open.discard(guid)

    def close(self, guid: str) -> None:
        """Stops listening."""
        self._open.discard(guid)
        self._fronts.close(guid)
