"""How long events are kept: what is older than the setting says goes, by the service clock."""

from datetime import timedelta

from sqlalchemy import delete, select

from kyok.cloud.store import Reader, Store, Transaction
from kyok.cloud.store.tables import activity, activity_content, activity_fold, setting
from kyok.cloud.store.times import milliseconds
from kyok.settings import SETTINGS

AT_ONCE = 2_000
"""Events that one unit of work removes: others that write meanwhile wait for no more than these."""
_SETTING = SETTINGS["activity_retention_days"]


def kept_days(reader: Reader) -> int:
    """The setting in force, in days."""
    value = reader.scalar(select(setting.c.value).where(setting.c.name == _SETTING.name))
    return int(_SETTING.default if value is None else value)


def expire(store: Store) -> int:
    """Removes what is too old and returns how many events that were. For the reconciler's thread."""
    with store.read() as reader:
        if not _outlived(reader):
            return 0
    removed, gone = 0, AT_ONCE
    while gone == AT_ONCE:
        gone = store.writer.perform(_remove)
        removed += gone
    return removed


def _outlived(reader: Reader) -> list[int]:
    """Numbers of the oldest events that are too old, as many as one unit of work removes."""
    limit = milliseconds(reader.now - timedelta(days=kept_days(reader)))
    rows = reader.all(select(activity.c.seq).where(activity.c.at < limit).order_by(activity.c.at).limit(AT_ONCE))
    return [row.seq for row in rows]


def _remove(tx: Transaction) -> int:
    numbers = _outlived(tx)
    if not numbers:
        return 0
    going = activity.c.seq.in_(numbers)
    contents = {row.content for row in tx.all(select(activity.c.content).where(going).distinct())}
    # The next check of an agent whose event goes is told anew, not counted on an event that nobody can read.
    tx.execute(delete(activity_fold).where(activity_fold.c.event_id.in_(select(activity.c.event_id).where(going))))
    tx.execute(delete(activity).where(going))
    left = select(activity.c.seq).where(activity.c.content == activity_content.c.id).exists()
    tx.execute(delete(activity_content).where(activity_content.c.id.in_(contents), ~left))
    tx.removes_contents = True
    tx.changed("activity", "")
    return len(numbers)
