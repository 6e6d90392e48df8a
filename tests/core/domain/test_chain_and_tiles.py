from dataclasses import replace

import pytest

from kyok.domain.chain import chain
from kyok.domain.cluster import NodeState
from kyok.domain.key_rules import DeletionRule, NodeKeyStatus
from kyok.domain.key_states import KeyState
from kyok.domain.tiles import tile
from kyok.domain.verdict import Level
from tests.core.domain.facts import NEVER_AUTHORIZED, REMOVED, at, hsm, key, node, nodes, standing, stopped

S = NodeKeyStatus
WELL = nodes(S.CONNECTED)
DELETED = key(state=KeyState.DESTROYED, changed_by="ben@acme.example", changed_at=at(16, 58))
SUSPENDED = key(state=KeyState.SUSPENDED, changed_by="ben@acme.example", changed_at=at(17, 30))
CUT_ZONE = node(3, S.NOT_CONNECTED, since=at(17, 38, 35), grace_until=at(17, 53, 35), message="connection timed out")


def words(facts: object) -> list[tuple[str, str, str]]:
    return [(link.name, link.line, link.word) for link in chain(facts)]  # type: ignore[arg-type]


def test_all_is_well() -> None:
    assert words(standing(WELL)) == [
        ("acme-hpcs", "us-south, 2 crypto units", "Active"),
        ("ledger-root, version 3", "Key ring ledger", "Active"),
        ("Reader", "PostgreSQL → acme-hpcs", "In force"),
        ("One key, AES-256", "Under version 3 since 09:00", "Unwrapped by 3 nodes"),
        ("3 nodes, 3 zones", "1 primary, 2 secondary", "3 of 3 connected"),
    ]
    assert {link.level for link in chain(standing(WELL))} == {Level.SUCCESS}
    assert not any(link.broken or link.cut_off for link in chain(standing(WELL)))


def test_the_authorization_was_removed() -> None:
    links = chain(standing(stopped(S.NOT_AUTHORIZED), authorization=REMOVED))
    assert [link.broken for link in links] == [False, False, True, False, False]
    assert [link.cut_off for link in links] == [False, False, False, True, True]
    assert links[2].word == "Removed 17:41 by anna"
    assert (links[3].word, links[3].level) == ("Kept, not readable now", None)
    assert (links[4].word, links[4].level) == ("0 of 3 connected", Level.ERROR)


def test_a_zone_is_cut_off() -> None:
    links = chain(standing((*WELL[:2], CUT_ZONE)))
    assert (links[0].line, links[0].word) == ("Reached from 2 of 3 zones", "No path from us-south-3")
    assert (links[0].level, links[0].broken) == (Level.WARNING, True)
    assert links[3].word == "Confirmed by 2 nodes"
    assert (links[4].word, links[4].level) == ("2 of 3 connected", Level.WARNING)
    assert not any(link.cut_off for link in links)


def test_the_root_key_was_deleted() -> None:
    links = chain(standing(stopped(S.DELETED), key=DELETED))
    assert (links[1].line, links[1].word, links[1].broken) == ("Deleted 16:58 by ben", "Destroyed", True)
    assert links[3].word == "Cannot be unwrapped"
    kept = chain(standing(stopped(S.DELETED), key=DELETED, rule=DeletionRule.KEEP))
    assert kept[3].word == "Kept, not readable now"
    destroyed = chain(standing(stopped(S.DELETED), key=DELETED, data_key_destroyed=True))
    assert (destroyed[3].word, destroyed[3].level) == ("Destroyed", Level.ERROR)


@pytest.mark.parametrize(
    ("facts", "position", "line", "word"),
    [
        (standing(stopped(S.DISABLED), key=SUSPENDED), 1, "Disabled 17:30 by ben", "Suspended"),
        (standing(WELL, key=key(state=KeyState.DEACTIVATED)), 1, "Key ring ledger", "Deactivated, still unwraps"),
        (standing(stopped(S.DELETED), key=key(state=None)), 1, "Key ring ledger", "Purged"),
        (
            standing(stopped(S.NOT_AUTHORIZED), authorization=NEVER_AUTHORIZED),
            2,
            "PostgreSQL → acme-hpcs",
            "Missing",
        ),
        (
            standing(stopped(S.NOT_CONNECTED), hsm=hsm(initialised=False)),
            0,
            "us-south, 2 crypto units",
            "Not initialized",
        ),
        (
            standing(stopped(S.NOT_CONNECTED), hsm=hsm(exists=False)),
            0,
            "us-south, 2 crypto units",
            "Instance not found",
        ),
        (
            standing(stopped(S.NOT_CONNECTED), hsm=hsm(exists=False, restorable_until=at(12, 0, day=30))),
            0,
            "us-south, 2 crypto units",
            "Deleted, restorable",
        ),
        (standing(stopped(S.NOT_CONNECTED)), 0, "Reached from 0 of 3 zones", "No path from any zone"),
        (standing(nodes(S.CHECKING)), 4, "1 primary, 2 secondary", "0 of 3 connected"),
        (standing(()), 4, "None yet", "0 of 0 connected"),
    ],
)
def test_other_links(facts: object, position: int, line: str, word: str) -> None:
    link = chain(facts)[position]  # type: ignore[arg-type]
    assert (link.line, link.word) == (line, word)


def test_key_protect_has_no_crypto_units() -> None:
    link = chain(standing(WELL, hsm=hsm(name="acme-kp", units=0, is_hpcs=False)))[0]
    assert (link.title, link.line) == ("HSM (Key Protect)", "us-south")


def test_the_default_key_has_a_short_chain() -> None:
    links = chain(standing(nodes(S.DEFAULT_KEY), hsm=None, key=None, authorization=None))
    assert [link.id for link in links] == ["data-key", "nodes"]
    assert links[1].word == "3 of 3 running"


def test_a_connected_node() -> None:
    facts = node(1, last_passed_at=at(17, 44, 38), next_check_at=at(17, 45, 38), latency_ms=4.2)
    shown = tile(facts, standing(WELL))
    assert (shown.word, shown.reason, shown.pill) == ("Connected", "No problem found.", "")
    assert (shown.last_unwrap, shown.latency) == ("17:44:38 UTC", "4 ms")
    assert (shown.next_label, shown.next_value) == ("Next check", "in 38 s")
    assert (shown.role, shown.zone, shown.state, shown.lag) == ("Primary", "us-south-1", "Running", "–")


def test_a_node_in_its_grace_period() -> None:
    shown = tile(replace(CUT_ZONE, lag_seconds=1), standing(WELL))
    assert (shown.word, shown.reason) == ("Not connected", "Connection timed out since 17:38:35.")
    assert (shown.pill, shown.next_label, shown.next_value) == ("Stops in 8 min 35 s", "Stops at", "17:53:35 UTC")
    assert (shown.latency, shown.last_unwrap, shown.lag) == ("–", "–", "1 s")


@pytest.mark.parametrize(
    ("facts", "more", "reason"),
    [
        (node(1, S.NOT_AUTHORIZED, http_status=401), {}, "Access denied (401): no authorization."),
        (node(1, S.DELETED), {"key": DELETED}, "Root key destroyed by ben@acme.example."),
        (node(1, S.DISABLED), {"key": SUSPENDED}, "Root key disabled by ben@acme.example."),
        (node(1, S.DISABLED), {}, "Root key disabled."),
        (
            node(1, S.NOT_CONNECTED, code="CKR_IBM_WK_NOT_INITIALIZED", since=at(17, 0)),
            {},
            "Crypto units not initialized since 17:00:00.",
        ),
        (node(1, S.NOT_CONNECTED), {}, "No answer."),
        (node(1, S.CHECKING), {}, "First key check under way."),
        (node(1, S.DEFAULT_KEY), {}, "The service keeps this key itself."),
        (node(1, state=NodeState.STOPPED, message="the machine was stopped"), {}, "The machine was stopped."),
    ],
)
def test_why_a_node_has_its_status(facts: object, more: dict[str, object], reason: str) -> None:
    assert tile(facts, standing(WELL, **more)).reason == reason  # type: ignore[arg-type]


def test_when_the_next_check_comes() -> None:
    assert tile(node(1), standing(WELL)).next_value == "none"
    assert tile(node(1, next_check_at=at(17, 44)), standing(WELL)).next_value == "now"
    assert tile(node(1, latency_ms=0.2), standing(WELL)).latency == "< 1 ms"
