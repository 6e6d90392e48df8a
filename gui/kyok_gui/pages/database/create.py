"""Creating a database instance: one page, the documented fields, price, key, and the way to the authorization."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from kyok.domain.translation import tr
from kyok.errors import KyokError
from kyok.secrets import Secret
from kyok_gui import endings, places
from kyok_gui.context import PageContext
from kyok_gui.page import Page
from kyok_gui.pages.database.create_form import GUTTER, CreateForm
from kyok_gui.pages.database.create_summary import WIDTH, CreateSummary
from kyok_gui.pages.database.create_values import FormValues, database_service, why_not
from kyok_gui.places import Place
from kyok_gui.unsaved import not_created

if TYPE_CHECKING:
    from kyok.client.records.resources import ServiceInstance

_ON_THE_WAY = frozenset({places.AUTHORIZATIONS, places.CATALOG, places.CREATE_POSTGRESQL})
"""Places on the way to an authorization and back; anywhere else means that the page is left for good."""
_SIDE_BY_SIDE = 1240
"""From this width of the page on the summary stands beside the form."""


class CreatePresenter(QObject):
    """Reads resource groups and orders the instance."""

    groups_loaded = Signal(object)
    created = Signal(object)
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def load(self) -> None:
        """Reads the resource groups."""
        api = self._context.api
        self._context.tasks.run(api.resources.groups, self.groups_loaded.emit, owner=self)

    def create(self, values: FormValues, password: Secret, kms_instance: str, kms_key: str) -> None:
        """Orders the instance; the password is wiped as soon as it is sent."""
        api = self._context.api

        def order() -> ServiceInstance:
            from kyok.client import DatabaseRequest

            with password:
                return api.databases.create(
                    DatabaseRequest(
                        name=values.service_name,
                        region=values.region,
                        resource_group=values.resource_group,
                        plan=values.plan,
                        cluster_name=values.cluster_name,
                        admin_name=values.admin_name,
                        password=password,
                        version=values.version,
                        ram=values.ram,
                        disk=values.disk,
                        cpu=values.cpu,
                        kms_instance=kms_instance,
                        kms_key=kms_key,
                        endpoints=values.endpoints,
                        tags=values.tags,
                    )
                )

        self._context.tasks.run(order, self.created.emit, self.failed.emit, owner=self)


class CreatePostgresqlPage(Page):
    """The form at the left, the summary at the right."""

    concerns: ClassVar[frozenset[str]] = frozenset({"instance", "key", "policy", "crypto-units"})

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__(context, place)
        self._busy = False
        service = database_service()
        self.header.set_title(tr("Create {service}", service=service.display_name))
        self.header.set_trail(
            [
                (tr("Catalog"), Place(places.CATALOG)),
                (tr(service.category), Place(places.CATALOG).with_query(category=service.category)),
                (service.display_name, None),
            ]
        )
        self._presenter = CreatePresenter(context, self)
        self.form = CreateForm(context)
        self.summary = CreateSummary()
        box = QWidget()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, box)
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.setSpacing(GUTTER)
        self._sides.addWidget(self.form, 1)
        self._sides.addWidget(self.summary)
        self.body.addWidget(box)
        self.body.addStretch(1)
        self._connect()
        context.rights.guard(self.summary.create_button, "resource-controller.instance.create", service.name)
        self.form.reset(endings.random_ending(1))
        self._show()

    def _connect(self) -> None:
        self._presenter.groups_loaded.connect(self.form.set_groups)
        self._presenter.created.connect(self._created)
        self._presenter.failed.connect(self._failed)
        self.form.changed.connect(self._show)
        self.summary.pressed.connect(self._create)
        self.summary.authorize.connect(self.form.pickers.follow_authorization)
        self.context.navigator.moved.connect(self._moved)

    def refresh(self) -> None:
        """Reads groups, KMS instances, authorizations and keys; what was typed stays."""
        self._presenter.load()
        self.form.pickers.load()

    def arrived(self, place: Place) -> None:
        """Chooses the key that the link names."""
        if place.value("key_instance"):
            self.form.pickers.want(place.value("key_instance"), place.value("key"))
            self.mark_stale()

    def unsaved(self) -> str:
        """What was entered and is not on its way."""
        return "" if self._busy else not_created(self.form.entered())

    def give_up(self) -> None:
        """The form is as it began."""
        self.form.take_back()

    def keeps(self, place: Place) -> bool:
        """On the way to an authorization and back everything stays; further away passwords do not."""
        if not super().keeps(place):
            return place.kind == places.AUTHORIZATIONS
        return place.kind in _ON_THE_WAY or not self.form.secret_entered

    def _moved(self, place: Place) -> None:
        if place.kind not in _ON_THE_WAY and not self._busy:  # what is on its way may be refused
            self.form.wipe()

    def _show(self) -> None:
        values = self.form.values()
        why = why_not(values, self.form.problems())
        self.summary.show_values(values, why, blocked=self.form.pickers.blocked, busy=self._busy)

    # creating -----------------------------------------------------------------

    def _create(self) -> None:
        values = self.form.values()
        if self._busy or why_not(values, self.form.problems()):
            return
        option, key = self.form.pickers.option, self.form.pickers.chosen_key
        self._busy = True
        self.keep_focus()
        self.form.setEnabled(False)
        self._show()
        self._presenter.create(
            values,
            Secret(self.form.password.value()),
            str(option.crn) if option is not None and key is not None else "",
            key.id if key is not None else "",
        )

    def _finish(self) -> None:
        self._busy = False
        self.form.setEnabled(True)

    def _created(self, instance: ServiceInstance) -> None:
        self._finish()
        name = self.form.values().service_name
        self.form.reset(endings.random_ending(1))
        words = tr("{name} is being created. Three nodes are on their way.", name=name)
        self.context.notices.info(tr("Instance ordered"), words)
        self.context.navigator.go(Place(places.NODES, instance.guid))

    def _failed(self, error: KyokError) -> None:
        self._finish()
        self._show()
        self.summary.show_failure(error.summary, error.remedy)

    # size ---------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the summary stands below the form."""
        super().resizeEvent(event)
        beside = event.size().width() >= _SIDE_BY_SIDE
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(direction)
        self.summary.setMinimumWidth(WIDTH if beside else 0)
        self.summary.setMaximumWidth(WIDTH if beside else 16_777_215)
