"""Words that a window shows without having asked the translator for them: its own words, not what it shows of data.

The translator of these tests puts a text in brackets and leaves out the values: `«Delete »ledger-root«»`. What stands
outside the brackets is data, or a word that escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLabel, QLineEdit, QMenu, QWidget

from kyok.domain.translation import look_up_with
from kyok_gui.translation import CONTEXT, use_qt_translators

_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
_TAG = re.compile(r"<[^>]*>")
_TOLD = re.compile(r"«[^«»]*»")
_WORD = re.compile(r"[A-Za-z]{2,}")
_KEYS = r"(?:(?:Alt|Ctrl|Shift)\+)+\w+"
"""Names of keys are Qt's to translate."""


class Bracketing(QTranslator):
    """Puts every text that it is asked for in brackets, and the values outside of them."""

    def translate(self, context: str, text: str, note: str | None = None, count: int = -1) -> str:
        return "«" + re.sub(r"(?<!\{)(\{\w+\})", r"»\1«", text) + "»" if context == CONTEXT and text else text


@pytest.fixture
def bracketed(qapp: QApplication) -> Iterator[None]:
    """Has every word of the window looked up in `Bracketing`."""
    translator = Bracketing()
    assert QCoreApplication.installTranslator(translator)
    use_qt_translators()
    yield
    look_up_with(None)
    QCoreApplication.removeTranslator(translator)


def _said_by(widget: QWidget) -> Iterator[str]:
    yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip())
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QMenu):
        yield from (action.text() for action in widget.actions())
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _said_by_rows(widget)


def _said_by_rows(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    for column in range(model.columnCount()):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(min(model.rowCount(), 40)):
            yield from (str(model.index(row, column).data(role) or "") for role in _ROLES)


def untold(root: QWidget, data: str) -> list[str]:
    """What the window says outside of brackets, with words in it that are not `data`, a pattern."""
    known, found = re.compile(rf"(?<![\w-])(?:{data}|{_KEYS})(?![\w-])"), set()
    for widget in (root, *root.findChildren(QWidget)):
        for text in _said_by(widget):
            rest, before = _TAG.sub("", text), ""
            while rest != before:
                rest, before = _TOLD.sub(" ", rest), rest
            if _WORD.search(known.sub("", rest)):
                found.add(text)
    return sorted(found)
