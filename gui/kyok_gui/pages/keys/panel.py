"""The panel with all that is known of one key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kyok.domain.key_states import KeyAction, KeyState
from kyok.domain.services import display_name
from kyok.domain.translation import noted, tr
from kyok_gui.pages.keys.details import KeyDetails, fact_rows
from kyok_gui.pages.keys.menus import ASSOCIATED, DETAILS
from kyok_gui.pages.keys.rows import KeyRow
from kyok_gui.pages.keys.rules import WAITS, Against, May, anything, enable_from, restore_from, row_reason, scheduled
from kyok_gui.pages.keys.two_people import panel_words
from kyok_gui.times import at, clock_time, countdown
from kyok_gui.widgets import (
    Button,
    CodeValue,
    KeyValueList,
    LinkValue,
    MenuButton,
    MenuEntry,
    Row,
    SidePanel,
    StaticTable,
    Text,
)

_LABEL = 144
_VERSIONS_SHOWN = 20
_IN_BUTTONS = frozenset({DETAILS, ASSOCIATED, str(KeyAction.ROTATE)})


class KeyPanel(SidePanel):
    """Details, Versions and Associated resources of one key; the daily actions below."""

    acted = Signal(str)
    """An entry of the row's menu was asked for, by its id."""
    link = Signal(str)

    def __init__(self, row: KeyRow, may: May = anything) -> None:
        super().__init__(row.name, row.key.type_word, name="keys.panel")
        self.row = row
        self._may = may
        self._details: KeyDetails | None = None
        self._facts = KeyValueList(label_width=_LABEL, name="keys.panel.facts")
        self._versions = KeyValueList(label_width=_LABEL, name="keys.panel.versions")
        self._versions_words = Text("", "bodyCompact01", "secondary", wrap=True, name="keys.panel.versions.words")
        self._resources = StaticTable(
            (tr("Resource"), tr("Service"), tr("Retention")),
            name="keys.panel.resources",
            accessible=tr("Associated resources"),
            widths=(128, 0, 88),
            row_height=48,
            wrap=True,
        )
        self._resources_words = Text("", "bodyCompact01", "secondary", wrap=True, name="keys.panel.resources.words")
        self._resources.link.connect(self.link)
        self._facts.link.connect(self.link)
        self._sync = Button(tr("Synchronize"), "tertiary", name="keys.panel.sync", icon="renew")
        self._sync.clicked.connect(lambda: self.acted.emit(str(KeyAction.SYNC)))
        self._sync_words = Text("", "helperText01", "helper", wrap=True, name="keys.panel.sync.words")
        self.add_tab("details", tr("Details"), self._facts)
        self.add_tab("versions", tr("Versions"), _stacked(self._versions_words, self._versions))
        self.add_tab(
            "resources",
            tr("Associated resources"),
            _stacked(self._resources_words, self._resources, self._sync, self._sync_words),
        )
        self._button = Button(
            "", "primary", name="keys.panel.turn", size="xl", high_words=True, accessible=tr("Enable key")
        )
        self._rotate = Button(
            tr("Rotate key"), "secondary", name="keys.panel.rotate", icon="rotate", size="xl", high_words=True
        )
        self._turn = KeyAction.DISABLE
        self._roles: list[str] = []
        self._button.clicked.connect(lambda: self.acted.emit(str(self._turn)))
        self._rotate.clicked.connect(lambda: self.acted.emit(str(KeyAction.ROTATE)))
        self._more = MenuButton(tr("More"), name="keys.panel.more", kind="soft", icon="chevron--down", high_words=True)
        self._more.chosen.connect(self.acted)
        self.set_actions([self._more, self._rotate, self._button])

    def show_row(self, row: KeyRow, now: datetime, entries: Sequence[MenuEntry]) -> None:
        """Shows the key as it is now; `entries` is the menu of its row."""
        self.row = row
        self.set_title(row.name, row.key.type_word)
        self._facts.set_rows(fact_rows(row, self._details))
        self._show_sync(now)
        self.show_actions(now, entries)

    def show_details(self, details: KeyDetails, now: datetime) -> None:
        """Shows what was read besides."""
        self._details = details
        self._facts.set_rows(fact_rows(self.row, details))
        self._show_versions(details)
        self._show_resources(details)
        self._show_wait(now)

    def show_actions(self, now: datetime, entries: Sequence[MenuEntry]) -> None:
        """The buttons that fit the state; one that must wait counts down."""
        key = self.row.key
        self._turn, noted_words, icon = _TURNS.get(key.state, _TURNS[KeyState.ACTIVE])
        words = tr(noted_words)
        reason = row_reason(self._turn, self.row, now)
        waits = isinstance(reason, Against) and reason.kind == WAITS
        self._button.setText(tr("{words} in {left}", words=words, left=self._left(now)) if waits else words)
        self._button.set_icon_name(icon)
        # What stops databases is offered, not urged.
        disables = self._turn is KeyAction.DISABLE
        self._button.set_kind("secondary" if disables else "primary")
        self._rotate.set_kind("primary" if disables else "secondary")
        # What the state does not allow is away; what a role is missing for is off, and the note says which.
        turn_role, rotate_role = (self._may(action, key.ring) for action in (self._turn, KeyAction.ROTATE))
        self._button.set_enabled_because(not reason and not turn_role, turn_role or reason)
        self._button.setVisible(not reason or waits)
        self._rotate.set_enabled_because(not rotate_role, rotate_role)
        self._rotate.setVisible(not row_reason(KeyAction.ROTATE, self.row, now))
        self._roles = [f"{words}: {turn_role}."] if turn_role and not self._button.isHidden() else []
        if rotate_role and not self._rotate.isHidden():
            self._roles.append(tr("Rotate key: {rotate_role}.", rotate_role=rotate_role))
        others = _IN_BUTTONS | {str(self._turn)}
        self._more.set_entries([entry for entry in entries if entry.id not in others])
        self._show_wait(now)

    def _turn_from(self) -> datetime | None:
        """From when on the button of the state works."""
        if self._turn is KeyAction.ENABLE:
            return enable_from(self.row.key)
        return restore_from(self.row.key)

    def _left(self, now: datetime) -> str:
        moment = self._turn_from()
        return countdown(moment, now) if moment is not None else ""

    def _show_wait(self, now: datetime) -> None:
        """Why a button is off, and what waits for somebody else: in words above the buttons."""
        lines = list(self._roles)
        key, moment = self.row.key, self._turn_from()
        if self._turn is not KeyAction.DISABLE and moment is not None and now < moment:
            noted_words = _ENABLING if self._turn is KeyAction.ENABLE else _RESTORING
            lines.append(tr(noted_words, time=clock_time(moment, seconds=True)))
        if scheduled(key, now):
            lines.append(panel_words(key, self._details.first if self._details is not None else None))
        self.set_note("\n".join(lines))

    def _show_sync(self, now: datetime) -> None:
        reason = row_reason(KeyAction.SYNC, self.row, now, self._may)
        self._sync.setVisible(self.row.key.root)
        self._sync.set_enabled_because(not reason, reason)
        words = tr("Tells the services that use the key of its state once more. At most once an hour after a change.")
        off = reason[:1].lower() + reason[1:]
        self._sync_words.setText(tr("Off: {reason}.", reason=off) if reason else words)
        self._sync_words.setVisible(self.row.key.root)

    # tabs -----------------------------------------------------------------------

    def _show_versions(self, details: KeyDetails) -> None:
        total = len(details.versions)
        shown = details.versions[:_VERSIONS_SHOWN]
        rows: list[Row] = []
        for place, version in enumerate(shown):
            rows.append(
                (
                    tr("Version {number}", number=total - place),
                    CodeValue(version.id, f"keys.panel.version.{total - place}"),
                )
            )
            if version.created_at is not None:
                rows.append(("", at(version.created_at)))
        self._versions.set_rows(rows)
        words = tr("New data keys are wrapped with the newest version; older ones still unwrap.")
        if self.row.key.standard:
            words = tr("Standard keys have no versions.")
        elif total > len(shown):
            words += " " + tr("The newest {count} of {total} are listed.", count=len(shown), total=total)
        self._versions_words.setText(words)

    def _show_resources(self, details: KeyDetails) -> None:
        rows = []
        for use in details.uses:
            place = use.place
            name = LinkValue(use.name, place.href()) if place is not None else use.name
            service = display_name(use.crn.split(":")[4]) if use.crn.count(":") > 4 else ""
            rows.append((name, service, tr("Enabled") if use.keeps else tr("Disabled")))
        self._resources.set_rows(rows)
        self._resources.setVisible(bool(rows))
        words = tr("These resources are registered as using this key. Deleting it makes their data unreadable.")
        if self.row.key.standard:
            words = tr("Standard keys protect no resources.")
        elif not rows:
            words = tr("No registration. A database instance registers itself when it is created under this key.")
        elif any(use.keeps for use in details.uses):
            words += " " + tr("A retention policy forbids that: while it is enabled, the key cannot be deleted.")
        self._resources_words.setText(words)


_ENABLING = noted("Enabling is possible from {time} UTC by the cloud's clock: 30 seconds after it was disabled.")
_RESTORING = noted("Restoring is possible from {time} UTC by the cloud's clock: 30 seconds after it was deleted.")
_TURNS = {
    KeyState.ACTIVE: (KeyAction.DISABLE, noted("Disable key"), "pause--outline--filled"),
    KeyState.SUSPENDED: (KeyAction.ENABLE, noted("Enable key"), "play"),
    KeyState.DESTROYED: (KeyAction.RESTORE, noted("Restore key"), "undo"),
}


def _stacked(*widgets: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(16)
    for widget in widgets:
        column.addWidget(widget)
    return box
