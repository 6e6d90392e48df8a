"""What a service of this cloud shows to get tokens for its own instances.

The credential is random, lives in memory for as long as the process, and is handed to the service when the cloud is put
together. No request can read it, so no user, whatever his roles, can take an instance's identity.
"""

import hmac
import secrets


class ServiceCredential:
    """The credential of one service; calling it gives its value, for the `access_token` field of a grant."""

    def __init__(self, service: str) -> None:
        self.service = service
        self._value = secrets.token_urlsafe(32)

    def __call__(self) -> str:
        """The value. It goes into a request of the service and nowhere else."""
        return self._value

    def matches(self, value: str) -> bool:
        """Whether somebody showed this credential, in a time that does not depend on how much of it is right."""
        return hmac.compare_digest(self._value.encode(), value.encode("utf-8", "surrogateescape"))

    def __repr__(self) -> str:
        return f"ServiceCredential({self.service!r}, <secret>)"
