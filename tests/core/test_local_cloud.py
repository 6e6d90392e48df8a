"""The emulated cloud as a child process: found, started, refused, ended."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from kyok.client.local_cloud import (
    PASSPHRASE_MINIMUM,
    CloudNotStarted,
    LocalCloud,
    PassphraseWanted,
    serve_command,
)
from kyok.secrets import Secret

_CHILD = """
import json, os, sys, time
arguments = sys.argv[1:]
said = os.environ["CHILD_SAYS"]
if said.startswith("refuse "):
    sys.stderr.write("kyok: " + said.removeprefix("refuse ") + "\\n")
    sys.exit(1)
if said == "silent":
    sys.exit(0)
if said == "nonsense":
    print("hello", flush=True)
    sys.exit(0)
line = {"ready": True, "url": "http://127.0.0.1:1", "account_id": "a", "api_key_file": "k", "hsm": "unlocked"}
if "--passphrase-fd" in arguments:
    line["account_id"] = os.read(int(arguments[arguments.index("--passphrase-fd") + 1]), 100).decode().strip()
if "--insecure-demo" in arguments:
    line["insecure_demo"] = True
if said == "slow":
    sys.stdin.read()
if said == "moves":
    print(json.dumps({"ready": False, "moving": "older data"}), flush=True)
    sys.stdin.readline()
print(json.dumps(line), flush=True)
sys.stdin.read()
"""


def child(options: Sequence[str]) -> list[str]:
    return [sys.executable, "-c", _CHILD, *options]


def keeper(home: Path, **more: object) -> LocalCloud:
    return LocalCloud(home, command=child, **more)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def says(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("CHILD_SAYS", "ready")
    return monkeypatch


def write_serve_json(home: Path, content: object, mode: int = 0o600) -> None:
    file = home / "serve.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content))
    file.chmod(mode)


def test_the_child_lives_until_it_is_let_go(tmp_path: Path) -> None:
    cloud = keeper(tmp_path)
    address = cloud.open()
    assert address.started and address.url == "http://127.0.0.1:1" and not address.insecure_demo
    assert cloud.child_alive and not cloud.child_ended
    cloud.close()
    cloud.close()
    with pytest.raises(ProcessLookupError):
        os.kill(address.pid, 0)


def test_one_that_moves_older_data_is_given_the_time(tmp_path: Path, says: pytest.MonkeyPatch) -> None:
    says.setenv("CHILD_SAYS", "moves")
    cloud = keeper(tmp_path)

    def told() -> None:
        child = cloud._child
        assert child is not None and child.stdin is not None
        os.write(child.stdin.fileno(), b"moved\n")

    cloud.when_moving(told)
    assert cloud.open().url == "http://127.0.0.1:1"
    cloud.close()


def test_who_listens_late_hears_that_older_data_is_moved(tmp_path: Path, says: pytest.MonkeyPatch) -> None:
    says.setenv("CHILD_SAYS", "moves")
    cloud, heard = keeper(tmp_path), threading.Event()
    cloud.when_moving(heard.set)
    cloud.begin()
    assert heard.wait(20)
    again: list[str] = []
    cloud.when_moving(lambda: again.append("moving"))
    assert again == ["moving"]
    assert cloud._child is not None and cloud._child.stdin is not None
    os.write(cloud._child.stdin.fileno(), b"moved\n")
    assert cloud.open().started
    cloud.when_moving(lambda: again.append("still"))
    assert again == ["moving"]
    cloud.close()


def test_a_cloud_that_nobody_wants_any_more_tells_nobody_that_it_moves_older_data(
    tmp_path: Path, says: pytest.MonkeyPatch
) -> None:
    from kyok.client import local_cloud

    says.setenv("CHILD_SAYS", "moves")
    cloud, closing = keeper(tmp_path), threading.Event()
    closer = threading.Thread(target=cloud.close)
    plain = local_cloud._line
    told: list[str] = []

    def line(child: Any, seconds: float) -> Any:
        said = plain(child, seconds)
        if not closing.is_set():
            closing.set()
            closer.start()
            child.wait(20)  # the closer has ended it
        return said

    says.setattr(local_cloud, "_line", line)
    cloud.when_moving(lambda: told.append("moving"))
    with pytest.raises(CloudNotStarted):
        cloud.open()
    closer.join(20)
    cloud.when_moving(lambda: told.append("still"))
    assert told == []


def test_who_listens_with_a_fault_leaves_nothing_behind(tmp_path: Path, says: pytest.MonkeyPatch) -> None:
    says.setenv("CHILD_SAYS", "moves")
    cloud = keeper(tmp_path)

    def told() -> None:
        raise RuntimeError("gone")

    cloud.when_moving(told)
    with pytest.raises(RuntimeError):
        cloud.open()
    assert cloud._starting is None and not cloud.child_alive
    again: list[str] = []
    cloud.when_moving(lambda: again.append("moving"))
    assert again == []
    cloud.close()


def test_one_that_moves_older_data_has_not_for_ever(tmp_path: Path, says: pytest.MonkeyPatch) -> None:
    says.setenv("CHILD_SAYS", "moves")
    says.setattr("kyok.client.local_cloud.MOVE_SECONDS", 0.0)
    with pytest.raises(CloudNotStarted):
        keeper(tmp_path).open()


def test_a_cloud_that_others_use_lives_on(tmp_path: Path, says: pytest.MonkeyPatch) -> None:
    from kyok.client import local_cloud

    says.setattr(local_cloud, "STOP_SECONDS", 0.2)
    cloud = keeper(tmp_path)
    address = cloud.open()
    others = os.dup(cloud._child.stdin.fileno())  # type: ignore[union-attr]
    cloud.close()
    os.kill(address.pid, 0)
    reaper = next(thread for thread in threading.enumerate() if thread.name == "kyok-reaper")
    os.close(others)
    reaper.join(10)
    assert not reaper.is_alive()


def test_a_killed_child_is_seen_and_started_again(tmp_path: Path) -> None:
    cloud = keeper(tmp_path, insecure_demo=True)
    first = cloud.open()
    assert first.insecure_demo
    process = cloud._child
    assert process is not None
    process.kill()
    process.wait()
    assert cloud.child_ended and not cloud.child_alive
    second = cloud.open()
    assert second.pid != first.pid
    cloud.close()


def test_a_passphrase_goes_through_a_pipe_of_its_own(tmp_path: Path) -> None:
    cloud = keeper(tmp_path)
    address = cloud.open(Secret(bytearray(b"three small words")))
    assert address.account_id == "three small words"
    arguments = Path(f"/proc/{address.pid}/cmdline").read_bytes() + Path(f"/proc/{address.pid}/environ").read_bytes()
    assert b"small words" not in arguments
    cloud.close()


@pytest.mark.parametrize(
    ("sentence", "again", "new"),
    [
        ("The keyring forgets. So there is no place to keep the secret that seals the data folder. Give.", False, True),
        ("The passphrase is too short. Use at least 12 characters.", True, True),
    ],
)
def test_a_first_start_asks_for_a_passphrase(
    tmp_path: Path, says: pytest.MonkeyPatch, sentence: str, again: bool, new: bool
) -> None:
    says.setenv("CHILD_SAYS", f"refuse {sentence}")
    with pytest.raises(PassphraseWanted) as wanted:
        keeper(tmp_path).open()
    assert (wanted.value.again, wanted.value.new) == (again, new)
    assert again or ("No passphrase is chosen yet" in wanted.value.summary and "Choose it" in wanted.value.remedy)


def test_a_sealed_home_asks_before_anything_is_started(tmp_path: Path, says: pytest.MonkeyPatch) -> None:
    (tmp_path / "seal.json").write_text('{"provider": "passphrase"}')
    says.setenv("CHILD_SAYS", "refuse The passphrase is wrong. The next one can be tried in 2 seconds.")
    cloud = keeper(tmp_path)
    with pytest.raises(PassphraseWanted) as wanted:
        cloud.open()
    assert not wanted.value.again and not wanted.value.new
    with pytest.raises(PassphraseWanted) as wanted:
        cloud.open(Secret(bytearray(b"wrong")))
    assert wanted.value.again and wanted.value.summary == "The passphrase is wrong."
    says.setenv("KYOK_PASSPHRASE_FILE", "x")
    assert not cloud.needs_passphrase()


def test_the_words_of_refusals_are_those_of_the_seal() -> None:
    from kyok.client import local_cloud
    from kyok.sealing import errors, passphrase

    assert local_cloud._NO_PLACE in errors.NoSealingSecret.summary
    for error in (errors.WrongPassphrase, errors.PassphraseTooShort, errors.TooManyAttempts):
        assert any(words in error.summary.lower() for words in local_cloud._ABOUT_PASSPHRASE), error
    assert PASSPHRASE_MINIMUM == passphrase.SHORTEST


@pytest.mark.parametrize(
    ("said", "summary"),
    [
        ("refuse This data folder is in use by another emulated cloud. Use that one.", "This data folder is in use"),
        ("silent", "The emulated cloud could not be started."),
        ("nonsense", "The emulated cloud could not be started."),
    ],
)
def test_other_refusals_are_told_in_the_childs_words(
    tmp_path: Path, says: pytest.MonkeyPatch, said: str, summary: str
) -> None:
    says.setenv("CHILD_SAYS", said)
    cloud = keeper(tmp_path)
    with pytest.raises(CloudNotStarted) as refused:
        cloud.open()
    assert refused.value.summary.startswith(summary) and refused.value.remedy
    assert not cloud.child_alive


def test_a_child_that_never_answers_is_ended(tmp_path: Path, says: pytest.MonkeyPatch) -> None:
    says.setenv("CHILD_SAYS", "slow")
    cloud = keeper(tmp_path, start_seconds=0.3)
    with pytest.raises(CloudNotStarted):
        cloud.open()
    assert not cloud.child_alive and not cloud.child_ended


def test_an_early_start_is_taken_up_once(tmp_path: Path) -> None:
    cloud = keeper(tmp_path)
    cloud.begin()
    cloud.begin()
    address = cloud.open()
    assert address.started and cloud.child_alive
    cloud.close()


def test_an_early_refusal_is_told_when_it_is_asked_for(tmp_path: Path, says: pytest.MonkeyPatch) -> None:
    says.setenv("CHILD_SAYS", "refuse The disk is full. Make room.")
    cloud = keeper(tmp_path)
    cloud.begin()
    with pytest.raises(CloudNotStarted, match="The disk is full"):
        cloud.open()
    says.setenv("CHILD_SAYS", "ready")
    assert cloud.open().started
    cloud.close()


def test_an_early_start_that_nobody_wants_is_ended(tmp_path: Path) -> None:
    cloud = keeper(tmp_path)
    cloud.begin()
    cloud.close()
    assert not cloud.child_alive


@pytest.mark.parametrize("early", [True, False])
def test_a_cloud_that_is_still_starting_is_ended_at_once(tmp_path: Path, says: pytest.MonkeyPatch, early: bool) -> None:
    says.setenv("CHILD_SAYS", "slow")
    cloud = keeper(tmp_path, start_seconds=600)
    refused: list[CloudNotStarted] = []

    def open_it() -> None:
        try:
            cloud.open()
        except CloudNotStarted as error:
            refused.append(error)

    opening = threading.Thread(target=open_it)
    if early:
        cloud.begin()
    opening.start()
    while cloud._starting is None:
        opening.join(0.01)
    child = cloud._starting
    cloud.close()
    opening.join(30)
    assert child.poll() is not None and len(refused) == 1 and not cloud.child_alive


def test_nothing_is_started_after_the_end(tmp_path: Path) -> None:
    cloud = keeper(tmp_path)
    cloud.close()
    with pytest.raises(CloudNotStarted):
        cloud.open()
    assert cloud._child is None


def test_a_program_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CloudNotStarted):
        LocalCloud(tmp_path, command=lambda options: ["/no/such/program", *options]).open()


# attaching ------------------------------------------------------------------------


def test_a_running_cloud_of_this_home_is_used(tmp_path: Path) -> None:
    write_serve_json(tmp_path, {"url": "http://127.0.0.1:2", "pid": os.getpid(), "nonce": "n"})
    cloud = keeper(tmp_path)
    address = cloud.open()
    assert not address.started and address.url == "http://127.0.0.1:2" and not cloud.child_alive
    assert not cloud.needs_passphrase()


def test_files_of_the_dead_of_others_and_nonsense_are_not_believed(tmp_path: Path) -> None:
    cloud = keeper(tmp_path)
    assert cloud.find() is None
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    write_serve_json(tmp_path, {"url": "http://x", "pid": dead.pid})
    assert cloud.find() is None
    write_serve_json(tmp_path, {"url": "http://x", "pid": os.getpid()}, 0o644)
    assert cloud.find() is None
    for content in ("{", "[1]", {"url": 5, "pid": os.getpid()}, {"url": "http://x"}):
        write_serve_json(tmp_path, content)
        assert cloud.find() is None


def test_the_api_key_is_a_secret(tmp_path: Path) -> None:
    cloud = keeper(tmp_path)
    with pytest.raises(CloudNotStarted):
        cloud.api_key()
    (tmp_path / "api-key").write_text("value-of-the-key\n")
    key = cloud.api_key()
    assert "value" not in repr(key)
    with key.use() as content:
        assert bytes(content) == b"value-of-the-key"


def test_the_child_is_this_program(monkeypatch: pytest.MonkeyPatch) -> None:
    assert serve_command(["--home", "x"])[1:] == ["-m", "kyok.cli", "serve", "--home", "x"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert serve_command([])[1:] == ["serve"]


def test_a_damaged_seal_is_the_clouds_business(tmp_path: Path) -> None:
    (tmp_path / "seal.json").write_text("[")
    assert not keeper(tmp_path).needs_passphrase()
