"""Crypto units: our own API, since IBM offers none over REST (the trusted key entry plug-in speaks to the cards)."""

from typing import Any

from kyok.cloud.keys import errors as keys
from kyok.cloud.keys import operations
from kyok.cloud.keys.scope import Address, Scope
from kyok.cloud.keys.units import location
from kyok.cloud.store import Transaction
from kyok.cloud.wire import kms_errors
from kyok.cloud.wire.route import Call, Outcome, Response, Route, Write
from kyok.domain.services import HS_CRYPTO

__all__ = ["ROUTES", "kms_errors"]

_MEMBERS = ("signature_threshold", "revocation_threshold", "administrators")


def crypto_units(call: Call) -> Outcome:
    """`GET /tke/v1/instances/{guid}/crypto_units`."""
    with call.cloud.store.read() as reader:
        answer: Response = call.cloud.keys.within(
            reader,
            call.caller,
            operations.UNITS_READ,
            Address(call.params["guid"]),
            lambda scope: Response(200, document(scope, call.cloud.keys.units.status(reader, scope))),
        )
        return answer


def auto_init(call: Call) -> Outcome:
    """`POST /tke/v1/instances/{guid}/auto-init`."""

    def act(tx: Transaction, scope: Scope) -> dict[str, Any]:
        given = _ceremony(call.json())
        return document(scope, call.cloud.keys.units.auto_init(tx, scope, **given))

    def work(tx: Transaction) -> Any:
        where = Address(call.params["guid"])
        return call.cloud.keys.within(tx, call.caller, operations.UNITS_INIT, where, lambda scope: act(tx, scope))

    return Write(work, lambda made: Response(200, made))


def _ceremony(body: dict[str, Any]) -> dict[str, Any]:
    unknown = sorted(set(body) - set(_MEMBERS))
    if unknown:
        raise keys.UnknownField(f"There is no member “{unknown[0][:40]}” here.", target=unknown[0])
    thresholds = [body.get(name) for name in _MEMBERS[:2]]
    administrators = body.get("administrators")
    if not all(isinstance(value, int) and not isinstance(value, bool) for value in thresholds):
        raise keys.BadCeremony("The thresholds must be whole numbers from 1 to 8.")
    if not isinstance(administrators, list) or not all(isinstance(name, str) for name in administrators):
        raise keys.BadCeremony("The administrators must be a list of names.")
    return {"signature": thresholds[0], "revocation": thresholds[1], "administrators": administrators}


def document(scope: Scope, status: Any) -> dict[str, Any]:
    """The units as the private API shows them."""
    return {
        "instance": scope.instance.guid,
        "initialised": status.initialised,
        "usable": status.usable,
        "agree": len({_compared(unit) for unit in status.units}) <= 1,
        "verification_pattern": status.verification_pattern,
        "units": [_unit(scope.instance.region, unit) for unit in status.units],
    }


def _compared(unit: Any) -> tuple[Any, ...]:
    return (
        unit.mode,
        unit.current_pattern,
        unit.new_pattern,
        unit.signature_threshold,
        unit.revocation_threshold,
        unit.administrators,
    )


def _unit(region: str, unit: Any) -> dict[str, Any]:
    return {
        "number": unit.number,
        "name": f"Crypto unit {unit.number}",
        "type": "OPERATIONAL",
        "zone": unit.zone,
        "location": location(region, unit.zone, unit.number),
        "state": unit.mode.value,
        "administrators": [{"name": entry.name, "ski": entry.ski} for entry in unit.administrators],
        "signature_threshold": unit.signature_threshold,
        "revocation_threshold": unit.revocation_threshold,
        "new_register": _register(unit.new_register.value, unit.new_pattern),
        "current_register": _register(unit.current_register.value, unit.current_pattern),
    }


def _register(state: str, pattern: str | None) -> dict[str, Any]:
    return {"state": state.capitalize(), "verification_pattern": pattern}


ROUTES: list[Route] = [
    Route(
        "GET",
        "/tke/v1/instances/{guid}/crypto_units",
        crypto_units,
        "List the crypto units of an instance",
        "emulator",
        action=operations.UNITS_READ.action(HS_CRYPTO),
        activity=operations.UNITS_READ.activity(HS_CRYPTO),
        errors=(keys.AccessDenied, keys.NoCryptoUnits),
    ),
    Route(
        "POST",
        "/tke/v1/instances/{guid}/auto-init",
        auto_init,
        "Initialize the crypto units of an instance",
        "emulator",
        action=operations.UNITS_INIT.action(HS_CRYPTO),
        activity=operations.UNITS_INIT.activity(HS_CRYPTO),
        errors=(keys.AccessDenied, keys.NoCryptoUnits, keys.AlreadyInitialised, keys.BadCeremony, keys.UnknownField),
    ),
]
