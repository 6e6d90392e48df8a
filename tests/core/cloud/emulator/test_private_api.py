"""Clock, settings, faults, changes, leases, scenarios and reset through the private API."""

import asyncio
import threading
from typing import Any

import httpx
import pytest
from sqlalchemy import func, insert, select, update

from kyok.clock import ServiceClock
from kyok.cloud.activity.events import Caller
from kyok.cloud.emulator import change_feed
from kyok.cloud.emulator.clock_control import ClockControl
from kyok.cloud.emulator.errors import BadValue
from kyok.cloud.emulator.leases import LIFE_SECONDS, MOST, Leases
from kyok.cloud.emulator.scenarios import Scenario, Scenarios
from kyok.cloud.store import Transaction
from kyok.cloud.store.tables import change, fault, instance, metadata, policy, setting
from kyok.domain.authorizations import authorization, policy_body
from kyok.domain.scenario_steps import ScenarioStep
from kyok.domain.services import DBAAS_POSTGRESQL, HS_CRYPTO, service
from tests.cloud_parts import API_KEY, Parts, TurnedClock
from tests.core.cloud.iam.test_tokens import API_KEY_GRANT, grant

BASE = "/emulator/v1"


def instance_of(parts: Parts, service_name: str = HS_CRYPTO) -> str:
    entry = service(service_name)
    assert entry is not None
    body = {"name": "x", "target": "us-south", "resource_plan_id": entry.plans[0].id}
    _, made, _ = parts.send("POST", "/v2/resource_instances", body | {"resource_group": parts.default_group()})
    return str(made["guid"])


READS = ["/about", "/clock", "/faults", "/settings", "/identities", "/changes", "/scenarios"]
CHANGES: list[tuple[str, str, Any]] = [
    ("PUT", "/clock", {"advance_seconds": 1}),
    ("POST", "/faults", {"kind": "zone-cut", "target": {"zone": "us-south-1"}}),
    ("DELETE", "/faults/x", None),
    ("PUT", "/settings", {"grace_seconds": 5}),
    ("PUT", "/identities", {"accounts": []}),
    ("POST", "/identities/IBMid-1/token", {}),
    ("POST", "/scenarios/empty-account", {}),
    ("POST", "/reset", {}),
]


@pytest.mark.parametrize(("method", "path", "body"), CHANGES)
def test_only_administrators_change_the_cloud(parts: Parts, method: str, path: str, body: Any) -> None:
    manager = parts.seed_user("ben@acme.example", {"role": "Manager"}, {"role": "Editor"})
    status, answer, _ = parts.send(method, BASE + path, body, who=manager)
    assert (status, answer["code"]) == (403, "NOT_AUTHORIZED")
    assert answer["summary"]
    assert "the Administrator role" in answer["remedy"]
    assert parts.events()[0]["outcome"] == "failure"


def test_a_refusal_says_which_role_is_missing_for_what(parts: Parts) -> None:
    ben = parts.seed_user("ben@acme.example", {"role": "Viewer"})
    _, answer, _ = parts.send("PUT", f"{BASE}/clock", {"advance_seconds": 1}, who=ben)
    words = "ben@acme.example needs the Administrator role to turn the clock forward."
    assert answer["summary"] == words
    assert answer["remedy"] == "Ask an administrator of the account for the Administrator role."
    assert parts.events()[0]["reason"]["reasonForFailure"] == words
    _, answer, _ = parts.send("POST", "/v2/resource_groups", {"name": "x"}, who=ben)
    assert answer["message"].startswith(
        "ben@acme.example needs the Editor or Administrator role to create a resource group."
    )
    nobody = parts.seed_user("eve@acme.example")
    _, answer, _ = parts.send("GET", f"{BASE}/activity", who=nobody)
    assert answer["summary"].endswith("Administrator role to search the activity log.")


@pytest.mark.parametrize("path", READS)
def test_every_user_sees_how_the_cloud_stands(parts: Parts, path: str) -> None:
    nobody = parts.seed_user("ben@acme.example")
    assert parts.send("GET", BASE + path, who=nobody)[0] == 200


def test_the_activity_log_needs_a_platform_role(parts: Parts) -> None:
    reader = parts.seed_user("ben@acme.example", {"role": "Reader"}, {"role": "Viewer", "service": HS_CRYPTO})
    viewer = parts.seed_user("eve@acme.example", {"role": "Viewer"})
    assert parts.send("GET", f"{BASE}/activity", who=reader)[0] == 403
    assert parts.send("GET", f"{BASE}/activity", who=viewer)[0] == 200


@pytest.mark.parametrize(("method", "path", "body"), CHANGES)
def test_administrators_of_other_accounts_change_nothing(parts: Parts, method: str, path: str, body: Any) -> None:
    stranger = parts.seed_user("eve@other.example", {"role": "Administrator"}, account="Other")
    assert parts.send(method, BASE + path, body, who=stranger)[0] == 403
    assert parts.send("GET", f"{BASE}/clock", who=stranger)[0] == 200


def test_an_administrator_of_one_service_is_none_of_the_cloud(parts: Parts) -> None:
    ben = parts.seed_user("ben@acme.example", {"role": "Administrator", "service": HS_CRYPTO})
    assert parts.send("PUT", f"{BASE}/clock", {"advance_seconds": 1}, who=ben)[0] == 403


def test_about(parts: Parts) -> None:
    _, answer, _ = parts.send("GET", f"{BASE}/about")
    assert answer["account_id"] == parts.account_id
    assert answer["account_name"] == "Local account"
    assert answer["insecure_demo"] is True
    assert answer["started_at"] == "2026-11-23T17:45:00.000Z"


# Clock --------------------------------------------------------------------------------------------------------------


def test_the_clock_turns_forward_to_and_by(parts: Parts) -> None:
    place = f"{BASE}/clock"
    assert parts.send("GET", place)[1] == {
        "now": "2026-11-23T17:45:00.000Z",
        "wall": "2026-11-23T17:45:00.000Z",
        "offset_seconds": 0.0,
    }
    status, answer, _ = parts.send("PUT", place, {"advance_seconds": 30.5})
    assert (status, answer["offset_seconds"], answer["now"]) == (200, 30.5, "2026-11-23T17:45:30.500Z")
    assert parts.send("PUT", place, {"advance_seconds": 29.5})[1]["offset_seconds"] == 60
    assert parts.send("PUT", place, {"offset_seconds": 120})[1]["now"] == "2026-11-23T17:47:00.000Z"
    assert parts.send("PUT", place, {"offset_seconds": 120})[0] == 200
    for body in ({"offset_seconds": 119}, {"advance_seconds": -1}):
        status, answer, _ = parts.send("PUT", place, body)
        assert (status, answer["code"]) == (409, "CLOCK_ONLY_FORWARD")
    event = parts.events(action="kyok.clock.update", outcome="success")[-1]
    assert event["responseData"]["detail"] == "to 23 Nov 2026 17:45 UTC"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "BAD_VALUE"),
        ({"offset_seconds": "1"}, "BAD_VALUE"),
        ({"offset_seconds": True}, "BAD_VALUE"),
        ({"offset_seconds": 1e300}, "BAD_VALUE"),
        ({"offset_seconds": 1, "advance_seconds": 1}, "BAD_VALUE"),
        ({"offset_seconds": 1, "colour": 1}, "UNKNOWN_FIELD"),
        (b"{", "BAD_BODY"),
    ],
)
def test_an_impossible_time_is_refused(parts: Parts, body: Any, code: str) -> None:
    status, answer, _ = parts.send("PUT", f"{BASE}/clock", body)
    assert (status, answer["code"]) == (400, code)
    assert parts.clock.offset.total_seconds() == 0


def test_the_clock_cannot_be_turned_beyond_dates(parts: Parts) -> None:
    far = 100 * 365 * 86_400
    assert parts.send("PUT", f"{BASE}/clock", {"offset_seconds": far})[0] == 200
    assert parts.send("PUT", f"{BASE}/clock", {"advance_seconds": 1})[1]["code"] == "BAD_VALUE"


def test_a_restart_keeps_the_offset(parts: Parts) -> None:
    parts.send("PUT", f"{BASE}/clock", {"advance_seconds": 90})
    fresh = TurnedClock()
    again = ClockControl(fresh, parts.gate, parts.activity)
    with parts.store.read() as reader:
        again.resume(reader)
        again.resume(reader)
    assert fresh.offset.total_seconds() == 90
    assert again.state()["wall"].endswith("Z")


def test_the_service_clock_starts_over_for_a_reset_only() -> None:
    from datetime import timedelta

    clock = ServiceClock()
    clock.set_offset(timedelta(days=9))
    ahead = clock.now()
    clock.start_over()
    assert clock.offset == timedelta(0)
    assert clock.now() < ahead


# Settings -----------------------------------------------------------------------------------------------------------


def test_settings_have_defaults_and_are_changed_one_by_one(parts: Parts) -> None:
    place = f"{BASE}/settings"
    defaults = {
        "deletion_rule": "discard",
        "node_driver": "auto",
        "check_interval_seconds": 30,
        "grace_seconds": 60,
        "propagation_delay_seconds": 0,
        "backup_interval_hours": 24,
        "activity_retention_days": 365,
        "rotation_limit": False,
    }
    assert parts.send("GET", place)[1] == defaults
    status, answer, _ = parts.send("PUT", place, {"deletion_rule": "keep", "grace_seconds": 60})
    assert (status, answer) == (200, defaults | {"deletion_rule": "keep"})
    (event,) = parts.events(action="kyok.settings.update")
    assert event["responseData"] == {
        "setting": "deletion_rule",
        "before": "discard",
        "after": "keep",
        "detail": "deletion_rule",
    }
    assert parts.send("PUT", place, {"deletion_rule": "discard"})[1] == defaults


@pytest.mark.parametrize(
    "body",
    [
        {"deletion_rule": "perhaps"},
        {"check_interval_seconds": 0},
        {"grace_seconds": "60"},
        {"grace_seconds": True},
        {"colour": "red"},
        {"theme": "g100"},
        {"grace_seconds": 5, "check_interval_seconds": -1},
    ],
)
def test_an_impossible_setting_is_refused_whole(parts: Parts, body: dict[str, Any]) -> None:
    status, answer, _ = parts.send("PUT", f"{BASE}/settings", body)
    assert (status, answer["code"]) == (400, "BAD_VALUE")
    assert parts.send("GET", f"{BASE}/settings")[1]["grace_seconds"] == 60


# Faults -------------------------------------------------------------------------------------------------------------


def test_faults_are_started_listed_and_ended(parts: Parts) -> None:
    hpcs, database = instance_of(parts), instance_of(parts, DBAAS_POSTGRESQL)
    wanted: list[dict[str, Any]] = [
        {"kind": "zone-cut", "target": {"zone": "us-south-3"}},
        {"kind": "zone-cut", "target": {"zone": "us-south-3", "instance": hpcs}},
        {"kind": "hsm-cut", "target": {"instance": hpcs}},
        {"kind": "latency", "target": {"instance": hpcs, "milliseconds": 400}},
        {"kind": "errors", "target": {"percent": 50}},
        {"kind": "node-stop", "target": {"database": database, "node": 2}},
    ]
    made = []
    for body in wanted:
        status, answer, _ = parts.send("POST", f"{BASE}/faults", body)
        assert status == 201
        assert (answer["kind"], answer["target"]) == (body["kind"], body["target"])
        assert answer["created_by"] == "admin@local.example"
        status, again, _ = parts.send("POST", f"{BASE}/faults", body)
        assert (status, again["code"]) == (409, "FAULT_EXISTS")
        made.append(answer)
    _, page, _ = parts.send("GET", f"{BASE}/faults")
    assert sorted(page["faults"], key=str) == sorted(made, key=str)
    assert parts.events(action="kyok.fault.create", outcome="success", instance=database)[0]["responseData"] == {
        "detail": "node 2 is stopped"
    }
    for one in made[:2]:
        assert parts.send("DELETE", f"{BASE}/faults/{one['id']}")[0] == 204
    assert parts.send("DELETE", f"{BASE}/faults")[1] == {"ended": 4}
    assert len(parts.events(action="kyok.fault.delete", outcome="success")) == len(made)
    status, answer, _ = parts.send("DELETE", f"{BASE}/faults/{made[0]['id']}")
    assert (status, answer["code"]) == (404, "FAULT_NOT_FOUND")
    assert parts.send("GET", f"{BASE}/faults")[1] == {"faults": []}


def test_each_account_hears_of_the_faults_that_concern_it(parts: Parts) -> None:
    ben = parts.seed_user("ben@acme.example")
    eve = parts.seed_user("eve@other.example", {"role": "Administrator"}, account="Other")
    mine, database = instance_of(parts), instance_of(parts, DBAAS_POSTGRESQL)
    theirs = instance_of(parts)
    parts.perform(lambda tx: tx.execute(update(instance).values(account=eve.account).where(instance.c.guid == theirs)))
    start = feed(parts, who=eve)["seq"]
    for body in (
        {"kind": "hsm-cut", "target": {"instance": mine}},
        {"kind": "node-stop", "target": {"database": database, "node": 1}},
        {"kind": "zone-cut", "target": {"zone": "us-south-1", "instance": theirs}},
        {"kind": "errors", "target": {"percent": 5}},
    ):
        assert parts.send("POST", f"{BASE}/faults", body)[0] == 201

    def seen(who: Caller | None = None) -> list[tuple[str, str]]:
        found = parts.send("GET", f"{BASE}/faults", who=who)[1]["faults"]
        return sorted((one["kind"], one["created_by"]) for one in found)

    admin = "admin@local.example"
    assert seen(ben) == [("errors", admin), ("hsm-cut", admin), ("node-stop", admin)]
    assert seen(eve) == [("errors", ""), ("zone-cut", "")], "who there is in other accounts is not told"
    assert [kind for kind, _ in seen()] == ["errors", "hsm-cut", "node-stop", "zone-cut"], "he ends them all"
    told = [change for change in feed(parts, start, who=eve)["changes"] if change["kind"] == "fault"]
    assert told
    assert {change["id"] for change in told} == {""}


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"kind": "earthquake", "target": {}}, 400, "BAD_VALUE"),
        ({"kind": "zone-cut"}, 400, "BAD_VALUE"),
        ({"kind": "zone-cut", "target": "x"}, 400, "BAD_VALUE"),
        ({"kind": "zone-cut", "target": {"zone": 1}}, 400, "BAD_VALUE"),
        ({"kind": "zone-cut", "target": {"zone": "mars-1"}}, 404, "FAULT_TARGET_NOT_FOUND"),
        ({"kind": "zone-cut", "target": {"zone": "us-south-1", "instance": "x"}}, 404, "FAULT_TARGET_NOT_FOUND"),
        ({"kind": "zone-cut", "target": {"zone": "us-south-1", "node": 1}}, 400, "UNKNOWN_FIELD"),
        ({"kind": "hsm-cut", "target": {"instance": "x"}}, 404, "FAULT_TARGET_NOT_FOUND"),
        ({"kind": "node-stop", "target": {"database": "x", "node": 4}}, 400, "BAD_VALUE"),
        ({"kind": "node-stop", "target": {"database": "x", "node": 1.5}}, 400, "BAD_VALUE"),
        ({"kind": "node-stop", "target": {"database": "x", "node": 1}}, 404, "FAULT_TARGET_NOT_FOUND"),
        ({"kind": "zone-cut", "target": {"zone": "us-south-1"}, "for": 5}, 400, "UNKNOWN_FIELD"),
        ({"kind": "node-kill", "target": {}}, 400, "BAD_VALUE"),
        ({"kind": "node-kill", "target": {"database": "x", "node": 1}}, 404, "FAULT_TARGET_NOT_FOUND"),
        ({"kind": "latency", "target": {}}, 400, "BAD_VALUE"),
        ({"kind": "latency", "target": {"milliseconds": 30_001}}, 400, "BAD_VALUE"),
        ({"kind": "latency", "target": {"milliseconds": 10, "zone": "us-south-1"}}, 400, "UNKNOWN_FIELD"),
        ({"kind": "errors", "target": {"percent": 101}}, 400, "BAD_VALUE"),
        ({"kind": "errors", "target": {"percent": 50, "instance": "x"}}, 404, "FAULT_TARGET_NOT_FOUND"),
    ],
)
def test_an_impossible_fault_is_refused(parts: Parts, body: Any, status: int, code: str) -> None:
    got, answer, _ = parts.send("POST", f"{BASE}/faults", body)
    assert (got, answer["code"]) == (status, code)
    with parts.store.read() as reader:
        assert reader.all(select(fault)) == []


def test_a_kill_happens_once_and_is_no_fault_that_goes_on(parts: Parts) -> None:
    database = instance_of(parts, DBAAS_POSTGRESQL)
    body = {"kind": "node-kill", "target": {"database": database, "node": 2}}
    for _ in range(2):
        status, answer, _ = parts.send("POST", f"{BASE}/faults", body)
        assert (status, answer["kind"], answer["target"]) == (201, "node-kill", body["target"])
    assert parts.killed == [(database, 2)] * 2
    assert parts.send("GET", f"{BASE}/faults")[1] == {"faults": []}
    written = parts.events(action="kyok.fault.create", outcome="success", instance=database)
    assert [event["responseData"]["detail"] for event in written] == ["node 2 is killed"] * 2
    assert answer["id"] in {event["id"] for event in written}


def test_a_fault_of_the_wrong_service_is_refused(parts: Parts) -> None:
    database = instance_of(parts, DBAAS_POSTGRESQL)
    assert parts.send("POST", f"{BASE}/faults", {"kind": "hsm-cut", "target": {"instance": database}})[0] == 404


# Change feed --------------------------------------------------------------------------------------------------------


def feed(parts: Parts, after: int | None = None, wait: str = "", who: Caller | None = None) -> Any:
    """One request through the ASGI application, since long polls are answered there."""
    sent = {"authorization": parts.bearer(who)} if who else headers(parts)

    async def run() -> Any:
        transport = httpx.ASGITransport(app=parts.app())
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            query: dict[str, Any] = {} if after is None else {"after": after}
            query |= {"wait": wait} if wait else {}
            answer = await client.get(f"{BASE}/changes", params=query, headers=sent)
            return answer.json()

    return asyncio.run(run())


def headers(parts: Parts) -> dict[str, str]:
    _, body = grant(parts, grant_type=API_KEY_GRANT, apikey=API_KEY)
    return {"authorization": f"Bearer {body['access_token']}"}


def test_the_feed_starts_at_the_present_and_tells_what_came(parts: Parts) -> None:
    headers(parts)
    start = feed(parts)
    assert start["changes"] == []
    assert not start["reset"]
    guid = instance_of(parts)
    answer = feed(parts, start["seq"])
    assert {"seq": answer["changes"][0]["seq"], "kind": "instance", "id": guid} in answer["changes"]
    assert answer["seq"] == answer["changes"][-1]["seq"]
    assert [entry["seq"] for entry in answer["changes"]] == sorted(entry["seq"] for entry in answer["changes"])


def test_the_feed_answers_at_the_end_of_the_wait_and_at_the_next_change(parts: Parts) -> None:
    mine = headers(parts)

    async def run() -> tuple[Any, Any]:
        transport = httpx.ASGITransport(app=parts.app())
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", headers=mine) as client:
            start = (await client.get(f"{BASE}/changes")).json()
            empty = (await client.get(f"{BASE}/changes?after={start['seq']}&wait=0.01")).json()
            assert empty == {"seq": start["seq"], "reset": False, "changes": []}
            waiting = asyncio.create_task(client.get(f"{BASE}/changes?after={start['seq']}&wait=20"))
            await asyncio.sleep(0)
            await client.put(f"{BASE}/settings", json={"grace_seconds": 7})
            return start, (await asyncio.wait_for(waiting, 10)).json()

    start, answer = asyncio.run(run())
    assert "settings" in {entry["kind"] for entry in answer["changes"]}
    assert answer["seq"] > start["seq"]


def test_the_feed_tells_of_ones_own_account_only(parts: Parts) -> None:
    ours = parts.seed_user("ben@acme.example")
    stranger = parts.seed_user("eve@other.example", account="Other")
    start = feed(parts, who=ours)["seq"]
    guid, key_id = instance_of(parts), "0f54b8f1-6f2d-4f0e-8d53-1d1f2a7c9b11"
    parts.perform(lambda tx: tx.changed("key", f"{guid}/{key_id}"))
    granted = policy_body(authorization(parts.account_id, DBAAS_POSTGRESQL, HS_CRYPTO, target_instance=guid), "v1")
    parts.send("POST", "/v1/policies", granted)
    parts.send("DELETE", f"/v2/resource_instances/{guid}")
    parts.send("PUT", f"{BASE}/settings", {"grace_seconds": 7})
    mine, foreign = feed(parts, start, who=ours), feed(parts, start, who=stranger)
    assert {"instance", "key", "policy", "reclamation", "settings"} <= {entry["kind"] for entry in mine["changes"]}
    assert all(entry["id"] for entry in mine["changes"] if entry["kind"] != "activity")
    told = {(entry["kind"], entry["id"]) for entry in foreign["changes"]}
    assert told == {("settings", "grace_seconds"), ("activity", "")}
    assert foreign["seq"] == mine["seq"]


def test_of_what_is_gone_the_feed_tells_the_kind_alone(parts: Parts) -> None:
    start = feed(parts)["seq"]
    parts.perform(lambda tx: tx.changed("policy", "6b0b4a3e-52f7-4d0a-8f5e-6d3f0c1b2a99"))
    changes = [(entry["kind"], entry["id"]) for entry in feed(parts, start)["changes"]]
    assert ("policy", "") in changes


def test_changes_of_other_accounts_do_not_end_a_wait(parts: Parts) -> None:
    stranger = parts.seed_user("eve@other.example", account="Other")
    guid = instance_of(parts)
    start = feed(parts, who=stranger)["seq"]
    parts.perform(lambda tx: tx.changed("database", guid))
    answer = feed(parts, start, "0.01", stranger)
    assert answer == {"seq": start + 1, "reset": False, "changes": []}


@pytest.mark.parametrize("query", ["after=x", "after=-1", "after=1&wait=x", "after=1&wait=26", "after=1&wait=-1"])
def test_an_impossible_question_to_the_feed_is_refused(parts: Parts, query: str) -> None:
    status, answer, _ = parts.send("GET", f"{BASE}/changes?{query}")
    assert (status, answer["code"]) == (400, "BAD_VALUE")


def many(tx: Transaction, count: int) -> None:
    tx.execute(insert(change), [{"kind": "key", "ident": str(number)} for number in range(count)])


def test_answers_of_the_feed_are_short_and_old_changes_are_forgotten(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    headers(parts)
    start = feed(parts)["seq"]
    parts.perform(lambda tx: many(tx, change_feed.MOST + 100))
    headers(parts)
    answer = feed(parts, start)
    assert len(answer["changes"]) == change_feed.MOST
    assert len(feed(parts, answer["seq"])["changes"]) >= 100
    assert feed(parts, answer["seq"] + 10_000)["reset"]
    monkeypatch.setattr(change_feed, "KEPT", 50)
    monkeypatch.setattr(change_feed, "SLACK", 10_000)
    assert not parts.change_feed.tidy()
    monkeypatch.setattr(change_feed, "SLACK", 10)
    assert parts.change_feed.tidy()
    with parts.store.read() as reader:
        assert reader.scalar(select(func.count()).select_from(change)) == 50
    answer = feed(parts, start)
    assert (answer["reset"], answer["changes"]) == (True, [])


# Leases -------------------------------------------------------------------------------------------------------------


def test_a_lease_lives_thirty_seconds_from_its_last_renewal() -> None:
    now = [100.0]
    leases = Leases(lambda: now[0])
    assert not leases.any_alive()
    assert leases.hold("a-1") == {"ttl_seconds": LIFE_SECONDS}
    now[0] += LIFE_SECONDS - 1
    leases.hold("a-1")
    now[0] += LIFE_SECONDS - 1
    assert leases.any_alive()
    now[0] += 1
    assert not leases.any_alive()
    leases.hold("a-1")
    leases.drop("a-1")
    leases.drop("a-1")
    assert not leases.any_alive()


def test_a_waiting_server_hears_of_leases() -> None:
    leases = Leases()
    assert not leases.wait_for_change(0.001)
    heard: list[bool] = []
    thread = threading.Thread(target=lambda: heard.append(leases.wait_for_change(10)))
    thread.start()
    while not heard:
        leases.hold("x")
        thread.join(0.001)
    thread.join(10)
    assert heard == [True]


def test_leases_are_bounded_and_their_ids_short() -> None:
    leases = Leases()
    for ident in ("", "a b", "x" * 65):
        with pytest.raises(BadValue):
            leases.hold(ident)
    for number in range(MOST):
        leases.hold(str(number))
    with pytest.raises(BadValue):
        leases.hold("one-more")
    leases.hold("0")


def test_leases_over_http(parts: Parts) -> None:
    status, answer, _ = parts.send("PUT", f"{BASE}/leases/console-1", {})
    assert (status, answer) == (200, {"ttl_seconds": 30.0})
    assert parts.leases.any_alive()
    assert parts.send("DELETE", f"{BASE}/leases/console-1")[0] == 204
    assert parts.send("DELETE", f"{BASE}/leases/console-1")[0] == 204
    assert not parts.leases.any_alive()


# Scenarios ----------------------------------------------------------------------------------------------------------


def load(parts: Parts, name: str) -> httpx.Response:
    mine = headers(parts)

    async def run() -> httpx.Response:
        transport = httpx.ASGITransport(app=parts.app())
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", headers=mine) as client:
            return await client.post(f"{BASE}/scenarios/{name}", json={})

    return asyncio.run(run())


def test_scenarios_are_listed_and_loaded(parts: Parts, caplog: pytest.LogCaptureFixture) -> None:
    _, page, _ = parts.send("GET", f"{BASE}/scenarios")
    assert page["scenarios"][0] == {"name": "empty-account", "title": "Empty account", "summary": "Nothing."}
    answer = load(parts, "empty-account")
    assert answer.status_code == 200
    assert answer.json() == {"name": "empty-account", "instances": {"who": parts.identities.administrator_id}}
    assert load(parts, "nowhere").json()["code"] == "SCENARIO_NOT_FOUND"
    assert load(parts, "broken").status_code == 500
    assert load(parts, "empty-account").status_code == 200


def test_one_scenario_at_a_time_and_a_slow_one_goes_on(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()

    def slow(caller: Any, tell: Any) -> dict[str, str]:
        gate.wait(10)
        return {}

    parts.scenarios = Scenarios([Scenario("slow", "Slow", "", slow)])
    monkeypatch.setattr("kyok.cloud.wire.routes_scenarios.LONGEST_SECONDS", 0.01)
    answer = load(parts, "slow")
    assert (answer.status_code, answer.json()["code"]) == (504, "SCENARIO_SLOW")
    assert load(parts, "slow").json()["code"] == "SCENARIO_RUNNING"
    gate.set()


def test_how_far_a_scenario_is_is_told_until_it_is_there(parts: Parts) -> None:
    begun, gate, ended = threading.Event(), threading.Event(), threading.Event()

    def slow(caller: Any, tell: Any) -> dict[str, str]:
        tell(ScenarioStep.DATABASES)
        begun.set()
        gate.wait(10)
        return {}

    parts.scenarios = Scenarios([Scenario("slow", "Slow", "", slow)])
    assert parts.send("GET", f"{BASE}/scenarios")[1]["loading"] is None
    parts.scenarios.start("slow", Caller("", "", "", "user"), ended.set)
    assert begun.wait(10)
    ben = parts.seed_user("ben@acme.example")
    loading = parts.send("GET", f"{BASE}/scenarios", who=ben)[1]["loading"]
    assert (loading["title"], loading["step"]) == ("Slow", "databases")
    assert 0 <= loading["seconds"] < 60
    gate.set()
    assert ended.wait(10)
    assert parts.send("GET", f"{BASE}/scenarios")[1]["loading"] is None


# Reset --------------------------------------------------------------------------------------------------------------


def test_reset_leaves_the_account_its_administrator_and_his_key_only(parts: Parts) -> None:
    guid = instance_of(parts)
    group = parts.default_group()
    ben = parts.seed_user("ben@acme.example", {"role": "Administrator"})
    parts.seed_user("eve@other.example", {"role": "Administrator"}, account="Other")
    parts.send("PATCH", f"/v2/resource_groups/{group}", {"name": "Renamed"})
    parts.send("POST", "/v2/resource_groups", {"name": "team"})
    parts.send("PUT", f"{BASE}/clock", {"advance_seconds": 1000})
    parts.send("PUT", f"{BASE}/settings", {"grace_seconds": 5})
    parts.send("POST", f"{BASE}/faults", {"kind": "hsm-cut", "target": {"instance": guid}})
    parts.send("DELETE", f"/v2/resource_instances/{guid}")
    stepped: list[str] = []
    parts.reset.add_step(lambda tx: tx.after_commit(lambda: stepped.append("files")))
    headers(parts)
    before = feed(parts)["seq"]
    status, _, _ = parts.send("POST", f"{BASE}/reset", {})
    assert status == 204
    assert stepped == ["files"]
    assert feed(parts, before)["reset"]
    now = feed(parts)["seq"]
    assert now > before
    assert not feed(parts, now)["reset"]
    assert parts.clock.offset.total_seconds() == 0
    assert parts.send("GET", f"{BASE}/settings")[1]["grace_seconds"] == 60
    assert parts.send("GET", f"{BASE}/faults")[1] == {"faults": []}
    _, identities, _ = parts.send("GET", f"{BASE}/identities")
    (entry,) = identities["accounts"]
    assert entry["id"] == parts.account_id
    assert [user["email"] for user in entry["users"]] == ["admin@local.example"]
    assert len(entry["users"][0]["api_keys"]) == 1
    assert parts.send("GET", f"{BASE}/clock", who=ben)[0] == 403
    assert grant(parts, grant_type=API_KEY_GRANT, apikey=API_KEY)[0] == 200
    (left,) = parts.send("GET", "/v2/resource_groups")[1]["resources"]
    assert (left["id"], left["name"]) == (group, "Default")
    events = parts.events(action="kyok.cloud.reset")
    assert len(events) == 1
    assert events[0]["initiator"]["name"] == "admin@local.example"
    with parts.store.read() as reader:
        assert reader.all(select(instance)) == []
        assert [row.name for row in reader.all(select(setting))] == ["home_account"]
        assert {row.type for row in reader.all(select(policy))} == {"access"}
        for table in metadata.sorted_tables:
            if table.name.startswith(("kms_", "dbaas_")):
                assert reader.all(select(table)) == []


def test_a_refused_reset_changes_nothing(parts: Parts) -> None:
    guid = instance_of(parts)

    def refuse(tx: Transaction) -> None:
        raise BadValue()

    parts.reset.add_step(refuse)
    assert parts.send("POST", f"{BASE}/reset", {})[0] == 400
    assert parts.send("GET", f"/v2/resource_instances/{guid}")[0] == 200
