"""Which instances need a look, and when: fed by committed changes, by requests, and by the clock."""

import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from kyok.cloud.store.transaction import ChangeNote

_EVERYBODY = frozenset({"fault", "settings"})
"""Changes that may concern any instance with a root key: every agent asks at once."""
_CHORES = frozenset({"clock", "shredding"})
"""Kinds that make the other services' chores due: the clock was turned, a purge left something to be written down."""
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(slots=True)
class Look:
    """What is to be looked at now: instances, those of them whose agents ask at once, and whether time jumped.

    `told`: instances whose key, or (`all_told`) any of whose authorizations changed: their agents ask at once too,
    unless such news takes its time.
    """

    guids: set[str] = field(default_factory=set)
    forced: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    everything: bool = False
    all_forced: bool = False
    all_told: bool = False
    clock_turned: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing to look at."""
        return not (self.guids or self.everything or self.clock_turned)


@dataclass(frozen=True, slots=True)
class _Entry:
    kms_guid: str
    key_id: str
    due: datetime | None


class Agenda:
    """Thread-safe; `wake` is set when something came in."""

    def __init__(self) -> None:
        self.wake = threading.Event()
        self._lock = threading.Lock()
        self._entries: dict[str, _Entry] = {}
        self._again: dict[str, datetime] = {}
        """Instances whose job failed, and when it is tried again, whatever else is planned for them."""
        self._pending = Look(everything=True, all_forced=True)
        self._idle = False

    def note(self, notes: list[ChangeNote]) -> None:
        """Takes what a commit changed; runs on the writer's thread, so it only remembers."""
        with self._lock:
            for kind, ident in notes:
                self._take_note(kind, ident)
            concerned = not self._pending.empty
        if concerned:
            self.wake.set()

    def nudge(self, guid: str, *, force: bool = False) -> None:
        """Asks for a look at one instance."""
        with self._lock:
            self._pending.guids.add(guid)
            if force:
                self._pending.forced.add(guid)
        self.wake.set()

    def everything(self) -> None:
        """Asks for a look at every instance, and forgets what was known of them."""
        with self._lock:
            self._entries.clear()
            self._pending.everything = self._pending.all_forced = True
        self.wake.set()

    def take(self, now: datetime) -> Look:
        """What is to be looked at now; it counts as done."""
        with self._lock:
            look, self._pending = self._pending, Look()
            self.wake.clear()
            look.guids.update(guid for guid, entry in self._entries.items() if entry.due and entry.due <= now)
            again = [guid for guid, due in self._again.items() if due <= now]
            for guid in again:
                del self._again[guid]
            look.guids.update(again)
            self._idle = look.empty
            return look

    def give_back(self, look: Look) -> None:
        """Puts a look back that failed."""
        with self._lock:
            self._pending.guids |= look.guids
            self._pending.forced |= look.forced
            self._pending.told |= look.told
            self._pending.everything |= look.everything
            self._pending.all_forced |= look.all_forced
            self._pending.all_told |= look.all_told
            self._pending.clock_turned |= look.clock_turned

    def plan(self, guid: str, kms_guid: str, key_id: str, due: datetime | None) -> None:
        """Remembers by which key an instance is concerned, and when it is due by itself."""
        with self._lock:
            self._entries[guid] = _Entry(kms_guid, key_id, due)

    def try_again(self, guid: str, at: datetime) -> None:
        """Plans a look at an instance whose job failed."""
        with self._lock:
            self._again[guid] = at
        self.wake.set()

    def forget(self, guids: Iterable[str]) -> None:
        """Drops instances that will never be due again."""
        with self._lock:
            for guid in guids:
                self._entries.pop(guid, None)

    def keep_only(self, guids: Iterable[str]) -> None:
        """Drops every instance but these: the others are gone, and nothing would ever attend to them."""
        kept = set(guids)
        with self._lock:
            for guid in self._entries.keys() - kept:
                del self._entries[guid]

    def quiet(self) -> bool:
        """Whether everything that came in was attended to."""
        with self._lock:
            return self._idle and self._pending.empty

    def next_due(self) -> datetime | None:
        """When the next instance is due by itself."""
        with self._lock:
            planned = [entry.due for entry in self._entries.values() if entry.due]
            return min([*planned, *self._again.values()], default=None)

    def _take_note(self, kind: str, ident: str) -> None:
        pending = self._pending
        if kind in _EVERYBODY:
            pending.everything = pending.all_forced = True
        elif kind == "policy":
            pending.everything = pending.all_told = True
        elif kind == "key":
            kms_guid, _, key_id = ident.partition("/")
            found = {guid for guid, entry in self._entries.items() if self._uses(entry, kms_guid, key_id)}
            pending.guids |= found
            pending.told |= found
        elif kind in ("crypto-units", "instance"):
            self._force(guid for guid, entry in self._entries.items() if entry.kms_guid == ident)
            if kind == "instance":
                pending.guids.add(ident)
        elif kind in _CHORES:
            pending.clock_turned = True

    @staticmethod
    def _uses(entry: _Entry, kms_guid: str, key_id: str) -> bool:
        # Who made the database may have named its key by an alias; then a change of any key there counts.
        return entry.kms_guid == kms_guid and (entry.key_id == key_id or not _UUID.fullmatch(entry.key_id))

    def _force(self, guids: Iterable[str]) -> None:
        found = list(guids)
        self._pending.guids.update(found)
        self._pending.forced.update(found)
