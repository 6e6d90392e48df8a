"""What every cluster works with."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kyok.postgres.certificates import Issued
from kyok.postgres.programs import Programs
from kyok.postgres.volumes.port import NodeVolume, VolumeId


class Front(Protocol):
    """The stable ports of instances, as a cluster uses them."""

    def serve(self, guid: str, port: int, server: int, certificate: Issued, *, ends_tls: bool) -> None:
        """Has the instance's port lead to the server's; connections to another server are closed.

        `certificate` is the port's own: with it the front ends TLS for a server that has none, and lets clients that
        demand TLS read why they are refused.

        Raises:
            PortsTaken: another program has the instance's port.
        """

    def refuse(self, guid: str) -> None:
        """Nobody leads: connections are closed and new ones refused. Nothing when the port is not open."""

    def close(self, guid: str) -> None:
        """Stops listening."""


@dataclass(frozen=True, slots=True)
class Kit:
    """Programs, volumes, fronts, and how long a cluster waits. Seconds are monotonic."""

    programs: Programs
    volume: Callable[[str, VolumeId, Path], NodeVolume]
    """Makes the volume of a node: driver's name, which, its folder on disk."""
    front: Front
    tick: float = 1.0
    """Seconds between two looks when nothing happens."""
    start_seconds: float = 60.0
    """How long a server may take to become ready; crash recovery counts."""
    stuck_seconds: float = 20.0
    """How long a standby may run without streaming before it is cloned anew."""
    now: Callable[[], float] = time.monotonic
