"""Create authorization: the wizard, the one-page form, prefilled values, duplicates and impossible pairs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kyok.domain.authorizations import authorization, policy_body
from kyok_gui import places
from kyok_gui.pages.access.choices import source_choices
from kyok_gui.pages.access.draft import Draft
from kyok_gui.places import Place
from kyok_gui.widgets import SelectField
from tests.gui import driver
from tests.gui.accessible import nameless
from tests.gui.pages.access.access_object import FORM, AccessObject
from tests.gui.pages.keys import story
from tests.gui.pages.keys.fake_cloud import refusal
from tests.gui.pages.keys.stage import World

PG = "hyperp-dbaas-postgresql"


def test_the_ten_steps_of_the_seed(world: World) -> None:
    page = AccessObject(world)
    page.press("authorizations.create")
    assert driver.focused_name() == f"{FORM}.source-service"
    assert page.reason() == "Choose the source service."
    page.choose("source-service", PG)
    assert page.value("source-instance") == "*"
    page.next()
    assert driver.focused_name() == f"{FORM}.target-service"
    assert "Only services that can protect a PostgreSQL instance are listed." in page.form_words()
    page.choose("target-service", "hs-crypto")
    assert page.reason() == "Choose the target service instance."
    page.choose("target-instance", story.guid("acme-hpcs-eu"))
    page.next()
    assert page.reason() == "Enable the Reader role."
    page.enable_reader()
    page.next()
    words = page.form_words()
    assert "It may not create, read out, change, disable or delete a key." in words
    assert driver.find(page.stage, f"{FORM}.next").text() == "Authorize"
    assert nameless(driver.find(page.stage, f"{FORM}.overlay")) == []
    page.next()
    world.rest()
    (call,) = world.cloud.calls
    wanted = authorization(story.ACCOUNT, PG, "hs-crypto", target_instance=story.guid("acme-hpcs-eu"))
    assert call[0] == "authorize"
    assert policy_body(call[1]) == policy_body(wanted)
    assert not page.form_open
    assert len(page.rows()) == 6


def test_each_target_instance_says_why_it_is_useful(world: World) -> None:
    page = AccessObject(world)
    page.press("authorizations.create")
    page.choose("source-service", PG)
    page.next()
    page.choose("target-service", "hs-crypto")
    assert page.choices("target-instance") == {
        "acme-hpcs": "us-south. Authorized already: nothing more is needed",
        "acme-hpcs-eu": "eu-de, 2 crypto units, 2 active root keys",
        "acme-lab": "us-east, 2 crypto units. Can be authorized now, offers no keys before it is initialized",
    }
    assert list(page.choices("target-service")) == ["Hyper Protect Crypto Services", "Key Protect"]


def test_an_instance_without_active_root_key(world: World) -> None:
    world.cloud.usage[1]["root_keys"] = {}
    page = AccessObject(world, create="1", source=PG, target="hs-crypto")
    assert page.choices("target-instance")["acme-hpcs-eu"].endswith("has no active root key yet")


def test_a_duplicate_is_explained_before_it_is_sent(world: World) -> None:
    page = AccessObject(world, create="1", source=PG, target="hs-crypto", target_instance=story.guid("acme-hpcs"))
    sentence = "There is an authorization for all PostgreSQL instances and acme-hpcs already. Nothing more is needed."
    assert driver.find(page.stage, f"{FORM}.target-instance.field", SelectField).error == sentence
    assert page.reason() == sentence


def test_a_duplicate_made_meanwhile_is_explained_after_sending(world: World) -> None:
    query = {"source": PG, "target": "hs-crypto", "target_instance": story.guid("acme-hpcs-eu"), "role": "Reader"}
    page = AccessObject(world, create="1", **query)
    world.cloud.policies.append(story.policy(PG, "hs-crypto", target_instance=story.guid("acme-hpcs-eu")))
    page.next()
    world.rest()
    assert page.form_open
    assert "There is already an authorization like this." in page.form_words()
    assert page.reason().startswith("There is an authorization for all PostgreSQL instances and acme-hpcs-eu already.")


def test_another_refusal_keeps_the_values(world: World) -> None:
    world.cloud.fail["authorize"] = refusal(403, "x", "You may not grant this.", "Ask an Administrator.")
    query = {"source": PG, "target": "hs-crypto", "target_instance": story.guid("acme-hpcs-eu"), "role": "Reader"}
    page = AccessObject(world, create="1", **query)
    page.next()
    assert "You may not grant this." in page.form_words()
    assert page.reason() == ""


def test_impossible_pairs_are_not_offered(world: World) -> None:
    draft = Draft(source=PG, target="hs-crypto", target_instance="x").with_source("hyperp-dbaas-mongodb")
    assert draft.target == "hs-crypto"
    page = AccessObject(world, create="1", source=PG, target="cloud-object-storage", target_instance="x")
    assert "cannot be authorized to use" in page.reason()
    assert "cloud-object-storage" not in {
        choice.id for choice in driver.find(page.stage, f"{FORM}.target-service.field", SelectField).choices()
    }


def test_one_source_instance_is_granted_alone(world: World) -> None:
    page = AccessObject(world)
    page.press("authorizations.create")
    page.choose("source-service", PG)
    assert "ledger-db" in page.choices("source-instance")
    page.choose("source-instance", story.guid("cards-db"))
    page.next()
    page.choose("target-service", "hs-crypto")
    page.choose("target-instance", story.guid("acme-hpcs-eu"))
    words = page.form_words()
    assert "cards-db may use the keys of acme-hpcs-eu, with the role you choose next." in words
    assert "cards-db, stopped since 22 Nov 2026 18:02 UTC" in words
    page.next()
    page.enable_reader()
    page.next()
    assert "it then stops within a minute" in page.form_words()
    page.next()
    world.rest()
    assert world.cloud.calls[0][1].source_instance == story.guid("cards-db")


def test_going_back_and_changing_the_source(world: World) -> None:
    page = AccessObject(world)
    page.press("authorizations.create")
    page.choose("source-service", PG)
    page.next()
    page.choose("target-service", "kms")
    page.press(f"{FORM}.change-source")
    assert page.value("source-service") == PG
    page.choose("source-service", "cloud-object-storage")
    page.next()
    assert page.value("target-service") == "kms"
    page.press(f"{FORM}.back")
    assert driver.focused_name() == f"{FORM}.source-service"


def test_the_same_values_on_one_page(world: World) -> None:
    page = AccessObject(world)
    page.press("authorizations.create")
    page.choose("source-service", PG)
    page.one_page()
    assert page.value("source-service") == PG
    assert page.reason() == "Choose the target service."
    page.choose("target-service", "hs-crypto")
    page.choose("target-instance", story.guid("acme-hpcs-eu"))
    assert page.reason() == "Enable the Reader role."
    page.one_page()
    assert page.value("target-instance") == story.guid("acme-hpcs-eu")
    page.one_page()
    page.enable_reader()
    assert page.reason() == ""
    assert "Every PostgreSQL instance in Acme Bank may" in page.form_words()
    assert not page.shown(f"{FORM}.back")
    page.next()
    world.rest()
    assert world.cloud.names() == ["authorize"]


def test_a_prefilled_form_is_only_confirmed_and_leads_back(world: World) -> None:
    before = Place(places.NODES, story.guid("cards-db"))
    world.context.navigator.go(before)
    query = {"source": PG, "target": "hs-crypto", "target_instance": story.guid("acme-hpcs-eu"), "role": "Reader"}
    page = AccessObject(world, create="1", back="1", **query)
    assert driver.focused_name() == f"{FORM}.next"
    page.next()
    world.rest()
    assert world.context.navigator.here == before
    world.context.navigator.forward()
    assert world.context.navigator.here == Place(places.AUTHORIZATIONS)


def test_cancel_leads_back_too(world: World) -> None:
    before = Place(places.NODES, story.guid("cards-db"))
    world.context.navigator.go(before)
    page = AccessObject(world, create="1", back="1", source=PG)
    page.press(f"{FORM}.cancel")
    assert world.cloud.calls == []
    assert world.context.navigator.here == before


def test_a_target_without_instance_leads_to_its_creation(world: World) -> None:
    world.cloud.instances = [one for one in world.cloud.instances if "kms" not in one["crn"]]
    page = AccessObject(world, create="1", source=PG, target="kms")
    assert (
        "No Key Protect instance in this account" in driver.find(page.stage, f"{FORM}.target-instance").accessibleName()
    )
    page.press(f"{FORM}.target-instance.note.link")
    assert world.context.navigator.here.kind == places.CREATE_KEY_PROTECT
    assert not page.form_open


def test_facts_that_change_while_the_form_is_open(world: World) -> None:
    page = AccessObject(world, create="1", source=PG, target="hs-crypto")
    world.cloud.initialised[story.guid("acme-lab")] = True
    world.cloud.usage[2]["root_keys"] = {"1": 1}
    world.live.tell(["crypto-units"], ["x"])
    world.qtbot.waitUntil(lambda: "1 active root key" in page.choices("target-instance")["acme-lab"], timeout=20_000)


def test_the_whole_form_by_keyboard(world: World) -> None:
    page = AccessObject(world)
    create = driver.find(page.stage, "authorizations.create")
    create.setFocus()
    QTest.keyClick(create, Qt.Key.Key_Space)

    def type_here(*keys: Qt.Key) -> None:
        for key in keys:
            widget: QWidget | None = QApplication.focusWidget()
            assert widget is not None
            QTest.keyClick(widget, key)

    first = [choice.title for choice in source_choices()]
    assert first[0].startswith("Hyper Protect DBaaS for PostgreSQL")
    type_here(Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert page.value("source-service") == PG
    tab_to(f"{FORM}.next")
    type_here(Qt.Key.Key_Space)
    type_here(Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert page.value("target-service") == "hs-crypto"
    type_here(Qt.Key.Key_Tab)
    assert driver.focused_name() == f"{FORM}.target-instance"
    type_here(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert page.value("target-instance") == story.guid("acme-hpcs-eu")
    tab_to(f"{FORM}.next")
    type_here(Qt.Key.Key_Space)
    type_here(Qt.Key.Key_Space)
    tab_to(f"{FORM}.next")
    type_here(Qt.Key.Key_Space)
    assert driver.focused_name() == f"{FORM}.next"
    type_here(Qt.Key.Key_Space)
    world.rest()
    assert world.cloud.names() == ["authorize"]
    assert driver.focused_name() == "authorizations.create"


def tab_to(name: str) -> None:
    """Presses Tab until a widget has the focus."""
    for _ in range(20):
        widget = QApplication.focusWidget()
        assert widget is not None
        if widget.objectName() == name:
            return
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not reach {name}")
