"""The resource list: filters, the row's menu, rename, tags, lock, deletion, files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from kyok.domain.rights import Decision, Question
from kyok_gui import places, saving
from kyok_gui.pages.resources.filters import Filters, menu
from kyok_gui.pages.resources.rows import LOCKED
from kyok_gui.places import Place
from kyok_gui.rights import Rights
from kyok_gui.widgets import FilterChip, MenuButton
from tests.gui import driver
from tests.gui.accessible import nameless
from tests.gui.pages.keys import story
from tests.gui.pages.keys.fake_cloud import refusal
from tests.gui.pages.keys.keys_object import words_of
from tests.gui.pages.keys.stage import World

TABLE = "resources.table"


class ListObject:
    """The page as a person uses it."""

    def __init__(self, world: World, **query: str) -> None:
        self.world = world
        self.stage = world.show(Place(places.RESOURCES).with_query(**query))
        world.rest()

    def names(self) -> list[str]:
        return [row[0] for row in driver.table_rows(self.stage, TABLE)]

    def row(self, name: str) -> int:
        return driver.row_of_cell(self.stage, TABLE, name)

    def act(self, name: str, entry: str) -> None:
        driver.row_action(self.stage, TABLE, self.row(name), entry)
        self.stage.activateWindow()
        self.world.rest()

    def entries(self, name: str) -> dict[str, str]:
        table = driver.table(self.stage, TABLE)
        table.view.ask_menu(self.row(name))
        found = next(one for one in table.findChildren(QMenu, f"{TABLE}.menu") if one.isVisible())
        entries = {str(action.data()): action.text() for action in found.actions() if action.data()}
        found.close()
        return entries

    def filter(self, entry: str) -> None:
        button = driver.find(self.stage, "resources.filter", MenuButton)
        button.chosen.emit(entry)
        self.world.rest()

    def again(self) -> None:
        """As the page looks after the change feed told it of a change."""
        self.stage.page.look_afresh()
        self.world.rest()

    def words(self, name: str) -> str:
        return words_of(driver.find(self.stage, name, QWidget))


def touch(world: World, name: str, **values: Any) -> None:
    next(one for one in world.cloud.instances if one["name"] == name).update(values)


# Filters ------------------------------------------------------------------------------------------------------------


def test_filters_by_group_service_location_status_and_tag(world: World) -> None:
    touch(world, "ledger-db", tags=["env:prod"], resource_group_id="77aa")
    touch(world, "acme-hpcs", tags=["Env:Prod"], resource_group_id="77aa")
    page = ListObject(world)
    every = len(page.names())
    page.filter("tag=env:prod")
    assert sorted(page.names()) == ["acme-hpcs", "ledger-db"]
    page.filter("service=Hyper Protect Crypto Services")
    assert page.names() == ["acme-hpcs"]
    chip = driver.find(page.stage, "resources.chip.tag", FilterChip)
    assert chip.accessibleName() == "Remove filter Tag: env:prod"
    driver.press(page.stage, "resources.chip.tag")
    assert "acme-lab" in page.names()
    driver.press(page.stage, "resources.chip.clear")
    assert len(page.names()) == every
    assert not driver.exists(page.stage, "resources.chip.clear")
    page.filter("group=payments-team")
    assert sorted(page.names()) == ["acme-hpcs", "ledger-db"]
    page.filter("location=Frankfurt")
    assert page.names() == []
    page.filter("group=payments-team")
    assert "acme-hpcs-eu" in page.names()


def test_the_filter_menu_offers_what_occurs_and_ticks_what_is_in_force(world: World) -> None:
    page = ListObject(world)
    rows = driver.table(page.stage, TABLE).model.rows()
    entries = {entry.id: entry for entry in menu(rows, Filters({"location": "Frankfurt"}))}
    assert list(entries) == ["group", "service", "location", "status", "tag"]
    assert entries["tag"].reason == "no tag is in use"
    assert [one.title for one in entries["location"].under if one.icon] == ["Frankfurt"]
    assert "Not initialized" in {one.title for one in entries["status"].under}


def test_the_search_finds_tags_and_groups(world: World) -> None:
    touch(world, "hr-db", tags=["team:people"])
    page = ListObject(world)
    driver.write(page.stage, f"{TABLE}.search", "team:people")
    world.qtbot.waitUntil(lambda: page.names() == ["hr-db"])


def test_a_link_shows_the_instances_of_a_group(world: World) -> None:
    touch(world, "hr-db", resource_group_id="77aa")
    page = ListObject(world, group="payments-team")
    assert page.names() == ["hr-db"]
    assert world.context.navigator.here == Place(places.RESOURCES)


# The row's menu ---------------------------------------------------------------------------------------------------


def test_the_menu_of_a_row_is_complete(world: World) -> None:
    page = ListObject(world)
    assert list(page.entries("ledger-db"))[:6] == ["open", "overview", "deletion", "rename", "tags", "lock"]
    assert list(page.entries("ledger-db"))[-1] == "delete"
    assert "deletion" not in page.entries("acme-hpcs")
    touch(world, "acme-hpcs", locked=True)
    page.again()
    found = page.entries("acme-hpcs")
    assert found["unlock"] == "Unlock"
    assert found["rename"] == "Rename: locked, unlock it first"
    assert found["delete"] == "Delete: locked, unlock it first"
    assert found["tags"] == "Edit tags"
    row = driver.row_object(page.stage, TABLE, page.row("acme-hpcs"))
    assert (row.lock, LOCKED.icon, LOCKED.word) == (LOCKED, "locked", "Locked")


def test_an_instance_is_renamed(world: World) -> None:
    page = ListObject(world)
    page.act("ledger-db", "rename")
    assert driver.focused_name() == "resources.rename.name"
    assert "keys stay. Type another name." in page.words("resources.rename.overlay")
    assert nameless(driver.find(page.stage, "resources.rename.overlay")) == []
    driver.write(page.stage, "resources.rename.name", "ledger/db")
    assert "A service name has only letters, digits, spaces and - . _ :" in page.words("resources.rename.overlay")
    assert not driver.find(page.stage, "resources.rename.accept").isEnabled()
    driver.write(page.stage, "resources.rename.name", "ledger-2")
    QTest.keyClick(driver.find(page.stage, "resources.rename.name"), Qt.Key.Key_Return)
    world.rest()
    assert world.cloud.calls == [("rename", story.guid("ledger-db"), "ledger-2")]
    assert not driver.exists(page.stage, "resources.rename.overlay")
    page.again()
    assert "ledger-2" in page.names()
    assert world.told == ["ledger-db is called ledger-2 now"]


def test_a_refused_name_stays_in_the_dialog(world: World) -> None:
    world.cloud.fail["rename"] = refusal(400, "x", "The service instance is locked.", "Unlock it first.")
    page = ListObject(world)
    page.act("ledger-db", "rename")
    driver.write(page.stage, "resources.rename.name", "ledger-2")
    driver.press(page.stage, "resources.rename.accept")
    world.rest()
    assert "The service instance is locked." in page.words("resources.rename.overlay")
    assert driver.find(page.stage, "resources.rename.accept").isEnabled()


def tag_names(page: ListObject) -> Sequence[str]:
    dialog = driver.dialog(page.stage, "resources.tags")
    return [chip.text() for chip in dialog.findChildren(FilterChip) if chip.isVisible()]


def test_tags_are_added_and_removed(world: World) -> None:
    touch(world, "ledger-db", tags=["env:dev", "old"])
    touch(world, "hr-db", tags=["team:people"])
    page = ListObject(world)
    page.act("ledger-db", "tags")
    words = page.words("resources.tags.overlay")
    assert "In use elsewhere: team:people." in words
    assert "Nothing is changed yet." in words
    assert tag_names(page) == ["env:dev", "old"]
    driver.press(page.stage, "resources.tags.tag.2")
    QApplication.processEvents()
    driver.write(page.stage, "resources.tags.new", "ENV:dev")
    assert "ENV:dev is there already." in page.words("resources.tags.overlay")
    driver.write(page.stage, "resources.tags.new", "a/b")
    assert not driver.find(page.stage, "resources.tags.add").isEnabled()
    driver.write(page.stage, "resources.tags.new", "team:ledger")
    assert not driver.find(page.stage, "resources.tags.accept").isEnabled()
    QTest.keyClick(driver.find(page.stage, "resources.tags.new"), Qt.Key.Key_Return)
    QApplication.processEvents()
    assert tag_names(page) == ["env:dev", "team:ledger"]
    assert nameless(driver.find(page.stage, "resources.tags.overlay")) == []
    driver.press(page.stage, "resources.tags.accept")
    world.rest()
    crn = next(one["crn"] for one in world.cloud.instances if one["name"] == "ledger-db")
    assert world.cloud.calls == [("tags", crn, ("env:dev", "old"), ("env:dev", "team:ledger"))]
    assert world.told == ["Tags of ledger-db saved env:dev, team:ledger"]


def test_many_and_long_tags_stay_inside_the_dialog(world: World) -> None:
    tags = [f"number:{place:02d}" for place in range(20)] + ["x" * 128]
    touch(world, "ledger-db", tags=tags)
    page = ListObject(world)
    page.act("ledger-db", "tags")
    card = driver.dialog(page.stage, "resources.tags").card
    for chip in card.findChildren(FilterChip):
        right = chip.mapTo(card, chip.rect().topRight()).x()
        assert right < card.width() - 16, chip.text()
    assert "Remove tag " + "x" * 128 in {chip.accessibleName() for chip in card.findChildren(FilterChip)}


def test_locking_and_unlocking(world: World) -> None:
    page = ListObject(world)
    page.act("ledger-db", "lock")
    page.again()
    assert driver.table_rows(page.stage, TABLE)[page.row("ledger-db")].count("Locked") == 1
    page.act("ledger-db", "unlock")
    assert [call[1:] for call in world.cloud.calls] == [
        (story.guid("ledger-db"), True),
        (story.guid("ledger-db"), False),
    ]
    assert world.told[0] == "ledger-db is locked Nobody can change or delete it until it is unlocked."


def test_deleting_a_key_instance_names_the_keys_and_who_uses_them(world: World) -> None:
    page = ListObject(world)
    page.act("acme-hpcs", "delete")
    world.rest()
    words = page.words("hpcs-delete.overlay")
    assert "acme-hpcs cannot be deleted" in words
    assert "11 root keys and 4 standard keys" in words
    assert "ledger-db" in words
    assert not driver.find(page.stage, "hpcs-delete.accept").isEnabled()


def test_deleting_a_key_instance_without_live_keys_names_what_hangs_on_it(world: World) -> None:
    world.cloud.keys[story.guid("acme-hpcs")] = []
    page = ListObject(world)
    page.act("acme-hpcs", "delete")
    world.rest()
    words = page.words("hpcs-delete.overlay")
    assert "were encrypted under a key of this instance" in words
    assert "ledger-db" in words
    assert "2 authorizations for it reach nothing any more" in words


# Files --------------------------------------------------------------------------------------------------------------


def test_the_list_as_json(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(world, "ledger-db", tags=["env:prod"], locked=True)
    file = tmp_path / "resources.json"
    monkeypatch.setattr(saving, "choose_file", lambda *given: file)
    page = ListObject(world)
    page.filter("tag=env:prod")
    driver.press(page.stage, "resources.export-json")
    world.rest()
    (found,) = json.loads(file.read_text())
    assert (found["name"], found["service"], found["location"]) == ("ledger-db", "hyperp-dbaas-postgresql", "us-south")
    assert (found["locked"], found["tags"], found["key_status"]) == (True, ["env:prod"], "Connected")
    assert found["resource_group"]["id"]
    assert found["crn"].startswith("crn:v1:")
    assert world.told == [f"1 resource exported See {file}."]


def test_the_list_as_csv_has_every_row_that_matches(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "resources.csv"
    monkeypatch.setattr(saving, "choose_file", lambda *given: file)
    page = ListObject(world)
    driver.press(page.stage, f"{TABLE}.export")
    world.rest()
    lines = file.read_text().splitlines()
    assert len(lines) == len(page.names()) + 1
    assert lines[0].endswith("CRN,ID")


def test_changing_one_s_mind_writes_no_file(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving, "choose_file", lambda *given: None)
    page = ListObject(world)
    driver.press(page.stage, "resources.export-json")
    world.rest()
    assert world.told == []


def test_a_log_that_is_closed_does_not_take_the_list_away(world: World) -> None:
    names = ListObject(world).names()
    world.cloud.fail["activity"] = refusal(403, "forbidden", "Not for you.")
    assert ListObject(world).names() == names != []
    assert world.told == []


# Roles --------------------------------------------------------------------------------------------------------------


def test_what_a_viewer_may_not_do_says_which_role_is_missing(world: World) -> None:
    def decide(questions: Sequence[Question]) -> list[Decision]:
        return [Decision(False, ("Editor", "Administrator"), "instance", "ledger-db") for _ in questions]

    world.context.rights = Rights(world.tasks, world.live, decide, world.keeper)
    page = ListObject(world)
    page.entries("ledger-db")
    world.qtbot.waitUntil(lambda: world.context.rights.settled)
    found = page.entries("ledger-db")
    for entry in ("rename", "tags", "lock", "delete"):
        assert found[entry].endswith(": Needs the Editor or Administrator role on ledger-db"), found[entry]
    assert found["open"] == "Open"


def test_in_a_small_window_the_location_stays_and_the_lock_goes(world: World) -> None:
    page = ListObject(world)
    view = driver.table(page.stage, TABLE).view
    # as much as a window of 1024 pixels leaves beside its rail
    page.stage.resize(1024 + 256 - 48, 768)
    QApplication.processEvents()
    columns = driver.table(page.stage, TABLE).model.columns
    assert view.viewport().width() < 1000
    assert [one.id for place, one in enumerate(columns) if not view.isColumnHidden(place)] == [
        "name", "service", "location", "state", "key",
    ]  # fmt: skip
