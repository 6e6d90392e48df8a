"""How a locked window knows its person again. No Qt.

A passphrase is not kept for this: only a slow hash of it, with a salt of its own, made when the cloud was opened. An
API key is compared with the one of this home's cloud, or shown to another cloud, which must name the same person.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyok.domain.translation import tr
from kyok.errors import KyokError

if TYPE_CHECKING:
    from kyok.client import Profile
    from kyok.secrets import Secret

_COST, _BLOCK, _LANES = 2**15, 8, 1
_MEMORY = 64 * 1024 * 1024


class WrongSecret(KyokError):
    """What was typed is not what this window was opened with."""

    summary = "That is not right."
    remedy = "Try again."


@dataclass(frozen=True, slots=True, repr=False)
class Proof:
    """Tells whether a passphrase is the one that was given, without holding it."""

    salt: bytes
    digest: bytes

    @classmethod
    def of(cls, passphrase: Secret) -> Proof:
        """Takes some 100 ms: for workers."""
        salt = os.urandom(16)
        return cls(salt, _hashed(passphrase, salt))

    def check(self, given: Secret) -> None:
        """Raises `WrongSecret`."""
        import hmac

        if not hmac.compare_digest(_hashed(given, self.salt), self.digest):
            raise WrongSecret(tr("This is not the passphrase."))


def _hashed(passphrase: Secret, salt: bytes) -> bytes:
    import hashlib  # the library behind it takes 3 ms to load, and the first frame hashes nothing

    with passphrase.use() as content:
        return hashlib.scrypt(bytes(content), salt=salt, n=_COST, r=_BLOCK, p=_LANES, maxmem=_MEMORY)


def check_kept_key(kept: Secret, given: Secret) -> None:
    """Compares with the key of the emulated cloud of this home. Raises `WrongSecret`."""
    with kept as own:
        if not given.matches(own):
            raise WrongSecret(tr("This is not the API key of the emulated cloud."))


def check_api_key(profile: Profile, person: str, given: Secret) -> None:
    """Signs in with the key, apart from the window's own session, and compares the person (an IAM id).

    Raises:
        WrongSecret: the cloud refuses the key, or it belongs to somebody else.
        CloudUnreachable: nothing answers.
    """
    from kyok.client import CloudSession, NotSignedIn

    session = CloudSession(profile, given)
    try:
        found = session.identity().iam_id
    except NotSignedIn as error:
        raise WrongSecret(tr("This is not the API key.")) from error
    finally:
        session.close()
    if found != person:
        raise WrongSecret(
            tr("This API key belongs to somebody else."), tr("Type the one that this window was opened with.")
        )
