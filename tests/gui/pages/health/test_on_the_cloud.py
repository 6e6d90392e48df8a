"""Key health on a served cloud: what others do is seen, and a missing authorization is created from its cell."""

from __future__ import annotations

from typing import Any

from kyok.client import CloudApi
from kyok_gui import places
from kyok_gui.connection import facts_of
from kyok_gui.places import Place
from kyok_gui.startup import Console
from kyok_gui.widgets import Button
from tests.gui import driver
from tests.gui.cloud_fixture import EmulatedCloud
from tests.gui.pages.health.health_object import TABLE, KeyHealth


def test_others_deeds_are_seen_and_a_missing_authorization_is_created(
    console: Console, cloud: EmulatedCloud, qtbot: Any
) -> None:
    walk = cloud.walked("instance")
    cloud.another_database(walk)
    console.context.navigator.go(Place(places.KEY_HEALTH))
    page = KeyHealth(console.window)
    driver.wait_for(qtbot, lambda: page.names() == ["other-db", "walk-db"])
    driver.wait_for(qtbot, lambda: page.sentence == "All 2 instances can use their keys.")
    assert page.row("walk-db")["key"] == "walk-root v1, Active"
    assert page.row("walk-db")["hsm"] == "walk-hpcs, us-south"

    found = cloud.rest.json("GET", f"/v1/policies?account_id={cloud.account_id}&type=authorization")["policies"]
    policy = next(one["id"] for one in found if walk.ledger.facts["hpcs"] in str(one["resources"]))
    cloud.rest.send("DELETE", f"/v1/policies/{policy}")
    driver.wait_for(qtbot, lambda: page.names() == ["walk-db", "other-db"])
    row = page.row("walk-db")
    assert (row["authorization"], row["node1"]) == ("Missing, Create", "Not authorized")
    assert row["reason"].startswith("Removed by ")
    assert page.sentence == "1 of 2 instances needs attention; it is stopped."

    page.press("walk-db", "authorization")
    driver.wait_for(qtbot, lambda: driver.exists(console.window, "authorizations.wizard.next"))
    while driver.find(console.window, "authorizations.wizard.next", Button).text() != "Authorize":
        driver.press(console.window, "authorizations.wizard.next")
    driver.press(console.window, "authorizations.wizard.next")
    driver.wait_for(qtbot, lambda: console.context.navigator.here.kind == places.KEY_HEALTH)
    driver.wait_for(qtbot, lambda: page.row("walk-db")["authorization"] == "Reader, All instances")
    driver.wait_for(qtbot, lambda: page.row("walk-db")["node1"] == "Connected")
    before = driver.table(console.window, TABLE)
    driver.press(console.window, "key-health.check")
    driver.wait_for(qtbot, page.check.isEnabled)
    page.press("other-db", "node1")
    assert console.context.navigator.here.kind == places.NODES
    assert before.model.total == 2


def test_who_may_create_no_instance_is_an_operator(console: Console, cloud: EmulatedCloud) -> None:
    roles = {"olga@acme.example": "Operator", "ed@acme.example": "Editor"}
    users = [{"email": email, "roles": [{"role": role}]} for email, role in roles.items()]
    body = {"accounts": [{"id": cloud.account_id, "users": users}]}
    made = cloud.rest.json("PUT", "/emulator/v1/identities", body)["accounts"][0]["users"]
    ids = {user["email"]: user["iam_id"] for user in made}
    found = {}
    for email in roles:
        acting = CloudApi(console.link.own.session.acting_as(ids[email]))
        found[email] = facts_of(acting, console.link.own).operates
        acting.close()
    assert found == {"olga@acme.example": True, "ed@acme.example": False}
    assert not facts_of(console.link.own, console.link.own).operates
