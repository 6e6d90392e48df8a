"""The side steps: disable and enable, remove and restore the authorization, cut a zone off. No data is lost in any."""

from __future__ import annotations

from kyok.domain.services import DBAAS_POSTGRESQL, display_name
from kyok_gui.walkthrough.screens import Authorizations, Header, Keys, Nodes
from kyok_gui.walkthrough.steps_access import policies
from kyok_gui.walkthrough.story import DATABASE, HPCS, ROOT_KEY, Proof, Story, compared
from kyok_gui.walkthrough.truth import all_are, running, same_nodes

ZONE = "us-south-3"


def _same_rows(story: Story, evidence_rows: object) -> tuple[str, object, object]:
    return "number of rows", story.facts["rows"], evidence_rows


def _back(story: Story, nodes: Nodes) -> Proof:
    """All nodes are connected again and hold the same rows."""
    story.claim(lambda: nodes.statuses() == ["Connected"] * 3, "all three nodes are connected again")
    evidence = story.database_when("three nodes run again", running(3))
    story.claim(lambda: nodes.count == story.facts["rows"], "the rows are readable again")
    data = evidence.body["data"]
    return same_nodes(
        evidence,
        nodes,
        ("number of rows", nodes.count, data["rows"]),
        ("the rows are the same", story.facts["digest"], data["digest"]),
    )


def disable(story: Story) -> Proof:
    """Disable the root key: all three nodes stop and nothing can be read."""
    Header(story.hand).let_time_pass()
    Header(story.hand).linked(HPCS)
    Keys(story.hand).disable(ROOT_KEY)
    Header(story.hand).linked(DATABASE)
    nodes = Nodes(story.hand)
    nodes.arrive("nodes")
    story.claim(lambda: nodes.statuses() == ["Disabled"] * 3, "all three nodes are disabled")
    evidence = story.database_when("every node is sealed", running(0))
    return same_nodes(evidence, nodes, ("rows can be read", nodes.count >= 0, evidence.body["data"]["readable"]))


def enable(story: Story) -> Proof:
    """The clock is turned by the 30 seconds that the service asks for; the cure button enables the key."""
    Header(story.hand).turn_clock("30-s")
    nodes = Nodes(story.hand)
    nodes.cure()
    return _back(story, nodes)


def ask_removal(story: Story) -> Proof:
    """Removing the authorization first names the instance that it will stop."""
    Header(story.hand).let_time_pass()
    page = Authorizations(story.hand)
    page.open()
    page.start_removing(display_name(DBAAS_POSTGRESQL))
    evidence = policies(story)
    return compared(evidence, ("number of authorizations", 1, len(evidence.body["policies"])))


def remove(story: Story) -> Proof:
    """Removed: every node is refused and stops."""
    page = Authorizations(story.hand)
    page.finish_removing()
    Header(story.hand).open_instance(DATABASE)
    nodes = Nodes(story.hand)
    nodes.arrive("nodes")
    story.claim(lambda: nodes.statuses() == ["Not authorized"] * 3, "no node is authorized")
    evidence = story.database_when("every node is sealed", all_are("not-authorized"))
    return same_nodes(evidence, nodes, ("in force", False, evidence.body["authorization"]["in_force"]))


def grant(story: Story) -> Proof:
    """Restore authorization, the cure button: the nodes come back by themselves."""
    nodes = Nodes(story.hand)
    nodes.cure()
    return _back(story, nodes)


def cut_zone(story: Story) -> Proof:
    """A zone loses its path to the HSM: its node counts down, the others are not affected."""
    Header(story.hand).let_time_pass()
    nodes = Nodes(story.hand)
    nodes.break_something(f"zone-cut:{ZONE}")
    story.claim(lambda: "1 fault" in story.hand.find("nodes.break").accessibleName(), "one fault is in force")
    nodes.check_now()
    story.claim(lambda: nodes.statuses()[2] == "Not connected", "node 3 is not connected")
    evidence = story.database_when("node 3 is in its grace period", lambda it: it["nodes"][2]["grace_until"])
    told = evidence.body["nodes"][2]["grace_until"] is not None
    return same_nodes(evidence, nodes, ("a countdown runs", nodes.countdown(3).startswith("Stops in"), told))


def let_grace_end(story: Story) -> Proof:
    """The grace period ends by the clock: node 3 stops, the other two go on."""
    nodes = Nodes(story.hand)
    for _ in range(2):
        Header(story.hand).turn_clock("30-s")
    story.claim(lambda: nodes.states() == ["Running", "Running", "Stopped"], "node 3 is stopped")
    evidence = story.database_when("two nodes run", running(2))
    return same_nodes(evidence, nodes, _same_rows(story, evidence.body["data"]["rows"]))


def heal_zone(story: Story) -> Proof:
    """The zone is reconnected: node 3 comes back with the same rows."""
    nodes = Nodes(story.hand)
    nodes.end_faults()
    nodes.check_now()
    return _back(story, nodes)
