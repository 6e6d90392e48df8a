"""The part of the supervisor that reads how a cluster does. Runs under the cluster's own lock."""

import logging
from collections.abc import Iterable
from dataclasses import replace

from kyok.postgres import contents, logs, replication
from kyok.postgres.contents import Contents
from kyok.postgres.member import Member, Phase
from kyok.postgres.sessions import ServerDoesNotAnswer

log = logging.getLogger(__name__)


class Measuring:
    """What the data is, by its primary, and the figures of each node."""

    def __init__(self, guid: str) -> None:
        self.contents: Contents | None = None
        """What the cluster holds, as last read; None while nobody serves it."""
        self._guid = guid
        self._traffic: tuple[object, ...] = ()

    def read_anew(self) -> None:
        """Another server serves the data: what it counts says nothing of what the former one counted."""
        self._traffic = ()

    def forget(self) -> None:
        """Nobody serves the data."""
        self.contents, self._traffic = None, ()

    def measure(self, leader: Member | None, members: Iterable[Member], *, sizes: bool) -> None:
        """Reads everything; `sizes`: with what takes longer. Failures of one figure leave the others."""
        if leader is not None:
            try:
                self._read_contents(leader)
                leader.figures = replace(leader.figures, connections=replication.sessions(leader.watched()))
            except ServerDoesNotAnswer as error:
                log.info("instance %s: the primary was not measured: %s", self._guid, error.summary)
        for member in members:
            if member.phase is Phase.UP and (sizes or not member.figures.memory):
                member.figures = replace(member.figures, memory=member.server.memory())
            if sizes:
                member.size = member.volume.size()
                if member.phase is Phase.UP:
                    logs.remove_old(member.layout.log)

    def _read_contents(self, leader: Member) -> None:
        door = leader.watched()
        traffic = contents.traffic(door)
        if traffic != self._traffic or self.contents is None:
            found = contents.contents(door)
            self._traffic = traffic
            if found != self.contents:
                self.contents = found
