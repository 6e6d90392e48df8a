"""What a running server says of itself: its roles and what they may do, its databases, its parameters."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kyok.domain.configuration import DEFAULTS
from kyok.postgres.sessions import Door

if TYPE_CHECKING:
    from psycopg import Connection

_ROLES = """
SELECT rolname, rolsuper, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls, rolinherit
  FROM pg_roles WHERE NOT starts_with(rolname, 'pg_') ORDER BY rolname
"""
_DATABASES = """
SELECT datname, pg_database_size(oid) FROM pg_database WHERE datallowconn AND NOT datistemplate ORDER BY datname
"""
_PRIVILEGES = """
SELECT r.rolname, d.datname, p.name
  FROM pg_roles r, pg_database d, unnest(ARRAY['CREATE', 'CONNECT', 'TEMPORARY']) WITH ORDINALITY AS p(name, place)
 WHERE NOT starts_with(r.rolname, 'pg_') AND d.datallowconn AND NOT d.datistemplate
   AND has_database_privilege(r.oid, d.oid, p.name)
 ORDER BY r.rolname, d.datname, p.place
"""
_PARAMETERS = """
SELECT name, CASE unit WHEN '8kB' THEN setting::bigint * 8 / 1024 ELSE setting::bigint END
  FROM pg_settings WHERE name = ANY(%(names)s)
"""


@dataclass(frozen=True, slots=True)
class Role:
    """A role. `attributes` in psql's words; `access`: what it may do, by database."""

    name: str
    attributes: tuple[str, ...]
    access: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Catalog:
    """`databases`: bytes by name. `parameters`: the ones a customer may change, shared buffers in MB, times in ms."""

    roles: tuple[Role, ...]
    databases: Mapping[str, int]
    parameters: Mapping[str, int]


def catalog(door: Door) -> Catalog:
    """Reads everything from one server.

    Raises:
        ServerDoesNotAnswer: see there.
    """
    with door.connect() as connection:
        roles = connection.execute(_ROLES).fetchall()
        databases = connection.execute(_DATABASES).fetchall()
        privileges = connection.execute(_PRIVILEGES).fetchall()
        changeable = _parameters(connection)
    access: dict[str, dict[str, tuple[str, ...]]] = {}
    for role, database, privilege in privileges:
        of = access.setdefault(role, {})
        of[database] = (*of.get(database, ()), privilege)
    return Catalog(
        roles=tuple(Role(row[0], _words(*row[1:]), access.get(row[0], {})) for row in roles),
        databases={name: int(size) for name, size in databases},
        parameters=changeable,
    )


def parameters(door: Door) -> dict[str, int]:
    """The parameters that a customer may change, as one server has them.

    Raises:
        ServerDoesNotAnswer: see there.
    """
    with door.connect() as connection:
        return _parameters(connection)


def _parameters(connection: "Connection[Any]") -> dict[str, int]:
    found = connection.execute(_PARAMETERS, {"names": list(DEFAULTS)}).fetchall()
    return {name: int(value) for name, value in sorted(found)}


def _words(
    superuser: bool, makes_roles: bool, makes_databases: bool, logs_in: bool, replicates: bool, bypasses: bool,
    inherits: bool,
) -> tuple[str, ...]:  # fmt: skip
    found = (
        (superuser, "Superuser"),
        (not inherits, "No inheritance"),
        (makes_roles, "Create role"),
        (makes_databases, "Create DB"),
        (not logs_in, "Cannot login"),
        (replicates, "Replication"),
        (bypasses, "Bypass RLS"),
    )
    return tuple(word for holds, word in found if holds)
