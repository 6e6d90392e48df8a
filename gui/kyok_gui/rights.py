"""What the signed-in person may do: controls that a role is missing for are off, and say which role it is.

The cloud's one decision function answers; the window only asks. Questions of a moment go out together, in a worker,
and answers are kept until roles, policies or the person change. A real cloud has no such endpoint: nothing is guarded
there, and the service refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from kyok.domain.rights import Decision, Question
from kyok.domain.translation import noted, tr
from kyok_gui.live import Live
from kyok_gui.tasks import TaskRunner
from kyok_gui.widgets.guarded import Guarded

KINDS = frozenset({"policy", "identities", "instance"})
"""Kinds of changes that can change an answer."""
MOST = 200
"""Questions of one request."""
PENDING = noted("Your roles are being read")
_REST_MS = 20
_SHOWN = (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.ShowToParent, QEvent.Type.HideToParent)
_KEPT = 4_000

Decide = Callable[[Sequence[Question]], Sequence[Decision] | None]
"""Asks the cloud; None: this cloud cannot be asked."""


@runtime_checkable
class Telling(Protocol):
    """A page or panel that says which roles its controls need."""

    def show_missing(self, missing: dict[str, list[str]]) -> None:
        """What cannot be done, by the reason."""


@dataclass(slots=True)
class _Guard:
    """One control, what it does, and how that is called."""

    widget: QWidget
    questions: tuple[Question, ...]
    what: str | None
    every: bool = False

    @property
    def words(self) -> str:
        """What the control does, as the page names it; nothing when the page says the reason itself."""
        if self.what is not None:
            return self.what
        text = self.widget.property("text")
        return str(text or self.widget.accessibleName())


class Rights(QObject):
    """Guards controls. Without a way to ask, as on pages in tests, everything is left to the pages."""

    changed = Signal()
    """Some answer is another one: whoever uses `reason` shows it again."""

    def __init__(
        self,
        tasks: TaskRunner | None = None,
        live: Live | None = None,
        decide: Decide | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._decide = decide
        self.cautious = False
        """Whether what is not known yet counts as refused: so while one is signed in as somebody else."""
        self._reasons: dict[Question, str] = {}
        self._fresh: set[Question] = set()
        self._waiting: dict[Question, None] = {}
        self._asking = 0
        self._epoch = 0
        self._guards: list[_Guard] = []
        self._told: set[QWidget] = set()
        self._rest = self._timer(_REST_MS, self._ask)
        self._tell = self._timer(0, self._tell_places)
        if live is not None:
            live.changed.connect(self._changed)

    def _timer(self, pause: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(pause)
        timer.timeout.connect(act)
        return timer

    # what pages use ---------------------------------------------------------------

    def guard(self, widget: QWidget, action: str, target: str = "", *, ring: str = "", what: str | None = None) -> None:
        """The control is off while the signed-in person may not do this; the page or panel around it says why.

        `what` names the deed in those words (else the words of the control); empty: the page says it elsewhere.
        See `Question` for `action`, `target` and `ring`. A guard made again replaces the one before.
        """
        self._guard(_Guard(widget, (Question(action, target, ring),), what))

    def guard_any(self, widget: QWidget, questions: Sequence[Question], *, what: str | None = None) -> None:
        """As `guard`, for a control that has a use when any one of several things is allowed."""
        self._guard(_Guard(widget, tuple(questions), what))

    def guard_all(self, widget: QWidget, questions: Sequence[Question], *, what: str | None = None) -> None:
        """As `guard`, for a control that does several things at once."""
        self._guard(_Guard(widget, tuple(questions), what, every=True))

    def _guard(self, made: _Guard) -> None:
        widget = made.widget
        if not isinstance(widget, Guarded):
            raise TypeError(f"{widget.objectName()} cannot be guarded: its class does not come from Guarded.")
        if made in self._guards:
            return
        self._guards = [one for one in self._guards if isValid(one.widget) and one.widget is not widget]
        widget.installEventFilter(self)
        self._guards.append(made)
        self._apply(made)
        self._tell.start()

    def reason(self, action: str, target: str = "", *, ring: str = "", grants: str = "") -> str:
        """Why the signed-in person may not do this, as a menu entry or a page's own words say it; else nothing.

        What is not known yet is asked; `changed` tells when the answer came.
        """
        return self._reason(Question(action, target, ring, grants))

    @property
    def settled(self) -> bool:
        """Whether every question has its answer."""
        return not (self._waiting or self._asking or self._tell.isActive())

    def forget(self, *, cautious: bool) -> None:
        """Somebody else is signed in: everything is asked anew."""
        self.cautious = cautious
        self._reasons.clear()
        self._renew()
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is hidden needs no words."""
        if event.type() in _SHOWN:
            self._tell.start()
        return False

    # asking -----------------------------------------------------------------------

    def _reason(self, question: Question) -> str:
        if self._decide is None:
            return ""
        if question not in self._fresh:
            self._waiting[question] = None
            if not self._rest.isActive():
                self._rest.start()
        return self._reasons.get(question, tr(PENDING) if self.cautious else "")

    def _changed(self, kinds: frozenset[str], ids: frozenset[str]) -> None:
        if kinds & KINDS:
            self._renew()

    def _renew(self) -> None:
        """Asks everything again; until then the present answers hold."""
        self._epoch += 1
        self._fresh.clear()
        if len(self._reasons) > _KEPT:
            self._reasons.clear()
        for question in tuple(self._reasons):
            self._reason(question)
        self._apply_all()

    def _ask(self) -> None:
        if self._tasks is None or self._decide is None or not self._waiting:
            return
        asked = tuple(self._waiting)[:MOST]
        for question in asked:
            del self._waiting[question]
        if self._waiting:
            self._rest.start()
        self._asking += 1
        decide, epoch = self._decide, self._epoch
        self._tasks.run(
            lambda: decide(asked), lambda found: self._answered(epoch, asked, found), self._failed, owner=self
        )

    def _failed(self, error: object) -> None:
        self._asking -= 1
        if self._tasks is not None:
            self._tasks.failed_unheard.emit(error)

    def _answered(self, epoch: int, asked: Sequence[Question], found: Sequence[Decision] | None) -> None:
        self._asking -= 1
        if epoch != self._epoch:
            for question in asked:  # asked of somebody else, or before a change: the answer may be wrong
                self._reason(question)
            return
        reasons = [one.reason for one in found] if found is not None else [""] * len(asked)
        fresh = dict(zip(asked, reasons, strict=True))
        differs = any(self._reasons.get(question, "") != reason for question, reason in fresh.items())
        self._reasons.update(fresh)
        self._fresh.update(asked)
        self._apply_all()
        if differs or self.cautious:
            self.changed.emit()

    # showing ----------------------------------------------------------------------

    def _apply_all(self) -> None:
        self._guards = [one for one in self._guards if isValid(one.widget)]
        for guard in self._guards:
            self._apply(guard)
        self._tell.start()

    def _apply(self, guard: _Guard) -> None:
        reasons = [self._reason(question) for question in guard.questions]
        widget = guard.widget
        if isinstance(widget, Guarded):
            missing = [reason for reason in reasons if reason]
            refused = bool(missing) if guard.every else len(missing) == len(reasons)
            widget.forbid(missing[0] if refused and missing else "")

    def _tell_places(self) -> None:
        """Each page and panel says what its own controls lack."""
        missing: dict[QWidget, dict[str, list[str]]] = {place: {} for place in self._told if isValid(place)}
        for guard in self._guards:
            widget = guard.widget
            if not isValid(widget) or not isinstance(widget, Guarded) or widget.forbidden in ("", tr(PENDING)):
                continue
            place, words = _place_of(widget), guard.words
            if place is not None and words and widget.isVisibleTo(place):
                named = missing.setdefault(place, {}).setdefault(widget.forbidden, [])
                if words not in named:
                    named.append(words)
        self._told = set()
        for place, reasons in missing.items():
            if isinstance(place, Telling):
                place.show_missing(reasons)
                if reasons:
                    self._told.add(place)


def _place_of(widget: QWidget) -> QWidget | None:
    """The page or panel that a control stands in."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, Telling):
        parent = parent.parentWidget()
    return parent
