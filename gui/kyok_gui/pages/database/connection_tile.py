"""How to connect: address, psql command, certificate; with simulated nodes, that nothing can."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kyok.domain.translation import tr
from kyok_gui.pages.database import overview_words as words
from kyok_gui.pages.database.parts import PageTile
from kyok_gui.widgets import Button, CopyField, InlineNote, KeyValueList, Text, escape

if TYPE_CHECKING:
    from kyok.client.records.databases import Connection
    from kyok.client.records.detail import DatabaseDetail

CERTIFICATE = "cert.pem"
_BREAK = "\N{ZERO WIDTH SPACE}"


class CommandField(CopyField):
    """A command that may take several lines here, and is copied as the one line that it is."""

    def __init__(self, *, name: str, accessible: str) -> None:
        super().__init__(name=name, accessible=accessible, lines=True)
        self._words.setWordWrap(True)

    def _shorten(self) -> None:
        """Long paths may break behind each slash."""
        self._words.setText(self._whole.replace("/", f"/{_BREAK}"))
        self._words.setAccessibleName(self._whole)


class PsqlBox(QWidget):
    """The psql command, the certificate that it needs, and a terminal for both."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("db-overview.psql-box")
        self.command = CommandField(name="db-overview.psql", accessible=tr("psql command"))
        self.download = Button(tr("Download certificate"), "tertiary", name="db-overview.certificate", icon="download")
        self.terminal = Button(tr("Open in terminal"), "ghost", name="db-overview.terminal", icon="terminal")
        self.note = Text("", "label01", "helper", wrap=True, name="db-overview.psql-note")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.download)
        buttons.addWidget(self.terminal)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addWidget(Text(tr("psql command"), "label01", "secondary"))
        column.addWidget(self.command)
        column.addSpacing(12)
        column.addLayout(buttons)
        column.addSpacing(4)
        column.addWidget(self.note)


class ConnectionTile(PageTile):
    """How to connect. `certificate_pressed` asks for the certificate, `terminal_pressed` for psql in a terminal."""

    certificate_pressed = Signal()
    terminal_pressed = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Connection"), "db-overview.connection")
        self._known: Connection | None = None
        self._serving = False
        self._saved: Path | None = None
        self.note = InlineNote("quiet", "", name="db-overview.not-connectable")
        self.rows = KeyValueList(name="db-overview.connection.values")
        self.psql = PsqlBox()
        self.psql.download.clicked.connect(self.certificate_pressed)
        self.psql.terminal.clicked.connect(self.terminal_pressed)
        for part in (self.note, self.rows, self.psql):
            self.body.addWidget(part)
        self.body.addStretch(1)

    @property
    def saved(self) -> Path | None:
        """Where the certificate was saved, if it was."""
        return self._saved

    def show_detail(self, detail: DatabaseDetail, *, terminal: bool) -> None:
        """Shows what is known about connecting; `terminal`: psql can be opened in one here."""
        self._known, self._serving = detail.connection, detail.data.readable
        connectable = detail.connectable
        self.note.setVisible(not connectable)
        self.note.show_note(
            "quiet", detail.why_not_connectable, "" if connectable else escape(words.no_address(detail))
        )
        self.rows.set_rows(words.connection_rows(detail))
        self.psql.setVisible(connectable)
        self.psql.download.setVisible(detail.connection.certificate)
        self.psql.terminal.setVisible(terminal)
        self._show_command()

    def use_certificate(self, file: Path) -> None:
        """From now on the command names this file."""
        self._saved = file
        self._show_command()

    def conninfo(self) -> str:
        """What psql connects with now."""
        return "" if self._known is None else self._known.conninfo(str(self._saved or CERTIFICATE))

    def _show_command(self) -> None:
        if self._known is None:
            return
        self.psql.command.set_text(self._known.psql_with(str(self._saved or CERTIFICATE)))
        self.psql.note.setText(words.connecting(self._saved, serving=self._serving))

    def tab_stops(self) -> list[QWidget]:
        """What Tab reaches, in order."""
        return [self.psql.command.button, self.psql.download, self.psql.terminal]
