"""The 15 fields of the creation form in their documented order, region and plan above them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kyok.domain import databases, names, passwords, regions
from kyok.domain.translation import tr
from kyok_gui.context import PageContext
from kyok_gui.pages.database.create_values import FormValues, database_service, field_problems, tags_of
from kyok_gui.pages.database.key_pickers import AFTER_HELPER, SPACING, KeyPickers
from kyok_gui.unsaved import Beginning
from kyok_gui.widgets import Choice, Field, PasswordField, Rule, SelectField, Text, TextField
from kyok_gui.widgets.flow import FoldingRow

if TYPE_CHECKING:
    from kyok.client.records.resources import ResourceGroup

PLACE = "create-postgresql"
_FIELDS = {field.id: field for field in databases.FORM_FIELDS}
GUTTER = 32


def _label(field: str) -> str:
    return f"{_FIELDS[field].number}  {tr(_FIELDS[field].label)}"


def _hint(field: str) -> str:
    return tr(_FIELDS[field].hint) if _FIELDS[field].hint else ""


def _text(field: str, value: str = "") -> TextField:
    return TextField(_label(field), name=f"{PLACE}.{field}", value=value, placeholder=_hint(field))


def _select(field: str, choices: list[Choice], value: str = "") -> SelectField:
    made = SelectField(_label(field), name=f"{PLACE}.{field}", choices=choices)
    made.set_value(value or (choices[0].id if choices else ""))
    return made


_FOLD = 760
"""Below this width, in pixels, there is one column."""


class CreateForm(QWidget):
    """Holds the fields; knows their values and what is wrong with them."""

    changed = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.setObjectName(f"{PLACE}.form")
        self._touched: set[str] = set()
        self._make_left()
        self._make_right(context)
        self._lay_out()
        self._connect()
        self.reset()

    # building -----------------------------------------------------------------

    def _make_left(self) -> None:
        service = database_service()
        areas = [Choice(area, found.label if (found := regions.region(area)) else area) for area in service.regions]
        plans = [Choice(plan.name, plan.display_name, detail=plan.description) for plan in service.plans]
        self.region = SelectField(tr("Select a region/location"), name=f"{PLACE}.region", choices=areas)
        self.plan = SelectField(tr("Select a pricing plan"), name=f"{PLACE}.plan", choices=plans)
        self.service_name = _text("service-name")
        self.group = _select("resource-group", [])
        self.tags = _text("tags")
        self.access_tags = _text("access-tags")
        self.cluster_name = _text("cluster-name")
        self.admin_name = _text("admin-name")
        self.password = PasswordField(_label("password"), name=f"{PLACE}.password")
        self.confirmation = PasswordField(_label("confirm-password"), name=f"{PLACE}.confirm-password")

    def _make_right(self, context: PageContext) -> None:
        self.version = _select("version", [Choice(value, label) for value, label in databases.VERSIONS])
        self.ram = _select("ram", [Choice(str(size), databases.ram_label(size)) for size in databases.RAM_VALUES])
        self.disk = _select("disk", [Choice(str(size), databases.disk_label(size)) for size in databases.DISK_VALUES])
        self.cpu = _select("cpu", [Choice(str(size), databases.cpu_label(size)) for size in databases.CPU_VALUES])
        self.pickers = KeyPickers(context, name=PLACE, numbers=("13  ", "14  "))
        self.endpoints = _select(
            "endpoints", [Choice(value, tr(noted_label)) for value, noted_label in databases.ENDPOINTS]
        )

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        above = FoldingRow(_FOLD, spacing=GUTTER)
        above.addWidget(self.region, 1)
        above.addWidget(self.plan, 1)
        column.addLayout(above)
        column.addWidget(Rule(strength="page"))
        column.addSpacing(-4)
        column.addWidget(Text(tr("Configure your resource"), "heading01"))
        column.addSpacing(-5)
        sides = FoldingRow(_FOLD, spacing=GUTTER)
        left = (self.service_name, self.group, self.tags, self.access_tags, self.cluster_name, self.admin_name)
        sides.addLayout(_column(*left, self.password, self.confirmation), 1)
        right = (self.version, self.ram, self.disk, self.cpu, self.pickers, self.endpoints)
        sides.addLayout(_column(*right), 1)
        column.addLayout(sides)
        column.addStretch(1)

    def _connect(self) -> None:
        self._beginning = Beginning(self._named())
        for field, name in self._texts():
            field.changed.connect(lambda _, name=name: self._edited(name))
        for select in (self.region, self.plan, self.group, self.version, self.ram, self.disk, self.cpu, self.endpoints):
            select.chosen.connect(lambda _: self._changed())
        self.pickers.changed.connect(self.changed)

    def _named(self) -> dict[str, TextField | SelectField]:
        return {
            tr("Region"): self.region,
            tr("Plan"): self.plan,
            tr("Service name"): self.service_name,
            tr("Resource group"): self.group,
            tr("Tags"): self.tags,
            tr("Access management tags"): self.access_tags,
            tr("Cluster name"): self.cluster_name,
            tr("Database admin name"): self.admin_name,
            tr("Database admin password"): self.password,
            tr("Confirm password"): self.confirmation,
            tr("Version"): self.version,
            "RAM": self.ram,
            tr("Disk"): self.disk,
            "vCPU": self.cpu,
            tr("Endpoints"): self.endpoints,
        }

    def _texts(self) -> list[tuple[TextField, str]]:
        return [
            (self.service_name, "service-name"),
            (self.tags, "tags"),
            (self.access_tags, "tags"),
            (self.cluster_name, "cluster-name"),
            (self.admin_name, "admin-name"),
            (self.password, "password"),
            (self.confirmation, "confirm-password"),
        ]

    # values -------------------------------------------------------------------

    def reset(self, suffix: str = "") -> None:
        """The values that the form starts with."""
        service = database_service()
        self._touched.clear()
        self.region.set_value(service.regions[0])
        self.plan.set_value(service.plans[0].name)
        self.service_name.set_value(names.suggested_service_name(service.display_name, suffix).rstrip("-"))
        self.tags.set_value("")
        self.access_tags.set_value("")
        self.cluster_name.set_value("cluster01")
        self.admin_name.set_value("admin")
        self.version.set_value(databases.VERSIONS[0][0])
        for select, size in zip((self.ram, self.disk, self.cpu), databases.MINIMUM, strict=True):
            select.set_value(str(size))
        self.endpoints.set_value(databases.ENDPOINTS[0][0])
        self.wipe()
        self._touched.clear()
        self._changed()
        self._beginning.begin()
        self.pickers.beginning.begin()

    def entered(self) -> list[str]:
        """Names of the fields in which somebody entered something else than the form began with."""
        return self._beginning.changed() + self.pickers.beginning.changed()

    @property
    def secret_entered(self) -> bool:
        """Whether a password stands in the form."""
        return bool(self.password.value() or self.confirmation.value())

    def take_back(self) -> None:
        """The form is as it began."""
        self._beginning.take_back()
        self.pickers.take_back()
        self.wipe()
        self._touched.clear()
        self._changed()

    def wipe(self) -> None:
        """Forgets both passwords."""
        self.password.wipe()
        self.confirmation.wipe()
        self._touched -= {"password", "confirm-password"}
        self._show_problems()

    def set_groups(self, groups: tuple[ResourceGroup, ...]) -> None:
        """Offers the resource groups, the default one chosen."""
        chosen = self.group.value()
        with self._beginning.by_itself(), self.pickers.beginning.by_itself():
            self.group.set_choices([Choice(group.id, group.name) for group in groups])
            self.group.set_value(chosen or (groups[0].id if groups else ""))
            self._changed()

    def values(self) -> FormValues:
        """Everything but the password."""
        plan = database_service().plan(self.plan.value()) or databases.default_plan()
        group = next((choice.title for choice in self.group.choices() if choice.id == self.group.value()), "")
        option, key = self.pickers.option, self.pickers.chosen_key
        return FormValues(
            region=self.region.value(),
            plan=plan,
            service_name=self.service_name.value().strip(),
            resource_group=self.group.value(),
            group_name=group,
            tags=tags_of(self.tags.value(), self.access_tags.value()),
            cluster_name=self.cluster_name.value().strip(),
            admin_name=self.admin_name.value().strip(),
            version=self.version.value(),
            ram=int(self.ram.value() or databases.MINIMUM[0]),
            disk=int(self.disk.value() or databases.MINIMUM[1]),
            cpu=int(self.cpu.value() or databases.MINIMUM[2]),
            endpoints=self.endpoints.value(),
            kms_name=option.name if option is not None else "",
            key_name=key.name if key is not None else "",
            problem_with_key=self.pickers.problem,
        )

    def problems(self) -> dict[str, str]:
        """What is wrong, by field."""
        return field_problems(self.values(), self.password.value(), self.confirmation.value())

    # showing ------------------------------------------------------------------

    def _edited(self, name: str) -> None:
        self._touched.add(name)
        self._changed()

    def _changed(self) -> None:
        flexible = not (database_service().plan(self.plan.value()) or databases.default_plan()).free
        for select in (self.ram, self.disk, self.cpu):
            select.setVisible(flexible)
        self.pickers.set_place(self.region.value(), self.group.value())
        self._show_checks()
        self._show_problems()
        self.changed.emit()

    def _show_checks(self) -> None:
        typed, again = self.password.value(), self.confirmation.value()
        self.password.set_checks(passwords.check_password(typed).ticks)
        self.confirmation.set_checks([(tr("Both are the same"), bool(typed) and typed == again)])

    def _show_problems(self) -> None:
        """Faults of fields that were touched; a password that is merely short is told by its checks."""
        problems = self.problems()
        fields: dict[str, Field] = {name: field for field, name in self._texts() if field is not self.access_tags}
        for name, field in fields.items():
            field.set_error(problems.get(name, "") if self._tells(name) else "")

    def _tells(self, name: str) -> bool:
        if name == "password":
            checks = passwords.check_password(self.password.value())
            return bool(self.password.value()) and not checks.characters
        return name in self._touched and name != "confirm-password"


def _column(*widgets: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    for place, widget in enumerate(widgets):
        if place:
            column.addSpacing(AFTER_HELPER if isinstance(widgets[place - 1], KeyPickers) else SPACING)
        column.addWidget(widget)
    column.addStretch(1)
    return column
