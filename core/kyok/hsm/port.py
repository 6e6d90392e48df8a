"""The port of the emulated HSM: all crypto units of a home, behind one object.

States: locked -> operational, once the self-tests pass; a failed test latches `error` for the life of the process.
While it is unlocked it holds in memory: the sealing key, a cipher for each master key's subkey and each storage epoch.
"""

import contextlib
import re
import threading
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from kyok.durable import Disk
from kyok.hsm import performer, selftest
from kyok.hsm.errors import HsmExists, HsmFailed, HsmLocked, HsmStorageFailed, HsmUnknown
from kyok.hsm.instance import Instance, build
from kyok.hsm.operations import Operation
from kyok.hsm.status import HsmStatus
from kyok.sealing.key import SealingKey

R = TypeVar("R")

MOST_UNITS = 8
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}")
_COMING, _GOING = ".new-", ".gone-"


class ModuleState(StrEnum):
    """What the module as a whole does."""

    LOCKED = "locked"
    OPERATIONAL = "operational"
    ERROR = "error"


class Hsm:
    """Thread-safe. One cloud per home uses it; the home's lock sees to that."""

    def __init__(
        self,
        folder: Path,
        *,
        disk: Disk | None = None,
        tests: tuple[Callable[[], bool], ...] = selftest.TESTS,
    ) -> None:
        self._folder = folder
        self._disk = disk or Disk()
        self._tests = tests
        self._lock = threading.RLock()
        self._sealing: SealingKey | None = None
        self._failed: list[str] = []
        self._instances: dict[str, Instance] = {}

    @property
    def state(self) -> ModuleState:
        """See `ModuleState`."""
        if self._failed:
            return ModuleState.ERROR
        return ModuleState.LOCKED if self._sealing is None else ModuleState.OPERATIONAL

    def unlock(self, sealing: SealingKey) -> None:
        """Runs the self-tests, clears away what was being made or removed at a crash, and serves.

        Raises:
            HsmFailed: a self-test failed, now or before.
            HsmStorageFailed: the folder cannot be written.
        """
        with self._lock:
            self._failed = self._failed or selftest.failures(self._tests)
            if self._failed:
                raise HsmFailed(f"The HSM stopped: its self-test failed ({', '.join(self._failed)}).")
            try:
                self._disk.make_folder(self._folder)
                for folder in self._folder.iterdir():
                    if folder.name.startswith((_COMING, _GOING)):
                        self._disk.remove_tree(folder)
            except OSError as error:
                raise HsmStorageFailed() from error
            self._sealing = sealing

    def lock(self) -> None:
        """Forgets every key; the sealing key is its owner's to wipe."""
        with self._lock:
            self._sealing = None
            self._instances = {}

    # The HSMs of the home --------------------------------------------------------------------------------------------

    def ids(self) -> list[str]:
        """Which HSMs there are, sorted; also while locked."""
        if not self._folder.is_dir():
            return []
        return sorted(path.name for path in self._folder.iterdir() if path.is_dir() and _ID.fullmatch(path.name))

    def exists(self, hsm_id: str) -> bool:
        """Whether there is such an HSM."""
        return _ID.fullmatch(hsm_id) is not None and (self._folder / hsm_id).is_dir()

    def create(
        self, hsm_id: str, units: int, zones: Sequence[str], *, initialised_by_provider: bool = False
    ) -> HsmStatus:
        """Makes an HSM of so many crypto units, spread over the zones in turn. It is there whole, or not at all.

        Raises:
            HsmExists: the id is taken.
            HsmStorageFailed: the disk did not take it.
            ValueError: id, number of units or zones make no sense.
        """
        if _ID.fullmatch(hsm_id) is None or not 1 <= units <= MOST_UNITS or not zones:
            raise ValueError("an HSM has an id of letters, digits and hyphens, 1 to 8 units and at least one zone")
        spread = [zones[index % len(zones)] for index in range(units)]
        with self._lock:
            sealing = self._unlocked()
            if self.exists(hsm_id):
                raise HsmExists()
            coming = self._folder / f"{_COMING}{hsm_id}"
            try:
                self._disk.remove_tree(coming)
                build(coming, hsm_id, spread, sealing, self._disk, ready=initialised_by_provider)
                self._disk.replace(coming, self._folder / hsm_id)
            except OSError as error:
                with contextlib.suppress(OSError):  # a full disk needs the room; the next unlock clears it otherwise
                    self._disk.remove_tree(coming)
                raise HsmStorageFailed() from error
            return self.status(hsm_id)

    def remove(self, hsm_id: str) -> None:
        """Overwrites and deletes everything of an HSM; one that is not there is removed already.

        Raises:
            HsmStorageFailed: the disk did not take it; the HSM is gone, the next unlock deletes the rest.
        """
        with self._lock:
            self._unlocked()
            self._instances.pop(hsm_id, None)
            if not self.exists(hsm_id):
                return
            going = self._folder / f"{_GOING}{hsm_id}"
            try:
                self._disk.remove_tree(going)
                self._disk.replace(self._folder / hsm_id, going)
                self._disk.remove_tree(going)
            except OSError as error:
                raise HsmStorageFailed() from error

    def status(self, hsm_id: str) -> HsmStatus:
        """What can be told about the units of an HSM.

        Raises:
            HsmUnknown: there is none with this id.
        """
        return self._instance(hsm_id).status()

    # Administration --------------------------------------------------------------------------------------------------

    def auto_init(
        self, hsm_id: str, signature_threshold: int, revocation_threshold: int, administrators: Sequence[str]
    ) -> HsmStatus:
        """Initialises all units in the manner of IBM's recovery units: new signature keys, a random master key.

        Raises:
            NotInImprintMode, ThresholdsRefused, AdministratorsRefused, HsmUnavailable: nothing has changed.
            HsmStorageFailed: all units are initialised or none; `status` tells.
        """
        return self._instance(hsm_id).auto_init(signature_threshold, revocation_threshold, administrators)

    def zeroize(self, hsm_id: str) -> HsmStatus:
        """Puts all units back into imprint mode; every key of the HSM is useless from then on.

        Raises:
            HsmUnavailable, HsmStorageFailed: as for `auto_init`.
        """
        return self._instance(hsm_id).zeroize()

    def begin_epoch(self, hsm_id: str) -> int:
        """Begins a change of the storage epoch (shredding), or returns the one that is open: the new number.

        New blobs go under the new epoch at once; `Reseal` moves the old ones.
        """
        return self._instance(hsm_id).begin_epoch()

    def finish_epoch(self, hsm_id: str) -> None:
        """Destroys the old storage key: every blob still under it, in whatever copy, is shredded."""
        self._instance(hsm_id).finish_epoch()

    def abandon_epoch(self, hsm_id: str) -> None:
        """Destroys the new storage key. The caller makes sure that no blob is under it.

        Raises:
            EpochRefused: no change is open.
        """
        self._instance(hsm_id).abandon_epoch()

    # Operations ------------------------------------------------------------------------------------------------------

    def perform(self, hsm_id: str, operations: Sequence[Operation[Any]]) -> list[Any]:
        """Does a batch with one of the usable units, in turn; gives a result or an `HsmError` for each operation.

        Raises:
            HsmLocked, HsmFailed, HsmUnknown: concern the whole batch.
        """
        instance = self._instance(hsm_id)
        return performer.perform(instance.snapshot, instance.served, operations)

    def run(self, hsm_id: str, operation: Operation[R]) -> R:
        """Does one operation.

        Raises:
            HsmError: the one that a batch would return.
        """
        instance = self._instance(hsm_id)
        result: R = performer.run(instance.snapshot, instance.served, operation)
        return result

    def _unlocked(self) -> SealingKey:
        if self._failed:
            raise HsmFailed()
        if self._sealing is None:
            raise HsmLocked()
        return self._sealing

    def _instance(self, hsm_id: str) -> Instance:
        instance = self._instances.get(hsm_id)
        if instance is not None:
            return instance
        with self._lock:
            sealing = self._unlocked()
            if hsm_id in self._instances:
                return self._instances[hsm_id]
            if not self.exists(hsm_id):
                raise HsmUnknown()
            instance = Instance(self._folder / hsm_id, hsm_id, sealing, self._disk)
            self._instances[hsm_id] = instance
            return instance
