"""Accounts and users: the first ones of a new cloud, and those that trainers and tests add."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select, update

from kyok.cloud.activity.events import Caller, Event
from kyok.cloud.activity.service import Activity
from kyok.cloud.iam.api_keys import ApiKeys
from kyok.cloud.iam.errors import IdentityInvalid
from kyok.cloud.iam.user_roles import RoleGrant, replace_roles, roles_of
from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import account, api_key, setting, user
from kyok.cloud.store.times import milliseconds, moment, rfc3339_ms
from kyok.domain import services
from kyok.domain.crn import Crn
from kyok.domain.names import unseen_problem
from kyok.randomness import Randomness, new_hex

HOME = "home_account"
"""The setting that names the cloud's own account and its administrator."""
ADMINISTRATOR = (
    RoleGrant("Administrator"),
    RoleGrant("Manager"),
    RoleGrant("KMSKeyPurgeRole", services.HS_CRYPTO),
    RoleGrant("KeyPurge", services.KMS),
)
"""Purging is a role of its own that no other contains (kms-api.md 5); whoever is alone here must have it too."""
LONGEST_NAME = 240
_ACCOUNT_ID = re.compile(r"[0-9a-f]{32}")
EMAIL = re.compile(r"[^@\s]{1,120}@[^@\s]{1,120}")
_USER_FIELDS = frozenset({"iam_id", "email", "name", "roles", "api_key", "api_keys"})


class Identities:
    """Reads and seeds accounts, users, their roles and API keys."""

    def __init__(self, api_keys: ApiKeys, activity: Activity, randomness: Randomness) -> None:
        self._api_keys = api_keys
        self._activity = activity
        self._randomness = randomness
        self.account_id = ""
        """The account that the cloud was made with."""
        self.administrator_id = ""
        """IAM id of the user whose API key the cloud was made with; resets keep both."""

    def remember(self, reader: Reader) -> bool:
        """Reads which account is the cloud's own; False in a new home."""
        known = reader.scalar(select(setting.c.value).where(setting.c.name == HOME))
        if known is None:
            return False
        self.account_id, self.administrator_id = known["account"], known["administrator"]
        return True

    def add_account(self, tx: Transaction, name: str, account_id: str | None = None) -> str:
        """Makes an account."""
        account_id = account_id or new_hex(self._randomness)
        tx.execute(insert(account).values(id=account_id, name=name, created_at=milliseconds(tx.now)))
        tx.changed("identities", "")
        return account_id

    def add_user(self, tx: Transaction, account_id: str, email: str, name: str) -> str:
        """Makes a user without any role; returns the IAM id."""
        iam_id = f"IBMid-{self._randomness.draw(5).hex().upper()}"
        now = milliseconds(tx.now)
        tx.execute(insert(user).values(iam_id=iam_id, account=account_id, email=email, name=name, created_at=now))
        tx.changed("identities", "")
        return iam_id

    def make_administrator(self, tx: Transaction, iam_id: str) -> None:
        """Gives the cloud's own administrator all he needs: also what a reset does."""
        replace_roles(tx, self.account_id, iam_id, ADMINISTRATOR, iam_id, self._randomness)

    def read(self, reader: Reader, caller: Caller | None = None) -> dict[str, Any]:
        """Everybody, as `GET /emulator/v1/identities` answers; `caller` sees his account, and only his own API keys.

        Users whose keys are not shown have no `api_keys`: an empty list says that there are none.
        """
        users: dict[str, list[dict[str, Any]]] = {}
        for row in reader.all(select(user).order_by(user.c.created_at, user.c.email)):
            person = {
                "iam_id": row.iam_id,
                "email": row.email,
                "name": row.name,
                "roles": roles_of(reader, row.account, row.iam_id),
            }
            if caller is None or row.iam_id == caller.iam_id:
                person["api_keys"] = [
                    {"id": key.id, "name": key.name, "created_at": rfc3339_ms(moment(key.created_at))}
                    for key in _keys_of(reader, row.iam_id)
                ]
            users.setdefault(row.account, []).append(person)
        accounts = [
            row
            for row in reader.all(select(account).order_by(account.c.created_at, account.c.name))
            if caller is None or row.id == caller.account
        ]
        return {"accounts": [{"id": row.id, "name": row.name, "users": users.get(row.id, [])} for row in accounts]}

    def put(self, tx: Transaction, caller: Caller, body: Mapping[str, Any]) -> dict[str, Any]:
        """Adds or changes what the body names; deletes nothing. New API key values are in this answer only.

        Raises:
            IdentityInvalid: something in it cannot be; then nothing is changed.
        """
        values: dict[str, str] = {}
        for entry in _objects(body, "accounts"):
            _known_fields(entry, frozenset({"id", "name", "users"}))
            account_id = self._put_account(tx, entry)
            for person in _objects(entry, "users"):
                self._put_user(tx, caller, account_id, person, values)
        target = Crn.of_account("kyok", self.account_id)
        self._activity.record(tx, caller, Event("kyok.identities.update", str(target)))
        answer = self.read(tx)
        for entry in answer["accounts"]:
            for person in entry["users"]:
                for key in person["api_keys"]:
                    if key["id"] in values:
                        key["value"] = values[key["id"]]
        return answer

    def users(self, reader: Reader, caller: Caller) -> list[dict[str, Any]]:
        """The users of the caller's account, as the user management API names them."""
        rows = reader.all(
            select(user).where(user.c.account == caller.account).order_by(user.c.created_at, user.c.email)
        )
        return [_profile(row) for row in rows]

    def _put_account(self, tx: Transaction, entry: Mapping[str, Any]) -> str:
        given, name = entry.get("id"), _text(entry, "name")
        query = select(account.c.id, account.c.name)
        if given is not None:
            if not isinstance(given, str) or not _ACCOUNT_ID.fullmatch(given):
                raise IdentityInvalid("An account id has 32 lower-case hexadecimal digits.")
            known = tx.one(query.where(account.c.id == given))
        else:
            known = tx.one(query.where(account.c.name == name).order_by(account.c.created_at))
        if known is None:
            if not name:
                raise IdentityInvalid("A new account needs a name.")
            return self.add_account(tx, name, given)
        if name and name != known.name:
            tx.execute(update(account).where(account.c.id == known.id).values(name=name))
            tx.changed("identities", "")
        return str(known.id)

    def _put_user(
        self, tx: Transaction, caller: Caller, account_id: str, entry: Mapping[str, Any], values: dict[str, str]
    ) -> None:
        _known_fields(entry, _USER_FIELDS)
        email, name = _text(entry, "email"), _text(entry, "name")
        if not EMAIL.fullmatch(email):
            raise IdentityInvalid("A user needs an email address.")
        known = tx.one(select(user).where(user.c.account == account_id, user.c.email == email))
        if known is None:
            iam_id = self.add_user(tx, account_id, email, name or email.partition("@")[0])
        else:
            iam_id = known.iam_id
            if name and name != known.name:
                tx.execute(update(user).where(user.c.iam_id == iam_id).values(name=name))
                tx.changed("identities", "")
        if "roles" in entry:
            grants = [_grant(item) for item in _objects(entry, "roles")]
            if iam_id == self.administrator_id and RoleGrant("Administrator") not in grants:
                raise IdentityInvalid("The cloud's first administrator must stay Administrator of every service.")
            replace_roles(tx, account_id, iam_id, grants, caller.iam_id, self._randomness)
        wanted = entry.get("api_key")
        if wanted not in (None, False):
            if wanted is not True and not isinstance(wanted, str):
                raise IdentityInvalid("api_key is a value, or true for a new random one.")
            label = f"{name or email.partition('@')[0]}'s key"
            key_id, value = self._api_keys.put(tx, iam_id, label, None if wanted is True else wanted)
            values[key_id] = value


def _keys_of(reader: Reader, iam_id: str) -> Sequence[Any]:
    return reader.all(select(api_key).where(api_key.c.iam_id == iam_id).order_by(api_key.c.created_at, api_key.c.id))


def _grant(item: Mapping[str, Any]) -> RoleGrant:
    _known_fields(item, frozenset({"role", "service", "instance"}))
    service, instance = item.get("service") or None, item.get("instance") or None
    if service is not None and (not isinstance(service, str) or services.service(service) is None):
        raise IdentityInvalid(f"There is no service “{str(service)[:60]}”.")
    if instance is not None and (not isinstance(instance, str) or service is None):
        raise IdentityInvalid("A role on one instance names its service and the instance's GUID.")
    grant = RoleGrant(_text(item, "role"), service, instance)
    grant.resolved()
    return grant


def _objects(body: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    items = body.get(name, [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise IdentityInvalid(f"{name} is a list of objects.")
    return items


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name) or ""
    if not isinstance(value, str) or len(value) > LONGEST_NAME:
        raise IdentityInvalid(f"{name} is a text of at most {LONGEST_NAME} characters.")
    if problem := unseen_problem(name, value):
        raise IdentityInvalid(problem)
    return value.strip()


def _known_fields(body: Mapping[str, Any], known: frozenset[str]) -> None:
    unknown = sorted(set(body) - known)
    if unknown:
        raise IdentityInvalid(f"The field “{unknown[0][:60]}” is not known here.")


def _profile(row: Any) -> dict[str, Any]:
    first, _, last = row.name.partition(" ")
    return {
        "id": row.iam_id.partition("-")[2].lower(),
        "iam_id": row.iam_id,
        "realm": "IBMid",
        "user_id": row.email,
        "firstname": first,
        "lastname": last,
        "state": "ACTIVE",
        "email": row.email,
        "phonenumber": "",
        "account_id": row.account,
        "added_on": rfc3339_ms(moment(row.created_at)),
    }
