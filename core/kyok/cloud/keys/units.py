"""Crypto units of an instance, and their initialisation in the manner of recovery units (reference/hsm.md 1.6 B)."""

from collections.abc import Sequence
from typing import Any

from kyok.cloud.activity.service import Activity
from kyok.cloud.keys import errors
from kyok.cloud.keys.operations import Operation
from kyok.cloud.keys.scope import Scope
from kyok.cloud.store import Reader, Transaction
from kyok.domain.services import HS_CRYPTO
from kyok.hsm import Hsm, HsmStatus
from kyok.hsm import errors as hsm_errors

_MANAGE = "instances.manage"


def _tke(event: str) -> Operation:
    return Operation(_MANAGE, f"tke-cryptounit-{event}", "", on_key=False)


ADMINISTRATOR_ADDED = _tke("admin.add")
THRESHOLD_SET = _tke("threshold.set")
REGISTER_STEPS = tuple(_tke(f"master-key-register.{step}") for step in ("add", "commit", "activate"))


class CryptoUnits:
    """Shows and initialises crypto units."""

    def __init__(self, hsm: Hsm, activity: Activity) -> None:
        self._hsm = hsm
        self._activity = activity

    def status(self, reader: Reader, scope: Scope) -> HsmStatus:
        """The units as they are.

        Raises:
            NoCryptoUnits: the instance uses the provider's HSM.
        """
        if scope.instance.service != HS_CRYPTO:
            raise errors.NoCryptoUnits()
        return self._of(scope)

    def auto_init(
        self, tx: Transaction, scope: Scope, *, signature: int, revocation: int, administrators: Sequence[str]
    ) -> HsmStatus:
        """Gives every unit the administrators, the thresholds and one random master key; all units, or none.

        Raises:
            NoCryptoUnits, AlreadyInitialised, BadCeremony.
        """
        self.status(tx, scope)
        try:
            status = self._hsm.auto_init(scope.instance.hsm, signature, revocation, administrators)
        except hsm_errors.NotInImprintMode as error:
            raise errors.AlreadyInitialised() from error
        except (hsm_errors.ThresholdsRefused, hsm_errors.AdministratorsRefused) as error:
            raise errors.BadCeremony(error.summary, error.remedy) from error
        except hsm_errors.HsmError as error:
            raise errors.HsmUnreachable(error.summary, error.remedy) from error
        self._record(tx, scope, status)
        tx.changed("crypto-units", scope.instance.guid)
        return status

    def _of(self, scope: Scope) -> HsmStatus:
        try:
            return self._hsm.status(scope.instance.hsm)
        except hsm_errors.HsmError as error:
            raise errors.HsmUnreachable(error.summary, error.remedy) from error

    def _record(self, tx: Transaction, scope: Scope, status: HsmStatus) -> None:
        places = [location(scope.instance.region, unit.zone, unit.number) for unit in status.units]
        first = status.units[0]
        for administrator in first.administrators:
            who = {"adminId": administrator.ski, "adminName": administrator.name}
            self._told(tx, scope, ADMINISTRATOR_ADDED, {"location": places, **who})
        thresholds = {
            "signatureThreshold": first.signature_threshold,
            "revocationSignatureThreshold": first.revocation_threshold,
        }
        self._told(tx, scope, THRESHOLD_SET, {"location": places, **thresholds})
        for step in REGISTER_STEPS:
            self._told(tx, scope, step, {"location": places, "verificationPattern": status.verification_pattern})

    def _told(self, tx: Transaction, scope: Scope, operation: Operation, data: dict[str, Any]) -> None:
        self._activity.record(tx, scope.caller, scope.event({}, data, operation))


def location(region: str, zone: str, number: int) -> str:
    """IBM's text for the place of a unit: `[us-south].[AZ1-CS1].[00].[01]` (reference/hsm.md 1.2)."""
    index = zone.rpartition("-")[2]
    index = index if index.isdigit() else "1"
    return f"[{region}].[AZ{index}-CS{index}].[00].[{number:02d}]"
