"""The Log files page: by day, filtered, downloaded; on simulated nodes it says what they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kyok_gui import places, saving
from kyok_gui.widgets import Field, InlineNote
from tests.gui.driver import choose, click_link, find, table, table_rows, wait_for
from tests.gui.fakes import FakeContext
from tests.gui.pages.database.conftest import Open
from tests.gui.pages.database.fakes import FakeCloud, refusal
from tests.gui.pages.database.pages import PageObject, unnamed

FILTER = "log-files.filter"


@pytest.fixture
def page(open_page: Open, fake_cloud: FakeCloud) -> PageObject:
    audit = {"filename": "audit-2026-11-20.log", "size": 512, "last_modified": "2026-11-21T00:01:00.000Z"}
    fake_cloud.log_files = [*fake_cloud.log_files, audit]
    return PageObject(open_page(places.LOG_FILES, "real"))


def rows(page: PageObject) -> list[list[str]]:
    return table_rows(page.root, "log-files.table")


def test_files_of_every_node_are_listed_newest_day_first(page: PageObject) -> None:
    found = rows(page)
    assert len(found) == 9
    assert found[0] == [
        "23 Nov 2026",
        "postgresql.log",
        "Server log",
        "Node 1",
        "1.8 MB",
        "23 Nov 2026 17:44 UTC",
        "30 days",
    ]
    assert found[-1][:3] == ["20 Nov 2026", "audit-2026-11-20.log", "Audit log"]
    assert found[-1][-1] == "90 days"
    assert not page.sees("log-files.simulated")
    assert unnamed(page.root) == []


def test_filters_go_together(page: PageObject) -> None:
    choose(page.root, f"{FILTER}.node", "2")
    assert {row[3] for row in rows(page)} == {"Node 2"}
    page.type(f"{FILTER}.begin", "2026-11-20")
    page.type(f"{FILTER}.end", "2026-11-22")
    assert [row[1] for row in rows(page)] == ["postgresql-2026-11-22.log", "audit-2026-11-20.log"]
    choose(page.root, f"{FILTER}.kind", "Audit log")
    assert [row[1] for row in rows(page)] == ["audit-2026-11-20.log"]
    assert page.text("log-files.none") == "8 log files of other nodes, kinds or days."


@pytest.mark.parametrize(
    ("begin", "end", "said"),
    [("yesterday", "", "A day like 2026-11-23."), ("2026-11-22", "2026-11-20", "The end is before the start.")],
)
def test_a_day_that_cannot_be_is_said_at_the_field(page: PageObject, begin: str, end: str, said: str) -> None:
    page.type(f"{FILTER}.begin", begin)
    page.type(f"{FILTER}.end", end)
    errors = {find(page.root, f"{FILTER}.{name}.field", Field).error for name in ("begin", "end")}
    assert said in errors


def test_ticked_files_are_saved_into_a_folder(
    page: PageObject, context: FakeContext, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "choose_folder", lambda *_: tmp_path)
    table(page.root, "log-files.table").model.set_checked(["1/postgresql.log", "2/audit-2026-11-20.log"])
    page.press("log-files.table.batch.download")
    wait_for(qtbot, lambda: context.told and context.told[-1].title == "2 log files saved")
    assert sorted(file.name for file in tmp_path.glob("*.log")) == [
        "node1-postgresql.log",
        "node2-audit-2026-11-20.log",
    ]
    assert table(page.root, "log-files.table").checked() == []


def test_a_name_saves_that_file_and_a_refusal_is_said(
    page: PageObject, fake_cloud: FakeCloud, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "choose_file", lambda *_: tmp_path / "one.log")
    fake_cloud.fail["log"] = refusal(403, "FORBIDDEN", "You may not download log files.", "Ask a Manager.")
    click_link(page.root, "log-files.table", 0, "file")
    wait_for(qtbot, lambda: page.sees("log-files.error"))
    assert find(page.root, "log-files.error", InlineNote).words() == "You may not download log files. Ask a Manager."
    assert list(tmp_path.glob("*.log")) == []


def test_who_changes_the_mind_downloads_nothing(
    page: PageObject, fake_cloud: FakeCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "choose_file", lambda *_: None)
    click_link(page.root, "log-files.table", 0, "file")
    assert fake_cloud.calls == []


def test_a_sealed_node_is_named(open_page: Open, fake_cloud: FakeCloud) -> None:
    fake_cloud.fail[f"logs {3:032x}"] = refusal(409, "NODE_SEALED", "Sealed.")
    page = PageObject(open_page(places.LOG_FILES, "real"))
    words = find(page.root, "log-files.missing", InlineNote).words()
    assert words == "Node 3: log files lie on the volume, which is sealed."


def test_simulated_nodes_say_that_they_write_none(open_page: Open) -> None:
    page = PageObject(open_page(places.LOG_FILES))
    assert "Simulated nodes run no database server" in find(page.root, "log-files.simulated", InlineNote).words()
    assert rows(page)


def test_a_deleted_instance_has_none(open_page: Open) -> None:
    page = PageObject(open_page(places.LOG_FILES, "pending"))
    words = find(page.root, "log-files.missing", InlineNote).words()
    assert words == "There are no log files: the instance is not active."


def test_logs_are_looked_for_every_half_minute(
    page: PageObject, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    fake_cloud.log_files = fake_cloud.log_files[:1]
    for _ in range(30):
        context.clock.second.emit()
    wait_for(qtbot, lambda: len(rows(page)) == 3)
