"""What the console has loaded when every place of its own cloud was seen: here memory is found that nobody wanted."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from tests.gui.cloud_fixture import EmulatedCloud
from tests.gui.shell.test_start import HEAVY

_EVERY_PLACE = """
import json, sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication
from kyok.paths import Home
from kyok_gui import startup
from kyok_gui.places import PLACES, Place
app = QApplication([])
console = startup.Console(app, Home(Path(sys.argv[1])))
context = console.context
console.show()


def until(reached):
    deadline = time.monotonic() + 60
    while not reached():
        app.processEvents()
        assert time.monotonic() < deadline


until(lambda: console.link.is_connected and context.directory.known)
guids = {entry.side: entry.guid for entry in context.directory.entries}
visited = 0
for kind, known in PLACES.items():
    if known.fits("emulated"):
        context.navigator.go(Place(kind, guids.get(known.side)))
        until(lambda: not console.tasks.busy)
        visited += 1
print(json.dumps([visited, sorted(sys.modules)]))
console.end()
"""


def test_no_place_of_the_own_cloud_brings_in_what_is_for_others(cloud: EmulatedCloud) -> None:
    """Each of these takes megabytes of the console (docs/adr/0034)."""
    cloud.rest.json("POST", "/emulator/v1/scenarios/walk-done", {})
    done = subprocess.run(
        [sys.executable, "-c", _EVERY_PLACE, str(cloud.home)],
        env={name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
        | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    visited, loaded = json.loads(done.stdout.splitlines()[-1])
    assert visited > 30
    assert set(loaded) & {*HEAVY, "email", "encodings.idna", "html.entities", "http.client", "ssl", "_hashlib"} == set()
