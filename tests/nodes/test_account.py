"""What a customer and the servers' account cannot reach: the service's secrets, and files of whoever runs us."""

import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from kyok.postgres.founding import address
from kyok.postgres.member import put
from kyok.postgres.roles import keep_replicator, take_over
from kyok.postgres.sessions import value
from kyok.postgres.volumes.guarantees import VolumeKind
from tests.nodes.clusters import ADMIN, Stage, stage

ROLES = ("pg_execute_server_program", "pg_read_server_files", "pg_write_server_files")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Stage]:
    with stage(VolumeKind.RAM_SEALED) as found:
        yield found.make()


@pytest.mark.parametrize("role", ROLES)
def test_the_administrator_cannot_become_the_account_of_the_servers(cluster: Stage, role: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        cluster.sql(f"GRANT {role} TO {ADMIN}")
    cluster.sql("CREATE TABLE IF NOT EXISTS seen (line text)")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        cluster.sql("COPY seen FROM PROGRAM 'cat ../passwords.json'")


def test_who_could_before_cannot_in_a_restored_instance(cluster: Stage) -> None:
    leader = cluster.cluster.work.primary()
    assert leader is not None
    with leader.door().connect() as connection:
        connection.execute(f"GRANT {ROLES[0]} TO {ADMIN}".encode())
    take_over(leader.door(), ADMIN, cluster.cluster.work.meta.verifier)
    held = value(leader.door(), "SELECT pg_has_role(%s, %s, 'USAGE')", ADMIN, ROLES[0])
    if value(leader.door(), "SELECT current_setting('server_version_num')::int") < 160000:
        assert held is False


def test_no_statement_that_a_monitor_may_see_holds_a_password_of_the_service(
    cluster: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    leader = cluster.cluster.work.primary()
    assert leader is not None
    said: list[str] = []
    real = psycopg.Connection.execute

    def noted(self: psycopg.Connection[object], query: object, *more: object, **named: object) -> object:
        said.append(query.as_string(self) if hasattr(query, "as_string") else str(query))
        return real(self, query, *more, **named)  # type: ignore[arg-type,call-overload]

    monkeypatch.setattr(psycopg.Connection, "execute", noted)
    door = leader.door()
    take_over(door, ADMIN, cluster.cluster.work.meta.verifier)
    assert any("ALTER ROLE" in text for text in said)
    assert not [text for text in said if door.passwords.superuser in text or door.passwords.replicator in text]
    assert value(leader.door(), "SELECT 1") == 1, "the password is the one that it was"


def test_a_link_in_the_place_of_a_file_is_not_followed(cluster: Stage, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("FATAL:  precious\n")
    member = cluster.cluster.members[3]
    for name in (".postgresql.conf.new", "recovery.signal"):
        (member.layout.data / name).unlink(missing_ok=True)
        (member.layout.data / name).symlink_to(victim)
    put(member.layout.conf, member.layout.conf.read_text(), member.programs)
    put(member.layout.recovery, "", member.programs)
    assert member.layout.recovery.is_symlink() is False
    member.layout.recovery.unlink()
    member.layout.start_log.unlink()
    member.layout.start_log.symlink_to(victim)
    assert "precious" not in member.server.last_words()
    before = member.server.pid
    member.server.signal(signal.SIGINT)  # `stop` is the supervisor's: here it could meet the next server
    cluster.until(lambda status: status.nodes[3].pid not in (None, before))
    cluster.all_up()
    assert victim.read_text() == "FATAL:  precious\n"
    assert member.layout.start_log.is_symlink() is False


def test_a_folder_that_is_a_link_is_not_written_to(cluster: Stage, tmp_path: Path) -> None:
    member = cluster.cluster.members[2]
    beside = member.layout.root / "beside"
    beside.symlink_to(tmp_path)
    with pytest.raises(OSError, match=r"Not a directory|Too many levels"):
        put(beside / "postgresql.conf", "x", member.programs)
    assert list(tmp_path.iterdir()) == []
    beside.unlink()


def test_quotes_in_a_path_stay_in_the_connection_string(cluster: Stage) -> None:
    from psycopg.conninfo import conninfo_to_dict

    member = cluster.cluster.members[1]
    clear, member.volume.clear = member.volume.clear, Path("/tmp/it's a \\ place")
    try:
        found = conninfo_to_dict(address(member, 5))
    finally:
        member.volume.clear = clear
    assert found["passfile"] == "/tmp/it's a \\ place/passfile"


def test_the_documented_extensions_can_be_used_and_no_others(cluster: Stage) -> None:
    for trusted in ("pgcrypto", "hstore", "uuid-ossp"):
        cluster.sql(f'CREATE EXTENSION IF NOT EXISTS "{trusted}"')
    for there in ("bloom", "pgrowlocks", "earthdistance"):
        cluster.sql(f"CREATE EXTENSION IF NOT EXISTS {there}")
    assert cluster.sql("SELECT length(gen_random_bytes(8))") == 8
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="not offered by this service"):
        cluster.sql("CREATE EXTENSION unaccent")
    cluster.sql("CREATE DATABASE second")
    with psycopg.connect(**cluster.address(dbname="second")) as session:
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="not offered"):
            session.execute("CREATE EXTENSION dict_int")
        session.execute("CREATE EXTENSION citext")


def test_a_dropped_role_of_the_standbys_is_made_again(cluster: Stage) -> None:
    leader = cluster.cluster.work.primary()
    assert leader is not None
    with leader.door().connect() as connection:
        connection.execute("DROP ROLE replicator")
    keep_replicator(leader.door())
    away = next(number for number in (1, 2, 3) if number != leader.number)
    cluster.cluster.shut([away])
    cluster.closed(away)
    cluster.give_keys(away)
    cluster.all_up()
    cluster.until(lambda status: status.nodes[away].figures.streaming)
