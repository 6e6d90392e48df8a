"""A console without a cloud: sample entries, a clock that stands, and a page that shows a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from kyok_gui import places
from kyok_gui.cloud_clock import CloudClock
from kyok_gui.cloud_link import CloudLink
from kyok_gui.connection import Connected
from kyok_gui.context import Account, CloudFacts, PageContext
from kyok_gui.directory import Directory, Entry, RootKey
from kyok_gui.live import Live
from kyok_gui.navigation import Navigator
from kyok_gui.notices import Notices
from kyok_gui.page import Page
from kyok_gui.people import Person
from kyok_gui.places import Place
from kyok_gui.settings_store import SettingsStore
from kyok_gui.tasks import TaskRunner
from kyok_gui.theme import ThemeManager
from kyok_gui.widgets import Button, key_status, node_state
from tests.gui.kit import gallery

NOW = datetime(2026, 11, 23, 17, 45, tzinfo=UTC)
ACCOUNT = Account(
    "2f4c1d8e9a3b4c5d6e7f8091a2b3c4d5", "Acme Bank", "anna@acme.example", "anna@acme.example", "IBMid-ANNA"
)
PERSONS = (
    Person("IBMid-ANNA", "anna@acme.example", "Anna", "Administrator and Manager on all services"),
    Person("IBMid-BEN", "ben@acme.example", "Ben", "Viewer and Reader on all services"),
)
_HPCS = "ibm-cloud--hyper-protect-crypto-services"
_PG = "ibm-cloud--hyper-protect-dbaas"


def entries() -> list[Entry]:
    """An HPCS with two databases, and a Key Protect that nobody uses."""
    active = node_state("Running").saying("Active")
    return [
        Entry(
            "g-hpcs",
            "crn:hpcs",
            "acme-hpcs",
            "hs-crypto",
            "Hyper Protect Crypto Services",
            "us-south",
            "kms",
            key_status("connected").saying("Active"),
            "Active, 2 crypto units",
            ("g-ledger", "g-hr"),
            _HPCS,
        ),
        Entry(
            "g-ledger",
            "crn:ledger",
            "ledger-db",
            "hyperp-dbaas-postgresql",
            "Hyper Protect DBaaS for PostgreSQL",
            "us-south",
            "database",
            key_status("connected"),
            "Running, key connected",
            ("g-hpcs",),
            _PG,
            RootKey("k-ledger", "ledger-root", "g-hpcs"),
        ),
        Entry(
            "g-hr",
            "crn:hr",
            "hr-db",
            "hyperp-dbaas-postgresql",
            "Hyper Protect DBaaS for PostgreSQL",
            "us-east",
            "database",
            key_status("disabled"),
            "Stopped, disabled",
            ("g-hpcs",),
            _PG,
        ),
        Entry(
            "g-kp",
            "crn:kp",
            "acme-kp",
            "kms",
            "Key Protect",
            "us-east",
            "kms",
            active,
            "",
            (),
            "ibm-cloud--key-protect",
        ),
    ]


class SamplePage(Page):
    """Counts how often it looked."""

    concerns = frozenset({"policy"})

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__(context, place)
        self.looks = 0
        self.lost = ""
        self.header.set_trail(
            [("Manage", None), ("Access (IAM)", Place(places.AUTHORIZATIONS)), ("Authorizations", None)]
        )
        self.header.set_title("Authorizations")
        self.header.set_subtitle(
            "An authorization lets one service use another. A database service needs one, "
            "with the Reader role, to use root keys."
        )
        self.header.add_action(Button("Check now", "tertiary", name="sample.check", icon="renew"))
        self.body.addWidget(gallery.note())
        self.table = gallery.grant_table()
        self.body.addWidget(self.table, 1)

    def refresh(self) -> None:
        """Counts."""
        self.looks += 1

    def unsaved(self) -> str:
        """What a test has typed."""
        return self.lost

    def give_up(self) -> None:
        """Nothing is typed any more."""
        self.lost = ""


class NoFeed:
    """A feed that never tells anything."""

    def __init__(self) -> None:
        self.seq = 1
        self.reset = False
        self.changes: Sequence[Any] = ()


class FakeEmulator:
    """What the window itself asks of the cloud."""

    def __init__(self) -> None:
        self.turned: list[float] = []
        self.now = NOW

    def changes(self, after: int | None = None, wait: float = 0) -> NoFeed:
        """Nothing changed."""
        if after is not None:
            from kyok.client.errors import CloudUnreachable

            raise CloudUnreachable()
        return NoFeed()

    def clock(self) -> Any:
        """The time that stands."""
        return type("ClockState", (), {"now": self.now})()

    def advance_clock(self, by: Any) -> Any:
        """Turns the time."""
        self.turned.append(by.total_seconds())
        self.now += by
        return self.clock()


class FakeApi:
    """A connection that answers at once."""

    def __init__(self) -> None:
        self.emulator = FakeEmulator()


class FakeLink(CloudLink):
    """A link that is told what happens."""

    def __init__(self, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(_never, tasks, parent)
        self.fake = FakeApi()

    def open(self) -> None:
        """Connects at once."""

    def arrive(self, facts: CloudFacts | None = None, *, operates: bool = False) -> Connected:
        """The cloud answers."""
        facts = facts or CloudFacts(url="http://127.0.0.1:1", version="0.1.0")
        found = Connected(self.fake, ACCOUNT, facts, NOW, operates=operates)  # type: ignore[arg-type]
        self._arrived(found)
        self._watch.stop()
        self._renew.stop()
        return found


def _never() -> Any:
    raise AssertionError("no cloud in this test")


def make_context(
    app: QApplication, folder: Path, *, load: Callable[[], list[Entry]] = entries
) -> tuple[PageContext, FakeLink]:
    """A context whose clock stands at NOW."""
    tasks = TaskRunner()
    link = FakeLink(tasks, tasks)
    live = Live(tasks)
    clock = CloudClock(tasks, tick=lambda: 0.0)
    context = PageContext(
        source=link,
        tasks=tasks,
        navigator=Navigator(tasks),
        notices=Notices(tasks),
        live=live,
        clock=clock,
        directory=Directory(tasks, live, load, tasks),
        settings=SettingsStore(folder / "config" / "console.ini", tasks),
        theme=ThemeManager(app, tasks),
    )
    return context, link
