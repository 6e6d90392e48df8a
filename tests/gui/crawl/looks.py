"""What may not be seen anywhere: parts without a name, words that are cut off, buttons that are squeezed."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from kyok_gui.widgets.buttons import Button, Link
from tests.gui.accessible import nameless

INTERACTIVE = (QAbstractButton, QLineEdit, QPlainTextEdit, QAbstractItemView)
_ROOM = 2
"""Pixels by which a font may measure a little more than it draws."""


def faults(root: QWidget) -> list[str]:
    """Everything in sight that should not be."""
    return [f"no accessible name: {one}" for one in nameless(root)] + list(_nameless_widgets(root)) + list(_cut(root))


def _seen(root: QWidget, kind: type[QWidget] | tuple[type[QWidget], ...]) -> Iterator[QWidget]:
    for widget in root.findChildren(QWidget):
        if isinstance(widget, kind) and widget.isVisible() and not widget.visibleRegion().isEmpty():
            yield widget


def _nameless_widgets(root: QWidget) -> Iterator[str]:
    """Interactive widgets that automation cannot find."""
    for widget in _seen(root, INTERACTIVE):
        inner = isinstance(widget.parentWidget(), QAbstractScrollArea | QAbstractSlider)
        if not widget.objectName() and not inner and type(widget).__name__ not in ("QScrollBar",):
            yield f"no object name: {where(widget)}"


def _cut(root: QWidget) -> Iterator[str]:
    """Words that do not have the room they need."""
    for label in _seen(root, QLabel):
        assert isinstance(label, QLabel)
        why = _cut_label(label) or _outside(label)
        if why:
            yield f"cut off ({why}): {where(label)} {words_of(label)[:60]!r}"
    for button in _seen(root, (Button, Link)):
        assert isinstance(button, QAbstractButton)
        wanted = button.sizeHint()
        if button.width() + _ROOM < wanted.width():
            yield f"squeezed ({button.width()} of {wanted.width()}): {where(button)} {button.text()!r}"
        elif why := _outside(button):
            yield f"cut off ({why}): {where(button)} {button.text()!r}"


def words_of(label: QLabel) -> str:
    """What a label says."""
    words = getattr(label, "words", None)
    return str(words() if callable(words) else label.text())


def _cut_label(label: QLabel) -> str:
    text = label.text()
    if not text or getattr(label, "elides", False):
        return ""
    room = label.contentsRect()
    if label.wordWrap():
        wanted = label.heightForWidth(label.width())
        return f"{label.height()} of {wanted} high" if wanted > label.height() + _ROOM else ""
    if label.textFormat() == Qt.TextFormat.RichText:
        wanted = label.sizeHint().width()
        return f"{label.width()} of {wanted} wide" if wanted > label.width() + _ROOM else ""
    wanted = max(label.fontMetrics().horizontalAdvance(line) for line in text.split("\n"))
    return f"{room.width()} of {wanted} wide" if wanted > room.width() + _ROOM else ""


def _outside(widget: QWidget) -> str:
    """Whether a part lies partly outside of a parent that does not scroll."""
    rect = QRect(widget.rect())
    child, parent = widget, widget.parentWidget()
    while parent is not None and not child.isWindow():
        rect.translate(child.pos())
        if isinstance(parent.parentWidget(), QAbstractScrollArea) or isinstance(parent, QAbstractScrollArea):
            return ""
        over = max(rect.right() - parent.rect().right(), parent.rect().left() - rect.left())
        under = max(rect.bottom() - parent.rect().bottom(), parent.rect().top() - rect.top())
        if max(over, under) > _ROOM:
            return f"{max(over, under)} px outside of {parent.objectName() or type(parent).__name__}"
        child, parent = parent, parent.parentWidget()
    return ""


def where(widget: QWidget) -> str:
    """A widget's name, or the way to it from the next part that has one."""
    path = [widget.objectName() or type(widget).__name__]
    parent = widget.parentWidget()
    while parent is not None and not path[-1].count(".") and len(path) < 4:
        path.append(parent.objectName() or type(parent).__name__)
        parent = parent.parentWidget()
    return " in ".join(path)
