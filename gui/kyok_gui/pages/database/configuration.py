"""The Configuration page: the five parameters of the servers, their ranges, and what a change of them does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kyok.domain.cluster import TaskType
from kyok.domain.translation import noted, tr
from kyok.errors import KyokError
from kyok_gui.context import PageContext
from kyok_gui.pages.database import configuration_words as words
from kyok_gui.pages.database.change_progress import ChangeProgress
from kyok_gui.pages.database.change_view import Applied, ChangeView, read_change_view
from kyok_gui.pages.database.instance_page import InstancePage
from kyok_gui.pages.database.parts import chain_tabs
from kyok_gui.places import Place
from kyok_gui.widgets import Button, InlineNote, Link, Rule, Text, TextField, Tile, escape

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.records.clusters import ConfigurationItem

NAME = "configuration"
_HEADS = (noted("Parameter"), noted("Value"), noted("Default"), noted("Allowed"), noted("Restart"), "")
_FACTS = (2, 3, 4)
"""Columns that become a line below the parameter where there is no room beside it."""
_GAP = 24


class ParameterRow:
    """One parameter: its words, its field, and the way back to its default."""

    def __init__(self, item: ConfigurationItem) -> None:
        self.item = item
        unit = words.unit(item)
        accessible = f"{item.name}, {unit}" if unit else item.name
        self.name = Text(item.name, "code02")
        self.description = Text(tr(item.description), "label01", "secondary", wrap=True)
        self.field = TextField(
            "", name=f"{NAME}.{item.name}", value=words.shown_number(item.value), on="tile", accessible=accessible
        )
        self.field.setFixedWidth(152)
        self.value = QWidget()
        beside = QHBoxLayout(self.value)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(8)
        beside.addWidget(self.field)
        beside.addWidget(Text(unit, "bodyCompact01", "secondary", name=f"{NAME}.{item.name}.unit"), 1)
        self.facts = [Text("", "bodyCompact01", "secondary") for _ in _FACTS]
        self.line = Text("", "label01", "secondary", wrap=True, name=f"{NAME}.{item.name}.facts")
        self.reset = Link(
            tr("Use default"), name=f"{NAME}.{item.name}.default", accessible=tr("Default of {item}", item=item.name)
        )
        self.reset.clicked.connect(lambda: self.field.set_value(words.shown_number(self.item.default)))
        self.show_item(item)

    @property
    def changed(self) -> bool:
        """Whether something else was typed than the present value."""
        return words.typed_number(self.field.value()) != self.item.value

    def show_item(self, item: ConfigurationItem) -> None:
        """Shows another value, unless something was typed: that stays, and is a change of the new value."""
        unit = words.unit(item)
        if item.value != self.item.value and not self.changed:
            self.field.set_value(words.shown_number(item.value))
        self.item = item
        texts = (f"{item.default:,} {unit}".strip(), f"{words.span(item)} {unit}".strip(), words.restart_words(item))
        for shown, text in zip(self.facts, texts, strict=True):
            shown.setText(text)
        default, span, restart = texts
        self.line.setText(
            tr("Default {default}. Allowed {span}. Restart: {restart}.", default=default, span=span, restart=restart)
        )


class ParametersTile(Tile):
    """The table of fields."""

    typed = Signal()

    def __init__(self) -> None:
        super().__init__(name=f"{NAME}.parameters")
        self.rows: dict[str, ParameterRow] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 1)
        self._columns: tuple[list[QWidget], ...] = tuple([] for _ in _HEADS)
        for place, noted_head in enumerate(_HEADS):
            self._put(Text(tr(noted_head) if noted_head else "", "heading01"), 0, place)
        self.body.addLayout(self._grid)

    def _put(self, part: QWidget, line: int, place: int) -> None:
        self._columns[place].append(part)
        self._grid.addWidget(part, line, place)

    def show_view(self, view: ChangeView) -> None:
        """Shows the parameters; rows are made once."""
        for item in view.items:
            row = self.rows.get(item.name)
            if row is None:
                self._add(ParameterRow(item))
            else:
                row.show_item(item)
        self._fold()

    def _least(self, columns: Iterable[int]) -> int:
        """The width that these columns need beside each other."""
        widths = [
            max(max(part.minimumSizeHint().width(), part.minimumWidth()) for part in self._columns[place])
            for place in columns
        ]
        margins = self.body.contentsMargins()
        return sum(widths) + _GAP * (len(widths) - 1) + margins.left() + margins.right()

    def _fold(self) -> None:
        """Puts the facts of a parameter beside it, or below where there is no room."""
        folded = self.width() < self._least(range(len(_HEADS)))
        for place in _FACTS:
            for part in self._columns[place]:
                part.setVisible(not folded)
        for row in self.rows.values():
            row.line.setVisible(folded)
        # Showing a part lays the page out at once, in the middle of the layout that resizes this tile: once more then.
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """As narrow as it is when folded, so that a narrow window folds it instead of cutting it off."""
        columns = [place for place in range(len(_HEADS)) if place not in _FACTS]
        return QSize(self._least(columns), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another form."""
        super().resizeEvent(event)
        self._fold()

    def _add(self, row: ParameterRow) -> None:
        self.rows[row.item.name] = row
        line = self._grid.rowCount()
        self._grid.addWidget(Rule(), line, 0, 1, len(_HEADS))
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addStretch(1)
        column.addWidget(row.name)
        column.addWidget(row.description)
        column.addWidget(row.line)
        column.addStretch(1)
        for place, part in enumerate((box, row.value, *row.facts, row.reset)):
            self._put(part, line + 1, place)
        row.field.changed.connect(lambda _: self.typed.emit())

    def texts(self) -> dict[str, str]:
        """What is typed, by parameter."""
        return {name: row.field.value() for name, row in self.rows.items()}

    def changed(self) -> dict[str, str]:
        """What was typed and is another value than the present one, by parameter."""
        return {name: row.field.value() for name, row in self.rows.items() if row.changed}

    def show_problems(self, made: words.Draft) -> None:
        """Says at each field what is wrong with it."""
        for name, row in self.rows.items():
            row.field.set_error(made.problems.get(name, ""))
            row.reset.setEnabled(words.typed_number(row.field.value()) != row.item.default)

    def take_back(self) -> None:
        """Every field has its present value again."""
        for row in self.rows.values():
            row.field.set_value(words.shown_number(row.item.value))


class ConfigurationPage(InstancePage[ChangeView]):
    """Fields, what applying them does, and the last change."""

    concerns: ClassVar[frozenset[str]] = frozenset({"database", "instance", "task", "fault", "clock"})

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__(context, place, tr("The five parameters of the database servers that may be changed."))
        self.refused = InlineNote("error", "", name=f"{NAME}.refused")
        self.unread = InlineNote("warning", tr(words.UNREAD), name=f"{NAME}.unread")
        self.parameters = ParametersTile()
        self.consequence = Text("", "body01", "secondary", wrap=True, name=f"{NAME}.consequence")
        self.why = InlineNote("info", "", name=f"{NAME}.why-not", compact=True)
        self.apply = Button(tr("Apply changes"), "primary", name=f"{NAME}.apply")
        self.back = Button(tr("Discard"), "ghost", name=f"{NAME}.discard")
        self._applied = Applied[dict[str, str]]()
        self.progress = ChangeProgress(tr("Last change of parameters"), name=f"{NAME}.progress")
        self._foot = QWidget()
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.why, 1)
        row.addStretch(0)
        row.addWidget(self.back)
        row.addWidget(self.apply)
        for part in (self.refused, self.unread, self.parameters, self.consequence, self._foot, self.progress):
            part.hide()
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.parameters.typed.connect(self._typed)
        self.apply.clicked.connect(self._apply)
        self.back.clicked.connect(self.give_up)
        self.progress.link.connect(self.follow)
        context.rights.guard(self.apply, "clusters.configuration.update", self.guid)

    def reads(self, api: CloudApi) -> ChangeView:
        """Instance, tasks, parameters."""
        return read_change_view(api, self.guid, TaskType.CONFIGURATION_UPDATE, self.view)

    def shows(self, view: ChangeView) -> None:
        """Shows parameters and the last change."""
        self._applied.look(view)
        self.parameters.show_view(view)
        self.parameters.setVisible(bool(self.parameters.rows))
        self.unread.setVisible(not view.items)
        self._foot.show()
        self.progress.show_task(view.last, view.detail, self.context.clock.now())
        self._show_draft()
        stops = [stop for row in self.parameters.rows.values() for stop in (row.field.edit, row.reset)]
        chain_tabs([*stops, self.back, self.apply, self.progress.open])

    def ticks(self) -> None:
        """A running change counts on."""
        if self.view is not None and self.view.last is not None and self.view.last.running:
            self.progress.show_task(self.view.last, self.view.detail, self.context.clock.now())

    def _typed(self) -> None:
        self.refused.hide()
        self._show_draft()

    def _draft(self) -> words.Draft:
        assert self.view is not None
        return words.draft(self.view, self.parameters.texts())

    def _show_draft(self) -> None:
        if self.view is None:
            return
        made = self._draft()
        self.parameters.show_problems(made)
        why = words.why_not(self.view, made)
        self.consequence.setText("" if why else words.consequence(self.view, made))
        self.consequence.setVisible(not why)
        shown = "" if self.busy else why
        level = "info" if shown == tr(words.SAME) else "warning"
        self.why.setVisible(bool(shown))
        self.why.show_note(level, "", escape(tr("Cannot apply yet. {why}", why=shown)) if shown else "")
        self.apply.set_enabled_because(not why and not self.busy, why or tr("It is being asked for."))
        self.back.set_enabled_because(bool(self.parameters.changed()), tr(words.SAME))

    def unsaved(self) -> str:
        """What was typed since it was last applied."""
        changed = self.parameters.changed()
        return "" if self._applied.holds(changed) else words.unsaved(changed)

    def give_up(self) -> None:
        """Every field has its present value again."""
        self.parameters.take_back()

    def _apply(self) -> None:
        view = self.view
        if view is None or self.busy:
            return
        values, region = dict(self._draft().values), view.detail.region
        self._applied.begin(self.parameters.changed(), view)
        self.does(
            lambda api: api.databases.change_configuration(self.guid, values, region),
            lambda _: self.context.notices.info(
                tr("The change has begun"), tr("Its progress stands below, node by node.")
            ),
            self._say_refusal,
        )
        self.parameters.rows[next(iter(values))].field.setFocus()  # the button goes off: the focus would leave the page
        self._show_draft()

    def _say_refusal(self, error: KyokError) -> None:
        self._applied.forget()
        self.refused.show_note("error", error.summary, escape(error.remedy))
        self.refused.show()
