"""The tile of one node: its key status in the largest words, why, and its figures."""

from __future__ import annotations

import time
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from kyok.domain.translation import tr
from kyok_gui.pages.database import machine_words, node_words
from kyok_gui.pages.database.node_figures import Figures, Pill
from kyok_gui.theme import font
from kyok_gui.widgets import Prose, Rule, StatusLabel, Text, Tile, key_status, node_state

if TYPE_CHECKING:
    from kyok.client.records.databases import NodeDetail, RootKeyDetail

_WIDE = 340
_ROOMY = 364
"""From this width on the lag has its bytes beside it."""
_CHECKS = {"wide": (152, 80), "narrow": (132, 60)}
_FACTS = {"wide": (76, 80, 96), "narrow": (76, 80, 88)}
_SERVER = {"wide": (76, 80, 96), "narrow": (76, 80, 72)}


class NodeTile(Tile):
    """One node. Built once; `show_node` and the ticking clock only change its words."""

    link = Signal(str)

    def __init__(self, number: int) -> None:
        super().__init__(name=f"nodes.node{number}")
        self._number = number
        self._node: NodeDetail | None = None
        self._reason = node_words.Reason("", "")
        self._shape = ""
        self._next = node_words.NextCheck("", "")
        self._third = tr("Next check")
        self.machine = Text("", "code01", "secondary")
        self.status = StatusLabel(key_status("checking"), size="lg", name=f"nodes.node{number}.key-status")
        self.pill = Pill(name=f"nodes.node{number}.countdown")
        self.reason = Prose("", "label01", name=f"nodes.node{number}.reason", wrap=False)
        self.reason.link.connect(self.link)
        self.checks = Figures(3)
        self.facts = Figures(4)
        self.facts.use_status(2)
        self.server = Figures(4)
        self.server.setContentsMargins(0, 8, 0, 0)
        self.server.set_labels((tr("Memory"), tr("Storage"), tr("Uptime"), tr("Port")))
        self._seen = time.monotonic()
        self._lay_out()
        self._set_shape("wide")

    def _lay_out(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.body.setSpacing(0)
        self.body.setContentsMargins(16, 16, 16, 19)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Text(tr("Node {number}", number=self._number), "heading01"))
        head.addWidget(self.machine)
        head.addStretch(1)
        state = QHBoxLayout()
        state.addWidget(self.status)
        state.addStretch(1)
        state.addWidget(self.pill)
        self.body.addLayout(head)
        self.body.addSpacing(8)
        self.body.addLayout(state)
        self.body.addSpacing(7)
        self.body.addWidget(self.reason)
        self.body.addSpacing(11)
        self.body.addWidget(self.checks)
        self.body.addSpacing(11)
        self.body.addWidget(Rule())
        self.body.addSpacing(8)
        self.body.addWidget(self.facts)
        self.body.addWidget(self.server)
        self.body.addStretch(1)

    def show_node(self, node: NodeDetail, key: RootKeyDetail | None, now: datetime) -> None:
        """Shows a node as it was told."""
        self._node = node
        self._seen = time.monotonic()
        self._reason = node_words.reason_of(node, key, now)
        self.machine.setText(node.name)
        self.status.set_status(key_status(node.key_status))
        self._show_reason()
        self.checks.set_value(0, node_words.last_unwrap(node, now))
        self.checks.set_value(1, node_words.latency(node))
        self.facts.set_value(0, node.role.word)
        self.facts.set_value(1, node.zone)
        self.facts.set_value(2, node_state(node.state))
        self._show_lag()
        self._show_server()
        self.tick(now)
        self.setAccessibleName(
            tr(
                "Node {number}, {zone}: {key_status}, {state}",
                number=node.number,
                zone=node.zone,
                key_status=node.key_status.word,
                state=node.state.word,
            )
        )
        self.setAccessibleDescription(self._reason.text)

    def _show_lag(self) -> None:
        if self._node is not None:
            self.facts.set_value(3, machine_words.lag(self._node, in_bytes=self.width() >= _ROOMY))

    def _show_server(self) -> None:
        """The figures of the server; a simulated node has none."""
        node = self._node
        self.server.setVisible(node is not None and node.server is not None)
        if node is None or node.server is None:
            return
        self.server.set_value(0, machine_words.memory(node.server))
        self.server.set_value(1, machine_words.storage(node))
        self.server.set_value(3, str(node.server.port))

    def tick(self, now: datetime) -> None:
        """Counts down."""
        if self._node is None:
            return
        self._next = node_words.next_check(self._node, now)
        self._show_pill()
        self._label_checks(self._next.label)
        self.checks.set_value(2, self._next.value)
        if self._node.server is not None:
            self.server.set_value(2, machine_words.uptime(self._node.server, time.monotonic() - self._seen))

    def _show_pill(self) -> None:
        self.pill.set_text(self._next.pill if self._shape == "wide" else self._next.short_pill, self._next.pill)

    def _label_checks(self, third: str) -> None:
        self._third = third
        first = tr("Last successful unwrap") if self._shape == "wide" else tr("Last unwrap")
        self.checks.set_labels((first, tr("Latency"), third))

    def _show_reason(self) -> None:
        metrics, room = QFontMetrics(font("label01")), self.width() - 32
        self.reason.set_html(self._reason.html(lambda words: metrics.horizontalAdvance(words) <= room))
        self.reason.setWordWrap(metrics.horizontalAdvance(self.reason.words()) > room)

    def _set_shape(self, shape: str) -> None:
        self._shape = shape
        self.checks.set_widths(_CHECKS[shape])
        self.facts.set_widths(_FACTS[shape])
        self.server.set_widths(_SERVER[shape])
        self.facts.set_labels(
            (tr("Role"), tr("Zone"), tr("Node state"), tr("Replication lag") if shape == "wide" else tr("Lag"))
        )
        self._label_checks(self._third)
        self._show_pill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words shorten in a narrow tile."""
        super().resizeEvent(event)
        shape = "wide" if event.size().width() >= _WIDE else "narrow"
        if shape != self._shape:
            self._set_shape(shape)
        self._show_lag()
        self._show_reason()

    def minimumSizeHint(self) -> QSize:
        """The page shares its width."""
        return QSize(240, super().minimumSizeHint().height())
