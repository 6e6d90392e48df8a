"""The sheet of all shortcuts, made from the tables that the actions themselves are made from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout

from kyok.domain.translation import noted, tr
from kyok_gui.commands import COMMANDS
from kyok_gui.widgets.basics import Text
from kyok_gui.widgets.dialog import Dialog
from kyok_gui.widgets.fields import SHOW_SECRET
from kyok_gui.widgets.flow import FoldingRow
from kyok_gui.widgets.static_table import StaticTable
from kyok_gui.widgets.table_keys import KEYS

EVERYWHERE = (
    (noted("Close a dialog, a panel or a menu"), ("Esc",)),
    (noted("The next part, the one before"), ("Tab", "Shift+Tab")),
    (noted("Press a button, open a menu"), ("Return", "Space")),
    (noted("Show or hide a secret while typing it"), (SHOW_SECRET.toString(),)),
)
"""What Qt and the overlays do by themselves."""

_IN_A_COLUMN = 2
_FOLD = 880
"""Below this width, in pixels, the two columns of tables stand below each other."""
_WHAT = 248
_ARROWS = ("Left", "Right", "Up", "Down")

Row = tuple[str, Sequence[str]]


def groups(cloud_kind: str) -> dict[str, list[Row]]:
    """Title and keys by group, in the order of the sheet: those that do something with this kind of cloud."""
    found: dict[str, list[Row]] = {}
    for command in COMMANDS:
        if command.shortcut and command.fits(cloud_kind):
            found.setdefault(command.group, []).append((command.title, (command.shortcut,)))
    found[noted("In a table")] = [(key.title, key.keys) for key in KEYS]
    found[noted("Everywhere")] = list(EVERYWHERE)
    return found


def keys_in_words(keys: Sequence[str]) -> str:
    """The keys as this system writes them."""
    if tuple(keys) == _ARROWS:
        return tr("Arrows")
    written = [QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in keys]
    return ", ".join(written)


class ShortcutSheet(Dialog):
    """Something to read: the arrows scroll it, where in other dialogs they go from button to button."""

    def __init__(self) -> None:
        super().__init__(tr("Help"), tr("Keyboard shortcuts"), name="shortcuts", width=1000)
        for button in (self.cancel, self.close_button):
            button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes the arrows from the buttons."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.scrolls(event):
            return True
        return super().eventFilter(watched, event)


def shortcuts_dialog(cloud_kind: str) -> Dialog:
    """Two columns, below each other in a narrow window: the window itself; tables, and what holds everywhere."""
    made = ShortcutSheet()
    sides = (QVBoxLayout(), QVBoxLayout())
    row = FoldingRow(_FOLD, spacing=24)
    for place, (noted_title, rows) in enumerate(groups(cloud_kind).items()):
        side = sides[place // _IN_A_COLUMN]
        side.addWidget(Text(tr(noted_title), "heading02"))
        side.addSpacing(4)
        side.addWidget(_table(noted_title, rows))
        side.addSpacing(12)
    for side in sides:
        side.setSpacing(0)
        side.addStretch(1)
        row.addLayout(side, 1)
    made.body.addLayout(row)
    made.cancel.setText(tr("Close"))
    made.accept_button.hide()
    return made


def _table(noted_title: str, rows: Sequence[Row]) -> StaticTable:
    return StaticTable(
        [tr("What"), tr("Keys")],
        [[tr(noted_words), keys_in_words(keys)] for noted_words, keys in rows],
        name=f"shortcuts.{noted_title.lower().replace(' ', '-')}",
        accessible=tr(noted_title),
        row_height=26,
        head_height=28,
        widths=(_WHAT, 0),
        wrap=True,
    )
