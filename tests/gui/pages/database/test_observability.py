"""The Observability page: only what is measured, as charts that read without colour and as a table; events."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from kyok_gui import places
from kyok_gui.places import Place
from kyok_gui.widgets import RadioGroup
from kyok_gui.widgets.line_chart import ChartData, Line
from kyok_gui.widgets.line_chart_scale import marks, spoken, steps
from tests.gui.driver import click_link, find, table_rows, wait_for
from tests.gui.fakes import FakeContext
from tests.gui.pages.database import canned
from tests.gui.pages.database.conftest import Open
from tests.gui.pages.database.fakes import FakeCloud, Stage, refusal
from tests.gui.pages.database.instance_pages import Charts
from tests.gui.pages.database.pages import unnamed

NOW = canned.NOW


@pytest.fixture
def stage(open_page: Open) -> Stage:
    return open_page(places.OBSERVABILITY)


@pytest.fixture
def page(stage: Stage) -> Charts:
    return Charts(stage)


def press_radio(page: Charts, name: str, choice: str) -> None:
    radio = find(page.root, name, RadioGroup)._radios[choice]
    QTest.mouseClick(radio, Qt.MouseButton.LeftButton, pos=QPoint(8, radio.height() // 2))


def test_of_simulated_nodes_only_what_they_have_is_drawn(page: Charts) -> None:
    assert page.shown() == ["storage", "latency", "rows", "lag", "backups"]
    said = page.text("observability.not-measured")
    assert said.startswith(
        "Simulated nodes run no server, so there is no memory of the database server and sessions of"
    )
    assert "CPU time is not measured" in said
    assert unnamed(page.root) == []


def test_under_the_key_of_the_service_no_latency_is_missed(open_page: Open, fake_cloud: FakeCloud) -> None:
    fake_cloud.own_key = False
    page = Charts(open_page(places.OBSERVABILITY, "default_key"))
    assert "latency" not in page.shown()
    said = page.text("observability.not-measured")
    assert "The service's own key is not checked, so there is no latency of key checks." in said
    assert "No sample yet" not in said


def test_of_real_servers_memory_and_sessions_too(open_page: Open) -> None:
    page = Charts(open_page(places.OBSERVABILITY, "real"))
    assert page.shown() == ["storage", "latency", "rows", "lag", "memory", "connections", "backups"]
    assert page.text("observability.not-measured").startswith("CPU time is not measured")


def test_values_stand_in_words_and_the_chart_speaks(page: Charts) -> None:
    chart = page.chart("latency")
    assert chart.legend() == [("Node 1", "7.0 ms"), ("Node 2", "8.0 ms"), ("Node 3", "9.0 ms")]
    assert chart.accessibleDescription().startswith(
        "From 23 Nov 2026 15:45 UTC to 23 Nov 2026 17:45 UTC. Node 1: last 7.0 ms, lowest 5.0 ms, highest 7.0 ms"
    )
    assert page.chart("storage").accessibleDescription().endswith("0.0% of 24 GB disk per node.")
    assert [line.style for line in chart.data.lines] == [0, 1, 2]  # type: ignore[union-attr]
    assert [line.style for line in page.chart("lag").data.lines] == [1, 2], "as node 2 and 3 look elsewhere"  # type: ignore[union-attr]


def test_the_arrow_keys_read_sample_by_sample(page: Charts) -> None:
    chart = page.chart("rows")
    chart.setFocus()
    assert chart.when() == "Last values"
    page.key("rows", Qt.Key.Key_Left)
    page.key("rows", Qt.Key.Key_Left)
    assert (chart.when(), chart.legend()) == ("23 Nov 17:44 UTC", [("All nodes", "128")])
    assert chart.accessibleDescription() == "23 Nov 17:44 UTC: All nodes 128"
    page.key("rows", Qt.Key.Key_Home)
    assert chart.legend() == [("All nodes", "100")]
    page.key("rows", Qt.Key.Key_End)
    assert chart.when() == "23 Nov 17:45 UTC"
    page.key("rows", Qt.Key.Key_Escape)
    assert chart.when() == "Last values"


def test_a_press_marks_the_nearest_sample_until_the_focus_leaves(page: Charts) -> None:
    chart = page.chart("rows")
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(chart.width() - 10, 100))
    assert chart.when() == "23 Nov 17:45 UTC"
    page.chart("lag").setFocus()
    assert chart.when() == "Last values"


def test_the_table_says_the_same_in_words(page: Charts) -> None:
    press_radio(page, "observability.as", "table")
    assert page.shown() == []
    rows = table_rows(page.root, "observability.table")
    assert len(rows) == 28 * 3, "two of thirty samples are missing, and nothing is invented"
    assert rows[1] == ["23 Nov 17:45", "Node 2", "Yes", "49 KB", "8.0 ms", "1 KB", "–", "–", "129"]
    press_radio(page, "observability.as", "charts")
    assert "rows" in page.shown()


def test_another_window_is_read_anew(page: Charts, context: FakeContext, qtbot: Any) -> None:
    press_radio(page, "observability.window", "day")
    qtbot.waitUntil(lambda: not context.tasks.busy)
    data = page.chart("rows").data
    assert data is not None
    assert (data.end - data.begin, data.step) == (timedelta(days=1), timedelta(minutes=15))


def test_before_the_first_sample_the_page_says_when_there_is_one(open_page: Open, fake_cloud: FakeCloud) -> None:
    fake_cloud.samples = 0
    page = Charts(open_page(places.OBSERVABILITY))
    assert page.sees("observability.empty")
    assert page.shown() == ["backups"]


def test_samples_are_looked_for_every_half_minute(
    page: Charts, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    fake_cloud.samples = 40
    for _ in range(30):
        context.clock.second.emit()
    wait_for(qtbot, lambda: page.chart("rows").legend() == [("All nodes", "139")])


def test_events_lead_to_their_record_and_to_all_of_them(page: Charts, context: FakeContext) -> None:
    rows = table_rows(page.root, "observability.events.table")
    assert [row[2:] for row in rows] == [["anna@acme.example", "Success"], ["anna@acme.example", "Failed"]]
    click_link(page.root, "observability.events.table", 1, "what")
    assert context.navigator.here == Place(places.ACTIVITY).with_query(event="e-config")
    page.press("observability.events.all")
    assert context.navigator.here == places.activity_of(instance=canned.DB, name="ledger-db")


def test_who_may_not_read_the_log_is_told_so_and_sees_the_rest(open_page: Open, fake_cloud: FakeCloud) -> None:
    fake_cloud.fail["events"] = refusal(403, "FORBIDDEN", "You may not read the activity log.", "Ask for Viewer.")
    page = Charts(open_page(places.OBSERVABILITY))
    assert page.text("observability.events.refused") == "You may not read the activity log. Ask for Viewer."
    assert "rows" in page.shown()


def test_in_a_narrow_window_charts_stand_below_each_other(open_page: Open) -> None:
    page = Charts(open_page(places.OBSERVABILITY, width=860, height=768))
    assert page.chart("storage").x() == page.chart("latency").x()
    assert page.chart("storage").y() < page.chart("latency").y()


@pytest.mark.parametrize(
    ("highest", "base", "wanted"),
    [
        (0, 10, [0, 0.5, 1]),
        (7, 10, [0, 2.5, 5, 7.5]),
        (4_920, 10, [0, 2000, 4000, 6000]),
        (0, 1024, [0, 512, 1024]),
        (346 * 1024, 1024, [0, 200 * 1024, 400 * 1024]),
        (45 * 2**20, 1024, [0, 20 * 2**20, 40 * 2**20, 60 * 2**20]),
    ],
)
def test_axes_have_round_values(highest: float, base: int, wanted: list[float]) -> None:
    assert steps(highest, base) == wanted


@pytest.mark.parametrize(
    ("highest", "wanted"), [(0, [0, 1]), (2, [0, 1, 2]), (7, [0, 3, 6, 9]), (120, [0, 50, 100, 150])]
)
def test_what_is_counted_has_no_parts_on_its_axis(highest: float, wanted: list[float]) -> None:
    assert steps(highest, whole=True) == wanted


def test_times_on_the_axis_are_round_and_few() -> None:
    assert [words for _, words in marks(NOW - timedelta(hours=2), NOW, 5)] == ["16:00", "16:30", "17:00", "17:30"]
    assert [words for _, words in marks(NOW - timedelta(days=7), NOW, 8)] == [f"{day} Nov" for day in range(17, 24)]


def test_a_line_without_samples_says_so() -> None:
    data = ChartData("Rows", NOW - timedelta(hours=1), NOW, timedelta(minutes=1), str, (Line("Node 1", ()),))
    assert spoken(data).endswith("Node 1: not measured.")
