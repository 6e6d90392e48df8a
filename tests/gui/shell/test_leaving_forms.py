"""Each page with a form: what was entered is not lost without a question, and nothing else is asked about."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from kyok.client.databases import DatabasesApi
from kyok.client.iam import IamApi
from kyok.client.key_policies import KeyPoliciesApi
from kyok.domain.services import DBAAS_POSTGRESQL
from kyok.errors import KyokError
from kyok_gui import places
from kyok_gui.pages.catalog.key_service_form import Wish
from kyok_gui.places import Place
from kyok_gui.startup import Console
from kyok_gui.walkthrough.driver import Hand
from kyok_gui.walkthrough.screens import Authorizations, Creation, Header
from kyok_gui.walkthrough.waiting import wait_until
from kyok_gui.widgets import NumberField, Prose, SelectField, TextField
from tests.gui.cloud_fixture import EmulatedCloud
from tests.gui.shell.test_sign_in_as import BEN, seed

PASSWORD = "passWORD4User19"
WIZARD, PG = Authorizations.WIZARD, Creation.PLACE
ALT = Qt.KeyboardModifier.AltModifier


class Refused(KyokError):
    """What the cloud says to a form."""

    summary = "Not today."


class Desk:
    """A console on the scenario of the walk, and a hand on it."""

    def __init__(self, console: Console, cloud: EmulatedCloud) -> None:
        self.cloud = cloud
        self.instances = cloud.rest.json("POST", "/emulator/v1/scenarios/walk-done", {})["instances"]
        self.console = console
        self.hand = Hand(console.window, lambda: console.tasks.busy)
        directory = console.context.directory
        wait_until(lambda: {entry.name for entry in directory.entries} >= set(self.instances), "instances are listed")

    def go(self, kind: str, instance: str = "") -> None:
        """To a page, and waits for what it shows."""
        self.console.context.navigator.go(Place(kind, self.instances[instance] if instance else None))
        self.hand.find(f"page.{kind}")
        self.hand.wait_rest()

    @property
    def here(self) -> str:
        return self.console.context.navigator.here.kind

    @property
    def asked(self) -> str:
        """What the question says would be lost."""
        return self.hand.find("leave.text", Prose).words() if self.hand.sees("leave") else ""

    def answer(self, button: str) -> None:
        question = self.hand.find("leave")
        self.hand.press(f"leave.{button}")
        wait_until(lambda: self.hand.seen("leave") is not question, "the question is answered")

    def text(self, name: str) -> str:
        return self.hand.find(f"{name}.field", TextField).value()

    def chosen(self, name: str) -> str:
        return self.hand.find(f"{name}.field", SelectField).value()

    # ways -----------------------------------------------------------------------

    def back(self) -> None:
        window = self.console.window
        window.activateWindow()  # a menu that closed has left no window active
        wait_until(window.isActiveWindow, "the window takes keys")
        QTest.keyClick(window, Qt.Key.Key_Left, ALT)

    def search(self) -> None:
        self.console.window.actions_by_id["search"].trigger()
        field = self.console.window.header.search
        QTest.keyClicks(field, "Settings")
        QTest.keyClick(field, Qt.Key.Key_Return)

    def close(self) -> None:
        self.console.window.close()

    def breadcrumb(self) -> None:
        self.hand.press("page.breadcrumb.0")

    def side(self) -> None:
        there = {places.DB_RESOURCES: places.NODES, places.INSTANCE_POLICIES: places.KEYS}
        self.hand.press(f"sidenav.{there[self.here]}")

    def catalog(self) -> None:
        self.hand.press("header.catalog")

    def somebody_else(self) -> None:
        ben = seed(self.cloud, {"role": "Viewer"})
        menu = self.console.window.header._user_menu
        wait_until(lambda: ben in {action.data() for action in menu.actions()}, "he can be chosen")
        self.hand.from_menu("header.user", ben)


@dataclass
class Form:
    """How to come to a form, enter something and read it back; `press` sends it, and `sends` is what is called then.

    `there`: where one is led once it is done; `held`: going elsewhere loses it also when another page is in sight.
    """

    kind: str
    open: Callable[[Desk], object]
    enter: Callable[[Desk], object]
    entered: Callable[[Desk], Any]
    lost: str
    press: Callable[[Desk], object]
    sends: tuple[type, str]
    ways: tuple[Callable[[Desk], None], ...] = (Desk.back, Desk.search, Desk.close)
    there: str = ""
    instance: str = ""
    held: bool = False

    @property
    def begins(self) -> str:
        """How a question about it begins, whatever was entered further on."""
        return self.lost.split(" and ")[0].rstrip(".")

    def send(self, desk: Desk) -> None:
        """Sends it and waits until it is."""
        self.press(desk)
        if self.there:
            wait_until(lambda: desk.here == self.there, "it is created")
        desk.hand.wait_rest()


class Cloud:
    """Refuses what a form sends, once it is told to answer."""

    def __init__(self, form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
        self._answer = threading.Event()
        monkeypatch.setattr(*form.sends, self._refuse)

    def _refuse(self, *given: Any, **named: Any) -> None:
        assert self._answer.wait(30)
        raise Refused()

    def refuse(self, desk: Desk) -> None:
        """The answer comes now."""
        self._answer.set()
        desk.hand.wait_rest()


def enter_database(desk: Desk) -> None:
    Creation(desk.hand).fill_in("typed-db", PASSWORD)
    desk.hand.choose(f"{PG}.ram", "4 GB")


def open_wizard(desk: Desk) -> None:
    desk.go(places.AUTHORIZATIONS)
    Authorizations(desk.hand).start()


def enter_wizard(desk: Desk) -> None:
    desk.hand.choose(f"{WIZARD}.source-service", "Hyper Protect DBaaS for PostgreSQL")
    desk.hand.choose(f"{WIZARD}.source-instance", "ledger-db")
    desk.hand.press(f"{WIZARD}.next")
    Authorizations(desk.hand).choose_target("Hyper Protect Crypto Services", "acme-hpcs")


def chosen_in_wizard(desk: Desk) -> list[str]:
    """What every step holds; one of them is in sight."""
    names = ("source-service", "source-instance", "target-service", "target-instance")
    fields = [desk.hand.find(WIZARD).findChild(SelectField, f"{WIZARD}.{name}.field") for name in names]
    return [field.value() for field in fields if field is not None]


def authorize(desk: Desk) -> None:
    page = Authorizations(desk.hand)
    page.next()
    page.grant_reader()
    page.next()
    page.next()


def open_edit(desk: Desk) -> None:
    desk.go(places.AUTHORIZATIONS)
    table = desk.hand.table(Authorizations.TABLE)
    desk.hand.row_menu(Authorizations.TABLE, str(table.model.index(0, 0).data()), "edit")
    desk.hand.find(WIZARD)
    desk.hand.wait_rest()


NOTHING_CREATED, NOT_SAVED = "Nothing is created yet. You have entered: ", "Changed and not saved: "
CREATION_WAYS = (Desk.back, Desk.search, Desk.breadcrumb, Desk.catalog, Desk.close, Desk.somebody_else)


def key_service(
    kind: str, enter: Callable[[Desk], object], entered: Callable[[Desk], Any], lost: str, *, there: str
) -> Form:
    """The creation page of a key service."""
    return Form(
        kind,
        lambda desk: desk.go(kind),
        enter,
        entered,
        f"{NOTHING_CREATED}{lost}.",
        lambda desk: desk.hand.press(f"{kind}.create"),
        (Wish, "send"),
        CREATION_WAYS,
        there=there,
    )


FORMS = {
    "hpcs": key_service(
        places.CREATE_HPCS,
        lambda desk: desk.hand.type("create-hpcs.name", "typed-hpcs"),
        lambda desk: desk.text("create-hpcs.name"),
        "Service name",
        there=places.CRYPTO_UNITS,
    ),
    "key protect": key_service(
        places.CREATE_KEY_PROTECT,
        lambda desk: desk.hand.choose("create-key-protect.region", "Frankfurt"),
        lambda desk: desk.chosen("create-key-protect.region"),
        "Region",
        there=places.KEYS,
    ),
    "database": Form(
        places.CREATE_POSTGRESQL,
        lambda desk: desk.go(places.CREATE_POSTGRESQL),
        enter_database,
        lambda desk: (
            [desk.text(f"{PG}.{name}") for name in ("service-name", "password", "confirm-password")]
            + [desk.chosen(f"{PG}.ram")]
        ),
        f"{NOTHING_CREATED}Service name, Database admin password, Confirm password and RAM.",
        lambda desk: desk.hand.press(f"{PG}.create"),
        (DatabasesApi, "create"),
        CREATION_WAYS,
        there=places.NODES,
        held=True,
    ),
    "resources": Form(
        places.DB_RESOURCES,
        lambda desk: desk.go(places.DB_RESOURCES, "ledger-db"),
        lambda desk: desk.hand.choose("db-resources.ram", "8 GB"),
        lambda desk: desk.chosen("db-resources.ram"),
        "Chosen and not applied: RAM 8 GB.",
        lambda desk: desk.hand.press("db-resources.apply"),
        (DatabasesApi, "scale"),
        (Desk.back, Desk.search, Desk.breadcrumb, Desk.side, Desk.close, Desk.somebody_else),
        instance="ledger-db",
    ),
    "policies": Form(
        places.INSTANCE_POLICIES,
        lambda desk: desk.go(places.INSTANCE_POLICIES, "acme-hpcs"),
        lambda desk: desk.hand.press("policies.dual.on"),
        lambda desk: desk.hand.find("policies.dual.on", QAbstractButton).isChecked(),
        f"{NOT_SAVED}Dual authorization deletion.",
        lambda desk: desk.hand.press("policies.dual.save"),
        (KeyPoliciesApi, "set_instance"),
        (Desk.back, Desk.search, Desk.breadcrumb, Desk.side, Desk.close, Desk.somebody_else),
        instance="acme-hpcs",
    ),
    "authorization": Form(
        places.AUTHORIZATIONS,
        open_wizard,
        enter_wizard,
        chosen_in_wizard,
        f"{NOTHING_CREATED}Source service, Source service instance, Target service and Target service instance.",
        authorize,
        (IamApi, "create"),
        held=True,
    ),
    "edited authorization": Form(
        places.AUTHORIZATIONS,
        open_edit,
        lambda desk: desk.hand.type(f"{WIZARD}.description", "for the audit"),
        lambda desk: desk.text(f"{WIZARD}.description"),
        f"{NOT_SAVED}Description.",
        lambda desk: Authorizations(desk.hand).next(),
        (IamApi, "replace"),
        held=True,
    ),
}


@pytest.fixture
def desk(console: Console, cloud: EmulatedCloud) -> Desk:
    return Desk(console, cloud)


@pytest.fixture(params=FORMS)
def form(request: Any, desk: Desk) -> Form:
    """A form that one came to from the resource list."""
    made = FORMS[request.param]
    made.open(desk)
    return made


def test_what_was_entered_is_asked_about_and_stays_or_is_given_up(desk: Desk, form: Form) -> None:
    form.enter(desk)
    entered = form.entered(desk)
    page = desk.console.window.page
    assert page is not None
    for way in form.ways:
        way(desk)
        assert desk.asked == f"{form.lost} If you leave this page, that is lost.", way
        desk.answer("cancel")
        assert desk.here == form.kind and desk.console.window.isVisible(), way
        assert form.entered(desk) == entered, way
    desk.search()
    desk.answer("accept")
    assert desk.here == places.SETTINGS
    assert not desk.hand.covered, "a form over the page does not stay"
    form.open(desk)
    assert desk.console.window.page is page and not page.unsaved()
    if form.kind != places.AUTHORIZATIONS:
        assert form.entered(desk) != entered


def test_what_nobody_touched_is_not_asked_about(desk: Desk, form: Form) -> None:
    desk.search()
    assert desk.here == places.SETTINGS and not desk.hand.covered
    desk.back()
    assert desk.here == form.kind
    desk.hand.wait_rest()
    desk.close()
    assert not desk.console.window.isVisible()


def test_what_was_sent_is_not_asked_about(desk: Desk, form: Form) -> None:
    form.enter(desk)
    form.send(desk)
    assert not desk.asked
    desk.search()
    assert desk.here == places.SETTINGS and not desk.hand.covered


def test_what_was_refused_is_asked_about_and_what_is_on_its_way_is_not(
    desk: Desk, form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    cloud = Cloud(form, monkeypatch)
    form.enter(desk)
    page = desk.console.window.page
    assert page is not None and page.unsaved()
    form.press(desk)
    assert not page.unsaved()
    cloud.refuse(desk)
    desk.back()
    assert desk.asked.startswith(form.begins)


def test_what_is_refused_after_one_left_is_as_it_was_and_asked_about(
    desk: Desk, form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    cloud = Cloud(form, monkeypatch)
    form.enter(desk)
    entered = form.entered(desk)
    form.press(desk)
    desk.search()
    assert desk.here == places.SETTINGS and not desk.asked, "it is on its way"
    cloud.refuse(desk)
    navigator = desk.console.context.navigator
    navigator.go(Place(places.RESOURCES))
    assert bool(desk.asked) is form.held
    if form.held:
        assert desk.asked.startswith(form.begins)
        desk.answer("cancel")
        assert desk.here == places.SETTINGS
    desk.go(form.kind, form.instance)
    assert not desk.asked, "nothing is lost on the way to it"
    assert form.entered(desk) == entered
    desk.search()
    assert desk.asked.startswith(form.begins)
    desk.answer("accept")
    assert desk.here == places.SETTINGS and not desk.hand.covered


def test_leaving_by_closing_closes(desk: Desk) -> None:
    form = FORMS["hpcs"]
    form.open(desk)
    form.enter(desk)
    desk.close()
    desk.answer("accept")
    assert not desk.console.window.isVisible()


def test_leaving_as_somebody_else_goes_on_as_him(desk: Desk) -> None:
    form = FORMS["policies"]
    form.open(desk)
    form.enter(desk)
    desk.somebody_else()
    desk.answer("accept")
    wait_until(lambda: desk.console.context.account.email == BEN, "one is him")


# The authorization form -----------------------------------------------------------------------------------------------


def test_steps_and_cancel_of_the_authorization_form_ask_nothing(desk: Desk) -> None:
    open_wizard(desk)
    enter_wizard(desk)
    desk.hand.press(f"{WIZARD}.back")
    desk.hand.press(f"{WIZARD}.next")
    assert not desk.asked and desk.chosen(f"{WIZARD}.target-instance")
    desk.hand.press(f"{WIZARD}.cancel")
    assert not desk.asked and not desk.hand.covered
    Authorizations(desk.hand).start()
    assert desk.chosen(f"{WIZARD}.source-service") == ""


# The way to the authorization -----------------------------------------------------------------------------------------


def test_what_the_creation_form_keeps_is_asked_about_when_one_goes_on_from_the_authorizations(desk: Desk) -> None:
    desk.go(places.CREATE_POSTGRESQL)
    enter_database(desk)
    Authorizations(desk.hand).open()
    assert not desk.asked, "nothing is lost on this way"
    desk.search()
    assert "Database admin password" in desk.asked
    desk.answer("cancel")
    assert desk.here == places.AUTHORIZATIONS
    desk.close()
    assert desk.asked
    desk.answer("cancel")
    desk.back()
    assert desk.here == places.CREATE_POSTGRESQL
    assert desk.text(f"{PG}.password") == PASSWORD
    Authorizations(desk.hand).open()
    Header(desk.hand).catalog(DBAAS_POSTGRESQL)
    desk.hand.find(f"page.{places.CREATE_POSTGRESQL}")
    assert not desk.asked and desk.text(f"{PG}.password") == PASSWORD, "the catalog leads back too"
    Authorizations(desk.hand).open()
    desk.search()
    desk.answer("accept")
    assert desk.here == places.SETTINGS
    desk.go(places.CREATE_POSTGRESQL)
    assert desk.text(f"{PG}.password") == "" and desk.text(f"{PG}.service-name") != "typed-db"


def test_both_forms_are_asked_about_one_after_the_other(desk: Desk) -> None:
    desk.go(places.CREATE_POSTGRESQL)
    enter_database(desk)
    open_wizard(desk)
    enter_wizard(desk)
    desk.search()
    assert "Source service" in desk.asked
    desk.answer("accept")
    assert desk.here == places.AUTHORIZATIONS and "Database admin password" in desk.asked
    desk.answer("accept")
    assert desk.here == places.SETTINGS and not desk.hand.covered


# What a form begins with ----------------------------------------------------------------------------------------------


def test_a_key_that_a_link_chose_was_not_entered_and_comes_back_when_another_choice_is_given_up(desk: Desk) -> None:
    navigator = desk.console.context.navigator
    hpcs = desk.instances["acme-hpcs"]
    navigator.go(Place(places.CREATE_POSTGRESQL).with_query(key_instance=hpcs))
    wait_until(lambda: desk.hand.seen(f"{PG}.kms-instance") and desk.chosen(f"{PG}.kms-instance") == hpcs, "chosen")
    desk.hand.wait_rest()
    page = desk.console.window.page
    assert page is not None and not page.unsaved()
    desk.hand.choose(f"{PG}.kms-instance", "Automatic")
    desk.back()
    assert "KMS instance" in desk.asked
    desk.answer("accept")
    desk.go(places.CREATE_POSTGRESQL)
    assert desk.chosen(f"{PG}.kms-instance") == hpcs and not page.unsaved()


def test_what_was_taken_back_by_hand_is_not_asked_about(desk: Desk) -> None:
    desk.go(places.INSTANCE_POLICIES, "acme-hpcs")
    desk.hand.press("policies.dual.on")
    desk.hand.press("policies.dual.on")
    desk.back()
    assert not desk.asked and desk.here == places.RESOURCES


def test_a_number_is_entered_while_it_is_being_typed(desk: Desk) -> None:
    desk.go(places.INSTANCE_POLICIES, "acme-hpcs")
    desk.hand.press("policies.rotation.on")
    desk.hand.type("policies.rotation.months", "5")
    months = desk.hand.find("policies.rotation.months.field", NumberField)
    assert months.value() == 5
    desk.hand.press("policies.rotation.save")
    desk.hand.wait_rest()
    desk.hand.type("policies.rotation.months", "6")
    desk.back()
    assert desk.asked == f"{NOT_SAVED}Rotation. If you leave this page, that is lost."
    desk.answer("accept")
    desk.go(places.INSTANCE_POLICIES, "acme-hpcs")
    assert months.value() == 5
