"""The units of one HSM as they were read from their files: what serves, and what can be told about them.

A snapshot never changes; an administrative act makes a new one. Of key material it holds only the ciphers of the master
key's subkey and of the storage epochs.
"""

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from kyok.hsm.blob import Epochs, MasterSeal
from kyok.hsm.errors import HsmError, HsmNotInitialised, HsmUnavailable
from kyok.hsm.master_key import blob_cipher, verification_pattern
from kyok.hsm.status import Administrator, HsmStatus, Initialisation, Register, UnitMode, UnitStatus
from kyok.hsm.unit import UnitRecord

DISAGREES = "Its master key is not the one of the other units."


@dataclass(frozen=True, slots=True)
class LoadedUnit:
    """One unit; `record` has no master keys any more, `master` is there when its current register is valid."""

    number: int
    zone: str
    generation: int
    record: UnitRecord | None
    problem: str | None = None
    master: MasterSeal | None = None
    new_pattern: bytes | None = None
    registers: tuple[Register, Register] = (Register.EMPTY, Register.EMPTY)


def loaded(number: int, zone: str, generation: int, record: UnitRecord, hsm_id: str) -> LoadedUnit:
    """Takes what serving needs out of a record, and wipes its master keys."""
    registers = (record.current_register, record.new_register)
    new_pattern = None if record.new is None else verification_pattern(record.new)
    master = None
    if record.current is not None:
        master = MasterSeal(verification_pattern(record.current), blob_cipher(record.current, hsm_id))
    record.wipe()
    return LoadedUnit(number, zone, generation, record, None, master, new_pattern, registers)


class Served:
    """How many operations each unit has served, and whose turn it is."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._turn = 0
        self._counts: Counter[int] = Counter()

    def take(self, units: Sequence[LoadedUnit], operations: int) -> LoadedUnit:
        """The next of these units, in turn; it serves so many operations."""
        with self._lock:
            self._turn += 1
            unit = units[self._turn % len(units)]
            self._counts[unit.number] += operations
            return unit

    def by(self, number: int) -> int:
        """Operations of one unit."""
        return self._counts[number]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All units, and the epochs; None when `epoch.bin` cannot be read."""

    hsm_id: str
    units: tuple[LoadedUnit, ...]
    epochs: Epochs | None
    generation: int
    serving: tuple[LoadedUnit, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "serving", self._agreeing() if self.epochs else ())

    def _agreeing(self) -> tuple[LoadedUnit, ...]:
        """The usable units with the master key that most of them hold; of equally many, that of the first unit."""
        patterns = Counter(unit.master.pattern for unit in self.units if unit.master is not None)
        if not patterns:
            return ()
        most, _ = patterns.most_common(1)[0]
        return tuple(unit for unit in self.units if unit.master is not None and unit.master.pattern == most)

    def why_not(self) -> HsmError:
        """Why no unit serves."""
        readable = [unit for unit in self.units if unit.problem is None]
        return HsmNotInitialised() if readable and self.epochs else HsmUnavailable()

    def initialisation(self) -> Initialisation:
        """See `Initialisation`."""
        if not self.units or self.epochs is None or any(unit.problem for unit in self.units):
            return Initialisation.INCONSISTENT
        if not any(unit.record and unit.record.mode is UnitMode.SECURED for unit in self.units):
            return Initialisation.NOT_INITIALISED
        if any(unit.master is None for unit in self.units):
            return Initialisation.PARTLY
        alike = len({_setup(unit) for unit in self.units}) == 1
        return Initialisation.INITIALISED if alike else Initialisation.INCONSISTENT

    def status(self, served: Served, *, epoch_change_open: bool) -> HsmStatus:
        """Everything that may be told."""
        first = self.serving[0].master if self.serving else None
        return HsmStatus(
            hsm_id=self.hsm_id,
            units=tuple(self._unit_status(unit, served) for unit in self.units),
            initialisation=self.initialisation(),
            usable=bool(self.serving),
            verification_pattern=first.pattern.hex() if first else None,
            generation=self.generation,
            epoch=self.epochs.newest if self.epochs else 0,
            epoch_change_open=epoch_change_open,
        )

    def _unit_status(self, unit: LoadedUnit, served: Served) -> UnitStatus:
        record = unit.record or UnitRecord()
        problem = unit.problem
        if problem is None and unit.master is not None and self.serving and unit not in self.serving:
            problem = DISAGREES
        return UnitStatus(
            number=unit.number,
            zone=unit.zone,
            mode=record.mode if unit.record else UnitMode.ERROR,
            current_register=unit.registers[0],
            new_register=unit.registers[1],
            current_pattern=unit.master.pattern.hex() if unit.master else None,
            new_pattern=unit.new_pattern.hex() if unit.new_pattern else None,
            signature_threshold=record.signature_threshold,
            revocation_threshold=record.revocation_threshold,
            administrators=tuple(Administrator(admin.name, admin.ski.hex()) for admin in record.administrators),
            transaction_counter=record.transaction_counter,
            generation=unit.generation,
            usable=unit in self.serving,
            served=served.by(unit.number),
            problem=problem,
        )


def _setup(unit: LoadedUnit) -> tuple[object, ...]:
    record = unit.record or UnitRecord()
    skis = frozenset(administrator.ski for administrator in record.administrators)
    pattern = unit.master.pattern if unit.master else b""
    return skis, record.signature_threshold, record.revocation_threshold, pattern
