"""`kyok demo` as a person runs it: exit code, pictures, report, and what it leaves behind."""

import json
import os
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PICTURES = 16
_PATIENCE = 300
_SECRETS = ("BEGIN PRIVATE KEY", "passWORD4User19", "access_token", '"payload"')


def demo(*arguments: str, tmp: Path) -> subprocess.CompletedProcess[str]:
    """The command, without a display; its temporary files go where one can look."""
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environment.pop("QT_QPA_PLATFORM", None)
    return subprocess.run(
        [sys.executable, "-m", "kyok.cli", "demo", *arguments],
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        cwd=tmp,
        env={**environment, "TMPDIR": str(tmp)},
        check=False,
    )


def size_of(picture: Path) -> tuple[int, int]:
    """Width and height from the head of a PNG."""
    head = picture.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n", picture.name
    return struct.unpack(">II", head[16:24])


def look_at(out: Path, report: list[dict[str, Any]], themes: tuple[str, ...], size: tuple[int, int]) -> None:
    """Every step is ok and has its evidence and its picture, in every theme."""
    assert [step["step"] for step in report if not step["ok"]] == []
    for step in report:
        assert set(step) >= {"step", "ok", "seconds", "evidence", "picture"}
        assert step["evidence"]["request"].startswith("GET /")
        assert step["evidence"]["status"] == 200
        assert step["evidence"]["body"]
        assert (out / step["picture"]).exists()
    for theme in themes:
        pictures = sorted(out.glob(f"*-{theme}.png"))
        assert len(pictures) == len(report) >= PICTURES
        assert {size_of(picture) for picture in pictures} == {size}


def test_the_demo_walks_the_whole_story_and_leaves_nothing_behind(tmp_path: Path) -> None:
    out, report = tmp_path / "pics", tmp_path / "walk.json"
    done = demo("--out", str(out), "--json", str(report), tmp=tmp_path)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    steps = json.loads(report.read_text())
    look_at(out, steps, ("white",), (1440, 900))
    assert {step["step"][0] for step in steps} == set("1234")
    told = report.read_text() + done.stdout
    assert [secret for secret in _SECRETS if secret in told] == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pics", "walk.json"]


@pytest.mark.slow
def test_both_themes_at_twice_the_pixels(tmp_path: Path) -> None:
    out, report = tmp_path / "pics", tmp_path / "walk.json"
    done = demo("--out", str(out), "--json", str(report), "--theme", "both", "--scale", "2", tmp=tmp_path)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    look_at(out, json.loads(report.read_text()), ("white", "g100"), (2880, 1800))


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = demo("--out", str(tmp_path / "file"), tmp=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("kyok demo: The pictures cannot be put into ")
    assert len(done.stderr.splitlines()) == 1


def test_wrong_usage_is_said(tmp_path: Path) -> None:
    done = demo("--theme", "pink", tmp=tmp_path)
    assert done.returncode == 2
    assert "usage: kyok demo" in done.stderr
