"""The lock of a data folder: one cloud, or one command, has it at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from kyok.errors import KyokError
from kyok.paths import Home


@contextmanager
def held(home: Home, refusal: KyokError) -> Iterator[None]:
    """Nobody else uses the folder meanwhile. Raises `refusal` when somebody does already."""
    lock = FileLock(home.lock)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise refusal from error
    try:
        yield
    finally:
        lock.release()
