"""Asks the cloud about authorizations and changes them. No widgets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from kyok.domain.services import KEY_SERVICES
from kyok.domain.translation import tr
from kyok.errors import KyokError
from kyok_gui.context import PageContext
from kyok_gui.pages.access.draft import Draft
from kyok_gui.pages.access.facts import AccessFacts, read_facts

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.records.access import Policy
    from kyok.client.records.keys import Key
    from kyok.domain.crn import Crn

Failed = Callable[["KyokError"], Any]


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """Key rings and usable root keys of an instance, or why they cannot be chosen."""

    rings: tuple[str, ...] = ()
    keys: tuple[Key, ...] = ()
    problem: str = ""


class AccessPresenter(QObject):
    """Keeps what is known of the account's authorizations."""

    loaded = Signal(object)
    """An `AccessFacts`."""
    failed = Signal(object)
    """A `KyokError`."""
    keys_loaded = Signal(str, object)
    """GUID of an instance, and its `KeyFacts`."""

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.facts: AccessFacts | None = None

    def load(self) -> None:
        """Reads everything."""
        self.read(lambda facts: None)

    def read(self, done: Callable[[AccessFacts], Any]) -> None:
        """Reads everything afresh, shows it, and hands it over."""
        api, account = self._context.api, self._context.account

        def took(facts: AccessFacts) -> None:
            self.facts = facts
            self.loaded.emit(facts)
            done(facts)

        self._context.tasks.run(lambda: read_facts(api, account.id, account.name), took, self.failed.emit, owner=self)

    def load_keys(self, guid: str) -> None:
        """Reads key rings and keys of an instance."""
        api, found = self._context.api, self.facts.instances.get(guid) if self.facts is not None else None
        if found is None or found.service not in KEY_SERVICES:
            self.keys_loaded.emit(guid, KeyFacts(problem=tr("This instance has no keys")))
            return
        crn = found.crn
        self._context.tasks.run(
            lambda: _read_keys(api, crn), lambda keys: self.keys_loaded.emit(guid, keys), owner=self
        )

    def one(self, policy_id: str, done: Callable[[Policy], Any], failed: Failed) -> None:
        """Reads one authorization with the ETag that changing it needs."""
        api = self._context.api
        self._context.tasks.run(lambda: api.iam.authorization(policy_id), done, failed, owner=self)

    def save(self, draft: Draft, base: Policy | None, done: Callable[[Policy], Any], failed: Failed) -> None:
        """Creates the authorization of a draft, or changes the one that `base` is."""
        api, wanted = self._context.api, draft.policy(self._context.account.id)
        if base is None:
            self._context.tasks.run(lambda: api.iam.create(wanted), done, failed, owner=self)
        else:
            known = base
            self._context.tasks.run(lambda: api.iam.replace(known, wanted), done, failed, owner=self)

    def remove(self, policy_id: str, done: Callable[[], Any], failed: Failed) -> None:
        """Removes an authorization."""
        api = self._context.api
        self._context.tasks.run(lambda: api.iam.remove(policy_id), lambda _: done(), failed, owner=self)

    def restore(self, policy_id: str, done: Callable[[Policy], Any], failed: Failed) -> None:
        """Brings a removed authorization back."""
        api = self._context.api
        self._context.tasks.run(lambda: api.iam.restore(policy_id), done, failed, owner=self)


def _read_keys(api: CloudApi, instance: Crn) -> KeyFacts:
    """Runs in a worker. Who may not list the keys, or whose HSM is not ready, chooses none: the form goes on."""
    try:
        rings = tuple(ring.id for ring in api.key_rings.every(instance))
        return KeyFacts(rings, api.keys.usable_root_keys(instance))
    except KyokError as error:
        return KeyFacts(problem=error.summary)
