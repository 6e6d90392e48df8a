"""Key rings: groups of keys that access can be given to (reference/kms-api.md section 2.15)."""

from __future__ import annotations

from urllib.parse import quote

from kyok.client.decode import decode_all
from kyok.client.kms_calls import KmsCalls
from kyok.client.records.key_policies import KeyRing
from kyok.domain.crn import Crn

_RINGS = "/api/v2/key_rings"


class KeyRingsApi(KmsCalls):
    """Key rings of any instance of the account."""

    def every(self, instance: Crn) -> tuple[KeyRing, ...]:
        """All key rings; `default` is always among them."""
        return decode_all(KeyRing, self._everything(instance, _RINGS))

    def create(self, instance: Crn, ring: str) -> None:
        """Make a key ring."""
        self._call(instance, "POST", f"{_RINGS}/{quote(ring, safe='')}")

    def delete(self, instance: Crn, ring: str, *, force: bool = False) -> None:
        """Delete a key ring. It must be empty; `force` moves keys that are all destroyed to `default`."""
        self._call(instance, "DELETE", f"{_RINGS}/{quote(ring, safe='')}", params={"force": True} if force else None)
