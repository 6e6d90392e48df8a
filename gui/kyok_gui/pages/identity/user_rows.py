"""The users of the account: their roles, and what each role lets them do, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyok.domain import services
from kyok.domain.role_words import role_words
from kyok.domain.roles import role_by_name, roles_of
from kyok.domain.texts import plural
from kyok.domain.translation import noted, tr
from kyok_gui.widgets import Column

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.records.access import RoleGrant, User

_COLUMN_SERVICES = (services.HS_CRYPTO, services.KMS, services.DBAAS_POSTGRESQL)
_ACTS = {
    services.HS_CRYPTO: {
        "Reader": noted("See keys and let services wrap and unwrap with them"),
        "ReaderPlus": noted("As Reader, and read standard keys"),
        "Writer": noted("Also create, import and rotate keys"),
        "Manager": noted("Also disable, enable, delete and restore keys, set policies and initialize crypto units"),
        "KMSKeyPurgeRole": noted("Purge deleted keys, and nothing else"),
    },
    services.DBAAS_POSTGRESQL: {
        "Reader": noted("See nodes, users, databases, backups and tasks"),
        "Writer": noted("Also switch logging and monitoring on"),
        "Manager": noted("Also scale, change the configuration, download log files, back up and restore"),
    },
}
_ACTS[services.KMS] = {**_ACTS[services.HS_CRYPTO], "KeyPurge": noted("Purge deleted keys, and nothing else")}
_PLATFORM = {
    "Viewer": noted("See instances, authorizations and the activity log"),
    "Operator": noted("See instances and manage their credentials"),
    "Editor": noted("Create, change and delete instances"),
    "Administrator": noted("Everything an Editor may do, and give access to others"),
}


@dataclass(frozen=True, slots=True)
class UserRow:
    """One user. `roles` has a text for each thing that roles are held on."""

    user: User
    roles: tuple[str, ...]
    me: bool = False

    @property
    def id(self) -> str:
        """The IAM id."""
        return self.user.iam_id

    @property
    def name(self) -> str:
        """Name, or the address where there is none."""
        return self.user.name or self.user.email


def read_rows(api: CloudApi) -> list[UserRow]:
    """The users of the signed-in person's account; runs in a worker."""
    me = api.session.identity()
    names = {one.guid: one.name for one in api.resources.listed()}
    found = api.emulator.identities().account(me.account_id)
    users = found.users if found is not None else ()
    return [
        UserRow(user, role_words(user.roles, lambda guid: names.get(guid, guid)), user.iam_id == me.iam_id)
        for user in users
    ]


def on_service(row: UserRow, service: str) -> list[str]:
    """The user's roles that reach a service, as its column shows them: a line of platform roles, one of service roles.

    Side by side they need more room than three services have in a narrow window.
    """
    held: dict[str, list[str]] = {"platform": [], "service": []}
    for role in roles_of(service):
        for grant in row.user.roles:
            if grant.role in (role.name, role.display_name) and grant.service in (None, service):
                one = tr("{role} (one instance)", role=role.display_name)
                held[role.kind].append(one if grant.instance else role.display_name)
    return [", ".join(dict.fromkeys(roles)) for roles in held.values() if roles]


def may_do(grants: Sequence[RoleGrant], name_of: Callable[[str], str]) -> list[tuple[str, str, str]]:
    """What roles let a person do: role, on what, in words."""
    return [(grant.role, _place(grant, name_of), _act(grant)) for grant in grants]


def _place(grant: RoleGrant, name_of: Callable[[str], str]) -> str:
    if grant.instance:
        return name_of(grant.instance)
    return services.short_name(grant.service) if grant.service else tr("All services")


def _act(grant: RoleGrant) -> str:
    named = role_by_name(grant.service or services.HS_CRYPTO, grant.role)
    if named is None:
        return ""
    if named.name in _PLATFORM:
        return tr(_PLATFORM[named.name])
    if grant.service is not None:
        return tr(_ACTS.get(grant.service, {}).get(named.name, named.description))
    keys = tr(_ACTS[services.HS_CRYPTO].get(named.name, named.description))
    databases = tr(_ACTS[services.DBAAS_POSTGRESQL].get(named.name, noted("nothing")))
    return tr("Keys: {keys}. Databases: {databases}", keys=_small(keys), databases=_small(databases))


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def keys_in_words(row: UserRow) -> str:
    """How many API keys the user has, or that one may not know."""
    if row.user.api_keys is None:
        return tr("Not shown to you")
    return plural(len(row.user.api_keys), "key") if row.user.api_keys else ""


def _service_column(service: str, width: int) -> Column[UserRow]:
    return Column(
        service,
        services.short_name(service),
        lambda row: "".join(on_service(row, service)[:1]),
        detail=lambda row: "".join(on_service(row, service)[1:]),
        sort=lambda row: on_service(row, service) or None,
        width=width,
    )


COLUMNS: tuple[Column[UserRow], ...] = (
    Column(
        "name",
        noted("User"),
        lambda row: tr("{name} (you)", name=row.name) if row.me else row.name,
        detail=lambda row: row.user.email,
        detail_title=noted("Email"),
        kind="link",
        width=232,
        weight=2,
    ),
    *(_service_column(service, 208) for service in _COLUMN_SERVICES),
    Column(
        "keys",
        noted("API keys"),
        keys_in_words,
        sort=lambda row: None if row.user.api_keys is None else len(row.user.api_keys),
        value=lambda row: None if row.user.api_keys is None else len(row.user.api_keys),
        width=144,
        hide_below=1000,
    ),
    Column("id", noted("IAM ID"), lambda row: row.id, optional=True, width=176),
)
