"""Databases under authorizations for resource groups, key rings and single keys, with every real service."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kyok.domain.authorizations import Scopes, policy_body, scoped_authorization
from kyok.domain.services import DBAAS_POSTGRESQL, HS_CRYPTO
from tests.core.cloud.databases.walk import Walk

ALL_UP = ["connected RUNNING"] * 3
LOST = ["not-authorized STOPPED"] * 3


@pytest.fixture
def walk(tmp_path: Path) -> Iterator[Walk]:
    made = Walk(tmp_path / "home", os.urandom(32))
    yield made
    made.cloud.close()


def authorize(walk: Walk, scopes: Scopes) -> str:
    made = scoped_authorization(walk.account, DBAAS_POSTGRESQL, HS_CRYPTO, scopes)
    return str(walk.call("POST", "/v1/policies", policy_body(made))["id"])


def covered_by(walk: Walk, guid: str) -> Any:
    """The policy under which an instance uses its key: by its own page, and by the health of the whole account."""
    detail = walk.detail(guid).authorization
    assert detail is not None
    health = walk.get("/emulator/v1/key-health")["instances"][0]["authorization"]
    assert health["in_force"] == detail.in_force
    return detail.policy_id if detail.in_force else None


def test_each_scope_lets_the_instance_use_its_key_and_no_more(walk: Walk) -> None:
    kms = walk.hsm()
    key, other, group = walk.root_key(kms), walk.root_key(kms, "other-root"), walk.group()
    first = authorize(walk, Scopes(target_instance=kms["guid"], key=key))
    guid = walk.database(kms, key)
    assert walk.statuses(guid) == ALL_UP
    assert covered_by(walk, guid) == first
    walk.call("DELETE", f"/v1/policies/{first}")
    enough = (
        Scopes(source_group=group),
        Scopes(target_group=group),
        Scopes(target_instance=kms["guid"], key_ring="default"),
    )
    for scopes in enough:
        policy = authorize(walk, scopes)
        walk.tick()
        assert walk.statuses(guid) == ALL_UP, scopes
        assert covered_by(walk, guid) == policy
        walk.call("DELETE", f"/v1/policies/{policy}")
        walk.tick()
        assert walk.statuses(guid) == LOST, scopes
    crew = walk.call("POST", "/v2/resource_groups", {"name": "crew"})["id"]
    not_enough = (
        Scopes(source_group=crew),
        Scopes(target_group=crew),
        Scopes(target_instance=kms["guid"], key_ring="payments"),
        Scopes(target_instance=kms["guid"], key=other),
    )
    for scopes in not_enough:
        authorize(walk, scopes)
        walk.tick()
        assert walk.statuses(guid) == LOST, scopes


def test_a_key_that_moves_out_of_its_ring_leaves_the_authorization(walk: Walk) -> None:
    kms = walk.hsm()
    key = walk.root_key(kms)
    authorize(walk, Scopes(target_instance=kms["guid"], key_ring="default"))
    guid = walk.database(kms, key)
    assert walk.statuses(guid) == ALL_UP
    walk.call("POST", "/api/v2/key_rings/payments", bluemix_instance=kms["guid"])
    named = {"bluemix_instance": kms["guid"], "x_kms_key_ring": "default"}
    walk.call("PATCH", f"/api/v2/keys/{key}", {"keyRingID": "payments"}, **named)
    walk.later(31)
    assert walk.statuses(guid) == LOST
    assert covered_by(walk, guid) is None
