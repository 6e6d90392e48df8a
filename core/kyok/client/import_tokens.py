"""Import tokens (reference/kms-api.md section 2.17). What is done with one: `kyok.client.secure_import`."""

from __future__ import annotations

from kyok.client.decode import decode
from kyok.client.kms_calls import KmsCalls
from kyok.client.records.key_policies import ImportToken
from kyok.domain.crn import Crn

_TOKEN = "/api/v2/import_token"  # noqa: S105 - a path
_MAKING_SECONDS = 180
"""How long the answer may take: a key pair of 4096 bits is found by trying, on a busy machine for long."""


class ImportTokensApi(KmsCalls):
    """The one import token of an instance."""

    def create(self, instance: Crn, *, seconds: int = 600, retrievals: int = 1) -> ImportToken:
        """Make a token in place of the one before; it tells neither key nor nonce yet."""
        body = {"expiration": seconds, "maxAllowedRetrievals": retrievals}
        made = self._request(instance, "POST", _TOKEN, json=body, read_seconds=_MAKING_SECONDS)
        return decode(ImportToken, made)

    def fetch(self, instance: Crn) -> ImportToken:
        """Public key and nonce of the token; each fetching counts as one retrieval."""
        return decode(ImportToken, self._request(instance, "GET", _TOKEN))

    def fresh(self, instance: Crn) -> ImportToken:
        """A token of one's own for one import, with key and nonce."""
        self.create(instance)
        return self.fetch(instance)
