"""Acceptance scenarios 9 to 11 and 18 of dbaas.md section 12: backups, restore, deletion, secure deletion."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kyok.cloud.databases import backups
from kyok.cloud.databases.driver import NodeRef
from kyok.cloud.databases.errors import BackupExpired, BackupNotFound, NotServing, TaskRunning
from kyok.cloud.databases.views.detail import detail_body
from kyok.cloud.databases.views.summaries import key_users
from kyok.cloud.store import Transaction
from kyok.domain.cluster import ClusterState
from tests.core.cloud.databases.house import ACCOUNT, ANNA, House

ALL_UP = ["connected RUNNING"] * 3


def test_backup_of_a_dead_instance_is_restored_under_another_key(house: House) -> None:
    key = house.keys.add()
    source = house.ready(key)
    house.add_rows(source, 20)
    house.back_up(source)
    house.tick()
    kept = house.backups(source)[0]
    house.add_rows(source, 30)
    house.key_changed(key, (410, "KEY_DELETED_ERR"))

    other = house.keys.add()
    target = house.restore(source, kept.id, other)
    assert house.statuses(target) == ALL_UP
    figures = house.figures(target)
    assert (figures.rows, figures.digest) == (20, kept.digest)
    task = next(task for task in house.tasks(target) if task.type.value == "restore")
    assert (task.state.value, task.document["percent"], task.document["rows"]) == ("SUCCEEDED", 100, 20)
    event = house.events("database.restore")[0]
    assert event.document["responseData"]["detail"] == "20 rows of ledger-db"
    assert house.database(target).wrapped_key != house.database(source).wrapped_key


def test_backups_go_after_seven_days_one_a_day(house: House) -> None:
    guid = house.ready()
    first = house.backups(guid)[0]
    house.later(hours=23, minutes=59)
    assert len(house.backups(guid)) == 1
    house.later(minutes=1)
    assert [backup.type.value for backup in house.backups(guid)] == ["scheduled", "initial"]
    house.later(days=5, hours=23, minutes=59)
    assert len(house.backups(guid)) == 3  # one for the days that were jumped over
    house.later(minutes=1)
    with house.store.read() as reader, pytest.raises(BackupExpired):
        backups.find_any(reader, guid, first.id)
    with house.store.read() as reader, pytest.raises(BackupNotFound):
        backups.find_any(reader, guid, "dbaas11-20000-20261399-999999F")
    assert not house.service.files.file(guid, first.id).exists()
    assert len(house.events("backup.delete")) == 1


def test_backup_after_the_last_one_expired_is_a_scheduled_one(house: House) -> None:
    key = house.keys.add()
    guid = house.ready(key)
    house.key_changed(key, (409, "KEY_ACTION_INVALID_STATE_ERR"))
    house.later(days=8)
    assert house.backups(guid) == []
    house.key_changed(key, None)
    assert [backup.type.value for backup in house.backups(guid)] == ["scheduled"]
    assert house.events("backup.create")[-1].initiator == "Daily schedule"


def test_backup_on_demand_is_a_task_and_one_at_a_time(house: House) -> None:
    key = house.keys.add()
    guid = house.ready(key)
    house.add_rows(guid, 2)
    task = house.back_up(guid)
    with pytest.raises(TaskRunning):
        house.back_up(guid)
    house.tick()
    found = house.backups(guid)[0]
    assert (found.id, found.rows, found.type.value) == (task.document["backup_id"], 2, "on_demand")
    assert house.events("backup.create")[-1].initiator == "anna@acme.example"
    house.key_changed(key, (409, "X"))
    with pytest.raises(NotServing):
        house.back_up(guid)


def test_backup_asked_for_before_the_nodes_stop_fails_with_a_reason(house: House) -> None:
    key = house.keys.add()
    guid = house.ready(key)
    house.back_up(guid)
    house.key_changed(key, (409, "X"))
    task = next(task for task in house.tasks(guid) if task.state.value == "FAILED")
    assert task.reason == "The database is not running."
    assert len(house.backups(guid)) == 1
    assert house.events("backup.create")[-1].outcome == "failure"


def test_changed_backup_file_is_not_restored(house: House) -> None:
    source = house.ready()
    house.add_rows(source, 3)
    house.back_up(source)
    house.tick()
    kept = house.backups(source)[0]
    file = house.service.files.file(source, kept.id)
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    target = house.restore(source, kept.id)
    assert house.database(target).state is ClusterState.FAILED
    assert house.database(target).reason == "The backup cannot be read."
    assert {task.state.value for task in house.tasks(target)} == {"FAILED"}


def test_delete_restore_reclaim(house: House) -> None:
    key = house.keys.add()
    guid = house.ready(key)
    rows = house.add_rows(guid, 6).figures
    house.hook("deleted", guid, "pending_reclamation")
    assert house.database(guid).state is ClusterState.DISABLED
    assert {node.state.value for node in house.nodes(guid)} == {"DISABLED"}
    assert not any(house.driver.is_open(ref) for ref in _refs(guid))
    made = len(house.keys.calls)
    house.later(days=1)
    assert len(house.keys.calls) == made

    house.hook("restored", guid, "active")
    assert house.statuses(guid) == ALL_UP
    assert house.figures(guid) == rows

    house.hook("deleted", guid, "pending_reclamation")
    assert len(house.backups(guid)) == 2  # the daily one was taken on return
    house.hook("reclaimed", guid, "removed")
    assert house.database(guid).state is ClusterState.DELETED
    assert house.backups(guid) == []
    assert house.database(guid).wrapped_key is None
    assert not (house.home.databases / guid).exists()
    assert house.keys.registered == {}
    assert [row.outcome for row in house.events("cluster.delete")] == ["pending", "pending", "success"]
    with pytest.raises(BackupNotFound):
        house.restore(guid, "dbaas11-20000-20261123-174500F")


def test_restored_instance_of_a_deleted_key_stays_stopped(house: House) -> None:
    key = house.keys.add()
    guid = house.ready(key)
    house.hook("deleted", guid, "pending_reclamation")
    house.key_changed(key, (410, "KEY_DELETED_ERR"))
    assert house.database(guid).data_lost_at is None  # nobody asked meanwhile
    house.hook("restored", guid, "active")
    assert house.statuses(guid) == ["deleted STOPPED"] * 3
    assert house.database(guid).data_lost_at is not None


def test_registration_that_may_not_be_removed_stays_and_is_told(house: House) -> None:
    key = house.keys.add()
    guid = house.ready(key)
    house.hook("deleted", guid, "pending_reclamation")
    house.keys.authorized = lambda crn: False
    house.hook("reclaimed", guid, "removed")
    assert house.keys.registered
    assert house.database(guid).document["erasure"]["registration"] == "stays: no authorization"
    assert not (house.home.databases / guid).exists()


def test_registration_with_a_key_known_to_be_gone_is_not_asked_for(house: House) -> None:
    key = house.keys.add()
    guid = house.ready(key)
    house.key_changed(key, (410, "KEY_DELETED_ERR"))
    house.hook("deleted", guid, "pending_reclamation")
    house.hook("reclaimed", guid, "removed")
    assert "DELETE registration" not in [action for action, _, _ in house.keys.calls]
    assert house.database(guid).document["erasure"]["registration"] == "went with the key"


def test_instance_deleted_while_it_is_made_is_made_after_its_return(house: House) -> None:
    key = house.keys.add()
    guid = house.order(key)
    house.hook("deleted", guid, "pending_reclamation")
    assert house.database(guid).state is ClusterState.DISABLED
    assert house.nodes(guid) == []
    house.hook("restored", guid, "provisioning")
    assert house.statuses(guid) == ALL_UP


def test_failed_instance_is_removed_at_once(house: House) -> None:
    key = house.keys.add()
    house.keys.keys.clear()
    guid = house.ready(key)
    house.hook("reclaimed", guid, "removed")
    assert house.database(guid).state is ClusterState.DELETED
    assert house.events("cluster.delete")[-1].outcome == "success"


def test_failed_instance_keeps_its_reason_over_deletion_and_return(house: House) -> None:
    key = house.keys.add()
    house.keys.keys.clear()
    guid = house.ready(key)
    reason = house.database(guid).reason
    house.hook("deleted", guid, "pending_reclamation")
    house.hook("restored", guid, "failed")
    assert (house.database(guid).state, house.database(guid).reason) == (ClusterState.FAILED, reason)


def test_backup_that_expires_before_its_restore_fails_it(house: House) -> None:
    source = house.ready()
    house.add_rows(source, 3)
    kept = house.backups(source)[0]
    guid = house.order(name="late-db")

    def plan(tx: Transaction) -> None:
        of = house.service.known(tx, ACCOUNT, source)
        house.service.plan_restore(tx, ANNA, of, backups.find(tx, source, kept.id), guid)

    house.store.writer.perform(plan)
    house.clock.advance(days=8)
    house.tick()
    assert house.database(guid).state is ClusterState.FAILED
    assert "kept for 7 days" in house.database(guid).reason


def test_backup_that_holds_other_rows_than_it_should_is_not_restored(house: House) -> None:
    source = house.ready()
    kept = house.backups(source)[0]
    guid = house.order(name="odd-db")

    def plan(tx: Transaction) -> None:
        of = house.service.known(tx, ACCOUNT, source)
        odd = replace(backups.find(tx, source, kept.id), rows=7)
        house.service.plan_restore(tx, ANNA, of, odd, guid)

    house.store.writer.perform(plan)
    house.tick()
    assert "does not hold the rows" in house.database(guid).reason


def test_users_of_a_key_are_named_with_what_they_hold(house: House) -> None:
    key, other = house.keys.add(), house.keys.add()
    first, second = house.ready(key, name="a-db"), house.ready(key, name="b-db")
    house.ready(other)
    house.add_rows(first, 4)
    with house.store.read() as reader:
        found = key_users(reader, ACCOUNT, house.kms_crn.instance, key.id, house.driver)
        facts = house.database_in(reader, second)
    assert [(one["name"], one["rows"], one["running_nodes"], one["backups"]) for one in found] == [
        ("a-db", 4, 3, 1),
        ("b-db", 0, 3, 1),
    ]
    assert _detail(house, facts.guid)["secure_deletion"]["other_users"] == ["a-db"]


def test_secure_deletion_is_incomplete_until_both_halves_are_done(house: House) -> None:
    key = house.keys.add()
    guid = house.ready(key)
    house.key_changed(key, (410, "KEY_DELETED_ERR"))

    facts = _detail(house, guid)["secure_deletion"]
    assert facts["data_key_destroyed_at"] and not facts["removed_at"]
    assert (facts["backups"], facts["key_refusal"]["http_status"]) == (1, 410)

    house.hook("deleted", guid, "pending_reclamation")
    facts = _detail(house, guid)["secure_deletion"]
    assert facts["deleted_at"] and facts["deleted_by"] == "anna@acme.example" and facts["delete_event_id"]
    house.hook("reclaimed", guid, "removed")
    facts = _detail(house, guid)["secure_deletion"]
    assert all(facts[name] for name in ("removed_at", "volumes_erased_at", "backup_key_destroyed_at"))
    assert facts["backups"] == 0


def test_chores_run_every_half_minute_and_when_the_clock_is_turned(house: House) -> None:
    house.tick()
    ran = house.chores
    house.clock.advance(seconds=29)
    house.tick()
    assert house.chores == ran
    house.later(seconds=0)
    assert house.chores == ran + 1
    house.clock.advance(seconds=30)
    house.tick()
    assert house.chores == ran + 2


def test_nothing_readable_is_in_any_file_of_the_home(house: House, tmp_path: Path) -> None:
    key = house.keys.add()
    guid = house.ready(key)
    house.add_rows(guid, 50)
    house.back_up(guid)
    house.tick()
    _, newest = house.service.rows(house.database(guid), 1)
    needle = newest[0].reference.encode()
    assert newest[0].reference.startswith("RF-")
    assert house.holds(needle) == []
    house.key_changed(key, (409, "X"))
    assert house.holds(needle) == []
    house.key_changed(key, None)
    again = house.killed()
    assert again.holds(needle) == []
    again.tick()
    assert again.service.rows(again.database(guid), 1)[1][0].reference.encode() == needle
    assert again.holds(needle) == []
    again.close()


def _refs(guid: str) -> list[NodeRef]:
    return [NodeRef(guid, number) for number in (1, 2, 3)]


def _detail(house: House, guid: str) -> dict[str, Any]:
    with house.store.read() as reader:
        return detail_body(reader, house.database_in(reader, guid), house.driver, house.hsm)
