"""What the smaller pages of an instance share: reading in a worker, saying why not, doing one thing at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtGui import QHideEvent, QShowEvent

from kyok.errors import KyokError
from kyok_gui.context import PageContext
from kyok_gui.page import Page
from kyok_gui.pages.database.parts import FailureNote, instance_trail
from kyok_gui.places import PLACES, Place
from kyok_gui.widgets import Skeleton

if TYPE_CHECKING:
    from kyok.client import CloudApi

V = TypeVar("V")


class InstancePage(Page, Generic[V]):
    """A page of one instance. `reads` gets its view in a worker, `shows` draws it; `content` is away until then."""

    def __init__(self, context: PageContext, place: Place, subtitle: str) -> None:
        super().__init__(context, place)
        self.guid = place.instance or ""
        self.view: V | None = None
        self._busy = False
        title = PLACES[place.kind].title
        self.header.set_title(title)
        self.header.set_trail(instance_trail(context, place.instance, "", title))
        self.header.set_subtitle(subtitle)
        self.failure = FailureNote(name=f"{place.kind}.failure")
        self.failure.acted.connect(self.look_afresh)
        self.skeleton = Skeleton(6)
        self.body.addWidget(self.failure)
        self.body.addWidget(self.skeleton)

    # what subclasses do -----------------------------------------------------------

    def reads(self, api: CloudApi) -> V:
        """Reads everything that the page shows; runs in a worker."""
        raise NotImplementedError

    def shows(self, view: V) -> None:
        """Shows what was read."""
        raise NotImplementedError

    def ticks(self) -> None:
        """Every second while the page is in sight."""

    # reading ------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads everything anew."""
        api = self.context.api
        self.context.tasks.read(lambda: self.reads(api), self._arrived, self._failed, owner=self)

    def _arrived(self, view: V) -> None:
        self.view = view
        self.failure.hide()
        self.skeleton.hide()
        name = self.context.directory.name_of(self.guid)
        self.header.set_trail(instance_trail(self.context, self.guid, name, PLACES[self.place.kind].title))
        self.shows(view)

    def _failed(self, error: KyokError) -> None:
        self.skeleton.hide()
        self.failure.show_failure(error)

    # doing --------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether something that was pressed is being done."""
        return self._busy

    def does(
        self,
        call: Callable[[CloudApi], Any],
        done: Callable[[Any], object],
        refused: Callable[[KyokError], object] | None = None,
    ) -> None:
        """Has the cloud do one thing; then everything is read anew."""
        api = self.context.api
        self._busy = True

        def finished(result: object) -> None:
            self._busy = False
            done(result)
            self.look_afresh()

        def failed(error: KyokError) -> None:
            self._busy = False
            (refused or self.context.notices.failure)(error)
            self.look_afresh()

        self.context.tasks.run(lambda: call(api), finished, failed, owner=self)

    # time ---------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Counts while in sight."""
        super().showEvent(event)
        self.context.clock.second.connect(self.ticks)

    def hideEvent(self, event: QHideEvent) -> None:
        """Does not count out of sight."""
        super().hideEvent(event)
        self.context.clock.second.disconnect(self.ticks)
