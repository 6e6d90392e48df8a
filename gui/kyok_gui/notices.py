"""Results told to the person: one way for every page."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from kyok.errors import KyokError

_KEPT = 100


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice; levels are "good", "info", "warning" and "error"."""

    level: str
    title: str
    detail: str = ""


class Notices(QObject):
    """Takes notices from pages; the window shows them as toasts."""

    posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history: list[Notice] = []

    @property
    def history(self) -> tuple[Notice, ...]:
        """The latest notices, oldest first."""
        return tuple(self._history)

    def success(self, title: str, detail: str = "") -> None:
        """Something is done."""
        self._post(Notice("good", title, detail))

    def info(self, title: str, detail: str = "") -> None:
        """Something is worth knowing."""
        self._post(Notice("info", title, detail))

    def warning(self, title: str, detail: str = "") -> None:
        """Something needs attention."""
        self._post(Notice("warning", title, detail))

    def error(self, summary: str, remedy: str = "") -> None:
        """Something failed; `remedy` says what to do."""
        self._post(Notice("error", summary, remedy))

    def failure(self, error: KyokError) -> None:
        """Something failed, with the error's own words."""
        self.error(error.summary, error.remedy)

    def _post(self, notice: Notice) -> None:
        self._history.append(notice)
        del self._history[:-_KEPT]
        self.posted.emit(notice)
