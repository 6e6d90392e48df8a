"""What the pages of a database instance share: breadcrumbs, links to keys and authorizations, failed loads."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from kyok.domain import services
from kyok.domain.translation import tr
from kyok.errors import KyokError
from kyok_gui import places
from kyok_gui.context import PageContext
from kyok_gui.places import Place
from kyok_gui.widgets import InlineNote, Tile, escape

if TYPE_CHECKING:
    from kyok.client.records.detail import DatabaseDetail


def instance_trail(context: PageContext, guid: str | None, name: str, title: str) -> list[tuple[str, Place | None]]:
    """Resource list / ledger-db / Nodes."""
    shown = name or context.directory.name_of(guid)
    return [(tr("Resource list"), Place(places.RESOURCES)), (shown, Place(places.DB_OVERVIEW, guid)), (title, None)]


def hsm_place(detail: DatabaseDetail) -> Place | None:
    """The KMS instance's overview."""
    return Place(places.HPCS_OVERVIEW, detail.hsm.guid) if detail.hsm is not None else None


def key_place(detail: DatabaseDetail) -> Place | None:
    """The root key in its instance."""
    if detail.hsm is None or detail.root_key is None:
        return None
    return Place(places.KEYS, detail.hsm.guid).with_query(key=detail.root_key.id)


def authorizations_place(detail: DatabaseDetail) -> Place:
    """The authorizations, at the one that covers this instance."""
    known = detail.authorization
    there = Place(places.AUTHORIZATIONS)
    if known is None or known.policy_id is None or not known.in_force:
        return there
    return there.with_query(policy=known.policy_id)


def wizard_place(target_service: str, target_instance: str) -> Place:
    """The authorization wizard with every value filled in; it leads back where it was opened."""
    return Place(places.AUTHORIZATIONS).with_query(
        create="1",
        source=services.DBAAS_POSTGRESQL,
        target=target_service,
        target_instance=target_instance,
        role="Reader",
        back="1",
    )


def chain_tabs(widgets: Sequence[QWidget]) -> None:
    """Lets Tab go through widgets in this order, which those made late would not have by themselves."""
    stops = [widget for widget in widgets if widget.focusPolicy() != Qt.FocusPolicy.NoFocus]
    for first, second in pairwise(stops):
        QWidget.setTabOrder(first, second)


class PageTile(Tile):
    """A tile with a heading that shares its row with another one."""

    def __init__(self, heading: str, name: str) -> None:
        super().__init__(heading=heading, name=name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.body.setSpacing(12)


class StorageWarning(InlineNote):
    """Says for as long as it holds what weakens the protection of the storage."""

    def __init__(self, *, name: str) -> None:
        super().__init__("warning", "", name=name)
        self.hide()

    def show_detail(self, detail: DatabaseDetail) -> None:
        """Shows the warning of the nodes' driver, or nothing."""
        known = detail.storage_protection
        self.setVisible(bool(known.warning))
        self.show_note(
            "warning",
            known.warning,
            escape(tr("Storage protection: {name}. {summary}", name=known.name, summary=known.summary)),
        )


class FailureNote(InlineNote):
    """Says why a page could not be loaded and offers another try."""

    def __init__(self, *, name: str) -> None:
        super().__init__("error", "", name=name, action=tr("Try again"))
        self.hide()

    def show_failure(self, error: KyokError) -> None:
        """Shows what happened and what to do."""
        self.show_note("error", error.summary, escape(error.remedy), tr("Try again"))
        self.show()
