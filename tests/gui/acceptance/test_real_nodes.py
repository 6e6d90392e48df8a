"""Real PostgreSQL nodes as a person meets them: made in the window, filled, stopped with the key, and back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kyok.domain.services import DBAAS_POSTGRESQL
from kyok_gui.walkthrough.waiting import wait_until
from kyok_gui.widgets import KeyValueList
from tests.gui.acceptance.conftest import CONNECTED, HPCS, KEY, Stage
from tests.gui.pages.database.instance_pages import Charts, Parameters
from tests.nodes.clusters import why_no_servers
from tests.served import ServedProcess

NAME, PASSWORD = "walk-db", "passWORD4User19"
PLACE = "create-postgresql"
START_SECONDS = 120
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cloud_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedProcess]:
    """A cloud of its own, whose nodes are real servers."""
    why = why_no_servers()
    if why:
        pytest.skip(why)
    process = ServedProcess(tmp_path_factory.mktemp("real") / "home", nodes="auto").start()
    yield process
    process.stop()


def states_are(stage: Stage, statuses: list[str], states: list[str]) -> None:
    wait_until(
        lambda: (stage.nodes.statuses(), stage.nodes.states()) == (statuses, states),
        lambda: f"{statuses} {states}; the window shows {stage.nodes.statuses()} {stage.nodes.states()}",
        START_SECONDS,
    )


def test_an_instance_is_made_filled_stopped_with_its_key_and_comes_back_with_its_rows(stage: Stage) -> None:
    stage.cloud.walked("authorize")
    stage.header.catalog(DBAAS_POSTGRESQL)
    stage.creation.arrive(PLACE)
    stage.creation.fill_in(NAME, PASSWORD)
    stage.creation.pickers.choose_instance(HPCS)
    stage.creation.pickers.choose_key(KEY)
    wait_until(lambda: stage.creation.can_create, "the instance can be created")
    stage.hand.press(f"{PLACE}.create")
    stage.nodes.arrive("nodes")
    states_are(stage, CONNECTED, ["Running"] * 3)
    ports = {tile.server.words()["Port"] for tile in stage.nodes.tiles()}
    assert len(ports) == 3

    stage.hand.press("nodes.data.load")
    stage.sees_rows(10_000)
    digest = stage.screen.text("nodes.data.digest")

    stage.header.side("db-overview")
    values = stage.hand.find("db-overview.connection").findChildren(KeyValueList)[0].words()
    assert values["Host"] == "localhost"
    assert f"port={values['Port']} user=" in stage.hand.find("db-overview.psql").accessibleName()

    stage.open_keys()
    stage.keys.disable(KEY)
    stage.open_nodes(NAME)
    states_are(stage, ["Disabled"] * 3, ["Stopped"] * 3)
    stage.sees_rows(-1)
    assert {tile.server.words()["Memory"] for tile in stage.nodes.tiles()} == {"–"}
    assert "10,000 rows" in stage.screen.text("nodes.data.reason")

    stage.header.turn_clock("30-s")
    stage.nodes.cure()
    states_are(stage, CONNECTED, ["Running"] * 3)
    stage.sees_rows(10_000)
    assert stage.screen.text("nodes.data.digest") == digest

    sees_what_servers_say(stage)
    changes_a_parameter_node_by_node(stage)


def sees_what_servers_say(stage: Stage) -> None:
    """Databases and Users show what the servers have, Log files what they wrote, Observability what they take."""
    pages = (("databases", "admin", 0), ("db-users", "admin", 0), ("log-files", "audit.log", 1))
    for page, wanted, column in pages:
        stage.header.side(page)
        wait_until(
            lambda page=page, wanted=wanted, column=column: (
                wanted in [row[column] for row in stage.screen.rows(f"{page}.table")]
            ),
            f"{page} lists {wanted}",
        )
    for _ in range(2):
        stage.header.turn_clock("30-s")  # the last sample may be of the minute in which the servers were stopped
    stage.header.side("observability")
    charts = Charts(stage.console.window)
    wait_until(lambda: {"memory", "connections"} <= set(charts.shown()), lambda: f"charts; there are {charts.shown()}")


def changes_a_parameter_node_by_node(stage: Stage) -> None:
    """One that needs no restart: the quickest that really goes from server to server."""
    stage.header.side("configuration")
    stage.hand.type("configuration.deadlock_timeout", "2000")
    stage.hand.press("configuration.apply")
    page = Parameters(stage.console.window)
    wait_until(lambda: page.state == "Succeeded", lambda: f"it is changed; the page shows {page.state}", START_SECONDS)
    assert sorted(page.progress()) == [("Node 1", "Done"), ("Node 2", "Done"), ("Node 3", "Done")]
