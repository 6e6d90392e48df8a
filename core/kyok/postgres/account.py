"""The account that servers run under: PostgreSQL refuses to run as root."""

import os
from dataclasses import dataclass

from kyok.postgres.errors import NoServerAccount

USUAL = "postgres"
"""The account that distributions make for PostgreSQL."""


@dataclass(frozen=True, slots=True)
class ServerAccount:
    """Whose processes servers are. With `switch` children change to it; without, we are it already."""

    name: str
    uid: int
    gid: int
    switch: bool


def server_account(configured: str | None = None) -> ServerAccount:
    """The account for servers. `configured` names one to change to, which only root can; others run them themselves.

    Raises:
        NoServerAccount: we are root and there is no such account; or our own user has no name, which PostgreSQL needs.
    """
    user = os.geteuid()
    if user != 0:
        return _ourselves(user)
    return _another(configured or USUAL)


def _ourselves(user: int) -> ServerAccount:
    import pwd

    try:
        name = pwd.getpwuid(user).pw_name
    except KeyError as error:
        raise NoServerAccount(
            f"PostgreSQL does not run under user number {user}: it has no name on this machine.",
            "Run the program as a user who is listed in /etc/passwd.",
        ) from error
    return ServerAccount(name, user, os.getegid(), switch=False)


def _another(name: str) -> ServerAccount:
    import pwd

    try:
        entry = pwd.getpwnam(name)
    except KeyError as error:
        raise NoServerAccount(
            f"PostgreSQL does not run as root, and there is no account {name} for it.",
            f"Make one: useradd --system --no-create-home --shell /usr/sbin/nologin {name}",
        ) from error
    if entry.pw_uid == 0:
        raise NoServerAccount(
            f"PostgreSQL does not run as root, and the account {name} is root.", "Choose another account for it."
        )
    return ServerAccount(name, entry.pw_uid, entry.pw_gid, switch=True)
