"""Imports an export: unpacks and proves it beside the present state, then puts it in its place."""

import contextlib
import json
import sqlite3
import time
import uuid
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from kyok.cloud.iam.api_keys import digest_of
from kyok.cloud.iam.bootstrap import KEY_NAME
from kyok.cloud.iam.identities import HOME
from kyok.cloud.keeping import archive, proving, replacing, trees
from kyok.cloud.keeping.errors import ExportDamaged, ExportNewer, NotAnExport
from kyok.cloud.keeping.exporting import KEY_FILE, MANIFEST
from kyok.cloud.store.database import KNOWN_SCHEMAS
from kyok.errors import KyokError
from kyok.hsm.resealing import reseal_all
from kyok.paths import Home
from kyok.sealing.key import INSECURE_DEMO, SealingKey
from kyok.secrets import Secret

_KEY_BYTES = 32
_SAID: dict[str, type] = {"schema": str, "account_name": str, "exported_at": str, "keys": int}
_LONGEST = 240


def opened(source: Path) -> BinaryIO:
    """The file of an export, for reading. Raises `NotAnExport`."""
    try:
        return source.open("rb")
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        raise NotAnExport(f"The file {source} cannot be read: {reason}.") from error


def lay_out(home: Home, sealing: SealingKey, source: Path, passphrase: Secret) -> dict[str, Any]:
    """Unpacks an export to where it can be put in place from, sealed as the home is; what it says of itself.

    The present state is not touched, so a cloud may run meanwhile.

    Raises:
        NotAnExport, ExportNewer, ExportDamaged, WrongExportPassphrase, DiskTooFull: nothing is left of it.
    """
    coming = replacing.scratch(home)
    try:
        with opened(source) as export:
            trees.require_room(home.root, 2 * source.stat().st_size)
            archive.unpack(export, coming, passphrase)
        return _proved(home, sealing, coming)
    except BaseException:
        trees.remove(coming)
        raise


def _proved(home: Home, sealing: SealingKey, coming: Path) -> dict[str, Any]:
    """That a cloud will open it, and what is in it; only the parts of a state are left."""
    about = _manifest(coming)
    key_file = coming / KEY_FILE
    try:
        key = bytearray(key_file.read_bytes())
        if len(key) != _KEY_BYTES:
            raise ExportDamaged()
        theirs = SealingKey(INSECURE_DEMO, key)
        trees.remove(key_file)
        trees.remove(coming / MANIFEST)
        proving.prove_database(coming / home.database.name)
        (coming / home.databases.name).mkdir(mode=0o700, exist_ok=True)
        reseal_all(coming / home.hsm.name, theirs, sealing)
        theirs.wipe()
        proving.prove_hsm(coming / home.hsm.name, sealing)
        _let_in(coming / home.database.name, home, sealing)
    except (OSError, sqlite3.Error) as error:
        raise ExportDamaged() from error
    except ExportDamaged:
        raise
    except KyokError as error:
        raise ExportDamaged(f"The export is damaged. {error.summary}") from error
    return about


def _manifest(coming: Path) -> dict[str, Any]:
    """What the export says of itself, as far as it is told to anybody."""
    try:
        about = json.loads((coming / MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise ExportDamaged() from error
    if not isinstance(about, dict) or any(not isinstance(about.get(name), kind) for name, kind in _SAID.items()):
        raise ExportDamaged()
    if not _is_time(about["exported_at"]):
        raise ExportDamaged()
    if about["schema"] not in KNOWN_SCHEMAS:
        raise ExportNewer()
    return {name: value[:_LONGEST] if isinstance(value := about[name], str) else value for name in _SAID}


def _is_time(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _let_in(database: Path, home: Home, sealing: SealingKey) -> None:
    """The administrator of what comes gets the API key that the home has: consoles and programs go on with it."""
    try:
        value = home.api_key_file.read_bytes().decode("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return  # the next start makes one
    with contextlib.closing(sqlite3.connect(database)) as copy:
        row = copy.execute("SELECT value FROM setting WHERE name = ?", (HOME,)).fetchone()
        administrator = json.loads(row[0])["administrator"]
        made = (f"ApiKey-{uuid.uuid4()}", administrator, KEY_NAME, digest_of(sealing, value), time.time_ns() // 10**6)
        copy.execute("INSERT INTO api_key (id, iam_id, name, digest, created_at) VALUES (?, ?, ?, ?, ?)", made)
        copy.commit()
