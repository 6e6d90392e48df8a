"""A whole table: toolbar, batch bar, heads and rows, skeleton, empty words and footer.

How a page opts in to what every table has (columns to choose and to drag, widths, order and row height that are kept,
copying, CSV):

- Nothing is to be done for a table that a page builds in its `__init__`: `Page` equips every table that it finds when
  it comes into sight. A table that is made later, or in a dialog, calls `equip(context)` itself.
- `DataTable(copies={"CRN": lambda row: row.crn, "ID": lambda row: row.guid})` names what tells a row from every other
  one. The first of them is what Ctrl+Alt+C copies; files get them as last columns.
- `Column(value=..., value_title=..., detail_title=...)` say what a file gets where a cell shows a size, a count or a
  time in words; `Column(optional=True)` is a column that is hidden until somebody chooses it.
- A page that does not hold all rows gives `table.whole`: called when a file is wanted, it answers a function that reads
  all rows in a worker (filter and order are applied to them there). While rows are still on their way it calls
  `set_complete(False)`, so that "Select all" says that there may be more.
- A name of a table is a name in the settings file: `name` must stay what it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QVBoxLayout, QWidget

from kyok.domain.translation import tr
from kyok_gui.widgets.basics import named
from kyok_gui.widgets.buttons import MenuEntry, fill_menu
from kyok_gui.widgets.columns import R
from kyok_gui.widgets.focus_rest import focus_in
from kyok_gui.widgets.skeleton import Skeleton
from kyok_gui.widgets.table_export import lines_of
from kyok_gui.widgets.table_keys import act_of
from kyok_gui.widgets.table_layout import kept_columns
from kyok_gui.widgets.table_model import TableModel
from kyok_gui.widgets.table_parts import Footer, NothingMatches
from kyok_gui.widgets.table_view import TableView
from kyok_gui.widgets.toolbar import BatchBar, Toolbar

if TYPE_CHECKING:
    from kyok_gui.context import PageContext
    from kyok_gui.widgets.table_tools import TableTools

_LEAST_ROWS = 4
_COPY = "copy:"

Whole = Callable[[], Callable[[], Sequence[Any]] | None]
"""Asked when a file is wanted: how all rows are read in a worker, or None when the table holds them all."""


class DataTable(QWidget, Generic[R]):
    """Shows a `TableModel` in the manner of the console."""

    opened = Signal(object, str)
    menu_chosen = Signal(object, str)
    ticked = Signal()
    copied = Signal(str, str)
    """What was copied ("Name", "CRN", "Row"), and its text."""

    def __init__(
        self,
        model: TableModel[R],
        *,
        name: str,
        accessible: str,
        noun: tuple[str, str],
        row_height: int = 40,
        head_height: int = 40,
        checkable: bool = False,
        row_menu: Callable[[R], Sequence[MenuEntry]] | None = None,
        search: str = "",
        footer: bool = True,
        fits: bool = False,
        most_rows: int = 0,
        copies: Mapping[str, Callable[[R], str]] | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName(f"{name}.frame")
        self.model = model
        self._name = name
        noun = (tr(noun[0]), tr(noun[1]))
        self._noun = noun
        self._fits = fits
        self._most_rows = most_rows
        self._row_menu = row_menu
        self.copies = {tr(noted_title): value for noted_title, value in (copies or {}).items()}
        self.whole: Whole = lambda: None
        self._designed = (row_height, head_height)
        self._complete = True
        self._known_total = 0
        self._sifted = False
        self._tools: TableTools[R] | None = None
        self._loading = False
        self._empty: QWidget | None = None
        self.toolbar = Toolbar(search, name=name, accessible=accessible)
        self.batch = BatchBar(name=name, noun=noun)
        self.view = TableView(model, name=name, accessible=accessible, row_height=row_height, head_height=head_height)
        self.view.cells.checkable = checkable
        self.view.cells.menus = row_menu is not None
        self._skeleton = Skeleton(5, row_height=row_height, head_height=head_height)
        self._nothing = NothingMatches(name, noun[1])
        self._footer = Footer(name) if footer else None
        self._lay_out()
        self._connect()
        self._show_parts()

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for widget in (self.toolbar, self.batch):
            self._column.addWidget(widget)
        self._column.addWidget(self.view, 1)
        self._column.addWidget(self._skeleton)
        self._column.addWidget(self._nothing)
        self._column.addWidget(self.batch.line)
        self.batch.chain_line(self.view)
        if self._footer is not None:
            self._column.addWidget(self._footer)
        if not self._fits:
            self._column.addStretch(0)
        policy = QSizePolicy.Policy.Fixed if self._fits else QSizePolicy.Policy.Expanding
        self.view.setSizePolicy(QSizePolicy.Policy.Expanding, policy)
        if self._fits:
            self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _connect(self) -> None:
        self.toolbar.searched.connect(self.model.set_filter)
        self.model.counted.connect(self._show_parts)
        self.model.ticked.connect(self._ticks_changed)
        self.batch.cancelled.connect(lambda: self.model.set_checked([]))
        self.view.opened.connect(self._open)
        self.view.menu_wanted.connect(self._open_menu)
        self.view.copy_wanted.connect(self.copy)
        self.batch.all_wanted.connect(lambda: self.model.tick_all(True))
        self._nothing.cleared.connect(self.toolbar.search.clear)

    # parts ------------------------------------------------------------------

    def _show_parts(self) -> None:
        """Shows what belongs to the present number of rows."""
        model = self.model
        bare = not self._loading and model.total == 0 and not self._sifted
        empty = bare and self._empty is not None
        nothing = not self._loading and model.shown == 0 and not empty
        ticked = bool(model.ticks) and self.batch.has_actions
        if ticked:
            self._show_ticks()
        focused = focus_in(self.window())
        follows = self._empty is not None and focused is not None and self._empty.isAncestorOf(focused)
        self._skeleton.setVisible(self._loading and model.total == 0)
        self.view.setVisible(not self._skeleton.isVisibleTo(self) and not empty)
        self._nothing.setVisible(nothing)
        self._nothing.set_words(model.filter_text, bare)
        self.toolbar.setVisible(self.toolbar.used and not ticked and not empty)
        self.batch.setVisible(ticked and not empty)
        if self._empty is not None:
            self._empty.setVisible(empty)
        if self._footer is not None:
            self._footer.setVisible(not self._loading and not empty and model.shown > 0)
            self._footer.count.setText(self._counted())
        if follows and not empty and self.view.isVisible():
            self.view.setFocus(Qt.FocusReason.TabFocusReason)  # the row that was wanted has come
        self._fit_height()

    def _fit_height(self) -> None:
        rows, height = self.model.shown, self.view.row_height
        head = self.view.head.height()
        whole = head + rows * height
        if self._fits or self._most_rows:
            self.view.setFixedHeight(min(whole, head + (self._most_rows or rows) * height))
        else:
            self.view.setMinimumHeight(min(whole, head + _LEAST_ROWS * height))
            self.view.setMaximumHeight(min(whole, self._whole_rows()))
        self.view.share_width()

    def _whole_rows(self) -> int:
        """The height at which the last row in sight is not cut, in the room that the page gives."""
        others = [
            part
            for part in (self.toolbar, self.batch, self.batch.line, self._footer)
            if part is not None and not part.isHidden()
        ]
        taken = sum(max(part.sizeHint().height(), part.minimumHeight()) for part in others)
        head, height = self.view.head.height(), self.view.row_height
        rows = max(_LEAST_ROWS, (self.height() - taken - head) // height)
        return head + rows * height

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Whole rows fit into the new height."""
        super().resizeEvent(event)
        if event.size().height() != event.oldSize().height():
            self._fit_height()

    def _counted(self) -> str:
        shown, total = self.model.shown, self.model.total
        if self._known_total > total:
            return tr(
                "{shown} of {known_total} {noun}",
                shown=f"{shown:,}",
                known_total=f"{self._known_total:,}",
                noun=self._noun[1],
            )
        noun = self._noun[0 if total == 1 else 1]
        if shown < total:
            return tr("{shown} of {total} {noun}", shown=f"{shown:,}", total=f"{total:,}", noun=noun)
        if total <= 1:
            return tr("1 {noun}", noun=noun) if total else tr("No {noun}", noun=noun)
        return tr("1–{shown} of {total} {noun}", shown=f"{shown:,}", total=f"{total:,}", noun=noun)

    def _show_ticks(self) -> None:
        model = self.model
        self.batch.set_count(model.ticks, model.hidden_ticks)
        seen = model.keys_between(*self.view.rows_in_sight()) if model.ticks < model.shown else set()
        more = bool(seen) and seen <= model.ticked_keys()
        self.batch.offer_all(model.shown if more else 0, loading=not self._complete)

    def _ticks_changed(self) -> None:
        self.view.head.viewport().update()
        self._show_parts()
        self.ticked.emit()

    def set_loading(self, loading: bool) -> None:
        """Shows skeleton rows while the first rows are on their way."""
        self._loading = loading
        self._show_parts()

    def set_empty(self, empty: QWidget) -> None:
        """What stands in the table's place when there is no row at all."""
        self._empty = empty
        self._column.insertWidget(self._column.indexOf(self._nothing), empty)
        self._show_parts()

    def set_noun(self, noted_one: str, noted_many: str) -> None:
        """What the rows are called in the footer, as when a filter shows one kind of them."""
        self._noun = (tr(noted_one), tr(noted_many))
        self._nothing.noun = self._noun[1]
        self._show_parts()

    def set_sifted(self, sifted: bool) -> None:
        """Whether the page itself leaves rows out by a filter: then no row means that none matches."""
        self._sifted = sifted
        self._show_parts()

    def set_complete(self, complete: bool) -> None:
        """Whether all rows that there are have arrived."""
        self._complete = complete
        self._show_parts()

    def set_known_total(self, total: int) -> None:
        """How many rows there are in all, those that have not been read included."""
        self._known_total = total
        self._show_parts()

    def set_bare_words(self, words: str) -> None:
        """What is said in place of rows when there is none at all and no empty state."""
        self._nothing.bare_words = words
        self._show_parts()

    def set_footer_note(self, text: str) -> None:
        """Words at the right end of the footer."""
        if self._footer is not None:
            self._footer.note.setText(text)

    # acts -------------------------------------------------------------------

    def checked(self) -> list[R]:
        """The ticked rows."""
        return self.model.checked_rows()

    def sort_by(self, column_id: str, *, descending: bool = False) -> None:
        """Orders by a column."""
        place = next(i for i, column in enumerate(self.model.columns) if column.id == column_id)
        self.model.sort(place, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)

    def select_key(self, key: str) -> bool:
        """Makes the row with this key the current one and brings it into sight."""
        place = self.model.place_of(key)
        if place >= 0:
            self.view.setCurrentIndex(self.model.index(place, 0))
        return place >= 0

    def _open(self, row: int, place: int) -> None:
        found: Any = self.model.row_at(row)
        columns = self.model.columns
        if not columns[place].is_link(found):
            links = [index for index, column in enumerate(columns) if column.is_link(found)]
            if not links:
                return
            place = links[0]
        self.opened.emit(found, columns[place].id)

    # everywhere -------------------------------------------------------------

    def equip(self, context: PageContext) -> None:
        """Gives the table what every table has; a second time does nothing."""
        if self._tools is None:
            from kyok_gui.widgets.table_tools import TableTools

            self._tools = TableTools(self, context)

    @property
    def tools(self) -> TableTools[R] | None:
        """What `equip` gave."""
        return self._tools

    @property
    def name(self) -> str:
        """The automation name of the view."""
        return self._name

    @property
    def noun(self) -> tuple[str, str]:
        """What the rows are called, one and many."""
        return self._noun

    @property
    def row_height(self) -> int:
        """Height of a row now."""
        return self.view.row_height

    @property
    def head_height(self) -> int:
        """Height of the heads now."""
        return self.view.head.height()

    def set_row_height(self, wished: int) -> None:
        """Rows as high as a person likes them; 0 is what the page suggests. Two lines need 16 pixels more."""
        row, head = self._designed
        if wished:
            row = wished + (16 if any(column.detail is not None for column in self.model.columns) else 0)
            head = 32 if wished <= 32 else 40
        self.view.set_heights(row, head)
        self._skeleton.set_heights(row, head)
        self._show_parts()

    def copy(self, what: str, row: int, place: int) -> None:
        """Puts a cell, a row (or the ticked rows), or what tells the row from others on the clipboard."""
        model = self.model
        found = model.row_at(row)
        if what == "row":
            rows = self.checked() or [found]
            columns = kept_columns(self.view.arrangement, model.columns)
            title, text = (
                tr("Row") if len(rows) == 1 else tr("{count} rows", count=f"{len(rows):,}"),
                lines_of(columns, rows),
            )
        elif what == "cell" or (what == "id" and not self.copies):
            title, text = model.columns[place].title, model.columns[place].words(found)
        else:
            title = next(iter(self.copies)) if what == "id" else what
            text = self.copies[title](found)
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(title, text)

    def _copy_entries(self, place: int) -> tuple[MenuEntry, ...]:
        cell = MenuEntry(f"{_COPY}cell", self.model.columns[place].title or tr("Cell"))
        ids = [MenuEntry(_COPY + title, title) for title in self.copies if title != cell.title]
        return (cell, MenuEntry(f"{_COPY}row", tr("Whole row")), *ids)

    def _entries(self, row: R, place: int) -> list[MenuEntry]:
        """The page's entries, then copying; what is dangerous comes last."""
        own = list(self._row_menu(row)) if self._row_menu is not None else []
        daily = [entry for entry in own if not entry.danger]
        copying = MenuEntry("copy", tr("Copy"), icon="copy", under=self._copy_entries(place), rule_above=bool(daily))
        table = [] if self._tools is None or self.toolbar.used else list(self._tools.entries())
        return [*daily, copying, *table, *(entry for entry in own if entry.danger)]

    def _open_menu(self, row: int, place: int, where: QPoint) -> None:
        found = self.model.row_at(row)
        menu = QMenu(self)
        named(menu, f"{self._name}.menu", tr("Actions of this row"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fill_menu(menu, self._entries(found, place))
        menu.triggered.connect(lambda action: self._menu_chosen(found, place, str(action.data())))
        size = menu.sizeHint()
        menu.popup(QPoint(where.x() - size.width() + 1, where.y() + 1))

    def _menu_chosen(self, row: R, place: int, entry: str) -> None:
        if entry.startswith(_COPY):
            at = self.model.place_of(self.model.key(row))
            if at >= 0:
                self.copy(entry.removeprefix(_COPY), at, place)
        elif self._tools is None or not self._tools.act(entry):
            self.menu_chosen.emit(row, entry)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes the ticks back, then the filter; Ctrl+F goes to the filter, also in a window without pages."""
        act = act_of(event)
        if act == "clear" and self.model.ticks:
            self.model.set_checked([])
        elif act == "clear" and self.model.filter_text:
            self.toolbar.search.clear()
        elif act == "find" and self.toolbar.search.isVisible():
            self.toolbar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Widths are shared once the table is in sight."""
        super().showEvent(event)
        self.view.share_width()
