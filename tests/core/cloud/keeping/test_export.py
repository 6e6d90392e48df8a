"""An export holds the whole state under its passphrase alone; an import puts it in place, or changes nothing."""

import os
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from kyok.cli import main
from kyok.cloud.keeping import replacing
from kyok.paths import Home
from tests.core.cloud.keeping.hosted import PASSPHRASE, Hosted
from tests.core.test_sealing import Keyring, trusted


def export(hosted: Hosted, target: Path) -> None:
    answer = hosted.ask("POST", "/emulator/v1/export", {"path": str(target), "passphrase": PASSPHRASE})
    assert answer.status_code == 200, answer.text
    assert answer.json()["size"] == target.stat().st_size


def load_from(hosted: Hosted, source: Path, passphrase: str = PASSPHRASE) -> tuple[int, str]:
    body = {"path": str(source), "passphrase": passphrase, "replace": True}
    answer = hosted.ask("POST", "/emulator/v1/import", body)
    return answer.status_code, answer.json().get("code", "")


def command(name: str, file: Path, home: Path, *more: str, secret: str = PASSPHRASE) -> int:
    """Runs `kyok export` or `kyok import` with a passphrase in a pipe; its exit code."""
    reading, writing = os.pipe()
    os.write(writing, secret.encode() + b"\n")
    os.close(writing)
    return main([name, str(file), "--home", str(home), "--passphrase-fd", str(reading), *more])


@pytest.fixture
def other(tmp_path: Path) -> Hosted:
    """A second cloud, sealed by another key."""
    return Hosted(tmp_path / "other", bytes(range(32)))


def test_another_home_gets_the_state_and_keeps_its_seal_and_its_api_key(
    hosted: Hosted, made: dict[str, str], other: Hosted, outside: Path
) -> None:
    target = outside / "state.kyok"
    export(hosted, target)
    assert target.stat().st_mode & 0o777 == 0o600
    key_file = other.home.api_key_file.read_bytes()
    try:
        assert load_from(other, target) == (200, "")
        other.until(lambda: other.rows(made["db"]) == 7)
        assert other.keys(made["hpcs"]) == {"root": 1, "spare": 1}, "deleted keys are left out"
        assert other.home.api_key_file.read_bytes() == key_file
        with other.cloud.store.read() as reader:
            assert other.cloud.api_keys.owner(reader, key_file.decode()).iam_id == other.me.iam_id
        events = other.ask("GET", "/emulator/v1/activity?limit=20").json()["events"]
        assert "kyok.cloud.import" in [event["action"] for event in events]
    finally:
        other.close()


def test_the_file_and_what_is_left_beside_it_hold_no_clear_key_and_no_passphrase(
    hosted: Hosted, made: dict[str, str], outside: Path
) -> None:
    target = outside / "state.kyok"
    export(hosted, target)
    content = target.read_bytes()
    assert PASSPHRASE.encode() not in content
    assert b"ledger" not in content
    assert b"SQLite format" not in content
    assert sorted(path.name for path in outside.iterdir()) == ["state.kyok"]
    assert not (hosted.home.root / ".export").exists()
    assert PASSPHRASE not in str(hosted.ask("GET", "/emulator/v1/activity?limit=50").json())


def test_what_is_no_whole_export_is_refused_and_changes_nothing(
    hosted: Hosted, made: dict[str, str], outside: Path
) -> None:
    target = outside / "state.kyok"
    export(hosted, target)
    content = target.read_bytes()
    bad = outside / "bad.kyok"
    for wrong, code in (
        (b"", "NOT_AN_EXPORT"),
        (b"PK\x03\x04 something else entirely", "NOT_AN_EXPORT"),
        (content[:10] + b"\x00\x09" + content[12:], "EXPORT_NEWER"),
        (content[:60], "EXPORT_DAMAGED"),
        (content[:-1], "EXPORT_DAMAGED"),
        (content[: len(content) // 2], "EXPORT_DAMAGED"),
        (content[:5000] + bytes([content[5000] ^ 1]) + content[5001:], "EXPORT_DAMAGED"),
        (content + b"more", "EXPORT_DAMAGED"),
    ):
        bad.write_bytes(wrong)
        assert load_from(hosted, bad) == (400, code), code
    assert load_from(hosted, target, "another passphrase") == (400, "WRONG_PASSPHRASE")
    assert load_from(hosted, outside / "nowhere")[1] == "NOT_AN_EXPORT"
    assert hosted.rows(made["db"]) == 7
    assert not (hosted.home.root / replacing.COMING).exists()


def test_secure_deletion_tells_of_exports_that_hold_the_key(
    hosted: Hosted, made: dict[str, str], outside: Path
) -> None:
    def told() -> int:
        return len(hosted.ask("GET", f"/emulator/v1/databases/{made['db']}").json()["secure_deletion"]["key_exports"])

    assert told() == 0
    export(hosted, outside / "one.kyok")
    assert told() == 1
    answer = hosted.ask("GET", "/api/v2/keys", bluemix_instance=made["hpcs"]).json()["resources"]
    (root,) = [key["id"] for key in answer if key["name"] == "root"]
    hosted.ask("PUT", "/emulator/v1/clock", {"advance_seconds": 60})
    hosted.ask("DELETE", f"/api/v2/keys/{root}?force=true", bluemix_instance=made["hpcs"])
    hosted.ask("PUT", "/emulator/v1/clock", {"advance_seconds": 120})
    export(hosted, outside / "two.kyok")
    assert told() == 1, "an export leaves deleted keys out"


def test_an_export_takes_no_place_of_another_file(hosted: Hosted, made: dict[str, str], outside: Path) -> None:
    there = outside / "there"
    there.write_bytes(b"mine")
    for path, passphrase, code in (
        (str(there), PASSPHRASE, "EXPORT_REFUSED"),
        ("relative.kyok", PASSPHRASE, "EXPORT_REFUSED"),
        (str(hosted.home.root / "inside.kyok"), PASSPHRASE, "EXPORT_REFUSED"),
        (str(outside / "no" / "folder.kyok"), PASSPHRASE, "EXPORT_REFUSED"),
        (str(outside / "short.kyok"), "short", "PASSPHRASE_TOO_SHORT"),
    ):
        answer = hosted.ask("POST", "/emulator/v1/export", {"path": path, "passphrase": passphrase})
        assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert there.read_bytes() == b"mine"
    assert [path.name for path in outside.iterdir()] == ["there"]
    missing = hosted.ask("POST", "/emulator/v1/import", {"path": str(there), "passphrase": PASSPHRASE})
    assert (missing.status_code, missing.json()["code"]) == (400, "BAD_VALUE")


def test_the_commands_export_and_import_a_home_that_nobody_uses(
    hosted: Hosted, made: dict[str, str], outside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = outside / "state.kyok"
    export(hosted, source)
    home = outside / "home"

    def run(name: str, file: Path, *more: str, secret: str = PASSPHRASE) -> tuple[int, str]:
        code = command(name, file, home, *more, secret=secret)
        told = capsys.readouterr()
        return code, told.out + told.err

    assert run("export", outside / "none.kyok")[0] == 1
    code, words = run("import", outside / "none.kyok", "--insecure-demo")
    assert (code, "no such file" in words, home.exists()) == (1, True, False)
    code, words = run("import", source, "--insecure-demo", secret="not this passphrase")
    assert (code, "does not open" in words) == (1, True)
    assert not home.exists()
    code, words = run("import", source, "--insecure-demo")
    assert (code, "as it was exported on" in words) == (0, True)
    code, words = run("import", source)
    assert (code, "--replace" in words) == (1, True)
    again = outside / "again.kyok"
    code, words = run("export", again)
    assert (code, "2 keys" in words) == (0, True)
    assert run("import", again, "--replace")[0] == 0
    assert not (home / replacing.LEAVING).exists()

    opened = Hosted(home, Home(home).demo_secret.read_bytes())
    try:
        opened.until(lambda: opened.rows(made["db"]) == 7)
        assert opened.keys(made["hpcs"]) == {"root": 1, "spare": 1}
    finally:
        opened.close()


def test_a_refused_import_leaves_nothing_and_a_folder_that_was_there_as_it_was(
    hosted: Hosted, made: dict[str, str], outside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, damaged = outside / "state.kyok", outside / "damaged.kyok"
    export(hosted, source)
    damaged.write_bytes(source.read_bytes()[:-1])
    new, empty, used = outside / "not" / "yet", outside / "empty", outside / "used"
    empty.mkdir()
    (used / "hsm").mkdir(parents=True)
    (used / "notes.txt").write_text("mine")

    def shape() -> dict[str, bytes]:
        return {
            str(path.relative_to(outside)): path.read_bytes() if path.is_file() else b"" for path in outside.rglob("*")
        }

    before = shape()
    for home in (new, empty, used):
        for sealed in (["--insecure-demo"], []):
            for file, secret in ((source, "not this passphrase"), (damaged, PASSPHRASE)):
                assert command("import", file, home, *sealed, secret=secret) == 1
                assert shape() == before, capsys.readouterr().err
    assert command("import", source, new, "--insecure-demo") == 0
    assert Home(new).database.exists()


def test_a_refused_import_forgets_the_new_key_in_the_keyring(
    hosted: Hosted, made: dict[str, str], outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = outside / "state.kyok"
    export(hosted, source)
    keyring = trusted(Keyring)()
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    assert command("import", source, outside / "home", "--keyring", secret="not this passphrase") == 1
    assert (keyring.kept, (outside / "home").exists()) == ({}, False)
    assert command("import", source, outside / "home", "--keyring") == 0
    assert len(keyring.kept) == 1


def test_a_refused_import_into_a_sealed_home_leaves_its_state(
    hosted: Hosted, made: dict[str, str], outside: Path
) -> None:
    source, home = outside / "state.kyok", outside / "home"
    export(hosted, source)
    assert command("import", source, home, "--insecure-demo") == 0
    before = sorted(home.rglob("*"))
    assert command("import", source, home, "--replace", secret="not this passphrase") == 1
    assert sorted(home.rglob("*")) == before


def test_without_a_passphrase_nothing_is_exported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KYOK_PASSPHRASE_FILE", raising=False)
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "cloud.sqlite").write_bytes(b"x")
    assert main(["export", str(tmp_path / "x"), "--home", str(tmp_path / "home")]) == 1
    assert "--passphrase-fd" in capsys.readouterr().err
    assert main(["export", str(tmp_path / "x"), "--home", str(tmp_path / "nowhere")]) == 1
    assert "no cloud" in capsys.readouterr().err


class _Terminal:
    """Somebody sits there and types."""

    @staticmethod
    def isatty() -> bool:
        return True


def test_a_terminal_asks_for_the_passphrase_twice_before_an_export(
    hosted: Hosted, outside: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source, home, file = outside / "state.kyok", str(outside / "home"), outside / "typed.kyok"
    export(hosted, source)
    monkeypatch.delenv("KYOK_PASSPHRASE_FILE", raising=False)
    monkeypatch.setattr("sys.stdin", _Terminal())
    typed = [PASSPHRASE, PASSPHRASE, "something else", PASSPHRASE, PASSPHRASE]
    asked: list[str] = []

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return typed.pop(0)

    monkeypatch.setattr("getpass.getpass", ask)
    assert main(["import", str(source), "--home", home, "--insecure-demo"]) == 0
    assert len(typed) == 4, "an import asks once: a wrong passphrase changes nothing"
    assert main(["export", str(file), "--home", home]) == 1 and not file.exists()
    assert "not the same" in capsys.readouterr().err
    assert main(["export", str(file), "--home", home]) == 0 and file.exists()
    assert typed == []
    assert asked[-2:] == ["New passphrase for the export: ", "The same once more: "]


def test_of_a_folder_that_a_passphrase_opens_the_terminal_asks_for_that_one_and_not_before_it_is_free(
    hosted: Hosted, outside: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source, home, file = outside / "state.kyok", outside / "home", outside / "typed.kyok"
    export(hosted, source)
    assert command("import", source, home) == 0
    monkeypatch.delenv("KYOK_PASSPHRASE_FILE", raising=False)
    monkeypatch.setattr("sys.stdin", _Terminal())
    asked: list[str] = []

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return PASSPHRASE

    monkeypatch.setattr("getpass.getpass", ask)
    with FileLock(Home(home).lock):
        assert main(["export", str(file), "--home", str(home)]) == 1
    assert asked == [] and "running" in capsys.readouterr().err
    assert main(["export", str(file), "--home", str(home)]) == 0 and file.exists()
    assert asked == ["Passphrase of this data folder, which will open the export too: "]
