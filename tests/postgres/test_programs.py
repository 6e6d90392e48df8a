"""How programs are run: their environment, their account, their last words."""

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kyok.postgres.account import ServerAccount, server_account
from kyok.postgres.binaries import Binaries, find_binaries
from kyok.postgres.errors import NoServerAccount, ProgramFailed
from kyok.postgres.programs import Programs, last_words
from tests.postgres.fake_programs import OURSELVES, script
from tests.postgres.servers import wait_for

NOBODY = ServerAccount("nobody", 65534, 65534, switch=True)
TELL = """
import json, os, resource, sys
print(json.dumps({
    "environment": dict(os.environ), "folder": os.getcwd(), "core": resource.getrlimit(resource.RLIMIT_CORE)[0],
    "user": os.getuid(), "groups": [os.getgid(), *os.getgroups()], "leads": os.getsid(0) == os.getpid(),
    "input": sys.stdin.read(), "arguments": sys.argv[1:],
}))
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every account may enter, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="kyok-programs-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def programs(folder: Path, account: ServerAccount = OURSELVES, library_path: Path | None = None) -> Programs:
    return Programs(Binaries(folder, "15.18", 15, "setting", tls=True, library_path=library_path), account)


def tell(folder: Path) -> None:
    # Isolated, so that it tells the environment that it got; the system's Python, which every account may run.
    python = shutil.which("python3", path="/usr/bin:/bin") or sys.executable
    (folder / "tell.py").write_text(TELL)
    (folder / "tell.py").chmod(0o644)
    script(folder / "tell", f'exec {python} -I {folder / "tell.py"} "$@"')


def test_a_child_gets_an_environment_of_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", "not for children")
    monkeypatch.setenv("LD_LIBRARY_PATH", "/somewhere")
    tell(folder)
    said = json.loads(programs(folder).run("tell", "-D", folder, extra_env={"PGAPPNAME": "n2"}))
    own = {name: value for name, value in said["environment"].items() if name not in {"PWD", "SHLVL", "_", "LC_CTYPE"}}
    assert own == {
        "PATH": f"{folder}:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "HOME": "/nonexistent",
        "PGPASSFILE": "/nonexistent/pgpass",
        "PGAPPNAME": "n2",
    }
    assert (said["folder"], said["core"], said["leads"]) == ("/", 0, True)
    assert said["arguments"] == ["-D", str(folder)]
    assert said["input"] == ""


def test_only_a_wheel_has_a_library_path(folder: Path) -> None:
    tell(folder)
    said = json.loads(programs(folder, library_path=folder / "lib").run("tell"))
    assert said["environment"]["LD_LIBRARY_PATH"] == str(folder / "lib")


def test_input_is_handed_over(folder: Path) -> None:
    script(folder / "cat", "exec /bin/cat")
    assert programs(folder).run("cat", input=b"bytes\x00") == b"bytes\x00"


def test_core_dumps_are_off_without_losing_the_hard_limit(folder: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_CORE)[1]
    script(folder / "true", "exit 0")
    programs(folder).run("true")
    assert resource.getrlimit(resource.RLIMIT_CORE) == (0, before)


def test_a_failure_has_the_program_s_last_error(folder: Path) -> None:
    said = "initdb: error: no room\\ninitdb: removing data directory\\n\\n"
    script(folder / "initdb", f"printf '{said}' >&2; exit 1")
    with pytest.raises(ProgramFailed) as failed:
        programs(folder).run("initdb")
    assert failed.value.summary == "initdb failed: no room"
    assert failed.value.remedy


@pytest.mark.parametrize(("body", "summary"), [("exit 3", "it ended with code 3."), ("kill -9 $$", "by signal 9.")])
def test_a_silent_failure_is_told(folder: Path, body: str, summary: str) -> None:
    script(folder / "mute", body)
    with pytest.raises(ProgramFailed, match=summary):
        programs(folder).run("mute")


@pytest.mark.parametrize(
    "said",
    [
        'connection "host=x password=hunter2 port=5" failed',
        "conninfo password='it is hunter2' is bad",
        "error near \"ALTER ROLE a PASSWORD 'hunter2'\"",
        "error near ALTER ROLE a PASSWORD 'hunter2",
        "cannot reach postgresql://admin:hunter2@localhost/db",
        "sslpassword=hunter2",
    ],
)
def test_passwords_are_left_out_of_last_words(said: str) -> None:
    assert "hunter2" not in last_words(said.encode())
    assert "..." in last_words(said.encode())


def test_other_words_are_kept() -> None:
    said = 'FATAL:  password authentication failed for user "replicator"'
    assert last_words(said.encode()) == said
    assert last_words(b" \n") == ""


def test_a_program_that_takes_too_long_is_ended_with_its_children(folder: Path) -> None:
    script(folder / "slow", f"sleep 600 & echo $! > {folder / 'child'}; wait")
    with pytest.raises(ProgramFailed, match="slow did not end within 2 seconds"):
        programs(folder).run("slow", timeout=2)
    child = int((folder / "child").read_text())
    wait_for(lambda: not alive(child))


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_program_that_is_not_there_is_told(folder: Path) -> None:
    with pytest.raises(ProgramFailed, match=r"pg_ctl cannot be started: no such file"):
        programs(folder).run("pg_ctl")
    with pytest.raises(ProgramFailed, match="pg_ctl cannot be started"):
        programs(folder).start("pg_ctl", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_a_program_that_stays_is_our_child_in_its_own_session(folder: Path) -> None:
    script(folder / "server", 'echo "$1"; exec sleep 600')
    with (folder / "log").open("w+b") as log:
        child = programs(folder).start("server", "ready", stdout=log, stderr=subprocess.STDOUT)
        try:
            wait_for(lambda: (folder / "log").read_bytes() == b"ready\n")
            assert os.getsid(child.pid) == child.pid
            assert child.poll() is None
        finally:
            child.send_signal(signal.SIGKILL)
            child.wait(30)


# Another account ------------------------------------------------------------------------------------------------------

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can run programs under another account")


@as_root
def test_root_gives_its_rights_up_for_children(folder: Path) -> None:
    tell(folder)
    said = json.loads(programs(folder, NOBODY).run("tell"))
    assert said["user"] == NOBODY.uid
    assert set(said["groups"]) == {NOBODY.gid}


@as_root
def test_a_tree_is_handed_over_and_links_are_not_followed(folder: Path) -> None:
    outside = folder / "outside"
    outside.write_text("root's")
    tree = folder / "tree"
    (tree / "data" / "base").mkdir(parents=True)
    (tree / "data" / "base" / "1").write_text("row")
    (tree / "data" / "link").symlink_to(outside)
    (tree / "folder").symlink_to(folder, target_is_directory=True)
    programs(folder, NOBODY).own(tree)
    owners = {path.lstat().st_uid for path in (tree, *tree.rglob("*"))}
    assert owners == {NOBODY.uid}
    assert (outside.stat().st_uid, folder.stat().st_uid) == (0, 0)


@as_root
def test_a_single_file_is_handed_over(folder: Path) -> None:
    file = folder / "pwfile"
    file.write_text("x")
    programs(folder, NOBODY).own(file)
    assert (file.stat().st_uid, file.stat().st_gid) == (NOBODY.uid, NOBODY.gid)


def test_our_own_account_needs_no_handing_over(folder: Path) -> None:
    programs(folder).own(folder / "not there")
    assert not (folder / "not there").exists()


# The machine's own PostgreSQL -----------------------------------------------------------------------------------------


@pytest.fixture
def real() -> Programs:
    try:
        account = server_account()
    except NoServerAccount as error:
        pytest.skip(error.summary)
    found = find_binaries(account)
    if found is None:
        pytest.skip("there is no usable PostgreSQL on this machine")
    return Programs(found, account)


def test_a_data_folder_is_made_by_the_account(real: Programs, folder: Path) -> None:
    home = folder / "n1"
    home.mkdir()
    real.own(home)
    real.run("initdb", "-D", home / "data", "-U", "admin", "--auth=reject", "--locale=C", "--no-sync")
    assert (home / "data" / "PG_VERSION").read_text().strip() == str(real.binaries.major)
    assert (home / "data" / "PG_VERSION").stat().st_uid == real.account.uid
    with pytest.raises(ProgramFailed, match="exists but is not empty"):
        real.run("initdb", "-D", home / "data", "-U", "admin", "--auth=reject", "--no-sync")
