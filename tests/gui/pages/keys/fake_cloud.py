"""A cloud that answers the pages of keys and authorizations from canned bodies, follows changes and notes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from kyok.client.activity import EventFilter
from kyok.client.decode import decode, decode_all
from kyok.client.errors import ApiError
from kyok.client.profile import Profile
from kyok.client.records.access import Identities, Policy
from kyok.client.records.activity import Event, EventPage, Initiator
from kyok.client.records.crypto_units import CryptoUnits
from kyok.client.records.databases import DatabaseSummary
from kyok.client.records.emulator import CloudSettings, InstanceUsage, KeyUsage
from kyok.client.records.key_policies import ImportToken, InstancePolicy, KeyPolicy, KeyRing
from kyok.client.records.keys import Key, KeyPage, KeyVersion, Registration
from kyok.client.records.resources import Reclamation, ResourceGroup, ServiceInstance
from kyok.client.secure_import import SealedMaterial
from kyok.client.token import SignedIn
from kyok.domain import authorizations
from kyok.domain.authorizations import AuthorizationPolicy
from kyok.domain.crn import Crn
from kyok.domain.key_states import KeyState
from kyok.domain.rights import Decision, Question
from kyok.secrets import Secret
from tests.gui.pages.keys import story
from tests.gui.pages.keys.story import Json


def refusal(status: int, code: str, summary: str, remedy: str = "") -> ApiError:
    """What the client raises for an answer of the cloud."""
    return ApiError(summary, remedy, status=status, code=code)


class FakeCloud:
    """State of the canned cloud. `calls` holds every change that was asked for; `fail` makes one of them fail."""

    def __init__(self) -> None:
        self.now = story.NOW
        self.instances = [story.instance(name) for name in story.REGIONS]
        self.keys: dict[str, list[Json]] = {story.guid("acme-hpcs"): story.hpcs_keys()}
        self.registrations = [
            story.registration("ledger-root", "ledger-db"),
            story.registration("payments-root", "payments-db", days=30),
            story.registration("hr-root", "hr-db", days=20),
        ]
        self.databases = story.databases()
        self.policies = story.policies()
        self.groups = [ResourceGroup("9f1d", "Default", default=True), ResourceGroup("77aa", "payments-team")]
        self.ends: dict[str, datetime] = {}
        self.usage = story.usage()
        self.rule = "discard"
        self.initialised = {story.guid("acme-lab"): False}
        self.emulated = True
        self.rings = story.rings()
        self.instance_policies: dict[str, Json] = {}
        self.token = ImportToken()
        self.me = story.ANNA
        self.made_in: tuple[str, tuple[str, ...]] = ("", ())
        self.first_people: dict[str, str] = {}
        self.calls: list[tuple[Any, ...]] = []
        self.fail: dict[str, Exception] = {}
        self.api = FakeApi(self)

    def done(self, name: str, *arguments: Any) -> None:
        """Notes a call, and fails where the test wants it."""
        self.calls.append((name, *arguments))
        one = f"{name} {arguments[0]}" if arguments else name
        for place in (name, one):
            if place in self.fail:
                raise self.fail[place]

    def names(self) -> list[str]:
        """What was asked for, in order."""
        return [call[0] for call in self.calls]

    def keys_of(self, instance: Crn) -> list[Json]:
        """The keys of an instance."""
        return self.keys.setdefault(instance.instance, [])

    def key(self, instance: Crn, key_id: str) -> Json:
        """One key, or the refusal that it does not exist."""
        found = next((one for one in self.keys_of(instance) if one["id"] == key_id), None)
        if found is None:
            raise refusal(404, "KEY_NOT_FOUND_ERR", "This key does not exist, or it has been purged.")
        return found

    def touch(self, body: Json, **changes: Any) -> None:
        """Changes a key and notes when."""
        body |= changes | {"lastUpdateDate": story.wire(self.now)}


class _Part:
    def __init__(self, cloud: FakeCloud) -> None:
        self._cloud = cloud


class FakeKeys(_Part):
    def page(
        self, instance: Crn, *, offset: int = 0, limit: int = 200, states: Iterable[KeyState] = (), **more: Any
    ) -> KeyPage:
        if "page" in self._cloud.fail:
            raise self._cloud.fail["page"]
        wanted = {int(state) for state in states} or {0, 1, 2, 3}
        every = [one for one in self._cloud.keys_of(instance) if one["state"] in wanted]
        found = decode_all(Key, every[offset : offset + limit])
        return KeyPage(found, offset, len(found) == limit)

    def count(self, instance: Crn, *, ring: str = "", states: Iterable[KeyState] = ()) -> int:
        found = self.page(instance, limit=100_000, states=states).keys
        return sum(not ring or key.ring == ring for key in found)

    def every(self, instance: Crn, *, states: Iterable[KeyState] = (), **more: Any) -> tuple[Key, ...]:
        return self.page(instance, limit=100_000, states=states).keys

    def usable_root_keys(self, instance: Crn) -> tuple[Key, ...]:
        return tuple(key for key in self.every(instance) if key.usable)

    def key(self, instance: Crn, key_id: str) -> Key:
        return decode(Key, self._cloud.key(instance, key_id))

    def registrations(self, instance: Crn, key_id: str = "") -> tuple[Registration, ...]:
        mine = {one["id"] for one in self._cloud.keys_of(instance)}
        found = [one for one in self._cloud.registrations if one["keyId"] in ({key_id} if key_id else mine)]
        return decode_all(Registration, found)

    def versions(self, instance: Crn, key_id: str, **more: Any) -> tuple[KeyVersion, ...]:
        body = self._cloud.key(instance, key_id)
        return (decode(KeyVersion, body["keyVersion"]), KeyVersion(story.guid("first"), story.NOW))

    def create(
        self,
        instance: Crn,
        name: str,
        *,
        standard: bool = False,
        description: str = "",
        aliases: Sequence[str] = (),
        expires_at: datetime | None = None,
        ring: str = "",
        tags: Sequence[str] = (),
        material: Secret | SealedMaterial | None = None,
        **more: Any,
    ) -> Key:
        sent: Any = b""
        if isinstance(material, Secret):
            with material.use() as raw:
                sent = bytes(raw)
        elif material is not None:
            sent = material
        self._cloud.done("create", name, standard, tuple(aliases), description, expires_at, sent)
        self._cloud.made_in = (ring, tuple(tags))
        body = story.key(name, extractable=standard, imported=material is not None, aliases=list(aliases))
        body |= {"keyRingID": ring or "default", "tags": list(tags)}
        self._cloud.touch(body)
        self._cloud.keys_of(instance).append(body)
        return decode(Key, body)

    def move(self, instance: Crn, key_id: str, ring: str) -> Key:
        self._cloud.done("move", key_id, ring)
        self._cloud.touch(self._cloud.key(instance, key_id), keyRingID=ring)
        return self.key(instance, key_id)

    def add_alias(self, instance: Crn, key_id: str, alias: str) -> None:
        self._cloud.done("add alias", key_id, alias)
        body = self._cloud.key(instance, key_id)
        self._cloud.touch(body, aliases=[*body["aliases"], alias])

    def remove_alias(self, instance: Crn, key_id: str, alias: str) -> None:
        self._cloud.done("remove alias", key_id, alias)
        body = self._cloud.key(instance, key_id)
        self._cloud.touch(body, aliases=[one for one in body["aliases"] if one != alias])

    def sync(self, instance: Crn, key_id: str) -> None:
        self._cloud.done("sync", key_id)

    def schedule_deletion(self, instance: Crn, key_id: str) -> None:
        self._cloud.done("schedule", key_id)
        self._cloud.first_people[key_id] = self._cloud.me
        self._cloud.touch(self._cloud.key(instance, key_id), dualAuthDelete=story.two_people(self._cloud.now))

    def cancel_deletion(self, instance: Crn, key_id: str) -> None:
        self._cloud.done("cancel deletion", key_id)
        self._cloud.touch(self._cloud.key(instance, key_id), dualAuthDelete=story.two_people())

    def rotate(self, instance: Crn, key_id: str, material: Secret | SealedMaterial | None = None) -> None:
        size = len(material) if isinstance(material, Secret) else material
        self._cloud.done("rotate", key_id, size)
        self._cloud.touch(self._cloud.key(instance, key_id))

    def disable(self, instance: Crn, key_id: str) -> None:
        self._cloud.done("disable", key_id)
        self._cloud.touch(self._cloud.key(instance, key_id), state=2)

    def enable(self, instance: Crn, key_id: str) -> None:
        self._cloud.done("enable", key_id)
        self._cloud.touch(self._cloud.key(instance, key_id), state=1)

    def delete(self, instance: Crn, key_id: str, *, force: bool = False) -> None:
        self._cloud.done("delete", key_id, force)
        body = self._cloud.key(instance, key_id)
        self._cloud.touch(body, state=5, deletionDate=story.wire(self._cloud.now))

    def restore(self, instance: Crn, key_id: str) -> Key:
        self._cloud.done("restore", key_id)
        self._cloud.touch(self._cloud.key(instance, key_id), state=1)
        return self.key(instance, key_id)

    def purge(self, instance: Crn, key_id: str) -> None:
        self._cloud.done("purge", key_id)
        self._cloud.keys_of(instance).remove(self._cloud.key(instance, key_id))


class FakeResources(_Part):
    def instance(self, instance_id: str) -> ServiceInstance:
        return decode(ServiceInstance, self._body(instance_id))

    def _body(self, instance_id: str) -> Json:
        found = next((one for one in self._cloud.instances if instance_id in (one["guid"], one["crn"])), None)
        if found is None:
            raise refusal(404, "", "Instance not found.")
        return found

    def listed(self) -> tuple[ServiceInstance, ...]:
        gone = ("pending_reclamation", "removed")
        return decode_all(ServiceInstance, [one for one in self._cloud.instances if one.get("state") not in gone])

    def instances(self, states: Iterable[str] = (), **more: Any) -> tuple[ServiceInstance, ...]:
        wanted = {str(state) for state in states}
        return decode_all(ServiceInstance, [one for one in self._cloud.instances if one.get("state") in wanted])

    def groups(self) -> tuple[ResourceGroup, ...]:
        return tuple(self._cloud.groups)

    def create_group(self, name: str) -> str:
        self._cloud.done("create group", name)
        self._cloud.groups.append(ResourceGroup(f"id of {name}", name))
        return f"id of {name}"

    def rename_group(self, group_id: str, name: str) -> None:
        self._cloud.done("rename group", group_id, name)
        self._cloud.groups = [
            ResourceGroup(group.id, name if group.id == group_id else group.name, default=group.default)
            for group in self._cloud.groups
        ]

    def delete_group(self, group_id: str) -> None:
        self._cloud.done("delete group", group_id)
        self._cloud.groups = [group for group in self._cloud.groups if group.id != group_id]

    def rename(self, instance_id: str, name: str) -> None:
        self._cloud.done("rename", instance_id, name)
        self._body(instance_id)["name"] = name

    def lock(self, instance_id: str, *, locked: bool) -> None:
        self._cloud.done("lock", instance_id, locked)
        self._body(instance_id)["locked"] = locked

    def set_tags(self, crn: str, before: Sequence[str], after: Sequence[str]) -> None:
        self._cloud.done("tags", crn, tuple(before), tuple(after))
        self._body(crn)["tags"] = list(after)

    def delete(self, instance_id: str, **more: Any) -> None:
        self._cloud.done("delete instance", instance_id)
        self._cloud.instances = [one for one in self._cloud.instances if one["guid"] != instance_id]

    def reclamations(self) -> tuple[Reclamation, ...]:
        return tuple(
            Reclamation(f"r-{guid}", guid, state="SCHEDULED", target_time=end) for guid, end in self._cloud.ends.items()
        )

    def restore(self, reclamation_id: str) -> None:
        self._cloud.done("restore instance", reclamation_id)
        self._end(reclamation_id, "active")

    def reclaim(self, reclamation_id: str) -> None:
        self._cloud.done("reclaim instance", reclamation_id)
        self._end(reclamation_id, "removed")

    def _end(self, reclamation_id: str, state: str) -> None:
        guid = reclamation_id.removeprefix("r-")
        del self._cloud.ends[guid]
        self._body(guid)["state"] = state


class FakeUnits(_Part):
    def status(self, guid: str) -> CryptoUnits:
        ready = self._cloud.initialised.get(guid, True)
        units = [
            {"number": number, "name": f"Crypto unit {number}", "zone": f"us-south-{number}",
             "state": "secured" if ready else "imprint"}
            for number in (1, 2)
        ]  # fmt: skip
        return decode(CryptoUnits, {"instance": guid, "initialised": ready, "usable": ready, "units": units})


class FakeDatabases(_Part):
    def summaries(self, **more: Any) -> tuple[DatabaseSummary, ...]:
        return decode_all(DatabaseSummary, self._cloud.databases)


class FakeEmulator(_Part):
    @property
    def available(self) -> bool:
        return self._cloud.emulated

    def identities(self) -> Identities:
        users = [{"iam_id": iam, "email": email} for iam, email in story.PEOPLE.items()]
        return decode(Identities, {"accounts": [{"id": story.ACCOUNT, "name": "Acme Bank", "users": users}]})

    def settings(self) -> CloudSettings:
        return decode(CloudSettings, {"deletion_rule": self._cloud.rule})

    def decisions(self, questions: Sequence[Question]) -> tuple[Decision, ...]:
        return tuple(Decision(True) for _ in questions)

    def usage(self) -> tuple[InstanceUsage, ...]:
        ready = self._cloud.initialised
        return decode_all(
            InstanceUsage, [{**one, "initialised": ready.get(one["guid"], True)} for one in self._cloud.usage]
        )

    def key_usage(self, instance_guid: str, key_id: str) -> KeyUsage:
        users = [one for one in self._cloud.databases if one["kms_key"] == key_id]
        registered = [one for one in self._cloud.registrations if one["keyId"] == key_id]
        last = {
            "at": "2026-11-23T17:44:41Z",
            "database": users[0]["name"] if users else "",
            "node": 2,
            "zone": "us-south-2",
        }
        return decode(
            KeyUsage,
            {
                "key_id": key_id,
                "registrations": len(registered),
                "last_unwrap": last if users else None,
                "unwraps_24h": {"passed": 4254, "denied": 66} if users else {},
                "databases": [story.key_database(one) for one in users],
            },
        )


class FakeIam(_Part):
    """Policies have a hidden `revision`, which is their ETag."""

    def authorizations(self, *, removed: bool = False) -> tuple[Policy, ...]:
        wanted = "deleted" if removed else "active"
        return tuple(Policy.of(one) for one in self._cloud.policies if one["state"] == wanted)

    def authorization(self, policy_id: str) -> Policy:
        return self._answer(self._body(policy_id))

    def create(self, policy: AuthorizationPolicy) -> Policy:
        self._cloud.done("authorize", policy)
        self._refuse_duplicate(policy)
        body = {**authorizations.policy_body(policy), "id": story.guid("new"), "state": "active"}
        body["created_by_id"] = body["last_modified_by_id"] = story.ANNA
        body["created_at"] = body["last_modified_at"] = story.wire(story.NOW)
        self._cloud.policies.append(body)
        return self._answer(body)

    def replace(self, policy: Policy, wanted: AuthorizationPolicy) -> Policy:
        self._cloud.done("replace", policy.id, policy.etag, wanted)
        body = self._body(policy.id)
        if self._answer(body).etag != policy.etag:
            raise refusal(412, "policy_conflict_error", "The policy was changed since you read it.", "Read it again.")
        self._refuse_duplicate(wanted, besides=policy.id)
        return self.change(policy.id, wanted, story.ANNA)

    def change(self, policy_id: str, wanted: AuthorizationPolicy, by: str) -> Policy:
        """As somebody changes it."""
        body = self._body(policy_id)
        body.pop("description", None)
        body.update(authorizations.policy_body(wanted))
        body |= {"revision": body.get("revision", 1) + 1, "last_modified_by_id": by}
        body["last_modified_at"] = story.wire(story.NOW)
        return self._answer(body)

    def remove(self, policy_id: str) -> None:
        self._cloud.done("remove", policy_id)
        self._set_state(policy_id, "deleted")

    def restore(self, policy_id: str) -> Policy:
        self._cloud.done("restore", policy_id)
        self._refuse_duplicate(Policy.of(self._body(policy_id)).grant)
        return self._set_state(policy_id, "active")

    def _set_state(self, policy_id: str, state: str) -> Policy:
        body = self._body(policy_id)
        body |= {"state": state, "revision": body.get("revision", 1) + 1, "last_modified_at": story.wire(story.NOW)}
        return self._answer(body)

    def _body(self, policy_id: str) -> Json:
        found = next((one for one in self._cloud.policies if one["id"] == policy_id), None)
        if found is None:
            raise refusal(404, "policy_not_found", "There is no policy with this id in your account.")
        return found

    def _answer(self, body: Json) -> Policy:
        return Policy.of(body, f"{body.get('revision', 1)}-x")

    def _refuse_duplicate(self, wanted: AuthorizationPolicy, besides: str = "") -> None:
        for one in self.authorizations():
            if one.id != besides and authorizations.same_grant(one.grant, wanted):
                raise refusal(409, "policy_conflict_error", "There is already an authorization like this.")


class FakeRings(_Part):
    def every(self, instance: Crn) -> tuple[KeyRing, ...]:
        if "rings" in self._cloud.fail:
            raise self._cloud.fail["rings"]
        return (KeyRing("default"), *decode_all(KeyRing, self._cloud.rings))

    def create(self, instance: Crn, ring: str) -> None:
        self._cloud.done("create ring", ring)
        self._cloud.rings.append({"id": ring, "creationDate": story.wire(self._cloud.now), "createdBy": story.ANNA})

    def delete(self, instance: Crn, ring: str, *, force: bool = False) -> None:
        self._cloud.done("delete ring", ring, force)
        self._cloud.rings = [one for one in self._cloud.rings if one["id"] != ring]


class FakePolicies(_Part):
    def of_key(self, instance: Crn, key_id: str) -> tuple[KeyPolicy, ...]:
        rule = self._cloud.key(instance, key_id).get("rotation")
        return (decode(KeyPolicy, {"id": "p", "rotation": rule}),) if rule else ()

    def set_rotation(self, instance: Crn, key_id: str, *, enabled: bool, months: int | None = None) -> None:
        self._cloud.done("rotation policy", key_id, enabled, months)
        self._cloud.touch(
            self._cloud.key(instance, key_id), rotation={"enabled": enabled, "interval_month": months or 0}
        )

    def require_two_people(self, instance: Crn, key_id: str) -> None:
        self._cloud.done("two people", key_id)
        self._cloud.touch(self._cloud.key(instance, key_id), dualAuthDelete=story.two_people())

    def of_instance(self, instance: Crn) -> dict[str, InstancePolicy]:
        if "policies" in self._cloud.fail:
            raise self._cloud.fail["policies"]
        return {one.type: one for one in decode_all(InstancePolicy, list(self._cloud.instance_policies.values()))}

    def set_instance(
        self, instance: Crn, policy: str, *, enabled: bool, attributes: dict[str, Any] | None = None
    ) -> None:
        self._cloud.done("instance policy", policy, enabled, attributes)
        data = {"enabled": enabled, "attributes": attributes or {}}
        self._cloud.instance_policies[policy] = {
            "policy_type": policy, "policy_data": data, "lastUpdated": story.wire(self._cloud.now),
            "updatedBy": story.ANNA,
        }  # fmt: skip


class FakeTokens(_Part):
    def fresh(self, instance: Crn) -> ImportToken:
        self._cloud.done("import token")
        return self._cloud.token


class FakeActivity(_Part):
    def events(self, wanted: EventFilter, *, limit: int = 50) -> EventPage:
        """Who scheduled a deletion, which is all that these pages ask."""
        if "activity" in self._cloud.fail:
            raise self._cloud.fail["activity"]
        who = self._cloud.first_people.get(wanted.target)
        if who is None:
            return EventPage(())
        event = Event(1, "e1", self._cloud.now, initiator=Initiator(who, story.PEOPLE[who]))
        return EventPage((event,))


class FakeSession(_Part):
    def identity(self) -> SignedIn:
        return SignedIn(self._cloud.me, story.ACCOUNT, "", story.PEOPLE[self._cloud.me])


_PROFILE = Profile.emulated("http://127.0.0.1:4711")


class FakeApi:
    """Has the parts of `kyok.client.CloudApi` that these pages use."""

    def __init__(self, cloud: FakeCloud) -> None:
        self.keys = FakeKeys(cloud)
        self.resources = FakeResources(cloud)
        self.crypto_units = FakeUnits(cloud)
        self.databases = FakeDatabases(cloud)
        self.emulator = FakeEmulator(cloud)
        self.iam = FakeIam(cloud)
        self.key_rings = FakeRings(cloud)
        self.key_policies = FakePolicies(cloud)
        self.import_tokens = FakeTokens(cloud)
        self.activity = FakeActivity(cloud)
        self.session = FakeSession(cloud)
        self.profile = _PROFILE
