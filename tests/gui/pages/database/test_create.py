"""The creation page: its fields in order, live checks, price, key pickers, and the way to the authorization."""

from __future__ import annotations

from typing import Any

import pytest

from kyok.domain import databases
from kyok.domain.authorizations import Scopes
from kyok.domain.translation import look_up_with
from kyok_gui import places
from kyok_gui.pages.database.create import CreatePostgresqlPage
from kyok_gui.places import Place
from kyok_gui.widgets import SelectField
from tests.gui.driver import find, wait_for
from tests.gui.fakes import FakeContext
from tests.gui.pages.database import canned
from tests.gui.pages.database.conftest import Open
from tests.gui.pages.database.fakes import FakeCloud, Stage, policy, refusal
from tests.gui.pages.database.keyboard import tab_round
from tests.gui.pages.database.pages import Create, unnamed

GOOD = "passWORD4User19"


@pytest.fixture
def stage(open_page: Open) -> Stage:
    return open_page(places.CREATE_POSTGRESQL)


def settle(qtbot: Any, context: FakeContext) -> None:
    qtbot.waitUntil(lambda: not context.tasks.busy, timeout=20_000)


def choose_kms(page: Create, guid: str, qtbot: Any, context: FakeContext) -> None:
    page.choose("kms-instance", guid)
    settle(qtbot, context)


def test_the_fifteen_fields_stand_in_their_order(stage: Stage) -> None:
    page = Create(stage)
    labels = [page.field(field.id).label for field in databases.FORM_FIELDS]
    assert labels == [f"{field.number}  {field.label}" for field in databases.FORM_FIELDS]
    order = [name for name in tab_round(stage, 200) if name.startswith("create-postgresql.")]
    wanted = [f"create-postgresql.{field.id}" for field in databases.FORM_FIELDS]
    assert [name for name in order if name in wanted] == wanted


def test_words_of_the_catalog_are_in_the_language_set_before_the_page_opens(open_page: Open) -> None:
    look_up_with(lambda text: f"«{text}»")
    try:
        stage = open_page(places.CREATE_POSTGRESQL)
    finally:
        look_up_with(None)
    plans = find(stage.page, "create-postgresql.plan.field", SelectField).choices()
    assert plans and all(choice.detail.startswith("«") for choice in plans)
    assert stage.page.header.breadcrumb.words()[1] == "«Databases»"


def test_the_smallest_instance_costs_what_the_documents_say(stage: Stage) -> None:
    assert Create(stage).price == "196.35 USD"


def test_the_price_follows_the_sizes(stage: Stage) -> None:
    page = Create(stage)
    for field, value in (("ram", "4"), ("disk", "24"), ("cpu", "2")):
        page.choose(field, value)
    assert page.price == "430.08 USD"


def test_the_free_plan_has_no_sizes(stage: Stage) -> None:
    page = Create(stage)
    page.choose("plan", "postgresql-free")
    assert page.price == "Free"
    assert not page.sees("create-postgresql.ram")
    page.choose("plan", "postgresql-flexible")
    assert page.sees("create-postgresql.ram")


@pytest.mark.parametrize(
    ("password", "ok"),
    [
        ("passWORD4User19", True),
        ("passWORD4User1", False),
        ("passWORD4User19&", False),
        ("passWORD4User19#", False),
        ("PASSWORD4USER19", False),
        ("password4user19", False),
        ("passWORDxUserxx", False),
    ],
)
def test_password_rules_hold_create_back(stage: Stage, password: str, ok: bool) -> None:
    page = Create(stage)
    page.fill(password=password)
    assert page.can_create is ok
    assert bool(page.why_not) is not ok


def test_a_forbidden_character_is_named_at_the_field(stage: Stage) -> None:
    page = Create(stage)
    page.type("create-postgresql.password", "passWORD4User19&")
    assert "not allowed" in page.field("password").error


def test_two_different_passwords_hold_create_back(stage: Stage) -> None:
    page = Create(stage)
    page.fill()
    page.type("create-postgresql.confirm-password", GOOD + "x")
    assert page.why_not == "Cannot create yet: the two passwords are not the same."
    assert page.button("create-postgresql.create").accessibleDescription() == page.why_not


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("service-name", "", "the service name is missing"),
        ("service-name", "a/b", "only letters"),
        ("cluster-name", "1st", "starts with a letter"),
        ("admin-name", "postgres", "kept for the service"),
        ("tags", "env:<dev>", "tag"),
    ],
)
def test_a_bad_field_is_told_at_once(stage: Stage, field: str, text: str, words: str) -> None:
    page = Create(stage)
    page.fill()
    page.type(f"create-postgresql.{field}", text)
    assert words in page.field(field).error.lower() or words in page.field(field).error
    assert not page.can_create


def test_the_default_key_is_created(stage: Stage, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any) -> None:
    page = Create(stage)
    assert page.value("kms-instance") == "automatic"
    assert page.value("root-key") == "automatic"
    page.fill()
    page.create()
    wait_for(qtbot, lambda: context.navigator.here.kind == places.NODES)
    name, request, password = fake_cloud.calls[0]
    assert (name, password) == ("create", GOOD)
    assert (request.kms_instance, request.kms_key) == ("", "")
    assert len(request.password) == 0, "the password is wiped once it is sent"
    assert page.value("password") == ""


def test_an_instance_under_a_root_key(stage: Stage, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any) -> None:
    page = Create(stage)
    page.fill()
    page.type("create-postgresql.tags", "env:prod, team:a")
    choose_kms(page, canned.HPCS, qtbot, context)
    assert page.note("kms-instance") == "Authorization found: PostgreSQL → acme-hpcs, role Reader"
    assert page.why_not == "Cannot create yet: choose a root key."
    page.choose("root-key", canned.KEY)
    assert page.can_create
    page.create()
    wait_for(qtbot, lambda: fake_cloud.calls)
    request = fake_cloud.calls[0][1]
    assert (request.kms_instance, request.kms_key) == (canned.HPCS_CRN, canned.KEY)
    assert (request.ram, request.disk, request.cpu) == (2, 5, 1)
    assert request.tags == ("env:prod", "team:a")
    assert (request.region, request.plan.name) == ("us-south", "postgresql-flexible")
    wait_for(qtbot, lambda: context.navigator.here == Place(places.NODES, "new-guid"))


@pytest.mark.parametrize(
    ("scopes", "covered"),
    [
        (Scopes(target_instance=canned.HPCS, key=canned.KEY), {canned.KEY}),
        (Scopes(target_instance=canned.HPCS, key_ring="default"), {"k2"}),
        (Scopes(), {canned.KEY, "k2"}),
    ],
)
def test_keys_that_no_authorization_covers_cannot_be_chosen(
    stage: Stage, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any, scopes: Scopes, covered: set[str]
) -> None:
    fake_cloud.policies[:] = [policy(canned.HPCS, "scoped", scopes)]
    context.live.tell({"policy"}, {"scoped"})
    page = Create(stage)
    page.fill()
    choose_kms(page, canned.HPCS, qtbot, context)
    assert page.note("kms-instance").startswith("Authorization found")
    field = page.field("root-key")
    assert isinstance(field, SelectField)
    wait_for(qtbot, lambda: {one.id for one in field.choices() if not one.reason} == covered)
    others = {choice.reason for choice in field.choices() if choice.id not in covered}
    assert others <= {"No authorization covers this key"}


def test_without_authorization_creation_is_blocked_and_the_wizard_is_filled_in(
    stage: Stage, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    page = Create(stage)
    page.fill(name="cards2-db")
    choose_kms(page, canned.EU, qtbot, context)
    assert page.note("kms-instance") == "No authorization: PostgreSQL → acme-hpcs-eu"
    assert page.why_not == "Cannot create yet: the authorization for acme-hpcs-eu is missing. Create authorization"
    assert not page.can_create
    key = page.field("root-key")
    assert isinstance(key, SelectField)
    assert key.box.shown == "No keys: the service may not list them"
    assert not key.box.isEnabled()
    page.press("create-postgresql.kms-instance.note.link")
    there = context.navigator.here
    assert (there.kind, there.value("create"), there.value("target_instance")) == (
        places.AUTHORIZATIONS,
        "1",
        canned.EU,
    )
    assert page.value("service-name") == "cards2-db"
    assert page.value("password") == GOOD, "what was typed survives the way to the wizard"
    fake_cloud.policies.append(policy(canned.EU, "new-policy"))
    context.live.tell({"policy"}, {"new-policy"})
    wait_for(qtbot, key.choices)
    settle(qtbot, context)
    assert page.why_not == "Cannot create yet: choose a root key."
    assert key.choices()[0].title == "ledger-root (Active, key ring ledger)"
    assert fake_cloud.calls == []


def test_leaving_for_good_wipes_the_password(stage: Stage, context: FakeContext) -> None:
    page = Create(stage)
    page.fill(name="kept-db")
    context.navigator.go(Place(places.AUTHORIZATIONS).with_query(create="1"))
    assert page.value("password") == GOOD
    context.navigator.go(places.HOME)
    assert page.value("password") == ""
    assert page.value("confirm-password") == ""
    assert page.value("service-name") == "kept-db"


def test_instances_that_cannot_be_used_say_why(
    open_page: Open, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    fake_cloud.usage[0]["initialised"] = False
    fake_cloud.usage[1]["root_keys"] = {"2": 3}
    page = Create(open_page(places.CREATE_POSTGRESQL))
    field = page.field("kms-instance")
    assert isinstance(field, SelectField)
    reasons = {choice.id: choice.reason for choice in field.choices()}
    assert reasons[canned.HPCS] == "Not initialized: initialize its crypto units first"
    assert reasons[canned.EU] == "No active root key: create or import one first"


def test_a_link_preselects_the_key(open_page: Open, context: FakeContext, qtbot: Any) -> None:
    stage = open_page(places.CREATE_POSTGRESQL)
    page = Create(stage)
    stage.page.come(Place(places.CREATE_POSTGRESQL).with_query(key_instance=canned.HPCS, key=canned.KEY))
    wait_for(qtbot, lambda: page.value("root-key") == canned.KEY)
    assert page.value("kms-instance") == canned.HPCS


def test_a_refusal_is_told_and_everything_stays(
    stage: Stage, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    fake_cloud.fail["create"] = refusal(409, "NAME_TAKEN", "There is such an instance.", "Choose another name.")
    page = Create(stage)
    page.fill()
    page.create()
    wait_for(qtbot, lambda: page.why_not == "There is such an instance. Choose another name.")
    assert page.value("password") == GOOD
    assert context.navigator.here == places.HOME
    assert page.can_create


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768)])
def test_it_is_named_and_fits(open_page: Open, size: tuple[int, int]) -> None:
    stage = open_page(places.CREATE_POSTGRESQL, "connected", *size)
    assert unnamed(stage) == []
    page = stage.page
    assert isinstance(page, CreatePostgresqlPage)
    below = (
        page.summary.mapTo(page, page.summary.rect().topLeft()).y()
        > page.form.mapTo(page, page.form.rect().bottomLeft()).y()
    )
    assert below is (size[0] == 1024)
