"""Changes the parameters of a running cluster: one server after the other, and back when one does not come up.

Standbys come first and the primary last, so that a bad value is found where nobody notices. A limit that goes down
takes the other way round: PostgreSQL starts no standby whose limits are lower than those of its primary.
"""

import logging
from collections.abc import Callable, Iterable, Sequence

from kyok.domain.cluster import TaskNodeState
from kyok.domain.configuration import PARAMETERS, lowers
from kyok.postgres import catalog, replication
from kyok.postgres.errors import PostgresError
from kyok.postgres.leading import Leading, NotReady
from kyok.postgres.member import Member, Phase
from kyok.postgres.sessions import ServerDoesNotAnswer

log = logging.getLogger(__name__)

Tell = Callable[[int, TaskNodeState, str], None]
FOLLOW_SECONDS = 60.0
TAKE_SECONDS = 60.0
_RESTARTING = frozenset(parameter.name for parameter in PARAMETERS if parameter.restart)


def nobody(number: int, state: TaskNodeState, reason: str) -> None:
    """Hears nothing."""
    del number, state, reason


class Rolling:
    """One change of all servers. Runs under the cluster's own lock."""

    def __init__(self, leading: Leading, members: Iterable[Member], tell: Tell) -> None:
        self._leading = leading
        self._members = list(members)
        self._tell = tell

    def run(self, parameters: dict[str, int], *, restart: bool) -> None:
        """Sets parameters on top of those that there are.

        Raises:
            NotWrittenDown: nothing was begun.
            PostgresError: a server did not come up; what could be brought back has the old parameters.
        """
        before = dict(self._leading.meta.parameters)
        order = self._order(parameters, before)
        restart = restart or any(before.get(name) != value for name, value in parameters.items() if name in _RESTARTING)
        self._leading.set_parameters(before | parameters)
        touched: list[Member] = []
        for member in order:
            touched.append(member)
            self._tell(member.number, TaskNodeState.RUNNING, "")
            try:
                self._try_renew(member, parameters, restart=restart)
            except PostgresError as error:
                self._tell(member.number, TaskNodeState.FAILED, error.summary)
                self._go_back(before, touched)
                raise
            self._tell(member.number, TaskNodeState.SUCCEEDED, "")
            self._leading.tell()

    def _order(self, parameters: dict[str, int], before: dict[str, int]) -> list[Member]:
        leader = self._leading.primary()
        down = [member.number for member in self._members if member.phase is not Phase.UP]
        if leader is None or down:
            named = " and ".join(str(number) for number in down)
            raise NotReady(f"All nodes must run for this: node {named} does not." if leader else "No node leads.")
        first = lowers(parameters, before)
        return sorted(self._members, key=lambda member: ((member is leader) != first, member.number))

    def _try_renew(self, member: Member, parameters: dict[str, int], *, restart: bool) -> None:
        try:
            self._renew(member, parameters, restart=restart)
        except OSError as error:  # its key was denied meanwhile
            raise NotReady("The node's volume was closed meanwhile.") from error

    def _renew(self, member: Member, parameters: dict[str, int], *, restart: bool) -> None:
        leader = self._leader()
        if restart and member is not leader:
            self._follows(member, leader)  # it must know the primary's limits before it is given lower ones
        self._leading.renew(member, restart=restart)
        _wait(
            lambda: parameters.items() <= catalog.parameters(member.door()).items(),
            [member],
            TAKE_SECONDS,
            "The server did not take the new parameters.",
        )
        if restart and member is not leader:
            self._follows(member, leader)

    def _go_back(self, before: dict[str, int], touched: list[Member]) -> None:
        self._leading.take_back(before)
        for member in reversed(touched):
            member.retry.clear()
            try:
                self._leading.renew(member, restart=True)
            except (PostgresError, OSError) as error:
                log.warning("node %d did not come back with the old parameters: %s", member.number, error)

    def _leader(self) -> Member:
        leader = self._leading.primary()
        if leader is None:
            raise NotReady("The primary ended meanwhile.")
        return leader

    @staticmethod
    def _follows(member: Member, leader: Member) -> None:
        reached = replication.position(leader.door())
        _wait(
            lambda: replication.has_replayed(leader.watched(), member.name, reached),
            [member, leader],
            FOLLOW_SECONDS,
            "The node does not follow the primary.",
        )


def _wait(condition: Callable[[], bool], servers: Sequence[Member], seconds: float, otherwise: str) -> None:
    """Waits for what servers are to do. One that does not answer is asked again; one that ended is not waited for.

    Raises:
        NotReady: it did not come about in time (`otherwise`), or a server ended.
    """
    said = ""

    def met() -> bool:
        nonlocal said
        ended = [one.number for one in servers if not one.wanted or one.server.pid is None]
        if ended:
            raise NotReady(f"The server of node {ended[0]} ended meanwhile.")
        try:
            return condition()
        except ServerDoesNotAnswer as error:
            said = error.summary
            return False

    if not replication.wait_until(met, seconds, step=0.05):
        raise NotReady(f"{otherwise} {said}".strip())
