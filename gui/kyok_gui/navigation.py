"""The way from one place to another, with its history."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kyok_gui import places
from kyok_gui.places import PLACES, Place

if TYPE_CHECKING:
    from kyok_gui.page import Page

_HISTORY = 100


def page_class(kind: str) -> type[Page]:
    """The class that draws a kind of place; its module is imported at the first visit."""
    module, _, name = PLACES[kind].factory.partition(":")
    found: type[Page] = getattr(importlib.import_module(module), name)
    return found


class Navigator(QObject):
    """Knows where one is, where one was, and tells when that changes."""

    moved = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visited: list[Place] = [places.HOME]
        self._at = 0
        self.may_leave: Callable[[Place, Callable[[], object]], bool] = lambda place, go_on: True
        """Asked before one goes to another page: whether that may be now. If not, it goes on itself, or never."""

    @property
    def here(self) -> Place:
        """The present place."""
        return self._visited[self._at]

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place before this one."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether one has gone back from somewhere."""
        return self._at < len(self._visited) - 1

    def go(self, place: Place) -> None:
        """Goes to a place; going where one is tells again, so that the page can look afresh."""
        if place.kind not in PLACES:
            raise ValueError(f"There is no place {place.kind}.")
        self._leave_for(place, partial(self._go, place))

    def _leave_for(self, place: Place, go_on: Callable[[], object]) -> None:
        if place.page_key == self.here.page_key or self.may_leave(place, go_on):
            go_on()

    def _go(self, place: Place) -> None:
        if place != self.here:
            del self._visited[self._at + 1 :]
            self._visited.append(place)
            del self._visited[:-_HISTORY]
            self._at = len(self._visited) - 1
        self.moved.emit(self.here)

    def replace(self, place: Place) -> None:
        """Changes the present place without a step in the history, as after a filter."""
        self._visited[self._at] = place

    def back(self) -> None:
        """Goes to the place before."""
        self._step(-1)

    def forward(self) -> None:
        """Goes where one came back from."""
        self._step(1)

    def _step(self, by: int) -> None:
        at = self._at + by
        if 0 <= at < len(self._visited):
            self._leave_for(self._visited[at], partial(self._go_in_history, at))

    def _go_in_history(self, at: int) -> None:
        self._at = at
        self.moved.emit(self.here)

    def follow(self, href: str) -> bool:
        """Goes where a link leads; answers whether it led to a place."""
        place = Place.of_href(href)
        if place is not None:
            self.go(place)
        return place is not None


__all__ = ["Navigator", "Place", "page_class", "places"]
