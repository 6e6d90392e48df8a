"""Reading the activity log: filters, pages, and folded key checks."""

import asyncio
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from kyok.cloud.activity.events import Caller, Event
from kyok.cloud.store.tables import activity, activity_content, activity_log
from kyok.domain.crn import Crn
from kyok.domain.services import DBAAS_POSTGRESQL, HS_CRYPTO
from tests.cloud_parts import Parts

PATH = "/emulator/v1/activity"
HPCS, DATABASE = "11111111-aaaa", "22222222-bbbb"


@pytest.fixture
def told(parts: Parts) -> Parts:
    """Three events of a user, and a node's agent that checks its key."""
    anna = replace(parts.administrator, name="anna@acme.example", iam_id="IBMid-anna", correlation="corr-1")
    key = str(Crn.of_instance(HS_CRYPTO, "us-south", parts.account_id, HPCS).with_resource("key", "k-1"))
    crn = Crn.of_instance(DBAAS_POSTGRESQL, "us-south", parts.account_id, DATABASE)
    agent = Caller(f"crn-{crn}", parts.account_id, "ledger-db", "service", crn, "kyok-key-agent/dbaas1")
    unwrap = Event(f"{HS_CRYPTO}.secrets.unwrap", key, "db-root-key", instance=HPCS, folds=True)
    denied = replace(unwrap, outcome="failure", status=401, reason="No authorization.")

    def record(who: Caller, event: Event) -> None:
        parts.perform(lambda tx: parts.activity.record(tx, who, event))

    record(anna, Event(f"{HS_CRYPTO}.secrets.create", key, "db-root-key", status=201, instance=HPCS))
    for _ in range(5):
        record(agent, unwrap)
    for _ in range(3):
        record(agent, denied)
    for _ in range(2):
        record(agent, unwrap)
    record(anna, Event(f"{HS_CRYPTO}.secrets.disable", key, "100%_sure", instance=HPCS))
    record(anna, Event("iam-am.policy.delete", "crn:x", "PostgreSQL to HPCS", outcome="failure", status=403))
    return parts


def found(parts: Parts, query: str) -> Any:
    status, answer, _ = parts.send("GET", f"{PATH}?{query}")
    assert status == 200, answer
    return answer


def verbs(answer: Any) -> list[str]:
    return [event["action"].rpartition(".")[2] for event in answer["events"]]


def test_key_checks_of_one_batch_are_counted(parts: Parts) -> None:
    key = "crn:v1:bluemix:public:hs-crypto:us-south:a/x:G-1:key:k-1"
    unwrap = Event(f"{HS_CRYPTO}.secrets.unwrap", key, "db-root-key", instance=HPCS, folds=True)
    agent = Caller("iam-1", parts.account_id, "db", "service")

    async def together() -> set[str]:
        writer = parts.store.writer
        work = [writer.performed(lambda tx: parts.activity.record(tx, agent, unwrap)) for _ in range(5)]
        return set(await asyncio.gather(*work))

    assert len(asyncio.run(together())) == 1
    parts.store.writer.perform(lambda tx: parts.activity.record(tx, agent, unwrap))
    with parts.store.read() as reader:
        assert (
            reader.scalar(select(activity.c.folded).select_from(activity_log).where(activity_content.c.target == key))
            == 5
        )


def test_newest_first_with_key_checks_folded_away(told: Parts) -> None:
    answer = found(told, f"instance={HPCS}")
    assert verbs(answer) == ["disable", "unwrap", "create"]
    assert (answer["total"], answer["folded_checks"], answer["next"]) == (3, 7, None)
    denied = answer["events"][1]
    assert (denied["outcome"], denied["folded"], denied["reason"]["reasonCode"]) == ("failure", 2, 401)
    assert denied["initiator"]["name"] == "ledger-db"
    everything = found(told, f"instance={HPCS}&checks=true")
    assert verbs(everything) == ["disable", "unwrap", "unwrap", "unwrap", "create"]
    assert [event["folded"] for event in everything["events"]] == [0, 1, 2, 4, 0]
    assert everything["total"] == 3


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("search=DISABLE", ["disable"]),
        ("search=db-root", ["unwrap", "create"]),
        ("search=100%25_s", ["disable"]),
        ("search=sure hs-crypto", ["disable"]),
        ("search=ledger", ["unwrap"]),
        ("search=corr-1", ["delete", "disable", "create"]),
        ("search=nothing-like-it", []),
        ("action=hs-crypto.secrets.*", ["disable", "unwrap", "create"]),
        ("action=hs-crypto.secrets.create,iam-am.policy.delete", ["delete", "create"]),
        ("action=hs-crypto.secrets", []),
        ("outcome=failure", ["delete", "unwrap"]),
        ("outcome=failure,success&initiator=anna@acme.example", ["delete", "disable", "create"]),
        ("initiator=IBMid-anna", ["delete", "disable", "create"]),
        ("severity=critical", ["delete", "unwrap"]),
        ("severity=warning", ["disable"]),
        ("correlation=corr-1", ["delete", "disable", "create"]),
        (f"target={HPCS}", ["disable", "unwrap", "create"]),
        (f"instance=crn:v1:bluemix:public:hs-crypto:us-south:a/x:{HPCS}::", ["disable", "unwrap", "create"]),
        ("from=2026-11-23T17:45:00Z&to=2026-11-23T17:45:00", ["delete", "disable", "unwrap", "create"]),
        ("from=2026-11-23T17:45:00.001Z", []),
        ("to=2026-11-23T17:44:59Z", []),
    ],
)
def test_filters(told: Parts, query: str, expected: list[str]) -> None:
    answer = found(told, query)
    assert [verb for verb in verbs(answer) if verb != "login"][: len(expected) or 1] == expected


def test_pages_follow_one_another(told: Parts) -> None:
    place = f"instance={HPCS}&limit=2"
    first = found(told, place)
    assert verbs(first) == ["disable", "unwrap"]
    second = found(told, f"{place}&before={first['next']}")
    assert verbs(second) == ["create"]
    assert second["next"] is None
    assert second["total"] == 3


def test_one_event_by_its_id(told: Parts) -> None:
    event = found(told, "action=hs-crypto.secrets.create")["events"][0]
    status, alone, _ = told.send("GET", f"{PATH}/{event['id']}")
    assert (status, alone) == (200, event)
    status, answer, _ = told.send("GET", f"{PATH}/unknown")
    assert (status, answer["code"]) == (404, "EVENT_NOT_FOUND")


def test_another_accounts_events_are_not_shown(told: Parts) -> None:
    stranger = told.seed_user("eve@other.example", {"role": "Administrator"}, account="Other")
    event = found(told, "action=hs-crypto.secrets.create")["events"][0]
    status, answer, _ = told.send("GET", PATH, who=stranger)
    assert status == 200
    assert answer["events"] == []
    assert told.send("GET", f"{PATH}/{event['id']}", who=stranger)[0] == 404


def test_a_filter_of_endless_words_is_refused(told: Parts) -> None:
    words = [f"w{number}" for number in range(1_500)]
    for query in ("search=" + "+".join(words), "action=" + ",".join(words)):
        status, answer, _ = told.send("GET", f"{PATH}?{query}")
        assert (status, answer["code"]) == (400, "BAD_VALUE")
        assert answer["summary"].startswith(f"{query[:6]} takes 20 ")


@pytest.mark.parametrize("query", ["limit=0", "limit=501", "limit=x", "before=x", "checks=perhaps", "from=soon"])
def test_an_impossible_filter_is_refused(told: Parts, query: str) -> None:
    status, answer, _ = told.send("GET", f"{PATH}?{query}")
    assert (status, answer["code"]) == (400, "BAD_VALUE")
