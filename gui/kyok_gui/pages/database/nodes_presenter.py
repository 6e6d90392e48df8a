"""Asks the cloud for what the Nodes page shows, and does what is pressed there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from kyok.domain import texts
from kyok.domain.cures import Cure
from kyok.domain.translation import tr
from kyok.errors import KyokError
from kyok_gui.context import PageContext
from kyok_gui.pages.database import faults
from kyok_gui.pages.database.cures import CureDoer

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.records.databases import SampleRows
    from kyok.client.records.detail import DatabaseDetail
    from kyok.client.records.emulator import Fault


@dataclass(frozen=True, slots=True)
class NodesView:
    """Everything the page shows at one moment; `refusal` says why there are no rows."""

    detail: DatabaseDetail
    faults: tuple[Fault, ...] = ()
    sample: SampleRows | None = None
    refusal: str = ""


def load_view(api: CloudApi, guid: str) -> NodesView:
    """Reads the page's data; runs in a worker."""
    detail = api.databases.detail(guid)
    present = api.emulator.faults()
    if not detail.data.readable:
        return NodesView(detail, present)
    try:
        return NodesView(detail, present, api.databases.sample_rows(guid))
    except KyokError as error:
        return NodesView(detail, present, refusal=error.summary)


class NodesPresenter(QObject):
    """Loads, checks, cures, breaks and adds rows."""

    loaded = Signal(object)
    failed = Signal(object)
    checking = Signal(bool)
    adding = Signal(bool)
    breaking = Signal(bool)

    def __init__(self, context: PageContext, guid: str, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._guid = guid
        self._loading = False
        self._again = False
        self.cures = CureDoer(context, self)

    def load(self) -> None:
        """Reads the page's data; wishes during a reading become one more reading."""
        if self._loading:
            self._again = True
            return
        self._loading = True
        api = self._context.api
        self._context.tasks.run(lambda: load_view(api, self._guid), self._loaded, self._failed, owner=self)

    def _loaded(self, view: NodesView) -> None:
        self._finish()
        self.loaded.emit(view)

    def _failed(self, error: KyokError) -> None:
        self._finish()
        self.failed.emit(error)

    def _finish(self) -> None:
        self._loading = False
        if self._again:
            self._again = False
            self.load()

    def cure(self, cure: Cure, detail: DatabaseDetail) -> None:
        """Does what the cure button says."""
        self.cures.perform(cure, detail)

    def check_now(self) -> None:
        """Every node checks its key at once."""
        self._do(lambda: self._context.api.databases.check_now(self._guid), self.checking.emit)

    def add_rows(self, count: int) -> None:
        """Adds sample rows, on every running node when this is done."""
        self._do(
            lambda: self._context.api.databases.add_sample_rows(self._guid, count),
            self.adding.emit,
            lambda added: self._context.notices.success(
                tr("{rows} added", rows=texts.plural(added.added, "row")),
                tr(
                    "{rows} now, durable on {nodes}.",
                    rows=texts.plural(added.rows, "row"),
                    nodes=texts.plural(len(added.nodes), "node"),
                ),
            ),
        )

    def fault_chosen(self, entry_id: str, detail: DatabaseDetail) -> None:
        """Starts or ends a fault of the training menu."""
        ending = faults.fault_to_end(entry_id)
        if ending:
            self._do(lambda: self._context.api.emulator.end_fault(ending), self.breaking.emit)
            return
        number = faults.switch_target(entry_id)
        if number is not None:
            self._switch_over(number)
            return
        wanted = next((one for one in faults.breakages(detail) if one.id == entry_id), None)
        if wanted is not None:
            kind, target = wanted.kind, wanted.body
            self._do(lambda: self._context.api.emulator.start_fault(kind, target), self.breaking.emit)

    def _switch_over(self, number: int) -> None:
        self._do(
            lambda: self._context.api.databases.switch_over(self._guid, number),
            self.breaking.emit,
            lambda _: self._context.notices.success(tr("Node {number} is the primary now", number=number)),
        )

    def _do(
        self,
        call: Callable[[], object],
        busy: Callable[[bool], None] | None = None,
        told: Callable[[Any], None] | None = None,
    ) -> None:
        def finish() -> None:
            if busy is not None:
                busy(False)
            self.load()

        def done(result: object) -> None:
            if told is not None:
                told(result)
            finish()

        def refused(error: KyokError) -> None:
            self._context.notices.failure(error)
            finish()

        if busy is not None:
            busy(True)
        self._context.tasks.run(call, done, refused, owner=self)
