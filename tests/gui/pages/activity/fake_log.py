"""A log in memory that answers as the client does, and the day of mock-up 19."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from kyok.client.activity import EventFilter
from kyok.client.decode import decode, decode_all
from kyok.client.errors import ApiError
from kyok.client.records.activity import Event, EventPage, Facets
from tests.gui.shell.sample import NOW

Json = dict[str, Any]
KEY_CRN = "crn:v1:bluemix:public:hs-crypto:us-south:a/2f4c1d:g-hpcs:key:k-1"
DATABASE_CRN = "crn:v1:bluemix:public:hyperp-dbaas-postgresql:us-south:a/2f4c1d:g-ledger::"
POLICY_CRN = "crn:v1:bluemix:public:iam-access-management::a/2f4c1d::policy:p-1"


def event(seq: int, ago: timedelta, action: str, target: str, name: str, who: str, **more: Any) -> Json:
    """One CADF record; `more` replaces members."""
    body: Json = {
        "seq": seq,
        "id": f"e-{seq}",
        "eventTime": (NOW - ago).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "action": action,
        "outcome": "success",
        "severity": "normal",
        "message": f"{action} {name}",
        "initiator": {"id": f"IBMid-{who}", "name": who, "host": {"agent": "curl/8", "address": "127.0.0.1"}},
        "target": {"id": target, "name": name, "typeURI": action.partition(".")[0]},
        "reason": {"reasonCode": 200},
        "requestData": {},
        "responseData": {},
        "correlationId": f"c-{seq}",
        "folded": 0,
    }
    return {**body, **more}


def story() -> list[Json]:
    """The events of the mock-up, oldest first, and one of last week."""
    anna, ben = "anna@acme.example", "ben@acme.example"
    critical, warning = {"severity": "critical"}, {"severity": "warning"}
    denied = {"outcome": "failure", "severity": "critical", "reason": {"reasonCode": 401}, "correlationId": "c-8"}
    stopped = {**critical, "responseData": {"detail": "not authorized"}, "correlationId": "c-8"}
    rotated = {**warning, "responseData": {"detail": "to version 3"}}
    hpcs, dbaas, root, other = "hs-crypto.secrets", "hyperp-dbaas-postgresql", "ledger-root", KEY_CRN[:-1] + "2"
    ago, gone = timedelta, "iam-am.policy.delete"
    return [
        event(1, ago(days=6), f"{hpcs}.create", KEY_CRN, root, ben),
        event(2, ago(hours=23, minutes=42), gone, POLICY_CRN, "PostgreSQL → acme-hpcs-eu", ben, **critical),
        event(3, ago(hours=21, minutes=15), f"{hpcs}.disable", KEY_CRN, root, ben, **warning),
        event(4, ago(hours=20, minutes=53), f"{hpcs}.enable", KEY_CRN, root, ben, **warning),
        event(5, ago(hours=15, minutes=44), f"{dbaas}.backup.create", DATABASE_CRN, "ledger-db", "Daily schedule"),
        event(6, ago(hours=8, minutes=45), f"{hpcs}.rotate", KEY_CRN, root, ben, **rotated),
        event(7, ago(hours=8, minutes=32), f"{hpcs}.disable", other, "hr-root", anna, **warning),
        event(8, ago(minutes=3, seconds=10), gone, POLICY_CRN, "PostgreSQL → acme-hpcs", anna, **critical),
        event(9, ago(minutes=2, seconds=25), f"{hpcs}.unwrap", KEY_CRN, root, "ledger-db", **denied),
        event(10, ago(minutes=2, seconds=25), f"{dbaas}.node.stop", DATABASE_CRN, "ledger-db", "3 nodes", **stopped),
    ]


def many(count: int) -> list[Json]:
    """Events a second apart, oldest first."""
    return [
        event(n, timedelta(seconds=count - n), "hs-crypto.secrets.wrap", KEY_CRN, f"key-{n}", "anna@acme.example")
        for n in range(1, count + 1)
    ]


class FakeLog:
    """What `api.activity` is. `asked` holds every question: filter, limit, before, totals."""

    def __init__(self, events: list[Json] | None = None) -> None:
        self.events_by_age = story() if events is None else events
        self.asked: list[tuple[EventFilter, int, int | None, bool]] = []
        self.fail: Exception | None = None
        self.retention_days = 365
        self.folded_checks = 4254

    def add(self, body: Json) -> None:
        """Something happens."""
        self.events_by_age.append(body)

    def events(
        self, wanted: EventFilter | None = None, *, limit: int = 50, before: int | None = None, totals: bool = True
    ) -> EventPage:
        wanted = wanted or EventFilter()
        self.asked.append((wanted, limit, before, totals))
        if self.fail is not None:
            raise self.fail
        found = [one for one in reversed(self.events_by_age) if _matches(one, wanted)]
        page = [one for one in found if before is None or one["seq"] < before]
        following = page[limit - 1]["seq"] if len(page) > limit else None
        records = decode_all(Event, page[:limit])
        if not totals:
            return EventPage(records, next=following)
        oldest = decode(Event, self.events_by_age[0]).time if self.events_by_age else None
        return EventPage(records, len(found), self.folded_checks, following, oldest, self.retention_days)

    def event(self, event_id: str) -> Event:
        return decode(Event, self.document(event_id))

    def document(self, event_id: str) -> Json:
        found = next((one for one in self.events_by_age if one["id"] == event_id), None)
        if found is None:
            raise ApiError("There is no activity event with this id.", "", status=404, code="EVENT_NOT_FOUND")
        return found

    def documents(self, wanted: EventFilter | None = None) -> Iterator[list[Json]]:
        wanted = wanted or EventFilter()
        found = [one for one in reversed(self.events_by_age) if _matches(one, wanted)]
        for start in range(0, max(1, len(found)), 500):
            yield found[start : start + 500]

    def facets(self) -> Facets:
        names = {one["initiator"]["name"] for one in self.events_by_age}
        return Facets(
            tuple(sorted({one["action"].partition(".")[0] for one in self.events_by_age})), tuple(sorted(names))
        )


def _matches(one: Json, wanted: EventFilter) -> bool:
    moment = datetime.fromisoformat(one["eventTime"])
    tests = (
        not wanted.actions or any(one["action"].startswith(text.rstrip("*")) for text in wanted.actions),
        not wanted.outcomes or one["outcome"] in wanted.outcomes,
        not wanted.severities or one["severity"] in wanted.severities,
        not wanted.initiator or one["initiator"]["name"] == wanted.initiator,
        not wanted.target or one["target"]["id"] == wanted.target,
        not wanted.instance or wanted.instance in one["target"]["id"],
        not wanted.correlation or one["correlationId"] == wanted.correlation,
        wanted.begin is None or moment >= wanted.begin,
        wanted.end is None or moment <= wanted.end,
        all(word in str(one).lower() for word in wanted.search.lower().split()),
    )
    return all(tests)
