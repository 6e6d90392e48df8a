"""The Nodes page of an instance on real servers: figures, what machines do, training, rows, log files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kyok.client.records.databases import ServerDetail
from kyok_gui import places, saving
from kyok_gui.pages.database.machine_words import short_size, uptime
from kyok_gui.places import Place
from tests.gui.driver import click_link, wait_for
from tests.gui.fakes import FakeContext
from tests.gui.pages.database import canned
from tests.gui.pages.database.conftest import Open
from tests.gui.pages.database.fakes import FakeCloud, refusal
from tests.gui.pages.database.keyboard import tab_round
from tests.gui.pages.database.pages import Nodes


@pytest.fixture
def page(open_page: Open) -> Nodes:
    return Nodes(open_page(places.NODES, "real"))


def test_figures_of_a_server(page: Nodes) -> None:
    assert page.server(1) == {"Memory": "38 MB", "Storage": "38 MB", "Uptime": "12 min", "Port": "25001"}
    assert page.tiles()[2].facts.words()["Replication lag"] == "1 s, 24 KB"
    assert page.tiles()[1].facts.words()["Replication lag"] == "0 s"


def test_simulated_nodes_have_no_figures_of_a_server_and_no_log_files(open_page: Open) -> None:
    page = Nodes(open_page(places.NODES))
    assert not page.tiles()[0].server.isVisibleTo(page.root)
    assert not page.sees("nodes.logs")


def test_a_stopped_server_takes_no_memory(open_page: Open) -> None:
    page = Nodes(open_page(places.NODES, "real_disabled"))
    assert page.statuses() == ["Disabled"] * 3
    assert page.server(2) == {"Memory": "–", "Storage": "20 KB", "Uptime": "–", "Port": "25002"}
    assert page.reason(2).startswith("Access denied (409)")


def test_a_node_that_comes_back_says_what_it_does(open_page: Open) -> None:
    page = Nodes(open_page(places.NODES, "real_starting"))
    assert page.level == "info"
    assert page.reason(1) == "Copies the data of the primary."
    assert page.states() == ["Restarting", "Running", "Running"]
    assert page.rows == "120 rows on 2 nodes"


def test_nodes_that_do_not_run_say_why_and_what_is_left_takes_no_writes(open_page: Open) -> None:
    page = Nodes(open_page(places.NODES, "real_failed", 1024, 768))
    assert page.reason(2) == "Stopped by an administrator."
    assert page.reason(3) == "Failed: the disk of the node is full: could not extend file, no space left."
    assert page.tiles()[2].reason.height() > page.tiles()[1].reason.height()  # it wraps, and is not cut
    assert page.unreadable == "Read-only: no second node confirms writes."
    assert page.detail.endswith("Read-only: no second node confirms writes.")
    assert not page.button("nodes.data.add").isEnabled()
    assert page.table()  # what is there can be read


def test_an_instance_being_made_tells_how_far_each_node_is(
    open_page: Open, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    page = Nodes(open_page(places.NODES, "real_creating"))
    assert page.text("nodes.progress.step") == "1 of 3 servers is up. Node 2 copies the data of the primary."
    assert page.reason(1) == "Its server runs and waits for the others."
    assert page.reason(2) == "Copies the data of the primary."
    assert page.reason(3) == "The node is being created."
    fake_cloud.body = canned.real()
    context.clock.second.emit()
    wait_for(qtbot, lambda: page.states() == ["Running"] * 3)
    assert not page.sees("nodes.progress")


def test_figures_are_read_again_while_one_looks(
    page: Nodes, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    fake_cloud.body["nodes"][0]["server"]["memory_bytes"] = 50 * 2**20
    for _ in range(9):
        context.clock.second.emit()
    assert not context.tasks.busy
    context.clock.second.emit()
    wait_for(qtbot, lambda: page.server(1)["Memory"] == "50 MB")


def test_what_weakens_the_storage_stands_above_the_verdict(open_page: Open) -> None:
    page = Nodes(open_page(places.NODES, "sealed_on_stop"))
    assert page.warning.startswith("The data of this node lies in clear on the disk while it runs.")


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0 s"), (59, "59 s"), (754, "12 min"), (7_300, "2 h"), (200_000, "2 days")]
)
def test_uptime_in_words(seconds: int, words: str) -> None:
    assert uptime(ServerDetail(25001, 7, 1, seconds)) == words
    assert uptime(ServerDetail(25001, 7, 1, 0), seconds) == words


def test_sizes_in_few_letters() -> None:
    assert [short_size(count) for count in (312, 24576, 40828813, 2**31)] == ["312 bytes", "24 KB", "38 MB", "2.0 GB"]


# training ---------------------------------------------------------------------


def test_each_entry_says_what_it_does(page: Nodes) -> None:
    titles = {entry.id: entry.title for entry in page.training.entries()}
    assert titles["zone-cut:us-south-3"] == (
        "Cut us-south-3 off from acme-hpcs: node 3 stops after 15 minutes of grace"
    )
    assert titles["node-kill:1"] == "Kill node 1: it crashes and is started again, another node takes over"
    assert titles["node-kill:2"] == "Kill node 2: it crashes and is started again"
    assert titles["switch-over:2"] == "Switch over to node 2: it becomes the primary, no row is lost"
    assert "switch-over:1" not in titles
    assert all(": " in title for title in titles.values())


def test_what_makes_no_sense_on_simulated_nodes_is_left_out(open_page: Open) -> None:
    ids = {entry.id.partition(":")[0] for entry in Nodes(open_page(places.NODES)).training.entries()}
    assert ids == {"zone-cut", "hsm-cut", "node-stop"}


def test_nodes_that_do_not_run_are_neither_killed_nor_made_the_primary(open_page: Open) -> None:
    ids = {entry.id for entry in Nodes(open_page(places.NODES, "real_failed")).training.entries()}
    assert "node-kill:1" in ids
    assert not ids & {"node-kill:2", "node-kill:3", "switch-over:2", "switch-over:3"}


def test_a_node_is_killed_and_nothing_is_left_to_end(page: Nodes, fake_cloud: FakeCloud, qtbot: Any) -> None:
    page.break_something("node-kill:2")
    wait_for(qtbot, lambda: page.training.isEnabled() and fake_cloud.calls)
    assert fake_cloud.calls == [("start_fault", "node-kill", {"database": canned.DB, "node": 2})]
    assert page.training.text() == "Break something"


def test_another_node_is_made_the_primary(page: Nodes, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any) -> None:
    page.break_something("switch-over:3")
    wait_for(qtbot, lambda: context.told)
    assert fake_cloud.calls == [("switch_over", canned.DB, 3)]
    assert context.told[0].title == "Node 3 is the primary now"


def test_a_refused_switch_over_says_why(page: Nodes, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any) -> None:
    fake_cloud.fail["switch_over"] = refusal(409, "NODE_BEHIND", "Node 3 has not all rows yet.", "Try again.")
    page.break_something("switch-over:3")
    wait_for(qtbot, lambda: context.told)
    assert (context.told[0].title, context.told[0].detail) == ("Node 3 has not all rows yet.", "Try again.")
    assert page.training.isEnabled()


# rows -------------------------------------------------------------------------


def test_the_sample_data_is_loaded(page: Nodes, fake_cloud: FakeCloud, qtbot: Any) -> None:
    page.press("nodes.data.load")
    wait_for(qtbot, lambda: page.rows == "10,120 rows on all three nodes")
    assert fake_cloud.calls == [("add_sample_rows", canned.DB, 10_000)]


def test_the_digest_is_short_to_the_eye_and_whole_to_a_screen_reader(page: Nodes, fake_cloud: FakeCloud) -> None:
    assert page.text("nodes.data.digest") == "Digest 9f2c9f2c9f2c"
    assert page.tiles()  # the page is there
    digest = fake_cloud.body["data"]["digest"]
    assert digest in page.accessible("nodes.data.digest")


def test_rows_that_the_key_takes_away_are_missed(
    page: Nodes, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    fake_cloud.body = canned.real_disabled()
    context.live.tell({"database"}, {canned.DB})
    wait_for(qtbot, lambda: page.unreadable)
    assert page.rows == ""
    assert page.unreadable.endswith("There were 120 rows when last read.")
    assert not page.button("nodes.data.load").isEnabled()
    fake_cloud.body = canned.real()
    context.live.tell({"database"}, {canned.DB})
    wait_for(qtbot, lambda: page.rows == "120 rows on all three nodes")


def test_rows_that_are_only_counted_again_are_not_called_lost(
    page: Nodes, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    fake_cloud.body = canned.real_starting()
    fake_cloud.body["data"].update(readable=False, rows=None)
    context.live.tell({"database"}, {canned.DB})
    wait_for(qtbot, lambda: page.unreadable.startswith("The database has just come up"))
    for entry in fake_cloud.body["nodes"]:
        entry.update(state="RESTARTING")
    context.live.tell({"database"}, {canned.DB})
    wait_for(qtbot, lambda: page.unreadable.startswith("Not readable yet: the nodes are starting."))


# log files --------------------------------------------------------------------


def test_log_files_of_all_nodes_newest_first(page: Nodes) -> None:
    assert page.logs()[0] == ["postgresql.log", "Node 1", "1.8 MB", "23 Nov 2026 17:44 UTC"]
    assert [row[1] for row in page.logs()] == ["Node 1", "Node 2", "Node 3"] * 2
    assert "Tick files to download them; that needs the Manager role." in page.text("nodes.logs.refreshed")


def test_one_file_is_saved_by_its_name(
    page: Nodes,
    fake_cloud: FakeCloud,
    context: FakeContext,
    qtbot: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def ask(_: object, __: str, name: str) -> Path:
        asked.append(name)
        return tmp_path / "mine.log"

    monkeypatch.setattr(saving, "choose_file", ask)
    click_link(page.root, "nodes.logs.table", 1, "file")
    wait_for(qtbot, lambda: context.told)
    assert asked == ["node2-postgresql.log"]
    assert (tmp_path / "mine.log").read_text() == "lines of postgresql.log"
    assert context.told[0].title == "1 log file saved"


def test_ticked_files_are_saved_into_a_folder(
    page: Nodes, context: FakeContext, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "choose_folder", lambda *_: tmp_path)
    assert not page.button("nodes.logs.download").isEnabled()
    page.tick_log("1/postgresql.log", "3/postgresql.log")
    page.press("nodes.logs.download")
    wait_for(qtbot, lambda: context.told)
    assert sorted(file.name for file in tmp_path.glob("*.log")) == ["node1-postgresql.log", "node3-postgresql.log"]


def test_who_is_no_manager_reads_why_nothing_is_saved(
    page: Nodes, fake_cloud: FakeCloud, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_cloud.fail["log"] = refusal(403, "FORBIDDEN", "You may not download log files.", "Ask a Manager.")
    monkeypatch.setattr(saving, "choose_file", lambda *_: tmp_path / "a.log")
    page.tick_log("1/postgresql.log")
    page.press("nodes.logs.download")
    wait_for(qtbot, lambda: page.sees("nodes.logs.error"))
    assert page.log_error == "You may not download log files. Ask a Manager."
    assert list(tmp_path.glob("*.log")) == []


def test_changing_ones_mind_downloads_nothing(
    page: Nodes, fake_cloud: FakeCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "choose_file", lambda *_: None)
    page.tick_log("1/postgresql.log")
    page.press("nodes.logs.download")
    assert fake_cloud.calls == []
    assert page.button("nodes.logs.download").isEnabled()


def test_the_page_of_all_log_files_is_one_press_away(page: Nodes, context: FakeContext) -> None:
    page.press("nodes.logs.all")
    assert context.navigator.here == Place(places.LOG_FILES, canned.DB)


def test_a_sealed_node_shows_no_log_files(open_page: Open, fake_cloud: FakeCloud) -> None:
    for number in (2, 3):
        fake_cloud.fail[f"logs {number:032x}"] = refusal(409, "NODES_STOPPED", "Sealed.")
    page = Nodes(open_page(places.NODES, "real"))
    assert {row[1] for row in page.logs()} == {"Node 1"}
    assert page.text("nodes.logs.missing") == "Nodes 2 and 3: log files lie on the volume, which is sealed."


def test_who_looks_at_stopped_nodes_asks_none_of_them_for_log_files(open_page: Open, fake_cloud: FakeCloud) -> None:
    for number in (1, 2, 3):
        fake_cloud.fail[f"logs {number:032x}"] = AssertionError("a refusal would stand in the activity log")
    page = Nodes(open_page(places.NODES, "real_disabled"))
    assert page.text("nodes.logs.missing") == "Nodes 1, 2 and 3: log files lie on the volume, which is sealed."


def test_a_node_whose_log_files_cannot_be_asked_for_says_why(open_page: Open, fake_cloud: FakeCloud) -> None:
    fake_cloud.fail[f"logs {2:032x}"] = refusal(403, "FORBIDDEN", "You may not list log files.")
    page = Nodes(open_page(places.NODES, "real"))
    assert page.text("nodes.logs.missing") == "Node 2: You may not list log files."


def test_an_instance_that_is_being_made_has_no_log_files_yet(open_page: Open) -> None:
    assert not Nodes(open_page(places.NODES, "real_creating")).sees("nodes.logs")


def test_log_files_are_listed_again_when_nodes_come_and_go(
    page: Nodes, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    fake_cloud.log_files = fake_cloud.log_files[:1]
    context.live.tell({"database"}, {canned.DB})
    qtbot.waitUntil(lambda: not context.tasks.busy)
    assert len(page.logs()) == 6
    fake_cloud.body = canned.real_starting()
    context.live.tell({"database"}, {canned.DB})
    wait_for(qtbot, lambda: len(page.logs()) == 3)


def test_rows_and_log_files_are_reached_by_keyboard(open_page: Open) -> None:
    reached = tab_round(open_page(places.NODES, "real"))
    wanted = ["nodes.break", "nodes.check-now", "nodes.chain.hsm", "nodes.data.load", "nodes.data.add"]
    assert [name for name in [*wanted, "nodes.logs.table"] if name not in reached] == []
    assert reached.index("nodes.data.load") < reached.index("nodes.data.add") < reached.index("nodes.logs.table")
