"""Step 4: delete the key, restore the backup into a new instance, delete the old one for good, look at the log."""

from __future__ import annotations

from typing import Any

from kyok_gui.walkthrough.screens import Header, Keys, Nodes, Pickers, Screen
from kyok_gui.walkthrough.story import DATABASE, HPCS, IMPORTED_KEY, RESTORED, ROOT_KEY, Proof, Story, compared
from kyok_gui.walkthrough.truth import all_are, running, same_nodes


def add_more_rows(story: Story) -> Proof:
    """More rows after the backup, so that one can tell the two apart."""
    Header(story.hand).let_time_pass()
    nodes = Nodes(story.hand)
    nodes.add_rows()
    story.hand.scroll_to("nodes.node1")
    evidence = story.second.read(f"{story.database()}/sample-rows")
    return compared(evidence, ("number of rows", nodes.count, evidence.body["rows"]))


def ask_deletion(story: Story) -> Proof:
    """Deleting the key says first what is lost, and asks for its name."""
    Header(story.hand).linked(HPCS)
    keys = Keys(story.hand)
    keys.start_deleting(ROOT_KEY)
    story.claim(lambda: keys.on("keys.delete.accept"), "the name is complete")
    evidence = story.key(ROOT_KEY)
    return compared(evidence, ("state of the key", 1, evidence.body["resources"][0]["state"]))


def delete_key(story: Story) -> Proof:
    """Deleted: all three nodes stop for good, the backups remain."""
    keys = Keys(story.hand)
    keys.finish_deleting()
    Header(story.hand).linked(DATABASE)
    nodes = Nodes(story.hand)
    nodes.arrive("nodes")
    story.claim(lambda: nodes.statuses() == ["Deleted"] * 3, "the key of all three nodes is deleted")
    evidence = story.database_when("every node is sealed for good", all_are("deleted"))
    body = evidence.body
    return same_nodes(
        evidence,
        nodes,
        ("state of the key", 5, body["root_key"]["state"]),
        ("rows can be read", nodes.count >= 0, body["data"]["readable"]),
        ("no node checks again", [True] * 3, [node["final"] for node in body["nodes"]]),
    )


def choose_backup(story: Story) -> Proof:
    """The cure offers a backup, a new name and another root key."""
    Nodes(story.hand).cure()
    story.hand.find("restore")
    pickers = Pickers(story.hand, "restore")
    pickers.choose_key(IMPORTED_KEY)
    story.claim(lambda: Screen(story.hand).on("restore.accept"), "the backup can be restored")
    evidence = story.second.read(f"{story.database()}/backups")
    newest = evidence.body["backups"][0]
    return compared(evidence, ("the newest backup", story.facts["backup"], newest["id"]))


def restore(story: Story) -> Proof:
    """Restored into a new instance under the other key: the rows are the backup's."""
    story.hand.press("restore.accept")
    story.hand.wait_gone("restore")
    nodes = Nodes(story.hand)
    story.claim(lambda: nodes.statuses() == ["Connected"] * 3, f"all three nodes of {RESTORED} are connected")
    story.claim(lambda: nodes.count == story.facts["rows"], "the rows of the backup are there")
    evidence = story.database_when("the restored rows are readable", _restored, RESTORED)
    data = evidence.body["data"]
    return same_nodes(
        evidence,
        nodes,
        ("number of rows", nodes.count, data["rows"]),
        ("rows of the backup", story.facts["digest"], data["digest"]),
        ("root key", IMPORTED_KEY, evidence.body["root_key"]["name"]),
    )


def _restored(body: Any) -> bool:
    return bool(running(3)(body) and body["data"]["readable"] and body["restore"]["state"] == "SUCCEEDED")


def _checklist(story: Story) -> None:
    """From the home page to the checklist of the old instance."""
    Header(story.hand).manage("go.secure-deletion")
    Screen(story.hand).arrive("secure-deletion-list")
    story.hand.open_row("secure-deletion-list.table", DATABASE)
    Screen(story.hand).arrive("secure-deletion")


def _headline(story: Story) -> str:
    return Screen(story.hand).text("secure-deletion.headline")


def delete_instance(story: Story) -> Proof:
    """The old instance is deleted too: it waits for its reclamation, and the checklist says what is missing."""
    Header(story.hand).open_instance(DATABASE)
    Header(story.hand).side("db-overview")
    story.hand.from_menu("db-overview.actions", "delete")
    story.hand.type("db-delete.typed", DATABASE)
    story.hand.press("db-delete.accept")
    story.hand.wait_gone("db-delete")
    _checklist(story)
    story.claim(lambda: _headline(story).startswith("Incomplete"), "secure deletion is incomplete")
    evidence = story.second.read(story.database())
    known = evidence.body["secure_deletion"]
    return compared(
        evidence,
        ("reclamation", "SCHEDULED", known["reclamation_state"]),
        ("the key is deleted", True, known["key_deleted_at"] is not None),
        ("the volumes are erased", False, known["volumes_erased_at"] is not None),
    )


def wait_seven_days(story: Story) -> Proof:
    """Seven days by the clock: volumes, data key and backups are gone by themselves."""
    Header(story.hand).turn_clock("7-days")
    evidence = story.database_when("the volumes are erased", lambda it: it["secure_deletion"]["volumes_erased_at"])
    story.claim(lambda: "ecurely deleted" in _headline(story), "the data is securely deleted")
    known = evidence.body["secure_deletion"]
    return compared(
        evidence,
        ("state of the instance", "removed", evidence.body["instance_state"]),
        ("the key of the backups is destroyed", True, known["backup_key_destroyed_at"] is not None),
        ("number of backups", 0, known["backups"]),
    )


def purge(story: Story) -> Proof:
    """Purge the key: there is no way back to it."""
    story.hand.press("secure-deletion.finish")
    story.hand.type("secure-deletion.purge.typed", ROOT_KEY)
    story.hand.press("secure-deletion.purge.accept")
    story.hand.wait_gone("secure-deletion.purge")
    evidence = story.database_when("the key is purged", lambda it: it["secure_deletion"]["key_purged_at"])
    story.claim(lambda: not story.hand.sees("secure-deletion.finish"), "nothing is left to do")
    return compared(
        evidence, ("the key is purged", True, evidence.body["secure_deletion"]["key_purged_at"] is not None)
    )


def activity(story: Story) -> Proof:
    """Activity: who did what, newest first."""
    Header(story.hand).manage("go.activity")
    Screen(story.hand).arrive("activity")
    story.hand.from_menu("activity.period", "all")
    story.hand.row_of("activity.table", RESTORED)
    evidence = story.second.read("/emulator/v1/activity?limit=100")
    newest = [event["eventTime"] for event in evidence.body["events"]]
    story.hand.wait_rest()
    shown = Screen(story.hand).rows("activity.table")
    return compared(
        evidence,
        ("number of events", len(shown), len(evidence.body["events"])),
        ("newest first", newest, sorted(newest, reverse=True)),
    )


def the_end(story: Story) -> Proof:
    """The resource list: what is left, and Start here ticked off."""
    Header(story.hand).home()
    story.hand.row_of("resources.table", RESTORED)
    evidence = story.second.read("/v2/resource_instances")
    shown = {row[0] for row in Screen(story.hand).rows("resources.table")}
    return compared(evidence, ("instances", shown, {one["name"] for one in evidence.body["resources"]}))
