"""The panel of a key: details, versions, associated resources, and its buttons."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from kyok.domain.crn import Crn
from kyok_gui import places
from tests.gui import driver
from tests.gui.accessible import nameless
from tests.gui.pages.keys import story
from tests.gui.pages.keys.keys_object import TABLE, KeysObject, words_of
from tests.gui.pages.keys.stage import World


def opened(world: World, name: str, **query: str) -> KeysObject:
    page = KeysObject(world, **query)
    if not query:
        driver.click_link(page.stage, TABLE, driver.row_of_cell(page.stage, TABLE, name), "name")
    world.rest()
    return page


def panel_words(page: KeysObject) -> str:
    return words_of(driver.find(page.stage, "keys.panel"))


def test_details_with_people_and_copies(world: World) -> None:
    page = opened(world, "swift-root")
    words = panel_words(page)
    assert "SWIFT gateway" in words
    assert "12 Sep 2026 17:45 UTC by anna@acme.example" in words
    page.press("keys.panel.id.copy")
    assert QGuiApplication.clipboard().text() == story.guid("key swift-root")
    assert nameless(page.stage) == []


def test_versions_are_numbered_from_the_newest(world: World) -> None:
    page = opened(world, "ledger-root")
    page.press("keys.panel.tab.versions")
    words = panel_words(page)
    assert words.index("Version 2") < words.index("Version 1")


def test_associated_resources_lead_to_the_database(world: World) -> None:
    page = opened(world, "ledger-root")
    page.press("keys.panel.tab.resources")
    assert "Hyper Protect DBaaS for PostgreSQL" in panel_words(page)
    driver.find(page.stage, "keys.panel.resources").findChildren(QPushButton)[0].click()
    assert world.context.navigator.here.kind == places.NODES


def test_a_key_without_registration_says_how_one_comes_about(world: World) -> None:
    page = opened(world, "atm-root")
    page.press("keys.panel.tab.resources")
    assert "No registration. A database instance registers itself" in panel_words(page)


def test_a_destroyed_key_tells_its_deadlines(world: World) -> None:
    page = opened(world, "archive-root", key=story.guid("key archive-root"))
    words = panel_words(page)
    assert "Restorable until\n17 Dec 2026 17:45 UTC" in words
    assert "Purged by itself" in words
    assert "archive-root" in page.names()
    page.press("keys.panel.turn")
    assert page.open("keys.restore")


def test_a_link_opens_a_standard_key_too(world: World) -> None:
    page = opened(world, "api-token", key=story.guid("key api-token"))
    assert not page.shown("keys.chip")
    page.press("keys.panel.tab.versions")
    assert "Standard keys have no versions." in panel_words(page)
    assert not page.shown("keys.panel.rotate")


def test_the_button_counts_down_until_a_key_can_be_enabled(world: World) -> None:
    world.cloud.touch(world.cloud.keys[story.guid("acme-hpcs")][5])
    page = opened(world, "hr-root")
    turn = driver.find(page.stage, "keys.panel.turn", QPushButton)
    assert turn.text() == "Enable key in 0:31"
    assert page.text("keys.panel.note") == (
        "Enabling is possible from 17:45:31 UTC by the cloud's clock: 30 seconds after it was disabled."
    )
    world.clock.turn(seconds=30)
    assert turn.text() == "Enable key in 0:01"
    assert not turn.isEnabled()
    world.clock.turn(seconds=-30)
    world.clock.turn(seconds=31)
    assert turn.text() == "Enable key"
    assert not page.shown("keys.panel.note")
    page.press("keys.panel.turn")
    page.follow_up()
    assert world.cloud.names() == ["enable"]
    assert turn.text() == "Disable key"


def test_the_panel_follows_changes_and_closes_when_the_key_is_purged(world: World) -> None:
    page = opened(world, "swift-root")
    body = world.cloud.key(Crn.parse(story.crn("acme-hpcs")), story.guid("key swift-root"))
    world.cloud.touch(body, description="Changed")
    world.live.tell(["key"], [f"{story.guid('acme-hpcs')}/{body['id']}"])
    world.qtbot.waitUntil(lambda: "Changed" in panel_words(page), timeout=20_000)
    world.cloud.keys[story.guid("acme-hpcs")].remove(body)
    world.live.tell(["key"], [f"{story.guid('acme-hpcs')}/{body['id']}"])
    world.qtbot.waitUntil(lambda: not page.shown("keys.panel"), timeout=20_000)
