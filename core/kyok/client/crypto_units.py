"""Crypto units of an HPCS instance (`/tke/v1`, our own API: IBM offers none over REST)."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from kyok.client.decode import decode
from kyok.client.records.crypto_units import CryptoUnits
from kyok.client.session import CloudSession


class CryptoUnitsApi:
    """Units by the instance's GUID."""

    def __init__(self, session: CloudSession) -> None:
        self._session = session

    def status(self, guid: str) -> CryptoUnits:
        """The units with their registers; 404 NO_CRYPTO_UNITS for an instance without its own."""
        return decode(CryptoUnits, self._session.request("tke", "GET", f"{_instance(guid)}/crypto_units"))

    def initialise(
        self, guid: str, *, administrators: Sequence[str], signature_threshold: int = 1, revocation_threshold: int = 1
    ) -> CryptoUnits:
        """Install administrators, set thresholds and load a random master key in all units (`tke auto-init`)."""
        body = {
            "signature_threshold": signature_threshold,
            "revocation_threshold": revocation_threshold,
            "administrators": list(administrators),
        }
        return decode(CryptoUnits, self._session.request("tke", "POST", f"{_instance(guid)}/auto-init", json=body))


def _instance(guid: str) -> str:
    return f"/tke/v1/instances/{quote(guid, safe='')}"
