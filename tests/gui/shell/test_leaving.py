"""What was typed and not applied is not lost without a question, by whichever way one leaves."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kyok_gui import places
from kyok_gui.places import Place
from kyok_gui.widgets import Prose
from tests.gui import driver
from tests.gui.shell.conftest import Shell

CONFIGURATION = Place(places.CONFIGURATION, "g-ledger")


@pytest.fixture
def typed(shell: Shell) -> Shell:
    """Came from Nodes to Configuration, and typed something there."""
    shell.context.navigator.go(Place(places.NODES, "g-ledger"))
    shell.context.navigator.go(CONFIGURATION)
    shell.page.lost = "max_connections is not applied."
    return shell


def asked(shell: Shell) -> bool:
    return driver.exists(shell.window, "leave")


def by_side_navigation(shell: Shell) -> None:
    driver.press(shell.window, f"sidenav.{places.NODES}")


def by_breadcrumb(shell: Shell) -> None:
    driver.press(shell.page, "page.breadcrumb.1")


def by_search(shell: Shell) -> None:
    shell.window.actions_by_id["search"].trigger()
    field = shell.window.header.search
    QTest.keyClicks(field, "Catalog")
    QTest.keyClick(field, Qt.Key.Key_Return)


def by_back(shell: Shell) -> None:
    QTest.keyClick(shell.window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)


def by_menu(shell: Shell) -> None:
    shell.window.actions_by_id["go.settings"].trigger()


WAYS = {
    by_side_navigation: places.NODES,
    by_breadcrumb: places.AUTHORIZATIONS,
    by_search: places.CATALOG,
    by_back: places.NODES,
    by_menu: places.SETTINGS,
}


@pytest.mark.parametrize("way", WAYS)
def test_one_is_asked_and_stays(typed: Shell, way: Callable[[Shell], None]) -> None:
    page = typed.page
    way(typed)
    assert asked(typed) and typed.page is page and typed.context.navigator.here == CONFIGURATION
    assert [item.place.kind for item in typed.window.sidenav.items() if item.isChecked()] == [places.CONFIGURATION]
    said = driver.find(typed.window, "leave.text", Prose).words()
    assert said == "max_connections is not applied. If you leave this page, that is lost."
    driver.press(typed.window, "leave.cancel")
    assert typed.page is page and page.lost


@pytest.mark.parametrize(("way", "kind"), WAYS.items())
def test_one_is_asked_and_leaves(typed: Shell, way: Callable[[Shell], None], kind: str) -> None:
    page = typed.page
    way(typed)
    driver.press(typed.window, "leave.accept")
    assert typed.context.navigator.here.kind == kind and typed.page.place.kind == kind
    assert not page.lost, "coming back finds nothing that was given up"
    typed.context.navigator.go(CONFIGURATION)
    assert typed.page is page and not asked(typed)


def test_escape_stays(typed: Shell) -> None:
    by_back(typed)
    QTest.keyClick(typed.window.focusWidget(), Qt.Key.Key_Escape)
    assert typed.context.navigator.here == CONFIGURATION and typed.page.lost


def test_one_question_at_a_time(typed: Shell) -> None:
    by_menu(typed)
    by_back(typed)
    driver.press(typed.window, "leave.accept")
    assert typed.context.navigator.here.kind == places.SETTINGS


def test_nothing_typed_asks_nothing(shell: Shell) -> None:
    shell.context.navigator.go(CONFIGURATION)
    by_side_navigation(shell)
    assert not asked(shell) and shell.context.navigator.here.kind == places.NODES


def test_looking_again_and_another_query_do_not_leave(typed: Shell) -> None:
    page = typed.page
    typed.window.actions_by_id["refresh"].trigger()
    typed.context.navigator.go(CONFIGURATION)
    typed.context.navigator.go(CONFIGURATION.with_query(task="1"))
    assert not asked(typed) and typed.page is page and page.lost


def test_closing_the_window_asks(typed: Shell) -> None:
    closed: list[bool] = []
    typed.window.closed.connect(lambda: closed.append(True))
    typed.window.actions_by_id["quit"].trigger()
    assert asked(typed) and typed.window.isVisible() and not closed
    driver.press(typed.window, "leave.cancel")
    assert typed.window.isVisible() and typed.page.lost
    typed.window.close()
    driver.press(typed.window, "leave.accept")
    assert closed == [True] and not typed.window.isVisible()


def test_a_locked_window_closes_without_showing_what_was_typed(typed: Shell) -> None:
    typed.link.fake.session = SimpleNamespace(sign_out=lambda: None)  # type: ignore[attr-defined]
    typed.window.actions_by_id["lock"].trigger()
    typed.window.actions_by_id["quit"].trigger()
    assert not asked(typed) and not typed.window.isVisible()


def test_going_on_as_somebody_else_asks(typed: Shell, monkeypatch: Any) -> None:
    went: list[str] = []
    monkeypatch.setattr(typed.link, "sign_in_as", lambda iam_id, failed: went.append(iam_id))
    monkeypatch.setattr(typed.link, "sign_back", lambda: went.append("back"))
    typed.window.header.person_chosen.emit("IBMid-BEN")
    assert asked(typed) and not went
    driver.press(typed.window, "leave.accept")
    assert went == ["IBMid-BEN"]
    typed.page.lost = "Again."
    typed.window.acting.back.emit()
    assert asked(typed) and went == ["IBMid-BEN"]
    driver.press(typed.window, "leave.accept")
    assert went == ["IBMid-BEN", "back"]
