"""Deletes a home's content, for `kyok reset`."""

import shutil
from pathlib import Path

from kyok.errors import KyokError
from kyok.home_lock import held
from kyok.paths import Home
from kyok.postgres.volumes.places import remove_empty


class CloudIsRunning(KyokError):
    """The home's lock is held."""

    summary = "An emulated cloud is running in this data folder."
    remedy = "Stop it first, or use the reset of the running cloud (POST /emulator/v1/reset)."


class NotAHome(KyokError):
    """The folder holds things that this program did not make."""

    summary = "This folder is not a data folder of KYOK Console, so nothing was deleted."
    remedy = "Name the folder that `kyok serve` used with --home."


def erase_home(root: Path) -> list[str]:
    """Deletes all that the program keeps in `root` and returns the names.

    Raises:
        CloudIsRunning: a cloud holds the lock.
        NotAHome: the folder does not look like one of ours.
    """
    home = Home(root)
    if not root.exists() or not any(root.iterdir()):
        return []
    if not (home.database.exists() or home.seal_json.exists()):
        raise NotAHome()
    with held(home, CloudIsRunning()):
        if any(home.databases.glob("*/cluster.json")):
            from kyok.cloud.databases.leftovers import end_leftovers  # loads the drivers of real servers

            end_leftovers(root)
        remove_empty(root)
        removed = []
        for entry in home.entries():
            if entry == home.lock or not entry.exists():
                continue
            if entry.is_dir():
                shutil.rmtree(entry)
            else:
                entry.unlink()
            removed.append(entry.name)
        return removed
