"""What a crash left in clear on the disk: said on Nodes, and erased when a person insists."""

from __future__ import annotations

from typing import Any

from kyok_gui import places
from kyok_gui.widgets import InlineNote
from tests.gui.driver import dialog, find, press, wait_for, write
from tests.gui.fakes import FakeContext
from tests.gui.pages.database import canned
from tests.gui.pages.database.conftest import Open
from tests.gui.pages.database.fakes import FakeCloud, refusal
from tests.gui.pages.database.pages import Nodes, unnamed

NOTE, ASKED = "nodes.clear-data", "nodes.erase-clear"


def words(page: Nodes) -> str:
    return find(page.root, NOTE, InlineNote).words() if page.sees(NOTE) else ""


def test_without_a_crash_nothing_is_said(open_page: Open) -> None:
    assert words(Nodes(open_page(places.NODES, "sealed_on_stop"))) == ""


def test_nodes_are_named_and_erased_one_by_one_after_their_name_is_typed(
    open_page: Open, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    page = Nodes(open_page(places.NODES, "left_clear"))
    assert words(page).startswith("A crash left the data of nodes 1 and 2 in clear on this disk")
    assert unnamed(page.root) == []
    press(page.root, f"{NOTE}.action")
    assert not page.button(f"{ASKED}.accept").isEnabled()
    write(page.root, f"{ASKED}.typed", "ledger-db")
    press(page.root, f"{ASKED}.accept")
    wait_for(qtbot, lambda: "node 2 in clear" in words(page))
    assert fake_cloud.calls == [("erase_clear", canned.DB, 1)]
    assert context.told[-1].title == "Clear data of node 1 erased"
    assert page.accessible(f"{NOTE}.action") == "Erase the clear data of node 2"


def test_changing_ones_mind_erases_nothing(open_page: Open, fake_cloud: FakeCloud) -> None:
    page = Nodes(open_page(places.NODES, "left_clear"))
    press(page.root, f"{NOTE}.action")
    press(page.root, f"{ASKED}.cancel")
    assert fake_cloud.calls == []


def test_a_refusal_is_said_in_the_dialog(open_page: Open, fake_cloud: FakeCloud, qtbot: Any) -> None:
    fake_cloud.fail["erase_clear"] = refusal(409, "NOTHING_IN_CLEAR", "No clear data of this node lies on the disk.")
    page = Nodes(open_page(places.NODES, "left_clear"))
    press(page.root, f"{NOTE}.action")
    write(page.root, f"{ASKED}.typed", "ledger-db")
    press(page.root, f"{ASKED}.accept")
    wait_for(qtbot, lambda: page.sees(f"{ASKED}.error"))
    assert dialog(page.root, ASKED).isVisible()
