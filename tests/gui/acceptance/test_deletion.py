"""Scenarios 10, 11 and 18: deleting an instance, bringing it back, and deleting it securely."""

from __future__ import annotations

from kyok_gui.walkthrough.waiting import wait_until
from tests.e2e.walk import Walk
from tests.gui.acceptance.conftest import CONNECTED, DATABASE, Stage


def delete_instance(stage: Stage) -> None:
    stage.open_nodes()
    stage.header.side("db-overview")
    stage.hand.from_menu("db-overview.actions", "delete")
    stage.hand.type("db-delete.typed", DATABASE)
    stage.hand.press("db-delete.accept")
    stage.hand.wait_gone("db-delete")


def open_checklist(stage: Stage) -> None:
    stage.header.manage("go.secure-deletion")
    stage.screen.arrive("secure-deletion-list")
    stage.hand.open_row("secure-deletion-list.table", DATABASE)
    stage.screen.arrive("secure-deletion")


def headline(stage: Stage) -> str:
    return stage.screen.text("secure-deletion.headline")


def reclamations(stage: Stage) -> list[str]:
    found = stage.cloud.rest.json("GET", "/v1/reclamations")["resources"]
    return [one["state"] for one in found]


def state(stage: Stage, walk: Walk) -> str:
    return str(stage.detail(walk)["instance_state"])


def test_10_a_deleted_instance_is_restored_with_its_data_and_then_reclaimed(stage: Stage) -> None:
    walk = stage.walked("rows")
    stage.sees_rows(7)
    digest = stage.detail(walk)["data"]["digest"]
    delete_instance(stage)
    open_checklist(stage)
    wait_until(lambda: stage.hand.sees("secure-deletion.restore"), "the instance can be restored")
    assert (state(stage, walk), reclamations(stage)) == ("pending_reclamation", ["SCHEDULED"])
    stage.hand.press("secure-deletion.restore")
    wait_until(lambda: state(stage, walk) == "active", "the instance is active again")
    stage.open_nodes()
    stage.sees_nodes(CONNECTED, ["Running"] * 3)
    stage.sees_rows(7)
    assert stage.detail(walk)["data"]["digest"] == digest
    delete_instance(stage)
    open_checklist(stage)
    stage.hand.press("secure-deletion.finish")
    stage.hand.type("db-reclaim.typed", DATABASE)
    stage.hand.press("db-reclaim.accept")
    stage.hand.wait_gone("db-reclaim")
    wait_until(lambda: state(stage, walk) == "removed", "the instance is removed")
    wait_until(lambda: "Half one: done" in stage.screen.text("secure-deletion.half1.state"), "half one is done")
    path = f"/v2/resource_instances/{walk.ledger.facts['database']}"
    assert stage.cloud.rest.send("DELETE", path).status_code == 410


def test_11_eight_days_later_it_is_gone_by_itself(stage: Stage) -> None:
    walk = stage.walked("rows")
    delete_instance(stage)
    open_checklist(stage)
    stage.header.turn_clock("7-days")
    stage.header.turn_clock("1-day")
    wait_until(lambda: "Half one: done" in stage.screen.text("secure-deletion.half1.state"), "half one is done")
    assert state(stage, walk) == "removed"
    stage.header.home()
    wait_until(lambda: DATABASE not in {row[0] for row in stage.screen.rows("resources.table")}, "it is not listed")


def test_18_one_half_alone_is_incomplete_whichever_it_is(stage: Stage) -> None:
    walk = stage.walked("rows")
    stage.cloud.delete_key(walk)
    open_checklist(stage)
    wait_until(lambda: headline(stage).startswith("Incomplete: the root key is destroyed"), "half two alone")
    assert "not done" in stage.screen.text("secure-deletion.half1.state")
    assert stage.screen.text("secure-deletion.half2.state") == "Half two: done"


def test_18_the_instance_alone_is_incomplete_until_its_key_is_deleted_too(stage: Stage) -> None:
    walk = stage.walked("rows")
    delete_instance(stage)
    stage.header.turn_clock("7-days")
    open_checklist(stage)
    wait_until(lambda: stage.screen.text("secure-deletion.half1.state") == "Half one: done", "half one is done")
    assert headline(stage).startswith("Incomplete")
    assert stage.screen.text("secure-deletion.half2.state") == "Half two: not done"
    stage.cloud.delete_key(walk)
    wait_until(lambda: headline(stage).startswith("Securely deleted"), "both halves are done")
