"""One HSM: its folder, its administration, and its present snapshot."""

import json
import logging
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from kyok.aead import random_key
from kyok.durable import Disk, write_private
from kyok.hsm import epoch_keys, recovery, unit_codec
from kyok.hsm.administrators import checked_names, new_signature_key
from kyok.hsm.epoch_keys import EpochKeys
from kyok.hsm.errors import EpochRefused, HsmStorageFailed, HsmUnavailable, NotInImprintMode, ThresholdsRefused
from kyok.hsm.fileset import FileSet
from kyok.hsm.master_key import verification_pattern
from kyok.hsm.snapshot import LoadedUnit, Served, Snapshot, loaded
from kyok.hsm.status import HsmStatus, UnitMode
from kyok.hsm.unit import MOST_ADMINISTRATORS, UnitRecord
from kyok.sealed import SealedFileError
from kyok.sealing.key import SealingKey
from kyok.secrets import wipe

log = logging.getLogger(__name__)

PROVIDER_ADMINISTRATOR = "provider"
_FORMAT = 1


def unit_file(number: int) -> str:
    """The name of a unit's file."""
    return f"units/{number}/unit.bin"


def build(folder: Path, hsm_id: str, zones: Sequence[str], sealing: SealingKey, disk: Disk, *, ready: bool) -> None:
    """Writes the files of a new HSM into a folder; `ready`: with a master key already, owned by the provider."""
    disk.make_folder(folder)
    about = {"format": _FORMAT, "id": hsm_id, "created": datetime.now(UTC).isoformat(timespec="seconds")}
    write_private(folder / "instance.json", json.dumps(about, indent=2).encode(), disk)
    records = [UnitRecord() for _ in zones]
    entries = _initialise(records, 1, 1, [PROVIDER_ADMINISTRATOR]) if ready else []
    epochs = EpochKeys.first()
    bodies = _bodies(records, entries) | {epoch_keys.NAME: epochs.encoded()}
    try:
        files = FileSet(folder, hsm_id, sealing, disk)
        files.commit(bodies, facts={"zones": list(zones), "provider": ready})
    finally:
        epochs.wipe()
        _wipe_all(records, entries, bodies)


def _initialise(
    records: Sequence[UnitRecord], signature: int, revocation: int, names: Sequence[str]
) -> list[tuple[bytes, bytearray]]:
    """Takes every unit from imprint mode to one random master key; returns the administrators' private keys."""
    made = [new_signature_key(name) for name in names]
    master_key = random_key()
    try:
        pattern = verification_pattern(master_key)
        for record in records:
            record.add_administrators([administrator for administrator, _ in made])
            record.set_thresholds(signature, revocation)
            record.load_new(master_key)
            record.commit_new(pattern)
            record.activate_new()
    finally:
        wipe(master_key)
    return [(administrator.ski, private) for administrator, private in made]


def _bodies(records: Sequence[UnitRecord], entries: Sequence[tuple[bytes, bytearray]]) -> dict[str, bytearray]:
    bodies = {unit_file(number): unit_codec.encoded(record) for number, record in enumerate(records, 1)}
    bodies[recovery.NAME] = recovery.encoded(entries)
    return bodies


def _wipe_all(
    records: Sequence[UnitRecord], entries: Sequence[tuple[bytes, bytearray]], bodies: dict[str, bytearray]
) -> None:
    for record in records:
        record.wipe()
    for buffer in (*(private for _, private in entries), *bodies.values()):
        wipe(buffer)


class Instance:
    """Administrative acts wait for each other; operations use the snapshot of the moment they began."""

    def __init__(self, folder: Path, hsm_id: str, sealing: SealingKey, disk: Disk) -> None:
        self.served = Served()
        self._hsm_id = hsm_id
        self._lock = threading.RLock()
        self._files = FileSet(folder, hsm_id, sealing, disk)
        self._epoch_change_open = False
        self.snapshot = self._read()

    # Reading ---------------------------------------------------------------------------------------------------------

    def status(self) -> HsmStatus:
        """See `HsmStatus`."""
        with self._lock:
            return self.snapshot.status(self.served, epoch_change_open=self._epoch_change_open)

    def _read(self) -> Snapshot:
        try:
            self._files.load()
        except SealedFileError as error:
            log.error("HSM %s: its state cannot be read: %s", self._hsm_id, error)
            return Snapshot(self._hsm_id, (), None, 0)
        units = tuple(self._load_unit(number) for number in range(1, len(self._zones()) + 1))
        epochs = None
        try:
            keys = self._epoch_keys()
            self._epoch_change_open = keys.change_is_open
            epochs = keys.ciphers()
        except SealedFileError as error:
            log.error("HSM %s: its storage epoch cannot be read: %s", self._hsm_id, error)
        return Snapshot(self._hsm_id, units, epochs, self._files.witness.generation)

    def _zones(self) -> list[str]:
        return list(self._files.witness.facts.get("zones", ()))

    def _load_unit(self, number: int) -> LoadedUnit:
        zone, generation = self._zones()[number - 1], self._files.witness.files[unit_file(number)]
        try:
            record = self._record(number)
        except SealedFileError as error:
            log.error("HSM %s: crypto unit %d cannot be read: %s", self._hsm_id, number, error)
            return LoadedUnit(number, zone, generation, None, error.summary)
        return loaded(number, zone, generation, record, self._hsm_id)

    def _record(self, number: int) -> UnitRecord:
        body = self._files.read(unit_file(number))
        try:
            return unit_codec.decoded(body)
        finally:
            wipe(body)

    def _epoch_keys(self) -> EpochKeys:
        body = self._files.read(epoch_keys.NAME)
        try:
            return EpochKeys.decoded(body)
        finally:
            wipe(body)

    # Administration --------------------------------------------------------------------------------------------------

    def auto_init(self, signature: int, revocation: int, administrators: Sequence[str]) -> HsmStatus:
        """Administrators, thresholds and a random master key for all units, or for none.

        Raises:
            NotInImprintMode: a unit is initialised already.
            ThresholdsRefused, AdministratorsRefused: see there.
            HsmUnavailable: a unit cannot be read.
        """
        with self._lock:
            names = checked_names(administrators)
            _check_thresholds(signature, revocation, len(names))
            records = self._records_in_imprint_mode()
            entries = _initialise(records, signature, revocation, names)
            self._commit_units(records, entries)
            return self.status()

    def _records_in_imprint_mode(self) -> list[UnitRecord]:
        units = self.snapshot.units
        if not units or any(unit.problem for unit in units):
            raise HsmUnavailable(
                "A crypto unit cannot be read, so the units cannot be initialized together.",
                "Zeroize the crypto units first: that makes every unit anew.",
            )
        records = [self._record(unit.number) for unit in units]
        if any(record.mode is not UnitMode.IMPRINT for record in records):
            for record in records:
                record.wipe()
            raise NotInImprintMode()
        return records

    def zeroize(self) -> HsmStatus:
        """Every unit goes back to imprint mode, also one that cannot be read; old files are overwritten.

        Raises:
            HsmUnavailable: the state of the whole HSM cannot be read.
        """
        with self._lock:
            if not self.snapshot.units:
                raise HsmUnavailable()
            records = []
            for unit in self.snapshot.units:
                record = UnitRecord() if unit.problem else self._record(unit.number)
                record.zeroize()
                records.append(record)
            self._commit_units(records, [], destroy=True)
            log.warning("HSM %s: all crypto units are zeroized", self._hsm_id)
            return self.status()

    def _commit_units(
        self, records: Sequence[UnitRecord], entries: Sequence[tuple[bytes, bytearray]], *, destroy: bool = False
    ) -> None:
        bodies = _bodies(records, entries)
        try:
            self._commit(bodies, destroy=destroy)
        finally:
            _wipe_all(records, entries, bodies)

    def _commit(self, bodies: dict[str, bytearray], *, destroy: bool) -> None:
        try:
            self._files.commit(bodies, destroy=destroy)
        finally:
            self._reload()

    def _reload(self) -> None:
        try:
            self.snapshot = self._read()
        except HsmStorageFailed:
            # What the disk holds is not known now: keys that may be destroyed already must not go on serving.
            self.snapshot = Snapshot(self._hsm_id, (), None, 0)
            raise

    # Storage epochs --------------------------------------------------------------------------------------------------

    def begin_epoch(self) -> int:
        """A new storage key beside the old one; while a change is open, that one's number again."""
        with self._lock:
            keys = self._readable_epoch_keys()
            if not keys.change_is_open:
                keys.begin()
                self._commit_epochs(keys, destroy=False)
            keys.wipe()
            return keys.newest

    def finish_epoch(self) -> None:
        """Destroys the old storage key; without an open change there is nothing to do."""
        with self._lock:
            keys = self._readable_epoch_keys()
            if keys.change_is_open:
                keys.drop_old()
                self._commit_epochs(keys, destroy=True)
            keys.wipe()

    def abandon_epoch(self) -> None:
        """Destroys the new storage key of an open change.

        Raises:
            EpochRefused: no change is open.
        """
        with self._lock:
            keys = self._readable_epoch_keys()
            if not keys.change_is_open:
                keys.wipe()
                raise EpochRefused()
            keys.drop(keys.newest)
            self._commit_epochs(keys, destroy=True)
            keys.wipe()

    def _readable_epoch_keys(self) -> EpochKeys:
        try:
            return self._epoch_keys()
        except SealedFileError as error:
            raise HsmUnavailable("The storage key of this HSM cannot be read.") from error

    def _commit_epochs(self, keys: EpochKeys, *, destroy: bool) -> None:
        body = keys.encoded()
        try:
            self._commit({epoch_keys.NAME: body}, destroy=destroy)
        finally:
            wipe(body)


def _check_thresholds(signature: int, revocation: int, administrators: int) -> None:
    most = min(MOST_ADMINISTRATORS, administrators)
    for name, value in (("signature", signature), ("revocation", revocation)):
        if not 1 <= value <= most:
            raise ThresholdsRefused(
                f"The {name} threshold is {value}: with {administrators} administrators it can be 1 to {most}."
            )
