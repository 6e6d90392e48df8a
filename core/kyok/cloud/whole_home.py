"""Whether a data folder is whole: an incomplete one must be neither repaired nor begun anew over what is left of it.

A start destroys HSMs and volumes that no row of the database knows: they are what a crash left. Where the database
itself is missing (a copy put back in part), that would be everything there is.
"""

from collections.abc import Iterator

from sqlalchemy import select

from kyok.cloud.databases.vault import PROVIDER
from kyok.cloud.iam.identities import HOME
from kyok.cloud.store import Reader
from kyok.cloud.store.tables import setting
from kyok.errors import KyokError
from kyok.paths import Home


class HomeIncomplete(KyokError):
    """Some of what the data folder held is not there."""

    summary = "A part of the data folder is missing."
    remedy = (
        "Nothing was changed. Put the whole data folder back from a copy, or start over with `kyok reset`, "
        "which deletes what is left."
    )


def require_database(home: Home) -> None:
    """Before the database is opened, which would make one.

    Raises:
        HomeIncomplete: there is none, and there are things that one must have told of.
    """
    if not _size(home) and any(_of_instances(home)):
        raise HomeIncomplete("The database file cloud.sqlite is missing from the data folder, other parts are there.")


def require_whole(home: Home, reader: Reader) -> None:
    """Before anything is repaired or made.

    Raises:
        HomeIncomplete: the database knows of a cloud and its provider's HSM is gone, or the other way round.
    """
    known = reader.scalar(select(setting.c.value).where(setting.c.name == HOME)) is not None
    if known and not (home.hsm / PROVIDER).is_dir():
        raise HomeIncomplete(f"The folder hsm/{PROVIDER} is missing from the data folder.")
    if not known and any(_of_instances(home)):
        raise HomeIncomplete("The database in the data folder is empty, other parts are there.")


def _size(home: Home) -> int:
    return home.database.stat().st_size if home.database.exists() else 0


def _of_instances(home: Home) -> Iterator[str]:
    """What only a cloud that was in use leaves; names with a dot are half-made or half-removed."""
    for folder in (home.hsm, home.databases):
        for entry in folder.iterdir():
            if entry.name != PROVIDER and not entry.name.startswith("."):
                yield entry.name
