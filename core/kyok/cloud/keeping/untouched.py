"""Takes back what was made in a data folder for an import or a start that is refused, and nothing that was there."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kyok.cloud.keeping import trees
from kyok.cloud.keeping.replacing import ARRIVING
from kyok.paths import Home
from kyok.sealing.errors import KeyringRefused
from kyok.sealing.key import KEYRING
from kyok.sealing.record import read_record

log = logging.getLogger(__name__)


class Before:
    """Which folders there were before `Home.prepare`."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._inside = [entry for entry in (home.hsm, home.databases, home.lock) if not entry.exists()]
        self._around = [folder for folder in (home.root, *home.root.parents) if not folder.exists()]

    @contextmanager
    def around(self) -> Iterator[None]:
        """Around everything: the data folder goes again if it was made and is empty when this block fails."""
        try:
            yield
        except BaseException:
            for folder in self._around:
                _remove_empty(folder)
            raise

    @contextmanager
    def inside(self) -> Iterator[None]:
        """While the lock of the home is held: what is made in it goes again when this block fails."""
        new = not any(sign.exists() for sign in _signs(self._home))
        missing = [entry for entry in self._home.entries() if not entry.exists()] if new else []
        try:
            yield
        except BaseException:
            self._take_back(missing)
            raise

    def _take_back(self, missing: list[Path]) -> None:
        home = self._home
        if home.seal_json in missing:
            _forget_key(home)
        for entry in missing:
            try:
                trees.remove(entry)
            except OSError:
                log.exception("what was made for nothing cannot be removed: %s", entry.name)
        for folder in (home.hsm, home.databases):
            if folder in self._inside:
                _remove_empty(folder)
        if home.lock in self._inside:
            with suppress(OSError):  # where an open file cannot be removed, giving up the lock removes it
                home.lock.unlink()


def _signs(home: Home) -> tuple[Path, ...]:
    """Any of these says that there is a cloud in the folder, or a part of one: nothing of it may be removed then."""
    return home.seal_json, home.database, home.root / ARRIVING


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):  # something is in it that was not made for the import
        folder.rmdir()


def _forget_key(home: Home) -> None:
    """Takes the key of a new home out of the keyring."""
    record = read_record(home) if home.seal_json.exists() else None
    if record is None or record.provider != KEYRING:
        return
    from kyok.sealing.keyring_store import usable_keyring  # it loads the system's libraries

    try:
        usable_keyring().forget(record.ident)
    except KeyringRefused as refused:
        log.warning("the key of the new data folder stays in the keyring: %s", refused.summary)
