"""The overview of an HPCS or Key Protect instance: how to reach it, what it holds, who uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kyok.domain.services import HS_CRYPTO
from kyok.domain.translation import noted, tr
from kyok_gui import places
from kyok_gui.context import PageContext
from kyok_gui.page import Page
from kyok_gui.pages.keys.delete_instance import DeleteInstance
from kyok_gui.pages.keys.overview_reading import Overview, read_overview
from kyok_gui.pages.keys.overview_tiles import OverviewTiles
from kyok_gui.places import Place
from kyok_gui.presenter import Presenter
from kyok_gui.widgets import InlineNote, MenuButton, MenuEntry, Skeleton, escape

if TYPE_CHECKING:
    from kyok.errors import KyokError

_SUBTITLE = noted("How to connect, which keys it holds, and which databases depend on them.")


class HpcsOverviewPage(Page):
    """Four tiles and the Actions menu, whose last entry deletes the instance."""

    concerns: ClassVar[frozenset[str]] = frozenset(
        {"instance", "key", "database", "crypto-units", "policy", "reclamation", "identities"}
    )

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__(context, place)
        self._guid = place.instance or ""
        self._overview: Overview | None = None
        self._presenter = Presenter(context, self, lambda api: read_overview(api, self._guid))
        self._delete = DeleteInstance(context, self)
        self.header.set_title(tr("Overview"))
        self.header.set_subtitle(tr(_SUBTITLE))
        self._actions = MenuButton(tr("Actions"), name="hpcs-overview.actions")
        self._actions.chosen.connect(self._act)
        self.header.add_action(self._actions)
        self._note = InlineNote("info", "", name="hpcs-overview.note")
        self._note.acted.connect(self._note_acted)
        self._skeleton = Skeleton(8)
        self._tiles = OverviewTiles()
        self._tiles.link.connect(self.follow)
        for part in (self._note, self._skeleton, self._tiles):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self._note.hide()
        self._tiles.hide()
        self._presenter.loaded.connect(self._show)
        self._presenter.failed.connect(self._show_failure)
        context.directory.changed.connect(self._name)
        context.rights.changed.connect(self._rights_changed)
        self._name()

    def refresh(self) -> None:
        """Reads the instance."""
        self._presenter.load()

    def _name(self) -> None:
        name = self.context.directory.name_of(self._guid)
        here = Place(places.HPCS_OVERVIEW, self._guid)
        self.header.set_trail([(tr("Resource list"), Place(places.RESOURCES)), (name, here), (tr("Overview"), None)])

    def _show(self, overview: Overview) -> None:
        self._overview = overview
        self._skeleton.hide()
        self._tiles.show()
        self._tiles.show_overview(overview)
        entries = [MenuEntry("keys", tr("Open KMS keys"), icon="password")]
        if overview.instance.service == HS_CRYPTO:
            entries.append(MenuEntry("units", tr("Open Crypto units"), icon="hardware-security-module"))
        missing = self.context.rights.reason("resource-controller.instance.delete", self._guid)
        entries.append(MenuEntry("delete", tr("Delete instance"), danger=True, reason=missing))
        self._actions.set_entries(entries)
        self._note.setVisible(not overview.ready)
        if not overview.ready:
            text = tr("Before it can hold a key, the instance needs administrators and a master key.")
            title = tr("Not initialized: no root key can be created here")
            self._note.show_note("info", title, escape(text), tr("Initialize crypto units"))

    def _rights_changed(self) -> None:
        if self._overview is not None:
            self._show(self._overview)

    def _show_failure(self, error: KyokError) -> None:
        self._skeleton.hide()
        self._note.show_note("error", error.summary, escape(error.remedy), tr("Try again"))
        self._note.show()

    def _note_acted(self) -> None:
        if self._note.level == "error":
            self._note.hide()
            self.look_afresh()
        else:
            self.context.navigator.go(Place(places.CRYPTO_UNITS, self._guid))

    def _act(self, entry: str) -> None:
        if entry == "keys":
            self.context.navigator.go(Place(places.KEYS, self._guid))
        elif entry == "units":
            self.context.navigator.go(Place(places.CRYPTO_UNITS, self._guid))
        elif self._overview is not None:
            self._delete.ask(self._overview)
