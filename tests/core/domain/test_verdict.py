"""The sentences of the Nodes page, word by word (mock-ups 01 to 04 first)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kyok.domain.cluster import InstanceState, NodeState
from kyok.domain.cures import CureKind
from kyok.domain.key_rules import DeletionRule, NodeKeyStatus
from kyok.domain.key_states import KeyState
from kyok.domain.standing import KeyFacts, Standing
from kyok.domain.verdict import Level, headline, stopped_since, verdict
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

S = NodeKeyStatus
DISABLED_KEY = key(state=KeyState.SUSPENDED, changed_by="ben@acme.example", changed_at=at(17, 30))
DELETED_KEY = key(state=KeyState.DESTROYED, changed_by="ben@acme.example", changed_at=at(16, 58))
CUT_ZONE = node(3, S.NOT_CONNECTED, since=at(17, 38, 35), grace_until=at(17, 53, 35), message="connection timed out")
SEALED_ZONE = replace(CUT_ZONE, state=NodeState.STOPPED, stopped_at=at(17, 53, 35), grace_until=None)
WELL = nodes(S.CONNECTED, last_passed_at=at(17, 44, 38))
WAITS = node(1, state=NodeState.RESTARTING, message="waits for a second node to confirm what it holds")
MACHINE_STOPPED = node(2, state=NodeState.STOPPED, stopped_at=at(17, 40), message="the machine is stopped")
BACKUP = "7 backups remain, the latest of 02:00 today."

CASES: list[tuple[str, Standing, Level, str, str, CureKind | None]] = [
    (
        "01 all connected",
        standing(WELL),
        Level.SUCCESS,
        "All three nodes connected: the last key checks passed at 17:44 UTC.",
        (
            "Root key ledger-root in acme-hpcs protects this instance. "
            "Every node checks its access to the key once a minute."
        ),
        None,
    ),
    (
        "02 not authorized",
        standing(stopped(S.NOT_AUTHORIZED, at(17, 42), http_status=401), authorization=REMOVED),
        Level.ERROR,
        "All three nodes stopped at 17:42: the authorization was removed by anna@acme.example.",
        "No data is lost. Nodes restart by themselves once the authorization is back.",
        CureKind.RESTORE_AUTHORIZATION,
    ),
    (
        "03 one zone cut off",
        standing((*WELL[:2], CUT_ZONE)),
        Level.WARNING,
        "Node 3 not connected since 17:38: us-south-3 cannot reach acme-hpcs (connection timed out).",
        (
            "Nodes 1 and 2 are not affected. "
            "Node 3 keeps running for 15 minutes of grace and stops at 17:53 unless a check passes first."
        ),
        None,
    ),
    (
        "04 deleted under discard",
        standing(stopped(S.DELETED, at(16, 59)), key=DELETED_KEY, data_key_destroyed=True),
        Level.ERROR,
        "All three nodes stopped at 16:59: ledger-root was deleted by ben@acme.example.",
        f"The data here cannot be read again. {BACKUP}",
        CureKind.RESTORE_BACKUP,
    ),
    (
        "deleted without backups has no cure",
        standing(stopped(S.DELETED, at(16, 59)), key=DELETED_KEY, data_key_destroyed=True, backups=0),
        Level.ERROR,
        "All three nodes stopped at 16:59: ledger-root was deleted by ben@acme.example.",
        "The data here cannot be read again. No backup remains.",
        None,
    ),
    (
        "deleted under discard, the key restored meanwhile",
        standing(stopped(S.DELETED, at(16, 59)), data_key_destroyed=True, backups=1),
        Level.ERROR,
        "All three nodes stopped at 16:59: ledger-root was deleted.",
        "The data here cannot be read again. 1 backup remains, of 02:00 today.",
        CureKind.RESTORE_BACKUP,
    ),
    (
        "deleted under keep",
        standing(stopped(S.DELETED, at(16, 59)), key=DELETED_KEY, rule=DeletionRule.KEEP),
        Level.ERROR,
        "All three nodes stopped at 16:59: ledger-root was deleted by ben@acme.example.",
        "No data is lost. Nodes restart by themselves once the key is restored, possible until 23 Dec 2026.",
        CureKind.RESTORE_KEY,
    ),
    (
        "deleted under keep and not authorized",
        standing(stopped(S.DELETED, at(16, 59)), key=DELETED_KEY, rule=DeletionRule.KEEP, authorization=REMOVED),
        Level.ERROR,
        "All three nodes stopped at 16:59: ledger-root was deleted by ben@acme.example.",
        (
            "No data is lost. Nodes restart by themselves once the key is restored, possible until 23 Dec 2026. "
            "The authorization is missing as well."
        ),
        CureKind.RESTORE_KEY,
    ),
    (
        "deleted under keep, too long ago",
        standing(
            stopped(S.DELETED, at(16, 59)),
            key=replace(DELETED_KEY, changed_at=NOW - timedelta(days=31)),
            rule=DeletionRule.KEEP,
        ),
        Level.ERROR,
        "All three nodes stopped at 16:59: ledger-root was deleted by ben@acme.example.",
        f"ledger-root can no longer be restored. {BACKUP}",
        CureKind.RESTORE_BACKUP,
    ),
    (
        "purged under keep",
        standing(stopped(S.DELETED, at(16, 59)), key=key(state=None), rule=DeletionRule.KEEP),
        Level.ERROR,
        "All three nodes stopped at 16:59: ledger-root was deleted.",
        f"ledger-root is purged: the data here cannot be read again. {BACKUP}",
        CureKind.RESTORE_BACKUP,
    ),
    (
        "disabled",
        standing(stopped(S.DISABLED, at(17, 30)), key=DISABLED_KEY),
        Level.ERROR,
        "All three nodes stopped at 17:30: ledger-root was disabled by ben@acme.example.",
        "No data is lost. Nodes restart by themselves once the key is enabled.",
        CureKind.ENABLE_KEY,
    ),
    (
        "disabled yesterday",
        standing(stopped(S.DISABLED, at(20, 30, day=22)), key=DISABLED_KEY),
        Level.ERROR,
        "All three nodes stopped on 22 Nov at 20:30: ledger-root was disabled by ben@acme.example.",
        "No data is lost. Nodes restart by themselves once the key is enabled.",
        CureKind.ENABLE_KEY,
    ),
    (
        "disabled and the authorization gone",
        standing(stopped(S.DISABLED, at(17, 30)), key=DISABLED_KEY, authorization=REMOVED),
        Level.ERROR,
        "All three nodes stopped at 17:30: ledger-root was disabled by ben@acme.example.",
        "No data is lost. The authorization is missing as well: nodes restart once both are cured.",
        CureKind.ENABLE_KEY,
    ),
    (
        "disabled, then expired: enabling would be refused",
        standing(stopped(S.DISABLED, at(17, 30)), key=replace(DISABLED_KEY, expires_at=at(17, 40))),
        Level.ERROR,
        "All three nodes stopped at 17:30: ledger-root was disabled by ben@acme.example.",
        f"ledger-root has expired and cannot be enabled again. {BACKUP}",
        CureKind.RESTORE_BACKUP,
    ),
    (
        "disabled, enabled again, next check to come",
        standing(stopped(S.DISABLED, at(17, 30))),
        Level.ERROR,
        "All three nodes stopped at 17:30: ledger-root was disabled.",
        "No data is lost. Nodes restart by themselves once a key check passes.",
        None,
    ),
    (
        "disabled, enabled again, but the authorization gone meanwhile",
        standing(stopped(S.DISABLED, at(17, 30)), authorization=REMOVED),
        Level.ERROR,
        "All three nodes stopped at 17:30: ledger-root was disabled.",
        "No data is lost. Nodes restart by themselves once the authorization is back.",
        CureKind.RESTORE_AUTHORIZATION,
    ),
    (
        "never authorized",
        standing(stopped(S.NOT_AUTHORIZED, at(17, 42)), authorization=NEVER_AUTHORIZED),
        Level.ERROR,
        "All three nodes stopped at 17:42: no authorization lets them use acme-hpcs.",
        "No data is lost. Nodes restart by themselves once the authorization is back.",
        CureKind.RESTORE_AUTHORIZATION,
    ),
    (
        "refused although authorized",
        standing(stopped(S.NOT_AUTHORIZED, at(17, 42), http_status=403)),
        Level.ERROR,
        "All three nodes stopped at 17:42: acme-hpcs refused access (403).",
        "No data is lost. Nodes restart by themselves once a key check passes.",
        None,
    ),
    (
        "not authorized hides disabled",
        standing(stopped(S.NOT_AUTHORIZED, at(17, 42)), authorization=REMOVED, key=DISABLED_KEY),
        Level.ERROR,
        "All three nodes stopped at 17:42: the authorization was removed by anna@acme.example.",
        "No data is lost. ledger-root is disabled as well: nodes restart once both are cured.",
        CureKind.RESTORE_AUTHORIZATION,
    ),
    (
        "not authorized hides deleted: the key must come back first",
        standing(stopped(S.NOT_AUTHORIZED, at(17, 42)), authorization=REMOVED, key=DELETED_KEY),
        Level.ERROR,
        "All three nodes stopped at 17:42: the authorization was removed by anna@acme.example.",
        (
            "No data is lost yet. ledger-root is deleted as well: restore it first, "
            "before the nodes learn of it and their data key is destroyed."
        ),
        CureKind.RESTORE_KEY,
    ),
    (
        "the same under keep",
        standing(stopped(S.NOT_AUTHORIZED, at(17, 42)), authorization=REMOVED, key=DELETED_KEY, rule=DeletionRule.KEEP),
        Level.ERROR,
        "All three nodes stopped at 17:42: the authorization was removed by anna@acme.example.",
        "No data is lost yet. ledger-root is deleted as well: restore it first.",
        CureKind.RESTORE_KEY,
    ),
    (
        "one zone cut off for longer than the grace period",
        standing((*WELL[:2], SEALED_ZONE), now=at(18, 0)),
        Level.WARNING,
        "Node 3 stopped at 17:53: us-south-3 cannot reach acme-hpcs (connection timed out).",
        "Nodes 1 and 2 are not affected. No data is lost. Nodes restart by themselves once a key check passes.",
        None,
    ),
    (
        "no zone reaches the HSM, in grace",
        standing(nodes(S.NOT_CONNECTED, since=at(17, 44), grace_until=at(17, 59), message="connection timed out")),
        Level.WARNING,
        "All three nodes not connected since 17:44: no zone can reach acme-hpcs (connection timed out).",
        "All three nodes keep running for 15 minutes of grace and stop at 17:59 unless a check passes first.",
        None,
    ),
    (
        "no zone reaches the HSM, sealed, and the key was disabled too",
        standing(stopped(S.NOT_CONNECTED, at(17, 42)), key=DISABLED_KEY, authorization=REMOVED),
        Level.ERROR,
        "All three nodes stopped at 17:42: no zone can reach acme-hpcs (no answer).",
        (
            "No data is lost. Nodes restart by themselves once a key check passes. "
            "ledger-root is disabled as well. The authorization is missing as well."
        ),
        None,
    ),
    (
        "HSM not initialized, nothing brings the master key back",
        standing(stopped(S.NOT_CONNECTED, at(17, 42)), hsm=hsm(initialised=False)),
        Level.ERROR,
        "All three nodes stopped at 17:42: the crypto units of acme-hpcs are not initialized.",
        (
            "Without its master key no root key of acme-hpcs can be used, and a new master key does not bring them "
            "back. "
            f"{BACKUP}"
        ),
        CureKind.RESTORE_BACKUP,
    ),
    (
        "HSM not initialized, in grace, recoverable",
        standing(
            nodes(S.NOT_CONNECTED, since=at(17, 44), grace_until=at(17, 59)),
            hsm=hsm(initialised=False, recoverable=True),
        ),
        Level.WARNING,
        "All three nodes not connected since 17:44: the crypto units of acme-hpcs are not initialized.",
        (
            "All three nodes keep running for 15 minutes of grace and stop at 17:59 unless a check passes first. "
            "No data is lost. Nodes restart by themselves once the same master key is loaded again."
        ),
        CureKind.INITIALISE,
    ),
    (
        "HSM instance deleted, restorable",
        standing(stopped(S.NOT_CONNECTED, at(17, 42)), hsm=hsm(exists=False, restorable_until=at(17, 42, day=30))),
        Level.ERROR,
        "All three nodes stopped at 17:42: acme-hpcs is deleted.",
        "Restore acme-hpcs before 30 Nov 2026 17:42 UTC; nodes then restart by themselves.",
        None,
    ),
    (
        "HSM instance gone for good",
        standing(stopped(S.NOT_CONNECTED, at(17, 42)), hsm=hsm(exists=False)),
        Level.ERROR,
        "All three nodes stopped at 17:42: acme-hpcs is deleted.",
        f"Its keys are gone: the data here cannot be read again. {BACKUP}",
        CureKind.RESTORE_BACKUP,
    ),
    (
        "the key was disabled while one zone is cut off",
        standing((*stopped(S.DISABLED, at(17, 30))[:2], CUT_ZONE), key=DISABLED_KEY),
        Level.ERROR,
        "Nodes 1 and 2 stopped at 17:30: ledger-root was disabled by ben@acme.example.",
        "No data is lost. Nodes restart by themselves once the key is enabled. Node 3 is not connected.",
        CureKind.ENABLE_KEY,
    ),
    (
        "one machine stopped",
        standing(
            (
                *WELL[:2],
                node(3, state=NodeState.STOPPED, stopped_at=at(17, 40), message="the machine was stopped"),
            )
        ),
        Level.WARNING,
        "Node 3 stopped at 17:40: the machine was stopped.",
        "The other nodes keep the database running. Node 1 is the primary.",
        None,
    ),
    (
        "every machine failed",
        standing(nodes(S.CONNECTED, state=NodeState.FAILED)),
        Level.ERROR,
        "All three nodes failed: not because of its key.",
        "No data is lost.",
        None,
    ),
    (
        "two machines stopped, one of them in a zone that is cut off",
        standing((WELL[0], node(2, state=NodeState.STOPPED, stopped_at=at(17, 40)), SEALED_ZONE), now=at(18, 0)),
        Level.WARNING,
        "Node 3 stopped at 17:53: us-south-3 cannot reach acme-hpcs (connection timed out).",
        (
            "Node 1 is not affected. No data is lost. Nodes restart by themselves once a key check passes. "
            "Node 2 is stopped."
        ),
        None,
    ),
    (
        "one waits for a second, of which one machine is stopped and one cannot reach the HSM",
        standing((WAITS, MACHINE_STOPPED, SEALED_ZONE), now=at(18, 0)),
        Level.ERROR,
        "The database stopped at 17:53: it needs two nodes, and only node 1 can run.",
        (
            "No data is lost. Node 2 is stopped: the machine is stopped. "
            "Node 3 is not connected: us-south-3 cannot reach acme-hpcs (connection timed out). "
            "Node 1 serves again by itself once one of the others is back."
        ),
        None,
    ),
    (
        "one waits for a second, both machines are stopped",
        standing((WAITS, MACHINE_STOPPED, replace(MACHINE_STOPPED, number=3))),
        Level.ERROR,
        "The database stopped at 17:40: it needs two nodes, and only node 1 can run.",
        (
            "No data is lost. Nodes 2 and 3 are stopped: the machine is stopped. "
            "Node 1 serves again by itself once one of the others is back."
        ),
        None,
    ),
    (
        "one waits for a second, both zones are cut off",
        standing((WAITS, replace(SEALED_ZONE, number=2, zone="us-south-2"), SEALED_ZONE), now=at(18, 0)),
        Level.ERROR,
        "Nodes 2 and 3 stopped at 17:53: us-south-2 and us-south-3 cannot reach acme-hpcs (connection timed out).",
        (
            "No data is lost. Nodes restart by themselves once a key check passes. "
            "Node 1 is restarting: waits for a second node to confirm what it holds."
        ),
        None,
    ),
    (
        "restarting",
        standing(nodes(S.CONNECTED, state=NodeState.RESTARTING)),
        Level.INFO,
        "All three nodes are restarting.",
        "The key can be used.",
        None,
    ),
    (
        "starting",
        standing((*WELL[:2], node(3, S.CHECKING, state=NodeState.STOPPED))),
        Level.INFO,
        "Node 3 is starting: the first key check is under way.",
        "A node serves its data as soon as it has unwrapped the data key.",
        None,
    ),
    (
        "created with two of three nodes, since a zone was cut off",
        standing((*WELL[:2], replace(CUT_ZONE, state=NodeState.CREATING, grace_until=None))),
        Level.WARNING,
        "Node 3 is still to be made: us-south-3 cannot reach acme-hpcs (connection timed out).",
        (
            "Nodes 1 and 2 are not affected. Two of three nodes are enough to create an instance. "
            "The third is made by itself once its key check passes."
        ),
        None,
    ),
    (
        "the third node is still being created",
        standing((*WELL[:2], node(3, S.CHECKING, state=NodeState.CREATING))),
        Level.INFO,
        "Node 3 is still being created.",
        "The database serves already.",
        None,
    ),
    (
        "the third node is still being created under the default key",
        standing(
            (*nodes(S.DEFAULT_KEY)[:2], node(3, S.DEFAULT_KEY, state=NodeState.CREATING)),
            hsm=None,
            key=None,
            authorization=None,
        ),
        Level.INFO,
        "Node 3 is still being created.",
        "The database serves already.",
        None,
    ),
    (
        "creating",
        standing(nodes(S.CHECKING, state=NodeState.CREATING), instance_state=InstanceState.PROVISIONING),
        Level.INFO,
        "Creating the instance: 0 of 3 nodes are ready.",
        "Each node gets its own volume in its own zone and unwraps the data key itself.",
        None,
    ),
    (
        "default key",
        standing(nodes(S.DEFAULT_KEY), hsm=None, key=None, authorization=None),
        Level.SUCCESS,
        "All three nodes run under the automatic disk encryption key.",
        "This instance was created without a root key of yours. A key can be chosen only at creation.",
        None,
    ),
    (
        "expired",
        standing(WELL, key=key(state=KeyState.DEACTIVATED)),
        Level.WARNING,
        "All three nodes connected, but ledger-root has expired.",
        (
            "The nodes go on: an expired key still unwraps. It wraps nothing new, so no new instance and no restore "
            "can use it."
        ),
        None,
    ),
    (
        "failed provisioning",
        standing((), instance_state=InstanceState.FAILED, failure="The root key does not exist."),
        Level.ERROR,
        "Provisioning failed: the root key does not exist.",
        "Nothing half-made remains: no node, no volume, no data key. Delete this instance and create it again.",
        None,
    ),
    (
        "deleted instance",
        standing(
            nodes(S.CONNECTED, state=NodeState.DISABLED),
            instance_state=InstanceState.PENDING_RECLAMATION,
            restorable_until=at(16, 20, day=30),
        ),
        Level.WARNING,
        "This instance is deleted. It can be restored until 30 Nov 2026 16:20 UTC.",
        "All nodes are disabled. Volumes and backups are kept until then.",
        None,
    ),
    (
        "removed instance",
        standing((), instance_state=InstanceState.REMOVED),
        Level.INFO,
        "This instance was deleted for good.",
        "Its volumes, data key and backups are gone.",
        None,
    ),
]


@pytest.mark.parametrize(
    ("facts", "level", "sentence", "detail", "cure"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_the_verdict(facts: Standing, level: Level, sentence: str, detail: str, cure: CureKind | None) -> None:
    found = verdict(facts)
    assert (found.level, found.sentence, found.detail) == (level, sentence, detail)
    assert (found.cure.kind if found.cure else None) == cure
    assert found.status is facts.worst


def test_labels_of_the_cure_button() -> None:
    labels = {}
    for _, facts, *_ in CASES:
        cure = verdict(facts).cure
        if cure:
            labels.setdefault(cure.kind, set()).add(cure.label)
    assert labels == {
        CureKind.RESTORE_AUTHORIZATION: {"Restore authorization", "Create authorization"},
        CureKind.ENABLE_KEY: {"Enable key"},
        CureKind.RESTORE_KEY: {"Restore key"},
        CureKind.RESTORE_BACKUP: {"Restore backup into a new instance"},
        CureKind.INITIALISE: {"Initialize crypto units"},
    }


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        (
            standing(stopped(S.DISABLED), key=replace(DISABLED_KEY, changed_at=at(17, 44, 50))),
            CureKind.ENABLE_KEY,
        ),
        (
            standing(stopped(S.DELETED), key=replace(DELETED_KEY, changed_at=at(17, 44, 50)), rule=DeletionRule.KEEP),
            CureKind.RESTORE_KEY,
        ),
    ],
)
def test_a_cure_that_would_be_refused_for_30_seconds_says_from_when(facts: Standing, kind: CureKind) -> None:
    cure = verdict(facts).cure
    assert cure is not None
    assert cure.kind is kind
    assert cure.available_from == at(17, 45, 20)
    later = verdict(replace_now(facts, 20)).cure
    assert later is not None
    assert later.available_from is None


def replace_now(facts: Standing, seconds: float) -> Standing:
    return Standing(
        now=facts.now + timedelta(seconds=seconds),
        nodes=facts.nodes,
        hsm=facts.hsm,
        key=facts.key,
        authorization=facts.authorization,
        rule=facts.rule,
    )


def test_no_cure_is_offered_that_the_state_of_things_would_refuse() -> None:
    """Whatever is wrong with key, HSM and authorization together: the button always does something that helps."""
    for status in (S.DELETED, S.NOT_AUTHORIZED, S.DISABLED, S.NOT_CONNECTED):
        for state in (*KeyState, None):
            for authorization in (REMOVED, NEVER_AUTHORIZED, standing(()).authorization):
                for holder in (hsm(), hsm(exists=False), hsm(initialised=False)):
                    facts = standing(
                        stopped(status),
                        key=KeyFacts("k", state, changed_at=at(12, 0)),
                        hsm=holder,
                        authorization=authorization,
                        rule=DeletionRule.KEEP,
                        backups=0,
                    )
                    cure = verdict(facts).cure
                    if cure is None:
                        continue
                    assert holder.exists
                    assert holder.initialised
                    if cure.kind is CureKind.ENABLE_KEY:
                        assert state is KeyState.SUSPENDED
                    elif cure.kind is CureKind.RESTORE_KEY:
                        assert state is KeyState.DESTROYED
                    else:
                        assert cure.kind is CureKind.RESTORE_AUTHORIZATION
                        assert authorization is not None
                        assert not authorization.in_force


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (standing(WELL), "Running, key connected"),
        (standing(stopped(S.NOT_AUTHORIZED)), "Stopped, not authorized"),
        (standing((*WELL[:2], CUT_ZONE)), "Running, node 3 not connected"),
        (standing(stopped(S.DELETED)), "Stopped, key deleted"),
        (standing(stopped(S.DISABLED)), "Stopped, key disabled"),
        (standing(nodes(S.DEFAULT_KEY), hsm=None, key=None, authorization=None), "Running, default key"),
        (standing(nodes(S.CHECKING, state=NodeState.CREATING)), "Creating nodes"),
        (standing((), instance_state=InstanceState.FAILED), "Failed"),
        (standing((), instance_state=InstanceState.PENDING_RECLAMATION), "Deleted, restorable"),
    ],
)
def test_headlines(facts: Standing, words: str) -> None:
    assert headline(facts) == words


def test_since_when_nodes_are_stopped() -> None:
    assert stopped_since(standing(stopped(S.DISABLED, at(17, 30)))) == at(17, 30)
    assert stopped_since(standing(WELL)) is None
