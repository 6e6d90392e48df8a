"""Mono text to be copied."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from kyok.domain.translation import tr
from kyok_gui.widgets.basics import Text, tip
from kyok_gui.widgets.buttons import IconButton
from kyok_gui.widgets.frames import Frame

_TOLD_MS = 2000
_BREAKS = re.compile(r"[:/_.,-]")
"""After these a long word may go on in the next line."""


class CopyField(Frame):
    """An id or a command with a button that copies it. Too long ids lose their middle, never their ends."""

    def __init__(
        self,
        text: str = "",
        *,
        name: str,
        accessible: str,
        elide: str = "middle",
        lines: bool = False,
        on: str = "",
        wraps: bool = False,
    ) -> None:
        """`wraps`: long lines go on below, also within an id; what is copied has no such break."""
        super().__init__("tile" if lines else "plain")
        if lines:
            self.setProperty("on", on or "layer02")
        self._whole = ""
        self._elides = elide == "middle" and not lines
        self._accessible = accessible
        self._wraps = wraps
        self._words = Text("", "code01", "primary", name=name, wrap=wraps)
        self.button = IconButton("copy", tr("Copy {accessible}", accessible=accessible), name=f"{name}.copy", size=32)
        self.button.clicked.connect(self.copy)
        self._told = QTimer(self)
        self._told.setSingleShot(True)
        self._told.setInterval(_TOLD_MS)
        self._told.timeout.connect(
            lambda: self.button.set_icon_name("copy", tr("Copy {accessible}", accessible=accessible))
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(16 if lines else 0, 12 if lines else 0, 8 if lines else 0, 12 if lines else 0)
        row.setSpacing(4)
        row.addWidget(self._words, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop if lines else Qt.AlignmentFlag.AlignVCenter)
        if not lines:
            self.button.setFixedSize(24, 24)
            self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Shows another text."""
        self._whole = text
        self._shorten()
        self._words.setAccessibleName(text)
        self.setToolTip(tip(text) if self._elides else "")

    def text(self) -> str:
        """The whole text."""
        return self._whole

    def copy(self) -> None:
        """Puts the whole text on the clipboard and shows that it did."""
        QGuiApplication.clipboard().setText(self._whole)
        self.button.set_icon_name("checkmark", tr("Copied {accessible}", accessible=self._accessible))
        self._told.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shortens anew."""
        super().resizeEvent(event)
        self._shorten()

    def changeEvent(self, event: QEvent) -> None:
        """Shortens anew with another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._shorten()

    def _shorten(self) -> None:
        words = self._whole
        if self._elides and self._words.width() > 24:
            metrics = QFontMetrics(self._words.font())
            words = metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, self._words.width())
        if self._wraps:
            words = _BREAKS.sub("\\g<0>\u200b", words)
        if words != self._words.text():
            self._words.setText(words)
            self._words.setAccessibleName(self._whole)
