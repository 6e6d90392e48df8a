"""Leases of attached consoles: a cloud that a console started lives as long as one of them."""

import re
import threading
import time
from collections.abc import Callable

from kyok.cloud.emulator.errors import BadValue

LIFE_SECONDS = 30.0
"""How long a lease lives without renewal; consoles renew every 10 seconds."""
MOST = 256
_IDENT = re.compile(r"[A-Za-z0-9-]{1,64}")


class Leases:
    """Leases by the id that the console chose; in memory only."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._ends: dict[str, float] = {}
        self._changed = threading.Condition()

    def hold(self, ident: str) -> dict[str, float]:
        """Makes or renews a lease; tells how long it lives. Raises `BadValue`."""
        if not _IDENT.fullmatch(ident):
            raise BadValue("A lease id has 1 to 64 letters, digits and dashes.")
        with self._changed:
            self._forget_ended()
            if ident not in self._ends and len(self._ends) >= MOST:
                raise BadValue(f"At most {MOST} consoles can be attached.")
            self._ends[ident] = self._monotonic() + LIFE_SECONDS
            self._changed.notify_all()
        return {"ttl_seconds": LIFE_SECONDS}

    def drop(self, ident: str) -> None:
        """Ends a lease; one that is not known is ended already."""
        with self._changed:
            self._ends.pop(ident, None)
            self._changed.notify_all()

    def any_alive(self) -> bool:
        """Whether a console still holds a lease."""
        with self._changed:
            self._forget_ended()
            return bool(self._ends)

    def wait_for_change(self, timeout: float) -> bool:
        """Waits for a lease to be made, renewed or dropped; False when none was within `timeout` seconds."""
        with self._changed:
            return self._changed.wait(timeout)

    def _forget_ended(self) -> None:
        now = self._monotonic()
        self._ends = {ident: end for ident, end in self._ends.items() if end > now}
