"""Files in folders that the servers' account owns, made and read by us, who may be root: no link there is followed.

That account runs what customers have a server do. A link that it puts in the place of a file must neither have us
write elsewhere nor show what it may not read itself; and a pipe must not have us wait for ever.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from kyok.durable import FILE_MODE
from kyok.postgres.account import ServerAccount
from kyok.postgres.volumes.trees import open_plain


@contextmanager
def opened_folder(folder: Path) -> Iterator[int]:
    """The open folder; `OSError` when it is a link."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def make_plain(name: str, folder: int, account: ServerAccount) -> BinaryIO:
    """A new, empty file of the account in an open folder, in the place of what has its name.

    Raises:
        OSError: somebody put another thing there meanwhile, or the disk refuses.
    """
    with suppress(FileNotFoundError):
        os.unlink(name, dir_fd=folder)
    descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, FILE_MODE, dir_fd=folder)
    file = os.fdopen(descriptor, "wb")
    if account.switch:
        os.fchown(descriptor, account.uid, account.gid)
    return file


def read_end(path: Path, size: int) -> bytes:
    """The last bytes of a plain file; nothing when it is not there, or something else is."""
    try:
        with opened_folder(path.parent) as folder:
            source = open_plain(path.name, folder)
    except OSError:
        return b""
    if source is None:
        return b""
    with source:
        source.seek(max(0, os.fstat(source.fileno()).st_size - size))
        return source.read()
