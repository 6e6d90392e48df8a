"""Scenarios 3 and 17: creating an instance, when something is missing or wrong."""

from __future__ import annotations

import pytest

from kyok.domain.services import DBAAS_POSTGRESQL
from kyok_gui.walkthrough.waiting import wait_until
from tests.gui.acceptance.conftest import CONNECTED, HPCS, KEY, Stage

GOOD = "passWORD4User19"
PLACE = "create-postgresql"


def open_form(stage: Stage) -> None:
    stage.header.catalog(DBAAS_POSTGRESQL)
    stage.creation.arrive(PLACE)


def test_3_without_an_authorization_creating_is_blocked_and_the_link_leads_through_the_wizard_and_back(
    stage: Stage,
) -> None:
    stage.cloud.walked("key")
    open_form(stage)
    stage.creation.fill_in("walk-db", GOOD)
    stage.creation.pickers.choose_instance(HPCS)
    wait_until(lambda: stage.creation.pickers.key_field().startswith("No keys"), "no key is offered")
    assert not stage.creation.can_create
    assert f"the authorization for {HPCS} is missing" in stage.creation.why_not
    stage.hand.press(f"{PLACE}.kms-instance.note.link")
    wizard = stage.authorizations.WIZARD
    wait_until(lambda: HPCS in stage.screen.text(f"{wizard}.sentence"), "the wizard opens filled in, at its review")
    stage.authorizations.authorize()
    stage.creation.arrive(PLACE)
    stage.creation.pickers.choose_key(KEY)
    wait_until(
        lambda: stage.creation.can_create, lambda: f"nothing of what was typed is lost; {stage.creation.why_not}"
    )
    assert stage.screen.text(f"{PLACE}.why-not.text") == ""
    stage.hand.press(f"{PLACE}.create")
    stage.nodes.arrive("nodes")
    stage.sees_nodes(CONNECTED, ["Running"] * 3)
    made = stage.cloud.rest.json("GET", "/v2/resource_instances")["resources"]
    assert {one["name"] for one in made} == {HPCS, "walk-db"}


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("passWORD4User1", "15"),
        ("passWORD4User19&", "&"),
        ("passWORD4User19#", "#"),
        ("passwordforuser19", "upper"),
        ("PASSWORDFORUSER19", "lower"),
        ("passWORDforUserXX", "digit"),
    ],
)
def test_17_a_weak_password_is_refused_in_words(stage: Stage, password: str, said: str) -> None:
    open_form(stage)
    stage.creation.fill_in("walk-db", password)
    wait_until(lambda: not stage.creation.can_create, "Create is off")
    error = stage.creation.text(f"{PLACE}.password.helper")
    assert said in f"{stage.creation.why_not} {error}".lower()


def test_17_a_good_password_must_be_repeated(stage: Stage) -> None:
    open_form(stage)
    stage.creation.fill_in("walk-db", GOOD)
    wait_until(lambda: stage.creation.can_create, "the default key and this password are enough")
    stage.hand.type(f"{PLACE}.confirm-password", GOOD[:-1] + "8")
    wait_until(lambda: not stage.creation.can_create, "Create is off")
    assert "not the same" in stage.creation.why_not
