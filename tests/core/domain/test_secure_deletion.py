from dataclasses import replace
from datetime import datetime

from kyok.domain.secure_deletion import DeletionFacts, checklist
from kyok.domain.steps import StepState
from tests.core.domain.facts import NOW, at

KEY_GONE = {
    "key_deleted_at": at(10, 2, day=20),
    "key_deleted_by": "ben@acme.example",
    "key_delete_event_id": "e1",
    "key_delete_forced": True,
    "key_refusal_status": 410,
    "key_refusal_at": at(17, 40),
    "key_restorable_until": datetime.fromisoformat("2026-12-20T18:02:00+00:00"),
    "key_purge_from": at(14, 2, day=20),
}
INSTANCE_DELETED = {
    "deleted_at": at(16, 20),
    "deleted_by": "ben@acme.example",
    "delete_event_id": "e2",
    "reclamation_state": "SCHEDULED",
    "reclaim_at": at(15, 45, day=30),
    "backups": 4,
    "first_backup_at": at(2, 0, day=17),
    "last_backup_at": at(2, 0, day=20),
}
INSTANCE_GONE = {
    **INSTANCE_DELETED,
    "reclamation_state": None,
    "removed_at": at(17, 0),
    "volumes_erased_at": at(17, 0),
    "data_key_destroyed_at": at(17, 0),
    "backup_key_destroyed_at": at(17, 0),
    "backups": 0,
}


def facts(**more: object) -> DeletionFacts:
    return replace(DeletionFacts("vault-db", "vault-root"), **more)  # type: ignore[arg-type]


def test_mock_up_18() -> None:
    shown = checklist(facts(**INSTANCE_DELETED, **KEY_GONE), NOW)
    assert not shown.complete
    instance, key = shown.halves
    assert (instance.done, key.done) == (False, True)
    assert [step.state for step in instance.steps] == [
        StepState.DONE,
        StepState.CURRENT,
        StepState.TODO,
        StepState.TODO,
    ]
    assert instance.steps[0].detail == "Done 23 Nov 2026 16:20 UTC by ben@acme.example"
    assert (instance.steps[1].detail, instance.steps[1].evidence) == (
        "Restorable for 6 days 22 hours",
        "Reclamation SCHEDULED",
    )
    assert (instance.steps[2].detail, instance.steps[2].evidence) == ("After reclamation", "No evidence yet")
    assert instance.steps[3].detail == "4 backups (17 Nov to 20 Nov), go with the instance"
    assert [step.detail for step in key.steps] == [
        "No other instance has its data key under it",
        "Done 20 Nov 2026 10:02 UTC by ben@acme.example",
        "Unwrap answers 410, key is destroyed",
        "Restorable for 27 more days, purged by itself after 90",
    ]
    assert [step.evidence for step in key.steps] == [
        "0 registrations",
        "Event secrets.delete, forced",
        "Read back 17:40 today",
        "Purging is allowed since 20 Nov 14:02",
    ]


def test_the_headline_says_which_half_is_missing() -> None:
    only_key = checklist(facts(**KEY_GONE, backups=4), NOW)
    assert only_key.sentence == "Incomplete: the root key is destroyed, the instance still exists"
    assert only_key.detail == (
        "The volumes are unreadable without the key, but 4 backups still hold a copy under a service key "
        "until the instance is gone."
    )
    assert "1 backup still holds" in checklist(facts(**KEY_GONE, backups=1), NOW).detail
    assert checklist(facts(**KEY_GONE), NOW).detail == "The volumes are unreadable without the key."
    pending = checklist(facts(**INSTANCE_DELETED, **KEY_GONE), NOW)
    assert pending.sentence == "Incomplete: the root key is destroyed, the instance can still be restored"
    only_instance = checklist(facts(**INSTANCE_GONE), NOW)
    assert only_instance.sentence == "Incomplete: the instance is gone, the root key still exists"
    nothing = checklist(facts(), NOW)
    assert nothing.sentence == "Incomplete: the instance still exists, and so does the root key"
    begun = checklist(facts(**INSTANCE_DELETED), NOW)
    assert begun.sentence == "Incomplete: the instance can still be restored, the root key still exists"
    for shown in (only_key, pending, only_instance, nothing, begun):
        assert not shown.complete


def test_both_halves_make_it_complete() -> None:
    shown = checklist(facts(**INSTANCE_GONE, **KEY_GONE), NOW)
    assert shown.complete
    assert shown.sentence == "Securely deleted"
    assert "nothing is left that it could open" in shown.detail
    assert [line.done for line in shown.lines] == [True, True, False]
    assert all(step.state is StepState.DONE for step in shown.halves[0].steps)


def test_a_shredded_key() -> None:
    more = {**KEY_GONE, "key_purged_at": at(15, 0), "key_shredded_at": at(15, 0)}
    shown = checklist(facts(**INSTANCE_GONE, **more), NOW)
    assert shown.detail == "Instance, data key, backups and root key are gone."
    assert all(line.done for line in shown.lines)
    assert shown.halves[1].steps[3].evidence == "Key not found, storage key changed"
    assert shown.halves[1].steps[2].detail == "Unwrap answers 410, key is purged"
    waiting = checklist(facts(**INSTANCE_GONE, **{**more, "key_shredded_at": None}), NOW)
    assert waiting.halves[1].steps[3].evidence == "Key not found, old storage key or a snapshot still there"
    exported = checklist(facts(**INSTANCE_GONE, **more, key_exports=(at(9, 0), at(10, 0))), NOW)
    assert exported.lines[2].evidence.endswith("; 2 exports of 23 Nov 2026 or before still hold it")
    assert "still hold it" in exported.halves[1].steps[3].evidence


def test_the_default_key_has_one_half() -> None:
    alone = replace(facts(**INSTANCE_GONE), key_name="")
    shown = checklist(alone, NOW)
    assert shown.complete
    assert len(shown.halves) == 1
    assert len(shown.lines) == 2
    assert "no root key of yours" in shown.detail
    waiting = checklist(replace(facts(), key_name=""), NOW)
    assert waiting.sentence == "Incomplete: the instance still exists"


def test_evidence_of_an_unreadable_instance() -> None:
    shown = checklist(facts(**KEY_GONE), NOW)
    assert shown.lines[0].evidence == "Unwrap answered 410 23 Nov 2026 17:40 UTC"
    assert not checklist(facts(), NOW).lines[0].done


def test_a_key_that_others_use_is_named() -> None:
    step = checklist(facts(other_users=("payments-db", "hr-db")), NOW).halves[1].steps[0]
    assert (step.state, step.detail) == (StepState.TODO, "Also used by payments-db and hr-db")


def test_steps_that_have_not_come() -> None:
    instance, key = checklist(facts(backups=1, first_backup_at=at(2, 0), last_backup_at=at(2, 0)), NOW).halves
    assert instance.steps[0].detail == "The instance exists"
    assert instance.steps[1].detail == "After deleting it"
    assert instance.steps[3].detail == "1 backup (23 Nov), goes with the instance"
    assert key.steps[1].detail == "The key exists"
    assert key.steps[3].detail == "4 hours after deleting it, by itself after 90 days"
    early = {**KEY_GONE, "key_purge_from": at(20, 0), "key_restorable_until": at(18, 0)}
    last = checklist(facts(**early), NOW).halves[1].steps[3]
    assert (last.detail, last.evidence) == ("Purged by itself after 90 days", "Purging is allowed from 20:00")
