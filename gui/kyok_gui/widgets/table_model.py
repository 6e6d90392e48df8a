"""Rows of a table, filtered and sorted here: a proxy on a Python model is twenty times slower (gui.md section 5)."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from kyok.domain.translation import tr
from kyok_gui.widgets.columns import EN_DASH, Column, R

V = TypeVar("V")

_AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

ROW = Qt.ItemDataRole.UserRole
"""Role under which a cell gives its row object."""


@dataclass(frozen=True, slots=True)
class _Source(Generic[R]):
    """Rows with the words that the filter looks at."""

    rows: list[R]
    texts: list[str]


@dataclass(frozen=True, slots=True)
class _Ranking(Generic[R]):
    """All rows in an order, by their places in `rows`, with the value of each that the order was made from."""

    rows: list[R]
    order: tuple[int, bool] | None
    values: list[Any]
    ranking: Sequence[int]


def carried(old: Sequence[R], kept: Sequence[V], fresh: Sequence[R], make: Callable[[R], V]) -> list[V]:
    """What is kept for each row that is the very same object as before; `make` gives it for the others.

    Making it is what costs most with 10,000 rows. Most rows stand where they stood, so that is looked at first.
    """
    by_row: dict[int, V] = {}
    values: list[V] = []
    for place, row in enumerate(fresh):
        if place < len(old) and old[place] is row:
            values.append(kept[place])
            continue
        if place < len(old) and not by_row:
            by_row = {id(one): value for one, value in zip(old, kept, strict=True)}
        values.append(by_row[id(row)] if id(row) in by_row else make(row))
    return values


def _holds_all(text: str, words: Sequence[str]) -> bool:
    return all(word in text for word in words)


def _sorted_places(values: list[Any], descending: bool) -> Sequence[int]:
    """The places of the values in their order; rows without a value come last when it ascends."""
    key = (lambda index: (values[index] is None, values[index])) if None in values else values.__getitem__
    return array("I", sorted(range(len(values)), key=key, reverse=descending))  # a tenth of what a list takes


class TableModel(QAbstractTableModel, Generic[R]):
    """Rows of any kind under declared columns; ticks and order survive new rows."""

    ticked = Signal()
    counted = Signal()

    def __init__(
        self,
        columns: Sequence[Column[R]],
        key: Callable[[R], str],
        parent: QObject | None = None,
        *,
        also: Callable[[R], str] | None = None,
    ) -> None:
        """`also` gives words that the filter finds although no column shows them, as an id."""
        super().__init__(parent)
        self.columns = tuple(column.told() for column in columns)
        self.key = key
        self._also = also
        self._all: list[R] = []
        self._texts: list[str] = []
        self._shown: Sequence[int] = range(0)
        self._filter = ""
        self._predicate: Callable[[R], bool] | None = None
        self._order: tuple[int, bool] | None = None
        self._ranking: _Ranking[R] = _Ranking(self._all, None, [], range(0))
        self._ticks: set[str] = set()

    # rows ---------------------------------------------------------------

    @property
    def total(self) -> int:
        """How many rows there are."""
        return len(self._all)

    @property
    def shown(self) -> int:
        """How many rows pass the filter."""
        return len(self._shown)

    @property
    def filter_text(self) -> str:
        """What is searched for."""
        return self._filter

    def set_rows(self, rows: Iterable[R]) -> None:
        """Replaces the rows. Where only contents changed, cells change in place and the view keeps its position."""
        fresh, key = list(rows), self.key
        if fresh == self._all:
            return
        same = len(fresh) == len(self._all) and all(
            one is other or key(one) == key(other) for one, other in zip(fresh, self._all, strict=True)
        )
        texts = carried(self._all, self._texts, fresh, self._filter_words)
        kept = self._ticks & {key(row) for row in fresh} if self._ticks else self._ticks
        lost = kept != self._ticks
        self._ticks = kept
        self._arrange(_Source(fresh, texts), same)
        if lost:
            self.ticked.emit()

    def _filter_words(self, row: R) -> str:
        words = [column.words(row) for column in self.columns]
        return "\n".join([*words, self._also(row)] if self._also is not None else words).lower()

    def rows(self) -> list[R]:
        """The rows as shown, in their order."""
        return [self._all[index] for index in self._shown]

    def row_at(self, row: int) -> R:
        """One row as shown."""
        return self._all[self._shown[row]]

    def place_of(self, key: str) -> int:
        """Where the row with this key is shown, or -1."""
        return self._places({key}).get(key, -1)

    def _places(self, keys: set[str]) -> dict[str, int]:
        """Where the rows with these keys are shown; those that are hidden are left out."""
        if not keys:
            return {}
        shown = ((place, self.key(self._all[index])) for place, index in enumerate(self._shown))
        return {key: place for place, key in shown if key in keys}

    # filter and order ---------------------------------------------------

    def set_filter(self, text: str) -> None:
        """Shows only rows that hold all words of the text."""
        if text.lower() != self._filter:
            self._filter = text.lower()
            self._arrange()

    def set_predicate(self, predicate: Callable[[R], bool] | None) -> None:
        """Shows only rows for which this holds, besides the text filter."""
        self._predicate = predicate
        self._arrange()

    @property
    def order(self) -> tuple[int, bool] | None:
        """Column and direction (True: descending) of the order, or None for the order of the source."""
        return self._order

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Orders by a column; -1 goes back to the order of the source."""
        self._order = (column, order == Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self._arrange()

    def sieve(self) -> Callable[[Sequence[R]], list[R]]:
        """What filters and orders as this table does now, for rows that it does not hold; may run in a worker."""
        words, predicate, order, columns = self._filter.split(), self._predicate, self._order, self.columns
        filter_words = self._filter_words

        def sift(rows: Sequence[R]) -> list[R]:
            found = [row for row in rows if not words or _holds_all(filter_words(row), words)]
            if predicate is not None:
                found = [row for row in found if predicate(row)]
            if order is None:
                return found
            values = [columns[order[0]].sort_value(row) for row in found]
            return [found[index] for index in _sorted_places(values, order[1])]

        return sift

    def _arrange(self, source: _Source[R] | None = None, in_place: bool = False) -> None:
        """Takes rows and shows what passes. Views ask for cells until they are told, so nothing changes before."""
        source = source or _Source(self._all, self._texts)
        shown = self._matching(source)
        if in_place and shown == self._shown:
            self._all, self._texts = source.rows, source.texts
            if shown:
                self.dataChanged.emit(self.index(0, 0), self.index(len(shown) - 1, len(self.columns) - 1))
            return
        self.layoutAboutToBeChanged.emit()
        before = [(index, self.key(self.row_at(index.row()))) for index in self.persistentIndexList()]
        self._all, self._texts, self._shown = source.rows, source.texts, shown
        places = self._places({key for _, key in before})
        for index, key in before:
            place = places.get(key, -1)
            self.changePersistentIndex(index, self.index(place, index.column()) if place >= 0 else QModelIndex())
        self.layoutChanged.emit()
        self.counted.emit()

    def _ranked(self, rows: list[R]) -> Sequence[int]:
        """All rows in the order asked for; kept, so that a stroke in the filter need not sort 10,000 rows again."""
        known = self._ranking
        if known.rows is rows and known.order == self._order:
            return known.ranking
        if self._order is None:
            self._ranking = _Ranking(rows, None, [], range(len(rows)))
        else:
            place, descending = self._order
            before, kept = (known.rows, known.values) if known.order and known.order[0] == place else ([], [])
            values = carried(before, kept, rows, self.columns[place].sort_value)
            self._ranking = _Ranking(rows, self._order, values, _sorted_places(values, descending))
        return self._ranking.ranking

    def _matching(self, source: _Source[R]) -> Sequence[int]:
        words = self._filter.split()
        texts, ranked = source.texts, self._ranked(source.rows)
        if not words:
            found = ranked
        elif len(words) == 1:
            word = words[0]
            found = [index for index in ranked if word in texts[index]]
        else:
            found = [index for index in ranked if _holds_all(texts[index], words)]
        if self._predicate is not None:
            predicate = self._predicate
            found = [index for index in found if predicate(source.rows[index])]
        return found

    # ticks --------------------------------------------------------------

    def is_ticked(self, row: int) -> bool:
        """Whether the row is ticked."""
        return self.key(self.row_at(row)) in self._ticks

    @property
    def ticks(self) -> int:
        """How many rows are ticked, hidden ones included."""
        return len(self._ticks)

    @property
    def hidden_ticks(self) -> int:
        """How many ticked rows the filter hides."""
        if not self._ticks:
            return 0
        return len(self._ticks) - sum(self.key(self._all[index]) in self._ticks for index in self._shown)

    def ticked_keys(self) -> frozenset[str]:
        """The keys of the ticked rows."""
        return frozenset(self._ticks)

    def keys_between(self, one: int, other: int) -> set[str]:
        """The keys of the rows shown from one place to another, both included."""
        first, last = sorted((one, other))
        return {self.key(self.row_at(row)) for row in range(max(0, first), min(last, self.shown - 1) + 1)}

    def tick(self, row: int) -> None:
        """Turns the tick of a row."""
        self._ticks ^= {self.key(self.row_at(row))}
        self._tell_ticks()

    def set_checked(self, keys: Iterable[str]) -> None:
        """Ticks just these rows."""
        self._ticks = set(keys) & {self.key(row) for row in self._all}
        self._tell_ticks()

    def tick_all(self, on: bool) -> None:
        """Ticks every row shown, or none."""
        self.set_checked([self.key(row) for row in self.rows()] if on else [])

    def checked_rows(self) -> list[R]:
        """The ticked rows, hidden ones included, in the order of the source."""
        if not self._ticks:
            return []
        return [row for row in self._all if self.key(row) in self._ticks]

    def _tell_ticks(self) -> None:
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(self.columns) - 1))
        self.ticked.emit()

    # Qt -----------------------------------------------------------------

    def rowCount(self, parent: _AnyIndex = _NOWHERE) -> int:
        """Rows shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _AnyIndex = _NOWHERE) -> int:
        """Declared columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell; the row object under `ROW`."""
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        row = self.row_at(index.row())
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row) or EN_DASH
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = tr("{column}: {words}", column=column.title, words=column.words(row) or tr("empty"))
            ticked = index.column() == 0 and self._ticks and self.key(row) in self._ticks
            return tr("{words}, ticked", words=words) if ticked else words
        if role == ROW:
            return row
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The titles of the columns; an untitled column still has a spoken name."""
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            column = self.columns[section]
            if role == Qt.ItemDataRole.DisplayRole:
                return column.title
            if role == Qt.ItemDataRole.AccessibleTextRole:
                way = "" if self._order is None or self._order[0] != section else self._order[1]
                title = column.title or column.id
                if way == "":
                    return title
                return (
                    tr("{title}, sorted descending", title=title)
                    if way
                    else tr("{title}, sorted ascending", title=title)
                )
        return None

    def flags(self, index: _AnyIndex) -> Qt.ItemFlag:
        """Every cell can be reached."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if index.isValid() else Qt.ItemFlag.NoItemFlags
