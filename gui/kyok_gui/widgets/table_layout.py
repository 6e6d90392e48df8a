"""How a person arranged a table: order, visibility and widths of its columns, and the order of its rows. No Qt."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kyok_gui.widgets.columns import Column

NARROWEST = 56
WIDEST = 1_200
"""Pixels that a column may be drawn to."""


@dataclass(frozen=True, slots=True)
class TableLayout:
    """What a person changed; what is not named here stands as its column declares it."""

    order: tuple[str, ...] = ()
    shown: Mapping[str, bool] = field(default_factory=dict)
    widths: Mapping[str, int] = field(default_factory=dict)
    sort: tuple[str, bool] | None = None
    """Column and direction (True: descending)."""

    def is_shown(self, column: Column[Any]) -> bool:
        """Whether a column is wished for."""
        return self.shown.get(column.id, not column.optional)

    def arranged(self, columns: Sequence[Column[Any]]) -> list[int]:
        """The places of all columns from left to right. The first one stays first: ticks and links stand in it.

        A column that the kept order does not know (it is newer) stands behind the one that it is declared behind.
        """
        places = {column.id: place for place, column in enumerate(columns)}
        found = [places[name] for name in self.order if places.get(name, 0) > 0]
        for place in range(1, len(columns)):
            if place not in found:
                before = found.index(place - 1) + 1 if place - 1 in found else 0
                found.insert(before, place)
        return [0, *found] if columns else []

    def with_shown(self, column_id: str, shown: bool) -> TableLayout:
        """With a column shown or hidden."""
        return replace(self, shown={**self.shown, column_id: shown})

    def with_width(self, column_id: str, width: int) -> TableLayout:
        """With a width of its own for a column, in pixels."""
        return replace(self, widths={**self.widths, column_id: max(NARROWEST, min(WIDEST, width))})

    def with_order(self, ids: Sequence[str]) -> TableLayout:
        """With another order of the columns."""
        return replace(self, order=tuple(ids))

    def with_sort(self, column_id: str, descending: bool) -> TableLayout:
        """With another order of the rows."""
        return replace(self, sort=(column_id, descending))

    def moved(self, columns: Sequence[Column[Any]], column_id: str, step: int) -> TableLayout:
        """With a column moved to the left (-1) or to the right (1)."""
        ids = [columns[place].id for place in self.arranged(columns)]
        at = ids.index(column_id)
        to = max(1, min(len(ids) - 1, at + step))
        ids.insert(to, ids.pop(at))
        return self.with_order(ids)

    def to_text(self) -> str:
        """For the settings file."""
        kept = {"order": list(self.order), "shown": dict(self.shown), "widths": dict(self.widths), "sort": self.sort}
        return json.dumps({name: value for name, value in kept.items() if value}, sort_keys=True)

    @classmethod
    def of_text(cls, text: str) -> TableLayout:
        """What `to_text` wrote; anything else, also a part that makes no sense, counts as not kept."""
        try:
            kept = json.loads(text) if text else {}
        except ValueError:
            kept = {}
        if not isinstance(kept, dict):
            return cls()
        shown, widths, order, sort = (kept.get(name) for name in ("shown", "widths", "order", "sort"))
        made = cls(tuple(str(one) for one in order) if isinstance(order, list) else ())
        for name, value in shown.items() if isinstance(shown, dict) else ():
            made = made.with_shown(name, value is not False)
        for name, value in widths.items() if isinstance(widths, dict) else ():
            made = made.with_width(name, value) if type(value) is int else made
        if isinstance(sort, list) and len(sort) == 2 and isinstance(sort[0], str):
            made = made.with_sort(sort[0], sort[1] is True)
        return made


def kept_columns(layout: TableLayout, columns: Sequence[Column[Any]]) -> list[Column[Any]]:
    """The columns that are wished for, from left to right."""
    found = [columns[place] for place in layout.arranged(columns)]
    return [column for place, column in enumerate(found) if place == 0 or layout.is_shown(column)]
