"""Activity: who did what, when, and what it caused; newest first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from kyok.domain.roles import ACTIVITY_READ
from kyok.domain.texts import plural
from kyok.domain.translation import noted, tr
from kyok.errors import KyokError
from kyok_gui import places, saving
from kyok_gui.context import PageContext
from kyok_gui.page import Page
from kyok_gui.pages.activity.event_log import EventLog
from kyok_gui.pages.activity.filters import CUSTOM, PERIODS, ActivityQuery, written
from kyok_gui.pages.activity.panel import EventPanel
from kyok_gui.pages.activity.parts import Chips, FilterStrip, SpanDialog
from kyok_gui.pages.activity.presenter import ActivityPresenter
from kyok_gui.pages.activity.rows import COLUMNS, EventRow, place_of, rows_of
from kyok_gui.pages.database.parts import FailureNote
from kyok_gui.places import Place, activity_of
from kyok_gui.times import day
from kyok_gui.widgets import DataTable, MenuButton, MenuEntry, TableModel

if TYPE_CHECKING:
    from pathlib import Path

    from kyok.client.records.activity import Event

_SUBTITLE = noted("Who did what, when, and what it caused. Newest first.")
_NOTHING = noted("No event matches. Try a longer time or fewer filters.")
_ROWS_AHEAD = 12
"""How many rows before the end of what is loaded the next page is asked for."""


class LogClosed(KyokError):
    """The signed-in person has no role that reads the activity log."""

    summary = "The activity log cannot be shown."


class ActivityPage(Page):
    """A table of the log under filters; a row opens its full record, its target leads to the thing."""

    concerns: ClassVar[frozenset[str]] = frozenset({"activity", "settings"})

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__(context, place)
        self._query = ActivityQuery.of_place(place)
        self.header.set_trail(
            [(context.account.name or tr("Account"), Place(places.RESOURCES)), (tr("Activity"), None)]
        )
        self.header.set_title(tr("Activity"))
        self.header.set_subtitle(tr(_SUBTITLE))
        self._failure = FailureNote(name="activity.failure")
        self._chips = Chips()
        self._strip = FilterStrip()
        self._strip.hide()
        self._model = TableModel[EventRow](COLUMNS, key=lambda r: r.event.id, parent=self)
        self._table = self._make_table()
        for widget in (self._failure, self._strip, self._chips, self._table):
            self.body.addWidget(widget)
        self.body.setStretchFactor(self._table, 1)
        self._presenter = ActivityPresenter(context, self)
        self._connect()

    def _make_table(self) -> DataTable[EventRow]:
        table = DataTable(
            self._model,
            name="activity.table",
            accessible=tr("Activity events"),
            noun=("event", "events"),
            row_height=56,
            search=tr("Search by person, action, target or correlation ID"),
            row_menu=_menu,
            copies={
                "Event ID": lambda r: r.event.id,
                "Correlation ID": lambda r: r.event.correlation_id,
                "Target CRN": lambda r: r.event.target.id,
            },
        )
        table.toolbar.searched.disconnect(self._model.set_filter)  # the log is searched, not what is loaded of it
        entries = [MenuEntry(period, tr(PERIODS[period])) for period in PERIODS]
        self._period = MenuButton(
            "", entries, name="activity.period", kind="tool", icon="calendar", accessible=tr("Time")
        )
        self._period.setFixedHeight(48)
        table.toolbar.add_button(self._period)
        self._filter = table.toolbar.add_tool(tr("Filter"), "filter", name="activity.filter")
        self._filter.setCheckable(True)
        self._json = table.toolbar.add_tool(tr("Export JSON"), "export", name="activity.export-json")
        table.set_bare_words(tr(_NOTHING))
        table.set_loading(True)
        return table

    def _connect(self) -> None:
        presenter, table = self._presenter, self._table
        presenter.loaded.connect(self._show)
        presenter.failed.connect(self._show_failure)
        presenter.found.connect(self._open_event)
        presenter.whole.connect(self._show_record)
        presenter.facets.connect(lambda facets: self._strip.show_facets(facets, self._query))
        presenter.exported.connect(self._told_export)
        presenter.not_exported.connect(self.context.notices.failure)
        table.whole = presenter.all_rows
        table.opened.connect(self._opened)
        table.menu_chosen.connect(self._chosen)
        table.toolbar.searched.connect(lambda text: self._filter_by(search=text.strip()))
        table.view.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._period.chosen.connect(self._choose_period)
        self._filter.toggled.connect(self._open_strip)
        self._json.clicked.connect(self._export_json)
        self._strip.chosen.connect(lambda field, value: self._filter_by(**{field: value}))
        self._chips.removed.connect(lambda field: self._take(self._query.without(field)))
        self._chips.cleared.connect(self._clear)
        self._failure.acted.connect(self.look_afresh)
        self.context.rights.changed.connect(self.mark_stale)

    # what Page asks ---------------------------------------------------------------

    def arrived(self, place: Place) -> None:
        """Takes the filters that a link means, and opens the event that it names."""
        event = place.value("event")
        self._take(ActivityQuery.of_place(place), remember=False)
        if event:
            self._presenter.find(event)

    def refresh(self) -> None:
        """Reads the newest events under the filters, unless the log is closed to the signed-in person.

        A refusal is an event itself, and this page follows events: whoever may not read them would ask for ever.
        """
        reason = self.context.rights.reason(ACTIVITY_READ)
        if reason:
            self._show_failure(LogClosed(remedy=f"{reason}."))
        else:
            self._presenter.load(self._query)

    # filters ----------------------------------------------------------------------

    def _filter_by(self, **values: Any) -> None:
        self._take(replace(self._query, **values))

    def _take(self, query: ActivityQuery, *, remember: bool = True) -> None:
        changed, self._query = query != self._query, query
        self._period.setText(query.period_words)
        self._period.setAccessibleName(tr("Time: {period_words}", period_words=query.period_words))
        self._chips.show_chips(query.chips(self.context.directory.name_of))
        self._strip.show_query(query)
        if self._table.toolbar.search.text().strip() != query.search:
            self._table.toolbar.search.setText(query.search)
        if not changed:
            return
        if remember and self.context.navigator.here.kind == places.ACTIVITY:
            self.place = query.place()
            self.context.navigator.replace(self.place)  # so that coming back finds the same filters
        self.look_afresh()

    def _clear(self) -> None:
        self._take(ActivityQuery(period=self._query.period, begin=self._query.begin, end=self._query.end))

    def _choose_period(self, period: str) -> None:
        if period != CUSTOM:
            self._filter_by(period=period, begin="", end="")
            return
        begin, end = self._query.bounds(self.context.clock.now())
        dialog = SpanDialog(written(begin) if begin else "", written(end or self.context.clock.now()))
        dialog.accepted.connect(lambda: self._take_span(dialog))
        dialog.open_over(self)

    def _take_span(self, dialog: SpanDialog) -> None:
        begin, end = dialog.begin.value().strip(), dialog.end.value().strip()
        dialog.dismiss()
        self._filter_by(period=CUSTOM, begin=begin, end=end)

    def _open_strip(self, on: bool) -> None:
        self._strip.setVisible(on)
        if on:
            self._presenter.read_facets()

    # showing ----------------------------------------------------------------------

    def _show(self, log: EventLog) -> None:
        self._failure.hide()
        self._model.set_rows(rows_of(log.events, self.context.clock.now(), self.context.directory.entry))
        self._table.set_loading(False)
        self._table.set_complete(log.next is None)
        self._table.set_known_total(log.total)
        self._json.set_enabled_because(bool(log.events), tr("There are no events to export."))
        folded = (
            ""
            if self._query.checks
            else tr(
                "{passed_key_checks} folded away. ", passed_key_checks=plural(log.folded_checks, "passed key check")
            )
        )
        self._table.set_footer_note(
            tr("{folded}Press a row for its record, or its target to open that.", folded=folded)
        )
        since = tr(" The first is of {day}.", day=day(log.oldest_at)) if log.oldest_at is not None else ""
        kept = tr(" Kept for {days}.", days=plural(log.retention_days, "day")) if log.retention_days else ""
        self.header.set_subtitle(f"{tr(_SUBTITLE)}{kept}{since}")

    def _show_failure(self, error: KyokError) -> None:
        self._table.set_loading(False)
        self._failure.show_failure(error)

    def _scrolled(self, value: int) -> None:
        bar = self._table.view.verticalScrollBar()
        if bar.maximum() > 0 and value >= bar.maximum() - _ROWS_AHEAD * self._table.view.row_height:
            self._presenter.load_older()

    # acts -------------------------------------------------------------------------

    def _opened(self, row: EventRow, column: str) -> None:
        if column == "target" and row.place is not None:
            self.context.navigator.go(row.place)
        else:
            self._open_event(row.event)

    def _chosen(self, row: EventRow, entry: str) -> None:
        event = row.event
        if entry == "open":
            self._open_event(event)
        elif entry == "target" and row.place is not None:
            self.context.navigator.go(row.place)
        elif entry == "only-person":
            self._filter_by(person=event.initiator.name)
        elif entry == "only-target":
            self.context.navigator.go(activity_of(target=event.target.id, name=row.target))
        elif entry == "only-cause":
            self.context.navigator.go(ActivityQuery(period="all", cause=event.correlation_id).place())

    def _open_event(self, event: Event) -> None:
        panel = EventPanel(event, place_of(event, self.context.directory.entry))
        panel.link.connect(self.follow)
        self.open_panel(panel)
        self._presenter.read_whole(event)

    def _show_record(self, event_id: str, document: dict[str, object]) -> None:
        if isinstance(self.panel, EventPanel) and self.panel.event_id == event_id:
            self.panel.show_record(document)

    def _export_json(self) -> None:
        today = self.context.clock.now().date().isoformat()
        file = saving.choose_file(self, tr("Export JSON"), f"kyok-activity-{today}.json")
        if file is not None:
            self._presenter.export_json(file)

    def _told_export(self, count: int, file: Path) -> None:
        self.context.notices.success(
            tr("{events} exported", events=plural(count, "event")), tr("See {file}.", file=file)
        )


def _menu(row: EventRow) -> list[MenuEntry]:
    event = row.event
    entries = [MenuEntry("open", tr("View the record"), icon="view")]
    if row.place is not None:
        entries.append(MenuEntry("target", tr("Go to {target}", target=row.target), icon="arrow--right"))
    if event.initiator.name:
        entries.append(
            MenuEntry("only-person", tr("Only events by {name}", name=event.initiator.name), rule_above=True)
        )
    if event.target.id:
        entries.append(MenuEntry("only-target", tr("Only activity of {target}", target=row.target)))
    if event.correlation_id:
        entries.append(MenuEntry("only-cause", tr("Only events of the same cause")))
    return entries
