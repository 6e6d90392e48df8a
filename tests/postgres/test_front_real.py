"""The stable port between real clients and a real server."""

import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import conninfo, errors

from kyok.postgres.certificates import issue_node, make_authority
from kyok.postgres.front import Fronts
from kyok.postgres.greeting import TlsMaterial
from tests.postgres.servers import PLAIN_DATABASE, Server, unused_port, wait_for

GUID = "an-instance"
WHY = "its root key is disabled"
AUTHORITY = make_authority("front")
MATERIAL = TlsMaterial(*issue_node(AUTHORITY, "front"))
MODES = ("disable", "prefer", "require", "verify-full")


@pytest.fixture
def fronts() -> Iterator[Fronts]:
    started = Fronts()
    started.start()
    yield started
    started.stop()


@pytest.fixture
def through(fronts: Fronts, server: Server) -> dict[str, Any]:
    """The options of a client of a front that passes bytes through to the server."""
    port = unused_port()
    fronts.open(GUID, port)
    fronts.target(GUID, ("127.0.0.1", server.port))
    return server.options(port=port)


@pytest.fixture
def front_authority(tmp_path: Path) -> str:
    (tmp_path / "ca.crt").write_bytes(AUTHORITY.certificate)
    return str(tmp_path / "ca.crt")


@pytest.fixture
def ending(fronts: Fronts, server: Server, front_authority: str) -> dict[str, Any]:
    """The options of a client of a front that ends TLS itself."""
    port = unused_port()
    fronts.open(GUID, port, MATERIAL)
    fronts.target(GUID, ("127.0.0.1", server.port))
    return server.options(port=port, sslrootcert=front_authority, dbname=PLAIN_DATABASE)


def test_channel_binding_survives(through: dict[str, Any]) -> None:
    with psycopg.connect(**through, channel_binding="require") as connection:
        row = connection.execute("select ssl from pg_stat_ssl where pid = pg_backend_pid()").fetchone()
    assert row == (True,)


def test_tls_ends_at_the_front_when_the_server_has_none(ending: dict[str, Any]) -> None:
    with psycopg.connect(**ending) as connection:
        assert connection.pgconn.ssl_in_use
        row = connection.execute("select ssl from pg_stat_ssl where pid = pg_backend_pid()").fetchone()
        assert row == (False,)
        big = connection.execute("select repeat('x', 5000000)").fetchone()
    assert big == ("x" * 5_000_000,)


def test_a_client_without_tls_is_refused(ending: dict[str, Any]) -> None:
    with pytest.raises(psycopg.OperationalError, match="encrypted connections only"):
        psycopg.connect(**ending | {"sslmode": "disable"})


def psql(server: Server, options: dict[str, Any], statement: str) -> subprocess.Popen[str]:
    """psql as a child; the test is skipped when the server came without it."""
    if not (server.programs / "psql").exists():
        pytest.skip("psql is not installed beside this server")
    address = conninfo.make_conninfo(**{name: value for name, value in options.items() if name != "password"})
    environment = os.environ | {"PGPASSWORD": options["password"], "LC_ALL": "C"}
    arguments = [server.programs / "psql", "-X", "-c", statement, address]
    return subprocess.Popen(
        arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )


def wait_until_it_sleeps(server: Server, name: str) -> None:
    """Until the session that calls itself `name` is in pg_sleep."""
    sleeping = "select 1 from pg_stat_activity where application_name = %s and wait_event = 'PgSleep'"
    with psycopg.connect(**server.options(), autocommit=True) as watching:
        wait_for(lambda: watching.execute(sleeping, [name]).fetchone())


@pytest.mark.skipif(not psycopg.capabilities.has_cancel_safe(), reason="this libpq cannot encrypt a cancel request")
@pytest.mark.parametrize("options", ["through", "ending"])
def test_a_statement_is_cancelled_through_tls(options: str, server: Server, request: pytest.FixtureRequest) -> None:
    caught: list[Exception] = []
    with psycopg.connect(**request.getfixturevalue(options), application_name=options) as connection:

        def wait_long() -> None:
            try:
                connection.execute("select pg_sleep(60)")
            except Exception as error:
                caught.append(error)

        thread = threading.Thread(target=wait_long)
        thread.start()
        wait_until_it_sleeps(server, options)
        connection.cancel_safe()
        thread.join(20)
    assert [type(error) for error in caught] == [errors.QueryCanceled]


# In another process: psycopg's older `cancel` keeps the interpreter's lock, and the front could not answer it in ours.
@pytest.mark.parametrize("options", ["through", "ending"])
def test_psql_cancels_a_statement(options: str, server: Server, request: pytest.FixtureRequest) -> None:
    name = f"psql {options}"
    given = request.getfixturevalue(options)
    with psql(server, given | {"application_name": name}, "select pg_sleep(60)") as child:
        wait_until_it_sleeps(server, name)
        child.send_signal(signal.SIGINT)
        said = child.communicate(timeout=20)[1]
    assert "canceling statement due to user request" in said


def test_a_failover_leaves_no_client_hanging(fronts: Fronts, through: dict[str, Any]) -> None:
    with psycopg.connect(**through, autocommit=True) as connection:
        fronts.target(GUID, None)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("select 1")
        assert connection.closed


@pytest.mark.parametrize("mode", MODES)
def test_every_psycopg_reads_why_it_is_refused(fronts: Fronts, server: Server, front_authority: str, mode: str) -> None:
    port = unused_port()
    fronts.open(GUID, port, refusals=MATERIAL)
    fronts.target(GUID, None, WHY)
    with pytest.raises(psycopg.OperationalError, match=f"FATAL:  the database system is not available: {WHY}"):
        psycopg.connect(**server.options(port=port, sslmode=mode, sslrootcert=front_authority))


@pytest.mark.parametrize("mode", MODES)
def test_every_psql_reads_why_it_is_refused(fronts: Fronts, server: Server, front_authority: str, mode: str) -> None:
    port = unused_port()
    fronts.open(GUID, port, refusals=MATERIAL)
    fronts.target(GUID, None, WHY)
    options = server.options(port=port, sslmode=mode, sslrootcert=front_authority)
    with psql(server, options, "select 1") as child:
        said = child.communicate(timeout=20)[1]
    assert child.returncode == 2
    assert f"FATAL:  the database system is not available: {WHY}" in said
