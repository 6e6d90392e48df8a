"""The panel of one user: what each role lets this person do, and the user's values."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kyok.domain.translation import tr
from kyok_gui.pages.identity.user_rows import UserRow, keys_in_words, may_do
from kyok_gui.times import at
from kyok_gui.widgets import CodeValue, KeyValueList, Row, SidePanel, Text

_WIDE = 560


class UserPanel(SidePanel):
    """May do, Details."""

    def __init__(self, row: UserRow) -> None:
        super().__init__(row.name, row.user.email, name="users.panel", width=_WIDE)
        self.row = row
        self._acts = QWidget()
        self._column = QVBoxLayout(self._acts)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._values = KeyValueList(label_width=120, name="users.panel.values")
        self.add_tab("may-do", tr("What this user may do"), self._acts)
        self.add_tab("details", tr("Details"), self._values)

    def show_row(self, row: UserRow, name_of: Callable[[str], str]) -> None:
        """Shows the user as it is now."""
        self.row = row
        self.set_title(row.name, row.user.email)
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        acts = may_do(row.user.roles, name_of)
        for role, place, words in acts:
            self._column.addWidget(Text(f"{role}, {place}", "heading01", wrap=True))
            self._column.addWidget(Text(words, "body01", "secondary", wrap=True))
            self._column.addSpacing(12)
        if not acts:
            self._column.addWidget(
                Text(tr("This user has no role and may do nothing."), "body01", "secondary", wrap=True)
            )
        self._values.set_rows(_values(row))


def _values(row: UserRow) -> list[Row]:
    found: list[Row] = [(tr("Email"), row.user.email), (tr("IAM ID"), CodeValue(row.id, "users.panel.id"))]
    if row.user.api_keys is None:
        found.append((tr("API keys"), keys_in_words(row)))
    for key in row.user.api_keys or ():
        found.append((tr("API key"), f"{key.name}, {at(key.created_at)}" if key.created_at is not None else key.name))
    return found
