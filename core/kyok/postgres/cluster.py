"""The supervisor of one instance: three nodes, one of which leads.

One thread looks at what is wanted and what is, and does the next thing that brings the two together; so it does not
matter how a state came about: creation, a key that came back, a killed server and a restart of the cloud take one path.
Anyone may hand a data key in (`want`), take it away (`shut`) or read the published status; none of these waits for the
thread, but `shut` waits until the processes of its nodes are gone.

Who may lead: a row is acknowledged when the primary and one standby have it on disk. So any two of three nodes include
one with every acknowledged row, and a new primary is elected only among two standbys that answer. Which node leads is
written down before it is promoted.
"""

import logging
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from kyok.errors import KyokError
from kyok.postgres import founding, metadata
from kyok.postgres.alarm import Alarm
from kyok.postgres.contents import Contents
from kyok.postgres.errors import VolumeMissing, WrongVolumeKey
from kyok.postgres.kit import Kit
from kyok.postgres.leading import Leading, NotReady
from kyok.postgres.member import Member, Phase
from kyok.postgres.metadata import Metadata
from kyok.postgres.roles import take_over
from kyok.postgres.rolling import Rolling, Tell, nobody
from kyok.postgres.status import ClusterStatus, NodeStatus
from kyok.postgres.volumes.port import VolumeId
from kyok.postgres.volumes.sealed_on_stop import SealedOnStopVolume

log = logging.getLogger(__name__)

PATIENCE_FAST = 0.2
"""Seconds for a last checkpoint before a node whose key was denied is stopped the hard way."""
PATIENCE_HARD = 5.0
JOIN_SECONDS = 60.0


class Cluster:
    """See the module."""

    def __init__(
        self,
        guid: str,
        folder: Path,
        meta: Metadata,
        kit: Kit,
        on_change: Callable[[str], None],
        on_data: Callable[[str], None],
    ) -> None:
        self.guid = guid
        self.folder = folder
        self.kit = kit
        self._on_change = on_change
        self._on_data = on_data
        self.members = {number: self._member(number, port, meta) for number, port in meta.ports.items()}
        self.work = Leading(guid, folder, meta, kit, self.members, lambda: self._publish(""))
        self.status = ClusterStatus({number: NodeStatus() for number in self.members})
        self._alarm = Alarm()
        self._published = threading.Condition()
        self._ending = False
        self._looks = 0
        self._measured: list[int] = []
        self._busy = threading.RLock()  # one look, or one restoration, at a time
        self._thread = threading.Thread(target=self._run, name=f"kyok-cluster-{guid[:8]}", daemon=True)

    def _member(self, number: int, port: int, meta: Metadata) -> Member:
        volume = self.kit.volume(meta.driver, VolumeId(self.guid, number), self.folder / f"node-{number}")
        return Member(number, port, volume, self.kit.programs, meta.tls)

    # Any thread -------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begins to look. What a cloud that crashed left open is taken notice of first, and goes on."""
        for member in self.members.values():
            if member.volume.is_open():
                member.left = member.server.adopt()
        self._thread.start()

    def want(self, number: int, dek: bytearray, *, fresh: bool = False) -> None:
        """Takes a data key over: the node is to be open; `fresh` makes its volume anew, and empty.

        The supervisor acts at the next `go`, so that keys that come together are met together.
        """
        self.members[number].want(dek, fresh=fresh)

    def go(self) -> None:
        """Looks now."""
        self._alarm.ring()

    def shut(self, numbers: list[int]) -> list[int]:
        """Stops servers and closes volumes of nodes; returns those that were wanted.

        On return none of their processes runs. The volumes follow at once, on the supervisor's thread.

        Raises:
            ServerStays: a process could not be ended.
        """
        shut = [number for number in numbers if self.members[number].unwant()]
        ending = [self.members[number] for number in numbers]
        for member in ending:
            member.end_helper()
            member.server.signal(signal.SIGINT)
        for member in ending:
            if not member.server.wait(PATIENCE_FAST):
                member.server.signal(signal.SIGQUIT)
        for member in ending:
            if not member.server.wait(PATIENCE_HARD):
                member.server.stop(immediate=True)
        self._publish("")  # who asks now must not be told of what was before
        self.go()
        return shut

    def left_clear(self, number: int) -> bool:
        """Whether a crash left data of a node in clear that is sealed nowhere, and no key may seal it now."""
        member = self.members[number]
        kept = isinstance(member.volume, SealedOnStopVolume) and member.phase is Phase.FAILED and not member.wanted
        return kept and member.volume.is_open()

    def erase_clear(self, number: int) -> bool:
        """Removes what a crash left in clear; False when there is none. What was written last is lost.

        Raises:
            VolumeError: it could not be removed.
        """
        with self._busy:
            volume = self.members[number].volume
            if not self.left_clear(number) or not isinstance(volume, SealedOnStopVolume):
                return False
            self.members[number].server.stop(immediate=True)
            volume.erase_clear()
            self.look()
        return True

    def wants(self, number: int) -> bool:
        """Whether a node is to be open."""
        return self.members[number].wanted

    def wait_for(self, condition: Callable[[ClusterStatus], bool], seconds: float) -> bool:
        """Waits until the published status meets a condition; False when it does not in time."""
        with self._published:
            return self._published.wait_for(lambda: self._ending or condition(self.status), seconds)

    def stop(self) -> None:
        """Stops everything, seals every volume and ends the supervisor."""
        self.shut(list(self.members))
        self._ending = True
        self.go()
        if self._thread.is_alive():
            self._thread.join(JOIN_SECONDS)
        self.kit.front.close(self.guid)

    def destroy(self) -> int:
        """Stops everything and removes every volume; returns how many files there were."""
        for member in self.members.values():
            member.unwant()
            member.end_helper()
        self._ending = True
        self.go()
        with self._busy:
            for member in self.members.values():
                if member.volume.is_open():
                    member.server.adopt()  # one that a crashed cloud left, and nobody has looked at yet
                member.leave()
                member.server.stop(immediate=True)
                member.forget_key()
            removed = sum(member.volume.destroy() for member in self.members.values())
        if self._thread.is_alive():
            self._thread.join(JOIN_SECONDS)  # its last look must not meet what is made in the same place
        self.kit.front.close(self.guid)
        return removed

    # The supervisor's thread ------------------------------------------------------------------------------------------

    def _run(self) -> None:
        while True:
            self._alarm.wait([member.server.pid for member in self.members.values()], self.kit.tick)
            with self._busy:
                ending = self._ending  # a look that had begun before would leave volumes open
                try:
                    self.look()
                except Exception:  # an instance without supervisor would keep open what its key no longer opens
                    log.exception("instance %s: a look failed; it is repeated", self.guid)
                if ending:
                    return

    def look(self) -> None:
        """Does the next things that bring what is wanted and what is together, and publishes how it stands."""
        problem = ""
        for step in (
            self._close_unwanted,
            self._drop_lost,
            self._open_wanted,
            self.work.lead,
            self.work.follow,
            self._measure,
            self.work.write_owed,
        ):
            try:
                step()
            except KyokError as error:
                problem = error.summary
                log.info("instance %s: %s", self.guid, problem)
            except OSError as error:
                problem = f"The system refused: {(error.strerror or type(error).__name__).lower()}."
                log.warning("instance %s: %s", self.guid, problem)
            if step == self.work.lead:
                self._publish(problem)  # who leads is news at once; to follow may take a while
        self._publish(problem)

    def _close_unwanted(self) -> None:
        for member in self.members.values():
            kept = member.wanted or member.left
            if not member.shutting and (kept or (member.phase is Phase.CLOSED and not member.volume.is_open())):
                continue
            try:
                self._close(member)
            except KyokError as error:
                if member.reason != error.summary:  # it is tried at each look, and told once
                    log.warning("instance %s: node %d is not closed: %s", self.guid, member.number, error.summary)
                member.phase, member.reason, member.shutting = Phase.FAILED, error.summary, False

    def _close(self, member: Member) -> None:
        member.leave()
        member.server.stop()
        key = member.key()
        if key:
            member.volume.close(key)
        else:
            member.volume.drop()
        with member.lock:
            member.shutting = False
            wanted = member.wanted
        if not wanted:
            member.forget_key()
        member.phase, member.reason, member.conf, member.started_at = Phase.CLOSED, "", None, 0.0
        member.retry.clear()
        self.work.closed(member)

    def _drop_lost(self) -> None:
        """What served a volume may die or be killed; its server then gives nothing but errors, and may not notice."""
        for member in self.members.values():
            if not member.usable or member.volume.is_open():
                continue
            log.warning("instance %s: the volume of node %d is gone; it is opened again", self.guid, member.number)
            member.leave()
            member.server.stop(immediate=True)
            member.volume.drop()
            member.phase, member.conf, member.started_at = Phase.CLOSED, None, 0.0
            self.work.closed(member)

    def _open_wanted(self) -> None:
        for member in self.members.values():
            waiting = member.phase is Phase.FAILED and member.retry.at > self.kit.now()
            if not member.wanted or member.usable or waiting:
                continue
            try:
                self._open(member)
            except (VolumeMissing, WrongVolumeKey) as error:
                member.fresh = self.work.primary() not in (None, member)  # the primary has all that it held
                self.work.fail(member, error.summary)
            except KyokError as error:
                self.work.fail(member, error.summary)
                log.info("instance %s: node %d: %s", self.guid, member.number, error.summary)

    def _open(self, member: Member) -> None:
        key = member.key()
        if not key:
            return
        if member.fresh:
            member.volume.create(key)
            member.fresh = False
        else:
            member.volume.open(key)
        member.phase, member.reason = Phase.STARTING, ""
        if member.server.adopt():
            log.info("instance %s: node %d outlived a cloud; it is supervised again", self.guid, member.number)

    def _measure(self) -> None:
        self._looks += 1
        before = self.work.measured.contents
        up = [member.number for member in self.members.values() if member.phase is Phase.UP]
        self.work.measure(sizes=up != self._measured or self._looks % 10 == 1)
        self._measured = up
        if self.work.measured.contents is not before:
            self._on_data(self.guid)

    def _publish(self, problem: str) -> None:
        lead = self.work.primary()
        nodes = {
            number: NodeStatus(
                Phase.CLOSED if member.shutting else member.phase,
                lead is member,
                member.reason,
                member.server.pid if member.wanted else None,
                member.figures,
                member.size,
                member.started_at,
                self.left_clear(number),
            )
            for number, member in self.members.items()
        }
        made = ClusterStatus(
            nodes,
            lead.number if lead else None,
            self.work.read_only,
            self.work.measured.contents if lead else None,
            problem,
        )
        changed = made.settled() != self.status.settled()
        with self._published:
            self.status = made
            self._published.notify_all()
        if changed:
            self._on_change(self.guid)

    # Whole operations, on the caller's thread -------------------------------------------------------------------------

    def restore(self, content: Iterator[bytearray]) -> Contents:
        """Makes the data from a backup; returns what it holds then. The other nodes follow by themselves.

        Raises:
            BackupUnreadable, what reading `content` raises, NotReady: there is no data then.
        """
        self.go()
        members = list(self.members.values())
        self.wait_for(lambda status: any(member.usable for member in members), self.kit.start_seconds)
        with self._busy:
            meta = self.work.meta
            first = next((member for member in members if member.usable), None)
            if first is None:
                raise NotReady("No volume of the instance is open.")
            passwords = founding.make_from_backup(first, self.guid[:8], content)
            self.work.found(first, lambda door: take_over(door, meta.admin, meta.verifier), new_passwords=passwords)
            found = self.work.fresh_contents()
        self.go()
        return found

    def switch_over(self, number: int) -> None:
        """Makes another running node the primary, without losing anything.

        Raises:
            PostgresError: it does not lead; see `Leading.switch_over`.
        """
        try:
            with self._busy:
                self.work.switch_over(self.members[number])
        finally:
            self.go()

    def reconfigure(self, parameters: dict[str, int], tell: Tell = nobody, *, restart: bool = False) -> None:
        """Has every server take parameters, one after the other; `restart` also where they do not need it.

        Raises:
            PostgresError: one did not come up with them; all have the old ones again, where that was possible.
        """
        self.wait_for(self._all_have_come, self.kit.start_seconds)
        try:
            with self._busy:
                try:
                    Rolling(self.work, self.members.values(), tell).run(parameters, restart=restart)
                finally:
                    self._publish("")  # who hears that it is done must not be told of the servers before
        finally:
            self.go()

    def _all_have_come(self, status: ClusterStatus) -> bool:
        """Whether no node is just starting: waiting on would change nothing."""
        if not all(self.wants(number) for number in status.nodes):
            return True
        phases = {node.phase for node in status.nodes.values()}
        return Phase.FAILED in phases or (phases == {Phase.UP} and status.primary is not None)

    def remember(self) -> Metadata:
        """What is written down of this cluster."""
        return metadata.read(self.folder) or self.work.meta
