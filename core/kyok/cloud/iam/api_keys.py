"""API keys of users. Only a keyed digest of each is kept; its value is told once, when it is made."""

import hmac
import re
import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from kyok.cloud.activity.events import Caller, Event
from kyok.cloud.activity.service import Activity
from kyok.cloud.iam.decisions import Decisions
from kyok.cloud.iam.errors import (
    ApiKeyChanged,
    ApiKeyDisabled,
    ApiKeyLocked,
    ApiKeyNotFound,
    ApiKeyUnknown,
    IdentityInvalid,
    NotAuthorized,
)
from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import api_key, user
from kyok.cloud.store.times import milliseconds, moment, rfc3339_ms
from kyok.domain.crn import Crn
from kyok.domain.names import unseen_problem
from kyok.randomness import Randomness, new_uuid
from kyok.sealing.key import SealingKey
from kyok.secrets import wipe

SHORTEST, LONGEST = 8, 512
_LABEL = b"api key digests"
_VALUE = re.compile(rf"[\x21-\x7e]{{{SHORTEST},{LONGEST}}}")
_JOINED = select(api_key, user.c.account, user.c.email, user.c.name.label("user_name")).join(
    user, user.c.iam_id == api_key.c.iam_id
)


class ApiKeys:
    """Makes, finds and removes API keys."""

    def __init__(self, decisions: Decisions, activity: Activity, randomness: Randomness, sealing: SealingKey) -> None:
        self._decisions = decisions
        self._activity = activity
        self._randomness = randomness
        self._digest_key = sealing.derive(_LABEL)

    def __repr__(self) -> str:
        return "<api keys>"

    def close(self) -> None:
        """Wipes the key of the digests."""
        wipe(self._digest_key)

    def owner(self, reader: Reader, value: str) -> Row[Any]:
        """The key with this value, joined with its user.

        Raises:
            ApiKeyUnknown, ApiKeyDisabled: nobody has it, or it lets nobody in.
        """
        digest = self._digest(value)
        row = reader.one(_JOINED.where(api_key.c.digest == digest))
        if row is None or not hmac.compare_digest(row.digest, digest):
            raise ApiKeyUnknown()
        if row.disabled:
            raise ApiKeyDisabled()
        return row

    def put(self, tx: Transaction, iam_id: str, name: str, value: str | None = None) -> tuple[str, str]:
        """Gives a user a key, with this value or a random one; returns its id and its value.

        The same value given to the same user again is the key he has.

        Raises:
            IdentityInvalid: the value is too short, or somebody else's.
        """
        value = value if value is not None else secrets.token_urlsafe(33)
        if not _VALUE.fullmatch(value):
            raise IdentityInvalid(f"An API key has {SHORTEST} to {LONGEST} printable characters without blanks.")
        digest = self._digest(value)
        known = tx.one(select(api_key.c.id, api_key.c.iam_id).where(api_key.c.digest == digest))
        if known is not None and known.iam_id != iam_id:
            raise IdentityInvalid("This API key belongs to another user.")
        if known is not None:
            return str(known.id), value
        key_id = f"ApiKey-{new_uuid(self._randomness)}"
        now = milliseconds(tx.now)
        tx.execute(insert(api_key).values(id=key_id, iam_id=iam_id, name=name, digest=digest, created_at=now))
        tx.changed("identities", "")
        return key_id, value

    def create(
        self, tx: Transaction, caller: Caller, body: Mapping[str, Any], *, locked: bool = False
    ) -> dict[str, Any]:
        """`POST /v1/apikeys`: a key for the caller himself; an administrator may make one for others."""
        words = _words(body)
        iam_id = str(body.get("iam_id") or caller.iam_id)
        self._require_mine(tx, caller, iam_id)
        owner = tx.one(select(user.c.iam_id).where(user.c.iam_id == iam_id, user.c.account == caller.account))
        if owner is None:
            raise IdentityInvalid("There is no user with this iam_id in your account.")
        given = body.get("apikey") or None
        if given is not None and not isinstance(given, str):
            raise IdentityInvalid("apikey must be a text.")
        if given is not None and tx.one(select(api_key.c.id).where(api_key.c.digest == self._digest(given))):
            raise IdentityInvalid("There is an API key with this value already.")
        key_id, value = self.put(tx, iam_id, words["name"], given)
        tx.execute(update(api_key).where(api_key.c.id == key_id).values(**words, locked=locked))
        self._record(tx, caller, "create", key_id, words["name"])
        return {**self._one(tx, caller, key_id), "apikey": value}

    def change(
        self, tx: Transaction, caller: Caller, key_id: str, body: Mapping[str, Any], tag: str | None
    ) -> dict[str, Any]:
        """`PUT /v1/apikeys/{id}`: another name or description; `tag` is the entity tag that was read, or `*`.

        Raises:
            ApiKeyNotFound, ApiKeyLocked, ApiKeyChanged, IdentityInvalid: nothing is changed.
        """
        found = self._unlocked(tx, caller, key_id)
        if (tag or "").strip() not in ("*", found["entity_tag"]):
            raise ApiKeyChanged(None if tag else "The header If-Match is missing.", target_crn=found["crn"])
        return self._set(tx, caller, key_id, "update", **_words({"name": found["name"], **body}))

    def set_locked(self, tx: Transaction, caller: Caller, key_id: str, locked: bool) -> None:
        """`POST` and `DELETE /v1/apikeys/{id}/lock`."""
        self._one(tx, caller, key_id)
        self._set(tx, caller, key_id, "update", locked=locked)

    def set_disabled(self, tx: Transaction, caller: Caller, key_id: str, disabled: bool) -> None:
        """`POST` and `DELETE /v1/apikeys/{id}/disable`. Tokens made with it live on until they end."""
        self._unlocked(tx, caller, key_id)
        self._set(tx, caller, key_id, "disable" if disabled else "enable", disabled=disabled)

    def remove(self, tx: Transaction, caller: Caller, key_id: str) -> None:
        """`DELETE /v1/apikeys/{id}`. Tokens made with it live on until they end, as in the real cloud."""
        found = self._unlocked(tx, caller, key_id)
        tx.execute(delete(api_key).where(api_key.c.id == key_id))
        tx.changed("identities", "")
        self._record(tx, caller, "delete", key_id, found["name"])

    def get(self, reader: Reader, caller: Caller, key_id: str) -> dict[str, Any]:
        """`GET /v1/apikeys/{id}`."""
        return self._one(reader, caller, key_id)

    def details(self, reader: Reader, caller: Caller, value: str) -> dict[str, Any]:
        """`GET /v1/apikeys/details`: which key a value is.

        Raises:
            ApiKeyNotFound: none of the caller's account.
        """
        try:
            row = self.owner(reader, value)
        except ApiKeyUnknown as error:
            raise ApiKeyNotFound() from error
        if row.account != caller.account:
            raise ApiKeyNotFound()
        return _document(row)

    def page(self, reader: Reader, caller: Caller, iam_id: str, whole_account: bool) -> list[dict[str, Any]]:
        """The keys of a user (default: the caller), or of the whole account for its administrators."""
        wanted = iam_id or caller.iam_id
        query = _JOINED.where(user.c.account == caller.account).order_by(api_key.c.created_at, api_key.c.id)
        if whole_account:
            self._require_administrator(reader, caller)
        else:
            self._require_mine(reader, caller, wanted)
            query = query.where(user.c.iam_id == wanted)
        return [_document(row) for row in reader.all(query)]

    def _one(self, reader: Reader, caller: Caller, key_id: str) -> dict[str, Any]:
        row = reader.one(_JOINED.where(api_key.c.id == key_id, user.c.account == caller.account))
        if row is None:
            raise ApiKeyNotFound()
        try:
            self._require_mine(reader, caller, row.iam_id)
        except NotAuthorized as error:
            raise ApiKeyNotFound() from error
        return _document(row)

    def _unlocked(self, reader: Reader, caller: Caller, key_id: str) -> dict[str, Any]:
        found = self._one(reader, caller, key_id)
        if found["locked"]:
            raise ApiKeyLocked(target_crn=found["crn"], target_name=found["name"])
        return found

    def _set(self, tx: Transaction, caller: Caller, key_id: str, verb: str, **values: Any) -> dict[str, Any]:
        counted = {"revision": api_key.c.revision + 1, "modified_at": milliseconds(tx.now)}
        tx.execute(update(api_key).where(api_key.c.id == key_id).values(**values, **counted))
        tx.changed("identities", "")
        found = self._one(tx, caller, key_id)
        self._record(tx, caller, verb, key_id, found["name"])
        return found

    def _require_mine(self, reader: Reader, caller: Caller, iam_id: str) -> None:
        if caller.kind != "user" or iam_id != caller.iam_id:
            self._require_administrator(reader, caller)

    def _require_administrator(self, reader: Reader, caller: Caller) -> None:
        target = Crn.of_account("iam-identity", caller.account)
        self._decisions.require(reader, caller, "iam.policy.create", target)

    def _record(self, tx: Transaction, caller: Caller, verb: str, key_id: str, name: str) -> None:
        action = f"iam-identity.user-apikey.{verb}"
        self._activity.record(tx, caller, Event(action, str(crn_of(caller.account, key_id)), name))

    def _digest(self, value: str) -> str:
        return _digest(self._digest_key, value)


def digest_of(sealing: SealingKey, value: str) -> str:
    """What a home that is sealed by this key keeps of an API key."""
    key = sealing.derive(_LABEL)
    try:
        return _digest(key, value)
    finally:
        wipe(key)


def _digest(key: bytearray, value: str) -> str:
    return hmac.digest(key, value.encode("utf-8", "surrogateescape"), "sha256").hex()


def crn_of(account: str, key_id: str) -> Crn:
    """`crn:v1:bluemix:public:iam-identity::a/<account>::apikey:<id>`."""
    return Crn(service="iam-identity", scope=f"a/{account}").with_resource("apikey", key_id)


def _words(body: Mapping[str, Any]) -> dict[str, str]:
    name, description = body.get("name"), body.get("description") or ""
    if not isinstance(name, str) or not 1 <= len(name) <= 255:
        raise IdentityInvalid("An API key needs a name of 1 to 255 characters.")
    if problem := unseen_problem("name of an API key", name):
        raise IdentityInvalid(problem)
    if not isinstance(description, str) or len(description) > 1000:
        raise IdentityInvalid("The description of an API key has at most 1,000 characters.")
    return {"name": name, "description": description}


def _document(row: Row[Any]) -> dict[str, Any]:
    return {
        "id": row.id,
        "entity_tag": f"{row.revision}-{row.id.replace('-', '')[-32:]}",
        "crn": str(crn_of(row.account, row.id)),
        "locked": row.locked,
        "disabled": row.disabled,
        "created_at": rfc3339_ms(moment(row.created_at)),
        "created_by": row.iam_id,
        "modified_at": rfc3339_ms(moment(row.modified_at or row.created_at)),
        "name": row.name,
        "description": row.description,
        "iam_id": row.iam_id,
        "account_id": row.account,
    }
