"""The command line: exit codes and sentences."""

import json
from pathlib import Path

import pytest
from filelock import FileLock

from kyok import __version__, cli, doctor
from kyok.paths import Home
from kyok.postgres.volumes.places import places_of


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        code = cli.main(list(arguments))
    except SystemExit as ended:  # argparse ends so
        code = int(ended.code or 0)
    out, err = capsys.readouterr()
    return code, out, err


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--version") == (0, f"kyok {__version__}\n", "")


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--help")
    assert code == 0
    assert all(f"kyok {command}" in out for command in ("serve", "demo", "doctor", "reset"))


@pytest.mark.parametrize("arguments", [["frobnicate"], ["serve", "--port", "x"], ["serve", "--frob"], ["reset"]])
def test_wrong_usage_is_2_with_a_sentence(
    capsys: pytest.CaptureFixture[str], arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KYOK_HOME", str(tmp_path))
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err


def test_a_host_that_is_not_this_machine_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = run(capsys, "serve", "--home", str(tmp_path), "--host", "0.0.0.0")
    assert code == 1
    assert "TLS" in err


def test_reset_deletes_only_what_is_ours(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    assert run(capsys, "reset", "--home", str(home.root), "--yes")[0] == 0
    home.prepare()
    (home.root / "mine.txt").write_text("not the program's")
    code, _, err = run(capsys, "reset", "--home", str(home.root), "--yes")
    assert code == 1
    assert "not a data folder" in err
    home.database.write_bytes(b"x")
    (home.hsm / "one").mkdir()
    views = places_of(home.root, shared=False)
    views.prepare(views.mounted)
    code, out, _ = run(capsys, "reset", "--home", str(home.root), "--yes")
    assert code == 0
    assert "are deleted" in out
    assert {entry.name for entry in home.root.iterdir()} <= {"mine.txt", "lock"}
    assert not views.mounted.full.exists()


def test_reset_refuses_while_a_cloud_runs(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.prepare()
    home.database.write_bytes(b"x")
    with FileLock(home.lock):
        code, _, err = run(capsys, "reset", "--home", str(tmp_path), "--yes")
    assert code == 1
    assert "running" in err
    assert home.database.exists()


def test_doctor_finds_this_machine_fit(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, _ = run(capsys, "doctor", "--home", str(tmp_path / "home"), "--json")
    findings = {finding["subject"]: finding for finding in json.loads(out)}
    assert findings["Python"]["ok"]
    assert findings["window"]["ok"]
    assert findings["data folder"]["ok"]
    assert "passphrase" in findings["keyring"]["says"]
    assert code == (0 if all(finding["ok"] for finding in findings.values()) else 1)


def test_doctor_names_what_is_missing_and_the_cure(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    monkeypatch.setattr(doctor.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda path: doctor.shutil._ntuple_diskusage(10, 9, 1))
    code, out, _ = run(capsys, "doctor", "--home", str(blocked / "home"))
    assert code == 1
    assert "missing window: PySide6 is not installed\n        cure: pip install PySide6-Essentials" in out
    assert "missing data folder" in out
    assert "missing room on the disk" in out


def test_a_console_that_is_not_installed_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "entry_points", lambda **wanted: ())
    code, _, err = run(capsys)
    assert code == 1
    assert "not installed" in err
