"""Crypto units over the private API: shown, initialised once, refused with a sentence."""

from typing import Any

import pytest

from kyok.domain.services import KMS
from kyok.sealing.key import INSECURE_DEMO, SealingKey
from tests.core.cloud.keys.conftest import stage
from tests.core.cloud.keys.stage import Keys, Stage

__all__ = ["stage"]

GOOD = {
    "signature_threshold": 2,
    "revocation_threshold": 1,
    "administrators": ["anna@acme.example", "ben@acme.example"],
}


def test_units_before_and_after_their_initialisation(stage: Stage) -> None:
    guid = stage.instance(units=3)
    path = f"/tke/v1/instances/{guid}"
    fresh = stage.send("GET", f"{path}/crypto_units").body
    assert (fresh["instance"], fresh["initialised"], fresh["usable"], fresh["agree"]) == (guid, False, False, True)
    assert fresh["verification_pattern"] is None
    assert fresh["units"][1] == {
        "number": 2,
        "name": "Crypto unit 2",
        "type": "OPERATIONAL",
        "zone": "us-south-2",
        "location": "[us-south].[AZ2-CS2].[00].[02]",
        "state": "imprint",
        "administrators": [],
        "signature_threshold": 0,
        "revocation_threshold": 0,
        "new_register": {"state": "Empty", "verification_pattern": None},
        "current_register": {"state": "Empty", "verification_pattern": None},
    }
    made = stage.send("POST", f"{path}/auto-init", GOOD)
    assert made.status == 200
    assert made.body == stage.send("GET", f"{path}/crypto_units").body
    assert (made.body["initialised"], made.body["usable"], made.body["agree"]) == (True, True, True)
    for unit in made.body["units"]:
        assert (unit["state"], unit["signature_threshold"], unit["revocation_threshold"]) == ("secured", 2, 1)
        assert [entry["name"] for entry in unit["administrators"]] == GOOD["administrators"]
        assert unit["current_register"] == {"state": "Valid", "verification_pattern": made.body["verification_pattern"]}
    assert Keys(stage, guid).create()
    told = stage.events(instance=guid, action="hs-crypto.tke-*")
    assert [event["action"].removeprefix("hs-crypto.tke-cryptounit-") for event in reversed(told)] == [
        *("admin.add", "admin.add", "threshold.set"),
        *("master-key-register.add", "master-key-register.commit", "master-key-register.activate"),
    ]
    assert {event["severity"] for event in told} == {"critical"}


def test_units_are_initialised_once(stage: Stage) -> None:
    keys = stage.keys()
    key = keys.create()
    again = stage.send("POST", f"/tke/v1/instances/{keys.guid}/auto-init", GOOD)
    assert (again.status, again.body["code"]) == (409, "ALREADY_INITIALISED")
    assert keys.act(key, "wrap").status == 200


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"signature_threshold": 0}, "BAD_VALUE"),
        ({"signature_threshold": 3}, "BAD_VALUE"),
        ({"signature_threshold": True}, "BAD_VALUE"),
        ({"revocation_threshold": 9}, "BAD_VALUE"),
        ({"revocation_threshold": None}, "BAD_VALUE"),
        ({"administrators": []}, "BAD_VALUE"),
        ({"administrators": ["same", "same"]}, "BAD_VALUE"),
        ({"administrators": ["x" * 31, "ben"]}, "BAD_VALUE"),
        ({"administrators": "anna"}, "BAD_VALUE"),
        ({"administrators": [1, 2]}, "BAD_VALUE"),
        ({"pin": "1234"}, "UNKNOWN_FIELD"),
    ],
)
def test_a_ceremony_that_does_not_fit_changes_nothing(stage: Stage, change: dict[str, Any], code: str) -> None:
    guid = stage.instance()
    refused = stage.send("POST", f"/tke/v1/instances/{guid}/auto-init", {**GOOD, **change})
    assert (refused.status, refused.body["code"]) == (400, code)
    assert refused.body["summary"]
    assert refused.body["remedy"]
    shown = stage.send("GET", f"/tke/v1/instances/{guid}/crypto_units").body
    assert {unit["state"] for unit in shown["units"]} == {"imprint"}
    (event,) = stage.events(instance=guid, action="hs-crypto.tke-*")
    assert (event["outcome"], event["severity"]) == ("failure", "critical")


def test_who_may(stage: Stage) -> None:
    guid = stage.instance()
    for person in (stage.person("Writer"), stage.person("Viewer"), stage.person()):
        for method, path in (("GET", "crypto_units"), ("POST", "auto-init")):
            refused = stage.send(method, f"/tke/v1/instances/{guid}/{path}", GOOD, who=person)
            assert (refused.status, refused.body["code"]) == (403, "NOT_AUTHORIZED")
    manager = stage.person("Manager")
    assert stage.send("POST", f"/tke/v1/instances/{guid}/auto-init", GOOD, who=manager).status == 200


def test_key_protect_has_no_crypto_units_of_its_own(stage: Stage) -> None:
    guid = stage.instance(KMS)
    for method, path in (("GET", "crypto_units"), ("POST", "auto-init")):
        refused = stage.send(method, f"/tke/v1/instances/{guid}/{path}", GOOD)
        assert (refused.status, refused.body["code"]) == (404, "NO_CRYPTO_UNITS")


def test_a_unit_that_cannot_be_read_is_shown_as_such(stage: Stage) -> None:
    keys = stage.keys()
    stage.cloud.hsm.lock()
    stage.cloud.hsm.unlock(SealingKey(INSECURE_DEMO, bytearray(stage.sealing_bytes)))
    (unit, *_) = sorted((stage.home.hsm / keys.guid).rglob("unit.bin"))
    unit.write_bytes(b"spoiled")
    shown = stage.send("GET", f"/tke/v1/instances/{keys.guid}/crypto_units").body
    assert sorted(unit["state"] for unit in shown["units"]) == ["error", "secured"]
    assert (shown["agree"], shown["usable"]) == (False, True)
    assert keys.create()
