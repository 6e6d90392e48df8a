"""The two pickers that decide under which key a new instance's data stands, with the note above them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from kyok.domain import databases
from kyok.domain.translation import tr
from kyok.errors import KyokError
from kyok_gui import places
from kyok_gui.context import PageContext
from kyok_gui.pages.database.key_options import (
    AUTOMATIC,
    SOURCE,
    KmsOption,
    KmsOptions,
    key_choices,
    key_helper,
    load_options,
)
from kyok_gui.pages.database.parts import wizard_place
from kyok_gui.places import Place
from kyok_gui.unsaved import Beginning
from kyok_gui.widgets import Choice, InlineNote, SelectField

if TYPE_CHECKING:
    from kyok.client.records.keys import Key
    from kyok.domain.authorizations import AuthorizationPolicy

SPACING, AFTER_HELPER = 12, 5
"""Space under a field, and under one whose helper words already stand off."""


class KeyOptionsPresenter(QObject):
    """Asks the cloud for KMS instances and for the root keys of the chosen one."""

    options_loaded = Signal(object)
    keys_loaded = Signal(str, object)
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def load(self) -> None:
        """Reads the KMS instances."""
        api = self._context.api
        self._context.tasks.read(lambda: load_options(api), self.options_loaded.emit, self.failed.emit, owner=self)

    def load_keys(self, option: KmsOption) -> None:
        """Reads the usable root keys of one instance."""
        api = self._context.api
        self._context.tasks.run(
            lambda: api.keys.usable_root_keys(option.crn),
            lambda keys: self.keys_loaded.emit(option.guid, keys),
            self.failed.emit,
            owner=self,
        )


def _automatic() -> Choice:
    return Choice(AUTOMATIC, tr(databases.AUTOMATIC_KEY))


class KeyPickers(QWidget):
    """KMS instance and root key. Both or none; the service must be authorized for the instance."""

    changed = Signal()

    def __init__(
        self, context: PageContext, *, name: str, numbers: tuple[str, str] = ("", ""), on: str = "page"
    ) -> None:
        super().__init__()
        self.setObjectName(f"{name}.key-pickers")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._context = context
        self._options = KmsOptions()
        self._empty = ""
        self._keys: tuple[Key, ...] = ()
        self._region, self._group = "us-south", ""
        self._wanted: tuple[str, str] = ("", "")
        self._presenter = KeyOptionsPresenter(context, self)
        noted_title, noted_text = databases.KEY_WARNING
        self.warning = InlineNote("warning", tr(noted_title), tr(noted_text), name=f"{name}.key-warning", compact=True)
        self.kms = SelectField(f"{numbers[0]}{tr('Select a KMS instance')}", name=f"{name}.kms-instance")
        self.key = SelectField(f"{numbers[1]}{tr('Select a root key')}", name=f"{name}.root-key")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget, gap in ((self.warning, SPACING), (self.kms, AFTER_HELPER), (self.key, 0)):
            column.addWidget(widget)
            column.addSpacing(gap)
        self.kms.chosen.connect(self._kms_chosen)
        self.key.chosen.connect(lambda _: self.changed.emit())
        self.kms.note_link.connect(self.follow_authorization)
        self._presenter.options_loaded.connect(self._show_options)
        self._presenter.keys_loaded.connect(self._show_keys)
        self._presenter.failed.connect(self._failed)
        self.kms.set_choices([_automatic()])
        self.kms.set_value(AUTOMATIC)
        self._show_automatic()
        self.beginning = Beginning({tr("KMS instance"): self.kms, tr("Root key"): self.key})

    # asking -------------------------------------------------------------------

    def load(self) -> None:
        """Reads instances, authorizations and keys; what is chosen stays chosen while it can be."""
        self._presenter.load()

    def want(self, kms_guid: str, key_id: str) -> None:
        """Chooses an instance and a key as soon as they are known."""
        self._wanted = (kms_guid, key_id)

    def take_back(self) -> None:
        """Chooses again what was chosen at first."""
        kms, key = self.beginning.held(tr("KMS instance")), self.beginning.held(tr("Root key"))
        self.want(kms, "" if key == AUTOMATIC else key)
        self._keys = ()
        self.key.set_choices([])
        self._show_options(self._options)
        self.beginning.begin()  # the keys are still being read

    def set_place(self, region: str, resource_group: str) -> None:
        """Where the new instance will stand; authorizations may depend on it."""
        if (region, resource_group) != (self._region, self._group):
            self._region, self._group = region, resource_group
            self._show_instance()

    def _failed(self, error: KyokError) -> None:
        with self.beginning.by_itself():
            self.key.set_blocked(error.summary)
        self.key.set_helper(error.remedy)
        self.changed.emit()

    # what is chosen -----------------------------------------------------------

    @property
    def automatic(self) -> bool:
        """Whether the service's own random key is chosen."""
        return self.kms.value() in ("", AUTOMATIC)

    @property
    def option(self) -> KmsOption | None:
        """The chosen KMS instance."""
        return None if self.automatic else self._options.option(self.kms.value())

    @property
    def authorization(self) -> AuthorizationPolicy | None:
        """The authorization for the chosen instance."""
        option = self.option
        return self._options.policy_for(option, self._region, self._group) if option is not None else None

    @property
    def chosen_key(self) -> Key | None:
        """The chosen root key."""
        return next((key for key in self._keys if key.id == self.key.value()), None)

    @property
    def blocked(self) -> bool:
        """Whether the authorization for the chosen instance is missing."""
        return self.option is not None and self.authorization is None

    @property
    def problem(self) -> str:
        """Why nothing can be made with this choice; nothing when it can."""
        option = self.option
        if option is None:
            return ""
        if self.blocked:
            return tr("the authorization for {option} is missing.", option=option.name)
        if self._empty == option.guid:
            return tr("{option} has no active root key.", option=option.name)
        return "" if self.chosen_key is not None else tr("choose a root key.")

    # showing ------------------------------------------------------------------

    def _show_options(self, options: KmsOptions) -> None:
        self._options = options
        chosen = self._wanted[0] or self.kms.value() or AUTOMATIC
        self._wanted = ("", self._wanted[1])
        with self.beginning.by_itself():
            self.kms.set_choices(options.choices())
            self.kms.set_value(chosen)
            if not self.kms.value():
                self.kms.set_value(AUTOMATIC)
            self._show_instance()

    def _kms_chosen(self, guid: str) -> None:
        self._keys = ()
        self.key.set_choices([])
        self._show_instance()

    def _show_instance(self) -> None:
        option = self.option
        if option is None:
            self._show_automatic()
        elif self.blocked:
            self._show_blocked(option)
        else:
            self._show_authorized(option)
        self.changed.emit()

    def _show_automatic(self) -> None:
        self.kms.set_invalid(False)
        self.kms.set_note("", "iconPrimary", "")
        self.kms.set_helper(tr("Choose an instance of your own to keep your own key."))
        self._keys = ()
        self.key.set_choices([_automatic()])
        self.key.set_value(AUTOMATIC)
        self.key.set_helper(tr("The service makes a random key and keeps it. You cannot disable or delete it."))

    def _show_blocked(self, option: KmsOption) -> None:
        words = tr("No authorization: {source} → {option}", source=SOURCE, option=option.name)
        self.kms.set_helper("")
        self.kms.set_invalid(True)
        self.kms.set_note("error--filled", "supportError", words, tr("Create authorization"), tone="error")
        self._keys = ()
        self.key.set_blocked(tr("No keys: the service may not list them"))
        self.key.set_helper(tr("Fills by itself as soon as the authorization exists."))

    def _show_authorized(self, option: KmsOption) -> None:
        policy = self.authorization
        role = ", ".join(policy.role_names) if policy is not None else ""
        self.kms.set_helper("")
        self.kms.set_invalid(False)
        words = tr(
            "Authorization found: {source} → {option}, role {role}", source=SOURCE, option=option.name, role=role
        )
        self.kms.set_note("checkmark--filled", "supportSuccess", words, tr("View"))
        if not self._keys:
            self.key.set_blocked(tr("Reading the root keys"))
        self._presenter.load_keys(option)

    def _show_keys(self, guid: str, keys: tuple[Key, ...]) -> None:
        option = self.option
        if option is None or option.guid != guid or self.blocked:
            return
        chosen = self._wanted[1] or self.key.value()
        self._empty = "" if keys else guid
        self._keys = tuple(key for key in keys if self._options.lets_use(option, key, self._region, self._group))
        if keys:
            with self.beginning.by_itself():
                self.key.set_choices(key_choices(keys, self._keys))
                self.key.set_value(chosen if chosen in {key.id for key in self._keys} else "")
            self.key.set_helper(key_helper(keys, self._keys))
        else:
            with self.beginning.by_itself():
                self.key.set_blocked(tr("No active root key"))
            self.key.set_helper(
                tr("Create or import a root key in {option} first, or choose another instance.", option=option.name)
            )
        self._wanted = ("", "")
        self.changed.emit()

    def follow_authorization(self) -> None:
        """To the authorization that was found, or to the wizard with everything filled in."""
        option, policy = self.option, self.authorization
        if option is None:
            return
        if policy is None:
            self._context.navigator.go(wizard_place(option.crn.service, option.guid))
        else:
            self._context.navigator.go(Place(places.AUTHORIZATIONS).with_query(policy=policy.id))
