"""Step 3: the database instance under the root key, three connected nodes, and rows in them."""

from __future__ import annotations

from kyok.domain.services import DBAAS_POSTGRESQL
from kyok_gui.walkthrough.screens import Creation, Header, Keys, Nodes, Screen
from kyok_gui.walkthrough.story import DATABASE, HPCS, PASSWORD, ROOT_KEY, Proof, Story, compared
from kyok_gui.walkthrough.truth import nodes_of, running, same_nodes
from kyok_gui.widgets import KeyValueList

ROWS = 10


def choose_key(story: Story) -> Proof:
    """Back in the form the key list has filled by itself: the root key is chosen."""
    Header(story.hand).catalog(DBAAS_POSTGRESQL)
    page = Creation(story.hand)
    page.arrive("create-postgresql")
    page.fill_in(DATABASE, PASSWORD)
    page.pickers.choose_instance(HPCS)
    page.pickers.choose_key(ROOT_KEY)
    story.claim(lambda: page.can_create, "the instance can be created")
    evidence = story.keys()
    offered = {key["name"] for key in evidence.body["resources"] if key["state"] == 1 and not key["extractable"]}
    return compared(evidence, ("the chosen key is usable", True, ROOT_KEY in offered))


def create(story: Story) -> Proof:
    """Create: three nodes, each with its key connected."""
    story.hand.press("create-postgresql.create")
    nodes = Nodes(story.hand)
    nodes.arrive("nodes")
    story.claim(lambda: nodes.statuses() == ["Connected"] * 3, "all three nodes are connected")
    evidence = story.database_when("three nodes run", running(3))
    return same_nodes(evidence, nodes, ("root key", ROOT_KEY, evidence.body["root_key"]["name"]))


def add_rows(story: Story) -> Proof:
    """Sample rows: written to all three nodes, readable in the window."""
    nodes = Nodes(story.hand)
    nodes.add_rows()
    story.hand.scroll_to("nodes.node1")
    evidence = story.second.read(f"{story.database()}/sample-rows")
    body = evidence.body
    story.facts["digest"], story.facts["rows"] = body["digest"], body["rows"]
    return compared(
        evidence,
        ("number of rows", nodes.count, body["rows"]),
        ("newest row", nodes.newest(), body["last"][0]["reference"]),
    )


def overview(story: Story) -> Proof:
    """Overview links the HPCS instance and the root key."""
    Header(story.hand).side("db-overview")
    shown = story.hand.find("db-overview.encryption").findChildren(KeyValueList)[0]
    story.claim(lambda: HPCS in shown.words().values(), f"{HPCS} protects the instance")
    evidence = story.second.read(story.database())
    body, said = evidence.body, shown.words()
    return compared(
        evidence,
        ("HPCS instance", said.get("HPCS instance"), body["hsm"]["name"]),
        ("root key", ROOT_KEY in said.get("Root key", ""), body["root_key"]["name"] == ROOT_KEY),
        ("key status", Screen(story.hand).text("db-overview.key-status"), body["key_status"].capitalize()),
    )


def back_up(story: Story) -> Proof:
    """Back up now: the backup holds the rows there are now."""
    Header(story.hand).side("backups")
    screen = Screen(story.hand)
    story.claim(lambda: len(screen.rows("backups.table")) == 1, "there is the first backup")
    story.hand.press("backups.now")
    story.claim(lambda: len(screen.rows("backups.table")) == 2, "there is one backup more")
    evidence = story.second.read(f"{story.database()}/backups")
    newest = evidence.body["backups"][0]
    story.facts["backup"] = newest["id"]
    return compared(
        evidence,
        ("number of backups", len(screen.rows("backups.table")), len(evidence.body["backups"])),
        ("rows in it", story.facts["rows"], newest["rows"]),
        ("what it holds", story.facts["digest"], newest["digest"]),
    )


def rotate(story: Story) -> Proof:
    """Rotate the key: no node stops, the data key is wrapped under the new version."""
    Header(story.hand).let_time_pass()
    Header(story.hand).linked(HPCS)
    keys = Keys(story.hand)
    keys.rotate(ROOT_KEY)
    Header(story.hand).linked(DATABASE)
    nodes = Nodes(story.hand)
    nodes.arrive("nodes")
    evidence = story.database_when("the data key is wrapped anew", lambda it: it["data_key"]["wrapped_version"] == 2)
    story.claim(lambda: "version 2" in story.hand.find("nodes.chain.key").accessibleName(), "the key has version 2")
    return same_nodes(evidence, nodes, ("version of the key", 2, nodes_of(evidence).version))
