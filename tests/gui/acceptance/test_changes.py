"""Scenarios 12 to 16: sizes, parameters, roles, price, and an instance that is made with two of three nodes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kyok.domain.services import DBAAS_POSTGRESQL
from kyok_gui.walkthrough.waiting import wait_until
from kyok_gui.widgets import SelectField
from tests.e2e.walk import Walk
from tests.gui.acceptance.conftest import CONNECTED, HPCS, KEY, Stage
from tests.gui.pages.database.instance_pages import Charts, Parameters, Sizes, Tasks
from tests.gui.shell.test_sign_in_as import go_on_as, seed

RUNNING = ["Running"] * 3
PLACE = "create-postgresql"
FREE = "31c7f2a9-0e5d-4d18-b6a3-7f48c2e9150d"


def cluster(stage: Stage, walk: Walk, path: str = "") -> Any:
    guid = walk.ledger.facts["database"]
    return stage.cloud.rest.json("GET", f"/api/v3/{stage.cloud.account_id}/clusters/{guid}{path}")


def shows(condition: Callable[[], Any], what: Callable[[], Any]) -> None:
    wait_until(condition, lambda: f"the page shows what is true; it shows {what()}")


def test_12_new_sizes_cost_more_and_go_from_node_to_node(stage: Stage) -> None:
    walk = stage.walked("instance")
    stage.header.side("db-resources")
    page = Sizes(stage.console.window)
    shows(lambda: page.price == "196.35 USD", lambda: page.price)
    stage.hand.choose("db-resources.cpu", "2 vCPU/node")
    assert (page.price, page.now) == ("334.35 USD", "Now 196.35 USD, 138.00 USD more")
    stage.hand.press("db-resources.apply")
    done = [("Node 2", "Done"), ("Node 3", "Done"), ("Node 1", "Done")]
    shows(lambda: page.progress() == done and page.state == "Succeeded", page.progress)
    shows(lambda: page.now == "Now 334.35 USD, the same", lambda: page.now)
    assert cluster(stage, walk)["resource"]["cpu"] == 2
    task = cluster(stage, walk, "/tasks")["tasks"][0]
    stage.hand.press("db-resources.progress.open")
    tasks = Tasks(stage.console.window)
    shows(lambda: stage.hand.sees("tasks.panel"), tasks.rows)
    assert (task["type"], tasks.panel()["Task ID"]) == ("resource_scale", task["id"])

    stage.hand.press("tasks.panel.page")
    stage.hand.choose("db-resources.disk", "10 GB-Disk/node")
    stage.hand.press("db-resources.apply")
    smaller = "Disks can only grow: each node has 10 GB now."
    shows(lambda: page.reason("disk", 5) == smaller, lambda: page.reason("disk", 5))
    target = {"database": walk.ledger.facts["database"], "node": 3}
    stage.cloud.rest.json("POST", "/emulator/v1/faults", {"kind": "node-stop", "target": target})
    stage.hand.choose("db-resources.cpu", "4 vCPU/node")
    shows(lambda: "node 3 is stopped (the machine is stopped)" in page.why_not, lambda: page.why_not)
    assert not page.can_apply


def test_13_parameters_are_checked_while_they_are_typed_and_changed_one_way(stage: Stage) -> None:
    walk = stage.walked("instance")
    stage.header.side("configuration")
    page = Parameters(stage.console.window)
    stage.hand.type("configuration.deadlock_timeout", "99")
    assert page.error("deadlock_timeout") == "deadlock_timeout must be from 100 to 2,147,483,647."
    stage.hand.press("configuration.discard")
    stage.hand.type("configuration.shared_buffers", "820")
    assert page.error("shared_buffers") == "shared_buffers is at most 40 % of the RAM: 819 MB of 2 GB."
    stage.hand.press("configuration.discard")
    stage.hand.type("configuration.max_connections", "200")
    stage.hand.type("configuration.max_locks_per_transaction", "32")
    wait_until(lambda: "only if both go up or both go down" in page.why_not, lambda: page.why_not)  # a backup ends
    assert not page.can_apply
    stage.hand.press("configuration.max_locks_per_transaction.default")
    stage.hand.press("configuration.apply")
    shows(lambda: page.state == "Succeeded", lambda: page.state)
    shows(lambda: page.why_not.endswith("Change a value first."), lambda: page.why_not)
    stage.hand.type("configuration.max_locks_per_transaction", "32")
    stage.hand.press("configuration.apply")
    wanted = {"max_connections": 200, "max_locks_per_transaction": 32}
    path = f"/api/v3/{stage.cloud.account_id}/clusters/{walk.ledger.facts['database']}/configuration"

    wait_until(lambda: _values(stage.cloud.rest.json("GET", path)).items() >= wanted.items(), "both are changed")


def _values(body: Any) -> dict[str, int]:
    return {name: item["value"] for name, item in body["configuration"].items()}


def test_14_a_reader_sees_everything_and_changes_nothing(stage: Stage, qtbot: Any) -> None:
    reader = seed(stage.cloud, {"role": "Viewer"}, {"role": "Reader", "service": DBAAS_POSTGRESQL})
    stage.walked("rows")
    go_on_as(stage.console, qtbot, reader)
    needs = "Needs the Manager role on walk-db"

    def missing() -> str:
        return stage.screen.text("page.rights")

    for page in ("db-resources", "configuration", "databases", "db-users", "tasks", "observability", "getting-started"):
        stage.header.side(page)
        assert not stage.hand.sees(f"{page}.failure"), stage.screen.text(f"{page}.failure")
        if page in ("db-resources", "configuration"):
            shows(lambda: missing() == f"{needs}: Apply changes", missing)
            assert not stage.screen.on(f"{page}.apply")
    stage.header.side("log-files")
    shows(lambda: len(stage.screen.rows("log-files.table")) == 6, lambda: stage.screen.rows("log-files.table"))
    stage.hand.table("log-files.table").model.set_checked(["1/audit.log"])
    shows(lambda: missing() == f"{needs}: Download", missing)
    stage.header.side("nodes")
    shows(lambda: f"{needs}: Load 10,000 sample rows, Add 10 sample rows" in missing(), missing)
    assert not stage.screen.on("nodes.data.add")
    stage.header.side("backups")
    shows(lambda: f"{needs}: Back up now, Restore a backup" in missing(), missing)


def test_15_the_form_shows_the_smallest_price_and_totals(stage: Stage) -> None:
    stage.header.catalog(DBAAS_POSTGRESQL)
    stage.creation.arrive(PLACE)
    assert stage.screen.text(f"{PLACE}.price") == "196.35 USD"
    shown = [stage.hand.find(f"{PLACE}.{what}.field", SelectField).box.shown for what in ("ram", "disk", "cpu")]
    assert shown == [
        "2 GB-RAM/node (6 GB-RAM total)",
        "5 GB-Disk/node (15 GB-Disk total)",
        "1 vCPU/node (3 vCPU total)",
    ]


def test_16_two_of_three_nodes_make_an_instance_and_another_node_takes_over(stage: Stage) -> None:
    stage.cloud.walked("authorize")
    rest = stage.cloud.rest
    cut = rest.json("POST", "/emulator/v1/faults", {"kind": "zone-cut", "target": {"zone": "us-south-3"}})
    stage.header.catalog(DBAAS_POSTGRESQL)
    stage.creation.arrive(PLACE)
    stage.creation.fill_in("outage-db", "passWORD4User19")
    stage.creation.pickers.choose_instance(HPCS)
    stage.creation.pickers.choose_key(KEY)
    wait_until(lambda: stage.creation.can_create, "the instance can be created")
    stage.hand.press(f"{PLACE}.create")
    stage.nodes.arrive("nodes")
    stage.sees_nodes(["Connected", "Connected", "Not connected"], ["Running", "Running", "Creating"])
    stage.nodes.add_rows()
    rest.json("DELETE", f"/emulator/v1/faults/{cut['id']}")
    stage.sees_nodes(CONNECTED, RUNNING)
    before = stage.nodes.count
    stage.nodes.break_something("node-stop:1")
    stage.sees_nodes(CONNECTED, ["Stopped", "Running", "Running"])

    def roles() -> list[str]:
        return [tile.facts.words()["Role"] for tile in stage.nodes.tiles()]

    shows(lambda: (roles()[0], roles().count("Primary")) == ("Secondary", 1), roles)
    stage.nodes.add_rows()
    stage.sees_rows(before + 10)
    stage.nodes.end_faults()
    stage.sees_nodes(CONNECTED, RUNNING)


def test_what_is_measured_is_drawn_and_the_free_plan_ends_by_the_clock(stage: Stage) -> None:
    walk = stage.walked("rows")
    stage.sees_rows(7)  # real nodes count them a moment after they have them
    stage.cloud.rest.json("PUT", "/emulator/v1/clock", {"advance_seconds": 60})
    stage.header.side("observability")
    page = Charts(stage.console.window)
    shows(lambda: "rows" in page.shown(), page.shown)
    assert page.chart("rows").legend() == [("All nodes", "7")]

    entry = {"name": "free-db", "target": "us-south", "resource_plan_id": FREE}
    parameters = {"name": "cluster01", "admin_name": "admin", "password": "passWORD4User19"}
    group = stage.cloud.rest.json("GET", f"/v2/resource_groups?account_id={walk.account}")["resources"][0]["id"]
    body = {**entry, "resource_group": group, "parameters": parameters}
    stage.cloud.rest.json("POST", "/v2/resource_instances", body)
    stage.open_nodes("free-db")
    stage.sees_nodes(["Default key"] * 3, RUNNING)
    stage.header.side("db-resources")
    sizes = Sizes(stage.console.window)
    shows(lambda: sizes.free.startswith("Free plan: this instance is deleted by itself in 29 days"), lambda: sizes.free)
    assert sizes.why_not == "Cannot apply: an instance on the free plan cannot be scaled."
    stage.cloud.rest.json("PUT", "/emulator/v1/clock", {"advance_seconds": 30 * 86_400})
    shows(lambda: sizes.free == "", lambda: sizes.free)
    listed = stage.cloud.rest.json("GET", "/v2/resource_instances")["resources"]
    assert "free-db" not in [one["name"] for one in listed]
