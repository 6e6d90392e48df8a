"""The profiles as the window uses them: tried, kept, chosen and removed; what is slow runs in workers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kyok import secrets
from kyok.client.profiles import KnownProfile, Profiles
from kyok.domain.translation import tr
from kyok.errors import KyokError

if TYPE_CHECKING:
    from kyok.secrets import Secret
    from kyok_gui.cloud_link import CloudLink
    from kyok_gui.tasks import TaskRunner

Failed = Callable[[KyokError], object]


@dataclass(frozen=True, slots=True)
class Tried:
    """What a connection that was tried found."""

    person: str
    account: str


def try_connection(profile: KnownProfile, api_key: Secret) -> Tried:
    """Signs in and out again; runs in a worker.

    Raises:
        NotSignedIn: the API key is refused.
        CloudUnreachable: nothing answers there.
    """
    from kyok.client import CloudSession
    from kyok.client.errors import CloudUnreachable

    session = CloudSession(profile.endpoints(), api_key)
    try:
        found = session.identity()
    except CloudUnreachable as error:
        raise CloudUnreachable(
            tr("{host} does not answer.", host=profile.host),
            tr("Check the connection to the internet, then try again.")
            if profile.real
            else tr("Check the address and the network of this machine, then try again."),
        ) from error
    finally:
        session.close()
    return Tried(found.name or found.email or found.iam_id, found.account_id)


class ProfileSwitch(QObject):
    """Belongs to one console."""

    changed = Signal()

    def __init__(self, profiles: Profiles, link: CloudLink, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._profiles = profiles
        self._link = link
        self._tasks = tasks

    @property
    def all(self) -> tuple[KnownProfile, ...]:
        """Every profile, the local one first."""
        return self._profiles.all

    @property
    def active(self) -> KnownProfile:
        """The one in use."""
        return self._profiles.active

    def drafted(self, kind: str, name: str, url: str, *, ask_key: bool) -> KnownProfile:
        """A new profile, not kept yet. Raises `ProfileRefused`."""
        return self._profiles.drafted("url" if kind == "url" else "ibm-cloud", name, url, ask_key=ask_key)

    def look_for_keyring(self, told: Callable[[str | None], object], owner: QObject) -> None:
        """Says why no API key can be kept, as a sentence's start; None where one can."""
        self._tasks.run(secrets.probe_keyring, told, owner=owner)

    def try_it(self, draft: KnownProfile, api_key: Secret, done: Callable[[Tried], object], failed: Failed) -> None:
        """Tries whether the address answers and the API key is good."""
        self._tasks.run(lambda: try_connection(draft, api_key), done, failed, owner=self)

    def keep(self, draft: KnownProfile, api_key: Secret, done: Callable[[], object], failed: Failed) -> None:
        """Keeps the profile, and its API key in the keyring unless it is to be asked for each time."""

        def keep() -> None:
            if not draft.ask_key:
                secrets.keep_api_key(draft.id, api_key)
            self._profiles.add(draft)

        self._tasks.run(keep, lambda _: self._done(done), failed, owner=self)

    def use(self, profile_id: str, api_key: Secret | None = None) -> None:
        """Leaves the present cloud for the one of this profile. Raises `ProfileRefused`."""
        self._link.use(self._profiles.use(profile_id), api_key)
        self.changed.emit()

    def remove(self, profile_id: str, done: Callable[[], object], failed: Failed) -> None:
        """Forgets a profile, and first its API key."""
        found = self._profiles.find(profile_id)

        def remove() -> None:
            if found is not None and not found.ask_key:
                secrets.forget_api_key(profile_id)
            self._profiles.remove(profile_id)

        self._tasks.run(remove, lambda _: self._done(done), failed, owner=self)

    def _done(self, told: Callable[[], object]) -> None:
        self.changed.emit()
        told()
