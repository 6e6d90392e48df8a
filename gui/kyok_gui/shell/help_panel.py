"""The panel behind a page's "?": its tasks step by step, and what it mirrors."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kyok.domain.translation import tr
from kyok_gui.help_texts import HelpSection, HelpText
from kyok_gui.widgets.basics import Prose, Text, escape
from kyok_gui.widgets.panel import SidePanel

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_CODE = re.compile(r"`(.+?)`")


class HelpPanel(SidePanel):
    """Shows one help text."""

    def __init__(self, text: HelpText) -> None:
        super().__init__(text.title, name="help")
        mirrors = html_of(tr("Mirrors: {mirrors}", mirrors=text.mirrors))
        self.heading.addWidget(Prose(mirrors, "bodyCompact01", name="help.mirrors"))
        self.add_tab("steps", tr("Step by step"), _column(text.tasks, "help.steps"))
        if text.good_to_know is not None:
            self.add_tab(
                "good-to-know", text.good_to_know.title, _column([text.good_to_know], "help.more", heads=False)
            )


def html_of(line: str) -> str:
    """A line with its `**bold**` and `` `code` `` as html; everything else is plain."""
    return _CODE.sub(r"<code>\1</code>", _BOLD.sub(r"<b>\1</b>", escape(line)))


def _column(sections: list[HelpSection] | tuple[HelpSection, ...], name: str, *, heads: bool = True) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(24)
    for place, section in enumerate(sections):
        column.addWidget(_Section(section, f"{name}.{place}", head=heads))
    return made


class _Section(QWidget):
    """One task: its heading, and its steps with their numbers in a column of their own."""

    def __init__(self, section: HelpSection, name: str, *, head: bool) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        if head:
            grid.addWidget(Text(section.title, "heading01", wrap=True, name=f"{name}.title"), 0, 0, 1, 2)
        for place, line in enumerate(section.lines, start=1):
            prose = Prose(html_of(line), "body01", "primary", name=f"{name}.{place}")
            if section.numbered:
                number = Text(f"{place}.", "body01", "secondary")
                number.setFixedWidth(20)
                grid.addWidget(number, place, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(prose, place, 1)
            else:
                grid.addWidget(prose, place, 0, 1, 2)
