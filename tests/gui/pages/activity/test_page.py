"""The Activity page on a log in memory: filters, record, links, exports, and a log of many pages."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kyok.client.errors import CloudUnreachable
from kyok_gui import places, saving
from kyok_gui.pages.activity.page import ActivityPage
from kyok_gui.pages.activity.panel import EventPanel
from kyok_gui.places import Place, activity_of
from kyok_gui.widgets.table_view import needed_width
from tests.gui import driver
from tests.gui.fakes import FakeContext
from tests.gui.pages.activity.activity_object import TABLE, Activity, open_activity
from tests.gui.pages.activity.fake_log import DATABASE_CRN, KEY_CRN, FakeLog, event, many
from tests.gui.shell.sample import NOW

Opened = Callable[..., Activity]


@pytest.fixture
def log() -> FakeLog:
    return FakeLog()


@pytest.fixture
def opened(qtbot: Any, context: FakeContext, log: FakeLog) -> Opened:
    def open_it(place: Place | None = None, known: FakeLog | None = None) -> Activity:
        stage = open_activity(qtbot, context, known or log, place or Place(places.ACTIVITY))
        return Activity(stage, qtbot)

    return open_it


def test_in_a_small_window_targets_stand_whole_and_actions_have_all_room_that_is_left(opened: Opened) -> None:
    page = opened()
    table = driver.table(page.root, TABLE)
    # as much as a window of 1024 pixels leaves beside its rail
    page.root.window().resize(1024 + 256 - 48, 768)
    QApplication.processEvents()
    rows, columns = table.model.rows(), table.model.columns
    spare = {
        column.id: table.view.columnWidth(place) - needed_width(column, rows) for place, column in enumerate(columns)
    }
    assert [column.id for column in columns if column.whole] == ["what", "target"]
    assert spare["time"] <= 0 and spare["who"] <= 0 and spare["outcome"] <= 0


@pytest.fixture
def idle(qtbot: Any, context: FakeContext) -> Callable[[], None]:
    """Waits until nothing is asked any more."""

    def wait() -> None:
        QTest.qWait(60)
        qtbot.waitUntil(lambda: not context.tasks.busy, timeout=20_000)

    return wait


def page_of(activity: Activity) -> ActivityPage:
    found = activity.root.findChild(ActivityPage)
    assert isinstance(found, ActivityPage)
    return found


def test_the_last_day_in_plain_words(opened: Opened) -> None:
    page = opened()
    assert page.period == "Last 24 hours"
    assert page.titles()[:3] == ["Nodes stopped: not authorized", "Unwrap denied (401)", "Authorization removed"]
    assert page.row(4) == [
        "09:00:00",
        "Key rotated to version 3",
        "ledger-root",
        "ben@acme.example",
        "Success",
        "Warning",
    ]
    assert page.count == "1–9 of 9 events"
    assert page.subtitle.endswith("Kept for 365 days. The first is of 17 Nov 2026.")


def test_time_goes_by_the_clouds_clock(opened: Opened, context: FakeContext, idle: Any) -> None:
    page = opened()
    page.choose_period("hour")
    idle()
    assert len(page.titles()) == 3
    page.choose_period("all")
    idle()
    assert page.titles()[-1] == "Key created"
    page.choose_period("hour")
    context.clock.set(NOW + timedelta(hours=2))
    driver.find(page.root, TABLE)
    page_of(page).look_afresh()
    idle()
    assert page.nothing == "No event matches. Try a longer time or fewer filters."
    assert driver.exists(page.root, "activity.period"), "the filters stay where they are"


def test_a_custom_span(opened: Opened, idle: Any, context: FakeContext) -> None:
    page = opened()
    page.choose_period("custom")
    window = page.root.window()
    driver.write(window, "activity.span.to", "2026-11-21")
    accept = driver.find(window, "activity.span.accept")
    assert not accept.isEnabled() and accept.accessibleDescription() == "To lies before From."
    driver.write(window, "activity.span.from", "2026-11-23 09:00")
    driver.write(window, "activity.span.to", "2026-11-23 09:13")
    driver.press(window, "activity.span.accept")
    idle()
    assert page.titles() == ["Key disabled", "Key rotated to version 3"]
    assert page.period == "23 Nov 09:00 – 23 Nov 09:13"
    assert context.navigator.here.value("period") == "custom", "coming back finds the same filters"


def test_filters_by_service_person_outcome_and_severity(opened: Opened, idle: Any, log: FakeLog) -> None:
    page = opened()
    page.choose("person", "ben@acme.example")
    page.choose("severity", "warning")
    idle()
    assert page.titles() == ["Key rotated to version 3", "Key enabled", "Key disabled"]
    assert page.chips() == ["Who: ben@acme.example", "Severity: Warning"]
    page.take_chip("person")
    page.choose("service", "hs-crypto")
    idle()
    assert len(page.titles()) == 4
    page.take_chip("severity")
    page.choose("outcome", "failure")
    idle()
    assert page.titles() == ["Unwrap denied (401)"]
    driver.press(page.root, "activity.chips.clear")
    idle()
    assert len(page.titles()) == 9 and page.chips() == []
    driver.find(page.root, "activity.checks").click()  # type: ignore[attr-defined]
    idle()
    assert log.asked[-1][0].checks


def test_tab_goes_from_the_filters_to_their_chips_to_the_table(opened: Opened, idle: Any) -> None:
    page = opened()
    page.choose("person", "ben@acme.example")
    idle()
    driver.find(page.root, "activity.checks").setFocus()
    stops = []
    for _ in range(4):
        QTest.keyClick(page.root.window(), Qt.Key.Key_Tab)
        stops.append(driver.focused_name())
    assert stops == ["activity.chip.person", "activity.chips.clear", f"{TABLE}.search", "activity.period"]


def test_the_log_is_searched_not_what_is_loaded(opened: Opened, idle: Any, log: FakeLog, qtbot: Any) -> None:
    page = opened()
    page.search("rotate BEN")
    driver.wait_for(qtbot, lambda: page.titles() == ["Key rotated to version 3"])
    assert log.asked[-1][0].search == "rotate BEN"


def test_a_row_opens_its_record_with_json_to_copy(opened: Opened, idle: Any, log: FakeLog) -> None:
    page = opened()
    page.open("Unwrap denied (401)")
    idle()
    panel = page_of(page).panel
    assert isinstance(panel, EventPanel)
    driver.press(page.root, "activity.panel.tab.json")
    assert json.loads(panel.record()) == log.document("e-9")
    driver.press(page.root, "activity.panel.json.copy")
    assert json.loads(QGuiApplication.clipboard().text())["initiator"]["host"]["agent"] == "curl/8"


def test_events_lead_to_their_things(opened: Opened, context: FakeContext) -> None:
    page = opened()
    for title, place in (
        ("Nodes stopped: not authorized", Place(places.NODES, "g-ledger")),
        ("Backup taken", Place(places.BACKUPS, "g-ledger")),
        ("Key rotated to version 3", Place(places.KEYS, "g-hpcs").with_query(key="k-1")),
        ("Authorization removed", Place(places.AUTHORIZATIONS)),
    ):
        page.follow_target(title)
        assert context.navigator.here == place


@pytest.mark.parametrize(
    ("action", "target", "kind"),
    [
        ("iam-am.policy.create", "crn:v1:bluemix:public:iam-access-management::a/2f4c1d::policy:p-1", "authorizations"),
        ("hyperp-dbaas-postgresql.cluster.resource.scale", DATABASE_CRN, "tasks"),
        ("hyperp-dbaas-postgresql.configuration.update", DATABASE_CRN, "tasks"),
        ("kyok.clock.update", "crn:v1:bluemix:public:kyok::a/2f4c1d:::", "emulator"),
        ("iam-identity.user-apikey.create", "crn:v1:bluemix:public:iam-identity::a/2f4c1d::apikey:a-1", "api-keys"),
        ("hs-crypto.key-rings.create", KEY_CRN.replace("key:k-1", ":"), "key-rings"),
        ("hs-crypto.instance-policies.write", KEY_CRN.replace("key:k-1", ":"), "instance-policies"),
        ("hyperp-dbaas-postgresql.log.get", DATABASE_CRN, "log-files"),
        ("kyok.settings.update", "crn:v1:bluemix:public:kyok::a/2f4c1d:::", "settings"),
        (
            "hs-crypto.tke-cryptounit.reset",
            "crn:v1:bluemix:public:hs-crypto:us-south:a/2f4c1d:g-hpcs::",
            "crypto-units",
        ),
        ("resource-controller.instance.create", "crn:v1:bluemix:public:kms:us-east:a/2f4c1d:g-kp::", "hpcs-overview"),
        ("hs-crypto.secrets.create", KEY_CRN.replace("g-hpcs", "gone"), ""),
        ("hs-crypto.secrets.create", "not a crn", ""),
    ],
)
def test_where_a_target_is_looked_at(opened: Opened, context: FakeContext, action: str, target: str, kind: str) -> None:
    page = opened(known=FakeLog([event(1, timedelta(minutes=1), action, target, "the thing", "anna@acme.example")]))
    place = driver.row_object(page.root, TABLE, 0).place
    assert (place.kind if place else "") == kind


def test_a_row_leads_on_to_more_of_the_log(opened: Opened, idle: Any, context: FakeContext) -> None:
    page = opened()
    driver.row_action(page.root, TABLE, 1, "only-person")
    idle()
    assert page.chips() == ["Who: ledger-db"]
    page.take_chip("person")
    idle()
    driver.row_action(page.root, TABLE, 1, "only-cause")
    place = context.navigator.here
    assert (place.kind, place.value("cause"), place.value("period")) == (places.ACTIVITY, "c-8", "all")


def test_the_activity_of_one_thing_is_all_of_it(opened: Opened) -> None:
    page = opened(activity_of(target=KEY_CRN, name="ledger-root"))
    assert page.period == "All time" and page.chips() == ["Activity of: ledger-root"]
    assert page.titles()[-1] == "Key created" and len(page.titles()) == 5


def test_a_link_opens_an_event(opened: Opened, idle: Any) -> None:
    page = opened(Place(places.ACTIVITY).with_query(event="e-1"))
    idle()
    panel = page_of(page).panel
    assert isinstance(panel, EventPanel) and panel.event_id == "e-1"


def test_many_pages_are_read_while_one_scrolls(opened: Opened, idle: Any, qtbot: Any) -> None:
    log = FakeLog(many(450))
    page = opened(known=log)
    assert page.count == "100 of 450 events"
    view = driver.table(page.root, TABLE).view
    bar = view.verticalScrollBar()
    for loaded in (200, 300, 400, 450):
        bar.setValue(bar.maximum())
        driver.wait_for(qtbot, lambda loaded=loaded: driver.table(page.root, TABLE).model.total == loaded)
    assert [asked[3] for asked in log.asked] == [True, False, False, False, False], "only the first page counts"
    assert page.count == "1–450 of 450 events"
    top = bar.value()
    log.add(event(451, timedelta(0), "hs-crypto.secrets.wrap", KEY_CRN, "key-451", "anna@acme.example"))
    page_of(page).look_afresh()
    idle()
    assert driver.table(page.root, TABLE).model.total == 451
    assert abs(bar.value() - top) <= view.row_height, "what one reads stays in sight"


def test_everything_that_matches_is_exported(
    opened: Opened, idle: Any, context: FakeContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(known=FakeLog(many(1_234)))
    monkeypatch.setattr(saving, "choose_file", lambda parent, title, name: tmp_path / name)
    driver.press(page.root, "activity.export-json")
    idle()
    found = json.loads((tmp_path / "kyok-activity-2026-11-23.json").read_text())
    assert [one["seq"] for one in found] == list(range(1_234, 0, -1))
    assert context.told[-1].title == "1,234 events exported"
    driver.press(page.root, f"{TABLE}.export")
    idle()
    with (tmp_path / "kyok-activity-2026-11-23.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 1_234
    assert rows[0]["Time, UTC"] == "2026-11-23T17:45:00Z" and rows[0]["Action"] == "hs-crypto.secrets.wrap"
    assert rows[0]["Correlation ID"] == "c-1234"
    assert context.told[-1].title == "1,234 events exported"


def test_a_file_that_cannot_be_written_is_told(
    opened: Opened, idle: Any, context: FakeContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened()
    monkeypatch.setattr(saving, "choose_file", lambda parent, title, name: tmp_path / "no-folder" / name)
    driver.press(page.root, "activity.export-json")
    idle()
    assert "could not be written" in context.told[-1].title


def test_a_failed_reading_says_so(opened: Opened, idle: Any, log: FakeLog) -> None:
    log.fail = CloudUnreachable()
    page = opened()
    assert CloudUnreachable.summary in page.failure
    log.fail = None
    driver.press(page.root, "activity.failure.action")
    idle()
    assert len(page.titles()) == 9 and not driver.exists(page.root, "activity.failure")
