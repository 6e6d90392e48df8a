"""Moves the files of an HSM from one sealing key to another: for exports, which must open in another home."""

from pathlib import Path

from kyok.aead import framed
from kyok.durable import Disk
from kyok.hsm.fileset import WITNESS, FileSet
from kyok.sealed import SealedFileError, pack, unpack
from kyok.sealing.key import SealingKey
from kyok.secrets import wipe

_LABEL = b"hsm file"


def reseal_all(folder: Path, old: SealingKey, new: SealingKey, disk: Disk | None = None) -> list[str]:
    """Reseals every HSM under `folder` where it lies; returns their ids. The folder is a copy that nobody else uses.

    Raises:
        SealedFileError: a file does not open under the old key.
        HsmStorageFailed, OSError: the disk did not take it.
    """
    disk = disk or Disk()
    done = []
    for hsm in sorted(folder.iterdir()):
        if hsm.is_dir() and not hsm.name.startswith("."):
            _reseal(hsm, old, new, disk)
            done.append(hsm.name)
    return done


def _reseal(folder: Path, old: SealingKey, new: SealingKey, disk: Disk) -> None:
    files = FileSet(folder, folder.name, old, disk)
    files.load()  # finishes or forgets what was interrupted
    for name in (*files.witness.files, WITNESS):
        path = folder / name
        context = framed(_LABEL, folder.name.encode(), name.encode())
        before, after = old.derive(context), new.derive(context)
        try:
            opened = unpack(before, path.read_bytes(), context)
            try:
                disk.write(path, pack(after, opened.body, context, opened.generation))
            finally:
                wipe(opened.body)
        except FileNotFoundError as error:
            raise SealedFileError("A sealed file is missing.") from error
        finally:
            wipe(before)
            wipe(after)
