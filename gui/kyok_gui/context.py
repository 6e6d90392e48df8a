"""What a page gets: everything it may use, and nothing it could reach otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from kyok_gui.cloud_clock import CloudClock
from kyok_gui.directory import Directory
from kyok_gui.live import Live
from kyok_gui.navigation import Navigator
from kyok_gui.notices import Notices
from kyok_gui.places import HOME
from kyok_gui.rights import Rights
from kyok_gui.settings_store import SettingsStore
from kyok_gui.tasks import TaskRunner
from kyok_gui.theme import ThemeManager

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok_gui.profile_switch import ProfileSwitch


@dataclass(frozen=True, slots=True)
class Account:
    """The account one is signed in to."""

    id: str = ""
    name: str = ""
    user: str = ""
    email: str = ""
    iam_id: str = ""
    acting: bool = False
    """Whether the console's administrator went on as this user."""

    @property
    def short(self) -> str:
        """The first six digits of the id."""
        return self.id[:6]

    @property
    def title(self) -> str:
        """Name and short id, as in "Acme Bank 2f4c1d"."""
        return f"{self.name} {self.short}".strip()


@dataclass(frozen=True, slots=True)
class CloudFacts:
    """What the connected cloud said of itself."""

    kind: str = "emulated"
    url: str = ""
    version: str = ""
    insecure_demo: bool = False
    hsm: str = ""
    node_driver: str = "simulated"


class ApiSource(Protocol):
    """Gives the connection of the moment."""

    @property
    def api(self) -> CloudApi:
        """The cloud's API as it is reached now."""


@dataclass
class PageContext:
    """Handed to every page. `api` is looked up at each use, since it changes when the cloud comes back."""

    source: ApiSource
    tasks: TaskRunner
    navigator: Navigator
    notices: Notices
    live: Live
    clock: CloudClock
    directory: Directory
    settings: SettingsStore
    theme: ThemeManager
    account: Account = field(default_factory=Account)
    cloud: CloudFacts = field(default_factory=CloudFacts)
    rights: Rights = field(default_factory=Rights)
    profiles: ProfileSwitch | None = None
    """None on pages in tests: there is nothing to switch."""

    @property
    def api(self) -> CloudApi:
        """The cloud's API; pages that need it exist only after the first connection."""
        return self.source.api

    @property
    def connected(self) -> bool:
        """Whether a cloud has answered; until then there are only the pages that need none."""
        return bool(self.account.id)

    def leave_cloud(self) -> None:
        """Another cloud is used from now on: what is known of the one before is forgotten."""
        self.live.stop()
        self.clock.forget()
        self.account = Account()
        self.directory.forget()
        self.rights.forget(cautious=False)
        self.navigator.go(HOME)

    def use_local(self) -> None:
        """Goes back to the emulated cloud of this machine."""
        if self.profiles is not None:
            self.profiles.use("local")
