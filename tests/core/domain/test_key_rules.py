from datetime import UTC, datetime, timedelta

import pytest

from kyok.domain.key_rules import (
    Answer,
    AnswerKind,
    DeletionRule,
    NodeKeyStatus,
    StoppedReason,
    after_check,
    after_grace,
    classify,
    fresh,
    status_of,
    stopped_reason,
    with_default_key,
    worst,
)

NOW = datetime(2026, 11, 23, 17, 45, tzinfo=UTC)
GRACE = timedelta(seconds=60)
PASSED = classify(200)
DISABLED = classify(409, "KEY_ACTION_INVALID_STATE_ERR")
FORBIDDEN = classify(401, "UNAUTHORIZED_ERR")
GONE = classify(410, "KEY_DELETED_ERR")
CUT = classify(None, "CONNECTION_TIMED_OUT", "connection timed out")


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("http_status", "code", "message", "kind", "status"),
    [
        (200, None, "", AnswerKind.PASSED, NodeKeyStatus.CONNECTED),
        (401, "UNAUTHORIZED_ERR", "", AnswerKind.DENIED, NodeKeyStatus.NOT_AUTHORIZED),
        (403, None, "", AnswerKind.DENIED, NodeKeyStatus.NOT_AUTHORIZED),
        (409, "KEY_ACTION_INVALID_STATE_ERR", "", AnswerKind.DENIED, NodeKeyStatus.DISABLED),
        (410, "KEY_DELETED_ERR", "", AnswerKind.DENIED, NodeKeyStatus.DELETED),
        (404, "KEY_NOT_FOUND_ERR", "", AnswerKind.DENIED, NodeKeyStatus.DELETED),
        (404, "INSTANCE_NOT_FOUND_ERR", "", AnswerKind.DENIED, NodeKeyStatus.NOT_CONNECTED),
        (404, None, "", AnswerKind.DENIED, NodeKeyStatus.NOT_CONNECTED),
        (None, None, "timed out", AnswerKind.UNREACHABLE, NodeKeyStatus.NOT_CONNECTED),
        (500, None, "", AnswerKind.UNREACHABLE, NodeKeyStatus.NOT_CONNECTED),
        (503, None, "", AnswerKind.UNREACHABLE, NodeKeyStatus.NOT_CONNECTED),
        (429, None, "", AnswerKind.UNREACHABLE, NodeKeyStatus.NOT_CONNECTED),
        (422, "UNPROCESSABLE_CIPHERTEXT_ERR", "", AnswerKind.UNREACHABLE, NodeKeyStatus.NOT_CONNECTED),
        (
            400,
            None,
            "rpc error: CKR_IBM_WK_NOT_INITIALIZED in m_UnwrapKey",
            AnswerKind.UNREACHABLE,
            NodeKeyStatus.NOT_CONNECTED,
        ),
    ],
)
def test_what_an_answer_means(
    http_status: int | None, code: str | None, message: str, kind: AnswerKind, status: NodeKeyStatus
) -> None:
    answer = classify(http_status, code, message)
    assert (answer.kind, status_of(answer)) == (kind, status)


def test_an_hsm_without_master_key_is_named_by_its_code() -> None:
    assert classify(400, None, "x CKR_IBM_WK_NOT_INITIALIZED y").code == "CKR_IBM_WK_NOT_INITIALIZED"


@pytest.mark.parametrize(
    ("status", "running", "reason"),
    [
        (NodeKeyStatus.DELETED, False, StoppedReason.EXTERNAL_KEY_DELETED),
        (NodeKeyStatus.DISABLED, False, StoppedReason.EXTERNAL_KEY_UNKNOWN),
        (NodeKeyStatus.NOT_AUTHORIZED, False, StoppedReason.EXTERNAL_KEY_UNKNOWN),
        (NodeKeyStatus.NOT_CONNECTED, False, StoppedReason.EXTERNAL_KEY_UNKNOWN),
        (NodeKeyStatus.CONNECTED, False, StoppedReason.UNKNOWN),
        (NodeKeyStatus.DEFAULT_KEY, False, StoppedReason.UNKNOWN),
        (NodeKeyStatus.CONNECTED, True, StoppedReason.NONE),
        (NodeKeyStatus.NOT_CONNECTED, True, StoppedReason.NONE),
    ],
)
def test_stopped_reasons(status: NodeKeyStatus, running: bool, reason: StoppedReason) -> None:
    assert stopped_reason(status, running=running) is reason


def test_words() -> None:
    assert [status.word for status in NodeKeyStatus] == [
        "Default key",
        "Connected",
        "Disabled",
        "Not authorized",
        "Not connected",
        "Deleted",
        "Checking",
    ]
    assert NodeKeyStatus.NOT_AUTHORIZED.in_sentence == "not authorized"
    assert "destroys" in DeletionRule.DISCARD.consequence
    assert "return" in DeletionRule.KEEP.consequence


def test_the_worst_node_names_the_instance() -> None:
    status = NodeKeyStatus
    assert worst([status.CONNECTED, status.NOT_CONNECTED, status.CONNECTED]) is status.NOT_CONNECTED
    assert worst([status.DISABLED, status.DELETED]) is status.DELETED
    assert worst([]) is status.CHECKING


@pytest.mark.parametrize("answer", [DISABLED, FORBIDDEN])
def test_a_denial_seals_at_once_and_a_pass_brings_the_node_back(answer: Answer) -> None:
    running = after_check(fresh(NOW), PASSED, NOW)
    assert not running.sealed
    denied = after_check(running, answer, later(30))
    assert denied.sealed
    assert not denied.final
    assert denied.since == later(30)
    back = after_check(denied, PASSED, later(60))
    assert (back.sealed, back.status) == (False, NodeKeyStatus.CONNECTED)


def test_an_unreachable_key_seals_after_the_grace_period() -> None:
    running = after_check(fresh(NOW), PASSED, NOW)
    cut = after_check(running, CUT, later(30), grace=GRACE)
    assert (cut.sealed, cut.grace_until, cut.since) == (False, later(90), later(30))
    again = after_check(cut, CUT, later(60), grace=GRACE)
    assert (again.grace_until, again.since) == (later(90), later(30))
    assert after_grace(again, later(89)) is again
    sealed = after_grace(again, later(90))
    assert (sealed.sealed, sealed.grace_until, sealed.status) == (True, None, NodeKeyStatus.NOT_CONNECTED)
    assert after_grace(sealed, later(100)) is sealed


def test_a_pass_during_grace_ends_it() -> None:
    cut = after_check(after_check(fresh(NOW), PASSED, NOW), CUT, later(30), grace=GRACE)
    back = after_check(cut, PASSED, later(45), grace=GRACE)
    assert (back.sealed, back.grace_until) == (False, None)


def test_a_late_check_finds_the_grace_period_over() -> None:
    cut = after_check(after_check(fresh(NOW), PASSED, NOW), CUT, later(30), grace=GRACE)
    assert after_check(cut, CUT, later(500), grace=GRACE).sealed


def test_without_grace_the_first_silence_seals() -> None:
    running = after_check(fresh(NOW), PASSED, NOW)
    assert after_check(running, CUT, later(1), grace=timedelta(0)).sealed


def test_a_node_that_starts_without_its_key_gets_no_grace() -> None:
    assert after_check(fresh(NOW), CUT, later(1), grace=GRACE).sealed


def test_a_sealed_node_stays_sealed_when_the_cause_changes() -> None:
    denied = after_check(fresh(NOW), FORBIDDEN, NOW)
    silent = after_check(denied, CUT, later(30), grace=GRACE)
    assert (silent.sealed, silent.status, silent.grace_until) == (True, NodeKeyStatus.NOT_CONNECTED, None)
    assert after_check(silent, DISABLED, later(60)).status is NodeKeyStatus.DISABLED


def test_the_last_answer_alone_names_the_status() -> None:
    disabled = after_check(fresh(NOW), DISABLED, NOW)
    assert after_check(disabled, FORBIDDEN, later(1)).status is NodeKeyStatus.NOT_AUTHORIZED


def test_deleted_is_final_under_discard_only() -> None:
    running = after_check(fresh(NOW), PASSED, NOW)
    lost = after_check(running, GONE, later(30), rule=DeletionRule.DISCARD)
    assert lost.final
    assert after_check(lost, PASSED, later(60)) is lost
    kept = after_check(running, GONE, later(30), rule=DeletionRule.KEEP)
    assert not kept.final
    assert after_check(kept, PASSED, later(60), rule=DeletionRule.KEEP).status is NodeKeyStatus.CONNECTED


def test_the_default_key_is_never_checked() -> None:
    standing = with_default_key(NOW)
    assert after_check(standing, FORBIDDEN, later(30)) is standing
    assert not standing.sealed


def test_an_expired_key_still_passes() -> None:
    assert status_of(classify(200)) is NodeKeyStatus.CONNECTED
