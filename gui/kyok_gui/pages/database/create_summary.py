"""The tile beside the creation form: what will be made, what it costs, and the button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from kyok.domain.translation import noted, tr
from kyok_gui.pages.database.cost_words import cost_lines, price
from kyok_gui.pages.database.create_form import PLACE
from kyok_gui.pages.database.create_values import FormValues, summary
from kyok_gui.pages.database.plan_words import INCLUDED, free_rules
from kyok_gui.pages.database.price_box import PriceBox
from kyok_gui.widgets import Button, KeyValueList, Prose, Rule, Text, Tile, escape, link_html
from kyok_gui.widgets.bars import EdgedBox

WIDTH = 304
AUTHORIZE = "authorize:"
"""The link to the authorization wizard."""
_SENTENCE = noted("Cannot create yet:")


class WhyNot(EdgedBox):
    """Why Create is off, directly above it."""

    link = Signal(str)

    def __init__(self) -> None:
        super().__init__("error", name=f"{PLACE}.why-not")
        self._words = Prose("", "label01", "primary", name=f"{PLACE}.why-not.text")
        self._words.link.connect(self.link)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.addWidget(self._words)

    def show_reason(self, level: str, html: str) -> None:
        """Shows the reason; without words the box is gone."""
        self.set_level(level)
        self._words.set_html(html)
        self.setAccessibleName(self._words.words())
        self.setVisible(bool(html))

    def words(self) -> str:
        """The reason as a person reads it."""
        return self._words.words()


class CreateSummary(Tile):
    """Summary, price with its three parts, the reason why not, and Create."""

    pressed = Signal()
    authorize = Signal()

    def __init__(self) -> None:
        super().__init__(heading=tr("Summary"), name=f"{PLACE}.summary")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.rows = KeyValueList(name=f"{PLACE}.summary.values", align_right=True)
        self.price = PriceBox(name=PLACE)
        self.why = WhyNot()
        self.why.link.connect(lambda _: self.authorize.emit())
        self.create_button = Button(tr("Create"), "primary", name=f"{PLACE}.create", size="lg")
        self.create_button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.create_button.clicked.connect(self.pressed)
        self._lay_out()

    def _lay_out(self) -> None:
        self.body.addWidget(self.rows)
        self.body.addSpacing(8)
        self.body.addWidget(Rule())
        self.body.addSpacing(4)
        self.body.addWidget(self.price)
        self.body.addStretch(1)
        self.body.addSpacing(16)
        self.body.addWidget(self.why)
        self.body.addSpacing(8)
        self.body.addWidget(self.create_button)

    def show_values(self, values: FormValues, why: str, *, blocked: bool, busy: bool) -> None:
        """Shows what will be made, or why it cannot be made yet."""
        *others, (label, key) = summary(values)
        self.rows.set_rows([*others, (label, key if values.key_name or not values.kms_name else _missing(key))])
        if values.sizes is None:
            self.price.show_price(tr("Free"), [], free_rules())
        else:
            self.price.show_price(price(values.sizes), cost_lines(values.sizes), tr(INCLUDED))
        self._show_reason("" if busy else why, blocked)
        self.create_button.setText(tr("Creating") if busy else tr("Create"))
        self.create_button.set_enabled_because(
            not why and not busy, f"{tr(_SENTENCE)} {why}" if why else tr("Being created.")
        )

    def _show_reason(self, why: str, blocked: bool) -> None:
        link = " " + link_html(tr("Create authorization"), AUTHORIZE) if blocked else ""
        level = "error" if blocked else "info"
        self.why.show_reason(level, f"<b>{tr(_SENTENCE)}</b> {escape(why)}{link}" if why else "")

    def show_failure(self, summary_text: str, remedy: str) -> None:
        """Shows what the cloud refused."""
        self.why.show_reason("error", f"<b>{escape(summary_text)}</b> {escape(remedy)}")


def _missing(value: str) -> Text:
    words = Text(value, "bodyCompact01", "error")
    words.setAlignment(Qt.AlignmentFlag.AlignRight)
    return words
