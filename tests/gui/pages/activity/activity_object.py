"""Page object of Activity."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from kyok_gui.places import Place
from kyok_gui.widgets import InlineNote, MenuButton, SelectField, Text
from kyok_gui.widgets.tags import FilterChip
from tests.gui import driver
from tests.gui.conftest import show
from tests.gui.fakes import FakeContext
from tests.gui.pages.activity.fake_log import FakeLog
from tests.gui.pages.database.fakes import Stage

TABLE = "activity.table"


class Activity:
    """What a person sees and presses, inside a stage or a whole console."""

    def __init__(self, root: QWidget, qtbot: Any) -> None:
        self.root = root
        self._qtbot = qtbot

    def titles(self) -> list[str]:
        return [row[1] for row in driver.table_rows(self.root, TABLE)]

    def row(self, place: int) -> list[str]:
        return driver.table_rows(self.root, TABLE)[place]

    def chips(self) -> list[str]:
        return [chip.text() for chip in self.root.findChildren(FilterChip) if chip.isVisibleTo(self.root)]

    def take_chip(self, field: str) -> None:
        driver.press(self.root, f"activity.chip.{field}")

    @property
    def period(self) -> str:
        return driver.find(self.root, "activity.period", MenuButton).text()

    def choose_period(self, period: str) -> None:
        driver.choose_action(self.root, "activity.period", period)

    def choose(self, field: str, value: str) -> None:
        if not driver.exists(self.root, "activity.strip"):
            driver.press(self.root, "activity.filter")
        select = driver.find(self.root, f"activity.{field}.field", SelectField)
        driver.wait_for(self._qtbot, lambda: value in {choice.id for choice in select.choices()})
        driver.choose(self.root, f"activity.{field}", value)

    def search(self, text: str) -> None:
        driver.write(self.root, f"{TABLE}.search", text)

    @property
    def count(self) -> str:
        return driver.find(self.root, f"{TABLE}.count", Text).words()

    @property
    def subtitle(self) -> str:
        return driver.find(self.root, "page.subtitle", Text).words()

    @property
    def nothing(self) -> str:
        return driver.find(self.root, f"{TABLE}.nothing", Text).words()

    @property
    def failure(self) -> str:
        return driver.find(self.root, "activity.failure", InlineNote).words()

    def open(self, title: str) -> None:
        """Opens the record of an event by pressing what happened."""
        driver.click_link(self.root, TABLE, self.titles().index(title), "what")

    def follow_target(self, title: str) -> None:
        driver.click_link(self.root, TABLE, self.titles().index(title), "target")


def open_activity(
    qtbot: Any, context: FakeContext, log: FakeLog, place: Place, size: tuple[int, int] = (1440, 900)
) -> Stage:
    """The page on this log, once it is read. The directory holds acme-hpcs, ledger-db, hr-db and acme-kp."""
    context.api = type("Api", (), {"activity": log})()
    if not context.directory.known:
        from tests.gui.shell.sample import entries

        context.directory.set_entries(entries())
    context.navigator.go(place)
    stage = Stage(context, place, *size)
    show(qtbot, stage, *size)
    qtbot.waitUntil(lambda: not context.tasks.busy, timeout=20_000)
    return stage
