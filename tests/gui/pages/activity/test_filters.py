"""Filters as links carry them and as the log is asked; what is loaded, page by page."""

from datetime import UTC, datetime, timedelta

import pytest

from kyok.client.decode import decode
from kyok.client.records.activity import Event, EventPage
from kyok_gui.pages.activity.event_log import EventLog
from kyok_gui.pages.activity.filters import ActivityQuery, custom_problem, read_moment
from kyok_gui.places import ACTIVITY, Place, activity_of
from tests.gui.pages.activity.fake_log import many
from tests.gui.shell.sample import NOW


def test_a_link_carries_every_filter_and_leaves_out_the_usual() -> None:
    assert ActivityQuery().place() == Place(ACTIVITY)
    asked = ActivityQuery(
        period="week", service="kms", person="ben", outcome="failure", severity="critical", checks="1"
    )
    assert ActivityQuery.of_place(asked.place()) == asked
    assert ActivityQuery.of_place(Place.of_href(asked.place().href()) or Place(ACTIVITY)) == asked


def test_a_link_to_the_activity_of_something_means_all_of_it() -> None:
    found = ActivityQuery.of_place(activity_of(instance="g-1", name="ledger-db"))
    assert (found.period, found.instance, found.name) == ("all", "g-1", "ledger-db")
    assert ActivityQuery.of_place(Place(ACTIVITY).with_query(instance="g-1")).period == "all"
    assert ActivityQuery.of_place(Place(ACTIVITY).with_query(period="eternity")).period == "all"
    assert activity_of(target="crn:x").href() == ActivityQuery.of_place(activity_of(target="crn:x")).place().href()


@pytest.mark.parametrize(
    ("query", "begin", "end"),
    [
        (ActivityQuery("hour"), NOW - timedelta(hours=1), None),
        (ActivityQuery("day"), NOW - timedelta(days=1), None),
        (ActivityQuery("week"), NOW - timedelta(days=7), None),
        (ActivityQuery("all"), None, None),
        (ActivityQuery("custom", "2026-11-20", ""), datetime(2026, 11, 20, tzinfo=UTC), None),
        (
            ActivityQuery("custom", "2026-11-20 08:00", "2026-11-21 09:30"),
            datetime(2026, 11, 20, 8, tzinfo=UTC),
            datetime(2026, 11, 21, 9, 30, 59, tzinfo=UTC),
        ),
    ],
)
def test_spans_go_by_the_clouds_clock(query: ActivityQuery, begin: datetime | None, end: datetime | None) -> None:
    asked = query.event_filter(NOW)
    assert (asked.begin, asked.end) == (begin, end)


def test_the_words_of_a_span() -> None:
    assert ActivityQuery("week").period_words == "Last 7 days"
    assert ActivityQuery("custom", "2026-11-20", "2026-11-21").period_words == "20 Nov 00:00 – 21 Nov 00:00"
    assert ActivityQuery("custom", "2026-11-20", "").period_words == "Since 20 Nov 2026 00:00 UTC"
    assert ActivityQuery("custom", "", "2026-11-20").period_words == "Until 20 Nov 2026 00:00 UTC"
    assert read_moment("20.11.2026") is None


@pytest.mark.parametrize(
    ("begin", "end", "words"),
    [
        ("2026-11-20", "2026-11-21 09:30", ""),
        ("2026-11-20", "", ""),
        ("", "", "Give one end of the span at least."),
        ("soon", "", "From must be a day or a time like 2026-11-23 17:45."),
        ("", "2026-13-01", "To must be a day or a time like 2026-11-23 17:45."),
        ("2026-11-21", "2026-11-20", "To lies before From."),
    ],
)
def test_a_span_that_cannot_be_says_why(begin: str, end: str, words: str) -> None:
    assert custom_problem(begin, end) == words


def test_chips_name_filters_in_words() -> None:
    asked = ActivityQuery(service="iam-am", person="ben", outcome="failure", severity="critical", cause="c", checks="1")
    assert asked.chips(str) == [
        ("service", "Service: Access (IAM)"),
        ("person", "Who: ben"),
        ("outcome", "Outcome: Failed"),
        ("severity", "Severity: Critical"),
        ("cause", "Same cause"),
        ("checks", "Passed key checks too"),
    ]
    assert ActivityQuery(instance="g-1").chips(lambda guid: f"name of {guid}") == [
        ("instance", "Activity of: name of g-1")
    ]
    assert ActivityQuery(instance="g-1", name="x").without("instance") == ActivityQuery()
    assert ActivityQuery("week").narrowed is False and ActivityQuery(person="ben").narrowed


# what is loaded -----------------------------------------------------------------------


def page(first: int, last: int, following: int | None) -> EventPage:
    """Events `first` down to `last`."""
    found = {one["seq"]: one for one in many(500)}
    events = tuple(decode(Event, found[seq]) for seq in range(first, last - 1, -1))
    return EventPage(events, total=500, next=following)


def numbers(log: EventLog) -> tuple[int, int, int | None]:
    seqs = [event.seq for event in log.events]
    assert seqs == list(range(seqs[0], seqs[-1] - 1, -1)), "no gap, no repetition"
    return seqs[0], seqs[-1], log.next


def test_older_pages_stay_when_newer_events_come() -> None:
    log = EventLog().with_newest(page(300, 201, 201)).with_older(page(200, 101, 101))
    assert numbers(log) == (300, 101, 101)
    assert numbers(log.with_newest(page(320, 221, 221))) == (320, 101, 101)
    assert numbers(log.with_newest(page(300, 201, 201))) == (300, 101, 101)


def test_a_gap_starts_anew() -> None:
    log = EventLog().with_newest(page(200, 101, 101)).with_older(page(100, 1, None))
    assert numbers(log.with_newest(page(400, 301, 301))) == (400, 301, 301)


def test_a_whole_page_is_all_there_is() -> None:
    log = EventLog().with_newest(page(200, 101, 101))
    assert numbers(log.with_newest(page(500, 480, None))) == (500, 480, None)


def test_events_leave_the_span_of_time() -> None:
    log = EventLog().with_newest(page(300, 201, 201)).with_older(page(200, 101, 101))
    later = log.with_newest(page(310, 211, 211), NOW - timedelta(seconds=350))
    assert numbers(later) == (310, 150, 101)
