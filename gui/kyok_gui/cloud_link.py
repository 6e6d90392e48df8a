"""Keeps the console connected: starts or finds the cloud, holds a lease, notices its loss and brings it back."""

from __future__ import annotations

import os
import threading
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from kyok.domain.translation import noted, tr
from kyok.errors import KyokError
from kyok_gui.connection import (
    CloudNotWanted,
    Connected,
    ProfileKey,
    about_key,
    facts_of,
    facts_of_who_is_left,
    in_words,
)
from kyok_gui.proof import Proof, check_api_key, check_kept_key
from kyok_gui.tasks import TaskRunner

if TYPE_CHECKING:
    from collections.abc import Callable

    from kyok.client import CloudApi, Profile
    from kyok.client.local_cloud import LocalCloud
    from kyok.client.profiles import KnownProfile
    from kyok.secrets import Secret

LEASE_MS = 10_000
WATCH_MS = 400
_RESTARTING = noted("The emulated cloud stopped. Restarting it…")
_BACK_OFF_MS = (0, 250, 500, 1_000, 2_000, 4_000, 8_000)


class CloudLink(QObject):
    """The window's hold on the cloud. Everything slow runs in workers."""

    connected = Signal(object)
    lost = Signal(str)
    returned = Signal(object)
    person_changed = Signal(object)
    passphrase_wanted = Signal(object)
    failed = Signal(object)
    moving = Signal()
    """The cloud of this home moves data of an older version to its form before it answers."""
    _heard_moving = Signal()
    key_wanted = Signal(object)
    left = Signal()
    """Another profile is used from now on: nothing of the cloud before may stay in sight."""

    def __init__(
        self,
        make_cloud: Callable[[], LocalCloud],
        tasks: TaskRunner,
        parent: QObject | None = None,
        *,
        profile: KnownProfile | None = None,
    ) -> None:
        super().__init__(parent)
        self._make_cloud = make_cloud
        self._profile = profile
        self._key = ProfileKey()
        self._turn = 0
        self._locked = False
        self._proof: Proof | None = None
        self._person = ""
        self._tasks = tasks
        self._cloud: LocalCloud | None = None
        self._api: CloudApi | None = None
        self._own: CloudApi | None = None
        self._guard = threading.Lock()
        self._passphrase: Secret | None = None
        self._lease = f"console-{os.urandom(8).hex()}"
        self._opening = False
        self._away = False
        self._closed = False
        self._tries = 0
        self._watch = QTimer(self)
        self._watch.setInterval(WATCH_MS)
        self._watch.timeout.connect(self._look)
        self._renew = QTimer(self)
        self._renew.setInterval(LEASE_MS)
        self._renew.timeout.connect(self._hold)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self.open)
        self._heard_moving.connect(self._moves)

    @property
    def api(self) -> CloudApi:
        """The connection of the moment. Raises `CloudUnreachable` while there is none, as between two profiles."""
        return _there(self._api)

    @property
    def own(self) -> CloudApi:
        """The console's own connection, whoever one goes on as: change feed, lease, who there is. Raises as `api`."""
        return _there(self._own)

    @property
    def is_connected(self) -> bool:
        """Whether the cloud answers, as far as is known."""
        return self._api is not None and not self._away

    @property
    def cloud(self) -> LocalCloud | None:
        """The cloud's process, once it was asked for."""
        return self._cloud

    # opening ------------------------------------------------------------------

    def open(self) -> None:
        """Connects, or connects again."""
        if self._opening or self._closed or self._locked:
            return
        self._opening = True
        arrived = partial(self._in_turn, self._turn, self._arrived)
        refused = partial(self._in_turn, self._turn, self._refused)
        if self.is_remote:
            self._tasks.run(self._opened_remote, arrived, refused, owner=self)
            return
        self._tasks.run(self._opened, arrived, refused, owner=self)

    def _in_turn(self, turn: int, act: Callable[[Any], None], outcome: Any) -> None:
        """What was begun before another profile was chosen is let go."""
        if turn == self._turn:
            act(outcome)
        elif isinstance(outcome, Connected) and outcome.api is not self._api:
            self._tasks.run(outcome.api.close)

    # other clouds ---------------------------------------------------------------

    @property
    def profile(self) -> KnownProfile | None:
        """The profile in use; None for the emulated cloud of this home."""
        return self._profile

    @property
    def is_remote(self) -> bool:
        """Whether the cloud is another one than that of this home."""
        return self._profile is not None and self._profile.kind != "local"

    def use(self, profile: KnownProfile, api_key: Secret | None = None) -> None:
        """Leaves the present cloud and connects to another; `api_key` when it was just typed."""
        self._turn += 1
        for timer in (self._watch, self._renew, self._again):
            timer.stop()
        self._let_go()
        self._key.forget()
        self._profile, self._person = profile, ""
        self._key.give(api_key)
        self._opening = self._away = False
        self._tries = 0
        self.left.emit()
        self.open()

    def give_api_key(self, api_key: Secret) -> None:
        """Goes on with what was typed; it stays in memory until the window closes or another profile is used."""
        self._key.give(api_key)
        self._tries = 0
        self.open()

    def _opened_remote(self) -> Connected:
        """Runs in a worker."""
        profile = self._profile
        if profile is None:
            raise CloudNotWanted()
        key = self._key.of(profile)
        return self._signed_in(profile.endpoints(), lambda: key)

    def _let_go(self) -> None:
        """Drops the lease and closes what is connected, in a worker."""
        own, person, lease = self._own, self._api, self._lease
        real = self._profile is not None and self._profile.real
        self._own = self._api = None

        def let_go() -> None:
            if own is None:
                return
            try:
                if not real:
                    own.emulator.drop_lease(lease)
            except KyokError:
                # The cloud is gone already, and the lease with it.
                return
            finally:
                own.close()
                if person is not None and person is not own:
                    person.close()

        self._tasks.run(let_go)

    def give_passphrase(self, passphrase: Secret) -> None:
        """Goes on with what was typed; it is kept in memory, so that a restart needs no person."""
        self._passphrase = passphrase
        self._tries = 0
        self.open()

    def _opened(self) -> Connected:
        """Runs in a worker."""
        from kyok.client import Profile

        with self._guard:
            if self._cloud is None:
                self._cloud = self._make_cloud()
            cloud = self._cloud
        cloud.when_moving(self._hear_moving)
        address = cloud.open(self._passphrase)
        profile = Profile.emulated(address.url)
        found = self._signed_in(profile, cloud.api_key)
        if self._passphrase is not None:
            self._proof = Proof.of(self._passphrase)
        return found

    def _hear_moving(self) -> None:
        """Runs on whatever thread waits for the cloud, which may outlive the window."""
        try:
            self._heard_moving.emit()
        except RuntimeError:
            if isValid(self):
                raise
            # The window is gone, and with it whoever would read that.

    def _moves(self) -> None:
        if self._opening and not self.is_remote:
            self.moving.emit()

    def _signed_in(self, profile: Profile, api_key: Callable[[], Secret]) -> Connected:
        """Makes the connection, or moves it; runs in a worker. A locked window lends no key."""
        from kyok.client import CloudApi, CloudSession

        own, api = self._own, self._api
        if own is None or api is None:
            own = api = CloudApi(CloudSession(profile, lambda: None if self._locked else api_key()))
        else:
            for one in {own, api}:
                one.session.move_to(profile)
        try:
            if profile.has_emulator:
                self._hold_with(own)
            return facts_of_who_is_left(api, own)
        except KyokError:
            own.session.sign_out()
            raise

    def _hold_with(self, api: CloudApi) -> None:
        """Holds the lease; a window that was closed meanwhile leaves none, else the cloud would wait for it."""
        api.emulator.hold_lease(self._lease)
        if self._closed:
            api.emulator.drop_lease(self._lease)
            api.close()
            raise CloudNotWanted()

    def _arrived(self, found: Connected) -> None:
        self._opening = False
        self._tries = 0
        before, first = self._api, self._api is None
        self._person = self._person or found.person
        self._api = found.api
        if first:
            self._own = found.api
        came_back = self._away
        self._away = False
        if not self.is_remote:
            self._watch.start()
        if found.facts.kind == "emulated":
            self._renew.start()
        if first:
            self.connected.emit(found)
        elif came_back:
            self.returned.emit(found)
        if before is not None and before is not found.api:
            before.close()
            self.person_changed.emit(found)

    def _refused(self, error: KyokError) -> None:
        self._opening = False
        if self._closed:
            return
        from kyok.client.errors import CloudUnreachable
        from kyok.client.local_cloud import PassphraseWanted

        if self.is_remote and about_key(error):
            self._key.forget()
            self.key_wanted.emit(error)
            return
        if isinstance(error, PassphraseWanted):
            self._passphrase = None
            self.passphrase_wanted.emit(error)
            return
        self._tries += 1
        if self._api is None and (self.is_remote or not isinstance(error, CloudUnreachable)):
            self.failed.emit(in_words(error, self._profile) if self.is_remote else error)
            return
        if self._tries == 1 and self._api is not None:
            self._tell_loss()
        self._again.start(_BACK_OFF_MS[min(self._tries, len(_BACK_OFF_MS) - 1)])
        if self._tries >= len(_BACK_OFF_MS):
            self.failed.emit(error)

    def read_account(self, done: Callable[[Connected], object], owner: QObject) -> None:
        """Reads again whose account this is, as after a scenario was loaded.

        An answer that comes when one has gone on as somebody else meanwhile is about the person before, and is dropped.
        """
        api, own = self.api, self.own

        def still_the_same(found: Connected) -> None:
            if self._api is api:
                done(found)

        self._tasks.run(lambda: facts_of(api, own), still_the_same, lambda _: None, owner=owner)

    # who one is -----------------------------------------------------------------

    def sign_in_as(self, iam_id: str, failed: Callable[[KyokError], object] | None = None) -> None:
        """Goes on as a user of the cloud; `person_changed` tells when it is so, `failed` when it cannot be."""
        from kyok.client import CloudApi

        own = self.own
        api = CloudApi(own.session.acting_as(iam_id))
        self._tasks.run(lambda: facts_of(api, own), self._become, failed, owner=self)

    def sign_back(self) -> None:
        """Goes on as the console's own identity."""
        own = self.own
        self._tasks.run(lambda: facts_of(own, own), self._become, owner=self)

    def _become(self, found: Connected) -> None:
        before, self._api = self._api, found.api
        if before is not None and before is not self._own and before is not found.api:
            before.close()
        self.person_changed.emit(found)

    # locking ------------------------------------------------------------------

    @property
    def locked(self) -> bool:
        """Whether nothing may be asked of the cloud until somebody shows that they may."""
        return self._locked

    @property
    def opens_with(self) -> str:
        """What unlocks: "passphrase" where one was typed at the start, else "API key"."""
        return "passphrase" if self._proof is not None and not self.is_remote else "API key"

    def lock(self) -> None:
        """Drops the token and the passphrase; no request can be signed until `unlock`."""
        self._locked = True
        self._turn += 1
        self._opening = False
        for timer in (self._watch, self._renew, self._again):
            timer.stop()
        self._away = self._api is not None
        if self._passphrase is not None:
            self._passphrase.wipe()
            self._passphrase = None
        for one in (self._own, self._api):
            if one is not None:
                one.session.sign_out()

    def unlock(self, given: Secret, done: Callable[[], object], failed: Callable[[KyokError], object]) -> None:
        """Looks whether what was typed is right, in a worker; then connects again."""
        proof = self._proof if self.opens_with == "passphrase" else None
        profile, person, cloud = self._profile, self._person, self._cloud

        def judge() -> None:
            if proof is not None:
                proof.check(given)
            elif profile is not None and profile.kind != "local":
                check_api_key(profile.endpoints(), person, given)
            elif cloud is not None:
                check_kept_key(cloud.api_key(), given)

        def opened(_: None) -> None:
            self._locked = False
            if proof is not None:
                self._passphrase = given
            else:
                given.wipe()
            done()
            self.open()

        def refused(error: KyokError) -> None:
            given.wipe()
            failed(error)

        self._tasks.run(judge, opened, refused, owner=self)

    # watching -----------------------------------------------------------------

    def _look(self) -> None:
        """The child's end is seen here, without asking the cloud."""
        if self._cloud is not None and self._cloud.child_ended and not self._opening and not self._again.isActive():
            self._tell_loss()
            self.open()

    def suspect(self) -> None:
        """Somebody got no answer: looks whether the cloud is still there."""
        if not self._away and not self._opening and self._api is not None:
            self._hold()

    def _hold(self) -> None:
        api = self._own
        if api is None or self._opening:
            return
        self._tasks.run(lambda: self._hold_with(api), None, self._lease_failed, owner=self)

    def _lease_failed(self, error: KyokError) -> None:
        from kyok.client.errors import CloudUnreachable

        if isinstance(error, CloudUnreachable) and not self._opening:
            self._tell_loss()
            self.open()

    def _tell_loss(self) -> None:
        if not self._away:
            self._away = True
            self._renew.stop()
            remote = self._profile is not None and self.is_remote
            words = (
                tr("{name} does not answer. Trying again…", name=self._profile.name)
                if remote and self._profile
                else tr(_RESTARTING)
            )
            self.lost.emit(words)

    # ending -------------------------------------------------------------------

    def close(self) -> None:
        """Lets go of the lease; then comes `release`, and the tasks are closed last."""
        self._closed = True
        for timer in (self._watch, self._renew, self._again):
            timer.stop()
        self._let_go()
        self._key.forget()
        if self._passphrase is not None:
            self._passphrase.wipe()

    def release(self) -> None:
        """Ends the child; blocks for as long as it needs to end cleanly."""
        if self._cloud is not None:
            self._cloud.close()


def _there(api: CloudApi | None) -> CloudApi:
    from kyok.client.errors import CloudUnreachable

    if api is None:
        raise CloudUnreachable()
    return api
