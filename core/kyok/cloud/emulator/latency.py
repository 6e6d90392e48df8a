"""The fault `latency`: requests to key services take longer to arrive."""

from collections.abc import Mapping
from typing import Protocol

from sqlalchemy import select

from kyok.cloud.store import Store
from kyok.cloud.store.tables import fault
from kyok.domain.cluster import FaultKind

_LATE = select(fault.c.target).where(fault.c.kind == FaultKind.LATENCY.value)
_KEY_API = "/api/v2/"
EVERY = ""


class Arriving(Protocol):
    """What is known of a request when it arrives."""

    @property
    def path(self) -> str:
        """Its path."""

    @property
    def headers(self) -> Mapping[str, str]:
        """Its headers, names in lower case."""


class Latency:
    """How long requests are under way; read anew after each change of the faults."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seconds: dict[str, float] | None = None
        store.writer.on_change(("fault",), self._changed)

    def seconds(self, request: Arriving) -> float:
        """Seconds of wall time that this request is late."""
        late = self._seconds
        if late is None:
            late = self._seconds = self._read()
        if not late or not request.path.startswith(_KEY_API):
            return 0.0
        return max(late.get(EVERY, 0.0), late.get(request.headers.get("bluemix-instance", EVERY), 0.0))

    def _changed(self, kind: str) -> None:
        self._seconds = None

    def _read(self) -> dict[str, float]:
        with self._store.read_apart() as reader:
            targets = [row.target for row in reader.all(_LATE)]
        return {str(target.get("instance", EVERY)): target["milliseconds"] / 1000 for target in targets}
