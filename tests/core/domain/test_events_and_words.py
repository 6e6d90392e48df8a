from datetime import UTC, datetime, timedelta

import pytest

from kyok.domain import cluster, events, texts
from kyok.domain.events import Outcome, Severity

NOW = datetime(2026, 11, 23, 17, 45, tzinfo=UTC)


@pytest.mark.parametrize(
    ("action", "status", "severity"),
    [
        ("hs-crypto.secrets.delete", 204, Severity.CRITICAL),
        ("hs-crypto.secrets.disable", 204, Severity.WARNING),
        ("hs-crypto.secrets.unwrap", 200, Severity.NORMAL),
        ("hs-crypto.secrets.unwrap", 401, Severity.CRITICAL),
        ("hs-crypto.secrets.unwrap", 409, Severity.WARNING),
        ("hs-crypto.secrets.unwrap", 410, Severity.NORMAL),
        ("hs-crypto.tke-cryptounit-admin.add", None, Severity.CRITICAL),
        ("hs-crypto.tke-cryptounit.read", 200, Severity.NORMAL),
        ("iam-am.policy.delete", 204, Severity.CRITICAL),
        ("hyperp-dbaas-postgresql.node.stop", None, Severity.CRITICAL),
        ("hyperp-dbaas-postgresql.backup.create", None, Severity.NORMAL),
        ("kms.instance-policies.write", 204, Severity.WARNING),
    ],
)
def test_severity(action: str, status: int | None, severity: Severity) -> None:
    assert events.severity(action, status) is severity


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("hs-crypto.secrets.disable",), "Key disabled"),
        (("hs-crypto.secrets.unwrap", Outcome.FAILURE, 401), "Unwrap denied (401)"),
        (("hs-crypto.secrets.create", "failure", 400), "Create key failed (400)"),
        (("hs-crypto.secrets.create", "failure"), "Create key failed"),
        (("hyperp-dbaas-postgresql.node.stop", "success", None, "not authorized"), "Nodes stopped: not authorized"),
        (("hs-crypto.secrets.rotate", "success", 204, "to version 3"), "Key rotated to version 3"),
        (("hyperp-dbaas-postgresql.cluster.create", "pending"), "Create database cluster started"),
        (("x.y.z",), "x.y.z"),
    ],
)
def test_titles(arguments: tuple[object, ...], words: str) -> None:
    assert events.title(*arguments) == words  # type: ignore[arg-type]


def test_what_one_node_did_is_said_of_one_node() -> None:
    start = "hyperp-dbaas-postgresql.node.start"
    assert events.title(start, by="Node 1") == "Node started"
    assert events.title(start, by="2 nodes") == "Nodes started"
    assert events.title("hyperp-dbaas-postgresql.key.check", by="Node 1") == "Key check"


def test_outcome_and_severity_words() -> None:
    assert [outcome.word for outcome in Outcome] == ["Success", "Failed", "Pending"]
    assert [severity.word for severity in Severity] == ["Normal", "Warning", "Critical"]


def test_every_state_has_a_word() -> None:
    for kind in (
        cluster.InstanceState,
        cluster.ClusterState,
        cluster.NodeState,
        cluster.ReplicaState,
        cluster.TaskState,
        cluster.TaskType,
        cluster.BackupType,
        cluster.UnitState,
    ):
        assert all(state.word[0].isupper() for state in kind)
    assert cluster.ClusterState.PROVISIONED.word == "Running"
    assert cluster.InstanceState.PENDING_RECLAMATION.word == "Deleted, restorable"
    assert cluster.UnitState.IMPRINT.word == "Imprint mode"


def test_times() -> None:
    assert texts.date(NOW) == "23 Nov 2026"
    assert texts.date_time(NOW) == "23 Nov 2026 17:45 UTC"
    assert texts.time(NOW, seconds=True) == "17:45:00"
    assert texts.time(datetime.fromisoformat("2026-11-23T18:45:00+01:00")) == "17:45"


@pytest.mark.parametrize(
    ("moment", "when", "when_day", "at"),
    [
        (NOW - timedelta(minutes=3), "17:42", "17:42 today", "at 17:42"),
        (NOW - timedelta(days=1), "22 Nov 17:45", "17:45 yesterday", "on 22 Nov at 17:45"),
        (NOW - timedelta(days=3), "20 Nov 17:45", "20 Nov 17:45", "on 20 Nov at 17:45"),
        (NOW - timedelta(days=400), "19 Oct 2025 17:45", "19 Oct 2025 17:45", "on 19 Oct 2025 at 17:45"),
    ],
)
def test_moments(moment: datetime, when: str, when_day: str, at: str) -> None:
    assert (texts.when(moment, NOW), texts.when_day(moment, NOW), texts.at(moment, NOW)) == (when, when_day, at)


@pytest.mark.parametrize(
    ("seconds", "span", "words"),
    [
        (38, "38 s", "38 seconds"),
        (60, "1 min", "1 minute"),
        (515, "8 min 35 s", "8 min 35 s"),
        (900, "15 min", "15 minutes"),
        (3600, "1 h", "1 hour"),
        (11100, "3 h 5 min", "185 minutes"),
        (6 * 86400 + 22 * 3600, "6 days 22 hours", "166 hours"),
        (86400, "1 day", "1 day"),
        (-5, "0 s", "-5 seconds"),
    ],
)
def test_spans(seconds: int, span: str, words: str) -> None:
    assert texts.span(timedelta(seconds=seconds)) == span
    assert texts.span_words(timedelta(seconds=seconds)) == words


def test_other_words() -> None:
    assert texts.every(timedelta(seconds=60)) == "once a minute"
    assert texts.every(timedelta(seconds=30)) == "every 30 seconds"
    assert texts.plural(1, "backup") == "1 backup"
    assert texts.plural(4254, "unwrap") == "4,254 unwraps"
    assert texts.plural(2, "entry", "entries") == "2 entries"
    assert (texts.number_word(3), texts.number_word(12)) == ("three", "12")
    assert texts.listed(["a"]) == "a"
    assert texts.listed(["a", "b", "c"]) == "a, b and c"
    assert texts.listed([]) == ""
    assert texts.person("anna@acme.example") == "anna"
    assert texts.person("@odd") == "@odd"
