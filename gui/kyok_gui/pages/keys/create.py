"""Create a key, Import a key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from kyok.domain.translation import tr
from kyok.secrets import Secret
from kyok_gui.context import PageContext
from kyok_gui.pages.keys.allowed import Allowed, read_allowed
from kyok_gui.pages.keys.form import STANDARD, FormDialog, KeyFields, KeyValues
from kyok_gui.pages.keys.material import MaterialField
from kyok_gui.pages.keys.presenter import KeysPresenter
from kyok_gui.pages.keys.travel import Travel, for_travel
from kyok_gui.unsaved import Beginning, not_created
from kyok_gui.widgets import Field, Text

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.records.keys import Key
    from kyok.domain.crn import Crn
    from kyok.errors import KyokError

_FIELD_OF_CODE = {"KEY_ALIAS_NOT_UNIQUE_ERR": "alias"}


class NewKey(QObject):
    """One dialog for a new key, from its opening until the key is there."""

    def __init__(
        self,
        context: PageContext,
        presenter: KeysPresenter,
        way: Sequence[str],
        *,
        imported: bool,
        made: Callable[[Key], None],
    ) -> None:
        super().__init__(presenter)
        self._context = context
        self._presenter = presenter
        self._made = made
        self._material: MaterialField | None = None
        self._travel: Travel | None = None
        self._imported = imported
        self._allowed = Allowed()
        name = "keys.import" if imported else "keys.create"
        title = tr("Import a key") if imported else tr("Create a key")
        self.dialog = FormDialog(tr("Add key"), title, path=" / ".join(way), name=name, width=720)
        self.fields = self.dialog.add_widget(KeyFields(context.clock.now, name=name))
        self.dialog.first = self.fields.key_name
        self._beginning = Beginning(self.fields.named())
        self.dialog.losing = self.unsaved
        if imported:
            self._material = self.dialog.add_widget(MaterialField(name=f"{name}.material"))
            self._material.changed.connect(self.dialog.refit)
            self._material.submitted.connect(self._submit)
            self.fields.type_chosen.connect(self._material.set_standard)
            self._travel = self.dialog.add_widget(Travel(presenter.crn.service, name=f"{name}.travel"))
            self._travel.changed.connect(self._show_ready)
            self.fields.type_chosen.connect(self._travel.set_standard)
        else:
            words = tr("The material is made inside the crypto units and never leaves them in the clear.")
            self.dialog.add_text(words)
        self._inherits = self.dialog.add_widget(
            Text("", "bodyCompact01", "primary", wrap=True, name=f"{name}.inherits")
        )
        self._inherits.hide()
        self.dialog.set_accept(tr("Import key") if imported else tr("Create key"), "upload" if imported else "add")
        self.fields.submitted.connect(self._submit)
        self.dialog.accepted.connect(self._submit)
        self.dialog.gone.connect(self._gone)
        self.fields.type_chosen.connect(self._show_ready)
        api, crn = context.api, presenter.crn
        context.tasks.run(lambda: read_allowed(api, crn), self._allow, owner=self)

    def unsaved(self) -> str:
        """What was entered and is not on its way, in a sentence."""
        if self.dialog.busy:
            return ""
        given = self._material is not None and self._material.given
        return not_created([*self._beginning.changed(), *([tr("Key material")] if given else [])])

    def _allow(self, allowed: Allowed) -> None:
        """Key rings to choose from, and what the instance policy forbids."""
        self._allowed = allowed
        root, standard = (allowed.against(imported=self._imported, standard=kind) for kind in (False, True))
        with self._beginning.by_itself():
            self.fields.set_rings(allowed.rings)
            self.fields.forbid(root, standard)
        if self._travel is not None:
            self._travel.set_enforced(allowed.token_enforced)
        self._show_ready()

    def _show_ready(self, *_: object) -> None:
        standard = self.fields.kind.value() == STANDARD
        problem = self._allowed.against(imported=self._imported, standard=standard)
        if not problem and self._travel is not None:
            problem = self._travel.problem()
        self.dialog.set_ready(not problem, problem)
        words = self._allowed.inherits(imported=self._imported, standard=standard)
        self._inherits.setText(words)
        self._inherits.setVisible(bool(words))
        self.dialog.refit()

    def _submit(self) -> None:
        if self.dialog.busy:
            return
        self.dialog.set_error("")
        wrong: Field | MaterialField | None = self.fields.wrong_field()
        if self._material is not None and self._material.problem() and wrong is None:
            wrong = self._material
        self.dialog.refit()
        if wrong is not None:
            wrong.setFocus()
            return
        material = self._material.take() if self._material is not None else None
        self.dialog.set_busy(True)
        sealed = self._travel is not None and self._travel.sealed
        self._presenter.do(creation(self.fields.values(), material, sealed=sealed), self._done, self._failed)

    def _done(self, key: Key) -> None:
        self.dialog.dismiss()
        title = tr("{key} imported", key=key.name) if key.imported else tr("{key} created", key=key.name)
        self._context.notices.success(title, f"{key.type_word}, {key.state.word.lower()}.")
        self._made(key)

    def _failed(self, error: KyokError) -> None:
        remedy = error.remedy
        if self._material is not None:
            remedy = f"{remedy} {tr('The material was wiped: give it again.')}".strip()
        self.dialog.set_error(error.summary, remedy)
        if _FIELD_OF_CODE.get(str(getattr(error, "code", ""))) == "alias":
            self.fields.alias.set_error(error.summary)
            self.fields.alias.setFocus()

    def _gone(self) -> None:
        if self._material is not None:
            self._material.wipe()
        self.deleteLater()


def creation(values: KeyValues, material: Secret | None, *, sealed: bool = False) -> Callable[[CloudApi, Crn], Key]:
    """The call that makes the key; it wipes the material when it is sent, whatever the answer."""

    def create(api: CloudApi, crn: Crn) -> Key:
        try:
            sent = for_travel(api, crn, material, sealed=sealed) if material is not None else None
            return api.keys.create(
                crn,
                values.name,
                standard=values.standard,
                description=values.description,
                aliases=values.aliases,
                expires_at=values.expires_at,
                tags=values.tags,
                ring=values.ring,
                material=sent,
            )
        finally:
            if material is not None:
                material.wipe()

    return create
