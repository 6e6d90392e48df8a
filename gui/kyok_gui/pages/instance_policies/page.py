"""Instance policies: four cards, each with its own Save and with what a change of it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kyok.client.errors import ApiError
from kyok.domain.translation import noted, tr
from kyok.errors import KyokError
from kyok_gui import places
from kyok_gui.context import PageContext
from kyok_gui.page import Page
from kyok_gui.pages.instance_policies.card import PolicyCard
from kyok_gui.pages.instance_policies.cards import (
    NETWORK,
    PRIVATE,
    AllowedNetwork,
    CreateAndImport,
    DualAuthorization,
    Rotation,
    way_back,
)
from kyok_gui.places import Place
from kyok_gui.told import people_of, why_not
from kyok_gui.unsaved import not_saved
from kyok_gui.widgets import Dialog, InlineNote, Skeleton, escape
from kyok_gui.widgets.flow import FoldingRow

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.records.key_policies import InstancePolicy
    from kyok.domain.crn import Crn

READ, WRITE = "instancepolicies.read", "instancepolicies.write"
_FOLD = 880
"""Below this width, in pixels, the two columns of cards stand below each other."""
_SUBTITLE = noted("Rules of this instance. Each card is saved by itself.")
_SHUT_OUT = noted("This console will be refused everything in this instance, including this page")


@dataclass(frozen=True, slots=True)
class Found:
    """The policies of an instance by type, and who people are."""

    crn: Crn
    name: str
    policies: Mapping[str, InstancePolicy]
    people: Mapping[str, str]


class PoliciesHidden(KyokError):
    """The signed-in person may not read the policies."""

    summary = "You may not read the policies of this instance."


def read_policies(api: CloudApi, guid: str) -> Found:
    """Reads them; runs in a worker.

    Raises:
        PoliciesHidden: see there.
    """
    if reason := why_not(api, READ, guid):
        raise PoliciesHidden(remedy=f"{reason}.")
    instance = api.resources.instance(guid)
    return Found(instance.crn, instance.name, api.key_policies.of_instance(instance.crn), people_of(api))


def _shut_out(error: KyokError) -> bool:
    """Whether a network policy of the instance refused this console."""
    return isinstance(error, ApiError) and error.code == "CONFIG_RULE_CONFLICT_ERR"


class InstancePoliciesPage(Page):
    """The policies of an HPCS or Key Protect instance."""

    concerns: ClassVar[frozenset[str]] = frozenset({"key-settings", "instance"})

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__(context, place)
        self._guid = place.instance or ""
        self._found: Found | None = None
        self.header.set_title(tr("Instance policies"))
        self.header.set_subtitle(tr(_SUBTITLE))
        self._name()
        self._failure = InlineNote("error", "", name="policies.failure", action=tr("Try again"))
        self._failure.acted.connect(self._try_again)
        self._failure.hide()
        self.body.addWidget(self._failure)
        self._profile = context.api.profile
        network = AllowedNetwork(self._profile)
        self._cards: tuple[PolicyCard, ...] = (DualAuthorization(), CreateAndImport(), Rotation(), network)
        self._skeleton = Skeleton(6)
        self._box = QWidget()
        self._lay_out_cards()
        self.body.addWidget(self._skeleton)
        self.body.addWidget(self._box)
        self.body.addStretch(1)
        self._box.hide()
        context.directory.changed.connect(self._name)
        context.rights.changed.connect(self.mark_stale)

    def _lay_out_cards(self) -> None:
        row = FoldingRow(_FOLD, self._box)
        columns = [QVBoxLayout(), QVBoxLayout()]
        for column in columns:
            column.setSpacing(16)
            row.addLayout(column, 1)
        for place, card in enumerate(self._cards):
            columns[place % 2].addWidget(card, 0, Qt.AlignmentFlag(0))
            card.save_wanted.connect(lambda card=card: self._ask(card))
            self.context.rights.guard(card.save, WRITE, self._guid, what="")
        for column in columns:
            column.addStretch(1)

    # what Page asks ---------------------------------------------------------------

    def refresh(self) -> None:
        """Reads the policies in force."""
        api, guid = self.context.api, self._guid
        self.context.tasks.read(lambda: read_policies(api, guid), self._show, self._show_failure, owner=self)

    def unsaved(self) -> str:
        """The cards whose Save was not pressed."""
        return not_saved([card.heading.words() for card in self._cards if card.unsaved])

    def give_up(self) -> None:
        """Every card says what is in force."""
        for card in self._cards:
            card.give_up()

    # showing ------------------------------------------------------------------------

    def _name(self) -> None:
        name = self.context.directory.name_of(self._guid)
        trail = [(tr("Resource list"), Place(places.RESOURCES)), (name, Place(places.HPCS_OVERVIEW, self._guid))]
        self.header.set_trail([*trail, (tr("Instance policies"), None)])

    def _show(self, found: Found) -> None:
        self._found = found
        self._failure.hide()
        self._skeleton.hide()
        self._box.show()
        for card in self._cards:
            policy = found.policies.get(card.policy)
            who = policy.updated_by if policy is not None else ""
            card.show_policy(policy, found.people.get(who, who))

    def _show_failure(self, error: KyokError) -> None:
        self._skeleton.hide()
        level = "info" if isinstance(error, PoliciesHidden) else "error"
        outside = _shut_out(error) and not self._profile.is_private
        remedy = escape(way_back(self._profile) if outside else error.remedy)
        self._failure.show_note(level, error.summary, remedy, tr("Try again"))
        self._failure.show()
        self._box.setVisible(self._found is not None)

    def _try_again(self) -> None:
        self._failure.hide()
        self.look_afresh()

    # saving -------------------------------------------------------------------------

    def _ask(self, card: PolicyCard) -> None:
        """Shutting oneself out asks first; everything else is saved at once."""
        closes = card.policy == NETWORK and card.wanted()[1].get("allowed_network") == PRIVATE
        if not closes or self._profile.is_private:
            self._save(card, None)
            return
        name = self._found.name if self._found is not None else ""
        path = " / ".join(part for part in (self.context.account.name, name) if part)
        dialog = Dialog(tr("Allowed network"), tr("Private only"), path=path, name="policies.private", width=640)
        dialog.add_effect(
            "locked",
            "supportError",
            tr(_SHUT_OUT),
            tr("It comes over the public network. The way back is a request from inside the cloud's private network."),
        )
        dialog.add_effect(
            "checkmark--filled",
            "supportSuccess",
            tr("Databases go on"),
            tr("They reach the key service over the private network: their nodes keep running."),
        )
        dialog.add_effect("undo", "iconPrimary", tr("It can be taken back"), way_back(self._profile))
        dialog.add_tick(tr("Shut this console out of the instance"))
        dialog.set_accept(tr("Save policy"), "save", danger=True)
        dialog.accepted.connect(lambda: self._save(card, dialog))
        dialog.open_over(self)

    def _save(self, card: PolicyCard, dialog: Dialog | None) -> None:
        found = self._found
        if found is None:
            return
        enabled, attributes = card.sending()
        api, crn = self.context.api, found.crn

        def done(_: None) -> None:
            if dialog is not None:
                dialog.dismiss()
            card.saved()
            self.context.notices.success(tr("{heading} saved", heading=card.heading.words()))
            self.look_afresh()

        def refused(error: KyokError) -> None:
            if dialog is not None:
                dialog.dismiss()
            card.refused(error)

        def call() -> None:
            api.key_policies.set_instance(crn, card.policy, enabled=enabled, attributes=attributes)

        self.context.tasks.run(call, done, refused, owner=self)
