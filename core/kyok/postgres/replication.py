"""Who leads and who follows: election, promotion, slots, what a standby has received."""

import logging
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from kyok.postgres.configuration import SUPERUSER, slot_of
from kyok.postgres.errors import PostgresError
from kyok.postgres.member import Figures, Member
from kyok.postgres.sessions import Door, KeptDoor, ServerDoesNotAnswer, value

if TYPE_CHECKING:
    from psycopg import Connection

log = logging.getLogger(__name__)

PROMOTE_SECONDS = 60
_RECEIVED = """
SELECT pg_wal_lsn_diff(greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()), '0/0'),
       greatest(
           (SELECT timeline_id FROM pg_control_checkpoint()),
           (SELECT max(('x' || left(name, 8))::bit(32)::int) FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$')
       )
"""
"""What a standby received, and on which timeline: its control file learns of a new one at a checkpoint only, its log
files are named by it."""
REPLAY_SECONDS = 60.0
"""How long an election waits for a standby that was just started and still replays what it has on disk."""
RECEIVE_SECONDS = 2.0
"""How long a planned change waits for the node to receive what the primary has written so far."""
_KNOWS_ITS_END = """
SELECT pg_last_wal_receive_lsn() IS NOT NULL
    OR EXISTS (SELECT 1 FROM pg_stat_activity WHERE backend_type = 'startup'
                  AND wait_event IN ('RecoveryWalStream', 'RecoveryRetrieveRetryInterval'))
"""
_STANDBYS = """
SELECT application_name, state = 'streaming',
       coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn), 0),
       coalesce(extract(epoch FROM replay_lag), 0)
  FROM pg_stat_replication
"""
_SESSIONS = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND usename <> %s"
_SLOT = """
SELECT pg_create_physical_replication_slot(%(slot)s, true)
 WHERE NOT EXISTS (SELECT 1 FROM pg_replication_slots WHERE slot_name = %(slot)s)
"""
_LOST_SLOT = """
SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots
 WHERE slot_name = %(slot)s AND NOT active AND wal_status = 'lost'
"""


class NobodyCanLead(PostgresError):
    """Too few standbys answered to tell which one holds every acknowledged row."""

    summary = "Two nodes must answer before one of them can lead."


def best_standby(candidates: Iterable[Member], wished: Member | None = None) -> Member:
    """The standby that received most; any two of three nodes include one that has every acknowledged commit.

    Among those that received the same it is the wished one.

    A standby takes connections before it has replayed all that it has on disk, and cannot tell how much that is until
    it waits for more; so it is waited for.

    Raises:
        NobodyCanLead: fewer than two answered.
    """
    received = []
    for member in candidates:
        try:
            with member.door().connect() as connection:
                if not _comes_to_its_end(member, connection):
                    raise ServerDoesNotAnswer("It still replays what it has on disk.")
                row = connection.execute(_RECEIVED).fetchone()
        except ServerDoesNotAnswer as error:
            log.info("node %d did not answer in the election: %s", member.number, error.summary)
            continue
        if row is not None and row[0] is not None:
            log.info("node %d received up to %d on timeline %d", member.number, row[0], row[1])
            received.append((int(row[1]), int(row[0]), member is wished, -member.number, member))
    if len(received) < 2:
        raise NobodyCanLead()
    return max(received, key=lambda found: found[:4])[4]


def _comes_to_its_end(member: Member, connection: "Connection[Any]") -> bool:
    def known() -> bool:
        return not member.wanted or connection.execute(_KNOWS_ITS_END).fetchone() == (True,)

    return wait_until(known, REPLAY_SECONDS, step=0.02) and member.wanted


def promote(member: Member) -> None:
    """Ends a standby's recovery, unless that is done already; on return it takes writes.

    Raises:
        ServerDoesNotAnswer: it did not, in time.
    """
    with member.door().connect() as connection:
        promoted = "SELECT CASE WHEN pg_is_in_recovery() THEN pg_promote(true, %s) ELSE true END"
        if connection.execute(promoted, (PROMOTE_SECONDS,)).fetchone() != (True,):
            raise ServerDoesNotAnswer("The node did not become the primary in time.")
        # Until its first checkpoint its control file names the old timeline, and pg_rewind would see no need to rewind.
        connection.execute("CHECKPOINT")


def make_slots(primary: Member, standbys: Iterable[Member]) -> None:
    """Keeps, on the primary, what each standby has not received yet.

    Raises:
        ServerDoesNotAnswer: see there.
    """
    with primary.door().connect() as connection:
        for member in standbys:
            slot = {"slot": slot_of(member.name)}
            connection.execute(_LOST_SLOT, slot)
            connection.execute(_SLOT, slot)


def standing(door: Door | KeptDoor) -> dict[str, Figures]:
    """How far each standby is, by its name, as the primary sees it.

    Raises:
        ServerDoesNotAnswer: see there.
    """
    with door.connect() as connection:
        rows = connection.execute(_STANDBYS).fetchall()
    return {row[0]: Figures(0, int(row[2]), float(row[3]), bool(row[1])) for row in rows}


def sessions(door: Door | KeptDoor) -> int:
    """How many sessions clients have; those of the service itself do not count.

    Raises:
        ServerDoesNotAnswer: see there.
    """
    with door.connect() as connection:
        row = connection.execute(_SESSIONS, (SUPERUSER,)).fetchone()
    return int(row[0]) if row is not None else 0


def configured_at(door: Door | KeptDoor) -> datetime:
    """When the server read its configuration last. The postmaster reads it before its sessions do.

    Raises:
        ServerDoesNotAnswer: see there.
    """
    with door.connect() as connection:
        row = connection.execute("SELECT pg_conf_load_time()").fetchone()
    if row is None:
        raise ServerDoesNotAnswer()
    return cast("datetime", row[0])


def position(primary: Door | KeptDoor) -> str:
    """How far the primary's log is written.

    Raises:
        ServerDoesNotAnswer: see there.
    """
    return str(value(primary, "SELECT pg_current_wal_lsn()"))


def has_replayed(primary: Door | KeptDoor, standby: str, reached: str) -> bool:
    """Whether a standby streams and has replayed the log up to a position.

    Raises:
        ServerDoesNotAnswer: see there.
    """
    return _has_come_to(primary, standby, reached, replayed=True)


def has_received(primary: Door | KeptDoor, standby: str, reached: str) -> bool:
    """Whether a standby streams and has the log on its disk up to a position.

    Raises:
        ServerDoesNotAnswer: see there.
    """
    return _has_come_to(primary, standby, reached, replayed=False)


def _has_come_to(primary: Door | KeptDoor, standby: str, reached: str, *, replayed: bool) -> bool:
    query = (
        "SELECT count(*) FROM pg_stat_replication WHERE application_name = %s AND state = 'streaming' "
        "AND CASE WHEN %s THEN replay_lsn ELSE flush_lsn END >= %s::pg_lsn"
    )
    return bool(value(primary, query, standby, replayed, reached))


def catches_up(primary: Door | KeptDoor, standby: str) -> bool:
    """Whether a standby soon has on its disk what the primary has written so far.

    Raises:
        ServerDoesNotAnswer: see there.
    """
    reached = position(primary)
    return wait_until(lambda: has_received(primary, standby, reached), RECEIVE_SECONDS, step=0.05)


def wait_until(condition: Callable[[], bool], seconds: float, *, step: float = 0.01) -> bool:
    """Whether the condition came true in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(step)
    return True
