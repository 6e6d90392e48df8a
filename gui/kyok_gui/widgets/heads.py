"""The head of a page: where one is, what the page is, and what can be done daily."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kyok.domain.translation import tr
from kyok_gui.places import Place
from kyok_gui.widgets.basics import Text, chain_tabs, named
from kyok_gui.widgets.buttons import IconButton, Link

Trail = Sequence[tuple[str, Place | None]]


class Breadcrumb(QWidget):
    """The way to this page; every part but the last is a link when it has a place."""

    chosen = Signal(object)

    def __init__(self, *, name: str = "page.breadcrumb") -> None:
        super().__init__()
        named(self, name, tr("Breadcrumb"))
        self._name = name
        self._trail: list[tuple[str, Place | None]] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self.setFixedHeight(20)

    def set_trail(self, trail: Trail) -> None:
        """Shows another way."""
        if list(trail) == self._trail:
            return
        self._trail = list(trail)
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        last = len(self._trail) - 1
        for place_in_row, (text, place) in enumerate(self._trail):
            if place is None or place_in_row == last:
                self._row.addWidget(Text(text, "bodyCompact01", "primary" if place_in_row == last else "secondary"))
            else:
                link = Link(text, name=f"{self._name}.{place_in_row}")
                link.clicked.connect(lambda _=False, there=place: self.chosen.emit(there))
                self._row.addWidget(link)
            if place_in_row < last:
                self._row.addWidget(Text("/", "bodyCompact01", "secondary"))
        self._row.addStretch(1)
        items = (self._row.itemAt(place) for place in range(self._row.count()))
        widgets = (item.widget() for item in items if item is not None)
        chain_tabs(self, [widget for widget in widgets if isinstance(widget, Link)])

    def words(self) -> list[str]:
        """The parts of the way."""
        return [text for text, _ in self._trail]


class PageHeader(QWidget):
    """Breadcrumb, title with actions and the help button at its right, and one explaining line."""

    help_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.breadcrumb = Breadcrumb()
        self.title = Text("", "heading04", name="page.title")
        self.title.setFixedHeight(40)
        self.title.setContentsMargins(0, 2, 0, 0)
        self.subtitle = Text("", "body01", "secondary", wrap=True, name="page.subtitle")
        self._beside = QHBoxLayout()
        self._beside.setSpacing(12)
        self._actions = QHBoxLayout()
        self._added: list[QWidget] = []
        self._actions.setSpacing(8)
        self.help_button = IconButton("help", tr("Help for this page"), name="page.help", size=40)
        self.help_button.clicked.connect(self.help_wanted)
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addWidget(self.title)
        line.addLayout(self._beside)
        line.addStretch(1)
        line.addLayout(self._actions)
        line.addSpacing(8)
        line.addWidget(self.help_button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.breadcrumb)
        column.addSpacing(4)
        column.addLayout(line)
        column.addWidget(self.subtitle)
        self.subtitle.setContentsMargins(0, 5, 0, 0)
        self.subtitle.hide()

    def set_trail(self, trail: Trail) -> None:
        """Shows the way to this page."""
        self.breadcrumb.set_trail(trail)

    def set_title(self, title: str) -> None:
        """Names the page."""
        self.title.setText(title)

    def set_subtitle(self, text: str) -> None:
        """Explains the page in one line; none where a verdict speaks."""
        self.subtitle.setText(text)
        self.subtitle.setVisible(bool(text))

    def add_beside_title(self, widget: QWidget) -> None:
        """Adds a tag beside the title."""
        if self._beside.isEmpty():
            self._beside.addSpacing(16)
        self._beside.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def add_action(self, widget: QWidget) -> None:
        """Adds a button at the right; the order is from left to right."""
        self._actions.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        self._added.append(widget)
        chain_tabs(self.title, [*self._added, self.help_button])
