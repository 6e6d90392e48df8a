"""Key rings, policies, associated resources and two people, in the whole console on the emulated cloud."""

from __future__ import annotations

import base64
import secrets
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton

from kyok.domain import services
from kyok_gui import places
from kyok_gui.startup import Console
from tests.gui import driver
from tests.gui.cloud_fixture import EmulatedCloud
from tests.gui.pages.keys.keys_object import words_of
from tests.gui.pages.keys.test_on_the_cloud import TABLE, Person, hpcs_of, keys_of
from tests.gui.shell.test_sign_in_as import go_on_as, seed

KEY = "walk-root"
RINGS = "key-rings.table"
_KEY_PAIR_MS = 120_000
"""A key pair of 4096 bits is found by trying: on a busy machine that takes long."""


def key_protect(cloud: EmulatedCloud) -> dict[str, Any]:
    """A new Key Protect instance."""
    found = services.service(services.KMS)
    assert found is not None
    group = cloud.rest.json("GET", "/v2/resource_groups")["resources"][0]["id"]
    body = {"name": "acme-kp", "target": "us-south", "resource_group": group, "resource_plan_id": found.plans[0].id}
    made: dict[str, Any] = cloud.rest.json("POST", "/v2/resource_instances", body)
    return made


def test_a_key_gets_a_ring_aliases_and_a_rotation_policy(console: Console, cloud: EmulatedCloud, qtbot: Any) -> None:
    cloud.walked("key")
    hpcs = hpcs_of(cloud)
    person = Person(console, qtbot)
    person.go(places.KEY_RINGS, hpcs["guid"])
    person.press("key-rings.create")
    person.write("key-rings.id", "ledger")
    person.press("key-rings.create-dialog.accept")
    person.until(lambda: "ledger" in person.rows(RINGS))
    person.go(places.KEYS, hpcs["guid"])
    person.until(lambda: KEY in person.rows())
    person.act(KEY, "patch")
    person.until(lambda: driver.exists(person.window, "keys.move.accept"))
    driver.choose(person.window, "keys.move.ring", "ledger")
    person.press("keys.move.accept")
    person.until(lambda: person.rows()[KEY][6] == "ledger")
    person.act(KEY, "alias")
    person.write("keys.aliases.names", "core-ledger, gl")
    person.press("keys.aliases.accept")
    person.until(lambda: person.rows()[KEY][7] == "core-ledger, gl")
    person.act(KEY, "policies.write")
    person.until(lambda: driver.exists(person.window, "keys.rotation-policy.accept"))
    driver.find(person.window, "keys.rotation-policy.on", QAbstractButton).click()
    person.press("keys.rotation-policy.accept")
    person.until(lambda: not driver.exists(person.window, "keys.rotation-policy.accept"))
    found = keys_of(cloud, hpcs)[KEY]
    assert (found["keyRingID"], found["aliases"]) == ("ledger", ["core-ledger", "gl"])
    assert found["rotation"] == {"enabled": True, "interval_month": 3}
    person.go(places.KEY_RINGS, hpcs["guid"])
    person.until(lambda: person.rows(RINGS)["ledger"][1] == "1 key")


def test_two_people_delete_a_key(console: Console, cloud: EmulatedCloud, qtbot: Any) -> None:
    cloud.walked("initialise")
    hpcs = hpcs_of(cloud)
    ben = seed(cloud, {"role": "Viewer"}, {"role": "Manager"})
    person = Person(console, qtbot)
    person.go(places.INSTANCE_POLICIES, hpcs["guid"])
    person.until(lambda: driver.exists(person.window, "policies.dual.on"))
    driver.find(person.window, "policies.dual.on", QAbstractButton).click()
    person.press("policies.dual.save")
    person.until(lambda: "Saved" in words_of(driver.find(person.window, "policies.dual")))
    person.go(places.KEYS, hpcs["guid"])
    person.press("keys.empty.button")
    person.write("keys.create.name", KEY)
    person.press("keys.create.accept")
    person.until(lambda: driver.exists(person.window, TABLE) and KEY in person.rows())
    person.act(KEY, "setKeyForDeletion")
    person.until(lambda: driver.exists(person.window, "keys.schedule.typed"))
    person.write("keys.schedule.typed", KEY)
    person.press("keys.schedule.accept")
    person.until(lambda: person.rows()[KEY][1] == "Set for deletion")
    person.act(KEY, "delete")
    person.until(lambda: driver.exists(person.window, "keys.delete.typed"))
    assert "You scheduled this deletion yourself" in words_of(driver.dialog(person.window, "keys.delete"))
    person.press("keys.delete.cancel")
    go_on_as(console, qtbot, ben)
    person.go(places.KEYS, hpcs["guid"])
    person.until(lambda: driver.exists(person.window, TABLE) and KEY in person.rows())
    driver.wait_for(qtbot, lambda: console.context.rights.settled)
    person.act(KEY, "delete")
    person.until(lambda: driver.exists(person.window, "keys.delete.typed"))
    assert "You are the second of two people." in words_of(driver.dialog(person.window, "keys.delete"))
    person.write("keys.delete.typed", KEY)
    person.press("keys.delete.accept")
    person.until(lambda: KEY not in person.rows())
    found = keys_of(cloud, hpcs)[KEY]
    assert (found["state"], found["deletedBy"]) == (5, ben)


def test_what_uses_a_key_is_listed_and_told_again(console: Console, cloud: EmulatedCloud, qtbot: Any) -> None:
    cloud.walked("rows")
    hpcs = hpcs_of(cloud)
    person = Person(console, qtbot)
    person.go(places.ASSOCIATED_RESOURCES, hpcs["guid"])
    person.until(lambda: "walk-db" in person.rows("associated.table"))
    assert person.rows("associated.table")["walk-db"][1:4] == [KEY, "Hyper Protect DBaaS for PostgreSQL", "Disabled"]
    person.press("associated.sync")
    person.until(lambda: any("synchronized" in one.title for one in console.context.notices.history))
    event = cloud.rest.json("GET", "/emulator/v1/activity?action=hs-crypto.secrets.sync")["events"][0]
    assert event["outcome"] == "success"


@pytest.mark.parametrize("service", ["hs-crypto", "kms"])
def test_material_travels_encrypted_and_the_key_holds_it(
    console: Console, cloud: EmulatedCloud, qtbot: Any, tmp_path: Path, service: str
) -> None:
    cloud.walked("initialise")
    instance = hpcs_of(cloud) if service == "hs-crypto" else key_protect(cloud)
    person = Person(console, qtbot)
    person.go(places.INSTANCE_POLICIES, instance["guid"])
    person.until(lambda: driver.exists(person.window, "policies.access.enforce-token"))
    driver.find(person.window, "policies.access.enforce-token", QAbstractButton).click()
    person.press("policies.access.save")
    person.until(lambda: "Saved" in words_of(driver.find(person.window, "policies.access")))
    raw = secrets.token_bytes(32)
    file = tmp_path / "root.b64"
    file.write_text(base64.b64encode(raw).decode())
    person.go(places.KEYS, instance["guid"])
    person.press("keys.empty.second")
    person.until(lambda: not driver.find(person.window, "keys.import.travel.plain").isEnabled())
    person.write("keys.import.name", KEY)
    person.write("keys.import.material.file", str(file))
    driver.press(person.window, "keys.import.accept")
    driver.wait_for(qtbot, lambda: driver.exists(person.window, TABLE) and KEY in person.rows(), _KEY_PAIR_MS)
    assert keys_of(cloud, instance)[KEY]["imported"] is True
    person.act(KEY, "rotate")
    person.until(lambda: driver.exists(person.window, "keys.rotate.material.file"))
    person.until(lambda: not driver.find(person.window, "keys.rotate.travel.plain").isEnabled())
    person.write("keys.rotate.material.file", str(file))
    driver.press(person.window, "keys.rotate.accept")
    driver.wait_for(qtbot, lambda: not driver.exists(person.window, "keys.rotate.accept"), _KEY_PAIR_MS)
    assert keys_of(cloud, instance)[KEY]["lastRotateDate"]
