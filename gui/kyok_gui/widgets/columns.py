"""Columns of a table, declared as data.

`value` is what a file gets: a number, a date or a moment where the column shows one, so that a spreadsheet can reckon
with it. `optional` columns are hidden until somebody chooses them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from kyok.domain.translation import tr
from kyok_gui.widgets.status import Status

R = TypeVar("R")

Value = str | int | float | bool | date | datetime | None
"""What a cell of an exported file may hold."""

EN_DASH = "–"
"""What an empty cell shows."""


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column: how a row's cell reads, looks and sorts."""

    id: str
    title: str
    text: Callable[[R], str]
    detail: Callable[[R], str] | None = None
    kind: str = "text"
    status: Callable[[R], Status | None] | None = None
    icon: Callable[[R], str | Status | None] | None = None
    tag: Callable[[R], str | None] | None = None
    link: Callable[[R], bool] | None = None
    """Whether a cell leads somewhere: cells of the kind "link" do by themselves, others without looking like links."""
    sort: Callable[[R], Any] | None = None
    tone: str = ""
    width: int = 0
    weight: int = 1
    hide_below: int = 0
    align_right: bool = False
    optional: bool = False
    value: Callable[[R], Value] | None = None
    value_title: str = ""
    """Head of the column in a file where `title` alone would not name the unit, as in "Size, bytes"."""
    detail_title: str = ""
    """Head under which a file gets the second line; without it both lines share a column."""
    small: bool = False
    """Whether the words are those of labels, as where several columns of states stand side by side."""
    alarm: Callable[[R], int] | None = None
    """Which line of a cell tells of a loss, and is red: the first or the second; 0 for none."""
    whole: bool = False
    """Whether its words differ at their end, as names with versions do: it gets what others do not need of their room,
    and what is still too long is cut in the middle."""
    second_leads: Callable[[R], bool] | None = None
    """Whether it is the second line of a link that leads somewhere, as "Create" under "Missing"."""

    def told(self) -> Column[R]:
        """The same column with its heads in the language of the window: columns are declared before it is known."""
        heads = (tr(self.title), tr(self.value_title), tr(self.detail_title))
        return replace(self, title=heads[0], value_title=heads[1], detail_title=heads[2])

    def words(self, row: R) -> str:
        """First and second line, for the filter and for screen readers."""
        first = self.text(row)
        second = self.detail(row) if self.detail is not None else ""
        return f"{first}, {second}" if second and first else first or second

    @property
    def style(self) -> str:
        """The type style of the words."""
        if self.kind == "mono":
            return "code01"
        return "label01" if self.small or self.kind == "tag" else "bodyCompact01"

    def is_link(self, row: R) -> bool:
        """Whether this row's cell leads somewhere."""
        if self.link is not None:
            return self.link(row)
        return self.kind == "link" and bool(self.text(row))

    def sort_value(self, row: R) -> Any:
        """What the rows are ordered by; None for a row without a value, which comes last."""
        if self.sort is not None:
            return self.sort(row)
        text = self.text(row)
        lower = text.lower()
        return text if text == lower else lower  # the same object again: 10,000 of them are kept
