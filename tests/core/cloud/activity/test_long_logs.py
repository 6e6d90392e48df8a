"""A log that grows: pages found by the index, events that go when they are too old, and facets."""

import asyncio
import importlib
import json
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest
from msgspec.structs import replace
from sqlalchemy import create_engine, func, select, text, update
from sqlalchemy.exc import IntegrityError

from kyok.cloud.activity import query, retention
from kyok.cloud.activity.events import Caller, Event
from kyok.cloud.activity.service import LONGEST_AGENT
from kyok.cloud.store.database import SCHEMA
from kyok.cloud.store.migrate import upgrade
from kyok.cloud.store.tables import activity, activity_content, activity_fold, activity_log
from kyok.domain.crn import Crn
from kyok.domain.services import DBAAS_POSTGRESQL, HS_CRYPTO
from kyok.randomness import milliseconds_of
from tests.cloud_parts import Parts

PATH = "/emulator/v1/activity"
HPCS, DATABASE = "11111111-aaaa", "22222222-bbbb"


def key(parts: Parts) -> str:
    return str(Crn.of_instance(HS_CRYPTO, "us-south", parts.account_id, HPCS).with_resource("key", "k-1"))


def agent(parts: Parts) -> Caller:
    crn = Crn.of_instance(DBAAS_POSTGRESQL, "us-south", parts.account_id, DATABASE)
    return Caller(f"crn-{crn}", parts.account_id, "ledger-db", "service", crn, "kyok-key-agent/dbaas1")


def record(parts: Parts, who: Caller, event: Event) -> str:
    return str(parts.perform(lambda tx: parts.activity.record(tx, who, event)))


def answer(parts: Parts, place: str) -> Any:
    status, body, _ = parts.send("GET", place)
    assert status == 200, body
    return body


def rows(parts: Parts) -> list[Any]:
    with parts.store.read() as reader:
        return list(reader.all(select(activity).order_by(activity.c.seq)))


# how pages are found ----------------------------------------------------------------


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"initiator": "ben@acme.example"},
        {"from": "2026-11-23T17:00:00Z", "outcome": "failure"},
        {"action": "hs-crypto.*", "severity": "critical"},
        {"instance": HPCS},
        {"target": f"crn:v1:bluemix:public:hs-crypto:us-south:a/x:{HPCS}:key:k-1"},
        {"search": "key disabled"},
    ],
)
def test_a_page_is_read_in_order_and_asks_each_content_once(parts: Parts, given: dict[str, str]) -> None:
    plan = plan_of(parts, query._numbers(query._filter(parts.administrator, given), 0, 51))
    assert plan[0] in ("SCAN activity", "SEARCH activity USING INDEX activity_at (at>?)"), plan
    if "search" not in given:  # an event whose correlation has a word of the search is looked at by itself
        assert not any("CORRELATED" in step for step in plan), "a content must not be asked for each event"
    if "from" not in given:
        assert not any("TEMP B-TREE" in step for step in plan), "the page must come in order by itself"


def test_what_is_counted_is_found_by_content(parts: Parts) -> None:
    counted = query._filter(parts.administrator, {"initiator": "ben@acme.example"}).where()
    plan = plan_of(parts, select(func.count()).select_from(activity).where(*counted))
    assert plan[0] == "SEARCH activity USING COVERING INDEX activity_of_content (content=?)", plan


def test_what_was_done_to_a_key_is_found_by_its_instance(parts: Parts) -> None:
    of_key = select(activity_log).where(activity_content.c.instance == HPCS, activity_content.c.target == "crn:x")
    plan = plan_of(parts, of_key.order_by(activity.c.seq))
    assert plan[0] == "SEARCH activity_content USING INDEX activity_content_of_instance (instance=?)", plan
    assert plan[1] == "SEARCH activity USING INDEX activity_of_content (content=?)", plan


def plan_of(parts: Parts, statement: Any) -> list[str]:
    """How the database goes about a statement, a step a line."""
    with parts.store.read() as reader:
        sql = statement.compile(reader.connection, compile_kwargs={"literal_binds": True})
        return [row[3] for row in reader.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}").all()]


def test_what_is_too_old_is_found_by_time(parts: Parts) -> None:
    plan = plan_of(parts, text("SELECT seq FROM activity WHERE at < 7 ORDER BY at LIMIT 9"))
    assert plan == ["SEARCH activity USING COVERING INDEX activity_at (at<?)"]


def test_an_event_is_found_by_the_time_of_its_id(parts: Parts) -> None:
    told = record(parts, parts.administrator, Event("kms.secrets.create", "crn:x"))
    assert milliseconds_of(told) == rows(parts)[-1].at
    plan = plan_of(parts, query._of_id(parts.administrator, told))
    assert "SEARCH activity USING INDEX activity_at (at=?)" in plan, plan
    counted = update(activity).where(activity.c.event_id == told, activity.c.at == 7).values(folded=1)
    assert plan_of(parts, counted) == ["SEARCH activity USING INDEX activity_at (at=?)"]
    assert answer(parts, f"{PATH}/{told}")["id"] == told
    other_time = f"{'0' * 8}{told[8:]}"
    assert parts.send("GET", f"{PATH}/{other_time}")[0] == 404


def test_an_event_whose_id_says_no_time_is_found_too(parts: Parts) -> None:
    told = record(parts, parts.administrator, Event("kms.secrets.create", "crn:x"))
    older = "0d9c6a4e-52e5-4d0e-9c58-0f3a6f0c9a11"
    parts.perform(lambda tx: tx.execute(update(activity).where(activity.c.event_id == told).values(event_id=older)))
    assert answer(parts, f"{PATH}/{older}")["target"]["id"] == "crn:x"
    plan = plan_of(parts, query._of_id(parts.administrator, older))
    assert "SCAN activity" in plan, "by way of the contents, a log of a million events takes seconds"


# what is said once --------------------------------------------------------------------


def contents(parts: Parts) -> list[Any]:
    with parts.store.read() as reader:
        return list(reader.all(select(activity_content).order_by(activity_content.c.id)))


def test_what_is_said_again_is_not_written_again(parts: Parts) -> None:
    who = parts.administrator
    wrap = Event(f"{HS_CRYPTO}.secrets.wrap", key(parts), "root", response_data={"keyVersionId": "v-1"})
    first = record(parts, replace(who, correlation="corr-1"), wrap)
    before = len(contents(parts))
    parts.clock.offset = timedelta(hours=1)
    second = record(parts, replace(who, correlation="corr-2"), replace(wrap, response_data={"keyVersionId": "v-1"}))
    assert len(contents(parts)) == before
    one, other = answer(parts, f"{PATH}/{first}"), answer(parts, f"{PATH}/{second}")
    assert (one.pop("correlationId"), other.pop("correlationId")) == ("corr-1", "corr-2")
    assert (one.pop("eventTime"), other.pop("eventTime")) == ("2026-11-23T17:45:00Z", "2026-11-23T18:45:00Z")
    assert {**one, "id": second, "seq": other["seq"]} == other
    assert answer(parts, f"{PATH}?search=CORR-2")["total"] == 1
    assert answer(parts, f"{PATH}?search=v-1%20root%20corr-1")["total"] == 1
    assert answer(parts, f"{PATH}?search=v-1%20root")["total"] == 2
    assert answer(parts, f"{PATH}?search=corr-1%20corr-2")["total"] == 0
    stranger = parts.seed_user("eve@other.example", {"role": "Administrator"}, account="Other")
    record(parts, replace(stranger, correlation="corr-3"), wrap)
    assert answer(parts, f"{PATH}?search=corr-3")["total"] == 0


def test_one_event_that_cannot_be_written_fails_alone(parts: Parts) -> None:
    good = Event("kms.secrets.create", "crn:x", "root")
    bad = replace(good, target_name="\ud800")

    async def together() -> list[Any]:
        work = [lambda tx, event=event: parts.activity.record(tx, parts.administrator, event) for event in (good, bad)]
        return await asyncio.gather(*(parts.store.writer.performed(one) for one in work), return_exceptions=True)

    told, refused = asyncio.run(together())
    assert answer(parts, f"{PATH}/{told}")["target"]["name"] == "root"
    assert isinstance(refused, UnicodeEncodeError)


@pytest.mark.parametrize("correlation", ["\xdcmlaut-X", "caf\xe9", "CAF\xc9-7"])
def test_a_correlation_is_found_whatever_its_letters(parts: Parts, correlation: str) -> None:
    record(parts, replace(parts.administrator, correlation=correlation), Event("kms.secrets.create", "crn:x"))
    for word in (correlation, correlation.lower()):
        assert answer(parts, f"{PATH}?search={quote(word)}")["total"] == 1


def test_counts_without_a_filter_are_of_what_one_may_see(parts: Parts) -> None:
    total = answer(parts, PATH)["total"]
    stranger = parts.seed_user("eve@other.example", {"role": "Administrator"}, account="Other")
    seeded = answer(parts, f"{PATH}?limit=1")["total"] - total
    record(parts, stranger, Event("kms.secrets.create", "crn:x"))
    for correlation in ("a", "b"):
        record(parts, replace(parts.administrator, correlation=correlation), Event("kms.secrets.create", "crn:y"))
    assert answer(parts, f"{PATH}?limit=1")["total"] == total + seeded + 2
    assert answer(parts, f"{PATH}?limit=1&from=2030-01-01T00:00:00Z")["total"] == 0


@pytest.mark.parametrize(
    "other",
    [
        {"action": f"{HS_CRYPTO}.secrets.unwrap"},
        {"target": "crn:x"},
        {"target_name": "other"},
        {"outcome": "failure"},
        {"status": 409},
        {"reason": "Suspended."},
        {"message": "said otherwise"},
        {"instance": DATABASE},
        {"severity": "critical"},
        {"request_data": {"keyRingId": "blue"}},
        {"response_data": {"keyVersionId": "v-2"}},
    ],
    ids=lambda other: next(iter(other)),
)
def test_what_differs_is_written_apart(parts: Parts, other: dict[str, Any]) -> None:
    wrap = Event(f"{HS_CRYPTO}.secrets.wrap", key(parts), "root")
    record(parts, parts.administrator, wrap)
    before = contents(parts)
    record(parts, parts.administrator, replace(wrap, **other))
    assert len(contents(parts)) == len(before) + 1


@pytest.mark.parametrize("name", ["iam_id", "account", "name", "agent", "address"])
def test_what_another_does_is_written_apart(parts: Parts, name: str) -> None:
    wrap = Event(f"{HS_CRYPTO}.secrets.wrap", key(parts), "root")
    record(parts, parts.administrator, wrap)
    before = contents(parts)
    record(parts, replace(parts.administrator, **{name: "other"}), wrap)
    assert len(contents(parts)) == len(before) + 1


def test_after_a_commit_that_failed_what_is_said_is_written_anew(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    wrap = Event(f"{HS_CRYPTO}.secrets.wrap", key(parts), "root")

    def fail(*given: Any) -> None:
        raise ValueError("full")

    with monkeypatch.context() as patch:
        patch.setattr(parts.store.writer._change, "run", fail)
        with pytest.raises(ValueError, match="full"):
            record(parts, parts.administrator, wrap)
    assert answer(parts, f"{PATH}/{record(parts, parts.administrator, wrap)}")["target"]["name"] == "root"


def test_an_event_that_says_nothing_known_is_refused_at_the_commit(parts: Parts) -> None:
    nowhere = {"event_id": "e-1", "at": 1, "content": 1 << 40, "correlation": ""}
    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        parts.perform(lambda tx: tx.execute(activity.insert(), nowhere))
    assert "e-1" not in [row.event_id for row in rows(parts)]
    record(parts, parts.administrator, Event("kms.secrets.create", "crn:x"))


def test_more_is_said_than_is_remembered(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kyok.cloud.store.contents.KNOWN", 2)
    wraps = [Event(f"{HS_CRYPTO}.secrets.wrap", key(parts), f"root-{number}") for number in range(4)]
    told = [record(parts, parts.administrator, wrap) for wrap in (*wraps, *wraps)]
    names = [answer(parts, f"{PATH}/{ident}")["target"]["name"] for ident in told]
    assert names == [f"root-{number}" for number in range(4)] * 2


def test_what_nobody_says_any_more_goes_with_its_last_event(parts: Parts) -> None:
    wrap = Event(f"{HS_CRYPTO}.secrets.wrap", key(parts), "root")
    kept = replace(wrap, target_name="kept")
    for event in (wrap, kept):
        record(parts, parts.administrator, event)
    parts.clock.offset = timedelta(days=300)
    record(parts, parts.administrator, kept)
    parts.clock.offset = timedelta(days=366)
    retention.expire(parts.store)
    said = [row.document["target"]["name"] for row in contents(parts)]
    assert said.count("kept") == 1 and "root" not in said
    again = record(parts, parts.administrator, wrap)
    assert answer(parts, f"{PATH}/{again}")["target"]["name"] == "root"


def test_a_reset_and_what_is_said_in_its_batch(parts: Parts) -> None:
    wrap = Event(f"{HS_CRYPTO}.secrets.wrap", key(parts), "root")
    record(parts, parts.administrator, wrap)
    assert parts.send("POST", "/emulator/v1/reset", {})[0] in (200, 204)
    again = record(parts, parts.administrator, wrap)
    assert answer(parts, f"{PATH}/{again}")["target"]["name"] == "root"


def test_later_pages_need_not_count(parts: Parts) -> None:
    body = answer(parts, f"{PATH}?totals=false")
    assert set(body) == {"events", "next"}
    assert parts.send("GET", f"{PATH}?totals=perhaps")[0] == 400


# what belongs to an instance ----------------------------------------------------------


def test_an_instances_events_are_those_of_it_in_it_and_by_it(parts: Parts) -> None:
    database = str(agent(parts).crn)
    record(parts, parts.administrator, Event("resource-controller.instance.create", database, "ledger-db"))
    record(parts, agent(parts), Event(f"{HS_CRYPTO}.secrets.unwrap", key(parts), "root", instance=HPCS, status=401))
    record(parts, parts.administrator, Event(f"{HS_CRYPTO}.secrets.disable", key(parts), "root", instance=HPCS))
    assert [one["action"] for one in answer(parts, f"{PATH}?instance={DATABASE}")["events"]] == [
        "hs-crypto.secrets.unwrap",
        "resource-controller.instance.create",
    ]
    assert answer(parts, f"{PATH}?target={key(parts)}")["total"] == 2
    assert answer(parts, f"{PATH}?target={database}")["total"] == 1
    assert answer(parts, f"{PATH}?search=key%20DISABLED%20root")["total"] == 1
    assert answer(parts, f"{PATH}?search=disabled%20nobody")["total"] == 0


def test_what_the_log_can_be_filtered_by(parts: Parts) -> None:
    record(parts, agent(parts), Event(f"{HS_CRYPTO}.secrets.unwrap", key(parts), "root", instance=HPCS))
    stranger = parts.seed_user("eve@other.example", {"role": "Administrator"}, account="Other")
    record(parts, stranger, Event("kms.secrets.create", "crn:x"))
    found = answer(parts, "/emulator/v1/activity-facets")
    assert {"hs-crypto", "kyok"} <= set(found["services"]) and "kms" not in found["services"]
    assert "ledger-db" in found["initiators"] and "eve@other.example" not in found["initiators"]
    assert parts.send("GET", "/emulator/v1/activity-facets", who=parts.seed_user("rita@acme.example"))[0] == 403


# retention ----------------------------------------------------------------------------


def test_events_go_when_they_are_older_than_the_setting_says(parts: Parts) -> None:
    old = record(parts, parts.administrator, Event("kms.secrets.create", "crn:x"))
    before = answer(parts, PATH)
    assert (before["oldest_at"], before["retention_days"]) == ("2026-11-23T17:45:00.000Z", 365)
    parts.clock.offset = timedelta(days=200)
    new = record(parts, parts.administrator, Event("kms.secrets.create", "crn:y"))
    assert retention.expire(parts.store) == 0
    assert parts.send("PUT", "/emulator/v1/settings", {"activity_retention_days": 199})[0] == 200
    assert retention.expire(parts.store) == before["total"]
    left = answer(parts, PATH)
    assert old not in [one["id"] for one in left["events"]] and new in [one["id"] for one in left["events"]]
    assert (left["oldest_at"], left["retention_days"]) == ("2027-06-11T17:45:00.000Z", 199)
    assert parts.send("GET", f"{PATH}/{old}")[0] == 404


@pytest.mark.parametrize("days", [0, 6, 3651, 7.5, "7"])
def test_a_retention_that_cannot_be_is_refused(parts: Parts, days: Any) -> None:
    assert parts.send("PUT", "/emulator/v1/settings", {"activity_retention_days": days})[0] == 400


def test_many_go_in_several_units(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", 3)
    for _ in range(7):
        record(parts, parts.administrator, Event("kms.secrets.create", "crn:x"))
    count = len(rows(parts))
    parts.clock.offset = timedelta(days=366)
    assert retention.expire(parts.store) == count
    assert rows(parts) == [] and answer(parts, PATH)["oldest_at"] is None


def test_a_check_after_its_event_went_is_told_anew(parts: Parts) -> None:
    unwrap = Event(f"{HS_CRYPTO}.secrets.unwrap", key(parts), "root", instance=HPCS, folds=True)
    first = record(parts, agent(parts), unwrap)
    assert record(parts, agent(parts), unwrap) == first
    parts.clock.offset = timedelta(days=366)
    retention.expire(parts.store)
    with parts.store.read() as reader:
        assert reader.all(select(activity_fold)) == []
    again = record(parts, agent(parts), unwrap)
    assert again != first
    assert answer(parts, f"{PATH}?checks=true&instance={HPCS}")["events"][0]["id"] == again


# an older file ------------------------------------------------------------------------


def test_events_of_an_older_cloud_are_found_too(tmp_path: Any) -> None:
    crn = f"crn:v1:bluemix:public:hs-crypto:us-south:a/acc-1:{HPCS}:key:k-1"
    document: dict[str, Any] = {
        "eventType": "activity",
        "action": "hs-crypto.secrets.wrap",
        "outcome": "failure",
        "severity": "warning",
        "message": "Hyper Protect Crypto Services: wrap secrets root -failure",
        "initiator": {"id": "IBMid-ben", "name": "ben@acme.example"},
        "target": {"id": crn, "name": "root", "typeURI": "hs-crypto/secrets"},
        "reason": {"reasonCode": 409, "reasonForFailure": "Suspended."},
    }
    engine = create_engine(f"sqlite:///{tmp_path / 'older.sqlite'}")
    upgrade(engine, "0004")
    columns = "seq, event_id, at, account, action, outcome, severity, initiator, target, correlation, folded, document"
    marks = ", ".join(f":{name}" for name in columns.split(", "))
    with engine.begin() as connection:
        for seq in (3, 4, 9):
            whole = {"id": f"e-{seq}", "eventTime": "2026-11-23T17:45:00Z", **document, "correlationId": f"corr-{seq}"}
            values = {"seq": seq, "event_id": f"e-{seq}", "at": 1, "account": "acc-1", "folded": seq}
            values |= {name: document[name] for name in ("action", "outcome", "severity")}
            values |= {"initiator": "ben@acme.example", "target": crn, "correlation": f"corr-{seq}"}
            connection.execute(
                text(f"INSERT INTO activity ({columns}) VALUES ({marks})"), values | {"document": json.dumps(whole)}
            )
        connection.execute(text("DELETE FROM activity WHERE seq = 9"))
        connection.execute(text("INSERT INTO activity_fold VALUES ('agent', 'e-4', 'success 200 ')"))
    upgrade(engine, SCHEMA)
    with engine.begin() as connection:
        assert connection.execute(select(activity_fold)).all() == [], "the next check is told anew"
        first, second = connection.execute(select(activity_log).order_by(activity.c.seq)).all()
        connection.execute(
            activity.insert(), {"event_id": "e-10", "at": 2, "content": first.content, "correlation": ""}
        )
        newest = connection.execute(select(func.max(activity.c.seq))).scalar()
    assert (first.seq, first.event_id, first.at, first.correlation, first.folded) == (3, "e-3", 1, "corr-3", 3)
    assert second.content == first.content, "what both say stands once"
    assert (first.initiator_id, first.instance, first.document) == ("IBMid-ben", HPCS, document)
    assert all(word in first.words for word in ("ben@acme.example", "suspended", "hs-crypto.secrets.wrap"))
    assert "corr-" not in first.words
    assert newest == 10, "the numbers of events that are gone are not given again"
    engine.dispose()


@pytest.mark.parametrize("chosen", ["e", "wrap", "KEY", "hs-crypto", ""])
def test_words_of_older_events_stay_whole_whatever_their_clients_called_a_request(chosen: str) -> None:
    moved = importlib.import_module("kyok.cloud.store.migrations.versions.v0007_activity_contents")
    common = "key suspended hs-crypto.secrets.wrap keyring wrap-test"
    document = json.dumps({"id": "e-1", "eventTime": "2026-11-23T17:45:00Z", "correlationId": chosen})
    columns = ("account", "action", "outcome", "severity", "initiator", "initiator_id", "instance", "target")
    row = SimpleNamespace(**dict.fromkeys(columns, ""), folds=0, document=document, correlation=chosen)
    row.words = f"{common} {chosen.lower()} v-1"
    words = f"{moved._said(row)['words']} {chosen.lower()}".split()
    assert set(words) == set(row.words.split())


def test_an_agent_is_told_apart_by_what_is_kept_of_it(parts: Parts) -> None:
    seen = len(contents(parts))
    for end in ("a", "b"):
        who = replace(parts.administrator, agent="x" * LONGEST_AGENT + end)
        record(parts, who, Event("hs-crypto.secrets.wrap", key(parts)))
    assert len(contents(parts)) == seen + 1
