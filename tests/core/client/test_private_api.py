"""The private API of the emulated cloud, in the shapes that were agreed with it."""

from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kyok.client import CloudApi
from kyok.client.activity import EventFilter
from kyok.client.records.access import Identities
from kyok.client.records.emulator import ScenarioLoading
from kyok.domain.chain import chain
from kyok.domain.cures import CureKind
from kyok.domain.events import Outcome, Severity
from kyok.domain.key_rules import DeletionRule, NodeKeyStatus
from kyok.domain.key_states import KeyState
from kyok.domain.scenario_steps import ScenarioStep
from kyok.domain.verdict import headline, verdict
from kyok.secrets import Secret
from tests.core.client.fake_cloud import FakeCloud
from tests.core.client.samples import (
    DATABASE,
    DATABASE_CRN,
    DENIED,
    DETAIL,
    EVENT,
    HPCS,
    HPCS_CRN,
    KEY,
    NOW,
    UNITS,
    node,
)

BASE = "/emulator/v1"


def test_crypto_units(cloud: FakeCloud, api: CloudApi) -> None:
    cloud.answers[f"GET /tke/v1/instances/{HPCS}/crypto_units"] = 200, UNITS
    ready = deepcopy(UNITS)
    ready.update(initialised=True, usable=True, verification_pattern="ab")
    ready["units"][0].update(
        state="secured",
        administrators=[{"name": "anna", "ski": "00"}, {"name": "ben", "ski": "01"}],
        signature_threshold=2,
        revocation_threshold=1,
        current_register={"state": "Valid", "verification_pattern": "ab"},
    )
    cloud.answers[f"POST /tke/v1/instances/{HPCS}/auto-init"] = 200, ready
    before = api.crypto_units.status(HPCS).units[0]
    assert (before.state.word, before.administrator_names, before.thresholds) == ("Imprint mode", "None", "0 / 0")
    after = api.crypto_units.initialise(
        HPCS, administrators=["anna", "ben"], signature_threshold=2, revocation_threshold=1
    )
    assert cloud.last().json == {
        "signature_threshold": 2,
        "revocation_threshold": 1,
        "administrators": ["anna", "ben"],
    }
    assert after.usable
    unit = after.units[0]
    assert (unit.administrator_names, unit.thresholds) == ("anna, ben", "2 / 1")
    assert unit.current_register.state == "Valid"


def test_a_detail_speaks_the_words_of_mock_up_01(cloud: FakeCloud, api: CloudApi) -> None:
    cloud.answers[f"GET {BASE}/databases/{DATABASE}"] = 200, DETAIL
    detail = api.databases.detail(DATABASE)
    standing = detail.standing()
    assert verdict(standing).sentence == "All three nodes connected: the last key checks passed at 17:44 UTC."
    assert headline(standing) == "Running, key connected"
    assert [link.word for link in chain(standing)] == [
        "Active",
        "Active",
        "In force",
        "Unwrapped by 3 nodes",
        "3 of 3 connected",
    ]
    assert not detail.default_key
    assert str(detail.crn) == DATABASE_CRN
    assert detail.strip is not None
    assert (detail.strip.begin, detail.strip.nodes[0].buckets) == (
        datetime(2026, 11, 22, 17, 45, tzinfo=UTC),
        "p" * 96,
    )
    assert detail.nodes[0].volume.size_bytes == 20480
    assert detail.nodes[0].last_event is not None
    assert detail.storage_protection.guarantees[0].situation == "Key disabled"
    assert "port=29494" in detail.connection.psql
    assert detail.standing(detail.now + timedelta(minutes=5)).now == datetime(2026, 11, 23, 17, 50, tzinfo=UTC)


def test_a_detail_speaks_the_words_of_mock_up_02(cloud: FakeCloud, api: CloudApi) -> None:
    body = deepcopy(DETAIL)
    body["nodes"] = [node(number, **DENIED) for number in (1, 2, 3)]
    body["authorization"].update(in_force=False, removed_by="anna@acme.example", removed_at="2026-11-23T17:41:50.000Z")
    cloud.answers[f"GET {BASE}/databases/{DATABASE}"] = 200, body
    found = verdict(api.databases.detail(DATABASE).standing())
    assert found.sentence == "All three nodes stopped at 17:42: the authorization was removed by anna@acme.example."
    assert found.cure is not None
    assert found.cure.kind is CureKind.RESTORE_AUTHORIZATION
    assert found.status is NodeKeyStatus.NOT_AUTHORIZED


def test_a_detail_with_the_default_key(cloud: FakeCloud, api: CloudApi) -> None:
    body = deepcopy(DETAIL)
    body.update(hsm=None, root_key=None, authorization=None)
    body["nodes"] = [node(number, key_status="default-key") for number in (1, 2, 3)]
    cloud.answers[f"GET {BASE}/databases/{DATABASE}"] = 200, body
    detail = api.databases.detail(DATABASE)
    assert detail.default_key
    assert len(chain(detail.standing())) == 2
    assert len(detail.deletion().halves) == 1


def test_secure_deletion_of_a_removed_instance(cloud: FakeCloud, api: CloudApi) -> None:
    body = deepcopy(DETAIL)
    body.update(instance_state="removed", nodes=[], strip=None)
    body["root_key"].update(state=5)
    gone = "2026-11-23T17:00:00.000Z"
    body["secure_deletion"] = {
        "deleted_at": gone,
        "removed_at": gone,
        "volumes_erased_at": gone,
        "data_key_destroyed_at": gone,
        "backup_key_destroyed_at": gone,
        "key_deleted_at": gone,
        "key_refusal": {"http_status": 410, "at": gone},
        "key_restorable_until": "2026-12-23T17:00:00.000Z",
    }
    cloud.answers[f"GET {BASE}/databases/{DATABASE}"] = 200, body
    shown = api.databases.detail(DATABASE).deletion()
    assert shown.complete
    assert shown.halves[1].steps[2].detail == "Unwrap answers 410, key is destroyed"


def test_summaries(cloud: FakeCloud, api: CloudApi) -> None:
    summary = {
        "guid": DATABASE,
        "crn": DATABASE_CRN,
        "name": "ledger-db",
        "instance_state": "active",
        "key_status": "disabled",
        "kms_instance": HPCS_CRN,
        "kms_key": KEY,
        "nodes": [{"number": 1, "state": "RUNNING", "key_status": "connected"}, {"number": 2, "state": "STOPPED"}],
    }
    cloud.answers[f"GET {BASE}/databases"] = 200, {"databases": [summary]}
    found = api.databases.summaries()[0]
    assert (found.key_status, found.running_nodes) == (NodeKeyStatus.DISABLED, 1)
    assert cloud.last().query == {}
    api.databases.summaries(everything=True)
    assert cloud.last().query == {"all": "true"}


def test_what_a_crash_left_in_clear_is_erased(cloud: FakeCloud, api: CloudApi) -> None:
    cloud.answers[f"POST {BASE}/databases/{DATABASE}/erase-clear"] = 200, {"node": 2}
    api.databases.erase_clear(DATABASE, 2)
    assert cloud.last().json == {"node": 2}


def test_metrics(cloud: FakeCloud, api: CloudApi) -> None:
    nodes = [{"number": 1, "running": True, "size_bytes": 20480, "latency_ms": 4.5}]
    body = {"from": NOW, "to": NOW, "step_seconds": 900, "samples": [{"at": NOW, "nodes": nodes, "rows": 7}]}
    cloud.answers[f"GET {BASE}/databases/{DATABASE}/metrics"] = 200, body
    found = api.databases.metrics(DATABASE, day=True)
    assert cloud.last().query == {"window": "day"}
    assert found.step == timedelta(minutes=15)
    assert (found.samples[0].rows, found.samples[0].connections) == (7, None)
    assert (found.samples[0].nodes[0].latency_ms, found.samples[0].nodes[0].lag_bytes) == (4.5, None)
    api.databases.metrics(DATABASE)
    assert cloud.last().query == {"window": "2-hours"}


def test_key_health_is_every_detail_in_short(cloud: FakeCloud, api: CloudApi) -> None:
    brief = {name: DETAIL[name] for name in ("guid", "crn", "name", "hsm", "root_key", "authorization", "nodes")}
    common = {"now": DETAIL["now"], "checks": DETAIL["checks"]}
    cloud.answers[f"GET {BASE}/key-health"] = 200, {**common, "instances": [brief, {**brief, "guid": "other"}]}
    cloud.answers[f"POST {BASE}/key-health/checks"] = 202, {"instances": 2}
    found = api.databases.key_health()
    assert [one.guid for one in found] == [DATABASE, "other"]
    cloud.answers[f"GET {BASE}/databases/{DATABASE}"] = 200, DETAIL
    assert found[0].standing().nodes == api.databases.detail(DATABASE).standing().nodes
    assert found[0].checks.grace_seconds == DETAIL["checks"]["grace_seconds"]
    assert api.databases.check_all() == 2
    assert cloud.last().json == {}


def test_backups_and_restore(cloud: FakeCloud, api: CloudApi) -> None:
    place = f"{BASE}/databases/{DATABASE}"
    backup = {"id": "b1", "type": "on_demand", "created_at": NOW, "rows": 120, "size_bytes": 20480}
    cloud.answers[f"GET {place}/backups"] = 200, {"backups": [backup]}
    cloud.answers[f"POST {place}/backups"] = 202, {"backup_id": "b2", "task_id": "t1"}
    cloud.answers[f"POST {place}/restore"] = 202, {"guid": HPCS, "crn": DATABASE_CRN, "task_id": "t2"}
    cloud.answers[f"POST {place}/checks"] = 202, {}
    assert api.databases.backups(DATABASE)[0].type.word == "On demand"
    assert api.databases.back_up(DATABASE) == "t1"
    made = api.databases.restore(
        DATABASE, "b1", "ledger-db-2", kms_instance=HPCS_CRN, kms_key=KEY, overrides={"memory": "4GiB"}
    )
    assert cloud.last().json == {
        "backup_id": "b1",
        "name": "ledger-db-2",
        "memory": "4GiB",
        "kms_instance": HPCS_CRN,
        "kms_key": KEY,
    }
    assert (made.task_id, made.crn.instance) == ("t2", DATABASE)
    api.databases.restore(DATABASE, "b1", "x")
    assert cloud.last().json == {"backup_id": "b1", "name": "x"}
    api.databases.check_now(DATABASE)
    assert cloud.last().path.endswith("/checks")


def test_sample_rows(cloud: FakeCloud, api: CloudApi) -> None:
    place = f"{BASE}/databases/{DATABASE}/sample-rows"
    row = {"id": 120, "customer": "Alder Trading", "purpose": "Invoice", "cents": 1250, "reference": "r"}
    cloud.answers[f"GET {place}"] = 200, {"rows": 120, "digest": "ab", "last": [row]}
    cloud.answers[f"POST {place}"] = 201, {"added": 10, "rows": 130, "digest": "cd", "nodes": [1, 2, 3]}
    assert api.databases.sample_rows(DATABASE).last[0].cents == 1250
    assert api.databases.add_sample_rows(DATABASE, 10).nodes == (1, 2, 3)
    assert cloud.last().json == {"count": 10}


def test_events(cloud: FakeCloud, api: CloudApi) -> None:
    cloud.answers[f"GET {BASE}/activity"] = (
        200,
        {
            "events": [EVENT],
            "total": 128,
            "folded_checks": 4254,
            "next": 1033,
            "oldest_at": NOW,
            "retention_days": 30,
        },
    )
    cloud.answers[f"GET {BASE}/activity/e2"] = 200, EVENT
    page = api.activity.events()
    assert (page.total, page.folded_checks, page.next) == (128, 4254, 1033)
    event = page.events[0]
    assert (event.title, event.outcome, event.severity) == (
        "Unwrap denied (401)",
        Outcome.FAILURE,
        Severity.CRITICAL,
    )
    assert (event.initiator.name, event.target.name, event.reason.failure) == (
        "ledger-db",
        "ledger-root",
        "no authorization",
    )
    assert cloud.last().query == {"limit": "50"}
    assert (page.oldest_at, page.retention_days) == (page.events[0].time.replace(hour=17, minute=45, second=0), 30)
    api.activity.events(before=7, totals=False)
    assert cloud.last().query == {"limit": "50", "before": "7", "totals": "false"}
    pages = api.activity.documents(EventFilter(search="key"))
    assert next(pages) == [EVENT] and next(pages) == [EVENT]
    assert cloud.last().query == {"limit": "500", "before": "1033", "totals": "false", "search": "key"}
    cloud.answers[f"GET {BASE}/activity"] = 200, {"events": [EVENT], "next": None}
    assert list(pages) == [[EVENT]]
    cloud.answers[f"GET {BASE}/activity-facets"] = 200, {"services": ["hs-crypto"], "initiators": ["anna"]}
    assert api.activity.facets().services == ("hs-crypto",)
    cloud.answers[f"GET {BASE}/activity"] = 200, {"events": [], "next": None}
    wanted = EventFilter(
        search="ben",
        actions=("hs-crypto.*", "iam-am.policy.delete"),
        outcomes=("failure",),
        severities=("critical",),
        begin=datetime(2026, 11, 22, tzinfo=UTC),
        end=datetime(2026, 11, 23, tzinfo=UTC),
        checks=True,
    )
    assert api.activity.events(wanted, limit=10, before=5).next is None
    assert cloud.last().query == {
        "limit": "10",
        "before": "5",
        "search": "ben",
        "action": "hs-crypto.*,iam-am.policy.delete",
        "outcome": "failure",
        "severity": "critical",
        "from": "2026-11-22T00:00:00Z",
        "to": "2026-11-23T00:00:00Z",
        "checks": "true",
    }
    assert api.activity.event("e2") == event
    assert api.activity.document("e2")["observer"] == {"name": "ActivityTracker"}


def test_clock_and_about(cloud: FakeCloud, api: CloudApi) -> None:
    state = {"now": NOW, "wall": NOW, "offset_seconds": 604800}
    cloud.answers[f"GET {BASE}/clock"] = 200, state
    cloud.answers[f"PUT {BASE}/clock"] = 200, state
    cloud.answers[f"GET {BASE}/about"] = 200, {"version": "0.1.0", "account_id": "a", "insecure_demo": True}
    assert api.emulator.clock().offset_seconds == 604800
    api.emulator.advance_clock(timedelta(days=7))
    assert cloud.last().json == {"advance_seconds": 604800}
    api.emulator.set_clock(timedelta(days=7))
    assert cloud.last().json == {"offset_seconds": 604800}
    assert api.emulator.about().insecure_demo
    assert api.emulator.available


def test_faults(cloud: FakeCloud, api: CloudApi) -> None:
    fault = {"id": "f1", "kind": "zone-cut", "target": {"zone": "us-south-3"}}
    cloud.answers[f"GET {BASE}/faults"] = 200, {"faults": [fault]}
    cloud.answers[f"POST {BASE}/faults"] = 201, fault
    cloud.answers[f"DELETE {BASE}/faults/f1"] = 204, None
    assert api.emulator.faults()[0].target == {"zone": "us-south-3"}
    api.emulator.cut_zone("us-south-3")
    assert cloud.last().json == {"kind": "zone-cut", "target": {"zone": "us-south-3"}}
    api.emulator.cut_zone("us-south-3", HPCS)
    assert cloud.last().json["target"] == {"zone": "us-south-3", "instance": HPCS}
    api.emulator.cut_hsm(HPCS)
    assert cloud.last().json == {"kind": "hsm-cut", "target": {"instance": HPCS}}
    api.emulator.stop_node(DATABASE, 2)
    assert cloud.last().json == {"kind": "node-stop", "target": {"database": DATABASE, "node": 2}}
    api.emulator.end_fault("f1")
    assert cloud.last().method == "DELETE"


def test_scenarios_and_reset(cloud: FakeCloud, api: CloudApi) -> None:
    cloud.answers[f"GET {BASE}/scenarios"] = 200, {"scenarios": [{"name": "walk-done", "title": "The walk, done"}]}
    cloud.answers[f"POST {BASE}/scenarios/walk-done"] = 200, {"name": "x", "instances": {"acme-hpcs": HPCS}}
    cloud.answers[f"POST {BASE}/reset"] = 204, None
    assert api.emulator.scenarios()[0].title == "The walk, done"
    assert api.emulator.scenario_loading() is None
    loading = {"title": "Mine", "step": "keys", "seconds": 1.5}
    cloud.answers[f"GET {BASE}/scenarios"] = 200, {"scenarios": [], "loading": loading}
    assert api.emulator.scenario_loading() == ScenarioLoading("Mine", ScenarioStep.KEYS, 1.5)
    assert api.emulator.load_scenario("walk-done") == {"acme-hpcs": HPCS}
    api.emulator.reset()


def test_scenario_files(cloud: FakeCloud, api: CloudApi) -> None:
    cloud.answers[f"GET {BASE}/scenarios/walk-done"] = 200, {"format": "kyok-scenario/1", "title": "The walk, done"}
    cloud.answers[f"POST {BASE}/scenarios"] = 200, {"title": "Mine", "keys": 7, "instances": {"acme-hpcs": HPCS}}
    cloud.answers[f"GET {BASE}/state"] = 200, {"scenario": "{}\n", "left_out": ["Key material."]}
    assert b"kyok-scenario/1" in api.states.scenario_file("walk-done")
    assert api.states.check_scenario(b'{"title": "Mine"}').keys == 7
    assert (cloud.last().query, cloud.last().json) == ({"check": "true"}, {"title": "Mine"})
    assert api.states.load_scenario(b'{"title": "Mine"}') == {"acme-hpcs": HPCS}
    assert cloud.last().query == {}
    assert api.states.present_state("Mine").left_out == ("Key material.",)
    assert cloud.last().query == {"title": "Mine"}


def test_snapshots_and_exports(cloud: FakeCloud, api: CloudApi) -> None:
    about = {
        "id": "a1",
        "name": "before",
        "created_at": "2026-11-23T17:45:00.000Z",
        "instances": 2,
        "keys": 3,
        "size": 9,
    }
    cloud.answers[f"GET {BASE}/snapshots"] = 200, {"snapshots": [about]}
    cloud.answers[f"POST {BASE}/snapshots"] = 201, about
    cloud.answers[f"POST {BASE}/snapshots/a1/return"] = 204, None
    cloud.answers[f"DELETE {BASE}/snapshots/a1"] = 204, None
    cloud.answers[f"POST {BASE}/export"] = 200, {"path": "/x/state.kyok", "size": 9, "account_name": "Acme Bank"}
    cloud.answers[f"POST {BASE}/import"] = 200, {"path": "/x/state.kyok", "size": 9, "account_name": "Acme Bank"}
    assert api.states.snapshots()[0].keys == 3
    assert api.states.make_snapshot("before").id == "a1"
    api.states.return_to("a1")
    api.states.delete_snapshot("a1")
    assert api.states.export("/x/state.kyok", Secret("a passphrase")).size == 9
    assert cloud.last().json == {"path": "/x/state.kyok", "passphrase": "a passphrase"}
    assert api.states.import_file("/x/state.kyok", Secret("a passphrase")).account_name == "Acme Bank"
    assert cloud.last().json == {"path": "/x/state.kyok", "passphrase": "a passphrase", "replace": True}


def test_faults_of_the_key_service(cloud: FakeCloud, api: CloudApi) -> None:
    cloud.answers[f"POST {BASE}/faults"] = 201, {"id": "f", "kind": "latency", "target": {}}
    cloud.answers[f"DELETE {BASE}/faults"] = 200, {"ended": 2}
    api.emulator.delay_keys(400, HPCS)
    assert cloud.last().json == {"kind": "latency", "target": {"instance": HPCS, "milliseconds": 400}}
    api.emulator.fail_keys(50)
    assert cloud.last().json == {"kind": "errors", "target": {"percent": 50}}
    assert api.emulator.end_faults() == 2


def test_the_change_feed(cloud: FakeCloud, api: CloudApi) -> None:
    cloud.answers[f"GET {BASE}/changes"] = (
        200,
        {"seq": 120, "reset": False, "changes": [{"seq": 120, "kind": "key", "id": f"{HPCS}/{KEY}"}]},
    )
    assert api.emulator.changes().seq == 120
    assert cloud.last().query == {}
    found = api.emulator.changes(after=119, wait=2.5)
    assert cloud.last().query == {"after": "119", "wait": "2.5"}
    assert found.kinds == {"key"}
    assert not found.reset


def test_settings(cloud: FakeCloud, api: CloudApi) -> None:
    body = {"deletion_rule": "keep", "check_interval_seconds": 60, "grace_seconds": 900}
    cloud.answers[f"GET {BASE}/settings"] = 200, body
    cloud.answers[f"PUT {BASE}/settings"] = 200, body
    assert api.emulator.settings().deletion_rule is DeletionRule.KEEP
    api.emulator.change_settings(deletion_rule=DeletionRule.KEEP, grace_seconds=900)
    assert cloud.last().json == {"deletion_rule": "keep", "grace_seconds": 900}


def test_identities(cloud: FakeCloud, api: CloudApi) -> None:
    user = {
        "iam_id": "IBMid-1",
        "email": "anna@acme.example",
        "roles": [{"role": "Administrator", "service": None, "instance": None}],
        "api_keys": [{"id": "ApiKey-1", "name": "console", "created_at": NOW}],
    }
    body = {"accounts": [{"id": "a", "name": "Acme Bank", "users": [user]}]}
    cloud.answers[f"GET {BASE}/identities"] = 200, body
    cloud.answers[f"PUT {BASE}/identities"] = 200, body
    found = api.emulator.identities()
    account = found.account("a")
    assert account is not None
    assert account.users[0].roles[0].service is None
    assert (found.name_of("IBMid-1"), found.name_of("IBMid-9")) == ("anna@acme.example", "IBMid-9")
    assert Identities().account("a") is None
    assert api.emulator.put_identities(body["accounts"]) == body
    assert cloud.last().json == body


def test_usage(cloud: FakeCloud, api: CloudApi) -> None:
    cloud.answers[f"GET {BASE}/usage"] = (
        200,
        {"instances": [{"guid": HPCS, "units": 2, "initialised": True, "root_keys": {"1": 9, "2": 1, "5": 1}}]},
    )
    cloud.answers[f"GET {BASE}/usage/{HPCS}/keys/{KEY}"] = (
        200,
        {
            "key_id": KEY,
            "registrations": 1,
            "last_unwrap": {"at": NOW, "database": "ledger-db", "node": 2, "zone": "us-south-2"},
            "unwraps_24h": {"passed": 4254, "denied": 66, "unreachable": 0},
            "databases": [{"guid": DATABASE, "crn": DATABASE_CRN, "name": "ledger-db", "rows": 120}],
        },
    )
    instance = api.emulator.usage()[0]
    assert instance.live_root_keys == 10
    assert instance.root_keys_in(KeyState.DESTROYED, KeyState.DEACTIVATED) == 1
    used = api.emulator.key_usage(HPCS, KEY)
    assert (used.unwraps_24h.passed, used.databases[0].rows) == (4254, 120)
    assert used.last_unwrap is not None


def test_leases(cloud: FakeCloud, api: CloudApi) -> None:
    cloud.answers[f"PUT {BASE}/leases/l1"] = 200, {"ttl_seconds": 30}
    cloud.answers[f"DELETE {BASE}/leases/l1"] = 204, None
    assert api.emulator.hold_lease("l1") == 30
    api.emulator.drop_lease("l1")
    api.close()


@pytest.mark.parametrize("body", [{}, {"now": None, "guid": "x", "crn": "y"}])
def test_a_detail_without_its_essentials_is_not_understood(cloud: FakeCloud, api: CloudApi, body: Any) -> None:
    from kyok.client import UnexpectedAnswer

    cloud.answers[f"GET {BASE}/databases/{DATABASE}"] = 200, body
    with pytest.raises(UnexpectedAnswer):
        api.databases.detail(DATABASE)


def test_what_one_does_with_real_servers(cloud: FakeCloud, api: CloudApi) -> None:
    base = f"{BASE}/databases/{DATABASE}"
    cloud.answers[f"GET {base}/certificate"] = 200, b"-----BEGIN CERTIFICATE-----\n"
    cloud.answers[f"POST {base}/switch-over"] = 200, {"primary": 2}
    cloud.answers[f"POST {BASE}/faults"] = 201, {"id": "e1", "kind": "node-kill", "target": {}}
    assert api.databases.certificate(DATABASE).startswith("-----BEGIN")
    api.databases.switch_over(DATABASE, 2)
    assert cloud.last().json == {"node": 2}
    api.emulator.kill_node(DATABASE, 3)
    assert cloud.last().json == {"kind": "node-kill", "target": {"database": DATABASE, "node": 3}}
