"""Page object of Key health, and the account of mock-up 06."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from kyok_gui.pages.health.counts import CountButton, HealthSummary
from kyok_gui.places import KEY_HEALTH, Place
from kyok_gui.widgets import Button, InlineNote
from tests.gui import driver
from tests.gui.fakes import FakeContext
from tests.gui.pages.database import canned
from tests.gui.pages.database.fakes import Stage

TABLE = "key-health.table"


class KeyHealth:
    """What a person sees and presses, inside a stage or a whole console."""

    def __init__(self, root: QWidget) -> None:
        self.root = root

    @property
    def sentence(self) -> str:
        return driver.find(self.root, "key-health.summary", HealthSummary).sentence.words()

    @property
    def level(self) -> str:
        return driver.find(self.root, "key-health.summary", HealthSummary).level

    def counts(self) -> list[str]:
        shown = driver.find(self.root, "key-health.summary", HealthSummary).counts.values()
        return [button.text() for button in shown if button.isVisibleTo(self.root)]

    def count(self, status: str) -> CountButton:
        return driver.find(self.root, f"key-health.count.{status}", CountButton)

    def press_count(self, status: str) -> None:
        driver.press(self.root, f"key-health.count.{status}")

    def choose_filter(self, entry: str) -> None:
        driver.choose_action(self.root, "key-health.filter", entry)

    def names(self) -> list[str]:
        return [row[0] for row in driver.table_rows(self.root, TABLE)]

    def row(self, name: str) -> dict[str, str]:
        """First and second line of each cell, by column."""
        table = driver.table(self.root, TABLE)
        found = driver.row_object(self.root, TABLE, driver.row_of_cell(self.root, TABLE, name))
        return {column.id: column.words(found) for column in table.model.columns}

    def press(self, name: str, column: str) -> None:
        driver.click_link(self.root, TABLE, driver.row_of_cell(self.root, TABLE, name), column)

    @property
    def check(self) -> Button:
        return driver.find(self.root, "key-health.check", Button)

    @property
    def failure(self) -> str:
        return driver.find(self.root, "key-health.failure", InlineNote).words()


def account() -> list[canned.Json]:
    """Instances in the states of the mock-up, in the order in which they were made: the worst are not first."""
    states = {
        "treasury-db": canned.connected(),
        "ledger-db": canned.zone_cut(),
        "hr-db": canned.disabled(),
        "reporting-db": canned.default_key(),
        "cards-db": canned.not_authorized(),
        "archive-db": canned.deleted(),
    }
    return [{**body, "name": name, "guid": f"guid-{name}"} for name, body in states.items()]


def open_health(qtbot: Any, context: FakeContext, cloud: Any, bodies: list[canned.Json], size: Any) -> Stage:
    """The page on these instances, once they are read."""
    from tests.gui.conftest import show

    cloud.empty = not bodies
    if bodies:
        cloud.body, cloud.others = bodies[0], bodies[1:]
    stage = Stage(context, Place(KEY_HEALTH), *size)
    show(qtbot, stage, *size)
    qtbot.waitUntil(lambda: not context.tasks.busy, timeout=20_000)
    return stage
