"""Makes the keys of a scenario and brings them to the state that it gives them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from kyok.cloud.keys import operations
from kyok.cloud.keys.making import NewKey
from kyok.cloud.keys.scope import Address
from kyok.cloud.scenarios.asking import Asking, Question, key_body, policy_body, random_material
from kyok.cloud.scenarios.expanding import Holder
from kyok.cloud.scenarios.format import Ceremony, Key, KeyService
from kyok.cloud.store import Transaction
from kyok.domain.key_fields import DEFAULT_KEY_RING
from kyok.domain.services import HS_CRYPTO

if TYPE_CHECKING:
    from kyok.cloud.app import Cloud

CHUNK = 1_000
"""Keys made in one unit of work: the writer answers others in between."""


class KeyBuilding:
    """Keys by instance and name."""

    def __init__(self, cloud: "Cloud", ask: Asking) -> None:
        self._cloud = cloud
        self._ask = ask
        self._ids: dict[str, list[str]] = {}
        self._by_name: dict[tuple[str, str], str] = {}

    def id_of(self, holder: str, name: str) -> str:
        """The id of a key; of the first one, where several have the name."""
        return self._by_name[holder, name]

    def initialise(self, spec: KeyService, guid: str) -> None:
        """The crypto units' ceremony."""
        if spec.service != HS_CRYPTO or not spec.initialized:
            return
        told = spec.ceremony or Ceremony()
        body = {
            "signature_threshold": told.signature_threshold,
            "revocation_threshold": told.revocation_threshold,
            "administrators": told.administrators,
        }
        self._ask.send("POST", f"/tke/v1/instances/{guid}/auto-init", body, about=spec.name)

    def make(self, holder: Holder, guid: str) -> None:
        """All keys of an instance, active."""
        for ring in holder.spec.key_rings:
            self._ask.send("POST", f"/api/v2/key_rings/{ring}", instance=guid, about=ring)
        ids = {
            ring: iter(self._generate(guid, ring, [key for key, _ in holder.keys if _generated_in(key, ring)]))
            for ring in (DEFAULT_KEY_RING, *holder.spec.key_rings)
        }
        found = []
        for key, _ in holder.keys:
            found.append(self._import(guid, key) if key.imported else next(ids[key.key_ring]))
            self._by_name.setdefault((holder.spec.name, key.name), found[-1])
        self._ids[guid] = found
        self._ask.send_all(
            [
                Question("POST", f"/api/v2/keys/{ident}/actions/rotate", _material(key), guid, key.name)
                for (key, _), ident in zip(holder.keys, found, strict=True)
                for _ in range(key.rotations)
            ]
        )

    def bring_to_state(self, holder: Holder, guid: str, people: Mapping[str, str]) -> None:
        """Sets policies, disables and deletes, and has people (IAM ids by email) authorize deletions."""
        self._set_policies(holder, guid)
        for (key, _), ident in zip(holder.keys, self._ids[guid], strict=True):
            if key.deletion_authorized_by:
                asking = Asking(self._cloud, people[key.deletion_authorized_by], key.deletion_authorized_by)
                asking.send("POST", f"/api/v2/keys/{ident}/actions/setKeyForDeletion", instance=guid, about=key.name)
        questions = []
        for (key, _), ident in zip(holder.keys, self._ids[guid], strict=True):
            if key.state == "disabled":
                questions.append(Question("POST", f"/api/v2/keys/{ident}/actions/disable", None, guid, key.name))
            elif key.state == "deleted":
                questions.append(Question("DELETE", f"/api/v2/keys/{ident}?force=true", None, guid, key.name))
        self._ask.send_all(questions)

    def _set_policies(self, holder: Holder, guid: str) -> None:
        questions = []
        for (key, _), ident in zip(holder.keys, self._ids[guid], strict=True):
            path = f"/api/v2/keys/{ident}/policies?policy="
            if key.rotation_months is not None:
                body = policy_body("rotation", {"enabled": True, "interval_month": key.rotation_months})
                questions.append(Question("PUT", f"{path}rotation", body, guid, key.name))
            if key.dual_authorization:
                body = policy_body("dualAuthDelete", {"enabled": True})
                questions.append(Question("PUT", f"{path}dualAuthDelete", body, guid, key.name))
        self._ask.send_all(questions)

    def _generate(self, guid: str, ring: str, keys: list[Key]) -> list[str]:
        service, ids = self._cloud.keys, []
        for start in range(0, len(keys), CHUNK):
            some = keys[start : start + CHUNK]

            def work(tx: Transaction, some: list[Key] = some) -> list[str]:
                wanted = [_new(key, tx) for key in some]
                return service.within(
                    tx,
                    self._ask.caller,
                    operations.CREATE,
                    Address(guid, ring=ring),
                    lambda scope: service.making_many.create(tx, scope, wanted),
                )

            ids += self._cloud.store.writer.perform(work)
        return ids

    def _import(self, guid: str, key: Key) -> str:
        expiry = {}
        if key.expires_in_days is not None:
            moment = self._cloud.clock.now() + timedelta(days=key.expires_in_days)
            expiry = {"expirationDate": moment.strftime("%Y-%m-%dT%H:%M:%SZ")}
        body = key_body(
            key.name,
            payload=random_material(),
            extractable=key.type == "standard",
            description=key.description,
            tags=key.tags,
            aliases=key.aliases,
            **expiry,
        )
        question = Question("POST", "/api/v2/keys", body, guid, key.name, key.key_ring)
        return str(self._ask.send_all([question])[0]["resources"][0]["id"])


def _generated_in(key: Key, ring: str) -> bool:
    return key.key_ring == ring and not key.imported


def _new(key: Key, tx: Transaction) -> NewKey:
    return NewKey(
        name=key.name,
        standard=key.type == "standard",
        description=key.description or None,
        tags=tuple(key.tags),
        aliases=tuple(key.aliases),
        expires_at=tx.now + timedelta(days=key.expires_in_days) if key.expires_in_days is not None else None,
    )


def _material(key: Key) -> dict[str, str] | None:
    return {"payload": random_material()} if key.imported else None
