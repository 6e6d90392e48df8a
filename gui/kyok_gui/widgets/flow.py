"""Widgets side by side that go on below where there is no more room."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QLayout, QLayoutItem, QWidget, QWidgetItem


class _Item(QWidgetItem):
    """Holds its widget, which nobody else may do before the layout has its place."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget


class FlowLayout(QLayout):
    """Lays out from left to right, then below; each part keeps its own width. Hidden parts take no room."""

    def __init__(self, parent: QWidget | None = None, *, across: int = 8, down: int = 8) -> None:
        super().__init__(parent)
        self._across, self._down = across, down
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addWidget(self, widget: QWidget) -> None:
        """Takes a widget, in an item made here.

        Those that Qt makes are lost when the layout is nested: PySide then hangs them below the outer layout, and
        whenever it lets go of something above that, it takes all that Python did not make itself for deleted.
        """
        self.addChildWidget(widget)
        self.addItem(_Item(widget))

    def addItem(self, item: QLayoutItem) -> None:
        """Takes a part."""
        self._items.append(item)

    def count(self) -> int:
        """How many parts there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One part."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Gives a part back."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Needs no more than it has."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height at a width."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Places every part."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        """All parts in one line."""
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in shown) + self._across * max(0, len(shown) - 1)
        return QSize(width, max((size.height() for size in shown), default=0))

    def minimumSize(self) -> QSize:
        """The widest part alone."""
        shown = [item.minimumSize() for item in self._items if not item.isEmpty()]
        return QSize(
            max((size.width() for size in shown), default=0), max((size.height() for size in shown), default=0)
        )

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Goes through the parts and answers the height that they take."""
        left, top, line = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if left > rect.x() and left + size.width() > rect.right() + 1:
                left, top, line = rect.x(), top + line + self._down, 0
            if move:
                item.setGeometry(QRect(QPoint(left, top), size))
            left += size.width() + self._across
            line = max(line, size.height())
        return top + line - rect.y()


class FoldingRow(QBoxLayout):
    """Parts side by side; where there is less room than `least`, below each other.

    It claims the width of its widest part only, so that a narrow window folds it instead of cutting it off.
    """

    def __init__(self, least: int, parent: QWidget | None = None, *, spacing: int = 16) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight)
        self._least = least
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)
        if parent is not None:
            parent.setLayout(self)

    def _direction_for(self, width: int) -> QBoxLayout.Direction:
        return QBoxLayout.Direction.TopToBottom if width < self._least else QBoxLayout.Direction.LeftToRight

    def minimumSize(self) -> QSize:
        """The widest part alone."""
        widest = max((part.minimumSize().width() for _, part in self._parts()), default=0)
        return QSize(widest, super().minimumSize().height())

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher. Qt's own answer is asked for, since it counts its parts anew only then."""
        super().hasHeightForWidth()
        return True

    def heightForWidth(self, width: int) -> int:
        """The height at a width, folded or not."""
        if self._direction_for(width) == self.direction():
            return max(super().heightForWidth(width), super().minimumSize().height())
        return self._height_at(width)

    def minimumHeightForWidth(self, width: int) -> int:
        """The same."""
        if self._direction_for(width) == self.direction():
            return max(super().minimumHeightForWidth(width), super().minimumSize().height())
        return self._height_at(width)

    def setGeometry(self, rect: QRect) -> None:
        """Folds first, then places."""
        wanted = self._direction_for(rect.width())
        if wanted != self.direction():
            self.setDirection(wanted)
        super().setGeometry(rect)

    def _parts(self) -> list[tuple[int, QLayoutItem]]:
        """Parts in sight with their shares of the width."""
        found = [(self.stretch(place), self.itemAt(place)) for place in range(self.count())]
        return [(share, part) for share, part in found if part is not None and not part.isEmpty()]

    def _height_at(self, width: int) -> int:
        """The height in the direction that it has not now: turning it, only to ask, would upset the layout above."""
        parts = self._parts()
        gaps = self.spacing() * max(0, len(parts) - 1)
        if width < self._least:
            return sum(_height(part, width) for _, part in parts) + gaps
        shares = sum(share for share, _ in parts) or 1
        return max((_height(part, (width - gaps) * share // shares) for share, part in parts), default=0)


def _height(part: QLayoutItem, width: int) -> int:
    wanted = part.heightForWidth(width) if part.hasHeightForWidth() else part.sizeHint().height()
    return max(wanted, part.minimumSize().height())
