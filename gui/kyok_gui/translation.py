"""Has `kyok.domain.translation` ask Qt's translators, those that the application has installed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from kyok.domain.translation import look_up_with

CONTEXT = "kyok"


def use_qt_translators() -> None:
    """Every text of the window is looked up in them from now on."""
    look_up_with(lambda text: QCoreApplication.translate(CONTEXT, text))
