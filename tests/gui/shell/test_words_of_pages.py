"""No word of the window itself and of the pages of account, access and emulator goes round the translator."""

from __future__ import annotations

from enum import StrEnum
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from kyok.domain.cluster import (
    BackupType,
    ClusterState,
    InstanceState,
    NodeState,
    RegisterState,
    ReplicaState,
    TaskNodeState,
    TaskState,
    TaskType,
    UnitState,
)
from kyok.domain.events import Outcome, Severity
from kyok.domain.key_rules import NodeKeyStatus
from kyok.domain.key_states import KeyState
from kyok.errors import KyokError
from kyok_gui import places
from kyok_gui.pages.emulator.page import EmulatorPage
from kyok_gui.places import Place
from tests.gui import driver
from tests.gui.conftest import show
from tests.gui.escaped import bracketed, untold  # noqa: F401 - a fixture
from tests.gui.fakes import FakeContext
from tests.gui.pages.activity.activity_object import open_activity
from tests.gui.pages.activity.fake_log import FakeLog
from tests.gui.pages.database.conftest import fake_cloud  # noqa: F401 - a fixture
from tests.gui.pages.emulator.test_page import FakeEmulator, FakeStates
from tests.gui.pages.health.health_object import account, open_health
from tests.gui.pages.keys import story
from tests.gui.pages.keys.stage import World, world  # noqa: F401 - a fixture
from tests.gui.shell.conftest import Shell
from tests.gui.shell.sample import entries

pytestmark = pytest.mark.usefixtures("bracketed")

HSM = story.guid("acme-hpcs")
TABLE = "authorizations.table"
DATA = "|".join(
    (
        r"Acme Bank|(anna|ben)(@acme\.example)?|default|Default|ledger|payments(-team)?|HPCS-\w+|Crypto unit \d|77aa",
        r"[a-z]+[-‑](root|db|hpcs|hpcs[-‑]eu|kp|lab)( v\d)?|PostgreSQL|Reader|Standard|CRN|ID|ms",
        r"Hyper Protect Crypto Services|Hyper Protect DBaaS for PostgreSQL|Databases for MongoDB|Key Protect(-\w+)?",
        r"(Cloud )?Object Storage|hyperp-dbaas-postgresql(\.[a-z]+)*|Tiered Pricing|Dallas|Washington DC|Frankfurt|us-(south|east)(-\d)?|https?://\S+|crn:\S+",
        r"[0-9a-f]{8}-[0-9a-f…-]+|\d+ [A-Z][a-z]{2}( \d{4})?|[\d.,]+ [KMG]B",
        r"3 nodes|Daily schedule|to version 3|not authorized|[a-z-]+(\.[a-z-]+){2}",  # as the activity log tells it
        r"Empty account|The walk, done|One of each|Before the rehearsal",  # scenarios and snapshots
    )
)
"""What is no word of the window: names, services of IBM Cloud and their roles, regions, identifiers, dates, sizes."""


@pytest.mark.parametrize(
    "place",
    [
        *(Place(kind) for kind in (places.AUTHORIZATIONS, places.RESOURCES, places.RESOURCE_GROUPS, places.CATALOG)),
        *(Place(kind) for kind in (places.RECLAMATION, places.CREATE_HPCS, places.CREATE_KEY_PROTECT)),
        *(Place(kind, HSM) for kind in (places.KEY_RINGS, places.ASSOCIATED_RESOURCES, places.INSTANCE_POLICIES)),
        Place(places.CRYPTO_UNITS, HSM),
        Place(places.CRYPTO_UNITS, story.guid("acme-lab")),
    ],
    ids=lambda place: place.kind,
)
def test_of_a_page(world: World, place: Place) -> None:  # noqa: F811
    stage = world.show(place)
    world.rest()
    assert untold(stage, DATA) == []


@pytest.mark.parametrize("entry", ["details", "edit", "remove"])
@pytest.mark.parametrize("row", [0, 2])
def test_of_what_is_done_with_an_authorization(world: World, entry: str, row: int) -> None:  # noqa: F811
    stage = world.show(Place(places.AUTHORIZATIONS))
    world.rest()
    driver.row_action(stage, TABLE, row, entry)
    world.rest()
    assert untold(stage, DATA) == []


@pytest.mark.parametrize(
    ("place", "table", "entry"),
    [
        (Place(places.RESOURCE_GROUPS), "resource-groups.table", "rename"),
        (Place(places.RESOURCES), "resources.table", "rename"),
        (Place(places.RESOURCES), "resources.table", "tags"),
        (Place(places.ASSOCIATED_RESOURCES, HSM), "associated.table", "details"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.kind,
)
def test_of_what_is_done_with_a_row(world: World, place: Place, table: str, entry: str) -> None:  # noqa: F811
    stage = world.show(place)
    world.rest()
    driver.row_action(stage, table, 1, entry)
    world.rest()
    assert untold(stage, DATA) == []


def test_of_the_window_around_the_pages(shell: Shell) -> None:
    window, people = shell.window, r"\w+ \([a-z]+@acme\.example\): [\w ]+ on all services"
    window.acting.show_person("Ben", "Viewer on acme-hpcs", "Anna")
    window.clock.panel.prepare()
    seen = rf"{DATA}|{people}|Viewer on acme-hpcs|Anna|Ben"
    parts: tuple[QWidget, ...] = (window.header, window.acting, window.clock.panel, window.start)
    assert [words for part in parts for words in untold(part, seen)] == []
    for entry in shell.context.directory.entries:
        shell.context.navigator.go(entry.home)
        assert untold(window.sidenav, rf"{seen}|{entry.status_line}") == []


def test_of_key_health(qtbot: Any, context: FakeContext, fake_cloud: Any) -> None:  # noqa: F811
    assert untold(open_health(qtbot, context, fake_cloud, account(), (1440, 900)), DATA) == []


def test_of_the_activity_log_and_of_an_event(qtbot: Any, context: FakeContext) -> None:
    stage = open_activity(qtbot, context, FakeLog(), Place(places.ACTIVITY))
    assert untold(stage, DATA) == []


def test_of_the_emulator(qtbot: Any, context: FakeContext) -> None:
    states = FakeStates()
    context.api = SimpleNamespace(emulator=FakeEmulator(states), states=states)
    context.directory.set_entries(entries())
    page = EmulatorPage(context, Place(places.EMULATOR))  # type: ignore[arg-type]
    window = show(qtbot, page)
    page.come(Place(places.EMULATOR))
    qtbot.waitUntil(lambda: not context.tasks.busy)
    assert untold(window, DATA) == []


@pytest.mark.parametrize(
    "words",
    [
        *(InstanceState, ClusterState, NodeState, ReplicaState, TaskState, TaskNodeState, TaskType, BackupType),
        *(UnitState, RegisterState, NodeKeyStatus, KeyState, Outcome, Severity),
    ],
)
def test_of_every_state(words: type[StrEnum]) -> None:
    assert [one for one in words if not one.word.startswith("«")] == []  # type: ignore[attr-defined]


def test_of_errors_made_here() -> None:
    class Gone(KyokError):
        summary = "It is gone."
        remedy = "Look elsewhere."

    assert (Gone().summary, Gone().remedy) == ("«It is gone.»", "«Look elsewhere.»")
    assert Gone("Said by the cloud.").summary == "Said by the cloud."
