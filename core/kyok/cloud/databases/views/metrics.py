"""What was measured of an instance lately: `GET /emulator/v1/databases/{guid}/metrics`."""

from typing import Any

from kyok.cloud.databases.samples import WINDOWS, history
from kyok.cloud.databases.views.moments import wire
from kyok.cloud.emulator.errors import BadValue
from kyok.cloud.store import Reader


def metrics_body(reader: Reader, guid: str, wanted: str) -> dict[str, Any]:
    """The samples of a window that ends now, oldest first; what was not measured is absent.

    Raises:
        BadValue: there is no such window.
    """
    window = WINDOWS.get(wanted)
    if window is None:
        raise BadValue(f"window must be one of {', '.join(WINDOWS)}.")
    return {
        "window": window.name,
        "from": wire(reader.now - window.length),
        "to": wire(reader.now),
        "step_seconds": window.seconds,
        "samples": [{"at": wire(at), **document} for at, document in history(reader, guid, window)],
    }
