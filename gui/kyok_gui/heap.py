"""One heap for all threads."""

from __future__ import annotations

import sys

_M_ARENA_MAX = -8


def share_one_heap() -> None:
    """Has glibc make no further heap for each thread; elsewhere it does nothing.

    Threads with heaps of their own need not wait for each other, but here they wait for Python's lock anyway. Each heap
    keeps the most that its thread ever needed, 2 MB together after a long list was read.
    """
    if not sys.platform.startswith("linux"):
        return
    import ctypes  # not for the first frame

    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # musl has none, and one heap only
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, 1)
