"""The Nodes page: whether every node can use its key, why not, and what brings it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QHideEvent, QShowEvent

from kyok.domain.chain import chain
from kyok.domain.cluster import InstanceState
from kyok.domain.key_rules import propagation_note
from kyok.domain.rights import Question
from kyok.domain.roles import EMULATOR_MANAGE
from kyok.domain.translation import tr
from kyok.errors import KyokError
from kyok_gui import places
from kyok_gui.context import PageContext
from kyok_gui.page import Page
from kyok_gui.pages.database import faults, verdict_words
from kyok_gui.pages.database.clear_data import ClearDataNote
from kyok_gui.pages.database.cures import needs
from kyok_gui.pages.database.nodes_body import NodesBody
from kyok_gui.pages.database.nodes_presenter import NodesPresenter, NodesView
from kyok_gui.pages.database.parts import (
    FailureNote,
    StorageWarning,
    authorizations_place,
    hsm_place,
    instance_trail,
    key_place,
)
from kyok_gui.pages.database.progress import MAKING
from kyok_gui.pages.database.restore_dialog import open_restore
from kyok_gui.pages.database.strip_data import strip_data
from kyok_gui.places import Place
from kyok_gui.times import clock_time
from kyok_gui.widgets import Button, Dialog, MenuButton, Skeleton, Verdict, escape

if TYPE_CHECKING:
    from kyok.client.records.detail import DatabaseDetail

_NEVER = 1 << 30
WRITING = "clusters.configuration.update"
"""Adding sample rows is ours, so there is no action of the service for it; it needs what changing the cluster needs."""


def seconds_between(detail: DatabaseDetail) -> int:
    """How often to look while one watches what no change tells of: servers being made, lag and memory of others."""
    if detail.instance_state in MAKING:
        return 1
    return 10 if any(node.server is not None and node.server.pid is not None for node in detail.nodes) else _NEVER


class NodesPage(Page):
    """Verdict, cure, chain, node tiles, key checks of the last day, and the data."""

    concerns: ClassVar[frozenset[str]] = frozenset(
        {"database", "instance", "key", "policy", "crypto-units", "fault", "clock", "settings", "task", "backup"}
    )

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__(context, place)
        self._view: NodesView | None = None
        self._ticks = 0
        self._shown: verdict_words.ShownVerdict | None = None
        self._presenter = NodesPresenter(context, place.instance or "", self)
        self.header.set_title(tr("Nodes"))
        self.header.set_trail(instance_trail(context, place.instance, "", tr("Nodes")))
        self.breaks = MenuButton(tr("Break something"), name="nodes.break", kind="ghost")
        self.check = Button(tr("Check now"), "tertiary", name="nodes.check-now", icon="renew")
        self.header.add_action(self.breaks)
        self.header.add_action(self.check)
        self.verdict = Verdict(name="nodes.verdict")
        self.failure = FailureNote(name="nodes.failure")
        self.skeleton = Skeleton(8)
        self.warning = StorageWarning(name="nodes.storage-warning")
        self.clear = ClearDataNote(context, place.instance or "")
        self.parts = NodesBody(context)
        for widget in (self.failure, self.warning, self.clear, self.verdict, self.skeleton, self.parts):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.verdict.hide()
        self.parts.hide()
        self.breaks.setEnabled(False)
        self._connect()
        self._guard()

    def _connect(self) -> None:
        presenter, parts = self._presenter, self.parts
        presenter.loaded.connect(self._show)
        presenter.failed.connect(self._failed)
        presenter.checking.connect(lambda busy: self.check.set_enabled_because(not busy, tr("Keys are being checked.")))
        presenter.adding.connect(parts.data.set_adding)
        presenter.breaking.connect(self._set_breaking)
        presenter.cures.busy.connect(lambda busy: self.verdict.button.setEnabled(not busy))
        presenter.cures.wants_backup.connect(self._restore)
        self.failure.acted.connect(self.look_afresh)
        self.clear.erased.connect(self.look_afresh)
        self.check.clicked.connect(presenter.check_now)
        self.breaks.chosen.connect(self._fault_chosen)
        self.verdict.pressed.connect(self._cure)
        self.verdict.link.connect(self._follow)
        parts.chain.chosen.connect(self._open_link)
        parts.link.connect(self.follow)
        parts.data.add_pressed.connect(presenter.add_rows)

    def _guard(self) -> None:
        rights, guid, data = self.context.rights, self.place.instance or "", self.parts.data
        rights.guard(self.check, "clusters.read", guid)
        rights.guard_any(self.breaks, [Question(EMULATOR_MANAGE), Question(faults.SWITCHING, guid)])
        for button in (data.load, data.add):
            rights.guard(button, WRITING, guid)
        rights.guard(self.parts.logs.download, "logs.read", guid, what=tr("Download log files"))
        rights.changed.connect(self._show_training)

    def refresh(self) -> None:
        """Reads everything anew."""
        self._presenter.load()

    # what is shown ------------------------------------------------------------

    def _show(self, view: NodesView) -> None:
        detail = view.detail
        self._view = view
        self.failure.hide()
        self.skeleton.hide()
        self.header.set_trail(instance_trail(self.context, detail.guid, detail.name, tr("Nodes")))
        self._show_training()
        self.breaks.setVisible(detail.instance_state is InstanceState.ACTIVE)
        self.check.setVisible(detail.instance_state is InstanceState.ACTIVE and detail.root_key is not None)
        self.warning.show_detail(detail)
        self.clear.show_detail(detail)
        now = self.context.clock.now()
        standing = detail.standing(now)
        self.parts.show_detail(detail, view.sample, view.refusal, now)
        self.parts.chain.show_chain(chain(standing), standing.worst)
        self.parts.show_strip(strip_data(detail), detail.root_key is not None)
        learns = clock_time(detail.checks.learns_at, seconds=True) if detail.checks.learns_at else ""
        note = propagation_note(detail.checks.propagation_delay_seconds, learns)
        self.parts.note.setText(note if detail.root_key is not None and detail.nodes else "")
        self.parts.show()
        self.verdict.show()
        self._tick()

    def _show_training(self) -> None:
        """What can be broken and mended here by whoever is signed in."""
        view, rights = self._view, self.context.rights
        if view is None:
            return
        self.breaks.setText(faults.button_words(view.detail, view.faults))
        entries = faults.with_reasons(
            faults.entries(view.detail, view.faults),
            rights.reason(EMULATOR_MANAGE),
            rights.reason(faults.SWITCHING, view.detail.guid),
        )
        if list(self.breaks.entries()) != entries:  # an open menu would lose its place
            self.breaks.set_entries(entries)

    def _tick(self) -> None:
        """Every second: countdowns, and the words of the verdict that follow them."""
        view = self._view
        if view is None:
            return
        now = self.context.clock.now()
        found = verdict_words.shown_verdict(view.detail, now)
        if found != self._shown:
            self._shown = found
            label = found.cure.label if found.cure is not None else ""
            self.verdict.show_verdict(found.level, found.sentence, found.detail_html, label, mark=found.mark)
            self.verdict.button.set_enabled_because(not found.waiting, found.waiting)
            self.context.rights.guard_any(self.verdict.button, needs(found.cure, view.detail), what=label)
        self.parts.tick(now)

    def _second(self) -> None:
        self._tick()
        self._ticks += 1
        if self._view is not None and self._ticks % seconds_between(self._view.detail) == 0:
            self._presenter.load()

    def _set_breaking(self, busy: bool) -> None:
        self.breaks.set_enabled_because(not busy, tr("It is being done."))

    def _failed(self, error: KyokError) -> None:
        self.failure.show_failure(error)
        self.skeleton.hide()

    def showEvent(self, event: QShowEvent) -> None:
        """Counts while in sight."""
        super().showEvent(event)
        self.context.clock.second.connect(self._second)
        self._tick()

    def hideEvent(self, event: QHideEvent) -> None:
        """Does not count out of sight."""
        super().hideEvent(event)
        self.context.clock.second.disconnect(self._second)

    # what is pressed ----------------------------------------------------------

    def _cure(self) -> None:
        if self._view is not None and self._shown is not None and self._shown.cure is not None:
            self._presenter.cure(self._shown.cure, self._view.detail)

    def _restore(self) -> None:
        if self._view is not None:
            open_restore(self, self.context, self._view.detail)

    def _fault_chosen(self, entry_id: str) -> None:
        if self._view is not None:
            self._presenter.fault_chosen(entry_id, self._view.detail)

    def _follow(self, href: str) -> None:
        if href == verdict_words.WHY:
            self._explain()
        else:
            self.follow(href)

    def _open_link(self, link_id: str) -> None:
        if self._view is None:
            return
        detail = self._view.detail
        there = {
            "hsm": hsm_place(detail),
            "key": key_place(detail),
            "authorization": authorizations_place(detail),
            "data-key": Place(places.DB_OVERVIEW, detail.guid),
        }.get(link_id)
        if there is not None:
            self.context.navigator.go(there)
        else:
            self.show_widget(self.parts.tiles[0])
            self.parts.tiles[0].reason.setFocus()

    def _explain(self) -> None:
        if self._view is None or self._view.detail.root_key is None:
            return
        detail = self._view.detail
        name = self._view.detail.root_key.name
        dialog = Dialog(tr("Why the data cannot be read again"), detail.name, name="nodes.why", width=640)
        dialog.add_text(
            tr(
                "The data of {instance} is encrypted with a data key that only <b>{key}</b> could unwrap. When the "
                "nodes learned that this root key was deleted, the database service destroyed its wrapped data key.",
                instance=escape(detail.name),
                key=escape(name),
            )
        )
        dialog.add_text(
            tr(
                "Restoring {key} is possible for 30 days and lets other instances go on, but this instance does not "
                "come back. Its backups are sealed under a key of the service and can be restored into a new "
                "instance until they expire after 7 days.",
                key=escape(name),
            )
        )
        dialog.cancel.hide()
        dialog.set_accept(tr("Close"))
        dialog.accepted.connect(dialog.dismiss)
        dialog.open_over(self)
