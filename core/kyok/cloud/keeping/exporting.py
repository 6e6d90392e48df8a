"""Exports a home's state: laid out anew, sealed under a key of its own, and written as one file.

The HSM's files are sealed under the home's sealing key; in an export they are under a random one that lies inside the
archive, so the home's own key never leaves it. Deleted keys are left out: an export survives a purge in its home.
"""

import contextlib
import json
import os
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import kyok
from kyok.aead import random_key
from kyok.cloud.databases.views.deletion_facts import EXPORTS
from kyok.cloud.emulator.clock_control import OFFSET
from kyok.cloud.iam.identities import HOME
from kyok.cloud.keeping import archive, replacing, trees
from kyok.cloud.keeping.errors import ExportRefused
from kyok.durable import Disk
from kyok.hsm.resealing import reseal_all
from kyok.paths import Home
from kyok.sealing.key import INSECURE_DEMO, SealingKey
from kyok.sealing.passphrase import check_new
from kyok.secrets import Secret, wipe

FORMAT = 1
MANIFEST, KEY_FILE = "manifest.json", "sealing.key"
SCRATCH = ".export"
MOST_REMEMBERED = 200
"""Exports that a cloud remembers having made."""


def export(home: Home, sealing: SealingKey, target: Path, passphrase: Secret) -> dict[str, Any]:
    """Writes the file; what it is, for whoever asked. Nobody uses the home meanwhile.

    Raises:
        ExportRefused, PassphraseTooShort, DiskTooFull: there is no file.
    """
    check_new(passphrase)
    require_writable(home, target)
    require_room(home)
    folder = replacing.scratch(home, SCRATCH)
    try:
        about = _lay_out(home, sealing, folder)
        with _beside(target) as writing:
            archive.write(writing, folder, passphrase)
        _remember(home.database)
        return {**about, "path": str(target), "size": target.stat().st_size}
    finally:
        trees.remove(folder)


def require_room(home: Home) -> None:
    """Whether an export can be laid out. Raises `DiskTooFull`: asked before a cloud is closed for it, too."""
    trees.require_room(home.root, 2 * sum(trees.size_of(part) for part in replacing.parts(home)))


def require_writable(home: Home, target: Path) -> None:
    """Whether a new file can be made there. Raises `ExportRefused`."""
    if target.is_relative_to(home.root):
        raise ExportRefused("The export cannot lie inside the data folder itself.")
    if not target.is_absolute() or target.exists() or target.is_symlink():
        words = f"There is a file {target} already." if target.exists() else "The export needs a whole path."
        raise ExportRefused(words)
    if not target.parent.is_dir() or not os.access(target.parent, os.W_OK):
        raise ExportRefused(f"The folder {target.parent} cannot be written.")


@contextlib.contextmanager
def _beside(target: Path) -> Iterator[Any]:
    """A file that gets its name once it is whole and on the disk."""
    part = target.with_name(f".{target.name}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "wb") as writing:
            yield writing
            writing.flush()
            os.fsync(writing.fileno())
        _name(part, target)
        Disk().sync_folder(target.parent)
    except OSError as error:
        reason = (error.strerror or "the disk refused").lower()
        raise ExportRefused(f"The export cannot be written: {reason}.") from error
    finally:
        part.unlink(missing_ok=True)


def _name(part: Path, target: Path) -> None:
    """Gives the file its name. Unlike a rename, a link never takes the place of another file; some disks have none."""
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:
        part.rename(target)


def _lay_out(home: Home, sealing: SealingKey, folder: Path) -> dict[str, Any]:
    database = folder / home.database.name
    about = {"format": FORMAT, "version": kyok.__version__, "exported_at": datetime.now(UTC).isoformat()}
    about |= _copy_database(home.database, database)
    trees.copy(home.hsm, folder / home.hsm.name)
    trees.copy(home.databases, folder / home.databases.name)
    key = random_key()
    try:
        Disk().write(folder / KEY_FILE, key)
        own = SealingKey(INSECURE_DEMO, bytearray(key))
        reseal_all(folder / home.hsm.name, sealing, own)
        own.wipe()
    finally:
        wipe(key)
    Disk().write(folder / MANIFEST, json.dumps(about).encode())
    return about


def _remember(database: Path) -> None:
    """Keeps that there is a file that no purge reaches: the checklist of secure deletion tells of it."""
    with contextlib.closing(sqlite3.connect(database)) as writing:
        found = writing.execute("SELECT name, value FROM setting WHERE name IN (?, ?)", (EXPORTS, OFFSET))
        rows = dict(found.fetchall())
        ahead = float(rows.get(OFFSET, 0.0))
        made = [*json.loads(rows.get(EXPORTS, "[]")), int((time.time() + ahead) * 1000)][-MOST_REMEMBERED:]
        writing.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (EXPORTS, json.dumps(made)))
        writing.commit()


def _copy_database(source: Path, target: Path) -> dict[str, Any]:
    """A copy without deleted keys and without what deleted rows left in the file."""
    with contextlib.closing(sqlite3.connect(source)) as reading:
        reading.execute("VACUUM INTO ?", (str(target),))
    with contextlib.closing(sqlite3.connect(target)) as copy:
        copy.execute("PRAGMA foreign_keys=ON")
        copy.execute("PRAGMA secure_delete=ON")
        left_out = copy.execute("DELETE FROM kms_key WHERE state = 5").rowcount
        copy.execute("DELETE FROM kms_key_count WHERE state = 5")
        copy.execute("DELETE FROM api_key")  # their digests mean nothing in another home
        copy.commit()
        copy.execute("VACUUM")
        row = copy.execute("SELECT value FROM setting WHERE name = ?", (HOME,)).fetchone()
        account = json.loads(row[0])["account"] if row else ""
        name = copy.execute("SELECT name FROM account WHERE id = ?", (account,)).fetchone()
        schema = copy.execute("SELECT version_num FROM alembic_version").fetchone()
        keys = copy.execute("SELECT count(*) FROM kms_key").fetchone()
    target.chmod(0o600)
    with target.open("rb") as file:
        os.fsync(file.fileno())
    return {
        "account_name": name[0] if name else "",
        "schema": schema[0],
        "keys": keys[0],
        "deleted_keys_left_out": left_out,
    }
