"""Acceptance scenarios 1, 2 and 4 to 8 of dbaas.md section 12, and the rules of the key (DESIGN.md section 2)."""

import pytest

from kyok.cloud.databases.driver import NodeRef
from kyok.cloud.databases.errors import NotServing
from kyok.domain.cluster import ClusterState
from tests.core.cloud.databases.house import House

ALL_UP = ["connected RUNNING"] * 3


def test_creation_wraps_once_and_unwraps_on_every_node(house: House) -> None:
    key = house.keys.add()
    guid = house.ready(key)
    crn = str(house.database(guid).crn)

    assert house.statuses(guid) == ALL_UP
    assert [node.role.value for node in house.nodes(guid)] == ["PRIMARY", "SECONDARY", "SECONDARY"]
    assert len({node.zone for node in house.nodes(guid)}) == 3
    assert house.database(guid).state is ClusterState.PROVISIONED
    assert house.instance(guid).state == "active"
    assert house.instance(guid).last_operation["state"] == "succeeded"
    calls = [(action, caller) for action, caller, _ in house.keys.calls]
    assert calls == [("wrap", crn), ("POST registration", crn), *[("unwrap", crn)] * 3]
    assert len({agent for action, _, agent in house.keys.calls if action == "unwrap"}) == 3
    assert (key.id, crn) in house.keys.registered
    assert {task.type.value for task in house.tasks(guid)} == {"backup", "provision"}
    assert {task.state.value for task in house.tasks(guid)} == {"SUCCEEDED"}
    assert [backup.type.value for backup in house.backups(guid)] == ["initial"]
    assert [row.outcome for row in house.events("cluster.create")] == ["success"]
    assert "passWORD4User19" not in repr([house.instance(guid), house.database(guid)])


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        ("wrong key", "there is no key"),
        ("standard key", "standard key"),
        ("no authorization", "no authorization lets"),
        ("uninitialised", "crypto units"),
        ("not a crn", "not named by its CRN"),
    ],
)
def test_creation_that_cannot_use_the_key_fails_and_leaves_nothing(house: House, cause: str, words: str) -> None:
    key = house.keys.add()
    if cause == "wrong key":
        house.keys.keys.clear()
    elif cause == "standard key":
        key.root = False
    elif cause == "no authorization":
        house.keys.authorized = lambda crn: False
    elif cause == "uninitialised":
        house.keys.refusal = (400, "BAD", "rpc error: CKR_IBM_WK_NOT_INITIALIZED")
    guid = house.order(key) if cause != "not a crn" else house.order(kms_instance="nonsense", kms_key=key.id)
    house.tick()

    assert house.database(guid).state is ClusterState.FAILED
    assert words in house.database(guid).reason
    row = house.instance(guid)
    assert (row.state, row.last_operation["state"]) == ("failed", "failed")
    assert words in row.last_operation["description"]
    assert house.nodes(guid) == []
    assert not list(house.home.databases.iterdir())
    assert house.keys.registered == {}
    assert [action for action, _, _ in house.keys.calls if action != "wrap"] == []
    assert [task.state.value for task in house.tasks(guid)] == ["FAILED"]
    assert [row.outcome for row in house.events("cluster.create")] == ["failure"]


def test_default_key_is_never_checked_and_has_no_external_key(house: House) -> None:
    guid = house.ready()
    assert house.statuses(guid) == ["default-key RUNNING"] * 3
    house.later(days=1)
    assert house.keys.calls == []
    assert not house.database(guid).uses_kms
    house.add_rows(guid, 5)
    again = house.killed()
    again.tick()
    assert again.statuses(guid) == ["default-key RUNNING"] * 3
    assert again.figures(guid).rows == 5
    again.close()


def test_disabled_key_stops_all_nodes_and_enabling_brings_the_same_rows_back(house: House) -> None:
    key = house.keys.add()
    guid = house.ready(key)
    before = house.add_rows(guid, 10).figures
    house.key_changed(key, (409, "KEY_ACTION_INVALID_STATE_ERR"))

    assert house.statuses(guid) == ["disabled STOPPED"] * 3
    assert house.database(guid).state is ClusterState.STOPPED
    with pytest.raises(NotServing):
        house.figures(guid)
    stops = house.events("node.stop")
    assert [row.document["responseData"]["detail"] for row in stops] == ["disabled"]
    assert stops[0].initiator == "3 nodes"

    house.clock.advance(seconds=30)
    house.key_changed(key, None)
    assert house.statuses(guid) == ALL_UP
    assert house.figures(guid) == before
    assert len(house.events("node.start")) == 1


def test_removed_authorization_stops_only_the_instances_that_used_it(house: House) -> None:
    key = house.keys.add()
    first, second = house.ready(key, name="a-db"), house.ready(key, name="b-db")
    crn = str(house.database(first).crn)
    house.keys.authorized = lambda caller: caller != crn
    house.note("policy", "p1")
    house.tick()
    assert house.statuses(first) == ["not-authorized STOPPED"] * 3
    assert house.statuses(second) == ALL_UP
    house.keys.authorized = lambda caller: True
    house.note("policy", "p2")
    house.tick()
    assert house.statuses(first) == ALL_UP


def test_deleted_key_under_discard_is_final_and_backups_stay(house: House) -> None:
    key = house.keys.add()
    guid = house.ready(key)
    house.key_changed(key, (410, "KEY_DELETED_ERR"))

    found = house.database(guid)
    assert house.statuses(guid) == ["deleted STOPPED"] * 3
    assert found.wrapped_key is None and found.data_lost_at == house.clock.now()
    assert all(node.standing.final and node.next_check_at is None for node in house.nodes(guid))
    assert len(house.backups(guid)) == 1
    assert len(house.events("data-key.destroy")) == 1

    calls = len(house.keys.calls)
    house.key_changed(key, None)
    house.later(hours=1)
    assert house.statuses(guid) == ["deleted STOPPED"] * 3
    assert len(house.keys.calls) == calls


def test_deleted_key_under_keep_comes_back_with_the_key(house: House) -> None:
    house.set("deletion_rule", "keep")
    key = house.keys.add()
    guid = house.ready(key)
    rows = house.add_rows(guid, 3).figures
    house.key_changed(key, (410, "KEY_DELETED_ERR"))
    assert house.statuses(guid) == ["deleted STOPPED"] * 3
    assert house.database(guid).data_lost_at is None
    house.key_changed(key, None)
    assert house.statuses(guid) == ALL_UP
    assert house.figures(guid) == rows


def test_one_cut_zone_that_learns_of_the_deletion_late_is_sealed_with_the_others(house: House) -> None:
    key = house.keys.add()
    guid = house.ready(key)
    house.break_("zone-cut", zone="us-south-3")
    assert house.statuses(guid)[2] == "not-connected RUNNING"
    house.key_changed(key, (410, "KEY_DELETED_ERR"))
    assert house.statuses(guid) == ["deleted STOPPED"] * 3
    assert not house.driver.is_open(NodeRef(guid, 3))


def test_rotation_rewraps_without_downtime(house: House) -> None:
    key = house.keys.add()
    guid = house.ready(key)
    rows = house.add_rows(guid, 4).figures
    first = house.database(guid).wrapped_key
    newest = key.rotate()
    house.key_changed(key, None)

    found = house.database(guid)
    assert house.statuses(guid) == ALL_UP
    assert found.wrapped_version == newest and found.wrapped_key != first
    assert house.keys.registered[(key.id, str(found.crn))] == newest
    assert house.events("node.stop") == []
    for version in list(key.versions)[:-1]:
        del key.versions[version]
    house.later(seconds=30)
    assert house.statuses(guid) == ALL_UP
    assert house.figures(guid) == rows


def test_cut_zone_counts_down_then_seals_and_returns(house: House) -> None:
    key = house.keys.add()
    guid = house.ready(key)
    fault = house.break_("zone-cut", zone="us-south-1", instance=house.kms_crn.instance)
    first = house.nodes(guid)[0]
    assert house.statuses(guid) == ["not-connected RUNNING", "connected RUNNING", "connected RUNNING"]
    assert first.standing.grace_until is not None
    assert (first.standing.grace_until - house.clock.now()).total_seconds() == 60
    assert first.standing.answer is not None and first.standing.answer.code == "CONNECTION_TIMED_OUT"

    house.later(seconds=59)
    assert house.nodes(guid)[0].running
    house.later(seconds=1)
    assert house.statuses(guid)[0] == "not-connected STOPPED"
    assert [node.role.value for node in house.nodes(guid)] == ["SECONDARY", "PRIMARY", "SECONDARY"]
    added = house.add_rows(guid, 2)
    assert added.nodes == (2, 3)

    house.mend(fault)
    assert house.statuses(guid) == ALL_UP
    assert [node.role.value for node in house.nodes(guid)] == ["SECONDARY", "PRIMARY", "SECONDARY"]
    for number in (2, 3):
        house.break_("node-stop", database=guid, node=number)
    assert house.figures(guid) == added.figures


def test_cut_hsm_and_uninitialised_hsm_are_unreachable_not_denied(house: House) -> None:
    key = house.keys.add()
    guid = house.ready(key)
    fault = house.break_("hsm-cut", instance=house.kms_crn.instance)
    assert house.statuses(guid) == ["not-connected RUNNING"] * 3
    house.later(seconds=60)
    assert house.statuses(guid) == ["not-connected STOPPED"] * 3
    house.mend(fault)
    assert house.statuses(guid) == ALL_UP

    house.keys.refusal = (400, "BAD", "CKR_IBM_WK_NOT_INITIALIZED")
    house.note("crypto-units", house.kms_crn.instance)
    house.tick()
    node = house.nodes(guid)[0]
    assert node.running and node.standing.answer is not None
    assert node.standing.answer.message == "the crypto units are not initialized"


def test_grace_survives_a_check_and_ends_on_a_passed_one(house: House) -> None:
    key = house.keys.add()
    guid = house.ready(key)
    house.keys.refusal = (503, "UNAVAILABLE", "")
    house.later(seconds=30)
    until = house.nodes(guid)[0].standing.grace_until
    house.later(seconds=30)
    assert house.nodes(guid)[0].standing.grace_until == until
    house.keys.refusal = None
    house.later(seconds=20)
    assert house.nodes(guid)[0].running  # not asked again yet
    house.later(seconds=10)
    assert house.statuses(guid) == ALL_UP
    assert house.nodes(guid)[0].standing.grace_until is None


def test_checks_are_made_every_interval_and_at_once_when_asked(house: House) -> None:
    key = house.keys.add()
    guid = house.ready(key)
    made = len(house.keys.calls)
    house.later(seconds=29)
    assert len(house.keys.calls) == made
    house.later(seconds=1)
    assert len(house.keys.calls) == made + 3
    house.store.writer.perform(lambda tx: house.service.check_now(tx, guid))
    house.tick()
    assert len(house.keys.calls) == made + 6
    node = house.nodes(guid)[0]
    assert node.checked_at == node.passed_at == house.clock.now()
    assert node.next_check_at is not None and node.latency_ms is not None


def test_a_change_of_another_key_checks_nobody(house: House) -> None:
    key, other = house.keys.add(), house.keys.add()
    house.ready(key)
    made = len(house.keys.calls)
    house.note("key", f"{house.kms_crn.instance}/{other.id}")
    house.tick()
    assert len(house.keys.calls) == made


def test_aged_token_is_renewed_once(house: House) -> None:
    key = house.keys.add()
    guid = house.ready(key)
    tokens = house.keys.tokens
    house.keys.authorized = lambda crn: False
    house.note("policy", "")
    house.tick()
    assert house.statuses(guid) == ["not-authorized STOPPED"] * 3
    assert house.keys.tokens > tokens


def test_stopped_machine_elects_another_primary_and_returns_as_secondary(house: House) -> None:
    key = house.keys.add()
    guid = house.ready(key)
    fault = house.break_("node-stop", database=guid, node=1)
    assert house.statuses(guid)[0] == "connected STOPPED"
    assert house.nodes(guid)[0].reason == "the machine is stopped"
    assert house.nodes(guid)[1].role.value == "PRIMARY"
    rows = house.add_rows(guid, 7).figures
    house.mend(fault)
    assert house.statuses(guid) == ALL_UP
    assert house.nodes(guid)[0].role.value == "SECONDARY"
    assert house.figures(guid) == rows
    assert [row.initiator for row in house.events("node.stop", "node.start")] == ["Node 1", "Node 1"]
    (promoted,) = house.events("node.promote")
    assert (promoted.initiator, promoted.document["responseData"]["former"]) == ("Node 2", 1)


def test_two_of_three_nodes_are_enough_and_the_third_follows(house: House) -> None:
    key = house.keys.add()
    fault = house.break_("zone-cut", zone="us-south-2")
    guid = house.ready(key)
    assert house.instance(guid).state == "active"
    assert house.statuses(guid) == ["connected RUNNING", "not-connected CREATING", "connected RUNNING"]
    rows = house.add_rows(guid, 9).figures
    house.mend(fault)
    assert house.statuses(guid) == ALL_UP
    for number in (1, 3):
        house.break_("node-stop", database=guid, node=number)
    assert house.figures(guid) == rows


def test_one_of_three_nodes_is_too_few(house: House) -> None:
    key = house.keys.add()
    house.break_("zone-cut", zone="us-south-2")
    house.break_("zone-cut", zone="us-south-3")
    guid = house.ready(key)
    assert house.database(guid).reason == "Only 1 of 3 nodes could be created: connection timed out."


def test_history_counts_checks_by_quarter_hour(house: House) -> None:
    from kyok.cloud.databases.key_history import strip

    key = house.keys.add()
    guid = house.ready(key)
    house.later(minutes=15)
    house.key_changed(key, (409, "X"))
    house.later(minutes=30)
    house.key_changed(key, None)
    node = house.nodes(guid)[0]
    with house.store.read() as reader:
        line = strip(reader, [node.id], reader.now)[node.id]
    assert len(line) == 96
    assert line.endswith("pd-d")
