"""The same rules with the real key service, IAM and resource controller behind the dispatcher."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kyok.domain.services import KMS
from tests.core.cloud.databases.walk import Walk

ALL_UP = ["connected RUNNING"] * 3


@pytest.fixture
def walk(tmp_path: Path) -> Iterator[Walk]:
    made = Walk(tmp_path / "home", os.urandom(32))
    yield made
    made.cloud.close()


def test_the_walk(walk: Walk) -> None:
    kms = walk.hsm()
    key = walk.root_key(kms)
    policy = walk.authorize(kms)
    guid = walk.database(kms, key)

    assert walk.statuses(guid) == ALL_UP
    assert walk.state(guid)["state"] == "active"
    assert "password" not in json.dumps(walk.state(guid)).lower()
    assert len(walk.events(kms, "wrap")) == 1
    unwraps = walk.events(kms, "unwrap")
    assert len(unwraps) == 3 and all(event["initiator"]["id"].startswith("crn-crn:v1:") for event in unwraps)
    detail = walk.detail(guid)
    assert detail.root_key is not None and detail.root_key.name == "ledger-root"
    assert detail.authorization is not None and detail.authorization.policy_id == policy
    assert detail.hsm is not None and (detail.hsm.name, detail.hsm.units, detail.hsm.initialised) == (
        "acme-hpcs",
        2,
        True,
    )
    assert detail.data_key.wrapped_version == 1
    assert detail.secure_deletion.registrations == 1
    rows = walk.add_rows(guid, 100)

    walk.key(kms, key, "disable")
    assert walk.statuses(guid) == ["disabled STOPPED"] * 3
    assert "was disabled" in walk.sentence(guid)
    walk.later(31)
    walk.key(kms, key, "enable")
    assert walk.statuses(guid) == ALL_UP
    assert walk.detail(guid).data.digest == rows["digest"]

    walk.call("DELETE", f"/v1/policies/{policy}")
    walk.tick()
    assert walk.statuses(guid) == ["not-authorized STOPPED"] * 3
    assert "authorization was removed" in walk.sentence(guid)
    lost = walk.detail(guid).authorization
    assert lost is not None and not lost.in_force and lost.event_id and lost.removed_at
    walk.authorize(kms)
    walk.tick()
    assert walk.statuses(guid) == ALL_UP
    labels = [marker.label for marker in (walk.detail(guid).strip or _never()).markers]
    assert labels == ["disabled", "enabled", "authorization removed", "authorization restored"]

    walk.key(kms, key, "rotate")
    detail = walk.detail(guid)
    assert walk.statuses(guid) == ALL_UP
    assert detail.data_key.wrapped_version == 2 and detail.root_key is not None and detail.root_key.version == 2
    assert detail.nodes[0].last_event is not None and detail.nodes[0].last_event.label == "key rotated to version 2"


def test_every_node_that_lost_its_authorization_names_the_event_of_its_refusal(walk: Walk) -> None:
    kms = walk.hsm()
    key, policy = walk.root_key(kms), walk.authorize(kms)
    guid = walk.database(kms, key)
    seen = set[str]()
    for _ in range(2):
        walk.call("DELETE", f"/v1/policies/{policy}")
        walk.tick()
        for node in walk.detail(guid).nodes:
            assert node.reason is not None and node.reason.event_id
            event = walk.get(f"/emulator/v1/activity/{node.reason.event_id}")
            assert (event["reason"]["reasonCode"], event["outcome"]) == (401, "failure")
            assert event["initiator"]["host"]["agent"].endswith(node.name)
            seen.add(event["id"])
        policy = walk.authorize(kms)
        walk.tick()
    assert len(seen) == 6


def test_deletion_of_the_key_and_restore_under_another(walk: Walk) -> None:
    kms = walk.hsm()
    key, other = walk.root_key(kms), walk.root_key(kms, "second-root")
    walk.authorize(kms)
    guid = walk.database(kms, key)
    walk.add_rows(guid, 10)
    walk.call("POST", f"/emulator/v1/databases/{guid}/backups", {})
    walk.tick()
    backup = walk.get(f"/emulator/v1/databases/{guid}/backups")["backups"][0]
    walk.delete_key(kms, key)
    assert walk.statuses(guid) == ["deleted STOPPED"] * 3
    facts = walk.detail(guid).secure_deletion
    assert facts.key_deleted_at and facts.key_delete_forced and facts.key_refusal is not None
    assert facts.key_refusal.http_status == 410 and facts.data_key_destroyed_at
    assert "was deleted" in walk.sentence(guid)

    wanted = {"backup_id": backup["id"], "name": "restored-db", "kms_instance": kms["crn"], "kms_key": other}
    made = walk.call("POST", f"/emulator/v1/databases/{guid}/restore", wanted)
    walk.tick()
    restored = walk.detail(made["guid"])
    assert walk.statuses(made["guid"]) == ALL_UP
    assert (restored.data.rows, restored.data.digest) == (10, backup["digest"])
    assert restored.restored_from is not None and restored.restored_from.name == "ledger-db"

    walk.later(31)
    walk.call("POST", f"/api/v2/keys/{key}/restore", bluemix_instance=kms["guid"])
    walk.tick()
    assert walk.statuses(guid) == ["deleted STOPPED"] * 3


def test_secure_deletion_with_both_halves(walk: Walk) -> None:
    kms = walk.hsm()
    key = walk.root_key(kms)
    walk.authorize(kms)
    guid = walk.database(kms, key)
    walk.add_rows(guid, 5)
    walk.call("DELETE", f"/v2/resource_instances/{guid}")
    walk.tick()
    assert walk.state(guid)["state"] == "pending_reclamation"
    detail = walk.detail(guid)
    assert detail.reclamation_id and detail.secure_deletion.reclamation_state == "SCHEDULED"
    assert walk.detail(guid).deletion().complete is False
    walk.later(8 * 86400)
    assert walk.state(guid)["state"] == "removed"
    detail = walk.detail(guid)
    assert detail.secure_deletion.removed_at and detail.secure_deletion.volumes_erased_at
    assert detail.secure_deletion.registrations == 0
    assert detail.deletion().sentence.startswith("Incomplete: the instance is gone")
    walk.delete_key(kms, key)
    assert walk.detail(guid).deletion().complete
    walk.later(5 * 3600)
    walk.may_purge()
    walk.purge(kms, key)
    walk.later(30)
    facts = walk.detail(guid).secure_deletion
    assert facts.key_purged_at and facts.key_shredded_at
    assert walk.detail(guid).root_key is not None
    assert [line.done for line in walk.detail(guid).deletion().lines] == [True, True, True]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("no authorization", "no authorization lets"),
        ("no such key", "there is no key"),
        ("standard key", "standard key"),
        ("not initialised", "crypto units"),
        ("no such instance", "no authorization lets"),
    ],
)
def test_creation_that_fails_names_the_cause(walk: Walk, wrong: str, words: str) -> None:
    kms = walk.hsm()
    key = "11111111-2222-3333-4444-555555555555" if wrong == "no such key" else walk.root_key(kms)
    if wrong == "not initialised":
        walk.cloud.hsm.zeroize(kms["guid"])
    if wrong == "standard key":
        kind = "application/vnd.ibm.kms.key+json"
        entry = {"type": kind, "name": "standard", "extractable": True}
        body = {"metadata": {"collectionType": kind, "collectionTotal": 1}, "resources": [entry]}
        key = walk.call("POST", "/api/v2/keys", body, bluemix_instance=kms["guid"])["resources"][0]["id"]
    if wrong != "no authorization":
        walk.authorize(kms)
    crn = kms["crn"]
    if wrong == "no such instance":
        walk.authorize({"guid": "99999999-2222-3333-4444-555555555555"})
        crn = crn.replace(kms["guid"], "99999999-2222-3333-4444-555555555555")
    guid = walk.database({"crn": crn}, key)
    found = walk.state(guid)
    assert found["state"] == "failed"
    assert found["last_operation"]["state"] == "failed"
    assert words in found["last_operation"]["description"]
    assert walk.detail(guid).failure == found["last_operation"]["description"]
    assert walk.detail(guid).nodes == ()


def test_key_protect_and_default_key_survive_a_purge_in_the_shared_hsm(walk: Walk) -> None:
    kms = walk.create(KMS, "acme-kp")
    key, doomed = walk.root_key(kms), walk.root_key(kms, "doomed")
    walk.authorize(kms, KMS)
    first, second = walk.database(kms, key), walk.database(None, None, "plain-db")
    rows = [walk.add_rows(guid, 4)["digest"] for guid in (first, second)]
    walk.delete_key(kms, doomed)
    walk.later(5 * 3600)
    walk.may_purge()
    walk.purge(kms, doomed)
    again = walk.again()
    again.tick()
    assert again.statuses(first) == ALL_UP
    assert again.statuses(second) == ["default-key RUNNING"] * 3
    assert [again.detail(guid).data.digest for guid in (first, second)] == rows
    again.cloud.close()


def test_reset_forgets_the_nodes(walk: Walk) -> None:
    guid = walk.database(None, None)
    walk.call("POST", "/emulator/v1/reset", {})
    walk.tick()
    assert not (walk.root / "databases" / guid).exists()
    assert walk.get("/emulator/v1/databases?all=true")["databases"] == []


def _never() -> Any:
    raise AssertionError("there is no strip")
