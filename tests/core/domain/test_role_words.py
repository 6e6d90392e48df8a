"""Roles and missing roles in words."""

from dataclasses import dataclass

import pytest

from kyok.domain.rights import Decision
from kyok.domain.role_words import role_words, roles_sentence
from kyok.domain.roles import action_at
from kyok.domain.services import HS_CRYPTO, KMS


@dataclass
class Grant:
    role: str
    service: str | None = None
    instance: str | None = None


def test_roles_are_told_by_what_they_are_held_on_the_widest_first() -> None:
    grants = [Grant("Writer", HS_CRYPTO, "g"), Grant("Reader", KMS), Grant("Viewer"), Grant("Manager"), Grant("Viewer")]
    assert role_words(grants, {"g": "acme-hpcs"}.__getitem__) == (
        "Viewer and Manager on all services",
        "Reader on Key Protect",
        "Writer on acme-hpcs",
    )
    assert roles_sentence([]) == "No roles"


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        (Decision(True, ("Manager",)), ""),
        (Decision(False, ("Manager",), "instance", "acme-hpcs"), "Needs the Manager role on acme-hpcs"),
        (Decision(False, ("A", "B", "C"), "service", "Key Protect"), "Needs the A, B or C role for Key Protect"),
        (Decision(False, ("Administrator",)), "Needs the Administrator role in this account"),
        (Decision(False, (), "instance", "this instance"), "No role allows this on this instance"),
    ],
)
def test_a_missing_role_in_words(decision: Decision, words: str) -> None:
    assert decision.reason == words


def test_the_prefix_of_an_action_may_be_left_out() -> None:
    assert action_at(KMS, "secrets.create") == action_at(KMS, "kms.secrets.create") == "kms.secrets.create"
    assert action_at(KMS, "resource-controller.instance.delete") == "resource-controller.instance.delete"
    assert action_at(KMS, "hs-crypto.secrets.create") == ""
