"""The columns and rows of the backups table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kyok.domain import texts
from kyok.domain.translation import noted, tr
from kyok_gui.pages.database.overview_words import size
from kyok_gui.widgets import Column, Status

if TYPE_CHECKING:
    from kyok.client.records.databases import Backup

_OPENS = Status(noted("Yes, service key"), "checkmark--filled", "supportSuccess")


@dataclass(frozen=True, slots=True)
class BackupRow:
    """A backup in words, with what orders it."""

    id: str
    at: datetime
    time: str
    kind: str
    bytes: int
    rows: int
    expires: str
    expires_at: datetime | None


def backup_rows(backups: Sequence[Backup], now: datetime) -> list[BackupRow]:
    """The rows, newest first."""
    return [
        BackupRow(
            backup.id,
            backup.created_at,
            texts.date_time(backup.created_at).removesuffix(" UTC"),
            backup.type.word,
            backup.size_bytes,
            backup.rows,
            expiry(backup.expires_at, now),
            backup.expires_at,
        )
        for backup in sorted(backups, key=lambda backup: backup.created_at, reverse=True)
    ]


def expiry(moment: datetime | None, now: datetime) -> str:
    """How long a backup is kept still."""
    if moment is None:
        return ""
    left = moment - now
    if left.total_seconds() <= 0:
        return tr("Expired")
    return tr("in {span}", span=texts.span(left))


def backup_columns() -> tuple[Column[BackupRow], ...]:
    """Time, kind, size, rows, expiry, and whether it opens without the root key."""
    return (
        Column(
            "time",
            noted("Time"),
            lambda row: row.time,
            kind="link",
            sort=lambda row: row.at,
            weight=5,
            value=lambda row: row.at,
        ),
        Column("kind", noted("Kind"), lambda row: row.kind, weight=4),
        Column(
            "size",
            noted("Size"),
            lambda row: size(row.bytes),
            sort=lambda row: row.bytes,
            width=104,
            hide_below=900,
            value=lambda row: row.bytes,
            value_title=noted("Size, bytes"),
        ),
        Column(
            "rows",
            noted("Rows"),
            lambda row: f"{row.rows:,}",
            sort=lambda row: row.rows,
            width=96,
            value=lambda row: row.rows,
        ),
        Column(
            "expires",
            noted("Expires"),
            lambda row: row.expires,
            sort=lambda row: row.expires_at.timestamp() if row.expires_at else 0.0,
            value=lambda row: row.expires_at,
            weight=5,
        ),
        Column(
            "opens",
            noted("Opens without your root key"),
            lambda row: _OPENS.word,
            kind="status",
            status=lambda row: _OPENS,
            width=248,
        ),
    )
