"""Others on the same cloud: a second console, a program over REST, and the end of the cloud itself."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from kyok.paths import Home
from kyok_gui.startup import Console, cloud_of
from kyok_gui.walkthrough.driver import Hand
from kyok_gui.walkthrough.opening import opened
from kyok_gui.walkthrough.screens import Nodes
from kyok_gui.walkthrough.steps import STEPS
from kyok_gui.walkthrough.story import DATABASE, HPCS, Story
from kyok_gui.walkthrough.waiting import wait_until
from tests.gui.acceptance.conftest import CONNECTED, Stage, stage_of
from tests.gui.cloud_fixture import EmulatedCloud

RUNNING, STOPPED = ["Running"] * 3, ["Stopped"] * 3


@pytest.fixture
def other(qapp: QApplication, qtbot: Any, cloud: EmulatedCloud, console: Console) -> Iterator[Stage]:
    """A second console on the cloud of the first."""
    made = Console(qapp, Home(cloud.home))
    made.window.resize(1440, 900)
    made.show()
    wait_until(lambda: made.link.is_connected and made.context.directory.known, "the second console is connected")
    yield stage_of(made, cloud)
    made.end()


def test_what_one_console_does_the_other_shows(stage: Stage, other: Stage) -> None:
    stage.walked("rows")
    other.open_nodes()
    other.sees_nodes(CONNECTED, RUNNING)
    stage.open_keys()
    stage.keys.disable("walk-root")
    other.sees_nodes(["Disabled"] * 3, STOPPED)
    other.sees_rows(-1)
    other.header.turn_clock("30-s")
    other.nodes.cure()
    other.sees_nodes(CONNECTED, RUNNING)
    wait_until(lambda: stage.keys.state_of("walk-root") == "Active", "the first console shows the key active")
    other.nodes.add_rows()
    stage.open_nodes()
    stage.sees_rows(17)


def test_a_window_shows_what_a_program_does_over_rest(stage: Stage) -> None:
    stage.header.home()
    walk = stage.cloud.walked("instance")
    stage.hand.row_of("resources.table", "walk-db")
    stage.hand.row_of("resources.table", "walk-hpcs")
    stage.open_nodes()
    stage.sees_nodes(CONNECTED, RUNNING)
    walk.rows(3)
    stage.sees_rows(3)
    walk.disable()
    stage.sees_nodes(["Disabled"] * 3, STOPPED)
    walk.enable()
    stage.sees_nodes(CONNECTED, RUNNING)
    walk.rotate()
    wait_until(lambda: "version 2" in stage.hand.find("nodes.chain.key").accessibleName(), "the key has version 2")
    walk.kms("DELETE", f"/keys/{walk.ledger.facts['key']}?force=true")
    stage.sees_nodes(["Deleted"] * 3, STOPPED)
    stage.authorizations.open()
    stage.hand.row_of("authorizations.table", "Hyper Protect DBaaS for PostgreSQL")


@pytest.fixture
def own(qapp: QApplication, tmp_path: Path) -> Iterator[Story]:
    """A console that started its own cloud, walked to three connected nodes with rows."""
    home = Home(tmp_path / "home")
    console = Console(qapp, home, cloud_of(home, insecure_demo=True))
    story = opened(console, tmp_path, "white")
    for step in STEPS[: [step.name for step in STEPS].index("3 add rows") + 1]:
        assert step.take(story).differs == "", step.name
    yield story
    story.second.close()
    console.end()


def kill_the_cloud(console: Console) -> None:
    """kill -9, as the system may do at any time."""
    cloud = console.link.cloud
    found = cloud.find() if cloud is not None else None
    assert found is not None
    os.kill(found.pid, signal.SIGKILL)


def test_a_killed_cloud_is_said_and_restarted_and_nothing_is_lost(own: Story) -> None:
    console, nodes = own.console, Nodes(own.hand)
    before = own.second.read(own.database()).body["data"]
    words: list[str] = []
    console.link.lost.connect(words.append)
    kill_the_cloud(console)
    wait_until(lambda: words and console.window.connection.isVisible(), "the window says that the cloud is gone")
    wait_until(lambda: console.link.is_connected, "the cloud is back")
    assert "Nothing acknowledged was lost" in console.window.connection.words()
    wait_until(lambda: nodes.statuses() == CONNECTED and nodes.states() == RUNNING, "the nodes are connected again")
    assert before["rows"] == own.facts["rows"]
    wait_until(lambda: nodes.count == before["rows"], lambda: f"the rows are read again; it shows {nodes.count}")
    wait_until(
        lambda: own.second.read(own.database()).body["data"]["digest"] == before["digest"], "the data is the same"
    )
    nodes.add_rows()
    names = {one["name"] for one in own.second.read("/v2/resource_instances").body["resources"]}
    assert names == {HPCS, DATABASE}


def test_a_cloud_killed_in_the_middle_of_a_change_leaves_no_half_made_thing(own: Story) -> None:
    console, nodes = own.console, Nodes(own.hand)
    before = nodes.count
    words: list[str] = []
    console.link.lost.connect(words.append)
    own.hand.press("nodes.data.add")
    kill_the_cloud(console)
    wait_until(lambda: words, "the loss is noticed")
    wait_until(lambda: console.link.is_connected, "the cloud is back")
    wait_until(lambda: nodes.statuses() == CONNECTED and nodes.count >= 0, "the nodes are connected again")
    told = own.database_when("the rows are readable", lambda it: it["data"]["readable"]).body["data"]["rows"]
    assert told in (before, before + 10), "ten rows are added, or none"
    wait_until(lambda: nodes.count == told, "the window shows what is true")


def test_hands_find_nothing_that_is_out_of_sight(stage: Stage) -> None:
    assert Hand(stage.console.window).seen("nodes.verdict") is None
