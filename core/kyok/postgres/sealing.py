"""Volumes whose clear data a power cut takes: archived log is sealed as it comes, and a base now and then."""

import logging
import shlex
from collections.abc import Iterable

from kyok.postgres.errors import PostgresError
from kyok.postgres.founding import base_backup
from kyok.postgres.kit import Kit
from kyok.postgres.member import Member, Phase, put

log = logging.getLogger(__name__)

REBASE_AFTER = 64
"""Sealed segments of 1 MiB after which a new base is sealed in their place."""


class Sealing:
    """The archived log of all nodes of a cluster; nothing to do for volumes without a spool."""

    def __init__(self, members: dict[int, Member], kit: Kit) -> None:
        self._members = members
        self._kit = kit
        self._sealed: dict[int, int] = {}

    def archive_command(self, member: Member) -> str:
        """The shell command that copies a finished segment into the spool, whole or not at all."""
        spool = member.volume.spool
        if spool is None:
            return ""
        folder = shlex.quote(str(spool))
        return f"cp %p {folder}/.%f && mv {folder}/.%f {folder}/%f"

    def restore_command(self, member: Member) -> str:
        """The shell command that brings a segment back that must be replayed; empty when none must."""
        replay = member.volume.replay
        return "" if replay is None else f"cp {shlex.quote(str(replay))}/%f %p"

    def replay(self, member: Member) -> None:
        """Has a server that led replay archived log at its next start."""
        if member.volume.replay is not None:
            put(member.layout.recovery, "", member.programs)

    def replayed(self, member: Member, others: Iterable[Member]) -> None:
        """The node led again after a replay: that began a new timeline, so the others are cloned anew."""
        if member.volume.replay is None:
            return
        for other in others:
            if other is not member and other.usable and other.server.pid is None:
                other.layout.whole.unlink(missing_ok=True)
        self.base(member)

    def base(self, member: Member) -> None:
        """Seals the running server's data as a new base; the log sealed so far goes."""
        key = member.key()
        if member.volume.spool is None or not key:
            return
        with member.volume.new_base(key) as target:
            base_backup(member, target)
        self._sealed[member.number] = 0

    def outdated(self, member: Member) -> None:
        """The node's data was cloned or rewound: what is sealed of it has a gap, until there is a new base."""
        self._sealed.pop(member.number, None)

    def attend(self) -> None:
        """Seals what lies in the spools, and new bases where much has gathered or none is there."""
        for member in self._members.values():
            key = member.key()
            if member.volume.spool is None or not key or not member.usable or not member.volume.is_open():
                continue
            try:
                count = member.volume.seal_spool(key)
                known = self._sealed.get(member.number)
                if known is not None:
                    self._sealed[member.number] = known + count
                if member.phase is Phase.UP and (known is None or known + count >= REBASE_AFTER):
                    self.base(member)
            except PostgresError as error:
                log.warning("node %d: its log could not be sealed: %s", member.number, error.summary)
