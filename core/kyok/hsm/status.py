"""What the HSM tells about its crypto units; nothing in it is secret."""

from dataclasses import dataclass
from enum import StrEnum


class UnitMode(StrEnum):
    """How a unit takes commands: unsigned in imprint mode, signed once secured; an unreadable unit takes none."""

    IMPRINT = "imprint"
    SECURED = "secured"
    ERROR = "error"


class Register(StrEnum):
    """States of a master key register, in IBM's words (hsm.md 1.3)."""

    EMPTY = "Empty"
    FULL_UNCOMMITTED = "Full Uncommitted"
    FULL_COMMITTED = "Full Committed"
    VALID = "Valid"


class Initialisation(StrEnum):
    """How far the units of an instance are initialised; derived from the units, never stored (hsm.md 1.1)."""

    NOT_INITIALISED = "not initialised"
    PARTLY = "partly initialised"
    INITIALISED = "initialised"
    INCONSISTENT = "inconsistent"


@dataclass(frozen=True, slots=True)
class Administrator:
    """A crypto unit administrator: the subject key identifier (SKI) is 64 hex digits over the public key."""

    name: str
    ski: str


@dataclass(frozen=True, slots=True)
class UnitStatus:
    """One crypto unit. Patterns are 64 hex digits; `served` counts operations since the HSM was unlocked."""

    number: int
    zone: str
    mode: UnitMode
    current_register: Register
    new_register: Register
    current_pattern: str | None
    new_pattern: str | None
    signature_threshold: int
    revocation_threshold: int
    administrators: tuple[Administrator, ...]
    transaction_counter: int
    generation: int
    usable: bool
    served: int
    problem: str | None


@dataclass(frozen=True, slots=True)
class HsmStatus:
    """All units of one HSM. `generation` counts its changes: kept elsewhere, it tells an old copy of the folder."""

    hsm_id: str
    units: tuple[UnitStatus, ...]
    initialisation: Initialisation
    usable: bool
    verification_pattern: str | None
    generation: int
    epoch: int
    epoch_change_open: bool

    @property
    def initialised(self) -> bool:
        """Every unit is secured and holds the same master key."""
        return self.initialisation is Initialisation.INITIALISED
