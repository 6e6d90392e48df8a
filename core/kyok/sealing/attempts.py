"""Counts wrong passphrases, so that guessing through this program gets slow.

The count goes up and to the disk *before* a passphrase is checked, so killing the process gives no free try. Two files
hold it and the higher one counts, so restoring one of them gives none either. The time is the machine's, not the
services'. Whoever copies the files guesses elsewhere: against that, only the key derivation helps.
"""

import json
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kyok.durable import write_private
from kyok.sealing.errors import TooManyAttempts

LONGEST_WAIT = 900
"""Seconds. There is no final block: it would cost the owner the data, and would not stop who has the files."""
WAITED_OUT = 2
"""Seconds that are simply waited: a start that was killed during the check must not be refused the next time."""


@dataclass(slots=True)
class _Count:
    attempts: int = 0
    last: float = 0.0


def back_off(attempts: int) -> int:
    """Seconds to wait after so many wrong passphrases: 0, 1, 2, 4 ... 900."""
    return min(LONGEST_WAIT, 1 << min(attempts - 1, 16)) if attempts else 0


class Attempts:
    """The counter of one home."""

    def __init__(
        self,
        files: tuple[Path, Path],
        wall: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._files = files
        self._wall = wall
        self._sleep = sleep

    def begin(self) -> int:
        """Counts one more and returns how many there are with it.

        Raises:
            TooManyAttempts: the last wrong one is too recent.
        """
        count = self._read()
        now = self._wall()
        # A wall clock that was turned back must not shut the owner out for years.
        last = min(count.last, now)
        wait = last + back_off(count.attempts) - now
        if wait > WAITED_OUT:
            self._write(_Count(count.attempts, last))
            seconds = math.ceil(wait)
            raise TooManyAttempts(
                f"{count.attempts} wrong passphrases came before: wait {seconds} seconds.", wait_seconds=seconds
            )
        if wait > 0:
            self._sleep(wait)
        self._write(_Count(count.attempts + 1, self._wall()))
        return count.attempts + 1

    def passed(self) -> None:
        """The passphrase was right: the count starts again."""
        self._write(_Count())

    def _read(self) -> _Count:
        found = [_read(path) for path in self._files]
        return max(found, key=lambda count: count.attempts)

    def _write(self, count: _Count) -> None:
        data = json.dumps({"attempts": count.attempts, "last": count.last}).encode()
        for path in self._files:
            write_private(path, data)


def _read(path: Path) -> _Count:
    """One file's count; a missing or damaged one counts nothing, the other file still does."""
    try:
        found = json.loads(path.read_bytes())
        return _Count(max(0, int(found["attempts"])), float(found["last"]))
    except (OSError, ValueError, TypeError, KeyError):
        return _Count()
