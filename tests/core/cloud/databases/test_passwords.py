"""Acceptance scenario 17: the administrator's password, as a client sends it."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kyok.cloud.wire.route import Request
from kyok.domain.services import DBAAS_POSTGRESQL, service
from tests.core.cloud.databases.test_with_real_services import ALL_UP
from tests.core.cloud.databases.walk import PASSWORD, Walk

BAD = {
    "passWORD4User1": "too short: it needs 15 characters",
    "": "too short",
    "password4user19": "needs an upper case letter",
    "PASSWORD4USER19": "needs a lower case letter",
    "passWORDxUserxx": "needs a digit",
    "passWORD4User&19": "not allowed",
    "passWORD4User#19": "not allowed",
    "passWORD4 User19": "not allowed",
    "pässWORD4User19x": "not allowed",
}


@pytest.fixture
def walk(tmp_path: Path) -> Iterator[Walk]:
    made = Walk(tmp_path / "home", os.urandom(32))
    yield made
    made.cloud.close()


def ordered(walk: Walk, kms: dict[str, Any], key: str, password: str, again: str) -> tuple[int, dict[str, Any]]:
    """Orders a database instance as a client does; status and body of the answer, whatever it is."""
    plan = service(DBAAS_POSTGRESQL)
    assert plan is not None
    body = {
        "name": "ledger-db",
        "target": "us-south",
        "resource_group": walk.group(),
        "resource_plan_id": plan.plans[0].id,
        "parameters": {
            "name": "cluster01",
            "admin_name": "admin",
            "password": password,
            "confirm_password": again,
            "kms_instance": kms["crn"],
            "kms_key": key,
        },
    }
    headers = {"host": "127.0.0.1", "user-agent": "test", "authorization": f"Bearer {walk.token}"}
    sent = Request("POST", "/v2/resource_instances", "", headers, json.dumps(body).encode())
    answer = walk.cloud.dispatcher.perform(sent)
    return answer.status, json.loads(answer.encoded())


def left_behind(walk: Walk, kms: dict[str, Any], key: str) -> list[Any]:
    """Everything that an order could have made: instances, registrations of the key, files of nodes."""
    instances = walk.get("/v2/resource_instances")["resources"]
    uses = walk.call("GET", f"/api/v2/keys/{key}/registrations", bluemix_instance=kms["guid"]).get("resources") or []
    databases = walk.root / "databases"
    files = list(databases.rglob("*")) if databases.exists() else []
    return [*(one["name"] for one in instances if one["guid"] != kms["guid"]), *uses, *files]


def test_bad_passwords_are_refused_with_a_sentence_and_nothing_is_made(walk: Walk) -> None:
    kms = walk.hsm()
    key = walk.root_key(kms)
    walk.authorize(kms)
    for password, sentence in BAD.items():
        status, body = ordered(walk, kms, key, password, password)
        assert status == 400 and sentence in body["message"], (password, body)
        assert password not in body["message"] or not password
    status, body = ordered(walk, kms, key, PASSWORD, PASSWORD.replace("19", "91"))
    assert status == 400 and "same" in body["message"], body
    walk.tick()
    assert left_behind(walk, kms, key) == []


def test_a_good_password_is_accepted_and_kept_nowhere(walk: Walk) -> None:
    kms = walk.hsm()
    key = walk.root_key(kms)
    walk.authorize(kms)
    status, body = ordered(walk, kms, key, PASSWORD, PASSWORD)
    assert status == 202, body
    walk.tick()
    assert walk.statuses(body["guid"]) == ALL_UP
    walk.cloud.close()
    holding = [file for file in walk.root.rglob("*") if file.is_file() and PASSWORD.encode() in file.read_bytes()]
    assert holding == []
