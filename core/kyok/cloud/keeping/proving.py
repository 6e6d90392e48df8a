"""Proves that a whole state is one that this program can work with, before it counts for anything."""

import contextlib
import sqlite3
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import inspect, select
from sqlalchemy.exc import SQLAlchemyError

from kyok.clock import ServiceClock
from kyok.cloud.emulator.clock_control import FARTHEST, OFFSET
from kyok.cloud.iam.identities import HOME
from kyok.cloud.keeping.errors import ExportDamaged
from kyok.cloud.store import Reader, Store
from kyok.cloud.store.tables import metadata, setting, user
from kyok.hsm import Hsm
from kyok.sealing.key import SealingKey
from kyok.settings import Scope, checked, defaults


def prove_database(file: Path) -> None:
    """Brings the schema to this program's version, and looks whether all is there that a start relies on.

    Raises:
        ExportDamaged: it is not. KyokError: the store does not open it, or a setting has a value that it cannot have.
    """
    with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as reading:
        if reading.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise ExportDamaged()
        # Triggers and views are never written here: they would act in everything that is done afterwards.
        if reading.execute("SELECT 1 FROM sqlite_master WHERE type NOT IN ('table', 'index')").fetchone():
            raise ExportDamaged()
    store = Store.in_folder(file, ServiceClock())
    try:
        with store.read_apart() as reader:
            _require_tables(reader)
            _require_home(reader)
            _require_settings(reader)
    except (msgspec.DecodeError, SQLAlchemyError) as error:
        raise ExportDamaged() from error
    finally:
        store.close()


def prove_hsm(folder: Path, sealing: SealingKey) -> None:
    """Opens every sealed file of the HSMs, as a start does.

    Raises:
        ExportDamaged: one is damaged, or belongs under another key. KyokError: the HSM does not start at all.
    """
    hsm = Hsm(folder)
    hsm.unlock(sealing)
    try:
        for ident in hsm.ids():
            status = hsm.status(ident)
            if not status.units or not status.epoch or any(unit.problem for unit in status.units):
                raise ExportDamaged()
    finally:
        hsm.lock()


def _require_tables(reader: Reader) -> None:
    found = inspect(reader.connection)
    names = set(found.get_table_names())
    for table in metadata.sorted_tables:
        if table.name not in names or not {column.name for column in table.columns} <= {
            column["name"] for column in found.get_columns(table.name)
        }:
            raise ExportDamaged()


def _require_home(reader: Reader) -> None:
    home = _values(reader).get(HOME)
    if not isinstance(home, dict) or not all(isinstance(home.get(name), str) for name in ("account", "administrator")):
        raise ExportDamaged()
    administrator = select(user.c.iam_id).where(
        user.c.iam_id == home["administrator"], user.c.account == home["account"]
    )
    if reader.one(administrator) is None:
        raise ExportDamaged()


def _require_settings(reader: Reader) -> None:
    values = _values(reader)
    ahead = values.get(OFFSET, 0.0)
    if isinstance(ahead, bool) or not isinstance(ahead, int | float) or not 0 <= ahead <= FARTHEST:
        raise ExportDamaged()
    checked(Scope.CLOUD, {name: values[name] for name in defaults(Scope.CLOUD) if name in values})


def _values(reader: Reader) -> dict[str, Any]:
    return {row.name: row.value for row in reader.all(select(setting))}
