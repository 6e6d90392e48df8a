"""Rows of a table as text for files and for the clipboard. No Qt.

Files are CSV as RFC 4180 has it: UTF-8, commas, lines ended by CR LF. Numbers are plain digits, moments ISO 8601 in
UTC, days ISO dates. A text that a spreadsheet would take for a formula gets an apostrophe before it, which spreadsheets
take for "this is text"; programs that read such a file find that apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from kyok_gui.widgets.columns import Column, R, Value

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_FULL_WIDTH = ("＝", "＋", "－", "＠")

Ids = Mapping[str, Callable[[R], str]]


def typed(value: Value) -> str:
    """One cell of a file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, datetime):
        moment = value if value.tzinfo is not None else value.replace(tzinfo=UTC)
        return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return f"'{value}" if value.lstrip(" ").startswith(_FORMULA + _FULL_WIDTH) else value


def csv_text(columns: Sequence[Column[R]], rows: Iterable[R], ids: Ids[R] | None = None) -> str:
    """The rows under heads: each column as shown, then what tells a row from every other one."""
    cells = [cell for column in columns for cell in _cells(column)]
    titles = {title for title, _ in cells}
    cells += [(title, value) for title, value in (ids or {}).items() if title not in titles]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([typed(title) for title, _ in cells])
    for row in rows:
        writer.writerow([typed(value(row)) for _, value in cells])
    return out.getvalue()


def _cells(column: Column[R]) -> list[tuple[str, Callable[[R], Value]]]:
    title = column.value_title or column.title or column.id
    first: Callable[[R], Value] = column.value or (column.text if column.detail_title else column.words)
    if column.detail is not None and column.detail_title:
        return [(title, first), (column.detail_title, column.detail)]
    return [(title, first)]


def lines_of(columns: Sequence[Column[Any]], rows: Iterable[Any]) -> str:
    """Rows for the clipboard: cells as they read, with tabs between them, so that a spreadsheet takes them apart."""
    return "\n".join("\t".join(_flat(column.words(row)) for column in columns) for row in rows)


def _flat(words: str) -> str:
    return " ".join(words.split())
