"""The Configuration page: ranges, refusals before and after, restarts, progress (scenario 13)."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QScrollArea

from kyok_gui import places
from kyok_gui.widgets import Text
from tests.gui.crawl.looks import faults
from tests.gui.driver import find, press, wait_for
from tests.gui.fakes import FakeContext
from tests.gui.pages.database import canned, canned_tasks
from tests.gui.pages.database.conftest import Open
from tests.gui.pages.database.fakes import FakeCloud, refusal
from tests.gui.pages.database.instance_pages import Parameters
from tests.gui.pages.database.pages import unnamed


@pytest.fixture
def page(open_page: Open) -> Parameters:
    return Parameters(open_page(places.CONFIGURATION))


def test_five_parameters_stand_with_their_values(page: Parameters) -> None:
    names = ("deadlock_timeout", "max_connections", "max_locks_per_transaction", "max_prepared_transactions")
    assert [page.value(name) for name in (*names, "shared_buffers")] == ["1,000", "115", "64", "0", "128"]
    units = {name: find(page.root, f"configuration.{name}.unit", Text).words() for name in (*names, "shared_buffers")}
    assert {name: unit for name, unit in units.items() if unit} == {"deadlock_timeout": "ms", "shared_buffers": "MB"}
    assert (page.why_not, page.can_apply) == ("Cannot apply yet. Change a value first.", False)
    assert unnamed(page.root) == []


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("deadlock_timeout", "99", "deadlock_timeout must be from 100 to 2,147,483,647."),
        ("shared_buffers", "1639", "shared_buffers is at most 40 % of the RAM: 1638 MB of 4 GB."),
        ("max_connections", "12.5", "A whole number, without a unit."),
        ("max_connections", "", "A whole number, without a unit."),
        ("max_locks_per_transaction", "9", "max_locks_per_transaction must be from 10 to 10,000."),
    ],
)
def test_what_is_wrong_is_said_while_it_is_typed(page: Parameters, name: str, typed: str, said: str) -> None:
    page.set(name, typed)
    assert page.error(name) == said
    assert not page.can_apply
    named = said if said.startswith(name) else f"{name}: {said[:1].lower()}{said[1:]}"
    assert page.why_not == f"Cannot apply yet. {named}"


def test_one_up_and_one_down_is_refused_together_and_taken_singly(page: Parameters) -> None:
    page.set("max_connections", "200")
    assert page.can_apply
    page.set("max_locks_per_transaction", "32")
    assert page.why_not.startswith(
        "Cannot apply yet. max_connections and max_locks_per_transaction can be set in one change"
    )
    assert not page.can_apply
    page.set("max_connections", "115")
    assert page.can_apply


def test_the_consequence_is_told_before(open_page: Open) -> None:
    page = Parameters(open_page(places.CONFIGURATION, "real"))
    page.set("deadlock_timeout", "2000")
    assert page.consequence == (
        "deadlock_timeout 1,000 becomes 2,000. No server restarts: every node takes it at once, sessions go on."
    )
    page.set("max_connections", "200")
    assert "Servers restart: one after the other, node 2, node 3 and node 1, the primary last." in page.consequence
    page.set("max_connections", "100")
    assert "node 1, node 2 and node 3, the primary first, because no secondary may have a lower" in page.consequence


def test_simulated_nodes_restart_nothing(page: Parameters) -> None:
    page.set("shared_buffers", "256")
    assert page.consequence.endswith("Simulated nodes take it at once: no server restarts.")


def test_defaults_and_present_values_come_back(page: Parameters, open_page: Open, fake_cloud: FakeCloud) -> None:
    fake_cloud.parameters = {"max_connections": 200}
    page = Parameters(open_page(places.CONFIGURATION))
    page.press("configuration.max_connections.default")
    assert (page.value("max_connections"), page.can_apply) == ("115", True)
    page.press("configuration.discard")
    assert (page.value("max_connections"), page.can_apply) == ("200", False)


def test_applying_sends_what_changed_and_nothing_else(
    page: Parameters, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    page.set("max_connections", "200")
    page.set("deadlock_timeout", "1001")
    page.apply()
    fake_cloud.parameters = {"max_connections": 200, "deadlock_timeout": 1001}
    wait_for(qtbot, lambda: not context.tasks.busy and page.why_not == "Cannot apply yet. Change a value first.")
    assert fake_cloud.calls == [("change_configuration", canned.DB, {"max_connections": 200, "deadlock_timeout": 1001})]
    assert context.told[-1].title == "The change has begun"


def test_what_is_typed_and_not_applied_would_be_lost(page: Parameters, fake_cloud: FakeCloud) -> None:
    assert page.unsaved == ""
    page.set("max_connections", "200")
    page.set("deadlock_timeout", "")
    assert page.unsaved == "Typed and not applied: deadlock_timeout (empty) and max_connections 200."
    page.set("deadlock_timeout", "01000")
    assert page.unsaved == "Typed and not applied: max_connections 200."
    page.give_up()
    assert (page.unsaved, page.value("max_connections"), page.can_apply) == ("", "115", False)


def test_a_value_that_somebody_else_changes_is_not_typed(
    page: Parameters, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    fake_cloud.parameters = {"max_connections": 300}
    context.live.tell({"task"})
    wait_for(qtbot, lambda: page.value("max_connections") == "300")
    assert page.unsaved == ""


def test_what_is_typed_stays_when_somebody_else_changes_the_value(
    page: Parameters, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    page.set("max_connections", "200")
    fake_cloud.parameters = {"max_connections": 300, "deadlock_timeout": 2000}
    context.live.tell({"task"})
    wait_for(qtbot, lambda: page.value("deadlock_timeout") == "2,000")
    assert page.value("max_connections") == "200"
    assert page.consequence.startswith("max_connections 300 becomes 200.")
    assert page.unsaved == "Typed and not applied: max_connections 200."


def test_what_is_being_applied_would_not_be_lost(
    page: Parameters, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    page.set("max_connections", "200")
    fake_cloud.tasks.insert(0, canned_tasks.running_scale() | {"type": "configuration_update", "spec": {}})
    page.apply()
    assert page.unsaved == ""
    wait_for(qtbot, lambda: not context.tasks.busy and page.progress())
    assert (page.value("max_connections"), page.unsaved) == ("200", "")
    page.set("max_connections", "201")
    assert page.unsaved == "Typed and not applied: max_connections 201."
    page.set("max_connections", "200")
    fake_cloud.tasks[0] |= {"state": "FAILED"}
    context.live.tell({"task"})
    wait_for(qtbot, lambda: page.unsaved == "Typed and not applied: max_connections 200.")
    assert page.can_apply, "the change came to an end without it"


def test_what_was_refused_would_be_lost(page: Parameters, fake_cloud: FakeCloud, qtbot: Any) -> None:
    fake_cloud.fail["change_configuration"] = refusal(409, "NODES_STOPPED", "Not all nodes run.", "Look at Nodes.")
    page.set("max_connections", "200")
    page.apply()
    wait_for(qtbot, lambda: page.refused)
    assert page.unsaved == "Typed and not applied: max_connections 200."


def test_a_failed_change_says_why_and_that_nothing_was_changed(page: Parameters) -> None:
    assert page.state == "Failed"
    assert page.failure == (
        "The database server does not start: no memory Nothing was changed: every node has its former values."
    )
    states = dict(page.progress())
    assert states["Node 3"] == "Failed: no memory"
    assert states["Node 2"] == "Not changed: Has its former values again: another node did not come up."
    assert states["Node 1"] == "Not changed"


def test_a_refusal_keeps_what_was_typed(
    page: Parameters, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    fake_cloud.fail["change_configuration"] = refusal(409, "NODES_STOPPED", "Not all nodes run.", "Look at Nodes.")
    page.set("max_connections", "200")
    page.apply()
    wait_for(qtbot, lambda: page.refused)
    assert (page.refused, page.value("max_connections")) == ("Not all nodes run. Look at Nodes.", "200")


def test_without_a_serving_node_there_is_nothing_to_show(open_page: Open, fake_cloud: FakeCloud) -> None:
    fake_cloud.fail["configuration"] = refusal(409, "NODES_STOPPED", "The database is not running.")
    page = Parameters(open_page(places.CONFIGURATION, "disabled"))
    assert page.sees("configuration.unread")
    assert page.why_not.startswith("Cannot apply yet. Node 1 is stopped (the key is disabled)")


def test_a_running_change_counts_on(open_page: Open, fake_cloud: FakeCloud, context: FakeContext) -> None:
    running = canned_tasks.running_scale() | {"type": "configuration_update", "spec": {}}
    fake_cloud.tasks.insert(0, running)
    page = Parameters(open_page(places.CONFIGURATION))
    assert page.progress() == [("Node 2", "Done"), ("Node 3", "Changing"), ("Node 1", "Waiting")]
    context.clock.second.emit()
    press(page.root, "configuration.progress.open")
    assert context.navigator.here.value("task") == running["id"]


@pytest.mark.parametrize(("width", "folded"), [(800, True), (1056, True), (1300, False)])
def test_the_facts_of_a_parameter_go_below_it_where_there_is_no_room(
    open_page: Open, qtbot: Any, width: int, folded: bool
) -> None:
    page = Parameters(open_page(places.CONFIGURATION, "real", width=width, height=768))
    page.set("max_connections", "200")
    wait_for(qtbot, lambda: faults(page.root) == [])
    (area,) = [one for one in page.root.findChildren(QScrollArea) if one.isVisible()]
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()
    assert page.sees("configuration.deadlock_timeout.facts") == folded
    facts = "Default 1,000 ms. Allowed 100 to 2,147,483,647 ms. Restart: No."
    assert page.text("configuration.deadlock_timeout.facts") == facts
