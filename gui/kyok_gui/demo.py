"""`kyok demo`: walks the whole story in the window, pressing the real widgets, and takes a picture of each step.

Nothing of Qt is imported before it is known whether there is a display.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kyok.errors import KyokError
from kyok.paths import Home, resources
from kyok_gui.app import display_there

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from kyok_gui.walkthrough.runner import Outcome

PICTURES = Path("demo-pictures")
THEMES = {"white": ("white",), "g100": ("g100",), "both": ("white", "g100")}
_PROBE = "from PySide6.QtWidgets import QApplication; QApplication([])"
_PROBE_SECONDS = 20


class DemoRefused(KyokError):
    """The demo cannot begin."""

    summary = "The demo cannot run here."


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the demo; 0 only when every step went well."""
    given = _options(list(argv) if argv is not None else sys.argv[1:])
    try:
        folder = _folder(given.out)
        _prepare_display(given.scale)
        return _run(given, folder)
    except KyokError as error:
        sys.stderr.write(f"kyok demo: {error.summary} {error.remedy}".rstrip() + "\n")
        return 1
    except ImportError as error:
        sys.stderr.write(f"kyok demo: Qt cannot start: {error}. Run `kyok doctor` for the line that cures it.\n")
        return 1


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="kyok demo", description="Walk the whole story in the window.")
    parser.add_argument(
        "--out", type=Path, default=PICTURES, metavar="DIR", help=f"where pictures go (default: {PICTURES})"
    )
    parser.add_argument("--json", type=Path, default=None, metavar="FILE", help="write what came of each step")
    parser.add_argument("--theme", choices=tuple(THEMES), default="white", help="theme of the pictures")
    parser.add_argument("--scale", type=int, choices=(1, 2), default=1, help="pixels of the pictures per pixel")
    parser.add_argument("--home", type=Path, default=None, metavar="DIR", help="data folder (default: a fresh one)")
    return parser.parse_args(argv)


def _folder(out: Path) -> Path:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = os.strerror(error.errno or 0).lower()
        raise DemoRefused(f"The pictures cannot be put into {out}: {reason}.", "Choose another folder.") from None
    return out


def _prepare_display(scale: int) -> None:
    """Chooses the offscreen platform where no window can be shown. Qt ends the process that tries, hence the child."""
    os.environ["QT_SCALE_FACTOR"] = str(scale)
    wanted = os.environ.get("QT_QPA_PLATFORM")
    if wanted == "offscreen" or not (display_there() and _window_possible()):
        os.environ["QT_QPA_PLATFORM"] = _offscreen()


def _offscreen() -> str:
    """A screen on which menus have room at twice the pixels: the platform's own one has 800 by 800."""
    config = str(resources() / "demo" / "offscreen.json")
    return "offscreen" if ":" in config else f"offscreen:configfile={config}"  # a colon would part it


def _window_possible() -> bool:
    try:
        done = subprocess.run([sys.executable, "-c", _PROBE], capture_output=True, timeout=_PROBE_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def _run(given: argparse.Namespace, folder: Path) -> int:
    """Everything with Qt: the console on its home, the walk, the report."""
    from PySide6.QtWidgets import QApplication

    from kyok_gui.startup import quiet_qt
    from kyok_gui.walkthrough.steps import STEPS

    quiet_qt()
    there = QApplication.instance()
    app = there if isinstance(there, QApplication) else QApplication(["kyok-demo"])
    with tempfile.TemporaryDirectory(prefix="kyok-demo-") as fresh:
        own = Path(fresh)
        home = Home(given.home if given.home is not None else own / "home")
        outcomes = _walk(app, home, own, folder, THEMES[given.theme])
    if given.json is not None:
        _write(given.json, outcomes)
    failed = [outcome for outcome in outcomes if not outcome.ok]
    for outcome in failed:
        sys.stderr.write(f"kyok demo: The step “{outcome.step}” failed: {outcome.problem}\n")
    taken = sum(len(outcome.pictures) for outcome in outcomes)
    sys.stdout.write(f"{len(outcomes) - len(failed)} of {len(STEPS)} steps done, {taken} pictures in {folder}\n")
    return 1 if failed else 0


def _walk(app: QApplication, home: Home, own: Path, folder: Path, themes: Sequence[str]) -> list[Outcome]:
    from kyok_gui.startup import Console, cloud_of
    from kyok_gui.walkthrough.opening import opened
    from kyok_gui.walkthrough.pictures import Photographer
    from kyok_gui.walkthrough.runner import Runner

    console = Console(app, home, cloud_of(home, insecure_demo=True))
    try:
        story = opened(console, own, themes[0])
        runner = Runner(story, Photographer(console, story.hand, folder, themes), _tell)
        runner.run()
        story.second.close()
        return runner.outcomes
    finally:
        console.end()


def _tell(outcome: Outcome) -> None:
    mark = "ok" if outcome.ok else "FAILED"
    sys.stdout.write(f"{mark:<7}{outcome.seconds:6.2f} s  {outcome.step}\n")
    sys.stdout.flush()


def _write(file: Path, outcomes: Sequence[Outcome]) -> None:
    text = json.dumps([outcome.as_dict() for outcome in outcomes], indent=2, ensure_ascii=False)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        reason = os.strerror(error.errno or 0).lower()
        raise DemoRefused(f"The report cannot be written to {file}: {reason}.", "Choose another place.") from None
