"""Snapshots: copies of the whole state inside the home, sealed as the home is.

A snapshot holds what a key was sealed under, so a key that is purged later does not count as shredded while a snapshot
from before is there: a return to it would bring the key back (reference/hsm.md 3.6, docs/adr/0026).
"""

import json
import secrets
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from kyok.cloud.activity.events import Caller, Event
from kyok.cloud.activity.service import Activity
from kyok.cloud.emulator.errors import BadValue
from kyok.cloud.emulator.gate import Gate
from kyok.cloud.keeping import proving, replacing, trees
from kyok.cloud.keeping.errors import SnapshotDamaged, SnapshotNotFound, TooManySnapshots
from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import instance, key
from kyok.cloud.store.times import milliseconds, rfc3339_ms
from kyok.domain.cluster import LISTED_STATES
from kyok.domain.key_states import KeyState
from kyok.domain.names import snapshot_name_problem
from kyok.durable import FOLDER_MODE, Disk
from kyok.errors import KyokError
from kyok.paths import Home
from kyok.sealing.key import SealingKey

MOST = 20
LONGEST_NAME = 80
_ABOUT = "snapshot.json"
_SAID: dict[str, type] = {"name": str, "clock_ms": int, "made_ms": int}
_MAKING = ".new"


class Snapshots:
    """Lists, makes and removes them. `take`, `taken` and `returned` come from whoever can stop the cloud."""

    def __init__(self, home: Home, gate: Gate, activity: Activity) -> None:
        self._home = home
        self._folder = home.snapshots
        self._gate = gate
        self._activity = activity

    def page(self) -> list[dict[str, Any]]:
        """All that one can return to, newest first."""
        found = [about for about in map(_about, self._folders()) if about is not None]
        found.sort(key=lambda about: -about["made_ms"])
        return [_shown(about) for about in found]

    def begin(self, reader: Reader, caller: Caller, name: str) -> dict[str, Any]:
        """What one that is made now will hold. Raises `NotAuthorized`, `BadValue`, `TooManySnapshots`."""
        self._gate.require(reader, caller)
        if problem := snapshot_name_problem(name):
            raise BadValue(problem)
        if len(self.page()) >= MOST:
            raise TooManySnapshots()
        return {
            "id": secrets.token_hex(8),
            "name": name[:LONGEST_NAME],
            "created_at": rfc3339_ms(datetime.now(UTC)),
            "created_by": caller.name or caller.iam_id,
            "clock": rfc3339_ms(reader.now),
            "instances": _count_instances(reader, self._gate.target().account or ""),
            "keys": _count_keys(reader),
            "clock_ms": milliseconds(reader.now),
            "made_ms": milliseconds(datetime.now(UTC)),
        }

    def require_room(self) -> int:
        """The bytes of the state, if a copy fits. Raises `DiskTooFull`: asked before the cloud is closed, too."""
        size = sum(trees.size_of(part) for part in replacing.parts(self._home))
        trees.require_room(self._home.root, size)
        return size

    def take(self, about: dict[str, Any]) -> dict[str, Any]:
        """Copies the state; the cloud is closed meanwhile. A crash leaves a half one, which the next start removes."""
        wanted = [part for part in replacing.parts(self._home) if part.exists()]
        size = self.require_room()
        disk = Disk()
        disk.make_folder(self._folder)
        making = self._folder / f"{_MAKING}-{about['id']}"
        making.mkdir(mode=FOLDER_MODE)
        try:
            for part in wanted:
                trees.copy(part, making / part.name)
            disk.write(making / _ABOUT, json.dumps({**about, "size": size}).encode())
            disk.sync_folder(making)
            disk.replace(making, self._folder / about["id"])
        except BaseException:
            trees.remove(making)
            raise
        return _shown({**about, "size": size})

    def known(self, ident: str) -> dict[str, Any]:
        """What is known of one. Raises `SnapshotNotFound`."""
        for about in self.page():
            if about["id"] == ident:
                return about
        raise SnapshotNotFound()

    def taken(self, tx: Transaction, caller: Caller, name: str) -> None:
        """Says in the log that one was made: only now it is there."""
        self._record(tx, caller, "create", name)

    def lay_out(self, ident: str, sealing: SealingKey) -> None:
        """Copies a snapshot to where it can be put in place from, while the cloud still runs, and proves it.

        Raises:
            SnapshotDamaged: it is not whole, or it is one of another home.
        """
        source = self._folder / ident
        trees.require_room(self._home.root, trees.size_of(source))
        coming = replacing.scratch(self._home)
        try:
            for part in replacing.parts(self._home):
                if (source / part.name).exists():
                    trees.copy(source / part.name, coming / part.name)
            self._prove(coming, sealing)
        except BaseException:
            trees.remove(coming)
            raise

    def _prove(self, coming: Path, sealing: SealingKey) -> None:
        database, hsm = coming / self._home.database.name, coming / self._home.hsm.name
        if not database.exists() or not hsm.is_dir():
            raise SnapshotDamaged()
        try:
            proving.prove_database(database)
            proving.prove_hsm(hsm, sealing)
        except (KyokError, sqlite3.Error) as error:
            raise SnapshotDamaged() from error

    def returned(self, tx: Transaction, caller: Caller, name: str) -> None:
        """Says in the log of the state that is there again how it came."""
        self._record(tx, caller, "return", name)

    def delete(self, tx: Transaction, caller: Caller, ident: str) -> None:
        """Destroys one. Raises `SnapshotNotFound`, `NotAuthorized`."""
        self._gate.require(tx, caller)
        about = self.known(ident)
        self._record(tx, caller, "delete", about["name"])
        tx.after_commit(lambda: trees.remove(self._folder / ident))

    def holding_since(self) -> int | None:
        """Service time (milliseconds) of the oldest snapshot: what is purged later is in it. None: there is none."""
        clocks = [about["clock_ms"] for about in map(_about, self._folders()) if about is not None]
        return min(clocks, default=None)

    def tidy(self) -> None:
        """At a start: removes what a crash left half-made."""
        if self._folder.is_dir():
            for folder in self._folder.glob(f"{_MAKING}-*"):
                trees.remove(folder)

    def _folders(self) -> list[Path]:
        if not self._folder.is_dir():
            return []
        return [folder for folder in self._folder.iterdir() if not folder.name.startswith(".")]

    def _record(self, tx: Transaction, caller: Caller, verb: str, name: str) -> None:
        event = Event(f"kyok.snapshot.{verb}", str(self._gate.target()), name, response_data={"detail": name})
        self._activity.record(tx, caller, event)
        tx.changed("snapshot", "")


def _about(folder: Path) -> dict[str, Any] | None:
    """What a snapshot says of itself; None for what is none."""
    try:
        about = json.loads((folder / _ABOUT).read_bytes())
    except (OSError, ValueError):
        return None
    if not isinstance(about, dict) or about.get("id") != folder.name:
        return None
    return about if all(isinstance(about.get(name), kind) for name, kind in _SAID.items()) else None


def _shown(about: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in about.items() if not name.endswith("_ms")}


def _count_instances(reader: Reader, account: str) -> int:
    states = [state.value for state in LISTED_STATES]
    where = (instance.c.state.in_(states), instance.c.account == account)
    return int(reader.scalar(select(func.count()).select_from(instance).where(*where)) or 0)


def _count_keys(reader: Reader) -> int:
    where = key.c.state != int(KeyState.DESTROYED)
    return int(reader.scalar(select(func.count()).select_from(key).where(where)) or 0)
