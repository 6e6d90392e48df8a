"""The log files of a node by day, and the audit log that is derived from the server's."""

from datetime import date
from pathlib import Path

import pytest

from kyok.postgres import logs
from kyok.postgres.audit import Sifter, masked, records
from kyok.postgres.logs import AuditSizes, ServerLogs

TODAY = date(2031, 4, 5)
AT = "2031-04-05 06:07:08.910 UTC"


def line(pid: int, who: str, text: str) -> str:
    return f"{AT} [{pid}] {who} {text}\n"


RECEIVED = line(7, "[unknown]@[unknown]", "LOG:  connection received: host=127.0.0.1 port=40000")
AUTHORIZED = line(7, "admin@admin", "LOG:  connection authorized: user=admin database=admin application_name=psql")
CREATED = line(7, "admin@admin", "LOG:  statement: CREATE TABLE a (")
CONTINUED = "\ttext text)\n"
ENDED = line(7, "admin@admin", "LOG:  disconnection: session time: 0:00:01 user=admin database=admin")
REFUSED = line(8, "eve@admin", 'FATAL:  password authentication failed for user "eve"')
SECRET = line(7, "admin@admin", "LOG:  statement: ALTER ROLE ben")
SECRET_CONTINUED = "\tPASSWORD\n\t'hunter2-hunter2'\n"
OWN = [
    line(9, "[unknown]@[unknown]", "LOG:  connection received: host=127.0.0.1 port=40001"),
    line(9, "postgres@postgres", 'LOG:  connection authenticated: identity="postgres" method=scram-sha-256'),
    line(9, "postgres@postgres", "LOG:  connection authorized: user=postgres database=postgres "
         "application_name=kyok-supervisor SSL enabled"),
    line(9, "postgres@postgres", "LOG:  disconnection: session time: 0:00:00.1 user=postgres database=postgres"),
]  # fmt: skip
NOISE = [
    line(1, "@", "LOG:  checkpoint starting: time"),
    line(7, "admin@admin", "ERROR:  division by zero"),
    line(7, "admin@admin", "STATEMENT:  SELECT 1/0"),
]


def sifted(text: str) -> str:
    sifter = Sifter()
    return b"".join(sifter.take(record) for record in records(text.encode().splitlines(keepends=True))).decode()


def test_connections_failures_and_definitions_are_audited() -> None:
    wanted = [RECEIVED, AUTHORIZED, CREATED, CONTINUED, REFUSED, ENDED]
    given = [NOISE[0], RECEIVED, OWN[0], OWN[1], AUTHORIZED, OWN[2], CREATED, CONTINUED, OWN[3], *NOISE[1:], REFUSED]
    assert sifted("".join([*given, ENDED])) == "".join(wanted)


def test_a_customer_who_calls_himself_the_supervisor_is_audited() -> None:
    told = AUTHORIZED.replace("psql", "kyok-supervisor")
    assert sifted(RECEIVED + told) == RECEIVED + told


def test_a_process_number_that_is_used_again_is_another_session() -> None:
    again = [one.replace("[7]", "[9]") for one in (RECEIVED, AUTHORIZED, ENDED)]
    assert sifted("".join([*OWN, *again])) == "".join(again)


@pytest.mark.parametrize(
    "record",
    [
        SECRET + SECRET_CONTINUED,
        line(7, "a@b", "LOG:  statement: create user x PaSsWoRd 'hunter2-hunter2'"),
        line(7, "a@b", "LOG:  execute <unnamed>: ALTER ROLE x PASSWORD 'hunter2-hunter2'"),
        line(7, "a@b", "STATEMENT:  ALTER ROLE x PASSWORD 'hunter2-hunter2' oops"),
    ],
)
def test_passwords_of_statements_are_left_out(record: str) -> None:
    shown = masked(record.encode()).decode()
    assert "hunter2" not in shown
    assert shown.endswith(" <REDACTED>\n")
    assert masked(REFUSED.encode()).decode() == REFUSED


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    def put(day: str, *lines: str) -> None:
        (tmp_path / f"postgresql-{day}.log").write_text("".join(lines))

    put("2031-04-05", RECEIVED, AUTHORIZED, SECRET, SECRET_CONTINUED, *NOISE)
    put("2031-04-04", RECEIVED, AUTHORIZED, ENDED)
    put("2031-03-01", REFUSED)
    put("2031-01-05", REFUSED)
    put("nonsense", REFUSED)
    (tmp_path / "start.log").write_text("nobody's business")
    return tmp_path


def test_files_are_listed_by_day_for_as_long_as_they_are_kept(folder: Path) -> None:
    found = ServerLogs(folder, AuditSizes(), TODAY).files()
    assert [file.name for file in found] == [
        "postgresql.log",
        "audit.log",
        "postgresql-2031-04-04.log",
        "audit-2031-04-04.log",
        "audit-2031-03-01.log",
    ]
    whole = (folder / "postgresql-2031-04-04.log").stat()
    assert (found[2].size, found[3].size) == (whole.st_size, len(RECEIVED + AUTHORIZED + ENDED))
    assert found[2].modified.timestamp() == pytest.approx(whole.st_mtime)


def test_what_is_read_has_no_password(folder: Path) -> None:
    opened = ServerLogs(folder, AuditSizes(), TODAY)
    server, audit = opened.read("postgresql.log"), opened.read("audit.log")
    assert server is not None
    assert audit is not None
    assert b"hunter2" not in server + audit
    assert NOISE[1].encode() in server
    assert NOISE[1].encode() not in audit
    assert opened.read("audit-2031-03-01.log") == REFUSED.encode()


@pytest.mark.parametrize(
    "name",
    [
        "start.log",
        "../passwords.json",
        "audit-2031-04-04.log/..",
        "postgresql-nonsense.log",
        "audit-2031-13-01.log",
        "postgresql-2031-03-01.log",
        "audit-2031-01-05.log",
        "audit-2031-04-01.log",
        "audit.log\n",
        "",
    ],
)
def test_no_other_name_is_a_file(folder: Path, name: str) -> None:
    assert ServerLogs(folder, AuditSizes(), TODAY).read(name) is None


def test_a_day_without_a_word_has_its_two_files(tmp_path: Path) -> None:
    opened = ServerLogs(tmp_path, AuditSizes(), TODAY)
    assert [(file.name, file.size) for file in opened.files()] == [("postgresql.log", 0), ("audit.log", 0)]
    assert opened.read("audit.log") == b""


def size_of(sizes: AuditSizes, file: Path) -> int:
    with file.open("rb") as source:
        return sizes.of(file, source)


@pytest.mark.parametrize("name", ["postgresql.log", "audit.log"])
def test_what_a_link_leads_to_is_not_given_out(folder: Path, tmp_path: Path, name: str) -> None:
    secret = tmp_path / "not-a-log"
    secret.write_text("root:x:0\n")
    today = folder / f"postgresql-{TODAY.isoformat()}.log"
    today.unlink(missing_ok=True)
    today.symlink_to(secret)
    opened = ServerLogs(folder, AuditSizes(), TODAY)
    assert opened.read(name) == b""
    assert {file.name: file.size for file in opened.files()}[name] == 0


def test_sizes_of_audit_logs_follow_the_file(folder: Path) -> None:
    sizes, file = AuditSizes(), folder / "postgresql-2031-04-04.log"
    before = size_of(sizes, file)
    with file.open("a") as target:
        target.write(REFUSED + CREATED[:20])
    assert size_of(sizes, file) == before + len(REFUSED)
    with file.open("a") as target:
        target.write(CREATED[20:])
    assert size_of(sizes, file) == before + len(REFUSED + CREATED)


@pytest.mark.parametrize("name", ["postgresql.log", "audit.log"])
def test_of_a_long_file_the_end_is_given(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "LARGEST", 1024 * 1024)
    many = [line(20, "eve@admin", f"FATAL:  {'x' * 300} {number}") for number in range(4000)]
    (folder / "postgresql-2031-04-05.log").write_text("".join(many))
    content = ServerLogs(folder, AuditSizes(), TODAY).read(name)
    assert content is not None
    first, _, rest = content.partition(b"\n")
    assert first == b"[Only the last 1 MiB of 1.4 MiB follow.]"
    assert len(rest) <= 1024 * 1024
    assert rest.endswith(many[-1].encode())
    assert rest.startswith(AT.encode())


def test_what_no_list_shows_is_removed(folder: Path) -> None:
    logs.remove_old(folder, TODAY)
    assert not (folder / "postgresql-2031-01-05.log").exists()
    assert (folder / "postgresql-2031-03-01.log").exists()
    assert (folder / "postgresql-nonsense.log").exists()


def test_logs_of_earlier_days_do_not_fill_the_volume(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "KEPT_BYTES", (folder / "postgresql-2031-04-04.log").stat().st_size)
    logs.remove_old(folder, TODAY)
    assert (folder / "postgresql-2031-04-05.log").exists(), "today's is written to"
    assert (folder / "postgresql-2031-04-04.log").exists()
    assert not (folder / "postgresql-2031-03-01.log").exists()
