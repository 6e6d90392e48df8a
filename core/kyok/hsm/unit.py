"""One crypto unit: registers, administrators and thresholds, and which command may change them when (hsm.md 1.3)."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kyok.hsm.errors import (
    AdministratorsRefused,
    ImprintModeOnly,
    InImprintMode,
    RegisterRefused,
    ThresholdsRefused,
)
from kyok.hsm.master_key import verification_pattern
from kyok.hsm.status import Register, UnitMode
from kyok.secrets import wipe

MOST_ADMINISTRATORS = 8
LONGEST_NAME = 30
MASTER_KEY_BYTES = 32


class AdministratorRecord(NamedTuple):
    """An administrator as a unit keeps it: SKI (32 bytes) and public key (uncompressed P-521 point)."""

    name: str
    ski: bytes
    public_key: bytes


@dataclass(slots=True, eq=False)
class UnitRecord:
    """Everything that one unit holds. The registers hold master keys: `wipe` it when done.

    A command that is refused changes nothing; one that is done raises the transaction counter by one.
    """

    signature_threshold: int = 0
    revocation_threshold: int = 0
    administrators: list[AdministratorRecord] = field(default_factory=list)
    transaction_counter: int = 0
    current: bytearray | None = field(default=None, repr=False)
    new: bytearray | None = field(default=None, repr=False)
    new_committed: bool = False

    @property
    def mode(self) -> UnitMode:
        """Imprint mode until thresholds are set."""
        return UnitMode.SECURED if self.signature_threshold else UnitMode.IMPRINT

    @property
    def current_register(self) -> Register:
        """State of the register that serves."""
        return Register.EMPTY if self.current is None else Register.VALID

    @property
    def new_register(self) -> Register:
        """State of the register that a new master key is loaded into."""
        if self.new is None:
            return Register.EMPTY
        return Register.FULL_COMMITTED if self.new_committed else Register.FULL_UNCOMMITTED

    def add_administrators(self, added: Sequence[AdministratorRecord]) -> None:
        """Installs administrators, unsigned, as imprint mode allows.

        Raises:
            ImprintModeOnly: the unit is secured.
            AdministratorsRefused: too many, a name too long, or a name or key that is there already.
        """
        self._needs_imprint_mode()
        together = [*self.administrators, *added]
        names = {administrator.name.casefold() for administrator in together}
        skis = {administrator.ski for administrator in together}
        if len(together) > MOST_ADMINISTRATORS or len(names) < len(together) or len(skis) < len(together):
            raise AdministratorsRefused()
        if any(not 1 <= len(administrator.name) <= LONGEST_NAME for administrator in added):
            raise AdministratorsRefused()
        self.administrators = together
        self._done()

    def set_thresholds(self, signature: int, revocation: int) -> None:
        """Sets both thresholds and leaves imprint mode.

        Raises:
            ImprintModeOnly: the unit is secured.
            ThresholdsRefused: not 1 to 8, or more than there are administrators.
        """
        self._needs_imprint_mode()
        most = min(MOST_ADMINISTRATORS, len(self.administrators))
        if not (1 <= signature <= most and 1 <= revocation <= most):
            raise ThresholdsRefused()
        self.signature_threshold, self.revocation_threshold = signature, revocation
        self._done()

    def load_new(self, master_key: bytearray) -> None:
        """Loads a copy of a master key into the new register, uncommitted.

        Raises:
            InImprintMode: master keys are not loaded in imprint mode.
            RegisterRefused: the register is full, or this is no master key.
        """
        self._needs_secured()
        if self.new is not None or len(master_key) != MASTER_KEY_BYTES or not any(master_key):
            raise RegisterRefused()
        self.new, self.new_committed = bytearray(master_key), False
        self._done()

    def commit_new(self, pattern: bytes) -> None:
        """Commits the new register; quoting its verification pattern proves that the right key is meant.

        Raises:
            InImprintMode: as for `load_new`.
            RegisterRefused: nothing uncommitted is loaded, or the pattern is another.
        """
        self._needs_secured()
        if self.new is None or self.new_committed:
            raise RegisterRefused()
        if not hmac.compare_digest(verification_pattern(self.new), pattern):
            raise RegisterRefused("The verification pattern is not that of the new master key register.")
        self.new_committed = True
        self._done()

    def activate_new(self) -> None:
        """Makes the committed new master key the current one; the new register is empty afterwards.

        Raises:
            InImprintMode: as for `load_new`.
            RegisterRefused: the new register is not committed.
        """
        self._needs_secured()
        if self.new is None or not self.new_committed:
            raise RegisterRefused()
        if self.current is not None:
            wipe(self.current)
        self.current, self.new, self.new_committed = self.new, None, False
        self._done()

    def zeroize(self) -> None:
        """Clears administrators, thresholds and both registers, in any mode; the counter goes on."""
        self.wipe()
        self.administrators = []
        self.signature_threshold = self.revocation_threshold = 0
        self._done()

    def wipe(self) -> None:
        """Overwrites the master keys in memory and empties the registers."""
        for register in (self.current, self.new):
            if register is not None:
                wipe(register)
        self.current, self.new, self.new_committed = None, None, False

    def _needs_imprint_mode(self) -> None:
        if self.mode is not UnitMode.IMPRINT:
            raise ImprintModeOnly()

    def _needs_secured(self) -> None:
        if self.mode is not UnitMode.SECURED:
            raise InImprintMode()

    def _done(self) -> None:
        # Replay protection of signed commands will build on it (hsm.md 1.3): it never goes back, zeroize included.
        self.transaction_counter += 1
