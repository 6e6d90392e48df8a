"""The Tasks page: live, with every node's part, the reason of a failure and the way to what it was for."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kyok_gui import places
from kyok_gui.places import Place
from tests.gui.driver import click_link, find, wait_for
from tests.gui.fakes import FakeContext
from tests.gui.pages.database import canned, canned_tasks
from tests.gui.pages.database.conftest import Open
from tests.gui.pages.database.fakes import FakeCloud, Stage, refusal
from tests.gui.pages.database.instance_pages import Tasks
from tests.gui.pages.database.pages import unnamed


@pytest.fixture
def stage(open_page: Open) -> Stage:
    return open_page(places.TASKS)


@pytest.fixture
def page(stage: Stage) -> Tasks:
    return Tasks(stage)


def test_every_task_has_its_row(page: Tasks) -> None:
    assert page.rows() == [
        ["Scale nodes", "Succeeded", "17:30:00", "15 s", "–"],
        ["Change configuration", "Failed", "17:20:00", "31 s", "The database server does not start: no memory"],
        ["Take backup", "Succeeded", "02:00:00", "1 s", "–"],
        ["Create instance", "Succeeded", "01:00:00", "2 s", "–"],
    ]
    assert unnamed(page.root) == []


def test_a_task_opens_with_its_nodes_and_leads_to_its_page(page: Tasks, context: FakeContext, qtbot: Any) -> None:
    click_link(page.root, "tasks.table", 0, "task")
    wait_for(qtbot, lambda: page.sees("tasks.panel"))
    assert page.panel()["Asked for"] == "RAM 4 GB, disk 24 GB, vCPU 2"
    assert page.nodes() == [
        ["Node 2, secondary", "Done", "17:30:00", "4 s"],
        ["Node 3, secondary", "Done", "17:30:04", "5 s"],
        ["Node 1, primary", "Done", "17:30:09", "6 s"],
    ]
    wait_for(qtbot, lambda: not context.tasks.busy and page.sees("tasks.panel.page"))
    page.press("tasks.panel.page")
    wait_for(qtbot, lambda: context.navigator.here == Place(places.DB_RESOURCES, canned.DB))


def test_a_failed_task_says_at_which_node_and_why(page: Tasks, qtbot: Any) -> None:
    click_link(page.root, "tasks.table", 1, "task")
    wait_for(qtbot, lambda: page.sees("tasks.panel.failure"))
    assert page.nodes()[0][:2] == ["Node 3, secondary", "Failed"]
    assert "Node 3: no memory" in page.text("tasks.panel.no-nodes")
    assert page.panel()["Asked for"] == "shared_buffers 1600"


def test_a_task_without_nodes_says_so(page: Tasks, context: FakeContext, qtbot: Any) -> None:
    click_link(page.root, "tasks.table", 2, "task")
    wait_for(qtbot, lambda: page.sees("tasks.panel"))
    assert page.text("tasks.panel.no-nodes") == "This task is not made node by node."
    page.press("tasks.panel.page")
    assert context.navigator.here.kind == places.BACKUPS


def test_a_running_task_goes_on_by_itself(page: Tasks, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any) -> None:
    fake_cloud.tasks.insert(0, canned_tasks.running_scale())
    context.live.tell({"task"}, {canned.DB})
    wait_for(qtbot, lambda: page.rows()[0][1] == "Running")
    assert page.rows()[0][3].endswith("so far")
    click_link(page.root, "tasks.table", 0, "task")
    wait_for(qtbot, lambda: page.sees("tasks.panel"))
    assert page.panel()["Ended"] == "Still running"
    assert [row[1] for row in page.nodes()] == ["Done", "Changing", "Waiting"]
    context.clock.second.emit()
    fake_cloud.tasks[0] = canned_tasks.running_scale() | {"state": "SUCCEEDED", "finished_at": canned.t("17:44:50")}
    context.live.tell({"task"}, {canned.DB})
    wait_for(qtbot, lambda: page.panel()["State"] == "Succeeded")
    assert page.rows()[0][3] == "10 s"


def test_a_link_opens_its_task_and_escape_closes_it(stage: Stage, page: Tasks, qtbot: Any) -> None:
    stage.page.come(Place(places.TASKS, canned.DB).with_query(task=canned_tasks.FAILING))
    wait_for(qtbot, lambda: page.sees("tasks.panel"))
    assert page.panel()["Task ID"] == canned_tasks.FAILING
    QTest.keyClick(find(stage, "tasks.panel"), Qt.Key.Key_Escape)
    wait_for(qtbot, lambda: not page.sees("tasks.panel"))


def test_a_deleted_instance_has_no_tasks(open_page: Open, fake_cloud: FakeCloud) -> None:
    fake_cloud.fail["tasks"] = refusal(404, "DATABASE_NOT_FOUND", "There is no such instance.")
    assert Tasks(open_page(places.TASKS, "pending")).sees("tasks.failure")
