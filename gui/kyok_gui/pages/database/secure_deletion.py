"""Secure deletion of one instance: two halves with evidence, and the step that is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kyok.domain.crn import Crn
from kyok.domain.rights import Question
from kyok.domain.secure_deletion import Checklist
from kyok.domain.translation import tr
from kyok.errors import KyokError
from kyok_gui import places
from kyok_gui.context import PageContext
from kyok_gui.page import Page
from kyok_gui.pages.database.deletion_half import HalfTile, MeaningTile
from kyok_gui.pages.database.deletion_words import Finish, LeftToDo, left_to_do
from kyok_gui.pages.database.instance_actions import InstanceActions
from kyok_gui.pages.database.overview import OverviewPresenter
from kyok_gui.pages.database.parts import FailureNote, chain_tabs, key_place
from kyok_gui.places import Place
from kyok_gui.widgets import Button, Dialog, InlineNote, Prose, Skeleton, Text, Tile, escape

if TYPE_CHECKING:
    from kyok.client.records.detail import DatabaseDetail


class LeftTile(Tile):
    """What is left to do, with the finishing action last and red."""

    def __init__(self) -> None:
        super().__init__(name="secure-deletion.left", padding=24)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.words = Prose("", name="secure-deletion.left.words")
        self.reason = Text("", "helperText01", "helper", name="secure-deletion.left.reason")
        self.restore = Button(tr("Restore it"), "ghost", name="secure-deletion.restore")
        self.finish = Button(tr("Finish"), "danger-tertiary", name="secure-deletion.finish", icon="trash-can")
        self.body.setContentsMargins(24, 20, 24, 20)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(Text(tr("What is left to do"), "heading02"))
        words.addWidget(self.words)
        words.addWidget(self.reason)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(words, 1)
        row.addSpacing(32)
        row.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.finish, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)

    def show_left(self, left: LeftToDo) -> None:
        """Shows the words and the buttons that belong to them."""
        self.words.set_html(left.html)
        self.reason.setText(left.reason)
        self.reason.setVisible(bool(left.reason))
        self.restore.setVisible(left.restorable)
        self.finish.setVisible(bool(left.finish))
        self.finish.setText(left.button)
        self.finish.set_enabled_because(not left.reason, left.reason)


class SecureDeletionPage(Page):
    """Says which half is missing, and offers to do it."""

    concerns: ClassVar[frozenset[str]] = frozenset(
        {"database", "instance", "key", "reclamation", "backup", "clock", "crypto-units"}
    )

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__(context, place)
        self._detail: DatabaseDetail | None = None
        self._shown: Checklist | None = None
        self._guarded: Finish | None = None
        self._presenter = OverviewPresenter(context, place.instance or "", self)
        self._actions = InstanceActions(context, self)
        self._name(context.directory.name_of(place.instance))
        self.header.set_subtitle(tr("Data is securely deleted only when both the instance and its root key are gone."))
        self.failure = FailureNote(name="secure-deletion.failure")
        self.headline = InlineNote("warning", "", name="secure-deletion.headline")
        self.skeleton = Skeleton(8)
        self.halves = [HalfTile(0), HalfTile(1)]
        self.meaning = MeaningTile()
        self.left = LeftTile()
        self._sides = QWidget()
        row = QHBoxLayout(self._sides)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for half in self.halves:
            row.addWidget(half, 1)
            half.link.connect(self.follow)
        self._parts = (self.headline, self._sides, self.meaning, self.left)
        for widget in (self.failure, self.headline, self.skeleton, self._sides, self.meaning, self.left):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        for part in self._parts:
            part.hide()
        self._connect()

    def _connect(self) -> None:
        self._presenter.loaded.connect(lambda view: self._show(view.detail))
        self._presenter.failed.connect(self._failed)
        self._actions.finished.connect(lambda _: self.look_afresh())
        self._actions.busy.connect(lambda busy: self.left.restore.setEnabled(not busy))
        self.failure.acted.connect(self.look_afresh)
        self.left.restore.clicked.connect(self._restore)
        self.left.finish.clicked.connect(self._finish)

    def _name(self, name: str) -> None:
        self.header.set_title(tr("Secure deletion of {name}", name=name))
        account = self.context.account.name or tr("Account")
        self.header.set_trail(
            [(account, places.HOME), (tr("Secure deletion"), Place(places.SECURE_DELETION_LIST)), (name, None)]
        )

    def refresh(self) -> None:
        """Reads the evidence anew."""
        self._presenter.load()

    # showing ------------------------------------------------------------------

    def _show(self, detail: DatabaseDetail) -> None:
        self._detail = detail
        self._shown = None
        self.failure.hide()
        self.skeleton.hide()
        self._name(detail.name)
        for part in self._parts:
            part.show()
        self._tick()

    def _tick(self) -> None:
        """Spans run down while one looks."""
        if self._detail is None:
            return
        now = self.context.clock.now()
        found = self._detail.deletion(now)
        left = left_to_do(self._detail, found, now)
        self.left.show_left(left)
        self._guard(self._detail, left.finish)
        if found == self._shown:
            return
        self._shown = found
        untouched = not any(step.state.value == "done" for step in found.halves[0].steps)
        level = "good" if found.complete else "quiet" if untouched and not _key_gone(found) else "warning"
        self.headline.show_note(level, found.sentence, escape(found.detail))
        for place, tile in enumerate(self.halves):
            tile.setVisible(place < len(found.halves))
            if place < len(found.halves):
                tile.show_half(found.halves[place])
        self.meaning.show_lines(found.lines)
        stops = [stop for half in self.halves for stop in half.tab_stops()]
        chain_tabs([*stops, self.left.restore, self.left.finish])

    def _guard(self, detail: DatabaseDetail, finish: Finish | None) -> None:
        """The next step needs a role at the instance, or at the key."""
        if finish == self._guarded:
            return
        self._guarded = finish
        rights, hsm = self.context.rights, detail.hsm.guid if detail.hsm is not None else ""
        ring = detail.root_key.ring if detail.root_key is not None else ""
        asked = {
            Finish.DELETE_INSTANCE: Question("resource-controller.instance.delete", detail.guid),
            Finish.RECLAIM: Question("resource-controller.reclamation.reclaim", detail.guid),
            Finish.DELETE_KEY: Question("secrets.delete", hsm, ring),
            Finish.PURGE: Question("secrets.purge", hsm, ring),
        }
        rights.guard_any(self.left.finish, [asked[finish]] if finish in asked else [])
        rights.guard(self.left.restore, "resource-controller.reclamation.restore", detail.guid)

    def _failed(self, error: KyokError) -> None:
        self.skeleton.hide()
        self.failure.show_failure(error)

    def showEvent(self, event: QShowEvent) -> None:
        """Counts while in sight."""
        super().showEvent(event)
        self.context.clock.second.connect(self._tick)
        self._tick()

    def hideEvent(self, event: QHideEvent) -> None:
        """Does not count out of sight."""
        super().hideEvent(event)
        self.context.clock.second.disconnect(self._tick)

    # acting -------------------------------------------------------------------

    def _restore(self) -> None:
        if self._detail is not None:
            self._actions.restore(self._detail)

    def _finish(self) -> None:
        detail = self._detail
        if detail is None:
            return
        now = self.context.clock.now()
        finish = left_to_do(detail, detail.deletion(now), now).finish
        if finish is Finish.DELETE_INSTANCE:
            self._actions.ask_delete(self, detail)
        elif finish is Finish.RECLAIM:
            self._actions.ask_reclaim(self, detail)
        elif finish is Finish.DELETE_KEY:
            there = key_place(detail)
            if there is not None:
                self.context.navigator.go(there.with_query(key=there.value("key"), delete="1"))
        elif finish is Finish.PURGE:
            self._ask_purge(detail)

    def _ask_purge(self, detail: DatabaseDetail) -> None:
        hsm, key = detail.hsm, detail.root_key
        if hsm is None or key is None:
            return
        dialog = Dialog(
            tr("Purge the key"), key.name, path=f"{hsm.name} / {key.name}", name="secure-deletion.purge", width=640
        )
        dialog.add_effect(
            "error--filled",
            "supportError",
            tr("{key} cannot be restored any more", key=key.name),
            tr(
                "Its metadata and every sealed form of its material are removed. An imported key is only as gone as "
                "your own copy of it."
            ),
        )
        dialog.add_typed_name(key.name)
        dialog.set_accept(tr("Purge the key"), "trash-can", danger=True)

        def purge() -> None:
            api = self.context.api
            dialog.set_busy(True)
            self.context.tasks.run(
                lambda: api.keys.purge(Crn.parse(hsm.crn), key.id),
                lambda _: self._purged(dialog, key.name),
                lambda error: dialog.set_error(error.summary, error.remedy),
                owner=dialog,
            )

        dialog.accepted.connect(purge)
        dialog.open_over(self)

    def _purged(self, dialog: Dialog, name: str) -> None:
        dialog.set_busy(False)
        dialog.dismiss()
        self.context.notices.success(tr("{name} is purged", name=name), tr("There is no way back to this key."))
        self.look_afresh()


def _key_gone(found: Checklist) -> bool:
    return len(found.halves) > 1 and found.halves[1].done
