"""The key management API of one HPCS or Key Protect instance (reference/kms-api.md section 2).

Every call takes the instance's CRN: it names the address and the `Bluemix-Instance` header.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from kyok.client.decode import decode, decode_all, rfc3339
from kyok.client.errors import UnexpectedAnswer
from kyok.client.kms_calls import KmsCalls, encoded, envelope, key_path
from kyok.client.records.keys import Key, KeyPage, KeyVersion, Registration, Wrapped
from kyok.client.secure_import import SealedMaterial
from kyok.client.session import ApiKey
from kyok.domain import key_fields
from kyok.domain.crn import Crn
from kyok.domain.key_states import KeyState

KEY_TYPE = "application/vnd.ibm.kms.key+json"
_REPRESENTATION = {"Prefer": "return=representation"}
_NOT_DUAL = {"enabled": False}


class KeysApi(KmsCalls):
    """Keys of any instance of the account."""

    def page(
        self,
        instance: Crn,
        *,
        offset: int = 0,
        limit: int = key_fields.LIST_DEFAULT,
        states: Iterable[KeyState] = (),
        search: str = "",
        sort: str = "",
        standard: bool | None = None,
        brief: bool = False,
    ) -> KeyPage:
        """One page of keys. Without states no destroyed ones; `sort` as the API takes it (`-creationDate`).

        `brief` leaves CRN and version out of the records: they are a third of what a long list takes.
        """
        params = {
            "offset": offset or None,
            "limit": limit,
            "state": ",".join(str(int(state)) for state in states),
            "search": search,
            "sort": sort,
            "extractable": standard,
        }
        body = self._request(instance, "GET", "/api/v2/keys", params=params)
        members = body.get("resources")
        if brief and isinstance(members, list):
            for one in members:
                if isinstance(one, dict):
                    one.pop("crn", None)
                    one.pop("keyVersion", None)
                    if one.get("dualAuthDelete") == _NOT_DUAL:
                        del one["dualAuthDelete"]  # so that all these keys share the record of the default
        found = decode_all(Key, members)
        return KeyPage(found, offset, len(found) == limit)

    def every(
        self, instance: Crn, *, states: Iterable[KeyState] = (), standard: bool | None = None, at_most: int = 100_000
    ) -> tuple[Key, ...]:
        """All keys, page by page."""
        chosen, found = tuple(states), list[Key]()
        while len(found) < at_most:
            limit = min(key_fields.LIST_MAX, at_most - len(found))
            page = self.page(instance, offset=len(found), limit=limit, states=chosen, standard=standard)
            found.extend(page.keys)
            if not page.more:
                break
        return tuple(found)

    def count(self, instance: Crn, *, ring: str = "", states: Iterable[KeyState] = ()) -> int:
        """How many keys there are, in one key ring or in all; without states, destroyed ones are not counted."""
        params = {"state": ",".join(str(int(state)) for state in states)}
        headers = {"X-Kms-Key-Ring": ring} if ring else {}
        total = self._call(instance, "HEAD", "/api/v2/keys", params=params, headers=headers).headers.get("key-total")
        if total is None or not total.isdecimal():
            raise UnexpectedAnswer()
        return int(total)

    def usable_root_keys(self, instance: Crn) -> tuple[Key, ...]:
        """What the root key picker offers: active root keys by name."""
        found = self.every(instance, states=(KeyState.ACTIVE,), standard=False)
        return tuple(sorted(found, key=lambda key: key.name.casefold()))

    def key(self, instance: Crn, key_id: str) -> Key:
        """One key (by id or alias) without material, also a destroyed one; 404 when purged."""
        return _one(self._request(instance, "GET", f"{key_path(key_id)}/metadata"))

    def create(
        self,
        instance: Crn,
        name: str,
        *,
        standard: bool = False,
        description: str = "",
        aliases: Sequence[str] = (),
        tags: Sequence[str] = (),
        expires_at: datetime | None = None,
        ring: str = "",
        material: ApiKey | SealedMaterial | None = None,
    ) -> Key:
        """Create a key, or import one when `material` is given: raw (a `Secret`, which the caller wipes) or sealed."""
        resource: dict[str, Any] = {"type": KEY_TYPE, "name": name, "extractable": standard}
        optional = {
            "description": description,
            "aliases": list(aliases),
            "tags": list(tags),
            "expirationDate": rfc3339(expires_at) if expires_at else None,
        }
        resource.update({member: value for member, value in optional.items() if value})
        resource.update(_payload(material))
        headers = {"X-Kms-Key-Ring": ring} if ring else {}
        if not standard:
            headers.update(_REPRESENTATION)
        made = _one(self._request(instance, "POST", "/api/v2/keys", json=envelope("key", resource), headers=headers))
        # The representation of a standard key carries its material, which must not come here: ask for metadata.
        return self.key(instance, made.id) if standard else made

    def rotate(self, instance: Crn, key_id: str, material: ApiKey | SealedMaterial | None = None) -> None:
        """Make a new version; an imported key needs new material, raw or sealed."""
        self._act(instance, key_id, "rotate", _payload(material))

    def disable(self, instance: Crn, key_id: str) -> None:
        """Suspend a root key: nothing can be unwrapped until it is enabled."""
        self._act(instance, key_id, "disable")

    def enable(self, instance: Crn, key_id: str) -> None:
        """Enable a suspended key, 30 seconds after disabling at the earliest."""
        self._act(instance, key_id, "enable")

    def schedule_deletion(self, instance: Crn, key_id: str) -> None:
        """Give the first of two authorizations to delete; it holds for seven days."""
        self._act(instance, key_id, "setKeyForDeletion")

    def cancel_deletion(self, instance: Crn, key_id: str) -> None:
        """Take the first authorization back."""
        self._act(instance, key_id, "unsetKeyForDeletion")

    def sync(self, instance: Crn, key_id: str) -> None:
        """Tell the services that use a key of its state once more; once an hour at most."""
        self._act(instance, key_id, "sync")

    def move(self, instance: Crn, key_id: str, ring: str) -> Key:
        """Put a key into another key ring."""
        return _one(self._request(instance, "PATCH", key_path(key_id), json={"keyRingID": ring}))

    def add_alias(self, instance: Crn, key_id: str, alias: str) -> None:
        """Give a key one more alias."""
        self._call(instance, "POST", f"{key_path(key_id)}/aliases/{quote(alias, safe='')}")

    def remove_alias(self, instance: Crn, key_id: str, alias: str) -> None:
        """Take an alias away."""
        self._call(instance, "DELETE", f"{key_path(key_id)}/aliases/{quote(alias, safe='')}")

    def delete(self, instance: Crn, key_id: str, *, force: bool = False) -> None:
        """Delete a key. Without `force` a key that protects resources is refused (409 PROTECTED_RESOURCE_ERR)."""
        params = {"force": True} if force else None
        self._call(instance, "DELETE", key_path(key_id), params=params)

    def restore(self, instance: Crn, key_id: str) -> Key:
        """Bring a deleted key back: from 30 seconds to 30 days after its deletion."""
        return _one(self._request(instance, "POST", f"{key_path(key_id)}/restore", headers=_REPRESENTATION))

    def purge(self, instance: Crn, key_id: str) -> None:
        """Take a deleted key away for good; needs the purge role and four hours since the deletion."""
        self._call(instance, "DELETE", f"{key_path(key_id)}/purge")

    def versions(self, instance: Crn, key_id: str, *, limit: int = key_fields.LIST_DEFAULT) -> tuple[KeyVersion, ...]:
        """Versions of a root key, newest first, whatever its state."""
        params = {"limit": limit, "allKeyStates": True}
        body = self._request(instance, "GET", f"{key_path(key_id)}/versions", params=params)
        return decode_all(KeyVersion, body.get("resources"))

    def registrations(self, instance: Crn, key_id: str = "") -> tuple[Registration, ...]:
        """The resources that use a key, or any key of the instance."""
        path = f"{key_path(key_id)}/registrations" if key_id else "/api/v2/keys/registrations"
        return decode_all(Registration, self._everything(instance, path))

    def wrap(self, instance: Crn, key_id: str, plaintext: ApiKey, aad: Sequence[str] = ()) -> Wrapped:
        """Wrap something of the caller's own. There is no call here that brings a generated data key in."""
        body: dict[str, Any] = {"plaintext": encoded(plaintext)}
        if aad:
            body["aad"] = list(aad)
        return decode(Wrapped, self._request(instance, "POST", f"{key_path(key_id)}/actions/wrap", json=body))

    def rewrap(self, instance: Crn, key_id: str, ciphertext: str, aad: Sequence[str] = ()) -> Wrapped:
        """Wrap under the newest version what an older one wrapped."""
        body: dict[str, Any] = {"ciphertext": ciphertext}
        if aad:
            body["aad"] = list(aad)
        return decode(Wrapped, self._request(instance, "POST", f"{key_path(key_id)}/actions/rewrap", json=body))

    def _act(self, instance: Crn, key_id: str, action: str, body: Mapping[str, Any] | None = None) -> None:
        self._call(instance, "POST", f"{key_path(key_id)}/actions/{action}", json=dict(body or {}))


def _one(body: Mapping[str, Any]) -> Key:
    found = decode_all(Key, body.get("resources"))
    if not found:
        raise UnexpectedAnswer()
    return found[0]


def _payload(material: ApiKey | SealedMaterial | None) -> dict[str, str]:
    """The members that carry material, or none."""
    if material is None:
        return {}
    return material.members() if isinstance(material, SealedMaterial) else {"payload": encoded(material)}
