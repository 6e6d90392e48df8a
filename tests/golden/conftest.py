"""One console on one still cloud for all pictures."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication

from kyok.client.profile import Profile
from kyok.client.profiles import LOCAL, KnownProfile
from kyok.paths import Home
from kyok.secrets import Secret
from kyok_gui.places import Place
from kyok_gui.startup import Console
from kyok_gui.walkthrough.driver import Hand
from kyok_gui.walkthrough.pictures import REST, Photographer
from kyok_gui.walkthrough.waiting import PATIENCE, live, wait_for_quiet, wait_until
from kyok_gui.widgets.overlay import Overlay
from tests.golden.camera import View
from tests.golden.scenes import Scene, Stand, nothing
from tests.gui.driver import leave_all_the_same
from tests.still_cloud import API_KEY, StillCloud

ADDRESS = "http://127.0.0.1:18000"
BANK = KnownProfile("bank", "ibm-cloud", "Acme Bank", ask_key=True)


class KeysDrawn:
    """What the HSM draws at random: the same for a scene, whichever scenes came before it."""

    def __init__(self) -> None:
        self.start_over()

    def start_over(self) -> None:
        """Draws the same again."""
        self._drawn = count()

    def draw(self, number: int = 32) -> bytearray:
        """The next key."""
        return bytearray(hashlib.shake_256(f"key {next(self._drawn)}".encode()).digest(number))


@dataclass
class Studio:
    """Sets scenes up and shows them."""

    console: Console
    cloud: StillCloud
    photographer: Photographer
    hand: Hand
    drawn: KeysDrawn
    prepared: tuple[str, Any] | None = None
    instances: dict[str, str] | None = None

    @property
    def window(self) -> Any:
        """What is photographed."""
        return self.console.window

    def arrange(self, scene: Scene) -> None:
        """Brings the account into the scene's state, and the window to its place."""
        self._come_home()
        stand = self._prepare(scene)
        if scene.account:
            self._sign_in(refused=scene.account == "refused")
            scene.there(stand)
            self._settle()
            return
        guid = stand.instances[scene.instance] if scene.instance else None
        self.console.context.navigator.go(Place(scene.kind, guid, scene.item(stand), scene.query))
        self.photographer.settle()
        scene.there(stand)
        self.photographer.settle()
        if scene.there is not nothing or scene.before is not nothing:
            self.prepared = None  # the next scene begins from its own scenario

    def _sign_in(self, *, refused: bool) -> None:
        """Uses the profile of a real account."""
        self.prepared = None
        link = self.console.link
        link.use(BANK, Secret("no such key" if refused else API_KEY))
        if refused:
            wait_until(lambda: self.hand.covered, "the API key is asked for")
        else:
            wait_until(lambda: link.is_connected and self.window.page is not None, "the account is read")

    def _settle(self) -> None:
        """Waits until the window rests, also while it waits for an API key."""
        if self.console.link.is_connected:
            self.photographer.settle()
        else:
            wait_for_quiet(lambda: not self.console.tasks.busy, "the window rests", REST, PATIENCE)

    def _come_home(self) -> None:
        """Back to the emulated cloud."""
        link = self.console.link
        if link.is_remote:
            self._close_overlays()
            link.use(LOCAL)
            self.wait_connected()
            self.photographer.settle()

    def wait_connected(self) -> None:
        """Waits for the emulated cloud, and calls it by an address that is the same in every run."""
        context = self.console.context
        wait_until(lambda: self.console.link.is_connected and context.directory.known, "the console is connected")
        context.cloud = replace(context.cloud, url=ADDRESS)

    def _prepare(self, scene: Scene) -> Stand:
        wanted = (scene.scenario, scene.before)
        rest = self.cloud.rest()
        if self.prepared != wanted:
            self._leave()
            self.cloud.randomness.start_over()
            self.drawn.start_over()
            made = rest.json("POST", f"/emulator/v1/scenarios/{scene.scenario}", {})
            rest = self.cloud.rest()
            self.instances = made["instances"]
            self._wait_known()
            scene.before(Stand(self.instances, rest, self.hand))
            self.prepared = wanted
        assert self.instances is not None
        return Stand(self.instances, rest, self.hand)

    def _close_overlays(self) -> None:
        for overlay in self.window.findChildren(Overlay):
            if overlay.isVisible():
                overlay.dismiss()

    def _leave(self) -> None:
        """No panel, dialog or page of the scene before stays."""
        self._close_overlays()
        self.console.context.navigator.go(Place("settings"))
        leave_all_the_same(self.hand)
        self.window.forget_pages()
        self.photographer.settle()

    def _wait_known(self) -> None:
        directory = self.console.context.directory
        directory.refresh()
        listed = self.cloud.rest().json("GET", "/v2/resource_instances")["resources"]
        known = {instance["guid"] for instance in listed}
        wait_until(lambda: known <= {entry.guid for entry in directory.entries}, "the instances are known")

    def show(self, view: View) -> None:
        """The window in a theme and size; a picture of it may be taken then."""
        if self.window.size() != view.size:
            self.window.resize(view.size)
            self._settle()
        self.console.theme.switch(view.theme)
        focused = QApplication.focusWidget()
        if not self.hand.covered:
            self.window.setFocus(Qt.FocusReason.OtherFocusReason)
        elif focused is not None:
            focused.clearFocus()  # where it stands after a choice depends on what came first
        live()


class _StillDay(datetime):
    """Log files and real accounts go by wall time; in pictures it is the time of the clock."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime(2026, 11, 23, 17, 45, tzinfo=tz)


@pytest.fixture(scope="session")
def still_randomness() -> Iterator[KeysDrawn]:
    """What the HSM and the forms draw at random is the same in every picture; only these two names are replaced."""
    drawn = KeysDrawn()
    patch = pytest.MonkeyPatch()
    patch.setattr("kyok.hsm.instance.random_key", drawn.draw)
    patch.setattr("kyok_gui.endings.random_ending", lambda count: "4f" * count)
    patch.setattr("kyok.cloud.databases.simulated_logs.datetime", _StillDay)
    patch.setattr("kyok_gui.connection.datetime", _StillDay)
    patch.setattr("kyok_gui.cloud_clock.CloudClock.now", lambda clock: clock._base)
    yield drawn
    patch.undo()


@pytest.fixture(scope="session")
def studio(
    qapp: QApplication, tmp_path_factory: pytest.TempPathFactory, still_randomness: KeysDrawn
) -> Iterator[Studio]:
    """The studio of the run."""
    cloud = StillCloud(tmp_path_factory.mktemp("still") / "home").start()
    folder = tmp_path_factory.mktemp("console")
    console = Console(qapp, Home(folder), lambda: cloud)  # type: ignore[arg-type,return-value]
    console.window.resize(QSize(1440, 900))
    console.show()
    hand = Hand(console.window, lambda: console.tasks.busy)
    made = Studio(console, cloud, Photographer(console, hand, Path(folder), ["white"]), hand, still_randomness)
    made.wait_connected()
    bank = replace(Profile.emulated(cloud.url), name=BANK.name, kind="ibm-cloud", emulator_url=None, tke_url=None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Profile, "ibm_cloud", classmethod(lambda cls, name="": bank))
        yield made
    console.end()
    cloud.stop()
