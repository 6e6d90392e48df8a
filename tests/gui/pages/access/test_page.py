"""Authorizations: the table, the warning above it, the panel, removing, and the empty account."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from kyok_gui import places
from kyok_gui.places import Place
from kyok_gui.widgets import CheckBox, EmptyState
from kyok_gui.widgets.static_table import StaticTable
from tests.gui import driver
from tests.gui.accessible import nameless
from tests.gui.pages.access.access_object import TABLE, AccessObject
from tests.gui.pages.keys import story
from tests.gui.pages.keys.fake_cloud import refusal
from tests.gui.pages.keys.stage import World

PG = "Hyper Protect DBaaS for PostgreSQL"


def test_rows_in_two_lines_with_who_uses_them(world: World) -> None:
    page = AccessObject(world)
    first, _, third, fourth, last = page.rows()
    assert (first.source, first.source_instance) == (PG, "All service instances")
    assert (first.target, first.target_instance) == ("Hyper Protect Crypto Services", "acme-hpcs")
    assert (first.role, first.account, first.type) == ("Reader", "This account", "User-defined")
    assert (first.used_by, first.modified, first.by) == ("4 instances", "12 Sep 2026", "by anna@")
    assert (third.source, third.source_instance) == ("Cloud Object Storage", "Instance not found")
    assert (fourth.type, fourth.by) == ("By service", "by the service")
    assert (last.target_instance, last.used_by) == ("Instance not found", "Unused")
    assert nameless(page.stage) == []


def test_search_by_service_instance_role_and_id(world: World) -> None:
    page = AccessObject(world)
    for typed, count in (("object storage", 1), ("acme-kp", 2), ("reader", 5), (page.rows()[0].id, 1)):
        driver.write(page.stage, f"{TABLE}.search", typed)
        QTest.keyClick(driver.find(page.stage, f"{TABLE}.search"), Qt.Key.Key_Return)
        assert len(page.rows()) == count, typed


def test_a_stopped_instance_without_authorization_is_announced(world: World) -> None:
    page = AccessObject(world)
    assert page.note().words() == (
        "cards-db is stopped: no authorization lets it use acme-hpcs-eu "
        "Source and target are known, so the form opens filled in. You only confirm."
    )
    page.press("authorizations.missing.1.action")
    assert "Every PostgreSQL instance in Acme Bank may list, wrap, unwrap and rewrap" in page.form_words()
    page.next()
    assert world.cloud.names() == ["authorize"]
    assert "The nodes of cards-db restart by themselves." in world.told[0]
    assert not page.shown("authorizations.missing.1")


def test_two_instances_share_one_announcement(world: World) -> None:
    world.cloud.databases.append(
        story.database("payments-db", "acme-hpcs-eu", "cards-root", "not-authorized", running=0) | {"name": "wallet-db"}
    )
    page = AccessObject(world)
    assert page.note().words().startswith("cards-db and wallet-db are stopped: no authorization lets them use")


def test_used_by_shows_the_dependents(world: World) -> None:
    page = AccessObject(world)
    driver.click_link(page.stage, TABLE, 0, "used")
    links = [one.text() for one in driver.find(page.stage, "authorizations.panel.users").findChildren(QPushButton)]
    assert links[::2] == ["archive-db", "hr-db", "ledger-db", "payments-db"]
    next(
        one
        for one in driver.find(page.stage, "authorizations.panel.users").findChildren(QPushButton)
        if one.text() == "ledger-db"
    ).click()
    assert world.context.navigator.here == Place(places.NODES, story.guid("ledger-db"))


def test_details_hold_every_value(world: World) -> None:
    page = AccessObject(world)
    page.act(0, "details")
    words = page.words("authorizations.panel")
    for text in (PG, "All service instances", "acme-hpcs", "Reader", "12 Sep 2026 17:45 UTC by anna@"):
        assert text in words
    page.press("authorizations.panel.close")
    page.act(4, "details")
    assert "Instance not found" in page.words("authorizations.panel")


def test_a_link_opens_the_panel_of_an_authorization(world: World) -> None:
    policy = world.cloud.policies[1]["id"]
    page = AccessObject(world, policy=policy)
    assert page.shown("authorizations.panel")
    assert "acme-kp" in page.words("authorizations.panel")


def test_removing_names_who_stops_and_who_does_not(world: World) -> None:
    page = AccessObject(world)
    assert page.menu(0) == ["details", "edit", "remove"]
    page.act(0, "remove")
    words = page.words("authorizations.remove")
    for text in (
        "PostgreSQL → acme-hpcs, Reader",
        "2 running instances stop within a minute (6 nodes)",
        "Their databases close. No data is lost.",
        "2 more instances use it and are stopped already",
        "archive-db (key deleted) and hr-db (key disabled). For them nothing changes now.",
        "How to come back",
        "3 nodes connected",
    ):
        assert text in words
    assert driver.focused_name() == "authorizations.remove.cancel"
    accept = driver.find(page.stage, "authorizations.remove.accept")
    assert not accept.isEnabled()
    tick = driver.find(page.stage, "authorizations.remove.tick", CheckBox)
    assert tick.text() == "I understand that ledger-db and payments-db stop within a minute"
    page.tick("authorizations.remove.tick")
    page.press("authorizations.remove.accept")
    world.rest()
    assert world.cloud.calls == [("remove", world.cloud.calls[0][1])]
    assert world.told == ["Authorization removed ledger-db and payments-db stop now."]
    assert len(page.rows()) == 4


def test_removing_counts_the_nodes_by_their_own_key_status(world: World) -> None:
    for name in ("ledger-db", "payments-db"):
        body = next(one for one in world.cloud.databases if one["name"] == name)
        body["key_status"] = body["nodes"][2]["key_status"] = "not-connected"
        body["nodes"][2]["state"] = "RUNNING" if name == "ledger-db" else "STOPPED"
    page = AccessObject(world)
    page.act(0, "remove")
    table = driver.find(page.stage, "authorizations.remove.evidence", StaticTable)
    assert [row[2] for row in table.words()] == ["2 connected, 1 not connected"] * 2
    assert "2 running instances stop within a minute (5 nodes)" in page.words("authorizations.remove")


def test_an_instance_with_a_second_authorization_goes_on(world: World) -> None:
    extra = story.policy(
        story.DATABASE, "hs-crypto", source_instance=story.guid("ledger-db"), target_instance=story.guid("acme-hpcs")
    )
    world.cloud.policies.append(extra)
    page = AccessObject(world)
    page.act(0, "remove")
    words = page.words("authorizations.remove")
    assert "1 running instance stops within a minute (3 nodes)" in words
    assert "1 instance is covered by another authorization" in words
    assert "ledger-db. Nothing changes there." in words


def test_an_unused_authorization_needs_no_tick(world: World) -> None:
    page = AccessObject(world)
    page.act(4, "remove")
    assert "No running instance stops" in page.words("authorizations.remove")
    page.press("authorizations.remove.accept")
    world.rest()
    assert world.told == ["Authorization removed Nothing stops."]


def test_a_refused_removal_stays_in_the_dialog(world: World) -> None:
    world.cloud.fail["remove"] = refusal(403, "x", "Only an Administrator of the target can do it.", "Ask one.")
    page = AccessObject(world)
    page.act(4, "remove")
    page.press("authorizations.remove.accept")
    assert "Only an Administrator of the target can do it." in page.words("authorizations.remove")
    QTest.keyClick(driver.dialog(page.stage, "authorizations.remove"), Qt.Key.Key_Escape)
    assert not page.shown("authorizations.remove.overlay")


def test_an_authorization_that_is_gone_meanwhile(world: World) -> None:
    page = AccessObject(world)
    world.cloud.policies.pop(0)
    page.act(0, "remove")
    assert not page.shown("authorizations.remove.overlay")
    assert world.told[0].startswith("This authorization is gone already")


def test_a_link_in_the_removal_leads_to_the_nodes(world: World) -> None:
    page = AccessObject(world)
    page.act(0, "remove")
    driver.find(page.stage, "authorizations.remove.evidence").findChildren(QPushButton)[0].click()
    assert world.context.navigator.here.kind == places.NODES
    assert not page.shown("authorizations.remove.overlay")


def test_an_account_on_its_first_day(world: World) -> None:
    world.cloud.policies.clear()
    world.cloud.databases.clear()
    page = AccessObject(world)
    empty = driver.find(page.stage, "authorizations.empty", EmptyState)
    assert empty.headline.words() == "No authorizations yet"
    words = page.words("authorizations.empty").replace("\N{NON-BREAKING HYPHEN}", "-")
    assert "Usually the first one" in words
    assert f"{PG}, all service instances, may use acme-hpcs with the Reader role. Fill in these values" in words
    empty.link.emit("fill-in")
    assert page.value("target-instance") == story.guid("acme-hpcs")
    page.next()
    assert len(page.rows()) == 1
    assert not page.shown("authorizations.empty")


def test_without_any_key_instance_the_first_step_is_to_make_one(world: World) -> None:
    world.cloud.policies.clear()
    world.cloud.databases.clear()
    world.cloud.instances.clear()
    page = AccessObject(world)
    empty = driver.find(page.stage, "authorizations.empty", EmptyState)
    assert "No instance holds root keys yet." in page.words("authorizations.empty")
    empty.link.emit(Place(places.CREATE_HPCS).href())
    assert world.context.navigator.here.kind == places.CREATE_HPCS


def test_a_failed_reading_can_be_tried_again(world: World) -> None:
    kept = world.cloud.api.iam
    world.cloud.api.iam = type("Broken", (), {"authorizations": lambda self: _raise()})()
    page = AccessObject(world)
    assert "The cloud does not answer." in page.words("authorizations.failure")
    world.cloud.api.iam = kept
    page.press("authorizations.failure.action")
    world.rest()
    assert len(page.rows()) == 5


def _raise() -> None:
    raise refusal(503, "x", "The cloud does not answer.", "Wait.")


def test_a_change_elsewhere_appears_by_itself(world: World) -> None:
    page = AccessObject(world)
    page.act(0, "details")
    world.cloud.policies.pop(0)
    world.live.tell(["policy"], ["x"])
    world.qtbot.waitUntil(lambda: len(page.rows()) == 4, timeout=20_000)
    assert not page.shown("authorizations.panel")


def test_a_real_cloud_does_not_tell_who_uses_what(world: World) -> None:
    world.cloud.emulated = False
    page = AccessObject(world)
    assert page.rows()[0].used_by == ""
    page.act(0, "remove")
    assert "This cloud does not tell which." in page.words("authorizations.remove")
