"""Import tokens: one for each instance, for key material that is encrypted on its way (reference/kms-api.md 2.17, 3.2).

The private key is a blob of the HSM. It goes when the token's time is over; the row stays, to say so.
"""

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, insert, select, update

from kyok.cloud.activity.service import Activity
from kyok.cloud.keys import errors, hsm_calls
from kyok.cloud.keys.import_errors import ImportTokenExpired, ImportTokenNotFound
from kyok.cloud.keys.instances import PROVIDER, KeyInstance
from kyok.cloud.keys.scope import Scope
from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import import_token, instance
from kyok.cloud.store.times import milliseconds, moment, rfc3339
from kyok.domain.key_fields import expiration_seconds_problem, retrievals_problem
from kyok.domain.services import KMS
from kyok.hsm import Hsm, MakeImportToken, ReadNonce, Reseal, StoredKey, TokenMade, blob_epoch
from kyok.randomness import Randomness, new_uuid

_OF = select(import_token).where(import_token.c.instance == bindparam("guid"))
_GONE = b""
"""The blob of a token whose time is over."""


@dataclass(frozen=True, slots=True)
class TokenWish:
    """How long a token shall live, and how often it may be retrieved."""

    seconds: int
    retrievals: int

    def check(self) -> None:
        """Holds both against their rules.

        Raises:
            InvalidField.
        """
        for target, problem in (
            ("expiration", expiration_seconds_problem(self.seconds)),
            ("maxAllowedRetrievals", retrievals_problem(self.retrievals)),
        ):
            if problem:
                raise errors.InvalidField(problem, target=target)


@dataclass(frozen=True, slots=True)
class TokenView:
    """A token. Public key (PEM) and nonce are told when it is retrieved; neither is a secret."""

    id: str
    created_at: datetime
    expires_at: datetime
    retrievals: int
    remaining: int
    public_key: str = ""
    nonce: bytes = b""


class ImportTokens:
    """Makes tokens and hands them out."""

    def __init__(self, hsm: Hsm, activity: Activity, randomness: Randomness) -> None:
        self._hsm = hsm
        self._activity = activity
        self._randomness = randomness

    def make(self, where: KeyInstance) -> tuple[str, TokenMade]:
        """A key pair in the HSM of the instance, and the token's id. It takes long: not for a transaction."""
        token_id = new_uuid(self._randomness)
        return token_id, hsm_calls.run(self._hsm, where, MakeImportToken(token_id))

    def create(self, tx: Transaction, scope: Scope, made: tuple[str, TokenMade], wish: TokenWish) -> TokenView:
        """Puts a token that was made in place of the instance's former one."""
        if blob_epoch(made[1].blob) < self._hsm.status(scope.instance.hsm).epoch:
            made = self.make(scope.instance)  # a purge came in between: the storage key of that blob may be gone
        token_id, token = made
        now = milliseconds(tx.now)
        tx.execute(delete(import_token).where(import_token.c.instance == scope.instance.guid))
        tx.execute(
            insert(import_token).values(
                instance=scope.instance.guid,
                id=token_id,
                blob=token.blob,
                epoch=blob_epoch(token.blob),
                public_key=token.public_key,
                retrievals=wish.retrievals,
                remaining=wish.retrievals,
                created_at=now,
                expires_at=milliseconds(tx.now + timedelta(seconds=wish.seconds)),
            )
        )
        return self._told(tx, scope)

    def retrieve(self, tx: Transaction, scope: Scope) -> TokenView:
        """Public key and nonce; that counts as a retrieval.

        Raises:
            ImportTokenNotFound, ImportTokenExpired.
        """
        row = _row(tx, scope.instance.guid)
        if row is None:
            raise ImportTokenNotFound()
        if row.remaining < 1:
            raise ImportTokenExpired("The import token was retrieved as often as it may be.")
        nonce = hsm_calls.run(self._hsm, scope.instance, ReadNonce(usable(tx, scope)))
        where = import_token.c.instance == scope.instance.guid
        tx.execute(update(import_token).where(where).values(remaining=row.remaining - 1))
        return self._told(tx, scope, row.public_key, nonce)

    def forget_expired(self, tx: Transaction) -> int:
        """Destroys the private keys of tokens whose time is over; returns how many."""
        over = (import_token.c.expires_at <= milliseconds(tx.now), func.length(import_token.c.blob) > 0)
        return tx.execute(update(import_token).where(*over).values(blob=_GONE))

    def _told(self, tx: Transaction, scope: Scope, public_key: str = "", nonce: bytes = b"") -> TokenView:
        row = _row(tx, scope.instance.guid)
        if row is None:
            raise ImportTokenNotFound()
        view = TokenView(
            id=row.id,
            created_at=moment(row.created_at),
            expires_at=moment(row.expires_at),
            retrievals=row.retrievals,
            remaining=row.remaining,
            public_key=public_key,
            nonce=nonce,
        )
        response: dict[str, Any] = {
            "maxAllowedRetrievals": view.retrievals,
            "remainingRetrievals": view.remaining,
            "expirationDate": rfc3339(view.expires_at),
        }
        self._activity.record(tx, scope.caller, scope.event(response))
        tx.changed("key-settings", f"{scope.instance.guid}/import-token")
        return view


def usable(reader: Reader, scope: Scope) -> StoredKey:
    """The instance's token as the HSM takes it; also when it may be retrieved no more.

    Raises:
        ImportTokenExpired: its time is over, or there is none.
    """
    row = _row(reader, scope.instance.guid)
    if row is None:
        raise ImportTokenExpired("The instance has no import token.", "Create one, and encrypt the material for it.")
    if milliseconds(reader.now) >= row.expires_at:
        raise ImportTokenExpired()
    return StoredKey(row.id, row.id, 1, row.blob)


def encoded_key(view: TokenView) -> str:
    """The public key as the API gives it: base64 of the PEM text."""
    return base64.b64encode(view.public_key.encode()).decode()


def reseal(tx: Transaction, hsm: Hsm, hsm_id: str, epoch: int) -> None:
    """Puts the tokens of an HSM under its new storage epoch; part of each purge there."""
    owner = instance.c.service == KMS if hsm_id == PROVIDER else instance.c.guid == hsm_id
    statement = select(import_token).join(instance, instance.c.guid == import_token.c.instance)
    for row in tx.all(statement.where(owner, import_token.c.epoch < epoch, func.length(import_token.c.blob) > 0)):
        moved = hsm.run(hsm_id, Reseal(StoredKey(row.id, row.id, 1, row.blob))).blob
        where = import_token.c.instance == row.instance
        tx.execute(update(import_token).where(where).values(blob=moved, epoch=blob_epoch(moved)))


def _row(reader: Reader, guid: str) -> Row[Any] | None:
    return reader.one(_OF, {"guid": guid})
