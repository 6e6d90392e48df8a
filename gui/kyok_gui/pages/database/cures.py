"""Doing what the cure button says. Every cure either happens or leads where it can be finished."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kyok.domain import texts
from kyok.domain.crn import Crn
from kyok.domain.cures import Cure, CureKind
from kyok.domain.rights import Question
from kyok.domain.translation import tr
from kyok.errors import KyokError
from kyok_gui import places
from kyok_gui.context import PageContext
from kyok_gui.pages.database.parts import wizard_place
from kyok_gui.places import Place

if TYPE_CHECKING:
    from datetime import datetime

    from kyok.client.records.detail import DatabaseDetail


def waiting_words(cure: Cure | None, now: datetime) -> str:
    """Why the button is still off, in words that count down; nothing when it is on."""
    if cure is None or cure.available_from is None or cure.available_from <= now:
        return ""
    left = texts.span(cure.available_from - now)
    if cure.kind is CureKind.ENABLE_KEY:
        return tr("The key can be enabled in {left}.", left=left)
    if cure.kind is CureKind.RESTORE_KEY:
        return tr("The key can be restored in {left}.", left=left)
    return tr("The key can be used in {left}.", left=left)


def needs(cure: Cure | None, detail: DatabaseDetail) -> tuple[Question, ...]:
    """What the signed-in person must be allowed to do for a cure to be one."""
    if cure is None or detail.hsm is None or detail.root_key is None:
        return ()
    hsm, ring = detail.hsm.guid, detail.root_key.ring
    asked = {
        CureKind.ENABLE_KEY: Question("secrets.enable", hsm, ring),
        CureKind.RESTORE_KEY: Question("secrets.restore", hsm, ring),
        CureKind.RESTORE_AUTHORIZATION: Question("iam.policy.update", hsm),
        CureKind.RESTORE_BACKUP: Question("backups.restore", detail.guid),
    }.get(cure.kind)
    return (asked,) if asked is not None else ()


class CureDoer(QObject):
    """Carries cures out. `busy` goes on while one is under way; `wants_backup` asks for the restore dialog."""

    busy = Signal(bool)
    wants_backup = Signal()

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def perform(self, cure: Cure, detail: DatabaseDetail) -> None:
        """Does what the button says."""
        doing: dict[CureKind, Callable[[DatabaseDetail], None]] = {
            CureKind.RESTORE_AUTHORIZATION: self._restore_authorization,
            CureKind.ENABLE_KEY: self._enable_key,
            CureKind.RESTORE_KEY: self._restore_key,
            CureKind.INITIALISE: self._initialise,
            CureKind.RESTORE_BACKUP: lambda _: self.wants_backup.emit(),
        }
        doing[cure.kind](detail)

    def _run(
        self, call: Callable[[], object], title: str, words: str, failed: Callable[[KyokError], None] | None = None
    ) -> None:
        def done(_: object) -> None:
            self.busy.emit(False)
            self._context.notices.success(title, words)

        def refused(error: KyokError) -> None:
            self.busy.emit(False)
            (failed or self._context.notices.failure)(error)

        self.busy.emit(True)
        self._context.tasks.run(call, done, refused, owner=self)

    def _restore_authorization(self, detail: DatabaseDetail) -> None:
        known = detail.authorization
        policy = known.policy_id if known is not None else None
        if policy is None or known is None or known.removed_at is None:
            self._open_wizard(detail)
            return
        self._run(
            lambda: self._context.api.iam.restore(policy),
            tr("Authorization restored"),
            tr("{name} may use its root key again. Its nodes restart by themselves.", name=detail.name),
            lambda _: self._open_wizard(detail),
        )

    def _open_wizard(self, detail: DatabaseDetail) -> None:
        if detail.hsm is not None:
            self._context.navigator.go(wizard_place(detail.hsm.service, detail.hsm.guid))

    def _enable_key(self, detail: DatabaseDetail) -> None:
        hsm, key = detail.hsm, detail.root_key
        if hsm is not None and key is not None:
            self._run(
                lambda: self._context.api.keys.enable(Crn.parse(hsm.crn), key.id),
                tr("Root key enabled"),
                tr("{key} is active. The nodes restart by themselves.", key=key.name),
            )

    def _restore_key(self, detail: DatabaseDetail) -> None:
        hsm, key = detail.hsm, detail.root_key
        if hsm is not None and key is not None:
            self._run(
                lambda: self._context.api.keys.restore(Crn.parse(hsm.crn), key.id),
                tr("Root key restored"),
                tr("{key} is active again. The nodes restart by themselves.", key=key.name),
            )

    def _initialise(self, detail: DatabaseDetail) -> None:
        if detail.hsm is not None:
            self._context.navigator.go(Place(places.CRYPTO_UNITS, detail.hsm.guid))
