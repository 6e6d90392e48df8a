"""The resource pages and authorizations in a whole console on a served cloud, judged by a second client."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from kyok.domain.services import KMS, service
from kyok_gui import places
from kyok_gui.places import Place
from kyok_gui.startup import Console
from tests.gui import driver
from tests.gui.cloud_fixture import EmulatedCloud

LIST, WAITING, GROUPS, POLICIES = (
    "resources.table",
    "reclamation.table",
    "resource-groups.table",
    "authorizations.table",
)
FORM = "authorizations.wizard"


class Screen:
    """The window as a person sees it, and what a second client reads."""

    def __init__(self, console: Console, qtbot: Any, cloud: EmulatedCloud) -> None:
        self.window: QWidget = console.window
        self.cloud = cloud
        self._console = console
        self._qtbot = qtbot

    def go(self, kind: str) -> QWidget:
        self._console.context.navigator.go(Place(kind))
        self.until(lambda: driver.exists(self.window, f"page.{kind}"))
        return driver.find(self.window, f"page.{kind}")

    def until(self, condition: Any) -> None:
        driver.wait_for(self._qtbot, condition, 20_000)

    def rows(self, name: str) -> list[list[str]]:
        return driver.table_rows(self.window, name)

    def act(self, table: str, text: str, entry: str) -> None:
        self.until(lambda: any(text in row for row in self.rows(table)))
        driver.row_action(self.window, table, driver.row_of_cell(self.window, table, text), entry)
        self.window.activateWindow()

    def open(self, name: str) -> None:
        self.until(lambda: driver.exists(self.window, f"{name}.overlay"))

    def groups(self) -> list[Any]:
        return list(self.cloud.rest.json("GET", "/v2/resource_groups")["resources"])

    def in_the_way(self, group: str) -> str:
        """Why the window would not delete a group."""
        return str(driver.row_object(self.window, GROUPS, driver.row_of_cell(self.window, GROUPS, group)).in_the_way)

    def instance(self, guid: str) -> Any:
        return self.cloud.rest.json("GET", f"/v2/resource_instances/{guid}")

    def policies(self, state: str = "active") -> list[Any]:
        path = f"/v1/policies?account_id={self.cloud.account_id}&type=authorization&state={state}"
        return list(self.cloud.rest.json("GET", path)["policies"])


@pytest.fixture
def screen(console: Console, qtbot: Any, cloud: EmulatedCloud) -> Screen:
    return Screen(console, qtbot, cloud)


def make_key_protect(cloud: EmulatedCloud, name: str) -> Any:
    entry = service(KMS)
    assert entry is not None
    group = cloud.rest.json("GET", "/v2/resource_groups?default=true")["resources"][0]
    body = {"name": name, "target": "us-south", "resource_group": group["id"], "resource_plan_id": entry.plans[0].id}
    return cloud.rest.json("POST", "/v2/resource_instances", body)


def test_an_instance_from_its_new_name_to_its_end(screen: Screen, cloud: EmulatedCloud) -> None:
    made = make_key_protect(cloud, "acme-kp")
    page = screen.go(places.RESOURCES)
    screen.act(LIST, "acme-kp", "rename")
    screen.open("resources.rename")
    driver.write(screen.window, "resources.rename.name", "kp-2")
    driver.press(screen.window, "resources.rename.accept")
    screen.act(LIST, "kp-2", "tags")
    screen.open("resources.tags")
    driver.write(screen.window, "resources.tags.new", "env:dev")
    driver.press(screen.window, "resources.tags.add")
    driver.press(screen.window, "resources.tags.accept")
    screen.until(lambda: screen.instance(made["guid"])["tags"] == ["env:dev"])
    screen.act(LIST, "kp-2", "lock")
    screen.until(lambda: "Locked" in screen.rows(LIST)[driver.row_of_cell(page, LIST, "kp-2")])
    refused = cloud.rest.send("DELETE", f"/v2/resource_instances/{made['guid']}")
    assert refused.status_code == 400
    screen.act(LIST, "kp-2", "unlock")
    screen.until(lambda: not screen.instance(made["guid"])["locked"])
    screen.until(lambda: not driver.row_object(page, LIST, driver.row_of_cell(page, LIST, "kp-2")).locked)
    screen.act(LIST, "kp-2", "delete")
    screen.open("hpcs-delete")
    driver.write(screen.window, "hpcs-delete.typed", "kp-2")
    driver.press(screen.window, "hpcs-delete.accept")
    screen.until(lambda: not any("kp-2" in row for row in screen.rows(LIST)))
    screen.go(places.RECLAMATION)
    screen.act(WAITING, "kp-2", "restore")
    screen.until(lambda: screen.instance(made["guid"])["state"] == "active")
    screen.until(lambda: driver.exists(screen.window, "reclamation.empty"))
    cloud.rest.send("DELETE", f"/v2/resource_instances/{made['guid']}")
    screen.act(WAITING, "kp-2", "reclaim")
    screen.open("reclamation.reclaim")
    driver.write(screen.window, "reclamation.reclaim.typed", "kp-2")
    driver.press(screen.window, "reclamation.reclaim.accept")
    screen.until(lambda: screen.instance(made["guid"])["state"] == "removed")
    screen.until(lambda: driver.exists(screen.window, "reclamation.empty"))


def test_a_group_is_made_used_and_deleted(screen: Screen, cloud: EmulatedCloud) -> None:
    page = screen.go(places.RESOURCE_GROUPS)
    screen.until(lambda: len(screen.rows(GROUPS)) == 1)
    driver.press(page, "resource-groups.create")
    driver.write(screen.window, "resource-groups.name.name", "payments-team")
    driver.press(screen.window, "resource-groups.name.accept")
    screen.until(lambda: len(screen.rows(GROUPS)) == 2)
    group = next(one for one in screen.groups() if one["name"] == "payments-team")

    form = screen.go(places.CREATE_KEY_PROTECT)
    screen.until(lambda: driver.find(form, "create-key-protect.create").isEnabled())
    driver.write(form, "create-key-protect.name", "payments-kp")
    driver.choose(form, "create-key-protect.group", group["id"])
    driver.press(form, "create-key-protect.create")
    screen.until(lambda: driver.exists(screen.window, f"page.{places.KEYS}"))
    make_key_protect(cloud, "elsewhere")
    listed = cloud.rest.json("GET", "/v2/resource_instances")["resources"]
    made = next(one for one in listed if one["name"] == "payments-kp")
    assert made["resource_group_id"] == group["id"]

    screen.go(places.RESOURCE_GROUPS)
    screen.until(lambda: screen.in_the_way("payments-team") == "it holds 1 instance")
    screen.act(GROUPS, "payments-team", "instances")
    screen.until(lambda: [row[0] for row in screen.rows(LIST)] == ["payments-kp"])

    refused = cloud.rest.send("DELETE", f"/v2/resource_groups/{group['id']}")
    assert (refused.status_code, len(screen.groups())) == (409, 2)
    cloud.rest.send("DELETE", f"/v2/resource_instances/{made['guid']}")
    reclamation = cloud.rest.json("GET", "/v1/reclamations")["resources"][0]["id"]
    cloud.rest.json("POST", f"/v1/reclamations/{reclamation}/actions/reclaim", {})
    screen.go(places.RESOURCE_GROUPS)
    screen.until(lambda: screen.in_the_way("payments-team") == "")
    screen.act(GROUPS, "payments-team", "delete")
    screen.open("resource-groups.delete")
    driver.find(screen.window, "resource-groups.delete.tick").click()  # type: ignore[attr-defined]
    driver.press(screen.window, "resource-groups.delete.accept")
    screen.until(lambda: [one["name"] for one in screen.groups()] == ["Default"])


def test_an_authorization_is_edited_against_somebody_else_removed_and_restored(
    screen: Screen, cloud: EmulatedCloud
) -> None:
    cloud.walked("authorize")
    screen.go(places.AUTHORIZATIONS)
    screen.act(POLICIES, "Hyper Protect DBaaS for PostgreSQL", "edit")
    screen.open(FORM)
    driver.write(screen.window, f"{FORM}.description", "From the window")
    (known,) = screen.policies()
    path, body = f"/v1/policies/{known['id']}", {key: known[key] for key in ("type", "subjects", "roles", "resources")}
    etag = cloud.rest.send("GET", path).headers["etag"]
    theirs = cloud.rest.send("PUT", path, {**body, "description": "From a script"}, If_Match=etag)
    assert theirs.status_code == 200
    screen.until(lambda: driver.find(screen.window, f"{FORM}.next").isEnabled())
    driver.press(screen.window, f"{FORM}.next")
    screen.until(lambda: driver.exists(screen.window, f"{FORM}.error"))
    assert "is From a script now" in driver.find(screen.window, f"{FORM}.error").accessibleName()
    screen.until(lambda: driver.find(screen.window, f"{FORM}.next").isEnabled())
    driver.press(screen.window, f"{FORM}.next")
    screen.until(lambda: [one.get("description") for one in screen.policies()] == ["From the window"])
    screen.until(lambda: not driver.exists(screen.window, f"{FORM}.overlay"))
    screen.act(POLICIES, "Hyper Protect DBaaS for PostgreSQL", "remove")
    screen.open("authorizations.remove")
    driver.press(screen.window, "authorizations.remove.accept")
    screen.until(lambda: screen.policies() == [])
    driver.press(screen.window, "authorizations.views.tab.removed")
    screen.act("authorizations.removed", "Hyper Protect DBaaS for PostgreSQL", "restore")
    screen.until(lambda: [one["id"] for one in screen.policies()] == [known["id"]])
