"""Key health on a canned account: the picture of mock-up 06, its filters, its links, and how it stays live."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtTest import QTest

from kyok.client.errors import CloudUnreachable
from kyok_gui import places, saving
from kyok_gui.directory import Entry
from kyok_gui.pages.health.counts import CountButton
from kyok_gui.pages.health.page import KeyHealthPage
from kyok_gui.widgets.table_view import words_width
from tests.gui import driver
from tests.gui.fakes import FakeContext
from tests.gui.pages.database import canned
from tests.gui.pages.database.fakes import FakeCloud
from tests.gui.pages.health.health_object import TABLE, KeyHealth, account, open_health

WORST_FIRST = ["archive-db", "cards-db", "hr-db", "ledger-db", "treasury-db", "reporting-db"]
Opened = Callable[..., KeyHealth]


@pytest.fixture
def opened(qtbot: Any, context: FakeContext, fake_cloud: FakeCloud) -> Opened:
    def open_it(bodies: list[canned.Json] | None = None, size: tuple[int, int] = (1440, 900)) -> KeyHealth:
        wanted = account() if bodies is None else bodies
        return KeyHealth(open_health(qtbot, context, fake_cloud, wanted, size))

    return open_it


def told(qtbot: Any, context: FakeContext, *kinds: str) -> None:
    """Something changed in the cloud, and the page has looked."""
    context.live.tell(kinds or ("database",))
    QTest.qWait(60)  # the page's own rest before it looks
    qtbot.waitUntil(lambda: not context.tasks.busy, timeout=20_000)


def test_names_of_keys_stand_whole_with_their_versions(opened: Opened) -> None:
    body = canned.connected()
    body = {
        **body,
        "name": "payments-db",
        "guid": "guid-payments",
        "root_key": {**body["root_key"], "name": "payments-root"},
    }
    page = opened([body, *account()], (1440, 900))
    table = driver.table(page.root, TABLE)
    row = driver.row_of_cell(page.root, TABLE, "payments-db")
    assert page.row("payments-db")["key"].startswith("payments-root v")
    for place, column in enumerate(table.model.columns):
        cell = table.view.visualRect(table.model.index(row, place))
        room = table.view.cells.content_rect(cell, place).width()
        assert words_width(column, table.model.row_at(row)) <= room, column.id
        assert column.whole == (column.id in ("instance", "key", "hsm"))


def test_the_worst_comes_first_and_every_cell_says_why(opened: Opened) -> None:
    page = opened()
    assert page.names() == WORST_FIRST
    assert (page.level, page.sentence) == ("error", "4 of 6 instances need attention; 3 of them are stopped.")
    assert page.counts() == [
        "3 deleted",
        "3 not authorized",
        "3 disabled",
        "1 not connected",
        "5 connected",
        "3 with default key",
    ]
    assert page.row("archive-db") == {
        "instance": "archive-db, us-south",
        "key": "ledger-root, Destroyed",
        "authorization": "Reader, All instances",
        "hsm": "acme-hpcs, us-south",
        "node1": "Deleted",
        "node2": "Deleted",
        "node3": "Deleted",
        "reason": "Deleted by ben@ at 16:58, 17:44 denied (410)",
    }
    assert page.row("cards-db")["authorization"] == "Missing, Create"
    assert page.row("ledger-db")["node3"] == "Not connected, Stops in 8:35"
    assert page.row("reporting-db")["key"] == "None, Random key"
    assert page.row("reporting-db")["authorization"] == "Not needed, Default key"


def test_the_counts_are_filters_and_can_be_taken_back(opened: Opened) -> None:
    page = opened()
    page.press_count("disabled")
    assert page.names() == ["hr-db"]
    page.press_count("not-connected")
    assert page.names() == ["hr-db", "ledger-db"]
    assert page.count("disabled").accessibleName() == "3 disabled, filter in force"
    page.press_count("disabled")
    page.press_count("not-connected")
    assert page.names() == WORST_FIRST


def test_the_counts_go_on_in_a_second_line_where_there_is_no_room(opened: Opened) -> None:
    lines = {}
    for width in (1440, 800):
        page = opened(size=(width, 900))
        summary = driver.find(page.root, "key-health.summary")
        total = driver.find(summary, "key-health.summary.nodes")
        shown = [one for one in summary.findChildren(CountButton) if one.isVisible()]
        places = [QRect(one.mapTo(summary, QPoint()), one.size()) for one in [*shown, total]]
        assert len(shown) == 6 and all(summary.rect().contains(place) for place in places)
        assert not any(one.intersects(other) for one, other in itertools.combinations(places, 2))
        assert all(one.width() == one.sizeHint().width() for one in shown)
        assert page.root.rect().right() >= summary.mapTo(page.root, summary.rect().topRight()).x()
        lines[width] = len({place.top() for place in places[:-1]})
    assert lines == {1440: 1, 800: 2}


def test_a_count_stays_in_sight_while_it_filters(
    opened: Opened, qtbot: Any, context: FakeContext, fake_cloud: FakeCloud
) -> None:
    page = opened()
    page.press_count("disabled")
    cured = [{**body, **canned.connected(), "name": "hr-db"} if body["name"] == "hr-db" else body for body in account()]
    fake_cloud.body, fake_cloud.others = cured[0], cured[1:]
    told(qtbot, context)
    assert page.names() == []
    assert page.count("disabled").text() == "0 disabled" and page.count("disabled").isVisible()
    page.press_count("disabled")
    assert len(page.names()) == 6


def test_more_filters(opened: Opened) -> None:
    page = opened()
    page.choose_filter("attention")
    assert page.names() == WORST_FIRST[:4]
    page.choose_filter("stopped")
    assert page.names() == WORST_FIRST[:3]
    page.choose_filter("grace")
    assert page.names() == ["ledger-db"]
    driver.press(page.root, "key-health.filter.chip")
    assert page.names() == WORST_FIRST
    driver.write(page.root, f"{TABLE}.search", "us-south-3 hr-db")
    driver.table(page.root, TABLE).model.set_filter("guid-hr-db us-south-3")
    assert page.names() == ["hr-db"]


@pytest.mark.parametrize(
    ("name", "column", "kind", "instance", "query"),
    [
        ("hr-db", "instance", places.NODES, "guid-hr-db", {}),
        ("hr-db", "node2", places.NODES, "guid-hr-db", {}),
        ("ledger-db", "node3", places.NODES, "guid-ledger-db", {}),
        ("archive-db", "key", places.KEYS, canned.HPCS, {"key": canned.KEY}),
        ("archive-db", "hsm", places.HPCS_OVERVIEW, canned.HPCS, {}),
        ("archive-db", "authorization", places.AUTHORIZATIONS, None, {"policy": canned.POLICY}),
        (
            "cards-db",
            "authorization",
            places.AUTHORIZATIONS,
            None,
            {
                "create": "1",
                "source": "hyperp-dbaas-postgresql",
                "target": "hs-crypto",
                "target_instance": canned.HPCS,
                "role": "Reader",
                "back": "1",
            },
        ),
    ],
)
def test_every_cell_leads_to_its_thing(
    opened: Opened, context: FakeContext, name: str, column: str, kind: str, instance: str | None, query: Any
) -> None:
    page = opened()
    page.press(name, column)
    here = context.navigator.here
    assert (here.kind, here.instance, dict(here.query)) == (kind, instance, query)


def test_a_node_in_its_grace_period_counts_down(opened: Opened, context: FakeContext, qtbot: Any) -> None:
    page = opened()
    context.clock.set(canned.NOW + timedelta(seconds=35))
    assert page.row("ledger-db")["node3"] == "Not connected, Stops in 8:00"
    repaints = Painted(driver.table(page.root, TABLE).view.viewport())
    context.clock.second.emit()
    QTest.qWait(20)
    assert repaints.count == 0, "nothing changed, and yet it was drawn again"


class Painted(QObject):
    """Counts how often a widget is drawn."""

    def __init__(self, widget: Any) -> None:
        super().__init__(widget)
        self.count = 0
        QTest.qWait(20)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def many(count: int) -> list[canned.Json]:
    body = canned.connected()
    return [{**body, "name": f"db-{number:03}", "guid": f"guid-{number:03}"} for number in range(count)]


def test_two_hundred_rows_change_in_place(
    opened: Opened, qtbot: Any, context: FakeContext, fake_cloud: FakeCloud
) -> None:
    page = opened(many(200))
    view = driver.table(page.root, TABLE).view
    bar = view.verticalScrollBar()
    assert page.sentence == "All 200 instances can use their keys."
    bar.setValue(bar.maximum() // 2)
    top = bar.value()
    view.setCurrentIndex(view.model().index(150, 0))
    bar.setValue(top)
    layouts: list[object] = []
    view.model().layoutChanged.connect(lambda *_: layouts.append(1))
    view.model().modelReset.connect(lambda: layouts.append(2))
    later = many(200)
    for body in later:
        body["nodes"] = [{**node, "last_check_at": canned.t("17:44:59")} for node in body["nodes"]]
    fake_cloud.body, fake_cloud.others = later[0], later[1:]
    told(qtbot, context)
    assert not layouts, "rows whose contents alone changed were laid out again"
    assert (bar.value(), view.currentIndex().row()) == (top, 150)

    later[150] = {**canned.disabled(), "name": "db-150", "guid": "guid-150"}
    fake_cloud.others = later[1:]
    told(qtbot, context)
    assert page.names()[0] == "db-150"
    assert (bar.value(), view.currentIndex().row()) == (top, 0), "the current row goes with its instance"


def test_changes_during_a_reading_become_one_more_reading(
    opened: Opened, qtbot: Any, context: FakeContext, fake_cloud: FakeCloud
) -> None:
    page = opened()
    asked: list[int] = []
    plain = context.api.databases.key_health
    context.api.databases.key_health = lambda: asked.append(1) or plain()
    shown = page.root.findChild(KeyHealthPage)
    assert isinstance(shown, KeyHealthPage)
    for _ in range(5):
        shown.look_afresh()
    qtbot.waitUntil(lambda: not context.tasks.busy, timeout=20_000)
    assert len(asked) == 2


def test_all_keys_are_checked_at_once(opened: Opened, qtbot: Any, context: FakeContext, fake_cloud: FakeCloud) -> None:
    page = opened()
    driver.press(page.root, "key-health.check")
    assert not page.check.isEnabled() and page.check.accessibleDescription() == "Keys are being checked."
    qtbot.waitUntil(page.check.isEnabled, timeout=20_000)
    assert fake_cloud.names() == ["check_all"]
    assert context.told[-1].detail == "Every node of 6 instances asks now."


def test_an_empty_account_says_what_will_be_here(opened: Opened, context: FakeContext) -> None:
    page = opened([])
    assert driver.exists(page.root, "key-health.empty") and not driver.exists(page.root, "key-health.summary")
    assert not page.check.isVisible()
    driver.press(page.root, "key-health.empty.button")
    assert context.navigator.here.kind == places.CATALOG


def test_whoever_may_not_read_the_instances_is_not_told_that_there_are_none(
    opened: Opened, context: FakeContext
) -> None:
    context.directory.set_entries(
        [Entry("g-ledger", "crn:ledger", "ledger-db", "hyperp-dbaas-postgresql", "PostgreSQL", "us-south", "database")]
    )
    page = opened([])
    assert "Your roles do not show you the nodes of this account's 1 database instance." in page.failure
    assert not driver.exists(page.root, "key-health.empty")
    head = driver.find(page.root, "page.help")
    assert head.mapTo(page.root, QPoint(0, 0)).y() < 100, "the head stays at the top"
    context.directory.set_entries([])
    assert driver.exists(page.root, "key-health.empty")


def test_a_failed_reading_says_so_and_is_tried_again(
    opened: Opened, qtbot: Any, context: FakeContext, fake_cloud: FakeCloud
) -> None:
    fake_cloud.fail["key_health"] = CloudUnreachable()
    page = opened()
    assert CloudUnreachable.summary in page.failure
    fake_cloud.fail.clear()
    driver.press(page.root, "key-health.failure.action")
    qtbot.waitUntil(lambda: page.names() == WORST_FIRST, timeout=20_000)
    assert not driver.exists(page.root, "key-health.failure")


def test_what_creating_cannot_cure_is_not_offered(opened: Opened) -> None:
    gone = canned.not_authorized()
    gone["hsm"] = {**gone["hsm"], "exists": False}
    page = opened([{**gone, "name": "cards-db"}])
    row = page.row("cards-db")
    assert (row["authorization"], row["hsm"]) == ("Missing, HSM is deleted", "acme-hpcs, Deleted")
    found = driver.row_object(page.root, TABLE, 0)
    assert [name for name, _ in found.place_of] == ["instance", "node1", "node2", "node3"]


def test_an_instance_that_is_being_made_or_failed_has_its_words(opened: Opened) -> None:
    page = opened(
        [{**canned.failed(), "name": "bad-db", "guid": "1"}, {**canned.creating(), "name": "new-db", "guid": "2"}]
    )
    assert page.names() == ["bad-db", "new-db"]
    assert page.row("bad-db")["node1"] == ""
    assert page.row("bad-db")["reason"].startswith("Failed: ")


def test_the_account_is_exported_as_it_is_shown(
    opened: Opened, qtbot: Any, context: FakeContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened()
    monkeypatch.setattr(saving, "choose_file", lambda parent, title, name: tmp_path / name)
    page.choose_filter("attention")
    driver.press(page.root, f"{TABLE}.export")
    qtbot.waitUntil(lambda: not context.tasks.busy, timeout=20_000)
    with (tmp_path / "kyok-key-health-2026-11-23.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["Instance"] for row in rows] == WORST_FIRST[:4]
    assert (rows[1]["Authorization"], rows[1]["Node 2"], rows[3]["Node 3 stops"]) == (
        "Missing",
        "Not authorized",
        "Stops in 8:35",
    )
    assert rows[0]["CRN"] == canned.DB_CRN
