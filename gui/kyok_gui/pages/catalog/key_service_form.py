"""The creation form of a key service: Hyper Protect Crypto Services or Key Protect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kyok.domain.names import service_name_problem, suggested_service_name
from kyok.domain.regions import region
from kyok.domain.services import HS_CRYPTO, service
from kyok.domain.translation import tr
from kyok_gui import endings, places
from kyok_gui.context import PageContext
from kyok_gui.page import Page
from kyok_gui.pages.catalog.page import CREATE
from kyok_gui.places import Place
from kyok_gui.unsaved import Beginning, not_created
from kyok_gui.widgets import Button, Choice, InlineNote, KeyValueList, SelectField, Text, TextField, Tile, escape
from kyok_gui.widgets.basics import hide_unless

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.records.resources import ResourceGroup, ServiceInstance
    from kyok.errors import KyokError

HSM_NAME_LIMIT = 30
"""Characters of an HPCS instance's name; the form's own limit (hsm.md 1.1), the API takes 180."""
UNITS = ("2", "3")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the form asks the resource controller for."""

    service: str
    name: str
    region: str
    group: str
    units: int = 0

    def send(self, api: CloudApi) -> ServiceInstance:
        """Creates the instance; runs in a worker."""
        found = service(self.service)
        if found is None:
            raise LookupError(self.service)
        parameters: dict[str, Any] = {"units": self.units} if self.units else {}
        return api.resources.create(
            self.name,
            plan_id=found.plans[0].id,
            region=self.region,
            resource_group=self.group,
            parameters=parameters,
        )


class KeyServicePresenter(QObject):
    """Loads the groups and sends the form."""

    groups = Signal(object)
    created = Signal(object)
    refused = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def load(self) -> None:
        """Asks for the resource groups."""
        api = self._context.api
        self._context.tasks.run(api.resources.groups, self.groups.emit, owner=self)

    def create(self, wish: Wish) -> None:
        """Sends the form."""
        api = self._context.api
        self._context.tasks.run(lambda: wish.send(api), self.created.emit, self.refused.emit, owner=self)


class CreateKeyServicePage(Page):
    """One page: region, name, group, and for HPCS the number of crypto units."""

    navigation = False
    service_name = HS_CRYPTO

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__(context, place)
        found = service(self.service_name)
        if found is None:
            raise LookupError(self.service_name)
        self._service = found
        self._hsm = self.service_name == HS_CRYPTO
        self._sending = False
        self.header.set_trail([(tr("Catalog"), Place(places.CATALOG)), (found.display_name, None)])
        self.header.set_title(tr("Create {service}", service=found.display_name))
        self.header.set_subtitle(found.description)
        self._presenter = KeyServicePresenter(context, self)
        self._presenter.groups.connect(self._show_groups)
        self._presenter.created.connect(self._created)
        self._presenter.refused.connect(self._refused)
        row = QHBoxLayout()
        row.setSpacing(32)
        row.addWidget(self._form(), 2)
        row.addWidget(self._summary(), 1)
        self.body.addLayout(row)
        self.body.addStretch(1)
        context.rights.guard(
            self._create, CREATE, self.service_name, what=tr("Create {service}", service=found.display_name)
        )
        self._changed()

    def _form(self) -> QWidget:
        place = self.place.kind
        self._region = SelectField(tr("Select a region/location"), name=f"{place}.region")
        self._region.set_choices([Choice(one, _label(one)) for one in self._service.regions])
        self._region.set_value(self._service.regions[0])
        suffix = endings.random_ending(2)
        suggested = suggested_service_name(self._service.short_name, suffix)
        self._name = TextField(tr("Service name"), name=f"{place}.name", value=suggested)
        self._group = SelectField(tr("Select a resource group (cannot be changed later)"), name=f"{place}.group")
        self._units = SelectField(
            tr("Number of crypto units"),
            name=f"{place}.units",
            helper=tr("Two is the minimum for availability. The number cannot be changed later here."),
        )
        self._units.set_choices(
            [Choice(number, tr("{number} operational crypto units", number=number)) for number in UNITS]
        )
        self._units.set_value(UNITS[0])
        hide_unless(self._units, self._hsm)
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(20)
        for field in (self._region, self._name, self._group, self._units):
            column.addWidget(field)
        column.addStretch(1)
        self._beginning = Beginning(
            {
                tr("Region"): self._region,
                tr("Service name"): self._name,
                tr("Resource group"): self._group,
                tr("Crypto units"): self._units,
            }
        )
        for chosen in (self._region.chosen, self._group.chosen, self._units.chosen, self._name.changed):
            chosen.connect(self._changed)
        return form

    def _summary(self) -> QWidget:
        place = self.place.kind
        tile = Tile(heading=tr("Summary"), name=f"{place}.summary")
        self._facts = KeyValueList(label_width=104, align_right=True, name=f"{place}.facts")
        self._problem = InlineNote("error", "", name=f"{place}.problem", compact=True)
        self._problem.hide()
        self._create = Button(tr("Create"), "primary", name=f"{place}.create", size="lg")
        self._create.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._create.clicked.connect(self._send)
        tile.body.addWidget(self._facts)
        tile.body.addSpacing(8)
        if self._hsm:
            text = tr("After creating it, initialize its crypto units: before that it can hold no key.")
            tile.body.addWidget(Text(text, "label01", "helper", wrap=True))
        tile.body.addStretch(1)
        tile.body.addWidget(self._problem)
        tile.body.addWidget(self._create)
        tile.setMinimumHeight(320)
        return tile

    def refresh(self) -> None:
        """Asks for the resource groups."""
        self._presenter.load()

    def unsaved(self) -> str:
        """What was entered and is not on its way."""
        return "" if self._sending else not_created(self._beginning.changed())

    def give_up(self) -> None:
        """The form is as it began."""
        self._beginning.take_back()
        self._problem.hide()
        self._changed()

    def _show_groups(self, groups: list[ResourceGroup]) -> None:
        default = next((group.id for group in groups if group.default), groups[0].id if groups else "")
        with self._beginning.by_itself():
            self._group.set_choices([Choice(group.id, group.name) for group in groups])
            if not self._group.value():
                self._group.set_value(default)
        self._changed()

    def _name_problem(self) -> str:
        name = self._name.value()
        problem = service_name_problem(name) or ""
        if not problem and self._hsm and len(name) > HSM_NAME_LIMIT:
            problem = tr("Use {limit} characters or fewer.", limit=HSM_NAME_LIMIT)
        return problem

    def _changed(self, *_: object) -> None:
        problem = self._name_problem()
        self._name.set_error(problem)
        facts = [
            (tr("Region"), _label(self._region.value())),
            (tr("Plan"), self._service.plans[0].display_name),
            (tr("Name"), self._name.value() or "–"),
        ]
        if self._hsm:
            facts.append((tr("Crypto units"), self._units.value()))
        self._facts.set_rows(facts)
        reason = tr("Correct the service name first.") if problem else ""
        if not self._group.value():
            reason = reason or tr("The resource groups are being read.")
        self._create.set_enabled_because(not reason, reason)

    def _send(self) -> None:
        self._sending = True
        self._problem.hide()
        self.keep_focus()
        self._create.set_enabled_because(False, tr("The instance is being created."))
        units = int(self._units.value()) if self._hsm else 0
        self._presenter.create(
            Wish(self.service_name, self._name.value(), self._region.value(), self._group.value(), units)
        )

    def _created(self, instance: ServiceInstance) -> None:
        self.context.notices.success(
            tr("{name} is created", name=instance.name), tr("Initialize it next.") if self._hsm else ""
        )
        self._sending = False
        self._name.set_value(suggested_service_name(self._service.short_name, endings.random_ending(2)))
        self._beginning.begin()
        self._changed()
        kind = places.CRYPTO_UNITS if self._hsm else places.KEYS
        self.context.navigator.go(Place(kind, instance.guid))

    def _refused(self, error: KyokError) -> None:
        self._sending = False
        self._problem.show_note("error", error.summary, escape(error.remedy))
        self._problem.show()
        self._changed()


def _label(region_id: str) -> str:
    found = region(region_id)
    return found.label if found else region_id
