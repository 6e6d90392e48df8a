"""From the cloud's lists to what navigation and search show."""

from __future__ import annotations

from typing import Any

import pytest

from kyok.client.errors import ApiError, CloudUnreachable
from kyok.client.records.databases import DatabaseSummary, NodeSummary
from kyok.client.records.emulator import InstanceUsage
from kyok.client.records.resources import ServiceInstance
from kyok.domain.cluster import InstanceState, NodeState
from kyok.domain.key_rules import NodeKeyStatus
from kyok_gui import places
from kyok_gui.account_reader import read_entries, service_icon
from kyok_gui.directory import Entry

_HPCS = "crn:v1:bluemix:public:hs-crypto:us-south:a/2f4c1d8e9a3b4c5d6e7f8091a2b3c4d5:g-hpcs::"
_KP = "crn:v1:bluemix:public:kms:us-south:a/2f4c1d8e9a3b4c5d6e7f8091a2b3c4d5:g-kp::"
_DB = "crn:v1:bluemix:public:hyperp-dbaas-postgresql:us-south:a/2f4c1d8e9a3b4c5d6e7f8091a2b3c4d5:g-db::"


class FakeApi:
    """Lists as the cloud gives them."""

    def __init__(self, nodes: tuple[NodeSummary, ...], status: NodeKeyStatus, **more: Any) -> None:
        self.emulated = more.get("emulated", True)
        self.initialised = more.get("initialised", True)
        self.state = more.get("state", InstanceState.ACTIVE)
        self._summary = DatabaseSummary("g-db", _DB, "ledger-db", key_status=status, kms_instance=_HPCS, nodes=nodes)
        self.resources = self.databases = self.emulator = self.profile = self

    @property
    def has_emulator(self) -> bool:
        return self.emulated

    def listed(self) -> tuple[ServiceInstance, ...]:
        return (
            ServiceInstance("g-hpcs", "acme-hpcs", _HPCS, region="us-south"),
            ServiceInstance("g-kp", "acme-kp", _KP, region="us-south"),
            ServiceInstance("g-db", "ledger-db", _DB, self.state, region="us-south"),
        )

    def summaries(self) -> tuple[DatabaseSummary, ...]:
        return (self._summary,)

    def usage(self) -> tuple[InstanceUsage, ...]:
        return (
            InstanceUsage("g-hpcs", "hs-crypto", 2, self.initialised),
            InstanceUsage("g-kp", "kms", 0, True),
        )


def read(running: int, status: NodeKeyStatus, nodes: int = 3, **more: Any) -> dict[str, Entry]:
    states = [NodeState.RUNNING] * running + [NodeState.STOPPED] * (nodes - running)
    summaries = tuple(NodeSummary(number, state=state) for number, state in enumerate(states, 1))
    return {entry.guid: entry for entry in read_entries(FakeApi(summaries, status, **more))}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("running", "status", "line"),
    [
        (3, NodeKeyStatus.CONNECTED, "Running, key connected"),
        (3, NodeKeyStatus.DEFAULT_KEY, "Running, default key"),
        (2, NodeKeyStatus.NOT_CONNECTED, "2 of 3 nodes run"),
        (0, NodeKeyStatus.NOT_AUTHORIZED, "Stopped, not authorized"),
        (0, NodeKeyStatus.DELETED, "Stopped, key deleted"),
    ],
)
def test_a_database_says_how_it_runs(running: int, status: NodeKeyStatus, line: str) -> None:
    assert read(running, status)["g-db"].status_line == line


def test_a_database_in_the_making_and_one_being_deleted() -> None:
    assert read(0, NodeKeyStatus.CHECKING, nodes=0)["g-db"].status_line == "Creating the nodes"
    gone = read(0, NodeKeyStatus.DELETED, state=InstanceState.PENDING_RECLAMATION)["g-db"]
    assert gone.status_line == gone.status.word == "Pending reclamation"


def test_an_hpcs_says_whether_it_is_initialized() -> None:
    assert read(3, NodeKeyStatus.CONNECTED)["g-hpcs"].status_line == "Active, 2 crypto units"
    bare = read(3, NodeKeyStatus.CONNECTED, initialised=False)["g-hpcs"]
    assert (bare.status.word, bare.status_line) == ("Not initialized", "Active, not initialized")


def test_instances_are_linked_both_ways_and_have_a_first_page() -> None:
    found = read(3, NodeKeyStatus.CONNECTED)
    assert found["g-hpcs"].linked == ("g-db",) and found["g-db"].linked == ("g-hpcs",)
    assert found["g-kp"].linked == ()
    assert found["g-db"].home.kind == places.NODES and found["g-kp"].home.kind == places.KEYS


def test_a_real_cloud_gives_what_it_has() -> None:
    found = read(3, NodeKeyStatus.CONNECTED, emulated=False)
    assert found["g-db"].status.word == "Active" and found["g-db"].linked == ()
    assert service_icon("unknown") == "list--boxes"


@pytest.mark.parametrize("part", ["usage", "summaries"])
def test_a_part_that_is_refused_does_not_take_the_list_away(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(error: Exception) -> Any:
        def call(api: FakeApi) -> Any:
            raise error

        return call

    monkeypatch.setattr(FakeApi, part, refused(ApiError("Not for you.", status=403)))
    assert list(read(3, NodeKeyStatus.CONNECTED)) == ["g-hpcs", "g-kp", "g-db"]
    monkeypatch.setattr(FakeApi, part, refused(CloudUnreachable()))
    with pytest.raises(CloudUnreachable):
        read(3, NodeKeyStatus.CONNECTED)
