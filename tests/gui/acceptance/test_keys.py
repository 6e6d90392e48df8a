"""Scenarios 5 to 9: what happens to the data when something happens to its key."""

from __future__ import annotations

from kyok_gui.walkthrough.screens import Pickers
from kyok_gui.walkthrough.waiting import wait_until
from kyok_gui.widgets import StaticTable
from tests.gui.acceptance.conftest import CONNECTED, DATABASE, HPCS, KEY, Stage

RUNNING, STOPPED = ["Running"] * 3, ["Stopped"] * 3


def test_5_deleting_the_root_key_stops_all_nodes_for_good_and_leaves_the_backups(stage: Stage) -> None:
    walk = stage.walked("backup")
    stage.sees_nodes(CONNECTED, RUNNING)
    stage.open_keys()
    stage.keys.start_deleting(KEY)
    assert "its data is lost" in " ".join(stage.keys.words("keys.delete"))
    stage.keys.finish_deleting()
    stage.open_nodes()
    stage.sees_nodes(["Deleted"] * 3, STOPPED)
    stage.sees_rows(-1)
    assert "cannot be read again" in stage.screen.text("nodes.verdict.detail")
    assert {node["stopped_reason"] for node in stage.detail(walk)["nodes"]} == {"EXTERNAL_KEY_DELETED"}
    stage.header.side("backups")
    wait_until(lambda: len(stage.screen.rows("backups.table")) == 2, "both backups are listed")
    assert not stage.screen.on("backups.now")
    assert "Back up now is off" in stage.screen.text("backups.reason")


def test_6_a_disabled_key_seals_the_nodes_and_enabling_brings_the_same_data_back(stage: Stage) -> None:
    walk = stage.walked("rows")
    stage.sees_rows(7)
    before = stage.detail(walk)["data"]["digest"]
    stage.open_keys()
    stage.keys.disable(KEY)
    stage.open_nodes()
    stage.sees_nodes(["Disabled"] * 3, STOPPED)
    stage.sees_rows(-1)
    assert not stage.screen.on("nodes.verdict.button"), "30 seconds must pass first"
    assert "can be enabled in" in stage.screen.text("nodes.verdict.detail")
    assert {node["stopped_reason"] for node in stage.detail(walk)["nodes"]} == {"EXTERNAL_KEY_UNKNOWN"}
    stage.header.turn_clock("30-s")
    stage.nodes.cure()
    stage.sees_nodes(CONNECTED, RUNNING)
    stage.sees_rows(7)
    assert stage.detail(walk)["data"]["digest"] == before


def test_7_without_the_authorization_nodes_stop_and_others_go_on(stage: Stage) -> None:
    walk = stage.walked("rows")
    other = stage.cloud.another_database(walk)
    stage.authorizations.open()
    stage.hand.row_menu("authorizations.table", "Hyper Protect DBaaS for PostgreSQL", "remove")
    words = " ".join(stage.keys.words("authorizations.remove"))
    assert "1 running instance stops" in words
    (stopping,) = stage.hand.find("authorizations.remove.evidence", StaticTable).words()
    assert stopping == [DATABASE, KEY, "3 nodes connected"]
    stage.hand.press("authorizations.remove.tick")
    stage.authorizations.finish_removing()
    stage.open_nodes()
    stage.sees_nodes(["Not authorized"] * 3, STOPPED)
    stage.open_nodes("other-db")
    stage.sees_nodes(CONNECTED, RUNNING)
    assert stage.cloud.rest.json("GET", f"/emulator/v1/databases/{other}")["key_status"] == "connected"
    stage.open_nodes()
    stage.nodes.cure()
    stage.sees_nodes(CONNECTED, RUNNING)
    stage.sees_rows(7)


def test_8_rotating_stops_nothing_and_wraps_the_data_key_anew(stage: Stage) -> None:
    walk = stage.walked("rows")
    stopped = [node["stopped_at"] for node in stage.detail(walk)["nodes"]]
    stage.open_keys()
    stage.keys.rotate(KEY)
    stage.open_nodes()
    wait_until(lambda: "version 2" in stage.hand.find("nodes.chain.key").accessibleName(), "the key has version 2")
    wait_until(
        lambda: "version 2" in stage.hand.find("nodes.chain.data-key").accessibleName(), "the data key is wrapped anew"
    )
    stage.sees_nodes(CONNECTED, RUNNING)
    stage.sees_rows(7)
    detail = stage.detail(walk)
    assert detail["data_key"]["wrapped_version"] == 2
    assert [node["stopped_at"] for node in detail["nodes"]] == stopped


def test_9_a_backup_is_restored_under_another_key_with_its_own_rows(stage: Stage) -> None:
    walk = stage.walked("second key")
    stage.sees_rows(12)
    stage.nodes.add_rows()
    stage.sees_rows(22)
    stage.cloud.delete_key(walk)
    stage.sees_nodes(["Deleted"] * 3, STOPPED)
    stage.nodes.cure()
    Pickers(stage.hand, "restore").choose_key("walk-second")
    stage.hand.press("restore.accept")
    stage.hand.wait_gone("restore")
    stage.sees_nodes(CONNECTED, RUNNING)
    stage.sees_rows(12)
    stage.open_nodes(DATABASE)
    stage.sees_nodes(["Deleted"] * 3, STOPPED)


def test_9_backups_older_than_seven_days_are_gone(stage: Stage) -> None:
    walk = stage.walked("backup")
    stage.cloud.delete_key(walk)
    stage.header.side("backups")
    wait_until(lambda: len(stage.screen.rows("backups.table")) == 2, "both backups are listed")
    stage.header.turn_clock("7-days")
    stage.header.turn_clock("30-s")
    wait_until(lambda: stage.hand.sees("backups.empty"), "no backup is left")
    assert stage.cloud.rest.json("GET", f"/emulator/v1/databases/{walk.ledger.facts['database']}/backups") == {
        "backups": []
    }
    assert HPCS in {row[0] for row in _resources(stage)}


def _resources(stage: Stage) -> list[list[str]]:
    stage.header.home()
    return stage.screen.rows("resources.table")
