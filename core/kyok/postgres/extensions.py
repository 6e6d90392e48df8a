"""Which extensions a customer may use (dbaas.md 10): the documented list, and no other.

PostgreSQL lets an administrator who is no superuser create those that it trusts. The others of the list are there from
the start in every database; trusted ones that the service never offered are refused.
"""

from kyok.postgres.sessions import Door

ALLOWED = (
    "autoinc", "bloom", "btree_gin", "btree_gist", "chkpass", "citext", "cube", "earthdistance", "fuzzystrmatch",
    "hstore", "insert_username", "intagg", "intarray", "isn", "lo", "ltree", "moddatetime", "pg_trgm", "pgcrypto",
    "pgrowlocks", "pljava", "plpgsql", "refint", "seg", "sslinfo", "tablefunc", "tcn", "timetravel", "tsm_system_rows",
    "tsm_system_time", "uuid-ossp", "xml2",
)  # fmt: skip
"""Some were dropped from PostgreSQL since, or are packages of their own: those that this server has count."""
TEMPLATE = "template1"

_TO_MAKE = """
SELECT DISTINCT name FROM pg_available_extension_versions
 WHERE name = ANY(%s) AND NOT trusted AND name NOT IN (SELECT extname FROM pg_extension)
 ORDER BY name
"""
_GUARD = """
CREATE SCHEMA kyok;
CREATE FUNCTION kyok.only_offered_extensions() RETURNS event_trigger LANGUAGE plpgsql AS $$
DECLARE
    wanted text;
BEGIN
    IF (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = session_user) THEN
        RETURN;
    END IF;
    SELECT pg_catalog.btrim(object_identity, '"') INTO wanted
      FROM pg_catalog.pg_event_trigger_ddl_commands()
     WHERE object_type = 'extension' AND pg_catalog.btrim(object_identity, '"') <> ALL (TG_ARGV_LIST)
     LIMIT 1;
    IF wanted IS NOT NULL THEN
        RAISE EXCEPTION 'extension "%" is not offered by this service', wanted
              USING ERRCODE = 'insufficient_privilege';
    END IF;
END
$$;
CREATE EVENT TRIGGER kyok_only_offered_extensions ON ddl_command_end
    WHEN TAG IN ('CREATE EXTENSION') EXECUTE FUNCTION kyok.only_offered_extensions();
"""


def offer_extensions(door: Door) -> None:
    """Prepares the template of every later database; nothing when that was done.

    Raises:
        ServerDoesNotAnswer: see there.
    """
    from psycopg import sql

    with door.connect(TEMPLATE) as connection:
        for (name,) in connection.execute(_TO_MAKE, (list(ALLOWED),)).fetchall():
            connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {} CASCADE").format(sql.Identifier(name)))
        if connection.execute("SELECT 1 FROM pg_event_trigger").fetchone() is None:
            listed = ", ".join(f"'{name}'" for name in ALLOWED)
            connection.execute(_GUARD.replace("TG_ARGV_LIST", f"ARRAY[{listed}]").encode())
