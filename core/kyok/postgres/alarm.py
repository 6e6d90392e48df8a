"""Waiting for whichever comes first: a call, the end of a process, or a time."""

import os
import select
from collections.abc import Iterable


def readable(descriptors: Iterable[int], seconds: float) -> list[int]:
    """Those that can be read, once one can or the time is over; `select` would refuse descriptors above 1023."""
    poll = select.poll()
    for descriptor in descriptors:
        poll.register(descriptor, select.POLLIN)
    return [descriptor for descriptor, _ in poll.poll(seconds * 1000)]


class Alarm:
    """One thread waits; any thread rings. A ring while nobody waits ends the next wait at once."""

    def __init__(self) -> None:
        self._bell = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)

    def __del__(self) -> None:
        os.close(self._bell)

    def ring(self) -> None:
        """Ends the present wait, or the next one."""
        os.eventfd_write(self._bell, 1)

    def wait(self, processes: Iterable[int | None], seconds: float) -> None:
        """Waits until it rings, one of the processes ends, or the time is over."""
        handles = []
        try:
            for pid in processes:
                if pid is not None:
                    try:
                        handles.append(os.pidfd_open(pid))
                    except ProcessLookupError:
                        return  # it has just ended
                    except OSError:
                        break  # too many open files: ends are seen when the time is over
            if self._bell in readable([self._bell, *handles], seconds):
                os.eventfd_read(self._bell)
        finally:
            for handle in handles:
                os.close(handle)
