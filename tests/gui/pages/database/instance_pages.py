"""Page objects of the smaller pages of an instance."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kyok_gui.page import Page
from kyok_gui.pages.database.change_progress import ChangeProgress
from kyok_gui.widgets import Field, InlineNote, KeyValueList, SelectField, StaticTable, StatusLabel, Text
from kyok_gui.widgets.line_chart import LineChart
from tests.gui.driver import choose, find, table_rows
from tests.gui.pages.database.pages import PageObject


class Changing(PageObject):
    """What Resources and Configuration have in common."""

    place = ""

    @property
    def why_not(self) -> str:
        note = find(self.root, f"{self.place}.why-not", InlineNote)
        return note.words() if note.isVisibleTo(self.root) else ""

    @property
    def refused(self) -> str:
        note = find(self.root, f"{self.place}.refused", InlineNote)
        return note.words() if note.isVisibleTo(self.root) else ""

    @property
    def can_apply(self) -> bool:
        return self.button(f"{self.place}.apply").isEnabled()

    def apply(self) -> None:
        self.press(f"{self.place}.apply")

    @property
    def unsaved(self) -> str:
        """What the window would ask about before one leaves."""
        return find(self.root, f"page.{self.place}", Page).unsaved()

    def give_up(self) -> None:
        """Leaves all the same."""
        find(self.root, f"page.{self.place}", Page).give_up()

    def progress(self) -> list[tuple[str, str]]:
        """Node and state, in the order in which they began; nothing before the first change."""
        tile = find(self.root, f"{self.place}.progress", ChangeProgress)
        return [(row[0], row[2]) for row in tile.table.words()] if tile.isVisibleTo(self.root) else []

    @property
    def state(self) -> str:
        return find(self.root, f"{self.place}.progress.state", StatusLabel).words()

    @property
    def failure(self) -> str:
        note = find(self.root, f"{self.place}.progress.failure", InlineNote)
        return note.words() if note.isVisibleTo(self.root) else ""


class Sizes(Changing):
    """The Resources page."""

    place = "db-resources"

    def choose(self, what: str, value: int) -> None:
        choose(self.root, f"{self.place}.{what}", str(value))

    def reason(self, what: str, value: int) -> str:
        """Why a size cannot be chosen."""
        field = find(self.root, f"{self.place}.{what}.field", SelectField)
        return next(choice.reason for choice in field.choices() if choice.id == str(value))

    def table(self) -> list[list[str]]:
        return find(self.root, f"{self.place}.table", StaticTable).words()

    @property
    def price(self) -> str:
        return self.text(f"{self.place}.price")

    @property
    def now(self) -> str:
        return self.text(f"{self.place}.price-now")

    @property
    def order(self) -> str:
        return self.text(f"{self.place}.order")

    @property
    def free(self) -> str:
        note = find(self.root, f"{self.place}.free", InlineNote)
        return note.words() if note.isVisibleTo(self.root) else ""


class Parameters(Changing):
    """The Configuration page."""

    place = "configuration"

    def error(self, name: str) -> str:
        return find(self.root, f"{self.place}.{name}.field", Field).error

    def set(self, name: str, value: str) -> None:
        self.type(f"{self.place}.{name}", value)

    def value(self, name: str) -> str:
        return find(self.root, f"{self.place}.{name}.field", Field).value()  # type: ignore[attr-defined, no-any-return]

    @property
    def consequence(self) -> str:
        words = find(self.root, f"{self.place}.consequence", Text)
        return words.words() if words.isVisibleTo(self.root) else ""


class Tasks(PageObject):
    """The Tasks page."""

    def rows(self) -> list[list[str]]:
        """Without the column that is hidden until somebody chooses it."""
        return [row[:-1] for row in table_rows(self.root, "tasks.table")]

    def panel(self) -> dict[str, str]:
        return find(self.root, "tasks.panel.values", KeyValueList).words()

    def nodes(self) -> list[list[str]]:
        found = find(self.root, "tasks.panel.nodes", StaticTable)
        return found.words() if found.isVisibleTo(self.root) else []


class Charts(PageObject):
    """The Observability page."""

    def chart(self, what: str) -> LineChart:
        return find(self.root, f"observability.chart.{what}", LineChart)

    def shown(self) -> list[str]:
        charts = [one for one in self.root.findChildren(LineChart) if one.isVisibleTo(self.root)]
        return [one.objectName().rpartition(".")[2] for one in charts]

    def key(self, what: str, key: Qt.Key) -> None:
        QTest.keyClick(self.chart(what), key)
