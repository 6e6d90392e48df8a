"""What a cloud that crashed left running: ended before its home is deleted."""

import logging
from pathlib import Path

from kyok.cloud.databases.postgres_driver import PostgresDriver
from kyok.cloud.databases.real_nodes import real_nodes
from kyok.paths import Home
from kyok.postgres import metadata

log = logging.getLogger(__name__)


def end_leftovers(root: Path) -> int:
    """Ends the servers of a home that no cloud holds, and removes their volumes; returns how many instances had some.

    Raises:
        ServerStays, VolumeError: a server or a volume is still there; nothing else of the home was touched.
    """
    home = Home(root)
    if not any(home.databases.glob(f"*/{metadata.FILE}")):
        return 0
    found = real_nodes(root)
    if found is None:  # without programs nothing runs, and closed volumes are files like others
        return 0
    driver = PostgresDriver(home.databases, found, lambda: found.kinds[0], _nobody, _nobody)
    known = driver.known()
    try:
        for guid in known:
            driver.destroy(guid)
    finally:
        found.fronts.stop()
    return len(known)


def _nobody(guid: str) -> None:
    del guid
