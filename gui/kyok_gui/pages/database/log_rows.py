"""Log files of the nodes as a table shows them, and how they are read and saved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from kyok.client.errors import ApiError
from kyok.domain import databases, texts
from kyok.domain.translation import noted, tr
from kyok.errors import KyokError
from kyok_gui.pages.database.overview_words import size
from kyok_gui.saving import save
from kyok_gui.times import day
from kyok_gui.widgets import Column

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.records.detail import DatabaseDetail

_SEALED = noted("log files lie on the volume, which is sealed.")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
SERVER, AUDIT = noted("Server log"), noted("Audit log")
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class LogRow:
    """A log file of a node; `bytes` on disk."""

    node: int
    node_id: str
    file: str
    bytes: int
    modified: datetime | None

    @property
    def key(self) -> str:
        """What tells it from every other one."""
        return f"{self.node}/{self.file}"

    @property
    def kind(self) -> str:
        """What is written in it."""
        return AUDIT if self.file.startswith("audit") else SERVER

    @property
    def day(self) -> date | None:
        """The day that it is about: the one in its name, else that of its last line."""
        named = _DAY.search(self.file)
        if named is not None:
            return date.fromisoformat(named[0])
        return self.modified.astimezone(UTC).date() if self.modified is not None else None

    @property
    def kept_days(self) -> int:
        """For how many days such files are kept."""
        return databases.AUDIT_DAYS if self.kind == AUDIT else databases.LOG_DAYS

    @property
    def saved_as(self) -> str:
        """A name that says of which node it is."""
        return f"node{self.node}-{Path(self.file).name}"


@dataclass(frozen=True, slots=True)
class LogList:
    """What could be listed, and in a sentence what could not."""

    rows: tuple[LogRow, ...]
    missing: str = ""


def read_logs(api: CloudApi, detail: DatabaseDetail) -> LogList:
    """Asks every node whose volume is open for its log files; runs in a worker.

    Whoever only looks at the page does nothing that would be refused, and leave an event.
    """
    rows: list[LogRow] = []
    silent: dict[str, list[str]] = {}
    for node in detail.nodes:
        if node.volume.opened_at is None:
            silent.setdefault(tr(_SEALED), []).append(str(node.number))
            continue
        try:
            found = api.databases.logs(node.id, detail.region)
        except KyokError as error:
            sealed = isinstance(error, ApiError) and error.status == HTTPStatus.CONFLICT
            silent.setdefault(tr(_SEALED) if sealed else error.summary, []).append(str(node.number))
            continue
        rows += [LogRow(node.number, node.id, log.filename, log.size, log.last_modified) for log in found]
    rows.sort(key=lambda row: (-(row.modified or _LONG_AGO).timestamp(), row.node, row.file))
    return LogList(tuple(rows), " ".join(_missing(numbers, why) for why, numbers in silent.items()))


def _missing(numbers: Sequence[str], why: str) -> str:
    return (
        tr("Node {names}: {why}", names=texts.listed(numbers), why=why)
        if len(numbers) == 1
        else tr("Nodes {names}: {why}", names=texts.listed(numbers), why=why)
    )


def save_logs(api: CloudApi, rows: Sequence[LogRow], target: Path, region: str) -> None:
    """Writes one file to `target`, or several into the folder `target`; runs in a worker.

    Raises:
        NotSaved: a file could not be written.
        ApiError: not a Manager, or the node's volume is sealed.
    """
    for row in rows:
        content = api.databases.log(row.node_id, row.file, region)
        save(target / row.saved_as if target.is_dir() else target, content)


def log_columns() -> tuple[Column[LogRow], ...]:
    """File, node, size, day of the last line."""
    return (
        Column("file", noted("File"), lambda row: row.file, kind="link", weight=3),
        Column(
            "node",
            noted("Node"),
            lambda row: tr("Node {number}", number=row.node),
            width=120,
            value=lambda row: row.node,
        ),
        Column(
            "size",
            noted("Size"),
            lambda row: size(row.bytes),
            sort=lambda row: row.bytes,
            width=120,
            value=lambda row: row.bytes,
            value_title=noted("Size, bytes"),
        ),
        Column(
            "modified",
            noted("Last modified"),
            lambda row: texts.date_time(row.modified) if row.modified else "",
            sort=lambda row: row.modified.timestamp() if row.modified else 0.0,
            value=lambda row: row.modified,
            weight=2,
        ),
    )


def day_columns() -> tuple[Column[LogRow], ...]:
    """As `log_columns`, with the day, the kind, and for how long the file is kept."""
    file, node, size_column, modified = log_columns()
    node, size_column, modified = replace(node, width=88), replace(size_column, width=96), replace(modified, width=192)
    return (
        Column("day", noted("Day"), _day_words, sort=lambda row: row.day or date.min, width=128),
        file,
        Column("kind", noted("Kind"), lambda row: tr(AUDIT) if row.kind == AUDIT else tr(SERVER), width=112),
        node,
        size_column,
        modified,
        Column(
            "kept",
            noted("Kept for"),
            lambda row: tr("{count} days", count=row.kept_days),
            sort=lambda row: row.kept_days,
            width=104,
            hide_below=1000,
        ),
    )


def _day_words(row: LogRow) -> str:
    return day(row.day) if row.day is not None else ""
