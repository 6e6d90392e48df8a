"""What every table has, given by `DataTable.equip`: columns chosen and kept, row height, copying told, CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu, QWidget

from kyok.domain.translation import tr
from kyok_gui import saving
from kyok_gui.widgets.basics import named
from kyok_gui.widgets.buttons import MenuEntry, fill_menu
from kyok_gui.widgets.columns import Column, R
from kyok_gui.widgets.table_chooser import ColumnChoice, ColumnChooser
from kyok_gui.widgets.table_export import csv_text
from kyok_gui.widgets.table_layout import TableLayout, kept_columns

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QPoint

    from kyok.errors import KyokError
    from kyok_gui.context import PageContext
    from kyok_gui.widgets.table import DataTable

COLUMNS, EXPORT = "table.columns", "table.export"
_SHOWN = 60
"""Characters of what was copied that a notice shows."""


class TableTools(QObject, Generic[R]):
    """Belongs to one table."""

    def __init__(self, table: DataTable[R], context: PageContext) -> None:
        super().__init__(table)
        self._table = table
        self._context = context
        self._chooser: ColumnChooser | None = None
        self._first_order = table.model.order
        self._opener: QWidget = table.view
        self._take_row_height()
        self._take_layout(TableLayout.of_text(context.settings.table(table.name)))
        self._add_buttons()
        table.view.arranged.connect(self._keep)
        table.view.head.menu_wanted.connect(self._open_menu)
        table.copied.connect(self._tell_copied)
        table.model.counted.connect(self._show_export)
        context.settings.changed.connect(self._setting_changed)
        self._show_export()

    def _add_buttons(self) -> None:
        toolbar, name = self._table.toolbar, self._table.name
        self.columns_button = self.export_button = None
        if toolbar.used and len(self._table.model.columns) > 1:  # one column is nothing to choose from or reckon with
            self.columns_button = toolbar.add_tool(tr("Columns"), "column", name=f"{name}.columns")
            self.export_button = toolbar.add_tool(tr("Export CSV"), "export", name=f"{name}.export")
            self.columns_button.clicked.connect(lambda: self.act(COLUMNS))
            self.export_button.clicked.connect(lambda: self.act(EXPORT))
            self._opener = self.columns_button

    def entries(self) -> tuple[MenuEntry, ...]:
        """The table's own entries, for menus."""
        why = "" if self._table.model.shown or self._table.whole() is not None else tr("there are no rows")
        return (
            MenuEntry(COLUMNS, tr("Columns and row height"), icon="column", rule_above=True),
            MenuEntry(EXPORT, tr("Export CSV"), icon="export", reason=why),
        )

    def act(self, entry: str) -> bool:
        """Does what an entry means; answers whether it was one of the table's."""
        if entry == COLUMNS:
            self._open_chooser()
        elif entry == EXPORT:
            self.export()
        return entry in (COLUMNS, EXPORT)

    def _open_menu(self, where: QPoint) -> None:
        menu = QMenu(self._table)
        named(menu, f"{self._table.name}.head.menu", tr("This table"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fill_menu(menu, self.entries())
        menu.triggered.connect(lambda action: self.act(str(action.data())))
        menu.popup(where)

    # columns ------------------------------------------------------------------

    def _open_chooser(self) -> None:
        if self._chooser is None:
            made = ColumnChooser(self._table.window(), name=self._table.name)
            made.chosen.connect(lambda name, on: self._arrange(self._layout().with_shown(name, on)))
            made.moved.connect(lambda name, step: self._arrange(self._layout().moved(self._columns(), name, step)))
            made.height_chosen.connect(lambda height: self._context.settings.set("row_height", height))
            made.reset.connect(self._reset)
            self._table.destroyed.connect(made.deleteLater)
            self._chooser = made
        self._fill_chooser()
        self._chooser.open_under(self._opener)

    def _fill_chooser(self) -> None:
        if self._chooser is None:
            return
        layout, columns = self._layout(), self._columns()
        choices = [
            ColumnChoice(columns[place].id, columns[place].title, layout.is_shown(columns[place]))
            for place in layout.arranged(columns)
        ]
        height = self._context.settings.value("row_height")
        self._chooser.show_columns(choices, too_narrow=self._table.view.too_narrow(), row_height=height)

    def _layout(self) -> TableLayout:
        return self._table.view.arrangement

    def _columns(self) -> tuple[Column[R], ...]:
        return self._table.model.columns

    def _arrange(self, layout: TableLayout) -> None:
        self._table.view.set_arrangement(layout)
        self._keep()
        self._fill_chooser()

    def _reset(self) -> None:
        self._table.view.set_arrangement(TableLayout())
        self._order(self._first_order)
        self._context.settings.set_table(self._table.name, "")
        self._fill_chooser()

    def _keep(self) -> None:
        self._context.settings.set_table(self._table.name, self._layout().to_text())

    def _setting_changed(self, name: str) -> None:
        if name == "row_height":
            self._take_row_height()
        elif name == f"tables/{self._table.name}":
            kept = TableLayout.of_text(self._context.settings.table(self._table.name))
            if kept != self._layout():
                self._take_layout(kept)

    def _take_layout(self, layout: TableLayout) -> None:
        """Another table of this name, on another page, may have been arranged: all of them are arranged alike."""
        self._table.view.set_arrangement(layout)
        places = {column.id: place for place, column in enumerate(self._table.model.columns)}
        if layout.sort is None:
            self._order(self._first_order)
        elif layout.sort[0] in places:
            self._order((places[layout.sort[0]], layout.sort[1]))

    def _order(self, order: tuple[int, bool] | None) -> None:
        model = self._table.model
        if order != model.order:
            place, descending = order or (-1, False)
            model.sort(place, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)
            self._table.view.head.viewport().update()

    def _take_row_height(self) -> None:
        wished = self._context.settings.value("row_height")
        self._table.set_row_height(int(wished) if wished.isdecimal() else 0)

    # copies and files -----------------------------------------------------------

    def _tell_copied(self, what: str, text: str) -> None:
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        self._context.notices.success(tr("{what} copied", what=what), " ".join(shown.split()))

    def _show_export(self) -> None:
        if self.export_button is not None:
            some = self._table.model.shown > 0 or self._table.whole() is not None
            self.export_button.set_enabled_because(some, tr("There are no rows to export."))

    def export(self) -> None:
        """Asks for a file and writes every row that matches into it, those not loaded yet included."""
        table, name = self._table, self._table.name.removesuffix(".table")
        day = self._context.clock.now().date().isoformat()
        file = saving.choose_file(table, tr("Export CSV"), f"kyok-{name}-{day}.csv")
        if file is None:
            return
        columns = kept_columns(self._layout(), table.model.columns)
        copies, read = dict(table.copies), table.whole()
        sift, rows = table.model.sieve(), table.model.rows()

        def write() -> int:
            found = rows if read is None else sift(read())
            saving.save(file, csv_text(columns, found, copies).encode())
            return len(found)

        self._context.tasks.run(write, lambda count: self._exported(count, file), self._not_exported, owner=self)

    def _exported(self, count: int, file: Path) -> None:
        noun = self._table.noun[0 if count == 1 else 1]
        self._context.notices.success(
            tr("{count} {noun} exported", count=f"{count:,}", noun=noun), tr("See {file}.", file=file)
        )

    def _not_exported(self, error: KyokError) -> None:
        self._context.notices.failure(error)
