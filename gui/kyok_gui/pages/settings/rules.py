"""The tile of the emulated cloud's rules: every setting of `kyok.settings`, each saved at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kyok.domain.roles import EMULATOR_MANAGE
from kyok.domain.translation import tr
from kyok.settings import CLOUD_SETTINGS, Setting
from kyok_gui.context import PageContext
from kyok_gui.pages.settings.words import choices_of
from kyok_gui.widgets import InlineNote, NumberField, RadioGroup, SelectField, Text, Tile, Toggle, escape

if TYPE_CHECKING:
    from kyok.client.records.emulator import CloudSettings
    from kyok.errors import KyokError

_REST_MS = 700
"""How long a number rests before it is sent: pressing "more" five times is one change."""
_ACROSS = 2


class RulesTile(Tile):
    """Shows what is in force; what a person changes is sent by itself."""

    changed = Signal(str, object)

    def __init__(self, context: PageContext) -> None:
        super().__init__(heading=tr("Rules of the emulated services"), name="settings.rules", padding=24)
        self._context = context
        self._known: CloudSettings | None = None
        self._show_value: dict[str, Callable[[object], None]] = {}
        self._rests: dict[str, QTimer] = {}
        words = tr("They hold for everybody who uses this cloud, and are saved as soon as you change them.")
        self.body.addWidget(Text(words, "bodyCompact01", "secondary", wrap=True))
        self._problem = InlineNote("error", "", name="settings.problem", compact=True)
        self._problem.hide()
        self.body.addWidget(self._problem)
        self._controls = QWidget()
        grid = QGridLayout(self._controls)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(20)
        for place, setting in enumerate(CLOUD_SETTINGS):
            grid.addWidget(self._control(setting), place // _ACROSS, place % _ACROSS, Qt.AlignmentFlag.AlignTop)
        for column in range(_ACROSS):
            grid.setColumnStretch(column, 1)
        self.body.addSpacing(8)
        self.body.addWidget(self._controls)
        self.setEnabled(False)  # until the settings in force are known, there is nothing to change

    # showing --------------------------------------------------------------------

    def show_settings(self, settings: CloudSettings) -> None:
        """Shows the settings in force; a number that is being changed stays."""
        self._known = settings
        self.setEnabled(True)
        self._controls.show()
        for name, show in self._show_value.items():
            rest = self._rests.get(name)
            if rest is None or not rest.isActive():
                show(getattr(settings, name))

    def show_refusal(self, name: str, error: KyokError) -> None:
        """Says why, and shows again what is in force."""
        title = next((tr(one.title) for one in CLOUD_SETTINGS if one.name == name), "")
        summary = (
            tr("{setting} was not changed: {reason}", setting=title, reason=error.summary) if title else error.summary
        )
        self._problem.show_note("error", summary, escape(error.remedy))
        self._problem.show()
        if self._known is None:
            self._controls.hide()  # they would show defaults, which may not be what is in force
        elif name in self._show_value:
            self._show_value[name](getattr(self._known, name))

    def saved_words(self, name: str) -> str:
        """What was saved, for a notice."""
        self._problem.hide()
        setting = next(one for one in CLOUD_SETTINGS if one.name == name)
        value = getattr(self._known, name)
        shown = next((one.title for one in choices_of(name) if one.id == str(value)), f"{value} {setting.unit}".strip())
        if isinstance(value, bool):
            shown = tr("On") if value else tr("Off")
        return f"{tr(setting.title)}: {shown}"

    # building -------------------------------------------------------------------

    def _control(self, setting: Setting) -> QWidget:
        name = f"settings.{setting.name.replace('_', '-')}"
        title = tr(setting.title)
        control: RadioGroup | SelectField | Toggle | NumberField
        if setting.kind is bool:
            control = self._toggle(setting, name, title)
        elif setting.kind is int:
            control = self._number(setting, name, title)
        elif len(setting.choices) <= _ACROSS:
            control = self._radios(setting, name, title)
        else:
            control = self._select(setting, name, title)
        # The page says once what all of them are.
        what = "" if self._show_value.keys() - {setting.name} else tr("Change the rules of the emulated services")
        self._context.rights.guard(control, EMULATOR_MANAGE, what=what)
        return _with_words(control, tr(setting.description)) if isinstance(control, Toggle) else control

    def _toggle(self, setting: Setting, name: str, title: str) -> Toggle:
        made = Toggle(title, name=name)
        made.clicked.connect(lambda: self.changed.emit(setting.name, made.isChecked()))
        self._show_value[setting.name] = lambda value: made.setChecked(bool(value))
        return made

    def _radios(self, setting: Setting, name: str, title: str) -> RadioGroup:
        made = RadioGroup(title, choices_of(setting.name), name=name)
        made.chosen.connect(lambda chosen: self.changed.emit(setting.name, chosen))
        self._show_value[setting.name] = lambda value: made.set_value(str(value))
        return made

    def _select(self, setting: Setting, name: str, title: str) -> SelectField:
        made = SelectField(title, name=name, choices=choices_of(setting.name), on="tile")
        made.set_helper(tr(setting.description))
        made.chosen.connect(lambda chosen: self.changed.emit(setting.name, chosen))
        self._show_value[setting.name] = lambda value: made.set_value(str(value))
        return made

    def _number(self, setting: Setting, name: str, title: str) -> NumberField:
        made = NumberField(
            f"{title}, {tr(setting.unit)}",
            name=name,
            minimum=setting.minimum or 0,
            maximum=setting.maximum or 0,
            value=int(setting.default),
            on="tile",
        )
        made.set_helper(tr(setting.description))
        rest = QTimer(self)
        rest.setSingleShot(True)
        rest.setInterval(_REST_MS)
        rest.timeout.connect(lambda: self._send_number(setting.name, made.value()))
        made.changed.connect(lambda value: rest.start() if value != self._in_force(setting.name) else rest.stop())
        self._rests[setting.name] = rest
        self._show_value[setting.name] = lambda value: made.set_value(int(str(value)))
        return made

    def _in_force(self, name: str) -> object:
        return getattr(self._known, name, None)

    def _send_number(self, name: str, value: int) -> None:
        if value != self._in_force(name):
            self.changed.emit(name, value)


def _with_words(toggle: Toggle, words: str) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(toggle)
    column.addWidget(Text(words, "helperText01", "helper", wrap=True))
    return box
