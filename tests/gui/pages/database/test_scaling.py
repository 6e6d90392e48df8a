"""The Resources page: what can be chosen and why not, what it costs, how far a change is (scenarios 12 and 15)."""

from __future__ import annotations

from typing import Any

import pytest

from kyok_gui import places
from tests.gui.driver import focused_name, press, wait_for
from tests.gui.fakes import FakeContext
from tests.gui.pages.database import canned, canned_tasks
from tests.gui.pages.database.conftest import Open
from tests.gui.pages.database.fakes import FakeCloud, refusal
from tests.gui.pages.database.instance_pages import Sizes
from tests.gui.pages.database.pages import Overview, unnamed

SAME = "Cannot apply yet: choose another size first."


@pytest.fixture
def page(open_page: Open) -> Sizes:
    return Sizes(open_page(places.DB_RESOURCES))


def test_present_sizes_their_totals_and_their_price_are_shown(page: Sizes) -> None:
    assert page.table() == [
        ["RAM", "4 GB", "The same", "12 GB"],
        ["Disk", "24 GB", "The same", "72 GB"],
        ["vCPU", "2", "The same", "6"],
    ]
    assert (page.price, page.now) == ("430.08 USD", "Now 430.08 USD, the same")
    assert (page.why_not, page.can_apply) == (SAME, False)
    assert unnamed(page.root) == []


def test_other_sizes_show_their_price_beside_the_present_one(page: Sizes) -> None:
    page.choose("cpu", 4)
    page.choose("ram", 2)
    assert page.table()[2] == ["vCPU", "2", "4", "12"]
    assert (page.price, page.now) == ("661.08 USD", "Now 430.08 USD, 231.00 USD more")
    assert (page.why_not, page.can_apply) == ("", True)
    page.choose("cpu", 1)
    assert page.now == "Now 430.08 USD, 183.00 USD less"


def test_sizes_that_cannot_be_chosen_say_why(page: Sizes, open_page: Open, fake_cloud: FakeCloud) -> None:
    assert page.reason("disk", 16) == "Disks can only grow: each node has 24 GB now."
    assert (page.reason("disk", 24), page.reason("disk", 32)) == ("", "")
    fake_cloud.parameters = {"shared_buffers": 1600}
    page = Sizes(open_page(places.DB_RESOURCES))
    assert page.reason("ram", 3) == "shared_buffers is 1600 MB, which is more than 40 % of 3 GB."


def test_the_order_is_told_before(page: Sizes, open_page: Open) -> None:
    assert page.order.startswith(
        "One node after the other: first the secondaries, node 2 then node 3, last the primary, node 1."
    )
    assert page.order.endswith("Simulated nodes take new sizes at once: no server restarts.")
    assert "Each server restarts in its turn" in Sizes(open_page(places.DB_RESOURCES, "real")).order


def test_applying_asks_once_and_shows_the_task_node_by_node(
    page: Sizes, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    assert page.progress() == [("Node 2", "Done"), ("Node 3", "Done"), ("Node 1", "Done")]
    page.choose("cpu", 4)
    fake_cloud.tasks.insert(0, canned_tasks.running_scale())
    page.apply()
    wait_for(qtbot, lambda: page.state == "Running" and not context.tasks.busy)
    assert fake_cloud.calls == [("scale", canned.DB, 4, 24, 4)]
    assert focused_name() == "db-resources.ram", "the button went off, and the focus stays in the page"
    fake_cloud.fail["configuration"] = AssertionError("servers that are being changed are left alone")
    context.live.tell({"task"}, {canned.DB})
    qtbot.waitUntil(lambda: not context.tasks.busy)
    assert page.progress() == [("Node 2", "Done"), ("Node 3", "Changing"), ("Node 1", "Waiting")]
    assert page.text("db-resources.progress.asked") == "RAM 4 GB, disk 24 GB, vCPU 4, begun 17:44 today"
    busy = "Cannot apply yet: a task of this instance is running (scale nodes)."
    assert (page.why_not, page.can_apply) == (busy, False)
    press(page.root, "db-resources.progress.open")
    there = context.navigator.here
    assert (there.kind, there.value("task")) == (places.TASKS, canned_tasks.running_scale()["id"])


def test_a_refusal_of_the_cloud_is_said_in_the_page(
    page: Sizes, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    fake_cloud.fail["scale"] = refusal(409, "TASK_RUNNING", "Another task of this instance is running.", "Wait.")
    page.choose("ram", 8)
    page.apply()
    wait_for(qtbot, lambda: page.refused)
    assert page.refused == "Another task of this instance is running. Wait."
    wait_for(qtbot, lambda: page.can_apply)
    page.choose("ram", 12)
    assert page.refused == ""


def test_a_stopped_node_is_named(open_page: Open) -> None:
    page = Sizes(open_page(places.DB_RESOURCES, "node_stopped"))
    page.choose("cpu", 4)
    sentence = "node 3 is stopped (the machine is stopped); all three nodes must run."
    assert (page.why_not, page.can_apply) == (f"Cannot apply yet: {sentence}", False)


def test_a_free_instance_says_that_it_cannot_be_scaled_and_when_it_ends(open_page: Open) -> None:
    page = Sizes(open_page(places.DB_RESOURCES, "free"))
    assert page.free.startswith("Free plan: this instance is deleted by itself in 22 days, on 15 Dec 2026 17:45 UTC")
    assert page.why_not == "Cannot apply: an instance on the free plan cannot be scaled."
    assert not page.can_apply
    assert page.price == "Free"
    overview = Overview(open_page(places.DB_OVERVIEW, "free"))
    assert overview.values("instance")["Plan"] == "Free, until 15 Dec 2026 17:45 UTC"
    assert overview.sees("db-overview.free")


def test_the_overview_says_that_a_node_does_not_run(open_page: Open) -> None:
    page = Overview(open_page(places.DB_OVERVIEW, "node_stopped"))
    assert page.text("db-overview.state.sentence") == "Node 3 stopped at 17:40: the machine is stopped."
    assert not Overview(open_page(places.DB_OVERVIEW)).sees("db-overview.state")


def test_a_flexible_instance_is_told_nothing_of_the_free_plan(page: Sizes, open_page: Open) -> None:
    assert page.free == ""
    assert not Overview(open_page(places.DB_OVERVIEW)).sees("db-overview.free")


def test_what_was_chosen_stays_while_others_change_things(
    page: Sizes, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    page.choose("cpu", 8)
    context.live.tell({"database"}, {canned.DB})
    qtbot.waitUntil(lambda: not context.tasks.busy)
    assert page.table()[2][2] == "8"
    fake_cloud.body["sizes"] = {"ram": 8, "disk": 24, "cpu": 2}
    context.live.tell({"database"}, {canned.DB})
    wait_for(qtbot, lambda: page.table()[0][1] == "8 GB")
    assert page.why_not == SAME


def test_what_is_chosen_and_not_applied_would_be_lost(
    page: Sizes, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    assert page.unsaved == ""
    page.choose("cpu", 8)
    page.choose("ram", 8)
    assert page.unsaved == "Chosen and not applied: RAM 8 GB and vCPU 8."
    page.choose("ram", 4)
    assert page.unsaved == "Chosen and not applied: vCPU 8."
    page.give_up()
    assert (page.unsaved, page.why_not, page.table()[2][2]) == ("", SAME, "The same")
    fake_cloud.body["sizes"] = {"ram": 8, "disk": 24, "cpu": 2}
    context.live.tell({"database"}, {canned.DB})
    wait_for(qtbot, lambda: page.table()[0][1] == "8 GB")
    assert page.unsaved == "", "somebody else's sizes are nobody's choice"


def test_sizes_that_are_being_applied_would_not_be_lost(
    page: Sizes, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    page.choose("cpu", 4)
    fake_cloud.tasks.insert(0, canned_tasks.running_scale())
    page.apply()
    assert page.unsaved == ""
    wait_for(qtbot, lambda: page.state == "Running" and not context.tasks.busy)
    assert page.unsaved == ""
    fake_cloud.tasks[0] |= {"state": "FAILED"}
    context.live.tell({"task"}, {canned.DB})
    wait_for(qtbot, lambda: page.unsaved == "Chosen and not applied: vCPU 4.")


def test_sizes_that_were_refused_would_be_lost(page: Sizes, fake_cloud: FakeCloud, qtbot: Any) -> None:
    fake_cloud.fail["scale"] = refusal(409, "TASK_RUNNING", "Another task of this instance is running.", "Wait.")
    page.choose("ram", 8)
    page.apply()
    assert page.unsaved == ""
    wait_for(qtbot, lambda: page.refused)
    assert page.unsaved == "Chosen and not applied: RAM 8 GB."
    page.give_up()
    assert page.refused == ""


def test_in_a_narrow_window_nothing_is_cut(open_page: Open) -> None:
    stage = open_page(places.DB_RESOURCES, width=1024, height=768)
    assert Sizes(stage).price == "430.08 USD"
    assert stage.page.minimumSizeHint().width() <= 1024
