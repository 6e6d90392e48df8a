"""What exists in the account: names and states for navigation, search and breadcrumbs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from kyok.domain.translation import tr
from kyok.errors import KyokError
from kyok_gui import places
from kyok_gui.live import Live
from kyok_gui.places import Place
from kyok_gui.tasks import Task, TaskRunner
from kyok_gui.widgets.status import NONE_YET, Status

_REST_MS = 60
_KINDS = frozenset({"instance", "database", "crypto-units", "key", "reclamation", "policy"})


@dataclass(frozen=True, slots=True)
class RootKey:
    """The root key that a database uses, and the instance that holds it."""

    id: str
    name: str
    instance: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One service instance. `side` says which navigation it has: "kms", "database" or "" for none."""

    guid: str
    crn: str
    name: str
    service: str
    service_name: str
    region: str
    side: str
    status: Status = NONE_YET
    status_line: str = ""
    linked: tuple[str, ...] = ()
    icon: str = "list--boxes"
    root_key: RootKey | None = None

    @property
    def home(self) -> Place:
        """The first page of the instance."""
        if self.side == "database":
            return Place(places.NODES, self.guid)
        if self.side == "kms":
            return Place(places.KEYS, self.guid)
        return places.HOME


Load = Callable[[], Sequence[Entry]]


class Directory(QObject):
    """Keeps the list of instances; reads it again when something in it changed."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, tasks: TaskRunner, live: Live, load: Load, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._load = load
        self._entries: tuple[Entry, ...] = ()
        self._known = False
        self._task: Task | None = None
        self._again = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.refresh)
        live.changed.connect(self._concerned)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All instances, by name."""
        return self._entries

    @property
    def known(self) -> bool:
        """Whether the list was read once."""
        return self._known

    def entry(self, guid: str | None) -> Entry | None:
        """One instance."""
        return next((entry for entry in self._entries if entry.guid == guid), None)

    def name_of(self, guid: str | None, otherwise: str | None = None) -> str:
        """Name of an instance."""
        entry = self.entry(guid)
        if entry is not None:
            return entry.name
        return tr("Instance") if otherwise is None else otherwise

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Takes a list; tells only when it differs."""
        self._task = None
        fresh = tuple(sorted(entries, key=lambda entry: entry.name))
        if fresh != self._entries or not self._known:
            self._entries = fresh
            self._known = True
            self.changed.emit()
        if self._again:
            self._again = False
            self.refresh()

    def forget(self) -> None:
        """Another cloud is used from now on: nothing of the one before comes in any more."""
        self._rest.stop()
        self._again = False
        if self._task is not None:
            self._task.drop()
        self.set_entries(())

    def refresh(self) -> None:
        """Reads the list; a wish during a reading is fulfilled after it, whatever became of it."""
        if self._task is not None:
            self._again = True
            return
        self._task = self._tasks.run(self._load, self.set_entries, self._failed, owner=self)

    def _failed(self, error: KyokError) -> None:
        self._task = None
        if self._again:  # it may be younger than what failed, as a wish of the next connection is
            self._again = False
            self.refresh()
            return
        self.failed.emit(error)

    def _concerned(self, kinds: frozenset[str], ids: frozenset[str]) -> None:
        if kinds & _KINDS:
            self._rest.start()
