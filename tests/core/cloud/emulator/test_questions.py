"""What one may do: the answers of `POST /emulator/v1/decisions` are the decision function's."""

from typing import Any

import pytest

from kyok.cloud.activity.events import Caller
from kyok.domain.rights import Decision
from kyok.domain.roles import EMULATOR_MANAGE
from kyok.domain.services import DBAAS_POSTGRESQL, HS_CRYPTO, KMS
from tests.cloud_parts import Parts
from tests.core.cloud.emulator.test_private_api import instance_of

PATH = "/emulator/v1/decisions"


def ask(parts: Parts, who: Caller | None, *questions: dict[str, str]) -> list[Decision]:
    status, answer, _ = parts.send("POST", PATH, {"questions": list(questions)}, who=who)
    assert status == 200, answer
    return [Decision(one["allowed"], tuple(one["roles"]), one["scope"], one["name"]) for one in answer["decisions"]]


def test_the_administrator_may_do_everything_with_an_instance(parts: Parts) -> None:
    guid = instance_of(parts)
    actions = ["secrets.create", "hs-crypto.secrets.delete", "secrets.purge", "resource-controller.instance.delete"]
    assert all(one.allowed for one in ask(parts, None, *({"action": each, "target": guid} for each in actions)))


def test_a_refusal_names_the_roles_and_the_instance(parts: Parts) -> None:
    guid = instance_of(parts)
    reader = parts.seed_user("ben@acme.example", {"role": "Reader", "service": HS_CRYPTO})
    create, delete, wrap = ask(
        parts,
        reader,
        {"action": "secrets.create", "target": guid},
        {"action": "secrets.delete", "target": guid},
        {"action": "secrets.wrap", "target": guid},
    )
    assert create.reason == "Needs the Writer or Manager role on x"
    assert delete == Decision(False, ("Manager",), "instance", "x")
    assert (wrap.allowed, wrap.reason) == (True, "")


def test_roles_on_one_instance_reach_no_other(parts: Parts) -> None:
    mine, other = instance_of(parts), instance_of(parts)
    writer = parts.seed_user("ben@acme.example", {"role": "Writer", "service": HS_CRYPTO, "instance": mine})
    first, second = ask(parts, writer, *({"action": "secrets.rotate", "target": guid} for guid in (mine, other)))
    assert (first.allowed, second.allowed) == (True, False)


def test_a_service_and_the_account_are_targets_too(parts: Parts) -> None:
    editor = parts.seed_user("ben@acme.example", {"role": "Editor", "service": HS_CRYPTO})
    create = "resource-controller.instance.create"
    here, there, cloud, keys = ask(
        parts,
        editor,
        {"action": create, "target": HS_CRYPTO},
        {"action": create, "target": KMS},
        {"action": EMULATOR_MANAGE},
        {"action": "iam.policy.create"},
    )
    assert here.allowed
    assert there.reason == "Needs the Editor or Administrator role for Key Protect"
    assert cloud.reason == "Needs the Administrator role in this account"
    assert keys.reason == "Needs the Administrator role in this account"


def test_a_resource_group_is_a_target(parts: Parts) -> None:
    status, made, _ = parts.send("POST", "/v2/resource_groups", {"name": "payments-team"})
    assert status == 201
    actions = [f"resource-controller.group.{verb}" for verb in ("update", "delete")]
    questions = [{"action": action, "target": made["crn"]} for action in actions]
    assert [one.allowed for one in ask(parts, None, *questions)] == [True, True]
    of_group = parts.seed_user("ed@acme.example", {"role": "Editor"})
    assert [one.allowed for one in ask(parts, of_group, *questions)] == [True, True]
    viewer = parts.seed_user("eve@acme.example", {"role": "Viewer"})
    assert ask(parts, viewer, *questions)[1] == Decision(
        False, ("Editor", "Administrator"), "instance", "payments-team"
    )
    stranger = parts.seed_user("sam@other.example", {"role": "Administrator"}, account="Other")
    assert ask(parts, stranger, *questions)[0].reason == "No role allows this on this resource group"
    assert parts.send("DELETE", f"/v2/resource_groups/{made['id']}")[0] == 204
    assert ask(parts, None, *questions)[1].reason == "No role allows this on this resource group"


def test_an_authorization_may_pass_on_what_one_has(parts: Parts) -> None:
    guid = instance_of(parts)
    writer = parts.seed_user("ben@acme.example", {"role": "Writer", "service": HS_CRYPTO})
    viewer = parts.seed_user("eve@acme.example", {"role": "Viewer"})
    question = {"action": "iam.policy.create", "target": guid, "grants": "Reader"}
    assert ask(parts, writer, question)[0].allowed
    refused = ask(parts, viewer, question)[0]
    assert refused.roles == ("Reader", "Reader Plus", "Writer", "Manager", "Administrator")


def test_an_instance_of_another_account_is_none(parts: Parts) -> None:
    guid = instance_of(parts)
    stranger = parts.seed_user("eve@other.example", {"role": "Administrator"}, account="Other")
    (answer,) = ask(parts, stranger, {"action": "secrets.create", "target": guid})
    assert answer.reason == "No role allows this on this instance"


def test_answers_follow_changed_roles_at_once(parts: Parts) -> None:
    question = {"action": "resource-controller.instance.create", "target": DBAAS_POSTGRESQL}
    ben = parts.seed_user("ben@acme.example", {"role": "Viewer"})
    assert not ask(parts, ben, question)[0].allowed
    parts.seed_user("ben@acme.example", {"role": "Editor"})
    assert ask(parts, ben, question)[0].allowed


@pytest.mark.parametrize(
    "question",
    [
        {"action": "secrets.fly", "target": HS_CRYPTO},
        {"action": "secrets.create"},
        {"action": "secrets.create", "target": "crn:no"},
        {"action": "secrets.create", "colour": "red"},
        {"target": HS_CRYPTO},
        {"action": 7},
        "secrets.create",
    ],
)
def test_what_cannot_be_understood_is_refused(parts: Parts, question: Any) -> None:
    status, answer, _ = parts.send("POST", PATH, {"questions": [question]})
    assert (status, answer["code"] in ("BAD_VALUE", "UNKNOWN_FIELD")) == (400, True)
    assert answer["summary"]


def test_too_many_questions_are_refused(parts: Parts) -> None:
    many = [{"action": EMULATOR_MANAGE}] * 501
    assert parts.send("POST", PATH, {"questions": many})[0] == 400
