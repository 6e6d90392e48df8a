"""No word of the pages of keys goes round the translator."""

from __future__ import annotations

import pytest

from kyok.domain.key_states import KeyAction
from kyok_gui import places
from kyok_gui.places import Place
from tests.gui import driver
from tests.gui.escaped import bracketed, untold  # noqa: F401 - a fixture
from tests.gui.pages.keys import story
from tests.gui.pages.keys.keys_object import TABLE, KeysObject
from tests.gui.pages.keys.stage import World

pytestmark = pytest.mark.usefixtures("bracketed")

DATA = "|".join(
    (
        r"Acme Bank|(anna|ben)@acme\.example|SWIFT gateway|default|Default|mobile|branch|core-ledger|pay|swift|worm",
        r"[a-z]+-(root|db|hpcs|kp|token|password|code|psk)",
        r"Hyper Protect Crypto Services|Hyper Protect DBaaS for PostgreSQL|Key Protect|Standard|Tiered Pricing",
        r"(Dallas|Washington DC) \(us-\w+\)|us-south-\d|CRN|ID|Bluemix-Instance|https?://\S+|crn:\S+",
        r"[0-9a-f]{8}-[0-9a-f…-]+|\d+ [A-Z][a-z]{2}( \d{4})?( \d\d:\d\d)?|[\d.,]+ [KMG]B|2026-11-23",
    )
)
"""What is no word of the window: names, services of IBM Cloud and their plans, regions, identifiers, dates, sizes."""


def escaped(page: KeysObject) -> list[str]:
    return untold(page.stage, DATA)


@pytest.mark.parametrize("name", ["acme-hpcs", "acme-kp"])
def test_of_an_overview(world: World, name: str) -> None:
    stage = world.show(Place(places.HPCS_OVERVIEW, story.guid(name)))
    world.rest()
    assert untold(stage, DATA) == []


@pytest.mark.parametrize("kind", ["create", "import"])
def test_of_the_list_and_of_a_new_key(world: World, kind: str) -> None:
    page = KeysObject(world)
    assert escaped(page) == []
    page.add(kind)
    assert escaped(page) == []


@pytest.mark.parametrize("name", ["ledger-root", "hr-root", "legacy-root", "evidence-root", "swift-root"])
def test_of_a_panel(world: World, name: str) -> None:
    page = KeysObject(world)
    driver.click_link(page.stage, TABLE, driver.row_of_cell(page.stage, TABLE, name), "name")
    world.rest()
    for tab in ("details", "versions", "resources"):
        page.press(f"keys.panel.tab.{tab}")
        assert escaped(page) == []


@pytest.mark.parametrize(
    ("action", "name"),
    [
        (KeyAction.DELETE, "ledger-root"),
        (KeyAction.DELETE, "atm-root"),
        (KeyAction.DELETE, "hr-root"),
        (KeyAction.DISABLE, "ledger-root"),
        (KeyAction.DISABLE, "atm-root"),
        (KeyAction.ROTATE, "ledger-root"),
        (KeyAction.ROTATE, "evidence-root"),
        (KeyAction.ALIAS, "ledger-root"),
        (KeyAction.WRITE_POLICIES, "ledger-root"),
        (KeyAction.PATCH, "ledger-root"),
    ],
)
def test_of_what_is_asked_before_a_change(world: World, action: KeyAction, name: str) -> None:
    page = KeysObject(world)
    page.act(action, name)
    assert escaped(page) == []


@pytest.mark.parametrize("action", [KeyAction.RESTORE, KeyAction.PURGE])
def test_of_what_is_asked_before_a_key_comes_back_or_goes_for_good(world: World, action: KeyAction) -> None:
    page = KeysObject(world)
    page.press("keys.show-destroyed")
    page.act(action, "archive-root")
    assert escaped(page) == []


def test_of_a_deletion_by_two_people(world: World) -> None:
    body = next(one for one in world.cloud.keys[story.guid("acme-hpcs")] if one["name"] == "ledger-root")
    body["dualAuthDelete"] = story.two_people()
    page = KeysObject(world)
    page.act(KeyAction.SET_FOR_DELETION, "ledger-root")
    assert escaped(page) == []


@pytest.mark.parametrize(
    "names", [("ledger-root", "hr-root", "atm-root"), ("evidence-root", "ledger-root"), ("legacy-root", "atm-root")]
)
def test_of_the_bar_above_ticked_keys(world: World, names: tuple[str, ...]) -> None:
    page = KeysObject(world)
    page.tick(*names)
    assert escaped(page) == []


def test_of_what_was_done(world: World) -> None:
    page = KeysObject(world)
    page.act(KeyAction.SYNC, "ledger-root")
    page.follow_up()
    (told,) = world.told
    assert "«" in told
