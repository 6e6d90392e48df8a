"""What narrows an authorization further: shown when it is asked for, or when something of it is in use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from kyok.domain.translation import tr
from kyok_gui.pages.access import choices
from kyok_gui.pages.access.choices import ANY
from kyok_gui.pages.access.draft import EVERY, Draft
from kyok_gui.pages.access.facts import AccessFacts
from kyok_gui.widgets import Link, SelectField

if TYPE_CHECKING:
    from kyok_gui.pages.access.presenter import KeyFacts


class MoreOptions(QWidget):
    """A link that opens the fields below it."""

    def __init__(self, name: str, accessible: str, fields: Sequence[QWidget]) -> None:
        super().__init__()
        self._box = QWidget()
        self.link = Link(tr("More options"), name=f"{name}.more", icon="chevron--down", accessible=accessible)
        self.link.clicked.connect(lambda _=False: self.set_open(self._box.isHidden()))
        inside = QVBoxLayout(self._box)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(16)
        for field in fields:
            inside.addWidget(field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.link)
        column.addWidget(self._box)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.set_open(False)

    def set_open(self, opened: bool) -> None:
        """Shows or hides the fields."""
        self._box.setVisible(opened)
        self.link.setText(tr("Fewer options") if opened else tr("More options"))
        self.link.set_icon_name("chevron--up" if opened else "chevron--down")


class SourceOptions(MoreOptions):
    """Source resource group."""

    group_chosen = Signal(str)

    def __init__(self, name: str) -> None:
        self.group = SelectField(
            tr("Source resource group"),
            name=f"{name}.source-group",
            helper=tr("All instances of the source service in this group, also later ones."),
        )
        super().__init__(f"{name}.source", tr("More options of the source"), [self.group])
        self.group.chosen.connect(lambda chosen: self.group_chosen.emit(_id(chosen)))

    def show_draft(self, draft: Draft, facts: AccessFacts) -> None:
        """Shows the group."""
        self.group.set_choices(choices.group_choices(facts, draft.source_group))
        self.group.set_value(draft.source_group or ANY)
        if draft.source_group:
            self.set_open(True)


class TargetOptions(MoreOptions):
    """Target resource group, key ring, key."""

    group_chosen = Signal(str)
    ring_chosen = Signal(str)
    key_chosen = Signal(str)

    def __init__(self, name: str) -> None:
        self.group = SelectField(
            tr("Target resource group"),
            name=f"{name}.target-group",
            helper=tr("All instances of the target service in this group, instead of one instance."),
        )
        self.ring = SelectField(tr("Key ring"), name=f"{name}.key-ring")
        self.key = SelectField(tr("Key"), name=f"{name}.key")
        super().__init__(f"{name}.target", tr("More options of the target"), [self.group, self.ring, self.key])
        self.group.chosen.connect(lambda chosen: self.group_chosen.emit(_id(chosen)))
        self.ring.chosen.connect(lambda chosen: self.ring_chosen.emit(_id(chosen)))
        self.key.chosen.connect(lambda chosen: self.key_chosen.emit(_id(chosen)))

    def show_draft(self, draft: Draft, facts: AccessFacts, keys: KeyFacts | None) -> None:
        """Shows the three; rings and keys are those of the chosen instance."""
        self.group.set_choices(choices.group_choices(facts, draft.target_group))
        self.group.set_value(draft.target_group or ANY)
        blocked = _blocked(draft, keys)
        for field, chosen in ((self.ring, draft.key_ring), (self.key, draft.key)):
            if blocked and not chosen:
                field.set_blocked(blocked)
        rings = keys.rings if keys is not None else ()
        found = keys.keys if keys is not None else ()
        if not blocked or draft.key_ring:
            self.ring.set_choices(choices.ring_choices(rings, draft.key_ring))
            self.ring.set_value(draft.key_ring or ANY)
        if not blocked or draft.key:
            self.key.set_choices(choices.key_choices(found, draft.key))
            self.key.set_value(draft.key or ANY)
        self.key.set_helper(tr("A single key excludes a key ring.") if not blocked else "")
        if draft.target_group or draft.key_ring or draft.key:
            self.set_open(True)


def _blocked(draft: Draft, keys: KeyFacts | None) -> str:
    if draft.target_instance in ("", EVERY):
        return tr("Choose one target service instance first")
    if keys is None:
        return tr("The keys are being read")
    return keys.problem


def _id(chosen: str) -> str:
    return "" if chosen == ANY else chosen
