"""Asks the cloud for the keys of an instance, and does what is decided about them. No widgets."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from kyok_gui.context import PageContext
from kyok_gui.pages.keys.listing import (
    Listing,
    Source,
    names_of,
    patched,
    read_every,
    read_page,
    read_some,
    read_source,
)
from kyok_gui.pages.keys.rows import KeyRow
from kyok_gui.tasks import Task

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.domain.crn import Crn
    from kyok.errors import KyokError

SMALL = 500
"""Up to this many keys a change reads the whole list again; above, only the keys that changed."""
_SOME = 25


class KeysPresenter(QObject):
    """Keeps the list of keys of one instance."""

    listed = Signal(object)
    """A `Listing`: at first with the first page, at last with all keys."""
    failed = Signal(object)
    """A `KyokError`: the list could not be read."""

    def __init__(self, context: PageContext, guid: str, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._guid = guid
        self._listing: Listing | None = None
        self._task: Task | None = None
        self._fresh: list[KeyRow] = []
        self._late: dict[str, KeyRow | None] = {}
        self._wanted: set[str] = set()
        self._rereading = False
        context.live.changed.connect(self._changed)

    @property
    def listing(self) -> Listing | None:
        """What is known."""
        return self._listing

    @property
    def crn(self) -> Crn:
        """The instance; known after the first reading."""
        if self._listing is None:
            raise LookupError(self._guid)
        return self._listing.crn

    # reading ------------------------------------------------------------------

    def load(self) -> None:
        """Reads the list. The first page is shown at once; the rest follows in the background."""
        if self._task is not None:
            self._task.drop()
        api, guid, names, now = self._context.api, self._guid, names_of(self._context.directory), self._now()
        before = self._before()

        def read() -> tuple[Source, tuple[KeyRow, ...], bool]:
            source = read_source(api, guid, names)
            rows, more = read_page(api, source, 0, now, before) if source.initialised else ((), False)
            return source, rows, more

        self._fresh, self._late = [], {}
        self._task = self._context.tasks.run(read, lambda found: self._take(*found), self._read_failed, owner=self)

    def whole(self) -> Callable[[], list[KeyRow]] | None:
        """How all keys are read in a worker, while the list is not complete; None when it is."""
        if self._listing is not None and self._listing.complete:
            return None
        api, guid, names, now = self._context.api, self._guid, names_of(self._context.directory), self._now()
        return lambda: read_every(api, guid, names, now)

    def _before(self) -> tuple[KeyRow, ...]:
        return self._listing.rows if self._listing is not None else ()

    def _now(self) -> Any:
        return self._context.clock.now()

    def _take(self, source: Source, rows: tuple[KeyRow, ...], more: bool) -> None:
        self._fresh.extend(rows)
        first_time = self._listing is None or not self._listing.complete
        if first_time or not more:
            # A page may have been read before a change of which single keys already tell.
            known = patched(self._fresh, self._late)
            self._show(Listing(source.crn, source.name, known, source.initialised, complete=not more))
        self._task = None
        if not more:
            self._fresh = []
        if more:
            api, offset, now, before = self._context.api, len(self._fresh), self._now(), self._before()
            self._task = self._context.tasks.run(
                lambda: read_page(api, source, offset, now, before),
                lambda page: self._take(source, *page),
                self._read_failed,
                owner=self,
            )

    def _show(self, listing: Listing) -> None:
        self._listing = listing
        self.listed.emit(listing)

    def _read_failed(self, error: KyokError) -> None:
        self._task = None
        self.failed.emit(error)

    def reread(self, ids: Iterable[str]) -> None:
        """Reads a few keys anew and leaves the others as they are; one reading at a time, so that the last one wins."""
        if self._listing is None:
            return
        self._wanted.update(ids)
        if self._rereading or not self._wanted:
            return
        wanted, self._wanted = tuple(self._wanted), set()
        self._rereading = True
        api, crn = self._context.api, self.crn
        names, now = names_of(self._context.directory), self._now()
        self._context.tasks.run(
            lambda: read_some(api, crn, wanted, names, now), self._patch, self._reread_failed, owner=self
        )

    def _patch(self, changed: dict[str, KeyRow | None]) -> None:
        self._rereading = False
        if self._task is not None:
            self._late.update(changed)
        if self._listing is not None:
            self._show(replace(self._listing, rows=patched(self._listing.rows, changed)))
        self.reread(())

    def _reread_failed(self, error: KyokError) -> None:
        self._rereading = False
        self.failed.emit(error)
        self.reread(())

    # change feed --------------------------------------------------------------

    @property
    def large(self) -> bool:
        """Whether the list is too long to be read anew for every change."""
        return self._listing is not None and len(self._listing.rows) > SMALL

    def _changed(self, kinds: frozenset[str], ids: frozenset[str]) -> None:
        """Follows single keys of a long list; a short one is read anew by the page."""
        if "key" not in kinds or not self.large:
            return
        mine = [one.partition("/")[2] for one in ids if one.startswith(f"{self._guid}/")]
        if ids and 0 < len(mine) <= _SOME:
            self.reread(mine)
        elif mine or not ids:
            self.load()

    # doing --------------------------------------------------------------------

    def do(
        self,
        call: Callable[[CloudApi, Crn], Any],
        done: Callable[[Any], Any],
        failed: Callable[[KyokError], Any] | None = None,
        *,
        touched: Iterable[str] = (),
    ) -> None:
        """Asks the cloud to change something; afterwards the touched keys are read anew, whatever came out."""
        api, crn, keys = self._context.api, self.crn, tuple(touched)

        def finished(result: Any) -> None:
            self.reread(keys)
            done(result)

        def broke(error: KyokError) -> None:
            self.reread(keys)
            (failed or self._context.notices.failure)(error)

        self._context.tasks.run(lambda: call(api, crn), finished, broke, owner=self)
