"""Roles and the first database of a cluster (dbaas.md 3.2, 4.3). The customer's administrator is no superuser."""

from typing import TYPE_CHECKING, Any

from kyok.postgres.configuration import REPLICATOR, SUPERUSER
from kyok.postgres.extensions import offer_extensions
from kyok.postgres.scram import scram_verifier
from kyok.postgres.sessions import Door

if TYPE_CHECKING:
    from psycopg import Connection

GROUP = "ibm-cloud-admin"
"""The role whose rights the administrator has; nobody logs in as it."""

_FILES_AND_PROGRAMS = ("pg_execute_server_program", "pg_read_server_files", "pg_write_server_files")


def make_roles(door: Door, admin: str, verifier: str) -> None:
    """Makes the service's roles, the administrator with its stored password, and its database.

    Raises:
        ServerDoesNotAnswer: see there.
    """
    from psycopg import sql

    group, name = sql.Identifier(GROUP), sql.Identifier(admin)
    statements = [
        sql.SQL("CREATE ROLE {} LOGIN REPLICATION PASSWORD {}").format(
            sql.Identifier(REPLICATOR), sql.Literal(scram_verifier(door.passwords.replicator))
        ),
        sql.SQL("CREATE ROLE {} NOLOGIN CREATEDB CREATEROLE").format(group),
        sql.SQL("GRANT pg_monitor, pg_signal_backend TO {}").format(group),
        sql.SQL("CREATE ROLE {} LOGIN INHERIT CREATEDB CREATEROLE REPLICATION PASSWORD {} IN ROLE {}").format(
            name, sql.Literal(verifier), group
        ),
        sql.SQL("CREATE DATABASE {} OWNER {}").format(name, name),
    ]
    offer_extensions(door)
    with door.connect() as connection:
        _keep_to_the_database(connection)
        for statement in statements:
            connection.execute(statement)


def keep_replicator(door: Door) -> None:
    """Makes the role that standbys connect with again, should the customer's administrator have dropped or changed it.

    Raises:
        ServerDoesNotAnswer: see there.
    """
    from psycopg import sql

    role, verifier = sql.Identifier(REPLICATOR), sql.Literal(scram_verifier(door.passwords.replicator))
    with door.connect() as connection:
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (REPLICATOR,)).fetchone() is not None
        verb = "ALTER" if known else "CREATE"
        connection.execute(sql.SQL(verb + " ROLE {} LOGIN REPLICATION PASSWORD {}").format(role, verifier))


def take_over(door: Door, admin: str, verifier: str) -> None:
    """Makes a restored cluster the new instance's: its own passwords, its administrator, which may be called otherwise.

    Raises:
        ServerDoesNotAnswer: see there.
    """
    from psycopg import sql

    name = sql.Identifier(admin)
    with door.connect() as connection:
        _keep_to_the_database(connection)
        for role, password in ((SUPERUSER, door.passwords.superuser), (REPLICATOR, door.passwords.replicator)):
            verified = sql.Literal(scram_verifier(password))
            connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), verified))
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (admin,)).fetchone() is not None
        verb = "ALTER" if known else "CREATE"
        connection.execute(
            sql.SQL(verb + " ROLE {} LOGIN INHERIT CREATEDB CREATEROLE REPLICATION PASSWORD {}").format(
                name, sql.Literal(verifier)
            )
        )
        connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(GROUP), name))
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (admin,)).fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, name))


def _keep_to_the_database(connection: "Connection[Any]") -> None:
    """Nobody but a superuser may hand out the roles that run programs or read and write files of the server.

    Before version 16 whoever may create roles can grant himself any role that is no superuser, and with one of these
    he is the server's account: he reads the service's passwords and keys. Marked as superusers they cannot be granted;
    nobody logs in as one, and members do not inherit the mark.
    """
    if connection.info.server_version >= 160000:
        return
    names = (list(_FILES_AND_PROGRAMS),)
    connection.execute(
        "DELETE FROM pg_auth_members WHERE roleid IN (SELECT oid FROM pg_roles WHERE rolname = ANY(%s))", names
    )
    connection.execute("UPDATE pg_authid SET rolsuper = true WHERE rolname = ANY(%s)", names)
