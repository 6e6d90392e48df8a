"""Keys and authorizations in the whole console, on the emulated cloud; evidence is read by a second client."""

from __future__ import annotations

import base64
import secrets
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox

from kyok.domain.services import DBAAS_POSTGRESQL
from kyok_gui import places
from kyok_gui.places import Place
from kyok_gui.startup import Console
from tests.gui import driver
from tests.gui.cloud_fixture import EmulatedCloud
from tests.gui.pages.keys.keys_object import words_of

TABLE = "keys.table"
FORM = "authorizations.wizard"


class Person:
    """Someone at the console."""

    def __init__(self, console: Console, qtbot: Any) -> None:
        self.console = console
        self.window = console.window
        self.qtbot = qtbot

    def go(self, kind: str, instance: str | None = None, **query: str) -> None:
        self.console.context.navigator.go(Place(kind, instance).with_query(**query))
        self.rest()

    def rest(self) -> None:
        self.qtbot.waitUntil(lambda: not self.console.context.tasks.busy)
        QApplication.processEvents()

    def until(self, condition: Any) -> None:
        driver.wait_for(self.qtbot, condition)

    def press(self, name: str) -> None:
        self.until(lambda: driver.exists(self.window, name) and driver.find(self.window, name).isEnabled())
        driver.press(self.window, name)
        self.rest()

    def write(self, name: str, text: str) -> None:
        driver.write(self.window, name, text)

    def rows(self, name: str = TABLE) -> dict[str, list[str]]:
        return {row[0]: row for row in driver.table_rows(self.window, name)}

    def act(self, name: str, action: str) -> None:
        driver.row_action(self.window, TABLE, driver.row_of_cell(self.window, TABLE, name), action)
        self.window.activateWindow()
        self.rest()


def keys_of(cloud: EmulatedCloud, instance: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What the second client reads."""
    body = cloud.rest.json("GET", "/api/v2/keys?state=0,1,2,3,5", Bluemix_Instance=instance["guid"])
    return {key["name"]: key for key in body.get("resources", [])}


def hpcs_of(cloud: EmulatedCloud) -> dict[str, Any]:
    found = cloud.rest.json("GET", "/v2/resource_instances")["resources"]
    return next(one for one in found if ":hs-crypto:" in one["crn"])


def test_create_import_and_authorize(console: Console, cloud: EmulatedCloud, qtbot: Any, tmp_path: Path) -> None:
    cloud.walked("initialise")
    hpcs = hpcs_of(cloud)
    person = Person(console, qtbot)
    person.go(places.KEYS, hpcs["guid"])
    person.until(lambda: driver.exists(person.window, "keys.empty.button"))
    person.press("keys.empty.button")
    person.write("keys.create.name", "ledger-root")
    person.press("keys.create.accept")
    person.until(lambda: driver.exists(person.window, TABLE) and "ledger-root" in person.rows())
    file = tmp_path / "root.b64"
    file.write_text(base64.b64encode(secrets.token_bytes(32)).decode() + "\n")
    driver.choose_action(person.window, "keys.add", "import")
    person.write("keys.import.name", "imported-root")
    person.write("keys.import.material.file", str(file))
    person.press("keys.import.accept")
    person.until(lambda: "imported-root" in person.rows())
    found = keys_of(cloud, hpcs)
    assert found["imported-root"]["imported"] is True
    assert found["ledger-root"]["state"] == 1
    person.go(places.AUTHORIZATIONS)
    person.press("authorizations.empty.button")
    driver.choose(person.window, f"{FORM}.source-service", DBAAS_POSTGRESQL)
    person.press(f"{FORM}.next")
    driver.choose(person.window, f"{FORM}.target-service", "hs-crypto")
    driver.choose(person.window, f"{FORM}.target-instance", hpcs["guid"])
    person.press(f"{FORM}.next")
    driver.find(person.window, f"{FORM}.reader", QCheckBox).click()
    person.press(f"{FORM}.next")
    person.press(f"{FORM}.next")
    person.until(lambda: driver.table(person.window, "authorizations.table").model.total == 1)
    policies = cloud.rest.json("GET", f"/v1/policies?account_id={cloud.account_id}&type=authorization")["policies"]
    assert policies[0]["roles"][0]["role_id"].endswith("serviceRole:Reader")


def test_disable_enable_and_delete_under_a_database(console: Console, cloud: EmulatedCloud, qtbot: Any) -> None:
    walk = cloud.walked("rows")
    hpcs = hpcs_of(cloud)
    name = next(iter(keys_of(cloud, hpcs)))
    person = Person(console, qtbot)
    person.go(places.KEYS, hpcs["guid"])
    person.until(lambda: name in person.rows() and not person.rows()[name][3].startswith("No "))
    person.act(name, "disable")
    person.until(lambda: driver.exists(person.window, "keys.disable.tick"))
    driver.find(person.window, "keys.disable.tick", QCheckBox).click()
    person.press("keys.disable.accept")
    person.until(lambda: person.rows()[name][1] == "Suspended")
    assert keys_of(cloud, hpcs)[name]["state"] == 2
    cloud.rest.json("PUT", "/emulator/v1/clock", {"advance_seconds": 31})
    console.context.live.tell_everything()
    person.rest()
    person.act(name, "enable")
    person.until(lambda: person.rows()[name][1] == "Active")
    walk.nodes("connected")
    person.act(name, "delete")
    person.until(lambda: driver.exists(person.window, "keys.delete.typed"))
    words = words_of(driver.dialog(person.window, "keys.delete"))
    assert "and its data is lost" in words
    assert "1 registration" in words
    person.write("keys.delete.typed", name)
    person.press("keys.delete.accept")
    person.until(lambda: name not in person.rows())
    assert keys_of(cloud, hpcs)[name]["state"] == 5


def test_removing_the_authorization_names_the_database(console: Console, cloud: EmulatedCloud, qtbot: Any) -> None:
    cloud.walked("rows")
    person = Person(console, qtbot)
    person.go(places.AUTHORIZATIONS)
    person.until(lambda: driver.table(person.window, "authorizations.table").model.total == 1)
    person.until(lambda: "1 instance" in driver.table_rows(person.window, "authorizations.table")[0])
    driver.row_action(person.window, "authorizations.table", 0, "remove")
    person.window.activateWindow()
    person.until(lambda: driver.exists(person.window, "authorizations.remove.tick"))
    assert "1 running instance stops within a minute (3 nodes)" in words_of(
        driver.dialog(person.window, "authorizations.remove")
    )
    driver.find(person.window, "authorizations.remove.tick", QCheckBox).click()
    person.press("authorizations.remove.accept")
    person.until(lambda: driver.exists(person.window, "authorizations.missing.1"))
    person.press("authorizations.missing.1.action")
    QTest.keyClick(driver.find(person.window, f"{FORM}.next"), Qt.Key.Key_Space)
    person.until(lambda: not driver.exists(person.window, "authorizations.missing.1"))
    assert cloud.rest.json("GET", f"/v1/policies?account_id={cloud.account_id}&type=authorization")["policies"]


def test_an_instance_with_keys_is_not_deleted(console: Console, cloud: EmulatedCloud, qtbot: Any) -> None:
    cloud.walked("key")
    hpcs = hpcs_of(cloud)
    person = Person(console, qtbot)
    person.go(places.HPCS_OVERVIEW, hpcs["guid"])
    person.until(lambda: driver.exists(person.window, "hpcs-overview.state"))
    person.until(lambda: "Initialized" in words_of(person.window))
    driver.choose_action(person.window, "hpcs-overview.actions", "delete")
    person.until(lambda: driver.exists(person.window, "hpcs-delete.accept"))
    assert not driver.find(person.window, "hpcs-delete.accept").isEnabled()
