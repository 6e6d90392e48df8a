"""What stands between a page and the services: it reads, and says what it read or why it could not. No widgets."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kyok_gui.context import PageContext

if TYPE_CHECKING:
    from kyok.client.api import CloudApi


class Presenter(QObject):
    """Reads one thing for its page, again and again. Subclasses add what can be done."""

    loaded = Signal(object)
    """What `read` gave."""
    failed = Signal(object)
    """The `KyokError` that it ended with."""

    def __init__(self, context: PageContext, parent: QObject, read: Callable[[CloudApi], object]) -> None:
        """`read` runs in a worker, with the API of whoever is signed in when it is asked."""
        super().__init__(parent)
        self._context = context
        self._read = read

    def load(self) -> None:
        """Reads; an answer that a later question's has overtaken is not told."""
        api = self._context.api
        self._context.tasks.read(lambda: self._read(api), self.loaded.emit, self.failed.emit, owner=self)
