"""Walks what a screen reader sees."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

NEED_A_NAME = {
    QAccessible.Role.Button,
    QAccessible.Role.PushButton,
    QAccessible.Role.ButtonMenu,
    QAccessible.Role.CheckBox,
    QAccessible.Role.RadioButton,
    QAccessible.Role.ComboBox,
    QAccessible.Role.EditableText,
    QAccessible.Role.Table,
    QAccessible.Role.List,
    QAccessible.Role.Link,
    QAccessible.Role.ColumnHeader,
    QAccessible.Role.Cell,
}
_CELLS_LOOKED_AT = 60


def nameless(root: QWidget) -> list[str]:
    """Everything in sight that should have a name and has none."""
    found = []
    for one in walk(QAccessible.queryAccessibleInterface(root)):
        if one.role() in NEED_A_NAME and not one.text(QAccessible.Text.Name).strip():
            thing = one.object()
            found.append(f"{one.role().name} {thing.objectName() if thing is not None else ''}")
    return found


def walk(one: QAccessibleInterface | None, depth: int = 0) -> Iterator[QAccessibleInterface]:
    """The interfaces in sight; of a table only the first cells, for it has rows times columns children."""
    if one is None or not one.isValid() or one.state().invisible or depth > 40:
        return
    yield one
    count = one.childCount()
    if one.role() == QAccessible.Role.Table:
        count = min(count, _CELLS_LOOKED_AT)
    for place in range(count):
        yield from walk(one.child(place), depth + 1)
