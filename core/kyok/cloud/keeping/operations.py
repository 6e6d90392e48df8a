"""What can be done with whole states while a cloud serves: each act of an administrator, from asking to the log."""

from pathlib import Path
from typing import Any

from kyok.cloud.activity.events import Caller, Event
from kyok.cloud.keeping import exporting, importing, replacing
from kyok.cloud.keeping.host import Host
from kyok.cloud.store import Transaction
from kyok.secrets import Secret


def make_snapshot(host: Host, caller: Caller, name: str) -> dict[str, Any]:
    """Keeps the state as it is now. Raises `TooManySnapshots`, `DiskTooFull`, `StateBusy`, `NotAuthorized`."""
    cloud = host.cloud
    with cloud.store.read_apart() as reader:
        about = cloud.snapshots.begin(reader, caller, name)
    cloud.snapshots.require_room()
    shown = host.without_cloud(lambda: cloud.snapshots.take(about))
    host.cloud.store.writer.perform(lambda tx: host.cloud.snapshots.taken(tx, caller, about["name"]))
    return shown


def return_to(host: Host, caller: Caller, ident: str) -> None:
    """Puts a snapshot in the place of the state. Raises `SnapshotNotFound`, `SnapshotDamaged`, `NotAuthorized`."""
    cloud = host.cloud
    with cloud.store.read_apart() as reader:
        cloud.gate.require(reader, caller)
    about = cloud.snapshots.known(ident)
    host.alone(lambda: cloud.snapshots.lay_out(ident, host.sealing), lambda laid_out: replacing.replace(host.home))
    replacing.forget_old(host.home)
    host.cloud.store.writer.perform(lambda tx: host.cloud.snapshots.returned(tx, caller, about["name"]))


def export(host: Host, caller: Caller, target: Path, passphrase: Secret) -> dict[str, Any]:
    """Writes the state into a sealed file.

    Raises:
        ExportRefused, PassphraseTooShort, DiskTooFull, StateBusy, NotAuthorized: there is no file.
    """
    cloud = host.cloud
    with cloud.store.read_apart() as reader:
        cloud.gate.require(reader, caller)
    exporting.require_writable(host.home, target)
    exporting.require_room(host.home)
    about = host.without_cloud(lambda: exporting.export(host.home, host.sealing, target, passphrase))
    host.cloud.store.writer.perform(lambda tx: _note(tx, host, caller, "export", about))
    return about


def import_file(host: Host, caller: Caller, source: Path, passphrase: Secret) -> dict[str, Any]:
    """Puts the state of an export in the place of this one. Raises as `kyok.cloud.keeping.importing.lay_out`."""
    cloud = host.cloud
    with cloud.store.read_apart() as reader:
        cloud.gate.require(reader, caller)
    about = host.alone(
        lambda: importing.lay_out(host.home, host.sealing, source, passphrase),
        lambda laid_out: replacing.replace(host.home),
    )
    replacing.forget_old(host.home)
    host.cloud.store.writer.perform(lambda tx: _note(tx, host, _administrator(host), "import", about))
    return {**about, "path": str(source), "size": source.stat().st_size}


def _administrator(host: Host) -> Caller:
    """Who asked is no user of the state that came."""
    identities = host.cloud.identities
    return Caller(identities.administrator_id, identities.account_id, "kyok", "user", agent="kyok serve")


def _note(tx: Transaction, host: Host, caller: Caller, verb: str, about: dict[str, Any]) -> None:
    told: dict[str, Any] = {name: about[name] for name in ("account_name", "keys", "exported_at") if name in about}
    target = str(host.cloud.gate.target())
    event = Event(f"kyok.cloud.{verb}", target, str(about.get("account_name", "")), response_data=told)
    host.cloud.activity.record(tx, caller, event)
