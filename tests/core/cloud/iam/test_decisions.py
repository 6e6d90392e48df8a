"""Who may do what; and that no cache ever answers for a state that is over."""

import random
import threading
from typing import Any

import pytest
from sqlalchemy import select

from kyok.cloud.activity.events import NOBODY, Caller
from kyok.cloud.iam import decisions as module
from kyok.cloud.iam.errors import NotAuthorized
from kyok.cloud.store import Transaction
from kyok.cloud.store.tables import policy
from kyok.domain.authorizations import Scopes, authorization, policy_body, scoped_authorization
from kyok.domain.crn import Crn
from kyok.domain.services import DBAAS_POSTGRESQL, HS_CRYPTO, KMS, service
from kyok.errors import KyokError
from tests.cloud_parts import Parts

UNWRAP = "hs-crypto.secrets.unwrap"


class House:
    """An HPCS instance, a database instance, and the authorization between them."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.hpcs = Crn.parse(self.make("acme-hpcs", HS_CRYPTO))
        self.database = Crn.parse(self.make("ledger-db", DBAAS_POSTGRESQL))
        self.key = self.hpcs.with_resource("key", "k1")
        self.agent = Caller(f"crn-{self.database}", parts.account_id, "ledger-db", "service", self.database)

    def make(self, name: str, service_name: str, **more: Any) -> str:
        entry = service(service_name)
        assert entry is not None
        body = {
            "name": name,
            "target": "us-south",
            "resource_plan_id": entry.plans[0].id,
            "resource_group": self.parts.default_group(),
        }
        row = self.parts.perform(lambda tx: self.parts.instances.create(tx, self.parts.administrator, body | more))
        return str(row.crn)

    def authorize(self, scopes: Scopes | None = None, **more: Any) -> str:
        grant = authorization(self.parts.account_id, DBAAS_POSTGRESQL, HS_CRYPTO, **more)
        if scopes is not None:
            grant = scoped_authorization(self.parts.account_id, DBAAS_POSTGRESQL, HS_CRYPTO, scopes)
        made = self.parts.perform(
            lambda tx: self.parts.policies.create(tx, self.parts.administrator, policy_body(grant), "v1")
        )
        return str(made.id)

    def remove(self, policy_id: str) -> None:
        self.parts.perform(lambda tx: self.parts.policies.remove(tx, self.parts.administrator, policy_id))

    def restore(self, policy_id: str) -> None:
        def work(tx: Transaction) -> None:
            known = self.parts.policies.get(tx, self.parts.administrator, policy_id)
            self.parts.policies.restore(tx, self.parts.administrator, policy_id, {"state": "active"}, known.etag)

        self.parts.perform(work)

    def may(self, caller: Caller | None = None, action: str = UNWRAP, target: Crn | None = None, **more: str) -> bool:
        with self.parts.store.read() as reader:
            return self.parts.decisions.allows(reader, caller or self.agent, action, target or self.key, **more)


@pytest.fixture
def house(parts: Parts) -> House:
    return House(parts)


def test_nobody_may_do_anything_by_default(house: House) -> None:
    stranger = house.parts.user("IBMid-nobody")
    assert not house.may()
    assert not house.may(stranger)
    assert not house.may(NOBODY)
    assert not house.may(house.parts.administrator, target=Crn(service=HS_CRYPTO))


def test_a_refusal_names_action_and_target(house: House) -> None:
    with house.parts.store.read() as reader, pytest.raises(NotAuthorized) as caught:
        house.parts.decisions.require(reader, house.agent, UNWRAP, house.key)
    error: Any = caught.value
    assert (error.action, error.target_crn, error.instance) == (UNWRAP, str(house.key), house.hpcs.instance)
    assert "ledger-db" in error.summary
    house.authorize()
    with house.parts.store.read() as reader:
        house.parts.decisions.require(reader, house.agent, UNWRAP, house.key)


@pytest.mark.parametrize("remaining", [False, True])
def test_an_authorization_lets_an_instance_use_keys_until_it_is_removed(house: House, remaining: bool) -> None:
    policy_id = house.authorize()
    if remaining:
        house.authorize(target_instance=house.hpcs.instance)
    assert house.may()
    assert house.may(action="hs-crypto.secrets.wrap")
    assert not house.may(action="hs-crypto.secrets.delete")
    assert not house.may(target=Crn.of_instance(KMS, "us-south", house.parts.account_id, "g").with_resource("key", "k"))
    house.remove(policy_id)
    assert house.may() == remaining
    house.restore(policy_id)
    assert house.may()


def test_an_authorization_for_one_instance_is_for_no_other(house: House) -> None:
    house.authorize(source_instance=house.database.instance, target_instance=house.hpcs.instance)
    other = Crn.parse(house.make("other-db", DBAAS_POSTGRESQL))
    other_hpcs = Crn.parse(house.make("other-hpcs", HS_CRYPTO))
    assert house.may()
    assert not house.may(Caller(f"crn-{other}", house.parts.account_id, "", "service", other))
    assert not house.may(target=other_hpcs.with_resource("key", "k1"))


def agent_of(house: House, crn: Crn) -> Caller:
    return Caller(f"crn-{crn}", house.parts.account_id, "", "service", crn)


def test_an_authorization_for_a_source_resource_group_is_for_its_instances_alone(house: House) -> None:
    parts = house.parts
    group = parts.perform(lambda tx: parts.groups.add(tx, parts.account_id, "team"))
    house.authorize(Scopes(source_group=group, target_instance=house.hpcs.instance))
    member = Crn.parse(house.make("team-db", DBAAS_POSTGRESQL, resource_group=group))
    assert house.may(agent_of(house, member))
    assert not house.may()


def test_an_authorization_for_a_target_resource_group_reaches_its_instances_alone(house: House) -> None:
    parts = house.parts
    group = parts.perform(lambda tx: parts.groups.add(tx, parts.account_id, "team"))
    house.authorize(Scopes(target_group=group))
    inside = Crn.parse(house.make("team-hpcs", HS_CRYPTO, resource_group=group))
    assert house.may(target=inside.with_resource("key", "k1"))
    assert not house.may()


def test_an_authorization_for_a_key_ring_reaches_its_keys_alone(house: House) -> None:
    house.authorize(Scopes(target_instance=house.hpcs.instance, key_ring="payments"))
    assert house.may(ring="payments")
    assert not house.may(ring="default")
    assert not house.may()
    assert not house.may(target=house.hpcs), "the instance as a whole is not in the ring"


def test_an_authorization_for_one_key_reaches_that_key_alone(house: House) -> None:
    house.authorize(Scopes(target_instance=house.hpcs.instance, key="k1"))
    assert house.may()
    assert house.may(ring="payments"), "whatever ring it is in"
    assert not house.may(target=house.hpcs.with_resource("key", "k2"))
    assert not house.may(target=house.hpcs)


def test_who_administers_a_resource_group_authorizes_for_it_and_for_nothing_else(house: House) -> None:
    parts = house.parts
    group = parts.perform(lambda tx: parts.groups.add(tx, parts.account_id, "team"))
    subject = [{"key": "iam_id", "operator": "stringEquals", "value": "IBMid-group"}]
    values = {"accountId": parts.account_id, "serviceName": HS_CRYPTO, "resourceGroupId": group}
    resource = [{"key": name, "operator": "stringEquals", "value": value} for name, value in values.items()]
    body = {
        "type": "access",
        "subject": {"attributes": subject},
        "resource": {"attributes": resource},
        "control": {"grant": {"roles": [{"role_id": "crn:v1:bluemix:public:iam::::role:Administrator"}]}},
    }
    parts.perform(lambda tx: parts.policies.create(tx, parts.administrator, body, "v2"))
    member = parts.user("IBMid-group")

    def make(scopes: Scopes) -> str:
        grant = scoped_authorization(parts.account_id, DBAAS_POSTGRESQL, HS_CRYPTO, scopes)
        made = parts.perform(lambda tx: parts.policies.create(tx, member, policy_body(grant), "v1"))
        return str(made.id)

    policy_id = make(Scopes(target_group=group))
    parts.perform(lambda tx: parts.policies.remove(tx, member, policy_id))
    with pytest.raises(NotAuthorized):
        make(Scopes(target_instance=house.hpcs.instance))
    with pytest.raises(NotAuthorized):
        make(Scopes())


def test_an_instance_that_does_not_exist_may_nothing(house: House) -> None:
    house.authorize()
    ghost = Crn.of_instance(DBAAS_POSTGRESQL, "us-south", house.parts.account_id, "ghost")
    assert not house.may(Caller(f"crn-{ghost}", house.parts.account_id, "", "service", ghost))


def test_resource_groups_and_key_rings_are_known_to_decisions(house: House) -> None:
    parts = house.parts
    group = parts.perform(lambda tx: parts.groups.add(tx, parts.account_id, "team"))
    mine = Crn.parse(house.make("team-hpcs", HS_CRYPTO, resource_group=group))

    def allow(tx: Transaction, iam_id: str, *extra: tuple[str, str]) -> None:
        attributes = [("accountId", parts.account_id), ("serviceName", HS_CRYPTO), *extra]
        body = {
            "type": "access",
            "subject": {"attributes": [{"key": "iam_id", "operator": "stringEquals", "value": iam_id}]},
            "resource": {
                "attributes": [{"key": name, "operator": "stringEquals", "value": value} for name, value in attributes]
            },
            "control": {"grant": {"roles": [{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Reader"}]}},
        }
        parts.policies.create(tx, parts.administrator, body, "v2")

    parts.perform(lambda tx: allow(tx, "IBMid-group", ("resourceGroupId", group)))
    parts.perform(lambda tx: allow(tx, "IBMid-ring", ("keyRing", "payments")))
    member, holder = parts.user("IBMid-group"), parts.user("IBMid-ring")
    assert house.may(member, target=mine)
    assert not house.may(member, target=house.hpcs)
    assert house.may(member, target=Crn.of_account(HS_CRYPTO, parts.account_id), group=group)
    assert house.may(holder, ring="payments")
    assert not house.may(holder, ring="other")
    assert not house.may(holder)


@pytest.mark.parametrize(
    ("role", "action", "allowed"),
    [
        ("Viewer", "resource-controller.instance.retrieve", True),
        ("Viewer", "hs-crypto.secrets.list", False),
        ("Viewer", "resource-controller.instance.create", False),
        ("Reader", "hs-crypto.secrets.unwrap", True),
        ("Reader", "resource-controller.instance.retrieve", False),
        ("Writer", "hs-crypto.secrets.create", True),
        ("Writer", "hs-crypto.secrets.delete", False),
        ("Manager", "hs-crypto.secrets.delete", True),
        ("Manager", "hs-crypto.secrets.purge", False),
        ("KMS Key Purge Role", "hs-crypto.secrets.purge", True),
        ("Editor", "resource-controller.instance.create", True),
        ("Editor", "iam.policy.delete", False),
        ("Administrator", "iam.policy.delete", True),
        ("Administrator", "hs-crypto.secrets.list", False),
    ],
)
def test_a_role_grants_its_own_actions_and_no_others(house: House, role: str, action: str, allowed: bool) -> None:
    user = house.parts.seed_user("ben@acme.example", {"role": role, "service": HS_CRYPTO, "instance": None})
    assert house.may(user, action) == allowed


def test_roles_on_one_instance_or_one_service_end_there(house: House) -> None:
    other = Crn.parse(house.make("other-hpcs", HS_CRYPTO))
    reader = {"role": "Reader", "service": HS_CRYPTO, "instance": house.hpcs.instance}
    user = house.parts.seed_user("ben@acme.example", reader)
    assert house.may(user)
    assert not house.may(user, target=other)
    everywhere = house.parts.seed_user("cleo@acme.example", {"role": "Reader"})
    assert house.may(everywhere, target=other)
    assert house.may(everywhere, "kms.secrets.list", Crn.of_instance(KMS, "", house.parts.account_id, "g"))


def test_a_user_of_another_account_may_nothing_here(house: House) -> None:
    stranger = house.parts.seed_user("eve@other.example", {"role": "Administrator"}, account="Other")
    assert stranger.account != house.parts.account_id
    assert not house.may(stranger, "resource-controller.instance.retrieve", house.hpcs)
    assert house.may(stranger, "iam.policy.create", Crn.of_account(HS_CRYPTO, stranger.account))


# Caches and time ----------------------------------------------------------------------------------------------------


def remembered(house: House) -> int:
    epoch = house.parts.decisions._epoch
    assert epoch is not None
    return len(epoch.allowed)


def test_answers_are_remembered_and_bounded(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "REMEMBERED", 3)
    for number in range(10):
        house.may(target=house.hpcs.with_resource("key", str(number)))
        assert remembered(house) <= 3
    epoch = house.parts.decisions._epoch
    house.parts.perform(lambda tx: tx.changed("key", "x"))
    assert house.parts.decisions._epoch is epoch


def test_a_reader_that_began_before_a_change_leaves_nothing_stale_behind(house: House) -> None:
    policy_id = house.authorize()
    began, go_on, seen = threading.Event(), threading.Event(), []

    def old_reader() -> None:
        with house.parts.store.read() as reader:
            reader.one(select(policy))  # its view is fixed now
            began.set()
            go_on.wait(10)
            seen.append(house.parts.decisions.allows(reader, house.agent, UNWRAP, house.key))

    thread = threading.Thread(target=old_reader)
    thread.start()
    began.wait(10)
    house.remove(policy_id)
    go_on.set()
    thread.join(10)
    assert not house.may()
    assert seen == [False]


def test_between_note_and_commit_readers_see_the_old_state_and_the_writer_the_new(house: House) -> None:
    policy_id = house.authorize()
    noted, go_on, inside = threading.Event(), threading.Event(), []

    def work(tx: Transaction) -> None:
        house.parts.policies.remove(tx, house.parts.administrator, policy_id)
        inside.append(house.parts.decisions.allows(tx, house.agent, UNWRAP, house.key))
        noted.set()
        go_on.wait(10)

    thread = threading.Thread(target=lambda: house.parts.perform(work))
    thread.start()
    noted.wait(10)
    assert house.may()
    assert house.may()
    go_on.set()
    thread.join(10)
    assert inside == [False]
    assert not house.may()


def test_an_undone_change_was_never_true_for_anybody(house: House) -> None:
    policy_id = house.authorize()
    inside = []

    def work(tx: Transaction) -> None:
        house.parts.policies.remove(tx, house.parts.administrator, policy_id)
        inside.append(house.parts.decisions.allows(tx, house.agent, UNWRAP, house.key))
        tx.undo()
        inside.append(house.parts.decisions.allows(tx, house.agent, UNWRAP, house.key))
        raise KyokError("no")

    with pytest.raises(KyokError, match="no"):
        house.parts.perform(work)
    assert inside == [False, True]
    assert house.may()
    assert house.parts.decisions._epoch is not None


def test_a_later_unit_of_the_same_batch_sees_the_change(house: House) -> None:
    policy_id = house.authorize()
    assert house.may()
    begun, gate, seen = threading.Event(), threading.Event(), []

    def hold(tx: Transaction) -> None:
        begun.set()
        gate.wait(10)

    threads = [threading.Thread(target=lambda: house.parts.perform(hold))]
    threads[0].start()
    assert begun.wait(10), "the writer has taken the first: what is queued now waits in the order in which it came"

    def queued(work: Any) -> None:
        thread = threading.Thread(target=lambda: house.parts.perform(work))
        thread.start()
        threads.append(thread)
        while house.parts.store.writer._queue.qsize() < len(threads) - 1:
            thread.join(0.001)

    queued(lambda tx: house.parts.policies.remove(tx, house.parts.administrator, policy_id))
    queued(lambda tx: seen.append(house.parts.decisions.allows(tx, house.agent, UNWRAP, house.key)))
    gate.set()
    for thread in threads:
        thread.join(10)
    assert seen == [False]


def test_a_failed_commit_leaves_the_old_answer(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    policy_id = house.authorize()
    writer: Any = house.parts.store.writer

    def fail(*arguments: Any) -> None:
        raise ValueError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(writer, "_write_owed", fail)
        with pytest.raises(ValueError, match="full"):
            house.remove(policy_id)
    assert house.may()
    house.remove(policy_id)
    assert not house.may()


def test_what_a_writer_acknowledged_every_reader_knows(house: House) -> None:
    """Readers fill the caches all the time; after each acknowledged change the answer is the new one."""
    policy_id = house.authorize()
    stop = threading.Event()
    failures: list[str] = []
    targets = [house.hpcs.with_resource("key", str(number)) for number in range(5)]
    draw = random.Random(3)

    def fill() -> None:
        while not stop.is_set():
            house.may(target=draw.choice(targets))

    threads = [threading.Thread(target=fill) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for turn in range(40):
            if turn % 2 == 0:
                house.remove(policy_id)
            else:
                house.restore(policy_id)
            failures += [f"turn {turn}" for target in targets if house.may(target=target) == (turn % 2 == 0)]
    finally:
        stop.set()
        for thread in threads:
            thread.join(10)
    assert failures == []
