"""The part of the supervisor that has servers lead, follow and be measured. Runs under the cluster's own lock."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from kyok.postgres import contents, founding, metadata, replication
from kyok.postgres.certificates import Issued, issue_node
from kyok.postgres.configuration import ServerConf
from kyok.postgres.contents import Contents
from kyok.postgres.errors import PortsTaken, PostgresError, ProgramFailed
from kyok.postgres.kit import Kit
from kyok.postgres.measuring import Measuring
from kyok.postgres.member import Figures, Member, Phase
from kyok.postgres.metadata import Metadata
from kyok.postgres.ports import free_port
from kyok.postgres.roles import keep_replicator, make_roles
from kyok.postgres.sealing import Sealing
from kyok.postgres.sessions import Door, Passwords, ServerDoesNotAnswer

log = logging.getLogger(__name__)

PORT_TAKEN = "could not create any TCP/IP sockets"
LOG_REMOVED = "has already been removed"
"""Of a segment of the log: nobody keeps what the server needs to become consistent, so it never will."""
QUORUM = 2
STREAM_SECONDS = 1.0
"""How long a look waits for a standby that was just started; the next one sees it then."""
FIRST_SECONDS = 10.0
"""How long it waits for the first one, before writes are refused: until then they wait, too."""
RELOAD_SECONDS = 1.0
"""How long a look waits for a server to take a configuration that needs no restart."""
WORDS_SECONDS = 0.5
"""How often the words of a server that starts are read."""
WAITING = "waits for a second node to confirm what it holds"


class NotReady(PostgresError):
    """A server did not become ready in time."""

    summary = "A database server does not become ready."


class NotAStandby(PostgresError):
    """The node cannot lead now."""

    summary = "This node cannot become the primary now: it does not follow the present one."
    remedy = "Wait until it runs and its lag is small."


class Leading:
    """See the module."""

    def __init__(
        self, guid: str, folder: Path, meta: Metadata, kit: Kit, members: dict[int, Member], tell: Callable[[], None]
    ) -> None:
        self.meta = meta
        self.tell = tell
        """Publishes how it stands: before something takes long, and when something is done."""
        self.read_only = False
        self.measured = Measuring(guid)
        self._guid = guid
        self._folder = folder
        self._kit = kit
        self._members = members
        self._sealing = Sealing(members, kit)
        self._moving = threading.Lock()
        self._owing = False
        self._served: int | None = None
        """The server's port to which the instance's port leads."""

    # What is --------------------------------------------------------------------------------------------------------

    def primary(self) -> Member | None:
        """The node that leads and takes connections."""
        member = self._members.get(self.meta.primary)
        return member if member is not None and member.phase is Phase.UP and not member.shutting else None

    def fail(self, member: Member, reason: str) -> None:
        """The node cannot go on; it is tried again later."""
        member.phase, member.reason = Phase.FAILED, reason
        member.retry.put_off(self._kit.now())
        if self._members.get(self.meta.primary) is member:
            self._no_front()

    def closed(self, member: Member) -> None:
        """The node's volume was closed."""
        if self._members.get(self.meta.primary) is member:
            self._no_front()

    # Leading --------------------------------------------------------------------------------------------------------

    def lead(self) -> None:
        """Sees to it that somebody leads, if somebody may."""
        self._notice_deaths()
        usable = [member for member in self._members.values() if member.usable]
        if not usable:
            return
        if not self.meta.made:
            if self.meta.seeded:
                return
            self.found(usable[0], lambda door: make_roles(door, self.meta.admin, self.meta.verifier))
            return
        leader = self._members[self.meta.primary]
        if leader.phase is Phase.UP and leader.follows:
            leader.phase = Phase.STARTING  # it was never promoted: it must not be served
        if leader.phase is Phase.UP:
            self._serve(leader)
            return
        standbys = [member for member in usable if member is not leader and member.has_data and member.follows]
        if leader.usable and (leader.server.ready or not self._may_fail_over(standbys)):
            self._lead_again(leader)
        elif len(usable) >= QUORUM:
            self._elect(standbys)
        else:
            for member in usable:
                member.reason = WAITING

    def found(self, member: Member, fill: Callable[[Door], None], *, new_passwords: Passwords | None = None) -> None:
        """Starts the first node of a cluster, fills it and writes down that there is a cluster."""
        member.reason = "makes the database"
        self.tell()
        if new_passwords is None:
            founding.make_first(member, self._guid[:8], self._kit.programs.binaries.major)
        conf = self._conf(member, alone=True)
        member.configure(conf, standby=False)
        if new_passwords is not None:
            founding.set_superuser(member, new_passwords)
        self._start(member)
        door = member.door()
        fill(door)
        with door.connect() as connection:
            connection.execute("CHECKPOINT")
        self._remember(primary=member.number, made=True, authority=member.layout.ca.read_text("ascii"))
        self._sealing.base(member)
        self._leads(member)

    def switch_over(self, member: Member) -> None:
        """A planned change of the primary. Which node leads is known, and written down, once the primary has stopped.

        Raises:
            NotAStandby: the node does not lead. Another one does when it had received more.
            NobodyCanLead: a standby ended meanwhile, or hangs; the former primary leads again.
            NotWrittenDown: there is no room to write down who leads.
        """
        leader = self.primary()
        if leader is None or leader is member or not replication.catches_up(leader.watched(), member.name):
            raise NotAStandby()
        others = [one for one in self._members.values() if one is not leader and one.usable]
        standbys = [one for one in others if one.phase is Phase.UP and one.server.pid is not None]
        if len(standbys) < QUORUM:
            raise NotAStandby("Both secondaries must run for this: together they hold every row.")
        self._remember()  # a full disk is found out while nothing has stopped
        self._no_front()
        leader.leave()
        leader.phase = Phase.STARTING
        if not leader.server.stop():  # only a fast stop sends everything to the standbys first
            raise NotAStandby("The primary did not stop in time; the node that received most leads now.")
        try:
            best = replication.best_standby(standbys, member)
        except replication.NobodyCanLead:
            self._lead_again(leader)  # it has just stopped as it should, so it holds every row
            raise
        self._promote(best)
        if best is not member:
            raise NotAStandby(f"Node {best.number} had received more when the primary stopped, so it leads now.")

    def set_parameters(self, parameters: dict[str, int]) -> None:
        """Writes parameters down, durably; a server takes them when it is renewed. Raises `NotWrittenDown`."""
        self._remember(parameters=parameters)

    def take_back(self, parameters: dict[str, int]) -> None:
        """Sets parameters that were there before: servers get them even while nothing can be written down."""
        self.meta.parameters, self._owing = parameters, True

    def write_owed(self) -> None:
        """Writes down what could not be written when it came about. Raises `NotWrittenDown`."""
        if self._owing:
            self._remember()

    def _remember(self, **changes: object) -> None:
        self.meta = metadata.changed(self._folder, self.meta, **changes)
        self._owing = False

    def renew(self, member: Member, *, restart: bool) -> None:
        """Has a server take the parameters that are written down; one that runs not is started.

        Raises:
            NotReady: it does not come up, or was closed meanwhile.
        """
        leader = self._members[self.meta.primary]
        member.configure(self._conf(member, None if member is leader else leader), standby=None)
        if not restart and member.server.ready:
            member.server.signal(signal.SIGHUP)
            return
        if member is leader:
            self._no_front()
        member.leave()
        member.server.stop()
        if not member.wanted:
            raise NotReady("The node was stopped meanwhile.")
        self._start(member)
        if member is leader:
            self._leads(member)

    def _may_fail_over(self, standbys: list[Member]) -> bool:
        """A primary that died while two standbys run hands over at once; one that is just starting leads again."""
        return len([member for member in standbys if member.phase is Phase.UP]) >= QUORUM

    def _lead_again(self, leader: Member) -> None:
        if leader.phase is Phase.UP or not self._due(leader):
            return
        if leader.follows:  # it was written down before it was promoted, and then something broke off
            self._run_as_standby(leader, None)
            self._end_recovery(leader)
        elif leader.server.ready:
            leader.configure(self._conf(leader), standby=None)
            leader.server.signal(signal.SIGHUP)
        else:
            self._sealing.replay(leader)
            leader.configure(self._conf(leader, restore=self._sealing.restore_command(leader)), standby=False)
            self._start(leader)
            self._sealing.replayed(leader, self._members.values())
        self._leads(leader)

    def _elect(self, standbys: list[Member]) -> None:
        for member in standbys:
            if member.phase is not Phase.UP and self._due(member):
                self._run_as_standby(member, None)
        running = [member for member in standbys if member.phase is Phase.UP]
        if len(running) < QUORUM:
            for member in running:
                member.reason = WAITING
            return
        former = self._members[self.meta.primary]
        if former.server.pid is not None:
            former.server.stop(immediate=True)  # two must never lead
        self._promote(replication.best_standby(running))

    def _promote(self, member: Member) -> None:
        self._remember(primary=member.number)
        self._end_recovery(member)
        log.info("instance %s: node %d leads", self._guid, member.number)
        self._leads(member)

    def _end_recovery(self, member: Member) -> None:
        member.phase = Phase.STARTING  # should this break off, the next look goes on with it
        # Promotion ends with a checkpoint. Without slots it removes the log that the others need from where they are.
        replication.make_slots(member, self._others(member))
        replication.promote(member)
        member.configure(self._conf(member), standby=False)
        member.server.signal(signal.SIGHUP)

    def _others(self, member: Member) -> list[Member]:
        return [one for one in self._members.values() if one is not member]

    def _leads(self, member: Member) -> None:
        member.phase = Phase.STARTING  # without slots nobody could follow: should this break off, it is done again
        replication.make_slots(member, self._others(member))
        for one in self._members.values():  # each has to connect anew: what it did with the former primary is past
            one.figures = replace(one.figures, streaming=False)
        member.phase, member.reason = Phase.UP, ""
        member.retry.clear()
        self.measured.read_anew()
        self._serve(member)

    def _serve(self, leader: Member) -> None:
        """Has the instance's port lead to the primary. Raises `PortsTaken`; it is tried at each look."""
        if self._served == leader.port:
            return
        authority = Issued(leader.layout.ca.read_bytes(), leader.layout.ca_key.read_bytes())
        certificate = issue_node(authority, "front")
        try:
            self._kit.front.serve(self._guid, self.meta.port, leader.port, certificate, ends_tls=not leader.tls)
        except PortsTaken:
            if self.meta.used:
                raise
            self._remember(port=free_port([*self.meta.ports.values(), self.meta.port], self.meta.port))
            self._kit.front.serve(self._guid, self.meta.port, leader.port, certificate, ends_tls=not leader.tls)
        self._served = leader.port
        if not self.meta.used:
            self.meta.used = self._owing = True
            self.write_owed()

    def _no_front(self) -> None:
        self._kit.front.refuse(self._guid)
        self._served = None
        self.measured.forget()

    def _notice_deaths(self) -> None:
        for member in self._members.values():
            if member.phase is Phase.UP and member.server.pid is None:
                member.phase, member.reason = Phase.STARTING, "the server ended and is started again"
                member.started_at = 0.0
                if member.number == self.meta.primary:
                    self._no_front()

    # Following ------------------------------------------------------------------------------------------------------

    def follow(self) -> None:
        """Has every other open node follow the primary."""
        leader = self.primary()
        if leader is None:
            return
        due = [member for member in self._others(leader) if member.usable and self._due(member)]
        with ThreadPoolExecutor(max(len(due), 1), "kyok-follow") as together:  # copying takes long, and two may at once
            list(together.map(lambda member: self._try_follow(member, leader), due))
        self._watch_writes(leader)

    def _try_follow(self, member: Member, leader: Member) -> None:
        failed_before = member.retry.wait > 0
        try:
            self._follow(member, leader)
        except (PostgresError, OSError) as error:
            summary = error.summary if isinstance(error, PostgresError) else str(error.strerror)
            log.info("instance %s: node %d: %s", self._guid, member.number, summary)
            if not member.wanted:
                return
            member.reason = summary
            if isinstance(error, NotReady) and (failed_before or LOG_REMOVED in summary):
                member.layout.whole.unlink(missing_ok=True)  # its data is of no use, so it is cloned
            if member.phase is not Phase.FAILED:
                member.retry.put_off(self._kit.now())

    def _follow(self, member: Member, leader: Member) -> None:
        wanted = self._conf(member, leader)
        if member.phase is Phase.UP:
            if member.configure(wanted, standby=None):
                member.server.signal(signal.SIGHUP)
            elif self._is_stuck(member):
                log.info("instance %s: node %d does not stream; it is cloned anew", self._guid, member.number)
                keep_replicator(leader.door())
                member.server.stop(immediate=True)
                member.layout.whole.unlink(missing_ok=True)
                member.phase, member.unfollowed_since = Phase.STARTING, 0.0
            else:
                return
        if member.phase is Phase.UP:
            return
        if member.server.pid is None:
            self._prepare(member, leader)
        self._run_as_standby(member, leader)
        member.reason = ""

    def _prepare(self, member: Member, leader: Member) -> None:
        """Makes the data folder one that can follow: kept, rewound or cloned."""
        if member.has_data and not member.follows:
            self._sealing.replay(member)
            self._sealing.outdated(member)
            member.configure(self._conf(member, leader), standby=None)
            try:
                founding.rewind(member, leader)
            except ProgramFailed as error:
                log.info("instance %s: node %d cannot be rewound: %s", self._guid, member.number, error.summary)
        if not member.has_data:
            member.reason = "copies the data of the primary"
            self.tell()
            self._sealing.outdated(member)
            founding.clone(member, leader)
            member.conf = None

    def _run_as_standby(self, member: Member, leader: Member | None) -> None:
        restore = self._sealing.restore_command(member)
        member.configure(self._conf(member, leader, restore=restore), standby=True)
        if member.server.ready:
            member.server.signal(signal.SIGHUP)
            self._is_up(member)
        else:
            self._start(member)
        member.unfollowed_since = self._kit.now()

    def _is_stuck(self, member: Member) -> bool:
        if member.figures.streaming:
            member.unfollowed_since = 0.0
            return False
        if not member.unfollowed_since:
            member.unfollowed_since = self._kit.now()
        return self._kit.now() - member.unfollowed_since > self._kit.stuck_seconds

    def _watch_writes(self, leader: Member) -> None:
        """Without a standby that streams, a write could not be confirmed: the cluster is read-only until one does."""
        standbys = [member for member in self._members.values() if member is not leader and member.phase is Phase.UP]
        fresh = [member for member in standbys if not member.figures.streaming]
        replication.wait_until(lambda: self._all_stream(leader, standbys), STREAM_SECONDS if fresh else 0.0)
        if not self.read_only:
            replication.wait_until(lambda: self._one_streams(leader, standbys), FIRST_SECONDS)
        read_only = not any(member.figures.streaming for member in standbys)
        before = replication.configured_at(leader.watched()) if read_only != self.read_only else None
        if leader.configure(replace(self._conf(leader), read_only=read_only), standby=None):
            leader.server.signal(signal.SIGHUP)
            if before is not None:  # who reads "takes writes" may write at once: the server must know it by then
                replication.wait_until(lambda: replication.configured_at(leader.watched()) != before, RELOAD_SECONDS)
        self.read_only = read_only

    def _one_streams(self, leader: Member, standbys: list[Member]) -> bool:
        coming = any(one.wanted and one.server.pid for one in standbys)
        return not coming or any(one.figures.streaming for one in standbys) or self._all_stream(leader, standbys)

    def _all_stream(self, leader: Member, standbys: list[Member]) -> bool:
        """Asks the primary how far its standbys are; whether all of them stream."""
        found = replication.standing(leader.watched()) if standbys else {}
        for member in standbys:
            seen = found.get(member.name, Figures())
            member.figures = Figures(member.figures.memory, seen.lag_bytes, seen.lag_seconds, seen.streaming)
        return all(member.figures.streaming for member in standbys)

    # Servers --------------------------------------------------------------------------------------------------------

    def _start(self, member: Member, *, again: bool = False) -> None:
        """Starts a server and waits until it is ready.

        Raises:
            NotReady: with the server's last words; the node is to be tried again later.
        """
        member.flush()  # so that the server need not sync each file before it recovers (recovery_init_sync_method)
        server = member.server
        before = server.last_words()
        server.start()
        self._wait_for_start(member, before)
        if server.ready:
            self._is_up(member)
            return
        words = server.last_words()
        server.stop(immediate=True)
        if PORT_TAKEN in words and not again:
            self._move(member)
            self._start(member, again=True)
            return
        self.fail(member, f"The database server does not start: {words}" if words else NotReady.summary)
        raise NotReady(member.reason)

    def _wait_for_start(self, member: Member, before: str) -> None:
        """Waits until the server is ready, or can never be. `before`: its last words of an earlier time."""
        server, end = member.server, time.monotonic() + self._kit.start_seconds

        def settled() -> bool:
            return server.ready or server.pid is None or not member.wanted

        while not replication.wait_until(settled, WORDS_SECONDS) and time.monotonic() < end:
            words = server.last_words()
            if LOG_REMOVED in words and words != before:
                return

    def _move(self, member: Member) -> None:
        """Gives a server another port, durably: another program has its own."""
        with self._moving:  # two may start at once
            port = free_port(self.meta.ports.values())
            self._remember(ports=self.meta.ports | {member.number: port})
        member.port = port
        if member.conf is not None:
            member.configure(replace(member.conf, port=member.port), standby=None)

    def _is_up(self, member: Member) -> None:
        member.phase, member.reason = Phase.UP, ""
        member.started_at = self._kit.now()
        member.retry.clear()

    def _due(self, member: Member) -> bool:
        return member.retry.at <= self._kit.now()

    def _conf(
        self, member: Member, leader: Member | None = None, *, alone: bool = False, restore: str = ""
    ) -> ServerConf:
        standbys = () if alone else tuple(one.name for one in self._others(member))
        return ServerConf(
            port=member.port,
            major=self._kit.programs.binaries.major,
            name=member.name,
            tls=member.tls,
            layout=member.layout,
            parameters=dict(self.meta.parameters),
            standbys=standbys,
            primary_port=leader.port if leader is not None else None,
            read_only=not alone and leader is None and self.read_only,
            archive=self._sealing.archive_command(member),
            restore=restore,
        )

    # Measuring ------------------------------------------------------------------------------------------------------

    def measure(self, *, sizes: bool) -> None:
        """Figures and what is held; seals archived log."""
        self._sealing.attend()
        self.measured.measure(self.primary(), self._members.values(), sizes=sizes)

    def fresh_contents(self) -> Contents:
        """Everything read now.

        Raises:
            ServerDoesNotAnswer: nobody leads, or it refused.
        """
        leader = self.primary()
        if leader is None:
            raise ServerDoesNotAnswer("No node leads.")
        return contents.contents(leader.door())
