"""Resource list, catalog, crypto units, activity and settings, in a whole console on the emulated cloud."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from kyok_gui import places
from kyok_gui.pages.resources.start_here import StartCard
from kyok_gui.places import Place
from kyok_gui.startup import Console
from kyok_gui.widgets import InlineNote, StaticTable, Text
from tests.gui import driver
from tests.gui.cloud_fixture import EmulatedCloud

STATES = slice(4, 6)
"""Where status and key status stand in a row of the resource list."""


class Screen:
    """The window as a person sees it."""

    def __init__(self, console: Console, qtbot: Any) -> None:
        self.console = console
        self.window: QWidget = console.window
        self._qtbot = qtbot

    def go(self, place: Place) -> QWidget:
        self.console.context.navigator.go(place)
        return self.page(place.kind)

    def page(self, kind: str) -> QWidget:
        self.until(lambda: driver.exists(self.window, f"page.{kind}"))
        return driver.find(self.window, f"page.{kind}")

    def until(self, condition: Any, timeout: int = 20_000) -> None:
        driver.wait_for(self._qtbot, condition, timeout)

    def rows(self, name: str) -> list[list[str]]:
        return driver.table_rows(self.window, name)

    def done_steps(self, page: QWidget) -> list[str]:
        return [card.step.id for card in page.findChildren(StartCard) if card.accessibleName().endswith(": Done")]


@pytest.fixture
def screen(console: Console, qtbot: Any) -> Screen:
    return Screen(console, qtbot)


def test_an_empty_account_says_what_to_do_first(screen: Screen) -> None:
    page = screen.page(places.RESOURCES)
    screen.until(lambda: driver.exists(page, "resources.empty.button"))
    assert screen.done_steps(page) == []
    driver.press(page, "resources.start-here.root-key.start")
    screen.page(places.CREATE_HPCS)
    screen.console.context.navigator.back()
    card = driver.find(page, "resources.start-here.authorize", StartCard)
    assert card.cursor().shape() == Qt.CursorShape.PointingHandCursor
    QTest.mouseClick(card, Qt.MouseButton.RightButton)
    QTest.mouseClick(card._title, Qt.MouseButton.LeftButton)
    screen.page(places.AUTHORIZATIONS)
    screen.console.context.navigator.back()
    driver.press(page, "resources.empty.button")
    screen.page(places.CATALOG)


def test_start_here_is_ticked_off_from_what_exists(screen: Screen, cloud: EmulatedCloud) -> None:
    page = screen.page(places.RESOURCES)
    cloud.walked("instance")
    screen.until(lambda: screen.done_steps(page) == ["root-key", "authorize", "instance"])
    screen.until(lambda: len(screen.rows("resources.table")) == 2)
    found = {row[0]: row for row in screen.rows("resources.table")}
    assert found["walk-hpcs"][STATES] == ["Active", "1 root key"]
    assert found["walk-db"][STATES] == ["Active", "Connected"]
    driver.press(page, "resources.start-here.close")
    assert not driver.exists(page, "resources.start-here")
    driver.click_link(page, "resources.table", driver.row_of_cell(page, "resources.table", "walk-db"), "name")
    screen.page(places.NODES)


def test_a_stopped_instance_is_not_called_active(screen: Screen, cloud: EmulatedCloud) -> None:
    screen.page(places.RESOURCES)
    cloud.walked("disable")
    screen.until(lambda: ["Stopped", "Disabled"] in [row[STATES] for row in screen.rows("resources.table")])


def test_an_hpcs_instance_is_created_and_initialised(screen: Screen, cloud: EmulatedCloud) -> None:
    driver.press(screen.go(Place(places.CATALOG)), "catalog.hs-crypto.create")
    form = screen.page(places.CREATE_HPCS)
    driver.write(form, "create-hpcs.name", "x" * 31)
    assert not driver.find(form, "create-hpcs.create").isEnabled()
    driver.write(form, "create-hpcs.name", "acme-hpcs")
    driver.choose(form, "create-hpcs.units", "3")
    screen.until(lambda: driver.find(form, "create-hpcs.create").isEnabled())
    driver.press(form, "create-hpcs.create")
    units = screen.page(places.CRYPTO_UNITS)
    screen.until(lambda: driver.exists(units, "crypto-units.initialize"))
    table = driver.find(units, "crypto-units.table", StaticTable)
    screen.until(lambda: len([row for row in table.words() if "Imprint mode" in row]) == 3)
    assert "Imprint mode: " in driver.find(units, "crypto-units.words", Text).words()
    driver.press(units, "crypto-units.add-administrator")
    assert driver.find(units, "crypto-units.initialize").isEnabled()
    driver.write(units, "crypto-units.administrator-2", "Administrator 1")
    assert not driver.find(units, "crypto-units.initialize").isEnabled()
    driver.write(units, "crypto-units.administrator-2", "ben@acme.example")
    driver.press(units, "crypto-units.initialize")
    note = driver.find(units, "crypto-units.note", InlineNote)
    screen.until(lambda: note.words().startswith("Initialized: 3 crypto units"))
    screen.until(lambda: len([row for row in table.words() if "Secured" in row and "Valid" in row]) == 3)
    assert not driver.exists(units, "crypto-units.initialize")
    words = driver.find(units, "crypto-units.words", Text).words()
    assert words.startswith("Current register: ") and "New register: " in words
    listed = cloud.rest.json("GET", "/v2/resource_instances")["resources"]
    facts = cloud.rest.json("GET", f"/tke/v1/instances/{listed[0]['guid']}/crypto_units")
    assert (facts["initialised"], len(facts["units"])) == (True, 3)


def test_a_key_protect_instance_is_ready_at_once(screen: Screen) -> None:
    driver.press(screen.go(Place(places.CATALOG)), "catalog.kms.create")
    form = screen.page(places.CREATE_KEY_PROTECT)
    screen.until(lambda: driver.find(form, "create-key-protect.create").isEnabled())
    assert not driver.exists(form, "create-key-protect.units")
    driver.press(form, "create-key-protect.create")
    screen.page(places.KEYS)


def open_event(screen: Screen, page: QWidget, title: str) -> Any:
    """Opens an event; the row may move under the mouse while newer events come in."""
    opened: list[Any] = []

    def try_it() -> bool:
        if not driver.exists(page, "activity.panel.target"):
            row = driver.row_of_cell(page, "activity.table", title)
            opened.append(driver.row_object(page, "activity.table", row).event)
            driver.click_link(page, "activity.table", row, "what")
        return driver.exists(page, "activity.panel.target")

    screen.until(try_it)
    return opened[-1]


def test_activity_lists_opens_filters_and_leads_to_the_thing(screen: Screen, cloud: EmulatedCloud) -> None:
    walk = cloud.walked("disable")
    cloud.rest.send("DELETE", f"/api/v2/keys/{walk.ledger.facts['key']}", Bluemix_Instance=walk.ledger.facts["hpcs"])
    page = screen.go(Place(places.ACTIVITY))
    screen.until(lambda: ["Key disabled"] in [row[1:2] for row in screen.rows("activity.table")])
    assert "Nodes stopped: disabled" in [row[1] for row in screen.rows("activity.table")]
    driver.press(page, "activity.filter")
    driver.choose(page, "activity.outcome", "failure")
    screen.until(lambda: {row[4] for row in screen.rows("activity.table")} == {"Failed"})
    driver.press(page, "activity.chips.clear")
    screen.until(lambda: len({row[4] for row in screen.rows("activity.table")}) == 2)
    driver.write(page, "activity.table.search", "walk-root DISABLED")
    screen.until(lambda: {row[1] for row in screen.rows("activity.table")} == {"Key disabled"})
    event = open_event(screen, page, "Key disabled")
    assert event.correlation_id
    driver.press(page, "activity.panel.target")
    screen.page(places.KEYS)
    screen.until(lambda: driver.exists(screen.window, "keys.panel.activity"))
    driver.press(screen.window, "keys.panel.activity")
    page = screen.page(places.ACTIVITY)
    screen.until(lambda: screen.rows("activity.table") and screen.rows("activity.table")[-1][1] == "Key created")
    assert {row[2] for row in screen.rows("activity.table")} == {"walk-root"}
    page = screen.go(Place(places.ACTIVITY).with_query(event=event.id, instance=walk.ledger.facts["hpcs"]))
    screen.until(lambda: driver.exists(page, "activity.panel.target"))
    assert driver.exists(page, "activity.chip.instance")


def test_settings_change_the_rules_of_the_cloud(screen: Screen, cloud: EmulatedCloud) -> None:
    page = screen.go(Place(places.SETTINGS))
    screen.until(lambda: driver.find(page, "settings.rules").isEnabled())
    driver.find(page, "settings.deletion-rule.keep").click()  # type: ignore[attr-defined]
    screen.until(lambda: cloud.rest.json("GET", "/emulator/v1/settings")["deletion_rule"] == "keep")
    driver.find(page, "settings.theme.g100").click()  # type: ignore[attr-defined]
    assert screen.console.context.theme.name == "g100"
    screen.console.context.theme.switch("white")
