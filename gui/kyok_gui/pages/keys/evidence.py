"""What proves an effect: registrations, the last unwrap and the unwraps of a day, read back from the services."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from kyok.domain.texts import date, listed, plural
from kyok.domain.translation import tr
from kyok_gui.times import clock_time, day, day_word

if TYPE_CHECKING:
    from kyok.client.records.emulator import KeyUsage
    from kyok_gui.pages.keys.impact import Affected

Evidence = tuple[tuple[str, str], ...]
"""What, and where it was read back from."""

_MOST_KEYS = 6


def evidence_of(keys: Sequence[Affected], now: datetime, *, forced: bool) -> Evidence:
    """The evidence for one key line by line; for several keys one line each."""
    if len(keys) == 1:
        return _of_one(keys[0], now, forced=forced)
    lines = [(key.row.name, _in_short(key, now)) for key in keys[:_MOST_KEYS]]
    if len(keys) > _MOST_KEYS:
        rest = keys[_MOST_KEYS:]
        lines.append(
            (tr("{count} more keys", count=len(rest)), plural(sum(key.registrations for key in rest), "registration"))
        )
    return tuple(lines)


def _of_one(key: Affected, now: datetime, *, forced: bool) -> Evidence:
    if key.row.key.standard:
        return ()
    count = key.registrations
    words = _registered(key)
    if count and forced:
        words += "; " + (
            tr("the key is deleted in spite of it") if count == 1 else tr("the key is deleted in spite of them")
        )
    lines = [(plural(count, "registration") if count else tr("No registration"), words)]
    if key.usage is not None:
        lines.append((tr("Last unwrap"), _last(key.usage, now)))
        counts = key.usage.unwraps_24h
        parts = [tr("{passed} passed", passed=f"{counts.passed:,}"), tr("{denied} denied", denied=f"{counts.denied:,}")]
        parts += [tr("{unreachable} unreachable", unreachable=f"{counts.unreachable:,}")] if counts.unreachable else []
        lines.append((tr("Unwraps in 24 hours"), ", ".join(parts)))
    return tuple(lines)


def _registered(key: Affected) -> str:
    names = [use.name for use in key.row.uses]
    if not names and key.usage is not None:
        names = [entry.name for entry in key.usage.databases]
    if not names:
        return tr("Nothing is registered with this key")
    since = [use.since for use in key.row.uses if use.since is not None]
    shown = listed(names if len(names) <= 3 else [*names[:2], tr("{count} more", count=len(names) - 2)])
    return tr("{names}, since {day}", names=shown, day=date(min(since))) if since else shown


def _last(usage: KeyUsage, now: datetime) -> str:
    last = usage.last_unwrap
    if last is None:
        return tr("Never")
    when = (
        tr("Today {time}", time=clock_time(last.at, seconds=True))
        if day(last.at) == day(now)
        else f"{date(last.at)} {clock_time(last.at)}"
    )
    return tr("{when} by node {node} ({zone})", when=when, node=last.node, zone=last.zone) if last.node else when


def _in_short(key: Affected, now: datetime) -> str:
    if key.row.key.standard:
        return tr("Standard key")
    words = _registered(key) if key.registrations else tr("No registration")
    last = key.usage.last_unwrap if key.usage is not None else None
    return (
        tr("{words}; last unwrap {when}", words=words, when=day_word(last.at, now).lower())
        if last is not None
        else words
    )
