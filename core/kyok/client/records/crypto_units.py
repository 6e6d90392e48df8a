"""Crypto units of an HPCS instance (`/tke/v1`)."""

from __future__ import annotations

from dataclasses import dataclass, field

from kyok.domain.cluster import RegisterState, UnitState
from kyok.domain.translation import tr


@dataclass(frozen=True, slots=True)
class Register:
    """A master key register; the pattern tells keys apart without revealing them."""

    state: RegisterState = RegisterState.EMPTY
    verification_pattern: str | None = None


@dataclass(frozen=True, slots=True)
class Administrator:
    """A crypto unit administrator; `ski` is the hash of the signature key."""

    name: str
    ski: str = ""


@dataclass(frozen=True, slots=True)
class CryptoUnit:
    """One crypto unit."""

    number: int
    name: str
    type: str = "OPERATIONAL"
    zone: str = ""
    location: str = ""
    state: UnitState = UnitState.IMPRINT
    administrators: tuple[Administrator, ...] = ()
    signature_threshold: int = 0
    revocation_threshold: int = 0
    new_register: Register = field(default_factory=Register)
    current_register: Register = field(default_factory=Register)

    @property
    def thresholds(self) -> str:
        """`2 / 1`: signatures for commands, for removing an administrator."""
        return f"{self.signature_threshold} / {self.revocation_threshold}"

    @property
    def administrator_names(self) -> str:
        """Names in order, or `None`."""
        return ", ".join(entry.name for entry in self.administrators) or tr("None")


@dataclass(frozen=True, slots=True)
class CryptoUnits:
    """All units of an instance. `usable`: root keys can be made and used."""

    instance: str
    initialised: bool = False
    usable: bool = False
    agree: bool = True
    verification_pattern: str | None = None
    units: tuple[CryptoUnit, ...] = ()
