"""A dialog that asks for one name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kyok.domain.translation import tr
from kyok_gui.widgets import Dialog, TextField

Problem = Callable[[str], str]
"""What is wrong with a name as a sentence, or nothing."""


class NameDialog(Dialog):
    """Its button comes on when the name is another one and good."""

    def __init__(
        self,
        label: str,
        title: str,
        *,
        name: str,
        field: str,
        value: str,
        verb: str,
        problem: Problem,
        helper: str = "",
    ) -> None:
        super().__init__(label, title, name=name, width=560)
        self._before = value
        self._problem = problem
        self._helper = helper
        self.field = self.add_widget(TextField(field, name=f"{name}.name", value=value, helper=helper))
        self.field.changed.connect(lambda _: self._check())
        self.set_accept(verb, "checkmark")
        self._check()

    @property
    def value(self) -> str:
        """The name, without blanks around it."""
        return self.field.value().strip()

    def _check(self) -> None:
        problem = self._problem(self.value)
        self.field.set_error(problem if self.value and self.value != self._before else "")
        why = problem or (tr("Type another name.") if self.value == self._before else "")
        self.field.set_helper(f"{self._helper} {why}".strip())
        self.set_ready(not why, why)

    def _first_focus(self) -> QWidget:
        self.field.edit.selectAll()
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        return self.field.edit
