"""Three real servers: what a customer sees, and what the disk holds (issue of real nodes, 1 and 2)."""

import psycopg
import pytest

from kyok.postgres.volumes.guarantees import VolumeKind
from tests.nodes.clusters import SECRET, Stage, files_with


def test_a_customer_connects_with_full_verification_and_every_node_has_the_row(made: Stage) -> None:
    made.put_secret()
    with psycopg.connect(**made.address()) as connection:
        assert connection.pgconn.ssl_in_use
    ports = [member.port for member in made.cluster.members.values()]
    for port in ports:
        made.sees(True, "SELECT to_regclass('secrets') IS NOT NULL", port)
        made.sees(SECRET, "SELECT string_agg(text, ' ') FROM secrets", port)


def test_plain_text_and_wrong_passwords_are_refused(made: Stage) -> None:
    with pytest.raises(psycopg.OperationalError, match=r"no encryption|pg_hba|encrypted connections only"):
        psycopg.connect(**made.address(sslmode="disable", sslrootcert=None))
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(**made.address(password="passWORD4User20"))
    assert made.sql("SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False


def test_a_known_value_is_in_no_file_while_running(made: Stage) -> None:
    made.put_secret()
    with psycopg.connect(**made.address(), options="-c synchronous_commit=on") as connection:
        connection.execute("SELECT pg_switch_wal()") if made.sql("SELECT rolsuper FROM pg_roles LIMIT 1") else None
    if made.kind is VolumeKind.SEALED_ON_STOP:
        pytest.skip("this kind is clear while it runs, and says so")
    assert made.files_with(SECRET.encode()) == []
    member = made.cluster.members[1]
    assert files_with(member.volume.clear, SECRET.encode()), "the clear view holds it: the search can find it"


def test_closed_nodes_hold_nothing_readable_and_come_back_with_every_row(fresh: Stage) -> None:
    fresh.put_secret()
    before = fresh.cluster.work.fresh_contents()
    assert fresh.cluster.shut([1, 2, 3]) == [1, 2, 3]
    assert all(member.server.pid is None for member in fresh.cluster.members.values())
    fresh.closed()
    assert all(not member.volume.clear.exists() or not any(member.volume.clear.iterdir())
               for member in fresh.cluster.members.values())  # fmt: skip
    assert fresh.files_with(SECRET.encode()) == []
    fresh.give_keys()
    fresh.all_up()
    after = fresh.cluster.work.fresh_contents()
    assert (after.rows, after.digest) == (before.rows, before.digest)


def test_after_kill_9_of_everything_nothing_is_readable_and_nothing_is_lost(fresh: Stage) -> None:
    fresh.put_secret()
    before = fresh.cluster.work.fresh_contents()
    fresh.kill_everything()
    if fresh.kind is not VolumeKind.SEALED_ON_STOP:
        assert fresh.files_with(SECRET.encode()) == []
    fresh.again()
    fresh.give_keys()
    fresh.all_up()
    assert fresh.sql("SELECT text FROM secrets") == SECRET
    assert (fresh.cluster.work.fresh_contents().rows, fresh.cluster.work.fresh_contents().digest) == (
        before.rows,
        before.digest,
    )


def test_servers_that_outlived_their_cloud_are_adopted(fresh: Stage) -> None:
    fresh.put_secret()
    before = {number: member.server.pid for number, member in fresh.cluster.members.items()}
    fresh.abandon()
    fresh.again()
    assert {number: member.server.pid for number, member in fresh.cluster.members.items()} == before
    fresh.give_keys()
    fresh.all_up()
    assert {number: node.pid for number, node in fresh.status.nodes.items()} == before
    assert fresh.sql("SELECT text FROM secrets") == SECRET


def test_servers_that_outlived_their_cloud_are_ended_when_their_key_is_denied(fresh: Stage) -> None:
    fresh.put_secret()
    fresh.abandon()
    fresh.again()
    fresh.cluster.shut([1, 2, 3])
    assert all(member.server.pid is None for member in fresh.cluster.members.values())
    if fresh.kind is VolumeKind.SEALED_ON_STOP:
        return  # the only copy of what was written is clear; it is kept, and told of
    fresh.until(lambda status: not any(member.volume.is_open() for member in fresh.cluster.members.values()))
    assert fresh.files_with(SECRET.encode()) == []
