"""What the console shows of a real account: its Key Protect instances and its authorizations, read only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyok.client.records.access import Policy
from kyok.client.records.resources import ServiceInstance
from kyok.domain.regions import region_name
from kyok.domain.services import KMS, display_name
from kyok.domain.translation import tr
from kyok_gui.context import PageContext
from kyok_gui.page import Page
from kyok_gui.places import Place
from kyok_gui.presenter import Presenter
from kyok_gui.times import day
from kyok_gui.widgets import Column, DataTable, InlineNote, SectionHead, TableModel, escape, instance_state

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.errors import KyokError


@dataclass(frozen=True, slots=True)
class GrantRow:
    """An authorization, with the names of the instances that the account lists."""

    policy: Policy
    source_instance: str
    target_instance: str

    @property
    def source(self) -> str:
        """The service that may use another one."""
        service = self.policy.grant.source_service
        return display_name(service) if service else tr("All services")


@dataclass(frozen=True, slots=True)
class RealAccount:
    """What was read."""

    instances: tuple[ServiceInstance, ...]
    grants: tuple[GrantRow, ...]


def read_account(api: CloudApi) -> RealAccount:
    """Asks the resource controller and IAM; runs in a worker."""
    instances = api.resources.listed()
    names = {one.guid: one.name for one in instances}

    def named(guid: str | None) -> str:
        return names.get(guid, guid) if guid else tr("All service instances")

    grants = tuple(
        GrantRow(one, named(one.grant.source_instance), named(one.grant.target_instance))
        for one in api.iam.authorizations()
    )
    return RealAccount(tuple(one for one in instances if one.service == KMS), grants)


def _instance_columns() -> tuple[Column[ServiceInstance], ...]:
    return (
        Column("name", tr("Name"), lambda one: one.name, icon=lambda _: "password", weight=3),
        Column("region", tr("Location"), lambda one: region_name(one.region), weight=2),
        Column(
            "state",
            tr("Status"),
            lambda one: instance_state(str(one.state)).word,
            kind="status",
            status=lambda one: instance_state(str(one.state)),
            weight=2,
        ),
        Column("crn", tr("CRN"), lambda one: one.crn_text, kind="mono", weight=4),
    )


def _grant_columns() -> tuple[Column[GrantRow], ...]:
    return (
        Column(
            "source",
            tr("Source"),
            lambda row: row.source,
            detail=lambda row: row.source_instance,
            detail_title=tr("Source instance"),
            weight=4,
        ),
        Column(
            "target",
            tr("Target"),
            lambda row: display_name(row.policy.grant.target_service),
            detail=lambda row: row.target_instance,
            detail_title=tr("Target instance"),
            weight=4,
        ),
        Column("role", tr("Role"), lambda row: ", ".join(row.policy.grant.role_names), weight=2),
        Column(
            "modified",
            tr("Last modified"),
            lambda row: day(row.policy.modified_at) if row.policy.modified_at is not None else "",
            sort=lambda row: row.policy.modified_at.timestamp() if row.policy.modified_at is not None else 0.0,
            value=lambda row: row.policy.modified_at,
            width=136,
        ),
    )


class RealCloudPage(Page):
    """Two tables without a single button that changes something."""

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__(context, place)
        self.header.set_trail([(context.account.name or tr("IBM Cloud"), None), (tr("Read only"), None)])
        self.header.set_title(tr("IBM Cloud, read only"))
        self.header.set_subtitle(
            tr("Account {account}, signed in as {person}.", account=context.account.id, person=context.account.user)
        )
        words = tr(
            "This console lists Key Protect instances and authorizations of the account. It changes nothing, and "
            "nothing more is promised. Everything else needs the emulated cloud: choose it under Settings."
        )
        note = InlineNote("info", tr("This is a real account"), escape(words), name="real-cloud.note")
        self._failure = InlineNote("error", "", name="real-cloud.failure", action=tr("Try again"))
        self._failure.acted.connect(self.look_afresh)
        self._failure.hide()
        self._instances = TableModel[ServiceInstance](_instance_columns(), key=lambda one: one.guid, parent=self)
        self._grants = TableModel[GrantRow](_grant_columns(), key=lambda row: row.policy.id, parent=self)
        self._tables = (self._instance_table(), self._grant_table())
        parts = (
            note,
            self._failure,
            SectionHead(tr("Key Protect instances")),
            self._tables[0],
            SectionHead(tr("Authorizations")),
            self._tables[1],
        )
        for part in parts:
            self.body.addWidget(part)
        self.body.addStretch(1)
        self._presenter = Presenter(context, self, read_account)
        self._presenter.loaded.connect(self._show)
        self._presenter.failed.connect(self._show_failure)

    def _instance_table(self) -> DataTable[ServiceInstance]:
        table = DataTable(
            self._instances,
            name="real-cloud.instances",
            accessible=tr("Key Protect instances"),
            noun=(tr("instance"), tr("instances")),
            search=tr("Search by name, location or CRN"),
            fits=True,
            copies={"CRN": lambda one: one.crn_text, "ID": lambda one: one.guid},
        )
        table.set_loading(True)
        return table

    def _grant_table(self) -> DataTable[GrantRow]:
        table = DataTable(
            self._grants,
            name="real-cloud.authorizations",
            accessible=tr("Authorizations"),
            noun=(tr("authorization"), tr("authorizations")),
            search=tr("Search by service, instance or role"),
            row_height=64,
            fits=True,
            copies={"ID": lambda row: row.policy.id},
        )
        table.set_loading(True)
        return table

    def refresh(self) -> None:
        """Reads both lists."""
        self._presenter.load()

    def _show(self, account: RealAccount) -> None:
        self._failure.hide()
        self._instances.set_rows(account.instances)
        self._grants.set_rows(account.grants)
        for table in self._tables:
            table.set_loading(False)

    def _show_failure(self, error: KyokError) -> None:
        for table in self._tables:
            table.set_loading(False)
        self._failure.show_note("error", error.summary, escape(error.remedy), tr("Try again"))
        self._failure.show()
