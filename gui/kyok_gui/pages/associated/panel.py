"""The panel with all that a registration tells."""

from __future__ import annotations

from PySide6.QtCore import Signal

from kyok.domain.translation import tr
from kyok_gui.pages.associated.rows import ResourceRow, detail_rows
from kyok_gui.widgets import Button, KeyValueList, SidePanel


class ResourcePanel(SidePanel):
    """One resource and the key that it uses."""

    key_wanted = Signal()
    sync_wanted = Signal()

    def __init__(self, row: ResourceRow) -> None:
        super().__init__(row.use.name, tr("uses {key}", key=row.key), name="associated.panel")
        self.row = row
        self._facts = KeyValueList(label_width=152, name="associated.panel.facts")
        self.add_tab("details", tr("Details"), self._facts)
        self.sync = Button(
            tr("Synchronize"), "secondary", name="associated.panel.sync", icon="renew", size="xl", high_words=True
        )
        self._open = Button(
            tr("Open key"), "primary", name="associated.panel.open-key", icon="password", size="xl", high_words=True
        )
        self.sync.clicked.connect(self.sync_wanted)
        self._open.clicked.connect(self.key_wanted)
        self.set_actions([self.sync, self._open])
        self.show_row(row)

    def show_row(self, row: ResourceRow) -> None:
        """Shows the registration as it is now."""
        self.row = row
        self.set_title(row.use.name, tr("uses {key}", key=row.key))
        self._facts.set_rows(detail_rows(row))
