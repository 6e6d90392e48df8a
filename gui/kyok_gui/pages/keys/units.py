"""What one may know of an instance's crypto units: a Manager everything, others whether they are ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyok.domain.rights import Question

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.records.crypto_units import CryptoUnits

SEE_UNITS = "instances.manage"
"""The action that looking at crypto units needs."""


def units_if_allowed(api: CloudApi, guid: str) -> CryptoUnits | None:
    """The units; None when the signed-in person may not look at them (asked first: a refusal would be logged)."""
    (answer,) = api.emulator.decisions([Question(SEE_UNITS, guid)])
    return api.crypto_units.status(guid) if answer.allowed else None


def holds_master_key(api: CloudApi, guid: str) -> bool:
    """Whether keys can be made in an HPCS instance."""
    return next((one.initialised for one in api.emulator.usage() if one.guid == guid), True)
