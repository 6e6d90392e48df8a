"""Resource groups, and deleted instances that can still be restored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QMenu, QWidget

from kyok.domain.rights import Decision, Question
from kyok_gui import places
from kyok_gui.pages.groups.rows import name_problem
from kyok_gui.places import Place
from kyok_gui.rights import Rights
from tests.gui import driver
from tests.gui.accessible import nameless
from tests.gui.pages.keys import story
from tests.gui.pages.keys.fake_cloud import refusal
from tests.gui.pages.keys.keys_object import words_of
from tests.gui.pages.keys.stage import World

GROUPS, WAITING = "resource-groups.table", "reclamation.table"


class Shown:
    """A page of tables as a person uses it."""

    def __init__(self, world: World, kind: str, table: str) -> None:
        self.world, self.table = world, table
        self.stage = world.show(Place(kind))
        world.rest()

    def rows(self) -> list[list[str]]:
        return driver.table_rows(self.stage, self.table)

    def act(self, row: int, entry: str) -> None:
        driver.row_action(self.stage, self.table, row, entry)
        self.stage.activateWindow()
        self.world.rest()
        self.world.rest()

    def entry(self, row: int, entry: str) -> str:
        table = driver.table(self.stage, self.table)
        table.view.ask_menu(row)
        menu = next(one for one in table.findChildren(QMenu, f"{self.table}.menu") if one.isVisible())
        found = next(action.text() for action in menu.actions() if action.data() == entry)
        menu.close()
        return found

    def press(self, name: str) -> None:
        driver.press(self.stage, name)
        self.world.rest()
        self.world.rest()

    def words(self, name: str) -> str:
        return words_of(driver.find(self.stage, name, QWidget))


# Groups -------------------------------------------------------------------------------------------------------------


def groups(world: World) -> Shown:
    return Shown(world, places.RESOURCE_GROUPS, GROUPS)


def into(world: World, name: str, group: str, **more: Any) -> None:
    next(one for one in world.cloud.instances if one["name"] == name).update(resource_group_id=group, **more)


def test_groups_say_what_they_hold(world: World) -> None:
    into(world, "hr-db", "77aa")
    into(world, "acme-lab", "77aa", state="pending_reclamation")
    page = groups(world)
    (default, team) = page.rows()
    assert default[:2] == ["Default", "Default group"]
    assert team[:4] == ["payments-team", "–", "1 instance", "1 deleted instance"]
    assert nameless(page.stage) == []
    driver.click_link(page.stage, GROUPS, 1, "instances")
    assert world.context.navigator.here == Place(places.RESOURCES).with_query(group="payments-team")


def test_deleted_instances_of_a_group_lead_to_the_reclamation(world: World) -> None:
    into(world, "acme-lab", "77aa", state="pending_reclamation")
    page = groups(world)
    driver.click_link(page.stage, GROUPS, 1, "waiting")
    assert world.context.navigator.here == Place(places.RECLAMATION)


def test_a_group_is_made_and_renamed(world: World) -> None:
    page = groups(world)
    page.press("resource-groups.create")
    assert driver.focused_name() == "resource-groups.name.name"
    driver.write(page.stage, "resource-groups.name.name", "Default")
    assert "There is a group Default already." in page.words("resource-groups.name.overlay")
    driver.write(page.stage, "resource-groups.name.name", "crew")
    page.press("resource-groups.name.accept")
    assert [row[0] for row in page.rows()] == ["Default", "payments-team", "crew"]
    page.act(2, "rename")
    driver.write(page.stage, "resource-groups.name.name", "team")
    page.press("resource-groups.name.accept")
    assert page.rows()[2][0] == "team"
    assert world.told == ["Resource group crew created", "crew is called team now"]


def test_why_a_group_cannot_be_deleted_stands_in_its_menu(world: World) -> None:
    page = groups(world)
    assert page.entry(0, "delete") == "Delete: the default group stays"
    into(world, "acme-lab", "77aa", state="pending_reclamation")
    page = groups(world)
    assert page.entry(1, "delete") == "Delete: 1 deleted instance can still be restored into it"
    into(world, "hr-db", "77aa")
    page = groups(world)
    assert page.entry(1, "delete") == "Delete: it holds 1 instance"
    assert page.entry(0, "instances") == "Show its instances"


def test_an_empty_group_is_deleted_after_a_tick(world: World) -> None:
    page = groups(world)
    page.act(1, "delete")
    assert not driver.find(page.stage, "resource-groups.delete.accept").isEnabled()
    driver.find(page.stage, "resource-groups.delete.tick").click()  # type: ignore[attr-defined]
    page.press("resource-groups.delete.accept")
    assert [row[0] for row in page.rows()] == ["Default"]
    assert world.cloud.calls == [("delete group", "77aa")]


def test_a_group_that_was_filled_meanwhile_is_told_in_the_dialog(world: World) -> None:
    world.cloud.fail["delete group"] = refusal(409, "x", "The resource group “payments-team” holds 1 instance.")
    page = groups(world)
    page.act(1, "delete")
    driver.find(page.stage, "resource-groups.delete.tick").click()  # type: ignore[attr-defined]
    page.press("resource-groups.delete.accept")
    assert "holds 1 instance" in page.words("resource-groups.delete.overlay")


@pytest.mark.parametrize(
    ("name", "fault"),
    [("", "Type a name"), ("x" * 41, "at most 40"), ("a/b", "only letters"), ("taken", "already"), ("crew 2", "")],
)
def test_names_of_groups(name: str, fault: str) -> None:
    problem = name_problem(name, ["taken"])
    assert fault in problem
    assert bool(problem) == bool(fault)


# Reclamation ----------------------------------------------------------------------------------------------------------


def waiting(world: World) -> Shown:
    return Shown(world, places.RECLAMATION, WAITING)


def delete(world: World, name: str, **left: float) -> None:
    """As if an instance had been deleted; `left` is the time until its end."""
    moments = {"deleted_at": story.wire(story.NOW), "deleted_by": story.BEN}
    into(world, name, "9f1d", state="pending_reclamation", **moments)
    world.cloud.ends[story.guid(name)] = story.NOW + timedelta(**left)


def test_nothing_waits(world: World) -> None:
    page = waiting(world)
    assert driver.exists(page.stage, "reclamation.empty")
    page.press("reclamation.empty.button")
    assert world.context.navigator.here == places.HOME


def test_time_runs_down_by_the_cloud_s_clock(world: World) -> None:
    delete(world, "acme-lab", days=6, hours=22)
    delete(world, "acme-kp", hours=3)
    page = waiting(world)
    assert [(row[0], row[3]) for row in page.rows()] == [("acme-kp", "3 hours"), ("acme-lab", "6 days 22 hours")]
    world.clock.turn(hours=2, minutes=59)
    assert page.rows()[0][3] == "1 minute"
    world.clock.turn(minutes=2)
    assert page.rows()[0][3] == "Ends now"
    assert nameless(page.stage) == []


def test_what_comes_back_is_said(world: World) -> None:
    delete(world, "acme-lab", days=6)
    page = waiting(world)
    row = driver.row_object(page.stage, WAITING, 0)
    assert (row.comes_back.word, row.comes_back_words) == (
        "Everything",
        "Crypto units with their master key, destroyed keys",
    )
    assert row.deleted_by == "by ben@"


def test_who_may_not_see_a_database_still_sees_that_it_waits(world: World) -> None:
    def refused(guid: str) -> None:
        raise refusal(403, "x", "You are not authorized to do this.", "Ask for the Reader role.")

    world.cloud.api.databases.detail = refused  # type: ignore[attr-defined]
    delete(world, "ledger-db", days=6)
    page = waiting(world)
    row = driver.row_object(page.stage, WAITING, 0)
    assert (row.comes_back.word, row.comes_back_words) == ("Not shown to you", "Ask for the Reader role.")
    page.act(0, "reclaim")
    assert "Gone with it: what is in it is not shown to you." in page.words("reclamation.reclaim.overlay")


@pytest.mark.parametrize(("kind", "table"), [(places.RECLAMATION, WAITING), (places.RESOURCE_GROUPS, GROUPS)])
def test_a_failed_reading_does_not_say_that_there_is_nothing(world: World, kind: str, table: str) -> None:
    def broken(*given: object) -> None:
        raise refusal(503, "x", "The cloud does not answer.", "Wait.")

    kept = world.cloud.api.resources
    world.cloud.api.resources = SimpleNamespace(reclamations=broken, instances=broken, groups=broken, listed=broken)  # type: ignore[assignment]
    page = Shown(world, kind, table)
    assert "The cloud does not answer." in page.words(f"{kind}.failure")
    assert not driver.exists(page.stage, f"{table}.frame")
    world.cloud.api.resources = kept
    page.press(f"{kind}.failure.action")
    assert driver.exists(page.stage, f"{table}.frame")


def test_an_instance_is_restored(world: World) -> None:
    delete(world, "acme-lab", days=6)
    page = waiting(world)
    page.act(0, "restore")
    assert world.cloud.calls == [("restore instance", f"r-{story.guid('acme-lab')}")]
    assert driver.exists(page.stage, "reclamation.empty")
    assert world.told[0].startswith("acme-lab is back")


def test_deleting_for_good_asks_for_the_name(world: World) -> None:
    delete(world, "acme-lab", days=6)
    page = waiting(world)
    page.act(0, "reclaim")
    words = page.words("reclamation.reclaim.overlay")
    assert "acme-lab cannot be restored any more" in words
    assert "Gone with it: crypto units with their master key, destroyed keys." in words
    assert not driver.find(page.stage, "reclamation.reclaim.accept").isEnabled()
    driver.write(page.stage, "reclamation.reclaim.typed", "acme-lab")
    page.press("reclamation.reclaim.accept")
    assert world.cloud.calls == [("reclaim instance", f"r-{story.guid('acme-lab')}")]
    assert world.told == ["acme-lab is deleted for good"]


def test_a_refusal_stays_in_the_dialog(world: World) -> None:
    world.cloud.fail["reclaim instance"] = refusal(400, "x", "The service instance is locked.")
    delete(world, "acme-lab", days=6)
    page = waiting(world)
    page.act(0, "reclaim")
    driver.write(page.stage, "reclamation.reclaim.typed", "acme-lab")
    page.press("reclamation.reclaim.accept")
    assert "The service instance is locked." in page.words("reclamation.reclaim.overlay")


# Roles --------------------------------------------------------------------------------------------------------------


def refusing(world: World) -> None:
    """Somebody who may only look."""

    def decide(questions: Sequence[Question]) -> list[Decision]:
        return [Decision(False, ("Editor",)) for _ in questions]

    world.context.rights = Rights(world.tasks, world.live, decide, world.keeper)


def test_a_viewer_changes_no_groups(world: World) -> None:
    refusing(world)
    page = groups(world)
    world.qtbot.waitUntil(lambda: not driver.find(page.stage, "resource-groups.create").isEnabled())
    assert driver.exists(page.stage, "page.rights")
    page.entry(1, "delete")
    world.qtbot.waitUntil(lambda: world.context.rights.settled)
    assert page.entry(1, "delete") == "Delete: Needs the Editor role in this account"
    assert page.entry(1, "rename") == "Rename: Needs the Editor role in this account"


def test_a_viewer_restores_nothing(world: World) -> None:
    refusing(world)
    delete(world, "acme-lab", days=6)
    page = waiting(world)
    page.entry(0, "restore")
    world.qtbot.waitUntil(lambda: world.context.rights.settled)
    assert page.entry(0, "restore") == "Restore: Needs the Editor role in this account"
    assert page.entry(0, "reclaim") == "Delete for good: Needs the Editor role in this account"
