"""Garbage is swept on the window's thread, at moments of rest."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from kyok_gui.garbage import Sweeper


@pytest.fixture
def sweeper(qtbot: Any) -> Iterator[Sweeper]:
    was = gc.isenabled()
    gc.enable()
    made = Sweeper()
    yield made
    made.stop()
    assert gc.isenabled()
    if not was:
        gc.disable()


class Knot:
    """Something that only a sweep takes away."""

    def __init__(self, swept_in: list[int]) -> None:
        self.me = self
        self.swept_in = swept_in

    def __del__(self) -> None:
        self.swept_in.append(threading.get_ident())


def make_knots(swept_in: list[int]) -> None:
    for _ in range(gc.get_threshold()[0] + 500):
        Knot(swept_in)


def test_a_worker_never_sweeps(sweeper: Sweeper) -> None:
    swept_in: list[int] = []
    sweeper.look()
    worker = threading.Thread(target=make_knots, args=(swept_in,))
    worker.start()
    worker.join()
    assert swept_in == []
    sweeper.look()
    assert set(swept_in) == {threading.get_ident()}


def test_older_generations_are_swept_at_their_own_limits(sweeper: Sweeper, monkeypatch: pytest.MonkeyPatch) -> None:
    swept: list[int] = []
    monkeypatch.setattr(gc, "collect", swept.append)
    for counts in ((0, 0, 0), (9_999, 0, 0), (9_999, 11, 0), (5, 11, 11)):
        monkeypatch.setattr(gc, "get_count", lambda counts=counts: counts)
        sweeper.look()
    assert swept == [0, 1, 2]


def test_what_was_off_before_stays_off(qtbot: Any) -> None:
    was = gc.isenabled()
    gc.disable()
    Sweeper().stop()
    assert not gc.isenabled()
    if was:
        gc.enable()
