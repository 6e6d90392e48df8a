"""The dialogs about keys: consequence first, evidence, confirmation, then the buttons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from kyok.domain.key_rules import DeletionRule
from kyok.domain.texts import listed, plural
from kyok.domain.translation import noted, tr
from kyok_gui.pages.keys.comeback import of_purging, of_restoring
from kyok_gui.pages.keys.effects import Effect, add_effects, understood
from kyok_gui.pages.keys.form import FormDialog
from kyok_gui.pages.keys.impact import Affected, Impact, of_deleting, of_disabling
from kyok_gui.pages.keys.material import MaterialField
from kyok_gui.pages.keys.rows import KeyRow
from kyok_gui.pages.keys.two_people import FirstPerson, of_requiring, of_scheduling, of_second
from kyok_gui.widgets import Dialog

_WIDE = 720
RULE_WORDS = {
    DeletionRule.DISCARD: noted(
        "Rule in force: when a root key is deleted, its databases lose their data key for good."
    ),
    DeletionRule.KEEP: noted(
        "Rule in force: when a root key is deleted, its databases stay sealed until it is restored."
    ),
}
"""The deletion rule of the cloud's settings, in words."""


def noun_of(rows: Sequence[KeyRow]) -> str:
    """`root key`, `standard key`, `root keys`, `keys`."""
    kinds = {row.key.standard for row in rows}
    one, many = tr("key"), tr("keys")
    if kinds == {False}:
        one, many = tr("root key"), tr("root keys")
    elif kinds == {True}:
        one, many = tr("standard key"), tr("standard keys")
    return one if len(rows) == 1 else many


def _title(rows: Sequence[KeyRow]) -> str:
    return rows[0].name if len(rows) == 1 else tr("{count} {keys}", count=len(rows), keys=noun_of(rows))


def path_of(way: Sequence[str], rows: Sequence[KeyRow]) -> str:
    """Account, instance, key ring where all are in one, and keys."""
    names = [row.name for row in rows[:3]] + ([tr("{count} more", count=len(rows) - 3)] if len(rows) > 3 else [])
    rings = {row.key.ring for row in rows}
    ring = [tr("key ring {ring}", ring=next(iter(rings)))] if len(rings) == 1 else []
    return " / ".join([*way, *ring, ", ".join(names)])


def _add_evidence(dialog: Dialog, impact: Impact, heads: tuple[str, str]) -> None:
    if impact.evidence:
        dialog.add_evidence(heads, impact.evidence, label=tr("Evidence"), widths=(184, 0))


Firsts = Mapping[str, FirstPerson | None]
"""Who scheduled the deletion of a key, by key id; a key whose deletion is not scheduled is not among them."""


def deletion(keys: Sequence[Affected], rule: DeletionRule, way: Sequence[str], now: datetime, firsts: Firsts) -> Dialog:
    """Asks before keys are deleted; offers to disable them instead where that is possible."""
    rows = [key.row for key in keys]
    impact = of_deleting(keys, rule, now)
    dialog = Dialog(
        tr("Delete {keys}", keys=noun_of(rows)), _title(rows), path=path_of(way, rows), name="keys.delete", width=_WIDE
    )
    for row in rows:
        if row.id in firsts:
            add_effects(dialog, [of_second(row.key, firsts[row.id])])
    _add_impact(dialog, keys, impact, rule)
    dialog.add_typed_name(rows[0].name if len(rows) == 1 else tr("{count} keys", count=len(rows)))
    dialog.set_accept(
        tr("Delete key") if len(rows) == 1 else tr("Delete {count} keys", count=len(rows)), "trash-can", danger=True
    )
    if any(first is not None and first.me for first in firsts.values()):
        dialog.set_ready(False, tr("You scheduled this deletion yourself: somebody else has to delete the key."))
    return dialog


def _add_impact(dialog: Dialog, keys: Sequence[Affected], impact: Impact, rule: DeletionRule) -> None:
    add_effects(dialog, impact.effects)
    heads = (tr("What"), tr("Read back from")) if len(keys) == 1 else (tr("Key"), tr("Read back from the services"))
    _add_evidence(dialog, impact, heads)
    if any(key.databases for key in keys):
        dialog.add_text(tr(RULE_WORDS[rule]))


def scheduling(key: Affected, rule: DeletionRule, way: Sequence[str], now: datetime) -> Dialog:
    """Asks before the first of two people schedules a deletion; says what the second one's will do."""
    row = key.row
    path = path_of(way, [row])
    dialog = Dialog(tr("Schedule key deletion"), row.name, path=path, name="keys.schedule", width=_WIDE)
    add_effects(dialog, [of_scheduling(now)])
    dialog.add_text(tr("When the second person deletes the key:"))
    _add_impact(dialog, [key], of_deleting([key], rule, now), rule)
    dialog.add_typed_name(row.name)
    dialog.set_accept(tr("Schedule key deletion"), "two-person-lift", danger=True)
    return dialog


def requiring(row: KeyRow, path: str) -> Dialog:
    """Asks before the deletion of a key needs two people for good."""
    dialog = Dialog(tr("Dual authorization deletion"), row.name, path=path, name="keys.two-people", width=_WIDE)
    add_effects(dialog, of_requiring())
    dialog.add_tick(tr("Require two people to delete {key}, for good", key=row.name))
    dialog.set_accept(tr("Require two people"), "two-person-lift")
    return dialog


def disabling(keys: Sequence[Affected], way: Sequence[str], now: datetime) -> Dialog:
    """Asks before keys are disabled; a tick only where something stops."""
    rows = [key.row for key in keys]
    impact = of_disabling(keys, now)
    dialog = Dialog(
        tr("Disable {keys}", keys=noun_of(rows)),
        _title(rows),
        path=path_of(way, rows),
        name="keys.disable",
        width=_WIDE,
    )
    add_effects(dialog, impact.effects)
    if impact.stops:
        _add_evidence(
            dialog, impact, (tr("What"), tr("Read back from")) if len(keys) == 1 else (tr("Key"), tr("Read back from"))
        )
        dialog.add_tick(understood(impact.stops))
    dialog.set_accept(
        tr("Disable key") if len(rows) == 1 else tr("Disable {count} keys", count=len(rows)),
        "pause--outline--filled",
        danger=bool(impact.stops),
    )
    return dialog


def restoring(keys: Sequence[Affected], rule: DeletionRule, way: Sequence[str], now: datetime) -> Dialog:
    """Asks before deleted keys are restored."""
    rows = [key.row for key in keys]
    words = tr("Restore key") if len(rows) == 1 else tr("Restore {count} keys", count=len(rows))
    label = tr("Restore {keys}", keys=noun_of(rows))
    dialog = Dialog(label, _title(rows), path=path_of(way, rows), name="keys.restore", width=_WIDE)
    add_effects(dialog, of_restoring(keys, rule, now))
    dialog.set_accept(words, "undo")
    return dialog


def purging(key: Affected, way: Sequence[str], now: datetime) -> Dialog:
    """Asks before a deleted key is purged."""
    dialog = Dialog(tr("Purge key"), key.row.name, path=path_of(way, [key.row]), name="keys.purge", width=_WIDE)
    add_effects(dialog, of_purging(key, now))
    dialog.add_typed_name(key.row.name)
    dialog.set_accept(tr("Purge key"), "trash-can", danger=True)
    return dialog


def rotation(rows: Sequence[KeyRow], way: Sequence[str]) -> tuple[Dialog, MaterialField | None]:
    """Asks before keys are rotated; an imported key gets its new material here."""
    imported = len(rows) == 1 and rows[0].key.imported
    kind = FormDialog if imported else Dialog
    dialog = kind(
        tr("Rotate {keys}", keys=noun_of(rows)), _title(rows), path=path_of(way, rows), name="keys.rotate", width=_WIDE
    )
    users = [use.name for row in rows for use in row.uses]
    one = len(rows) == 1
    effects = [
        Effect(
            "rotate",
            "iconPrimary",
            tr("A new version is made") if len(rows) == 1 else tr("A new version of each is made"),
            tr("What is wrapped from now on is wrapped with it. Older versions still unwrap.")
            if one
            else tr("What is wrapped from now on is wrapped with them. Older versions still unwrap."),
        )
    ]
    if users:
        title = (
            tr("{name} wraps its data key again by itself", name=users[0])
            if len(users) == 1
            else tr("{names} wrap their data keys again by themselves", names=listed(users))
        )
        effects.append(
            Effect("checkmark--filled", "supportSuccess", title, tr("Nothing stops. No data is encrypted anew."))
        )
    add_effects(dialog, effects)
    field = None
    if isinstance(dialog, FormDialog):
        dialog.add_text(tr("This key was imported, so the service cannot make its new material: give it here."))
        field = dialog.add_widget(MaterialField(name="keys.rotate.material"))
        dialog.first = field
    dialog.set_accept(tr("Rotate key") if len(rows) == 1 else tr("Rotate {count} keys", count=len(rows)), "rotate")
    return dialog, field


def done_words(verb: str, rows: Sequence[KeyRow]) -> tuple[str, str]:
    """The words of a toast: `ledger-root disabled`, `3 keys disabled` with their names."""
    if len(rows) == 1:
        return tr("{key} {done}", key=rows[0].name, done=verb), ""
    names = [row.name for row in rows]
    return tr("{keys} {done}", keys=plural(len(rows), "key"), done=verb), listed(
        names if len(names) <= 4 else [*names[:3], tr("{count} more", count=len(names) - 3)]
    )
