"""What can be wrong with the store itself."""

from sqlalchemy.exc import SQLAlchemyError

from kyok.errors import KyokError

# SQLite's primary result codes (https://sqlite.org/rescode.html); Python names the extended ones only.
_PERMISSION, _BUSY, _LOCKED, _READ_ONLY, _INPUT_OUTPUT = 3, 5, 6, 8, 10
_CORRUPT, _FULL, _CANNOT_OPEN, _AUTHORIZATION, _NO_DATABASE = 11, 13, 14, 23, 26


class StoreUnavailable(KyokError):
    """The store is closing or closed; the change was not made."""

    summary = "The emulated cloud is stopping."
    remedy = "Try again when it has started."


class StoreFailed(KyokError):
    """The durable commit failed (disk full, disk error); nothing of the batch was kept."""

    summary = "The change could not be written to disk, so it was not made."
    remedy = "Free some space on the disk that holds the data folder, then try again."


class StoreReadOnly(StoreFailed):
    """The database file, or the folder it lies in, may not be written."""

    summary = "The database file in the data folder cannot be written."
    remedy = "See that you may write the data folder and all that lies in it, or choose another one with --home."


class StoreBusy(KyokError):
    """Another program keeps the database locked."""

    summary = "Another program keeps the database in the data folder locked."
    remedy = "Close it, then try again."


class StoreTooNew(KyokError):
    """The data folder was written by a newer version of the program."""

    summary = "The data folder was written by a newer version of KYOK Console."
    remedy = "Start that version, or choose another data folder with --home."


class StoreDamaged(KyokError):
    """The database file cannot be read as a database of this program."""

    summary = "The database file in the data folder cannot be read."
    remedy = "Restore the data folder from a copy, or move it away and start with an empty one."


_REFUSALS: dict[int, type[KyokError]] = {
    _PERMISSION: StoreReadOnly,
    _READ_ONLY: StoreReadOnly,
    _CANNOT_OPEN: StoreReadOnly,
    _AUTHORIZATION: StoreReadOnly,
    _INPUT_OUTPUT: StoreFailed,
    _FULL: StoreFailed,
    _BUSY: StoreBusy,
    _LOCKED: StoreBusy,
    _CORRUPT: StoreDamaged,
    _NO_DATABASE: StoreDamaged,
}


def is_of_the_store(error: BaseException) -> bool:
    """Whether the database failed, not the code that used it: then its transaction takes no more."""
    return isinstance(error, SQLAlchemyError)


def refusal_of(error: BaseException) -> KyokError | None:
    """What a person is told of an error of SQLAlchemy or the driver; None for one that only a bug can explain."""
    code = getattr(getattr(error, "orig", error), "sqlite_errorcode", None)
    kind = _REFUSALS.get(code & 0xFF) if isinstance(code, int) else None
    return kind() if kind is not None else None
