"""The Resources page: RAM, disk and vCPU of every node, what other sizes cost, and how far a change is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from kyok.domain.cluster import TaskType
from kyok.domain.databases import Sizes
from kyok.domain.translation import noted, tr
from kyok.errors import KyokError
from kyok_gui.context import PageContext
from kyok_gui.pages.database import cost_words, scaling_words
from kyok_gui.pages.database.change_progress import ChangeProgress
from kyok_gui.pages.database.change_view import Applied, ChangeView, read_change_view
from kyok_gui.pages.database.instance_page import InstancePage
from kyok_gui.pages.database.parts import chain_tabs
from kyok_gui.pages.database.plan_words import INCLUDED, free_note
from kyok_gui.pages.database.price_box import PriceBox
from kyok_gui.places import Place
from kyok_gui.widgets import Button, InlineNote, SelectField, StaticTable, Text, Tile, escape

if TYPE_CHECKING:
    from kyok.client import CloudApi

NAME = "db-resources"
_COST_WIDTH = 304
_BESIDE = 900
"""From this width of the page on the price stands beside the sizes."""
_LABELS = (("ram", "RAM"), ("disk", noted("Disk")), ("cpu", "vCPU"))


class SizesTile(Tile):
    """The three sizes, and what they are in all."""

    def __init__(self) -> None:
        super().__init__(heading=tr("Sizes"), name=f"{NAME}.sizes")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.fields = {
            what: SelectField(tr(noted_label), name=f"{NAME}.{what}", on="tile") for what, noted_label in _LABELS
        }
        self.table = StaticTable(
            [tr(noted_head) for noted_head in scaling_words.HEADS],
            name=f"{NAME}.table",
            accessible=tr("Sizes now and new"),
            row_height=40,
        )
        self.order = Text("", "body01", "secondary", wrap=True, name=f"{NAME}.order")
        for field in self.fields.values():
            self.body.addWidget(field)
        self.body.addSpacing(8)
        self.body.addWidget(self.table)
        self.body.addSpacing(8)
        self.body.addWidget(self.order)
        self.body.addStretch(1)

    def chosen(self, present: Sizes) -> Sizes:
        """The chosen sizes; what was not chosen is as it is."""
        given = {what: int(field.value() or getattr(present, what)) for what, field in self.fields.items()}
        return Sizes(**given)

    def show_view(self, view: ChangeView, *, keep: bool) -> None:
        """Offers the sizes; what was chosen stays when `keep`."""
        before = {what: field.value() for what, field in self.fields.items()}
        for what, found in scaling_words.choices(view).items():
            field = self.fields[what]
            field.set_choices(found)
            kept = keep and before[what] in {choice.id for choice in found if not choice.reason}
            field.set_value(before[what] if kept else str(getattr(view.sizes, what)))
            field.setEnabled(not scaling_words.never(view))
        self.order.setText(scaling_words.order_sentence(view))


class CostTile(Tile):
    """The price of the chosen sizes beside the present one, why they cannot be applied, and the button."""

    def __init__(self) -> None:
        super().__init__(heading=tr("Cost"), name=f"{NAME}.cost")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.box = PriceBox(name=NAME)
        self.now = Text("", "labelStrong", wrap=True, name=f"{NAME}.price-now")
        self.why = InlineNote("info", "", name=f"{NAME}.why-not", compact=True)
        self.apply = Button(tr("Apply changes"), "primary", name=f"{NAME}.apply", size="lg")
        self.apply.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for part in (self.box, self.now):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.body.addWidget(self.why)
        self.body.addWidget(self.apply)

    def show_choice(self, view: ChangeView, chosen: Sizes, *, busy: bool) -> None:
        """Shows what the chosen sizes cost, and whether they can be applied."""
        if scaling_words.never(view):
            self.box.show_price(tr("Free"), [], tr("Three nodes of the smallest size."))
            self.now.setText("")
        else:
            note = f"{tr(INCLUDED)} {tr('The new price holds when all three nodes have the new sizes.')}"
            self.box.show_price(cost_words.price(chosen), cost_words.cost_lines(chosen), note)
            self.now.setText(cost_words.change_of_price(view.sizes, chosen))
        why = scaling_words.why_not(view, chosen)
        shown = "" if busy else why
        self.why.setVisible(bool(shown))
        level = "info" if shown == tr(scaling_words.SAME) else "warning"
        cannot = tr("Cannot apply") if scaling_words.never(view) else tr("Cannot apply yet")
        self.why.show_note(level, "", escape(f"{cannot}: {shown[:1].lower()}{shown[1:]}") if shown else "")
        self.apply.setText(tr("Applying") if busy else tr("Apply changes"))
        self.apply.set_enabled_because(not why and not busy, why or tr("It is being asked for."))


class ScalingPage(InstancePage[ChangeView]):
    """Sizes at the left, price at the right, the last change below."""

    concerns: ClassVar[frozenset[str]] = frozenset({"database", "instance", "task", "fault", "clock"})

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__(context, place, tr("RAM, disk and vCPU of each of the three nodes, and what they cost."))
        self._shown: Sizes | None = None
        self._applied = Applied[Sizes]()
        self.free = InlineNote("warning", "", name=f"{NAME}.free")
        self.refused = InlineNote("error", "", name=f"{NAME}.refused")
        self.sizes = SizesTile()
        self.cost = CostTile()
        self.progress = ChangeProgress(tr("Last change of sizes"), name=f"{NAME}.progress")
        self._box = QWidget()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._box)
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.setSpacing(16)
        self._sides.addWidget(self.sizes, 1)
        self._sides.addWidget(self.cost)
        for part in (self.free, self.refused, self._box, self.progress):
            part.hide()
            self.body.addWidget(part)
        self.body.addStretch(1)
        for field in self.sizes.fields.values():
            field.chosen.connect(lambda _: self._choose())
        self.cost.apply.clicked.connect(self._apply)
        self.progress.link.connect(self.follow)
        context.rights.guard(self.cost.apply, "clusters.resource.scale", self.guid)

    def reads(self, api: CloudApi) -> ChangeView:
        """Instance, tasks, parameters."""
        return read_change_view(api, self.guid, TaskType.RESOURCE_SCALE, self.view)

    def shows(self, view: ChangeView) -> None:
        """Shows sizes, price, and the last change."""
        self._applied.look(view)
        now = self.context.clock.now()
        title, text = free_note(view.detail, now)
        self.free.setVisible(bool(title))
        self.free.show_note("warning", title, escape(text))
        self.sizes.show_view(view, keep=self._shown == view.sizes)
        self._shown = view.sizes
        self._box.show()
        self.progress.show_task(view.last, view.detail, now)
        self._show_choice()
        chain_tabs([*(field.box for field in self.sizes.fields.values()), self.cost.apply, self.progress.open])

    def ticks(self) -> None:
        """A running change counts on."""
        if self.view is not None and self.view.last is not None and self.view.last.running:
            self.progress.show_task(self.view.last, self.view.detail, self.context.clock.now())

    def _choose(self) -> None:
        self.refused.hide()
        self._show_choice()

    def _show_choice(self) -> None:
        if self.view is None:
            return
        chosen = self.sizes.chosen(self.view.sizes)
        self.sizes.table.set_rows(scaling_words.rows(self.view.sizes, chosen))
        self.cost.show_choice(self.view, chosen, busy=self.busy)

    def unsaved(self) -> str:
        """What was chosen since it was last applied."""
        if self.view is None:
            return ""
        chosen = self.sizes.chosen(self.view.sizes)
        return "" if self._applied.holds(chosen) else scaling_words.unsaved(self.view.sizes, chosen)

    def give_up(self) -> None:
        """The present sizes are chosen again."""
        if self.view is not None:
            self.sizes.show_view(self.view, keep=False)
            self._choose()

    def _apply(self) -> None:
        view = self.view
        if view is None or self.busy:
            return
        self.refused.hide()
        chosen, region = self.sizes.chosen(view.sizes), view.detail.region
        self._applied.begin(chosen, view)
        self.does(
            lambda api: api.databases.scale(self.guid, ram=chosen.ram, disk=chosen.disk, cpu=chosen.cpu, region=region),
            lambda _: self.context.notices.info(tr("Scaling has begun"), tr("Secondaries first, the primary last.")),
            self._say_refusal,
        )
        self.sizes.fields["ram"].setFocus()  # the button goes off, and the focus would leave the page
        self._show_choice()

    def _say_refusal(self, error: KyokError) -> None:
        self._applied.forget()
        self.refused.show_note("error", error.summary, escape(error.remedy))
        self.refused.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the price stands below the sizes."""
        super().resizeEvent(event)
        beside = event.size().width() >= _BESIDE
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(direction)
        self.cost.setMinimumWidth(_COST_WIDTH if beside else 0)
        self.cost.setMaximumWidth(_COST_WIDTH if beside else 16_777_215)
