"""Starting `kyok serve` where it cannot serve: one clear sentence, exit code 1, and nothing half-made or lost."""

import ctypes
import json
import os
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.walk import Ledger, Walk
from tests.served import READY_SECONDS, Rest, ServedProcess

PASSPHRASE, OTHER = b"correct horse battery", b"staple horse incorrect"
_DROP_FROM_BOUNDING_SET, _DAC_OVERRIDE, _DAC_READ_SEARCH = 24, 1, 2
LIARS = {
    "forgets": "def get_password(self, s, u): return None",
    "fails": "def get_password(self, s, u): raise RuntimeError('planted-detail')",
    "forgets all but the probe": "def get_password(self, s, u): return self.kept.get(u) if 'probe' in u else None",
}
LIAR = """
import keyring.backend
class Keyring(keyring.backend.KeyringBackend):
    priority = 9
    kept = {{}}
    def set_password(self, s, u, p): self.kept[u] = p
    def delete_password(self, s, u): self.kept.pop(u)
    {method}
Keyring.__module__ = "keyring.backends.SecretService"
"""


@dataclass(frozen=True)
class Ended:
    """How a start ended that should not have come far."""

    code: int
    said: str
    ready: bool

    def refused(self, *words: str, code: int = 1) -> None:
        assert not self.ready
        assert self.code == code, self.said
        assert "Traceback" not in self.said
        if code == 1:
            assert len(self.said.strip().splitlines()) == 1, self.said
        for word in words:
            assert word in self.said, self.said


def begin(
    home: Path | str,
    *options: str,
    insecure: bool = True,
    before: Callable[[], None] | None = None,
    command: str = "serve",
    pass_fds: tuple[int, ...] = (),
    measured: bool = True,
    **environment: str | bytes,
) -> Ended:
    """Runs a command until its ready line, which ends it, or until it ends by itself.

    One that is not `measured` tells coverage nothing, where coverage itself could not write.
    """
    inherited = {name: value for name, value in os.environ.items() if measured or not name.startswith("COVERAGE_")}
    words = [sys.executable, "-m", "kyok.cli", command, "--home", str(home), *options]
    child = subprocess.Popen(
        words + (["--insecure-demo"] if insecure else []),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        pass_fds=pass_fds,
        preexec_fn=before,  # noqa: PLW1509 - these tests have one thread
        env={**inherited, **environment},  # type: ignore[dict-item]
    )
    assert child.stdout is not None
    line = child.stdout.readline()
    ready = line.startswith('{"ready"')
    if ready:
        child.send_signal(signal.SIGTERM)
    _, said = child.communicate(timeout=READY_SECONDS)
    return Ended(child.returncode, said, ready)


def only_own_rights() -> None:
    """Root loses the right to ignore permission bits, so that they bite as for everybody else."""
    library = ctypes.CDLL(None)
    for capability in (_DAC_OVERRIDE, _DAC_READ_SEARCH):
        library.prctl(_DROP_FROM_BOUNDING_SET, capability, 0, 0, 0)


def at_most(size: int) -> Callable[[], None]:
    """No file can grow beyond `size`: what a program sees of it is what a full disk shows it."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def passphrase(value: bytes) -> int:
    read_end, write_end = os.pipe()
    os.write(write_end, value + b"\n")
    os.close(write_end)
    return read_end


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an HPCS instance, whose cloud has ended."""
    served = ServedProcess(tmp_path_factory.mktemp("used") / "home").start()
    ledger = Ledger()
    walk = Walk(served.rest(), served.account_id, ledger)
    walk.hpcs()
    walk.initialise()
    walk.key()
    assert served.stop() == 0
    (served.home / "ledger").write_text(json.dumps(ledger.facts))
    return served.home


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedProcess]:
    """A cloud that runs."""
    process = ServedProcess(tmp_path_factory.mktemp("served") / "home").start()
    yield process
    assert process.stop() == 0


@pytest.fixture
def home(used: Path, tmp_path: Path) -> Path:
    """A copy of `used`."""
    return Path(shutil.copytree(used, tmp_path / "home"))


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in ("kyok.log", "lock")
    }


# The folder ----------------------------------------------------------------------------------------------------------


def test_a_folder_in_use_is_refused_and_its_cloud_goes_on(served: ServedProcess) -> None:
    before = contents(served.home)
    begin(served.home).refused("in use", "--home")
    begin(served.home, "--yes", insecure=False, command="reset").refused("running")
    assert served.rest().json("GET", "/emulator/v1/about")["hsm"] == "unlocked"
    assert set(contents(served.home)) == set(before)


def test_a_read_only_folder_is_refused(home: Path) -> None:
    for path in (*home.rglob("*"), home):
        path.chmod(0o500 if path.is_dir() else 0o400)
    begin(home, before=only_own_rights).refused("cannot be used: permission denied", "--home")
    home.chmod(0o700)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("cloud.sqlite", "database file in the data folder cannot be written"),
        ("token-key.bin", "token-key.bin cannot be used: permission denied"),
        ("databases", "databases cannot be used: permission denied"),
        ("hsm", "provider cannot be used: permission denied"),
    ],
)
def test_a_file_that_may_not_be_used_is_named_and_repaired_by_its_rights(home: Path, name: str, words: str) -> None:
    path = home / name
    path.chmod(0o000 if name != "cloud.sqlite" else 0o400)
    begin(home, before=only_own_rights).refused(words)
    path.chmod(0o700)
    assert begin(home, before=only_own_rights).ready


@pytest.mark.parametrize("size", [64, 4096, 100_000])
def test_a_full_disk_at_the_first_start_says_so_and_leaves_what_the_next_start_takes_up(
    tmp_path: Path, size: int
) -> None:
    begin(tmp_path / "home", before=at_most(size), measured=False).refused("disk", "Free some space")
    ended = begin(tmp_path / "home")
    assert ended.ready
    assert ended.code == 0


def test_a_folder_of_a_newer_version_is_refused_and_not_touched(home: Path) -> None:
    with sqlite3.connect(home / "cloud.sqlite") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = contents(home)
    begin(home).refused("newer version")
    assert contents(home) == before


def test_a_seal_of_a_newer_version_is_refused(home: Path) -> None:
    record = json.loads((home / "seal.json").read_text())
    (home / "seal.json").write_text(json.dumps(record | {"format": 99}))
    begin(home).refused("newer version")


@pytest.mark.parametrize("empty", [False, True])
def test_a_home_without_its_database_is_not_begun_anew(home: Path, empty: bool) -> None:
    whole = contents(home)
    (home / "cloud.sqlite").unlink()
    if empty:
        (home / "cloud.sqlite").touch()
    begin(home).refused("cloud.sqlite is missing", "kyok reset")
    (home / "cloud.sqlite").write_bytes(whole["cloud.sqlite"])
    assert contents(home) == whole
    assert begin(home).ready
    assert {entry.name for entry in (home / "hsm").iterdir()} == {
        "provider",
        json.loads((home / "ledger").read_text())["hpcs"],
    }


def test_an_empty_database_beside_instances_is_refused(home: Path, tmp_path: Path) -> None:
    begin(tmp_path / "new")
    with sqlite3.connect(tmp_path / "new" / "cloud.sqlite") as connection:
        connection.execute("DELETE FROM setting")
    connection.close()
    shutil.copy(tmp_path / "new" / "cloud.sqlite", home / "cloud.sqlite")
    before = contents(home / "hsm")
    begin(home).refused("is empty", "kyok reset")
    assert contents(home / "hsm") == before


def test_a_home_without_the_providers_hsm_gets_no_other_one(home: Path) -> None:
    shutil.rmtree(home / "hsm" / "provider")
    begin(home).refused("hsm/provider is missing")
    assert not (home / "hsm" / "provider").exists()


def test_a_database_that_is_none_is_refused(home: Path) -> None:
    (home / "cloud.sqlite").write_bytes(b"x" * 300_000)
    begin(home).refused("cannot be read")


def test_damaged_pages_are_told_of_and_not_called_a_bug(home: Path) -> None:
    with sqlite3.connect(home / "cloud.sqlite") as connection:
        pages = [row[0] for row in connection.execute("SELECT rootpage FROM sqlite_master WHERE tbl_name = 'kms_key'")]
    connection.close()
    with (home / "cloud.sqlite").open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * 4096)
            file.write(b"\xff" * 4096)
    served = ServedProcess(home).start()
    hpcs = json.loads((home / "ledger").read_text())["hpcs"]
    answer = served.rest().send("GET", "/api/v2/keys", Bluemix_Instance=hpcs)
    assert answer.status_code == 507
    assert "cannot be read" in answer.text
    assert "bug" not in answer.text
    assert served.stop() == 0


@pytest.mark.parametrize("damage", ["gone", "changed"])
def test_a_lost_api_key_file_does_not_lock_the_owner_out(home: Path, damage: str) -> None:
    if damage == "gone":
        (home / "api-key").unlink()
    else:
        (home / "api-key").write_bytes(b"\xff not a key of this cloud")
    served = ServedProcess(home).start()
    assert (home / "api-key").stat().st_mode & 0o777 == 0o600
    rest = Rest(served.url, (home / "api-key").read_text())
    events = rest.json("GET", "/emulator/v1/activity?action=iam-identity.user-apikey.create")["events"]
    assert len(events) == 1
    assert Rest(served.url, served.api_key).token  # the old one goes on
    assert served.stop() == 0


# The secret ----------------------------------------------------------------------------------------------------------


def test_without_a_place_for_the_secret_nothing_is_sealed(tmp_path: Path) -> None:
    begin(tmp_path / "home", insecure=False).refused("--passphrase-fd", "KYOK_PASSPHRASE_FILE", "--insecure-demo")
    assert not (tmp_path / "home" / "seal.json").exists()


@pytest.mark.parametrize("liar", LIARS)
def test_a_keyring_that_lies_gets_no_home(tmp_path: Path, liar: str) -> None:
    (tmp_path / "liar.py").write_text(LIAR.format(method=LIARS[liar]))
    ended = begin(
        tmp_path / "home",
        insecure=False,
        PYTHON_KEYRING_BACKEND="liar.Keyring",
        PYTHONPATH=f"{tmp_path}:{os.environ.get('PYTHONPATH', '')}",
    )
    ended.refused("keyring", "--passphrase-fd")
    assert "planted-detail" not in ended.said
    assert not (tmp_path / "home").exists()


def test_a_wrong_passphrase_is_refused_and_the_right_one_still_opens(tmp_path: Path) -> None:
    def start(value: bytes) -> Ended:
        descriptor = passphrase(value)
        try:
            return begin(tmp_path / "home", "--passphrase-fd", str(descriptor), insecure=False, pass_fds=(descriptor,))
        finally:
            os.close(descriptor)

    start(b"short").refused("at least 12 characters")
    assert start(PASSPHRASE).ready
    start(OTHER).refused("passphrase is wrong", "Nobody can recover")
    assert start(PASSPHRASE).ready
    begin(tmp_path / "home", insecure=False).refused("sealed by a passphrase", "--passphrase-fd")
    begin(tmp_path / "home").refused("sealed by a passphrase", "--passphrase-fd")
    for content in contents(tmp_path / "home").values():
        assert PASSPHRASE not in content
    assert PASSPHRASE not in (tmp_path / "home" / "kyok.log").read_bytes()


@pytest.mark.parametrize("value", [b"\xff\xfe planted", b"short"])
def test_an_api_key_that_cannot_be_one_is_refused(tmp_path: Path, value: bytes) -> None:
    ended = begin(tmp_path / "home", KYOK_API_KEY=value)
    ended.refused("API key")
    assert not (tmp_path / "home" / "api-key").exists()


# The address ---------------------------------------------------------------------------------------------------------


def test_another_host_is_refused(tmp_path: Path) -> None:
    begin(tmp_path / "home", "--host", "0.0.0.0").refused("TLS", "--host 127.0.0.1")


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield int(listener.getsockname()[1])


def test_a_port_that_is_taken_is_named(tmp_path: Path, taken: int) -> None:
    begin(tmp_path / "home", "--port", str(taken)).refused(f"Port {taken} cannot be used", "--port 0")


def test_wrong_usage_is_told_apart(tmp_path: Path) -> None:
    begin("").refused("no name", code=2)
    begin(tmp_path / "home", "--port", "many").refused("--port", code=2)
    begin(tmp_path / "home", "planted").refused("planted", code=2)
    assert not (tmp_path / "home").exists()


# The end -------------------------------------------------------------------------------------------------------------


def test_the_end_of_stdin_ends_a_cloud_without_leases(tmp_path: Path) -> None:
    served = ServedProcess(tmp_path / "home").start()
    assert served.process is not None
    assert served.process.stdin is not None
    served.process.stdin.close()
    assert served.process.wait(READY_SECONDS) == 0
    assert not (served.home / "serve.json").exists()
    for pipe in (served.process.stdout, served.process.stderr):
        assert pipe is not None
        pipe.close()


def test_no_secret_is_in_the_command_line_or_the_log(served: ServedProcess) -> None:
    assert served.process is not None
    rest = served.rest()
    line = Path(f"/proc/{served.process.pid}/cmdline")
    if line.exists():
        assert served.api_key.encode() not in line.read_bytes()
    rest.send("POST", "/v2/resource_instances", {"parameters": {"password": "planted-password"}})
    kept = b"".join(path.read_bytes() for path in served.home.rglob("*") if path.is_file() and path.name != "api-key")
    for secret in (served.api_key, rest.token, "planted-password"):
        assert secret.encode() not in kept


def test_an_instance_whose_hsm_is_gone_hides_no_other_one(home: Path) -> None:
    hpcs = json.loads((home / "ledger").read_text())["hpcs"]
    shutil.rmtree(home / "hsm" / hpcs)
    served = ServedProcess(home).start()
    (entry,) = served.rest().json("GET", "/emulator/v1/usage")["instances"]
    assert (entry["guid"], entry["units"], entry["initialised"]) == (hpcs, 0, False)
    assert served.stop() == 0


def test_a_start_that_is_refused_makes_no_data_folder(tmp_path: Path, served: ServedProcess) -> None:
    home = tmp_path / "not" / "yet" / "there"
    nowhere = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring", "KYOK_PASSPHRASE_FILE": ""}
    begin(home, insecure=False, **nowhere).refused("passphrase")
    taken = served.url.rpartition(":")[2]
    begin(home, "--port", taken).refused(f"Port {taken}")
    assert list(tmp_path.iterdir()) == []


def test_a_start_that_is_refused_leaves_what_is_in_its_folder(home: Path, served: ServedProcess) -> None:
    before = sorted(home.rglob("*"))
    begin(home, "--port", served.url.rpartition(":")[2]).refused("port")
    assert [entry for entry in before if not entry.exists()] == []
    assert begin(home).ready
