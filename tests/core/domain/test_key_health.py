"""Key health: the words of a row, which come first, and the line above the table (mock-ups 06 and 22)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from kyok.domain import key_health
from kyok.domain.cluster import InstanceState, NodeState
from kyok.domain.key_rules import NodeKeyStatus
from kyok.domain.key_states import KeyState
from kyok.domain.standing import AuthorizationFacts, Standing
from kyok.domain.verdict import Level
from tests.core.domain.facts import (
    NEVER_AUTHORIZED,
    NOW,
    REMOVED,
    at,
    hsm,
    key,
    node,
    nodes,
    standing,
    stopped,
)

CHECKED: dict[str, Any] = {"last_check_at": at(17, 44)}
CONNECTED = standing(nodes(NodeKeyStatus.CONNECTED, **CHECKED))
DEFAULT = standing(nodes(NodeKeyStatus.DEFAULT_KEY), key=None, hsm=None, authorization=None)
ARCHIVE = standing(
    stopped(NodeKeyStatus.DELETED, at(9, 0, day=14), http_status=410, last_check_at=at(9, 0, day=14)),
    key=key(state=KeyState.DESTROYED, changed_by="ben@acme.example", changed_at=at(9, 0, day=14)),
    data_key_destroyed=True,
)
CARDS = standing(
    stopped(NodeKeyStatus.NOT_AUTHORIZED, http_status=401, **CHECKED),
    authorization=replace(REMOVED, removed_by="ben@acme.example", removed_at=at(18, 3, day=22)),
)
HR = standing(
    stopped(NodeKeyStatus.DISABLED, http_status=409, **CHECKED),
    key=key(state=KeyState.SUSPENDED, version=1, changed_by="anna@acme.example", changed_at=at(9, 12)),
)
LEDGER = standing(
    (node(1, **CHECKED), node(2, **CHECKED), node(3, NodeKeyStatus.NOT_CONNECTED, grace_until=at(17, 53), **CHECKED))
)


@pytest.mark.parametrize(
    ("given", "root_key", "state", "cause", "check"),
    [
        (ARCHIVE, "ledger-root", "Destroyed 14 Nov", "Deleted by ben@, 14 Nov", "Checks ended 14 Nov"),
        (CARDS, "ledger-root v3", "Active", "Removed by ben@, 22 Nov", "17:44 denied (401)"),
        (HR, "ledger-root v1", "Suspended", "Disabled by anna@ at 09:12", "17:44 denied (409)"),
        (LEDGER, "ledger-root v3", "Active", "No path from us-south-3", "Stops 17:53 at the latest"),
        (CONNECTED, "ledger-root v3", "Active", "–", "17:44 passed"),
        (DEFAULT, "None", "Random key", "–", "Not checked"),
    ],
)
def test_a_row_says_what_the_mock_up_says(given: Standing, root_key: str, state: str, cause: str, check: str) -> None:
    assert (key_health.key_words(given), key_health.key_state_words(given)) == (root_key, state)
    assert key_health.reason(given) == key_health.Reason(cause, check)


@pytest.mark.parametrize(
    ("given", "cause", "check"),
    [
        (standing(stopped(NodeKeyStatus.NOT_AUTHORIZED), authorization=NEVER_AUTHORIZED), "Never authorized", None),
        (standing(stopped(NodeKeyStatus.NOT_AUTHORIZED), authorization=AuthorizationFacts()), "Access refused", None),
        (standing(stopped(NodeKeyStatus.NOT_CONNECTED), hsm=hsm(exists=False)), "acme-hpcs is deleted", None),
        (
            standing(stopped(NodeKeyStatus.NOT_CONNECTED, **CHECKED), hsm=hsm(initialised=False)),
            "Crypto units not initialized",
            "17:44 no answer",
        ),
        (
            standing(stopped(NodeKeyStatus.NOT_CONNECTED, http_status=503, **CHECKED)),
            "No path to acme-hpcs",
            "17:44 failed (503)",
        ),
        (standing(nodes(NodeKeyStatus.CONNECTED), key=key(state=KeyState.DEACTIVATED)), "Key expired", None),
        (standing(nodes(NodeKeyStatus.CHECKING)), "First key check under way", "No check yet"),
        (standing((), instance_state=InstanceState.PROVISIONING), "Creating the nodes", "No check yet"),
        (
            standing((), instance_state=InstanceState.FAILED, failure="The root key does not exist."),
            "Failed: the root key does not exist",
            None,
        ),
        (standing((node(1), node(2), node(3, state=NodeState.STOPPED))), "Node 3 stopped", None),
        (standing((node(1), *(node(n, state=NodeState.RESTARTING) for n in (2, 3)))), "Nodes 2 and 3 restarting", None),
        (standing(nodes(NodeKeyStatus.CONNECTED), key=key(state=None), now=NOW + timedelta(days=60)), "–", None),
    ],
)
def test_other_rows_say_why_too(given: Standing, cause: str, check: str | None) -> None:
    found = key_health.reason(given)
    assert found.cause == cause
    assert check is None or found.last_check == check


def test_a_purged_key_and_last_year_are_named() -> None:
    gone = key(state=None, changed_at=at(9, 0, day=3))
    assert key_health.key_state_words(standing((), key=gone)) == "Purged 03 Nov"
    assert key_health.key_state_words(standing((), key=gone, now=NOW + timedelta(days=60))) == "Purged 03 Nov 2026"
    assert key_health.key_state_words(standing((), key=key(state=None))) == "Unknown key"


def test_worst_comes_first() -> None:
    broken = standing((node(1), node(2), node(3, state=NodeState.STOPPED)))
    aged = standing(nodes(NodeKeyStatus.CONNECTED), key=key(state=KeyState.DEACTIVATED))
    cut = standing(stopped(NodeKeyStatus.NOT_CONNECTED))
    expected = [ARCHIVE, CARDS, HR, cut, LEDGER, broken, aged, CONNECTED, DEFAULT]
    failed = standing((), instance_state=InstanceState.FAILED)
    making = standing(
        nodes(NodeKeyStatus.CHECKING, state=NodeState.CREATING), instance_state=InstanceState.PROVISIONING
    )
    assert sorted([making, failed], key=key_health.rank) == [failed, making]
    mixed = [*expected[1::2], *expected[::2]]
    assert sorted(mixed, key=key_health.rank) == expected


def test_the_summary_counts_nodes_by_status() -> None:
    found = key_health.summary([CONNECTED, CONNECTED, LEDGER, LEDGER, HR, CARDS, ARCHIVE, DEFAULT])
    assert (found.level, found.sentence) == (Level.ERROR, "5 of 8 instances need attention; 3 of them are stopped.")
    assert [(str(status), count) for status, count in found.counts] == [
        ("deleted", 3),
        ("not-authorized", 3),
        ("disabled", 3),
        ("not-connected", 2),
        ("connected", 10),
        ("default-key", 3),
    ]
    assert found.nodes == 24


@pytest.mark.parametrize(
    ("given", "level", "sentence"),
    [
        ([CONNECTED, DEFAULT], Level.SUCCESS, "All 2 instances can use their keys."),
        ([CONNECTED], Level.SUCCESS, "The instance can use its key."),
        ([CONNECTED, LEDGER], Level.WARNING, "1 of 2 instances needs attention; none is stopped."),
        ([CONNECTED, HR], Level.ERROR, "1 of 2 instances needs attention; it is stopped."),
        ([CARDS, HR], Level.ERROR, "2 of 2 instances need attention; all of them are stopped."),
        ([LEDGER, HR], Level.ERROR, "2 of 2 instances need attention; 1 of them is stopped."),
    ],
)
def test_the_summary_is_one_true_sentence(given: list[Standing], level: Level, sentence: str) -> None:
    found = key_health.summary(given)
    assert (found.level, found.sentence) == (level, sentence)


def test_an_instance_that_is_being_made_needs_nobody() -> None:
    made = standing(nodes(NodeKeyStatus.CHECKING, state=NodeState.CREATING), instance_state=InstanceState.PROVISIONING)
    assert not key_health.needs_attention(made) and not key_health.stopped(made)
    assert key_health.needs_attention(standing((), instance_state=InstanceState.FAILED))


def test_the_first_end_of_a_grace_period_is_known() -> None:
    assert key_health.grace_ends(LEDGER) == at(17, 53)
    assert key_health.grace_ends(CONNECTED) is None
