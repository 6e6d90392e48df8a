"""Controls that a missing role switches off, whatever their page thinks of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kyok_gui.widgets.basics import tip

if TYPE_CHECKING:
    _Base = QWidget
else:
    _Base = object


class Guarded(_Base):
    """Stands before a widget class: it is on when its page wants it and no role is missing."""

    _wanted = True
    _forbidden = ""

    def setEnabled(self, enabled: bool) -> None:
        """What the page wants; a missing role goes before it."""
        self._wanted = enabled
        super().setEnabled(enabled and not self._forbidden)

    def forbid(self, reason: str) -> None:
        """Switches it off with a reason that is spoken too; no reason leaves it to its page again."""
        if reason == self._forbidden:
            return
        self._forbidden = reason
        self.setAccessibleDescription(reason)
        self.setToolTip(tip(reason))
        super().setEnabled(self._wanted and not reason)

    @property
    def forbidden(self) -> str:
        """Which role is missing, or nothing."""
        return self._forbidden
