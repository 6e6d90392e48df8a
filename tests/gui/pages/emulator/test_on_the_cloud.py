"""The Emulator page on a real cloud: what it does is there afterwards, for whoever looks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kyok_gui import places
from kyok_gui.places import Place
from kyok_gui.startup import Console
from tests.gui import driver
from tests.gui.cloud_fixture import EmulatedCloud
from tests.gui.pages.emulator.emulator_object import FAULTS, SCENARIOS, SNAPSHOTS, Emulator, Files

PASSPHRASE = "correct horse battery"


@pytest.fixture
def page(qtbot: Any, console: Console) -> Emulator:
    console.context.navigator.go(Place(places.EMULATOR))
    seen = Emulator(qtbot, console.window)
    seen.until(lambda: driver.exists(console.window, "page.emulator"))
    seen.until(lambda: len(seen.rows(SCENARIOS)) > 5)
    return seen


def names(cloud: EmulatedCloud) -> list[str]:
    return sorted(each["name"] for each in cloud.rest.json("GET", "/v2/resource_instances")["resources"])


def test_a_scenario_is_loaded_broken_kept_lost_and_brought_back(
    page: Emulator, console: Console, cloud: EmulatedCloud, files: Files, tmp_path: Path
) -> None:
    page.menu(SCENARIOS, "The walk, done", "load")
    page.confirm("emulator.load")
    page.until(lambda: page.gone("emulator.load"))
    page.until(lambda: page.gone("emulator.loading"))
    page.until(lambda: len(console.context.directory.entries) == 2)
    page.break_something("zone-cut", zone="us-south-2")
    page.until(lambda: len(page.rows(FAULTS)) == 1)
    (fault,) = cloud.rest.json("GET", "/emulator/v1/faults")["faults"]
    assert fault["target"] == {"zone": "us-south-2"}
    page.press("emulator.faults.undo-all")
    page.until(lambda: cloud.rest.json("GET", "/emulator/v1/faults")["faults"] == [])

    page.press("emulator.snapshots.empty.button")
    page.confirm("emulator.snapshot")
    page.until(lambda: page.gone("emulator.snapshot"))
    page.until(lambda: len(page.rows(SNAPSHOTS)) == 1)
    files.save_as = tmp_path / "state.kyok"
    page.press("emulator.export.open")
    page.dialog("emulator.export")
    for field in ("passphrase", "again"):
        driver.write(page.window, f"emulator.export.{field}", PASSPHRASE)
    page.confirm("emulator.export")
    page.until(lambda: page.gone("emulator.export"))
    assert files.save_as.stat().st_size > 10_000

    page.press("emulator.clock.7-days")
    page.until(lambda: len(page.forecast()) == 2)
    page.press("emulator.clock.turn")
    page.until(lambda: cloud.rest.json("GET", "/emulator/v1/clock")["offset_seconds"] == 7 * 86_400)
    page.press("emulator.reset.open")
    page.confirm("emulator.reset.ask")
    page.until(lambda: page.gone("emulator.reset.ask"))
    assert names(cloud) == []

    page.menu(SNAPSHOTS, page.rows(SNAPSHOTS)[0][0], "return")
    page.confirm("emulator.return")
    page.until(lambda: page.gone("emulator.return"))
    assert names(cloud) == ["acme-hpcs", "ledger-db"]
    page.until(lambda: len(console.context.directory.entries) == 2)
    page.menu(SNAPSHOTS, page.rows(SNAPSHOTS)[0][0], "delete")
    page.confirm("emulator.delete")
    page.until(lambda: driver.exists(page.window, "emulator.snapshots.empty"))

    files.open = files.save_as
    page.press("emulator.import.open")
    page.dialog("emulator.import")
    driver.write(page.window, "emulator.import.passphrase", PASSPHRASE)
    page.confirm("emulator.import")
    page.until(lambda: page.gone("emulator.import"))
    assert console.link.is_connected
    assert names(cloud) == ["acme-hpcs", "ledger-db"]
    page.until(lambda: len(console.context.directory.entries) == 2)
