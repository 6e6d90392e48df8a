"""Where the clear views of volumes lie, and that nobody else can look in or put anything there."""

import os
import re
import stat
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kyok.postgres.errors import VolumeError
from kyok.postgres.volumes.port import VolumeId

PRIVATE = 0o700
SEARCHABLE = 0o711
"""Others may pass through, but not list."""
_OTHERS_WRITE = 0o022
_NAME = re.compile(r"[0-9A-Za-z_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Folder:
    """`path` below `base`; the base is the system's, the rest is ours and made when it is needed."""

    base: Path
    path: str

    @property
    def full(self) -> Path:
        """Where it is."""
        return self.base / self.path


@dataclass(frozen=True, slots=True)
class Places:
    """Where clear views lie: mounted ones, those in memory, and those on disk (None: beside the sealed folder).

    `shared`: the servers' account is not ours, so it must be able to pass through.
    """

    mounted: Folder
    memory: Folder
    disk: Folder | None
    shared: bool

    def below(self, folder: Folder, volume: VolumeId) -> Path:
        """The place of one volume's clear view in a folder, which is made.

        Raises:
            VolumeError: the folder cannot be made, or is not ours alone.
        """
        if not _NAME.fullmatch(volume.guid):
            raise ValueError("the instance's identifier cannot be a folder's name")
        self.prepare(folder)
        return folder.full / f"{volume.guid}.{volume.node}"

    def prepare(self, folder: Folder) -> None:
        """Makes a folder, and checks every part that is ours.

        Raises:
            VolumeError: see `below`.
        """
        path = folder.base
        for part in Path(folder.path).parts:
            path = path / part
            _ours(path, SEARCHABLE if self.shared else PRIVATE)


def places_of(home: Path, *, shared: bool) -> Places:
    """The usual places for a data folder. `shared`: servers run under another account (we are root)."""
    mark = sha256(bytes(home.resolve())).hexdigest()[:12]
    mine = f"kyok-{os.geteuid()}-{mark}"
    return Places(
        mounted=_for_mounts(mark, mine),
        memory=Folder(Path("/dev/shm"), mine),  # noqa: S108 - a folder of ours is made there, and checked
        disk=Folder(Path("/var/lib"), f"kyok/{mark}") if shared else None,
        shared=shared,
    )


def remove_empty(home: Path) -> None:
    """Removes the folders for clear views of one data folder, as far as they are empty; no cloud uses it now.

    What is mounted, holds anything or is not ours stays, and so does the folder above, which other homes share.
    """
    places = places_of(home, shared=os.geteuid() == 0)
    for folder in (places.mounted, places.memory, places.disk):
        points = points_in(folder) if folder is not None else None
        if folder is None or points is None:
            continue
        for path in (*points, folder.full):
            with suppress(OSError):  # it is in use
                path.rmdir()


def points_in(folder: Folder) -> list[Path] | None:
    """What lies in a folder of ours; None when there is no such folder, or it could be a trap."""
    try:
        _check(folder.full)
        return list(folder.full.iterdir())
    except (OSError, VolumeError):
        return None


def _for_mounts(mark: str, mine: str) -> Folder:
    if os.geteuid() == 0:
        return Folder(Path("/run"), f"kyok/{mark}")
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if runtime and _usable_runtime(Path(runtime)):
        return Folder(Path(runtime), f"kyok/{mark}")
    return Folder(Path("/tmp"), mine)  # noqa: S108 - see above


def _usable_runtime(folder: Path) -> bool:
    try:
        status = folder.lstat()
    except OSError:
        return False
    private = stat.S_ISDIR(status.st_mode) and not stat.S_IMODE(status.st_mode) & ~PRIVATE
    return private and status.st_uid == os.geteuid() and os.access(folder, os.W_OK | os.X_OK)


def _ours(folder: Path, mode: int) -> None:
    """Makes one folder, or checks the one that is there: in a place that all may write it could be a trap."""
    try:
        try:
            folder.mkdir(mode=PRIVATE)
        except FileExistsError:
            _check(folder)
        if stat.S_IMODE(folder.lstat().st_mode) != mode:
            folder.chmod(mode)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise VolumeError(f"The folder {folder} for clear views cannot be made: {reason}.") from error


def _check(folder: Path) -> None:
    status = folder.lstat()
    trap = not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid() or status.st_mode & _OTHERS_WRITE
    if trap:
        raise VolumeError(
            f"The folder {folder} is not ours alone: clear views are not put there.",
            "See who made it, and remove it if it is not needed.",
        )
