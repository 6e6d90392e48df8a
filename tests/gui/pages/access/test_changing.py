"""Editing an authorization, its further scopes, and bringing removed ones back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QScrollArea

from kyok.domain.authorizations import Scopes, policy_body, scoped_authorization, scopes_of
from kyok.domain.rights import Decision, Question
from kyok_gui import places
from kyok_gui.places import Place
from kyok_gui.rights import Rights
from kyok_gui.widgets import InlineNote
from tests.gui import driver
from tests.gui.accessible import nameless
from tests.gui.pages.access.access_object import FORM, TABLE, AccessObject
from tests.gui.pages.keys import story
from tests.gui.pages.keys.fake_cloud import refusal
from tests.gui.pages.keys.stage import World

PG, TEAM = "hyperp-dbaas-postgresql", "77aa"
HPCS = story.guid("acme-hpcs")


def scoped(world: World, scopes: Scopes, description: str = "") -> str:
    """Adds an authorization to the canned cloud; its id."""
    made = scoped_authorization(story.ACCOUNT, PG, "hs-crypto", scopes, description=description)
    ident = story.guid(f"scoped {scopes}")
    moment = {"created_at": story.wire(story.NOW), "last_modified_at": story.wire(story.NOW)}
    who = {"created_by_id": story.ANNA, "last_modified_by_id": story.ANNA}
    world.cloud.policies.append({**policy_body(made), "id": ident, "state": "active", **moment, **who})
    return ident


def sent_scopes(world: World, place: int = -1) -> Scopes | None:
    return scopes_of(world.cloud.calls[place][-1])


# Further scopes -------------------------------------------------------------------------------------------------------


def start(world: World) -> AccessObject:
    query = {"source": PG, "target": "hs-crypto", "target_instance": story.guid("acme-hpcs-eu"), "role": "Reader"}
    page = AccessObject(world, create="1", **query)
    page.one_page()
    world.rest()
    return page


def test_more_options_are_hidden_until_they_are_asked_for(world: World) -> None:
    page = start(world)
    assert not page.shown(f"{FORM}.source-group")
    page.press(f"{FORM}.source.more")
    page.press(f"{FORM}.target.more")
    assert page.shown(f"{FORM}.source-group")
    assert page.shown(f"{FORM}.key")
    assert nameless(driver.find(page.stage, f"{FORM}.overlay")) == []
    page.press(f"{FORM}.source.more")
    assert not page.shown(f"{FORM}.source-group")


def test_a_source_resource_group_stands_for_all_its_instances(world: World) -> None:
    page = start(world)
    page.press(f"{FORM}.source.more")
    page.choose("source-instance", story.guid("cards-db"))
    page.choose("source-group", TEAM)
    assert page.value("source-instance") == "*"
    assert (
        "All PostgreSQL instances in resource group payments-team may use the keys of acme-hpcs-eu" in page.form_words()
    )
    page.choose("source-instance", story.guid("cards-db"))
    assert page.value("source-group") == "-"
    page.choose("source-group", TEAM)
    page.next()
    world.rest()
    assert sent_scopes(world) == Scopes(source_group=TEAM, target_instance=story.guid("acme-hpcs-eu"))


def test_a_target_resource_group_takes_the_place_of_the_instance(world: World) -> None:
    page = start(world)
    page.press(f"{FORM}.target.more")
    page.choose("target-group", TEAM)
    assert page.value("target-instance") == "*"
    assert page.choices("target-instance")["All service instances"] == "Those of resource group payments-team"
    words = driver.find(page.stage, f"{FORM}.key-ring").accessibleName()
    assert words == "Key ring: Choose one target service instance first"
    page.next()
    world.rest()
    assert sent_scopes(world) == Scopes(target_group=TEAM)


def test_going_back_from_the_group_to_an_instance(world: World) -> None:
    page = start(world)
    page.press(f"{FORM}.target.more")
    page.choose("target-group", TEAM)
    page.choose("target-group", "-")
    assert page.reason() == "Choose the target service instance."
    page.choose("target-instance", HPCS)
    assert page.value("target-group") == "-"


def test_a_key_ring_and_a_single_key_exclude_each_other(world: World) -> None:
    page = start(world)
    page.choose("target-instance", HPCS)
    world.rest()
    page.press(f"{FORM}.target.more")
    page.choose("key-ring", "payments")
    assert "the root keys in key ring payments of acme-hpcs" in page.form_words()
    key = next(one for one in world.cloud.keys[HPCS] if one["name"] == "ledger-root")
    page.choose("key", key["id"])
    assert page.value("key-ring") == "-"
    words = page.form_words()
    assert "may wrap, unwrap and rewrap with one key of acme-hpcs" in words
    page.next()
    world.rest()
    assert sent_scopes(world) == Scopes(target_instance=HPCS, key=key["id"])
    sent = policy_body(world.cloud.calls[-1][1])["resources"][0]["attributes"]
    assert {"name": "resourceType", "value": "key"} in sent


def test_who_may_not_list_the_keys_still_authorizes_for_the_instance(world: World) -> None:
    world.cloud.fail["rings"] = refusal(401, "x", "You may not list the keys of this instance.")
    page = start(world)
    page.press(f"{FORM}.target.more")
    assert "You may not list the keys" in driver.find(page.stage, f"{FORM}.key").accessibleName()
    page.next()
    world.rest()
    assert world.cloud.names() == ["authorize"]


def test_a_description_is_sent_and_shown_in_the_table(world: World) -> None:
    page = start(world)
    field = driver.find(page.stage, f"{FORM}.description", QLineEdit)
    field.setText("x" * 300)
    assert page.reason() == ""
    QTest.keyClicks(field, "y")
    assert page.reason() == "Shorten the description to 300 characters."
    driver.write(page.stage, f"{FORM}.description", "Ticket 4711 ")
    page.next()
    world.rest()
    assert world.cloud.calls[-1][1].description == "Ticket 4711"
    assert page.rows()[-1].description == "Ticket 4711"


def test_the_table_says_the_scope(world: World) -> None:
    scoped(world, Scopes(source_group=TEAM, target_instance=HPCS, key_ring="payments"), "Payments only")
    page = AccessObject(world)
    row = page.rows()[-1]
    assert (row.scope, row.description) == ("group payments-team; ring payments", "Payments only")
    assert (row.source_detail, row.target_detail) == ("Group payments-team", "acme-hpcs, ring payments")
    cells = driver.table_rows(page.stage, TABLE)[-1]
    assert "Payments only" in cells
    assert row.used == 0


def test_what_a_wider_authorization_grants_already_is_said(world: World) -> None:
    page = start(world)
    page.choose("target-instance", HPCS)
    page.press(f"{FORM}.source.more")
    page.choose("source-group", TEAM)
    note = driver.find(page.stage, f"{FORM}.covered", InlineNote)
    assert "all PostgreSQL instances and acme-hpcs grants this already" in note.words()
    assert page.reason() == ""


# Editing --------------------------------------------------------------------------------------------------------------


def edit(world: World, row: int = 0) -> AccessObject:
    page = AccessObject(world)
    page.act(row, "edit")
    world.rest()
    return page


def test_nothing_can_be_saved_before_something_changed(world: World) -> None:
    page = edit(world)
    assert "Edit authorization" in page.form_words()
    assert driver.find(page.stage, f"{FORM}.next").text() == "Save"
    assert page.value("target-instance") == HPCS
    assert page.reason() == "Nothing is changed yet."
    driver.write(page.stage, f"{FORM}.description", "For the ledger")
    assert page.reason() == ""
    page.next()
    world.rest()
    name, ident, etag, wanted = world.cloud.calls[-1]
    assert (name, ident, etag, wanted.description) == ("replace", page.rows()[0].id, "1-x", "For the ledger")
    assert not page.form_open
    assert page.rows()[0].description == "For the ledger"
    assert world.told[-1].startswith("Authorization changed All PostgreSQL instances may use acme-hpcs.")


def test_a_change_that_stops_instances_says_so_before(world: World) -> None:
    page = edit(world)
    page.press(f"{FORM}.source.more")
    page.choose("source-group", TEAM)
    note = driver.find(page.stage, f"{FORM}.stops", InlineNote)
    assert "ledger-db and payments-db stop within a minute" in note.words()


def test_a_stale_etag_tells_what_changed_and_loses_nothing(world: World) -> None:
    page = edit(world)
    driver.write(page.stage, f"{FORM}.description", "Mine")
    ident = page.rows()[0].id
    theirs = replace(world.cloud.api.iam.authorization(ident).grant, description="Theirs")
    world.cloud.api.iam.change(ident, theirs, story.BEN)
    page.next()
    world.rest()
    world.rest()
    words = page.form_words()
    assert "ben@ changed this authorization meanwhile. Nothing of yours is lost, and nothing was saved yet." in words
    assert "Description: was not set, is Theirs now." in words
    assert driver.find(page.stage, f"{FORM}.description").text() == "Mine"  # type: ignore[attr-defined]
    page.next()
    world.rest()
    assert not page.form_open
    assert page.rows()[0].description == "Mine"
    assert [call[2] for call in world.cloud.calls if call[0] == "replace"] == ["1-x", "2-x"]


def test_a_refusal_is_brought_into_sight(world: World) -> None:
    world.cloud.fail["replace"] = refusal(403, "x", "Only an Administrator of the target can change it.")
    page = edit(world)
    sheet = driver.find(page.stage, f"{FORM}.overlay")
    bar = next(area.verticalScrollBar() for area in sheet.findChildren(QScrollArea))
    driver.write(page.stage, f"{FORM}.description", "Mine")
    bar.setValue(bar.maximum())
    page.next()
    world.rest()
    assert bar.value() == 0
    assert "Only an Administrator of the target can change it." in page.form_words()


def test_an_authorization_removed_meanwhile_keeps_what_was_entered(world: World) -> None:
    page = edit(world)
    driver.write(page.stage, f"{FORM}.description", "Mine")
    world.cloud.api.iam._set_state(page.rows()[0].id, "deleted")
    page.next()
    world.rest()
    world.rest()
    words = page.form_words()
    assert "removed this authorization meanwhile." in words
    assert "What you entered is still here. Restore it under Recently removed first" in words


def test_a_change_into_a_duplicate_is_explained(world: World) -> None:
    scoped(world, Scopes(target_instance=story.guid("acme-hpcs-eu")))
    page = edit(world)
    page.choose("target-instance", story.guid("acme-hpcs-eu"))
    assert page.reason().startswith("There is an authorization for all PostgreSQL instances and acme-hpcs-eu already.")


@pytest.mark.parametrize("extra", [{"name": "region", "value": "us-south"}, {"name": "resourceType", "value": "x"}])
def test_what_the_form_cannot_show_is_not_edited_with_it(world: World, extra: dict[str, str]) -> None:
    world.cloud.policies[0]["resources"][0]["attributes"].append(extra)
    page = AccessObject(world)
    assert page.entry(0, "edit") == "Edit: Says more than the form can show"


def test_an_authorization_whose_target_is_gone_keeps_it(world: World) -> None:
    page = edit(world, 4)
    assert page.value("target-instance") == story.guid("gone")
    assert page.choices("target-instance")["Instance not found"] == story.guid("gone")


# Removed --------------------------------------------------------------------------------------------------------------


def removed_rows(page: AccessObject) -> list[list[str]]:
    return driver.table_rows(page.stage, "authorizations.removed")


def test_a_removed_authorization_comes_back_as_it_was(world: World) -> None:
    ident = scoped(world, Scopes(target_instance=story.guid("acme-hpcs-eu")), "For cards-db")
    world.cloud.api.iam._set_state(ident, "deleted")
    page = AccessObject(world)
    page.press("authorizations.views.tab.removed")
    ((_, target, role, _, _, effect),) = removed_rows(page)
    assert (target, role, effect) == ("Hyper Protect Crypto Services", "Reader", "cards-db may start")
    driver.row_action(page.stage, "authorizations.removed", 0, "restore")
    world.rest()
    world.rest()
    assert world.cloud.calls[-1] == ("restore", ident)
    assert world.told[-1] == "Authorization restored cards-db: the nodes restart by themselves."
    assert removed_rows(page) == []
    assert page.rows()[-1].description == "For cards-db"


def test_what_was_granted_again_is_not_restored_beside_it(world: World) -> None:
    again = scoped(world, Scopes(target_instance=HPCS))
    world.cloud.api.iam._set_state(again, "deleted")
    page = AccessObject(world)
    page.press("authorizations.views.tab.removed")
    assert removed_rows(page)[0][-1] == "The same exists again"
    assert page.entry(0, "restore", "authorizations.removed") == "Restore: The same authorization exists again"


def test_removing_leads_to_recently_removed(world: World) -> None:
    page = AccessObject(world)
    page.act(4, "remove")
    assert "Restore it here under Recently removed." in page.words("authorizations.remove")
    page.press("authorizations.remove.accept")
    world.rest()
    world.rest()
    assert len(page.rows()) == 4
    page.press("authorizations.views.tab.removed")
    assert len(removed_rows(page)) == 1


def test_a_link_to_a_removed_authorization_shows_it_there(world: World) -> None:
    ident = scoped(world, Scopes(source_group=TEAM))
    world.cloud.api.iam._set_state(ident, "deleted")
    page = AccessObject(world, policy=ident)
    assert page.shown("authorizations.removed.frame")
    assert not page.shown(f"{TABLE}.frame")
    assert not page.shown("authorizations.panel")


def test_without_removed_ones_the_view_says_so(world: World) -> None:
    page = AccessObject(world)
    page.press("authorizations.views.tab.removed")
    assert page.shown("authorizations.removed.empty")
    assert world.context.navigator.here == Place(places.AUTHORIZATIONS)
    assert page.shown(f"{TABLE}.frame") is False


# Roles ----------------------------------------------------------------------------------------------------------------


def test_what_a_viewer_may_not_change_says_which_role_is_missing(world: World) -> None:
    def decide(questions: Sequence[Question]) -> list[Decision]:
        return [Decision(False, ("Administrator",), "instance", "acme-hpcs") for _ in questions]

    world.context.rights = Rights(world.tasks, world.live, decide, world.keeper)
    page = AccessObject(world)
    world.qtbot.waitUntil(lambda: not driver.find(page.stage, "authorizations.create").isEnabled())
    page.entry(0, "edit")
    world.qtbot.waitUntil(lambda: world.context.rights.settled)
    for entry, words in (("edit", "Edit"), ("remove", "Remove")):
        assert page.entry(0, entry) == f"{words}: Needs the Administrator role on acme-hpcs"


def test_of_a_target_that_is_gone_the_role_on_its_service_decides(world: World) -> None:
    asked: list[Question] = []

    def decide(questions: Sequence[Question]) -> list[Decision]:
        asked.extend(questions)
        return [Decision(True) for _ in questions]

    world.context.rights = Rights(world.tasks, world.live, decide, world.keeper)
    page = AccessObject(world)
    assert page.entry(4, "remove") == "Remove"
    world.qtbot.waitUntil(lambda: world.context.rights.settled)
    assert Question("iam.policy.delete", "hs-crypto") in asked
