"""What the window shows before there is a cloud: skeleton rows, or why it did not start."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kyok.domain.translation import tr
from kyok.errors import KyokError
from kyok_gui.widgets.basics import Text
from kyok_gui.widgets.boxes import EmptyState
from kyok_gui.widgets.panel_host import PanelHost
from kyok_gui.widgets.skeleton import Skeleton


class StartPage(PanelHost):
    """Stands in for the pages that need a cloud until one answers."""

    again = Signal()
    use_local = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        self.setObjectName("start")
        self.setAccessibleName(tr("Starting"))
        self._words = Text(tr("Starting the emulated cloud…"), "body01", "secondary", name="start.words")
        self.failure = EmptyState(
            "keep-your-own-key",
            tr("The emulated cloud did not start"),
            "",
            name="start.failure",
            button=tr("Try again"),
            button_icon="renew",
            second=tr("Use the emulated cloud"),
        )
        self.failure.second_pressed.connect(self.use_local)
        self.failure.pressed.connect(self.again)
        self._parts = QStackedWidget()
        waiting = QWidget()
        inner = QVBoxLayout(waiting)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(Skeleton(8, row_height=40, head_height=40))
        inner.addStretch(1)
        self._parts.addWidget(waiting)
        self._parts.addWidget(self.failure)
        self._title = Text(tr("Resource list"), "heading04", name="start.title")
        self._title.setFixedHeight(40)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 40, 32, 32)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._words)
        column.addSpacing(12)
        column.addWidget(self._parts, 1)

    def show_waiting(self, words: str = "", *, title: str = "") -> None:
        """Skeleton rows; `title` names the page that is to come, when it is another one than before."""
        if title:
            self._title.setText(title)
        self._words.setText(words or tr("Starting the emulated cloud…"))
        self._parts.setCurrentIndex(0)

    def show_moving(self) -> None:
        """Skeleton rows, and why they stay for longer than usual."""
        self.show_waiting(tr("Bringing data of an older version into the form of this one. It may take some minutes…"))

    def show_failure(self, error: KyokError, *, elsewhere: bool = False) -> None:
        """Why there is no cloud, and what to do; `elsewhere`: the cloud of this machine may be used instead."""
        self.failure.show_second(elsewhere)
        self._words.setText(tr("There is nothing to show without a connection."))
        self.failure.say(error.summary, error.remedy)
        choose = bool(getattr(error, "new", False))
        self.failure.button.setText(tr("Choose a passphrase") if choose else tr("Try again"))
        self.failure.button.set_icon_name("locked" if choose else "renew")
        self._parts.setCurrentIndex(1)

    @property
    def failed(self) -> bool:
        """Whether a failure is shown."""
        return self._parts.currentIndex() == 1
