"""The Observability page: what is measured of the instance, as charts or as a table, and what happened to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from kyok.domain.translation import noted, tr
from kyok_gui import places
from kyok_gui.context import PageContext
from kyok_gui.pages.database.instance_events import InstanceEvents, read_events
from kyok_gui.pages.database.instance_page import InstancePage
from kyok_gui.pages.database.metric_series import (
    MEASURES,
    SampleRow,
    backup_chart,
    charts,
    not_measured,
    sample_columns,
    sample_rows,
)
from kyok_gui.places import Place
from kyok_gui.widgets import (
    Choice,
    DataTable,
    InlineNote,
    RadioGroup,
    TableModel,
    Text,
    Tile,
    row_of,
)
from kyok_gui.widgets.line_chart import LineChart

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.records.activity import Event
    from kyok.client.records.databases import Backup
    from kyok.client.records.detail import DatabaseDetail
    from kyok.client.records.metrics import Metrics

NAME = "observability"
_FRESH_SECONDS = 30
_TWO_COLUMNS = 900
HOURS, DAY = "2-hours", "day"
CHARTS, TABLE = "charts", "table"
BACKUPS = "backups"
NOT_YET = noted(
    "A sample is taken once a minute while the instance exists and the cloud runs. When its clock is "
    "turned, the time in between has no samples."
)
NOT_HERE = noted(
    "At the real service this page also switches on Logging and Monitoring, which send log files and "
    "metrics to other services of the account. This cloud has no such services, so there is nothing to "
    "switch on. The log files themselves are on the page Log files."
)


@dataclass(frozen=True, slots=True)
class ObservabilityView:
    """What the page shows."""

    detail: DatabaseDetail
    metrics: Metrics
    backups: tuple[Backup, ...]
    events: tuple[Event, ...]
    events_refused: str = ""


class ChartGrid(QWidget):
    """The charts, side by side where there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName(f"{NAME}.charts")
        self.charts: dict[str, LineChart] = {}
        for one in (*(measure.id for measure in MEASURES), BACKUPS):
            chart = LineChart(name=f"{NAME}.chart.{one}")
            chart.setParent(self)  # shown without a parent it would be a window of its own
            chart.hide()
            self.charts[one] = chart
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._shown: list[str] = []

    def show_view(self, view: ObservabilityView) -> None:
        """Shows what was measured; the other charts are away."""
        found = charts(view.metrics, view.detail)
        backups = backup_chart(view.backups, view.metrics.end)
        if backups is not None:
            found[BACKUPS] = backups
        for one, chart in self.charts.items():
            if one in found:
                chart.show_data(found[one])
        self._shown = [one for one in self.charts if one in found]
        self._place(self._columns or 2)

    def _place(self, columns: int) -> None:
        self._columns = columns
        for chart in self.charts.values():
            self._grid.removeWidget(chart)
        for place, one in enumerate(self._shown):
            self._grid.addWidget(self.charts[one], place // columns, place % columns)
        for one, chart in self.charts.items():
            chart.setVisible(one in self._shown)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column in a narrow window."""
        super().resizeEvent(event)
        columns = 2 if event.size().width() >= _TWO_COLUMNS else 1
        if columns != self._columns:
            self._place(columns)


class ObservabilityPage(InstancePage[ObservabilityView]):
    """Charts or table above, events below."""

    concerns: ClassVar[frozenset[str]] = frozenset({"instance", "task", "backup", "clock"})

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__(context, place, tr("What the cloud measures of this instance, and what happened to it."))
        self._seconds = 0
        self.window_field = RadioGroup(
            tr("Window"),
            [Choice(HOURS, tr("Last 2 hours, each minute")), Choice(DAY, tr("Last 24 hours, each quarter of an hour"))],
            name=f"{NAME}.window",
            value=HOURS,
        )
        self.as_field = RadioGroup(
            tr("Show as"), [Choice(CHARTS, tr("Charts")), Choice(TABLE, tr("Table"))], name=f"{NAME}.as", value=CHARTS
        )
        self.grid = ChartGrid()
        self.model = TableModel[SampleRow](sample_columns(), key=lambda row: row.key, parent=self)
        self.table = DataTable(
            self.model,
            name=f"{NAME}.table",
            accessible=tr("Samples"),
            noun=(noted("sample"), noted("samples")),
            row_height=32,
            search=tr("Search by time or node"),
        )
        self.empty = InlineNote("info", tr("Nothing measured yet"), tr(NOT_YET), name=f"{NAME}.empty")
        self.missing = Text("", "helperText01", "helper", wrap=True, name=f"{NAME}.not-measured")
        self.events = InstanceEvents(name=f"{NAME}.events")
        self.elsewhere = Tile(heading=tr("Logging and Monitoring"), name=f"{NAME}.not-here")
        self.elsewhere.body.addWidget(Text(tr(NOT_HERE), "body01", "secondary", wrap=True))
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self._choices = QWidget()
        choices = row_of(self.window_field, self.as_field, spacing=48, stretch=True)
        self._choices.setLayout(choices)
        self.table.setMinimumHeight(360)
        for part in (self._choices, self.empty, self.grid, self.table, self.missing, self.events, self.elsewhere):
            part.hide()
            self.body.addWidget(part)
        self.body.addStretch(1)

    def _connect(self) -> None:
        self.window_field.chosen.connect(lambda _: self.look_afresh())
        self.as_field.chosen.connect(lambda _: self._show_parts())
        self.events.link.connect(self.follow)

    def reads(self, api: CloudApi) -> ObservabilityView:
        """Instance, samples, backups and events."""
        day = self.window_field.value() == DAY
        return ObservabilityView(
            api.databases.detail(self.guid),
            api.databases.metrics(self.guid, day=day),
            api.databases.backups(self.guid),
            *read_events(api, self.guid),
        )

    def shows(self, view: ObservabilityView) -> None:
        """Shows everything."""
        self._seconds = 0
        self.grid.show_view(view)
        self.model.set_rows(sample_rows(view.metrics))
        found = charts(view.metrics, view.detail)
        self.missing.setText(not_measured(tuple(found), view.detail))
        there = places.activity_of(instance=self.guid, name=view.detail.name).href()
        self.events.show_events(view.events, view.events_refused, self.context.clock.now(), there)
        self._show_parts()

    def _show_parts(self) -> None:
        view = self.view
        if view is None:
            return
        any_sample = bool(view.metrics.samples)
        as_charts = self.as_field.value() == CHARTS
        self._choices.show()
        self.grid.setVisible(as_charts)
        self.table.setVisible(any_sample and not as_charts)
        self.empty.setVisible(not any_sample)
        self.missing.setVisible(any_sample)
        self.events.show()
        self.elsewhere.show()

    def ticks(self) -> None:
        """Samples come without a change being told: one looks now and then."""
        self._seconds += 1
        if self._seconds >= _FRESH_SECONDS:
            self._seconds = 0
            self.look_afresh()
