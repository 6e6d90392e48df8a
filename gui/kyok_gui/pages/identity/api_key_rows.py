"""What the table of API keys shows, and what can be done with each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyok.domain.translation import noted, tr
from kyok_gui.times import day
from kyok_gui.widgets import Column, MenuEntry, Status

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.api_keys import ApiKey

EDIT, LOCK, UNLOCK, DISABLE, ENABLE, DELETE = "edit", "lock", "unlock", "disable", "enable", "delete"
_ACTIVE = Status(noted("Active"), "checkmark--filled", "supportSuccess")
_DISABLED = Status(noted("Disabled"), "pause--outline--filled", "iconSecondary")
_LOCKED = noted("it is locked")
_IN_USE = noted("this console signs in with it")


@dataclass(frozen=True, slots=True)
class ApiKeyRow:
    """One key, and whose it is."""

    key: ApiKey
    owner: str
    in_use: bool = False

    @property
    def id(self) -> str:
        """The key's id."""
        return self.key.id

    @property
    def status(self) -> Status:
        """Whether it lets anybody in."""
        return _DISABLED if self.key.disabled else _ACTIVE

    @property
    def note(self) -> str:
        """What else there is to know."""
        parts = [self.key.description, tr("This console signs in with it") if self.in_use else ""]
        return ". ".join(part for part in parts if part)


def read_rows(api: CloudApi, *, whole_account: bool) -> list[ApiKeyRow]:
    """The keys with the addresses of their owners; runs in a worker."""
    keys = api.api_keys.listed(whole_account=whole_account)
    me = api.session.identity()
    owners = {me.iam_id: me.email}
    if api.emulator.available:
        accounts = api.emulator.identities().accounts
        owners |= {user.iam_id: user.email for account in accounts for user in account.users}
    mine = api.api_keys.in_use()
    return [ApiKeyRow(key, owners.get(key.iam_id, key.iam_id), key.id == mine) for key in keys]


def entries(row: ApiKeyRow) -> list[MenuEntry]:
    """The menu of a row; what cannot be done now says why."""
    key = row.key
    locked = tr(_LOCKED) if key.locked else ""
    held = locked or (tr(_IN_USE) if row.in_use else "")
    turn = (
        MenuEntry(ENABLE, tr("Enable"), icon="play", reason=locked)
        if key.disabled
        else MenuEntry(DISABLE, tr("Disable"), icon="pause--outline--filled", reason=held)
    )
    lock = (
        MenuEntry(UNLOCK, tr("Unlock"), icon="unlocked") if key.locked else MenuEntry(LOCK, tr("Lock"), icon="locked")
    )
    return [
        MenuEntry(EDIT, tr("Edit name and description"), icon="edit", reason=locked),
        lock,
        turn,
        MenuEntry(DELETE, tr("Delete"), danger=True, reason=held),
    ]


COLUMNS: tuple[Column[ApiKeyRow], ...] = (
    Column(
        "name",
        noted("Name"),
        lambda row: row.key.name,
        detail=lambda row: row.note,
        detail_title=noted("Description"),
        width=320,
        weight=3,
        tone="primary",
    ),
    Column(
        "state", noted("State"), lambda row: row.status.word, kind="status", status=lambda row: row.status, width=120
    ),
    Column("lock", noted("Lock"), lambda row: tr("Locked") if row.key.locked else tr("Not locked"), width=112),
    Column("owner", noted("Owner"), lambda row: row.owner, width=216, weight=2),
    Column(
        "created",
        noted("Created"),
        lambda row: day(row.key.created_at) if row.key.created_at is not None else "",
        sort=lambda row: row.key.created_at,
        value=lambda row: row.key.created_at,
        width=120,
    ),
    Column(
        "modified",
        noted("Last modified"),
        lambda row: day(row.key.modified_at) if row.key.modified_at is not None else "",
        sort=lambda row: row.key.modified_at,
        value=lambda row: row.key.modified_at,
        width=128,
        hide_below=1000,
    ),
    Column("id", "ID", lambda row: row.id, optional=True, width=320),
)
