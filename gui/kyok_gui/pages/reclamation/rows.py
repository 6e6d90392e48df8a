"""Deleted instances that wait for their end: what would come back, and how long that is possible. No widgets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kyok.domain.cluster import InstanceState
from kyok.domain.key_states import KeyState
from kyok.domain.regions import region_name
from kyok.domain.services import DBAAS_POSTGRESQL, HS_CRYPTO, short_name
from kyok.domain.texts import plural
from kyok.domain.translation import noted, tr
from kyok.errors import KyokError
from kyok_gui.account_reader import service_icon
from kyok_gui.times import at, span
from kyok_gui.told import people_of
from kyok_gui.widgets import Column
from kyok_gui.widgets.status import Status

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.records.detail import DatabaseDetail
    from kyok.client.records.resources import Reclamation, ServiceInstance

WHOLE = Status(noted("Everything"), "checkmark--filled", "supportSuccess")
UNREADABLE = Status(noted("Its data stays lost"), "error--filled", "supportError")
HIDDEN = Status(noted("Not shown to you"), "view--off", "iconSecondary")
UNSURE = Status(noted("Not without its key"), "warning--alt--filled", "supportWarning")


@dataclass(frozen=True, slots=True)
class ReclamationRow:
    """One deleted instance."""

    id: str
    guid: str
    name: str
    service: str
    service_name: str
    region: str
    ends: datetime | None
    deleted_at: datetime | None
    deleted_by: str
    comes_back: Status
    comes_back_words: str
    left: str
    detail: DatabaseDetail | None = None

    @property
    def contents(self) -> str:
        """What is in it, as far as one may know."""
        return tr("What is in it is not shown to you") if self.comes_back is HIDDEN else self.comes_back_words

    def time_left(self, now: datetime) -> str:
        """`6 days 22 hours`, by the cloud's clock."""
        return "" if self.ends is None else span(self.ends - now) if self.ends > now else tr("Ends now")


def read_rows(api: CloudApi) -> list[ReclamationRow]:
    """Reads everything that waits, the next to end first; runs in a worker."""
    waiting = {one.instance_guid: one for one in api.resources.reclamations()}
    people = people_of(api)
    rows = [
        _row(api, one, waiting[one.guid], people)
        for one in api.resources.instances((InstanceState.PENDING_RECLAMATION,))
        if one.guid in waiting
    ]
    return sorted(rows, key=lambda row: (row.ends is None, row.ends, row.name))


def _row(api: CloudApi, instance: ServiceInstance, waits: Reclamation, people: dict[str, str]) -> ReclamationRow:
    detail = None
    status, words = WHOLE, _kms_words(instance)
    if instance.service == DBAAS_POSTGRESQL and api.profile.has_emulator:
        try:
            detail = api.databases.detail(instance.guid)
            status, words = _database_words(detail)
        except KyokError as refusal:  # the account's Viewers see instances, but not what is in them
            status, words = HIDDEN, refusal.remedy
    email = people.get(instance.deleted_by, "")
    return ReclamationRow(
        id=waits.id,
        guid=instance.guid,
        name=instance.name,
        service=instance.service,
        service_name=instance.service_display_name,
        region=instance.region,
        ends=waits.target_time,
        deleted_at=instance.deleted_at,
        deleted_by=tr("by {name}@", name=email.partition("@")[0]) if email else "",
        comes_back=status,
        comes_back_words=words,
        left="",
        detail=detail,
    )


def _kms_words(instance: ServiceInstance) -> str:
    if instance.service == HS_CRYPTO:
        return tr("Crypto units with their master key, destroyed keys")
    return tr("The instance as it was")


def _database_words(detail: DatabaseDetail) -> tuple[Status, str]:
    """What restoring brings back; the root key decides whether anybody can read it."""
    backups = plural(detail.secure_deletion.backups, "backup")
    if detail.data_key.destroyed_at is not None:
        return UNREADABLE, tr("Data key destroyed with the root key; {backups}", backups=backups)
    key = detail.root_key
    if key is not None and key.state is not KeyState.ACTIVE:
        state = key.state.word.lower() if key.state is not None else tr("gone")
        return UNSURE, tr(
            "{name} is {state}: the nodes stay stopped; {backups}", name=key.name, state=state, backups=backups
        )
    return WHOLE, tr("Nodes with the same data; {backups}", backups=backups)


COLUMNS: tuple[Column[ReclamationRow], ...] = (
    Column(
        "name",
        noted("Instance"),
        lambda row: row.name,
        detail=lambda row: f"{short_name(row.service)}, {region_name(row.region)}",
        icon=lambda row: service_icon(row.service),
        weight=2,
        tone="primary",
        detail_title=noted("Service and location"),
    ),
    Column("service", noted("Service"), lambda row: row.service_name, width=264, optional=True),
    Column(
        "deleted",
        noted("Deleted"),
        lambda row: at(row.deleted_at) if row.deleted_at is not None else "",
        detail=lambda row: row.deleted_by,
        sort=lambda row: row.deleted_at,
        value=lambda row: row.deleted_at,
        detail_title=noted("Deleted by"),
        width=184,
        hide_below=700,
    ),
    Column(
        "left",
        noted("Time left"),
        lambda row: row.left,
        detail=lambda row: tr("until {ends}", ends=at(row.ends)) if row.ends is not None else "",
        sort=lambda row: row.ends,
        value=lambda row: row.ends,
        value_title=noted("Restorable until"),
        tone="primary",
        width=216,
    ),
    Column(
        "back",
        noted("What comes back"),
        lambda row: row.comes_back.word,
        detail=lambda row: row.comes_back_words,
        kind="status",
        status=lambda row: row.comes_back,
        weight=3,
    ),
)
