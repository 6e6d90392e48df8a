"""The change feed: a long poll in a thread of its own, and a signal in the window."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from kyok.errors import KyokError

WAIT_SECONDS = 25
FALLBACK_MS = 15_000
"""How often pages look for themselves while the feed does not answer."""
_PAUSES = (0.2, 0.5, 1.0, 2.0, 5.0)

EVERYTHING = frozenset(
    {
        "instance",
        "key",
        "key-settings",
        "policy",
        "database",
        "crypto-units",
        "backup",
        "task",
        "reclamation",
        "clock",
        "fault",
        "snapshot",
        "settings",
        "identities",
        "activity",
    }
)
"""Every kind of change."""


class ChangeLike(Protocol):
    """One change: what kind of thing, and which one."""

    @property
    def kind(self) -> str:
        """The kind."""

    @property
    def id(self) -> str:
        """The id."""


class ChangesLike(Protocol):
    """One answer of the feed."""

    @property
    def seq(self) -> int:
        """Where to go on."""

    @property
    def reset(self) -> bool:
        """Whether everything must be read anew."""

    @property
    def changes(self) -> Sequence[ChangeLike]:
        """What changed."""


class Feed(Protocol):
    """Asks the cloud for changes; `after` None asks where the feed stands."""

    def __call__(self, after: int | None, wait: float) -> ChangesLike:
        """One answer of the feed."""


@dataclass
class _Loop:
    """One run of the feed; a new connection gets a new one, so that answers of the old one are not mixed in."""

    feed: Feed
    stopped: threading.Event = field(default_factory=threading.Event)


class Live(QObject):
    """Tells what changed in the cloud. While the feed is silent, everything counts as changed now and then."""

    changed = Signal(object, object)
    lost = Signal()
    _told = Signal(object, object, object)
    _broke = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loop: _Loop | None = None
        self._threads: list[threading.Thread] = []
        self._fallback = QTimer(self)
        self._fallback.setInterval(FALLBACK_MS)
        self._fallback.timeout.connect(self.tell_everything)
        self._told.connect(self._tell)
        self._broke.connect(self._feed_broke)

    def start(self, feed: Feed) -> None:
        """Follows a feed; the one before is left."""
        self.stop()
        loop = _Loop(feed)
        self._loop = loop
        thread = threading.Thread(target=self._follow, args=(loop,), name="kyok-changes", daemon=True)
        self._threads = [old for old in self._threads if old.is_alive()] + [thread]
        thread.start()

    def stop(self) -> None:
        """Leaves the feed; the thread ends with its present answer."""
        if self._loop is not None:
            self._loop.stopped.set()
            self._loop = None
        self._fallback.stop()

    def tell_everything(self) -> None:
        """Every page looks afresh, as after a loss of the connection."""
        self.changed.emit(EVERYTHING, frozenset())

    def tell(self, kinds: Iterable[str], ids: Iterable[str] = ()) -> None:
        """Tells a change that this window knows of already, as its own."""
        self.changed.emit(frozenset(kinds), frozenset(ids))

    def _follow(self, loop: _Loop) -> None:
        """Runs in the thread."""
        after: int | None = None
        pause = 0
        while not loop.stopped.is_set():
            try:
                answer = loop.feed(after, WAIT_SECONDS if after is not None else 0)
            except KyokError:
                if loop.stopped.is_set() or not isValid(self):
                    return
                self._broke.emit(loop)
                loop.stopped.wait(_PAUSES[min(pause, len(_PAUSES) - 1)])
                pause += 1
                continue
            pause = 0
            known = after is not None
            after = answer.seq
            if not isValid(self):
                return
            if answer.reset:
                self._told.emit(loop, EVERYTHING, frozenset())
            elif answer.changes and known:
                self._told.emit(
                    loop, frozenset(one.kind for one in answer.changes), frozenset(one.id for one in answer.changes)
                )
            else:
                self._told.emit(loop, frozenset(), frozenset())

    def _tell(self, loop: _Loop, kinds: Any, ids: Any) -> None:
        if loop is not self._loop:
            return
        self._fallback.stop()
        if kinds:
            self.changed.emit(kinds, ids)

    def _feed_broke(self, loop: _Loop) -> None:
        if loop is not self._loop:
            return
        if not self._fallback.isActive():
            self._fallback.start()
            self.lost.emit()

    def running(self) -> bool:
        """Whether a thread of a feed is still alive, this one's or an old one's."""
        return any(thread.is_alive() for thread in self._threads)
