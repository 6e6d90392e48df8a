"""Makes the data of a node: the first of a cluster anew or from a backup, the others as clones of the primary."""

import secrets
import shutil
import subprocess
import threading
from collections.abc import Iterator

from kyok.postgres.certificates import Issued, issue_node, make_authority
from kyok.postgres.configuration import REPLICATOR, SUPERUSER, quoted, slot_of
from kyok.postgres.errors import PostgresError, ProgramFailed
from kyok.postgres.member import Member, put
from kyok.postgres.programs import last_words
from kyok.postgres.sessions import Passwords
from kyok.postgres.volumes.port import Owner
from kyok.postgres.volumes.trees import Writes, unpack_tree

CLONE_SECONDS = 3600.0
_FOLDER_MODE = 0o700


class BackupUnreadable(PostgresError):
    """What was read from a backup is no data folder."""

    summary = "The backup holds no database."
    remedy = "Choose another backup of the instance."


def make_first(member: Member, short_id: str, major: int) -> None:
    """An empty data folder, fresh passwords and certificates of a new authority.

    Raises:
        ProgramFailed: initdb says no.
    """
    layout = member.layout
    _empty(member)
    passwords = Passwords.new()
    _put_secrets(member, passwords, make_authority(short_id))
    locale = ["--locale=C"]
    if major >= 17:
        locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    given = layout.root / f".{secrets.token_hex(8)}"
    try:
        put(given, passwords.superuser, member.programs)
        member.programs.run(
            "initdb", "-D", layout.data, "-U", SUPERUSER, "--auth=scram-sha-256", f"--pwfile={given}",
            "-E", "UTF8", "--data-checksums", "--wal-segsize=1", "--no-instructions", "--no-sync", *locale,
        )  # fmt: skip
    finally:
        given.unlink(missing_ok=True)
    _mark_whole(member)


def make_from_backup(member: Member, short_id: str, content: Iterator[bytearray]) -> Passwords:
    """A data folder from the tar stream of a backup; returns the passwords that the roles are to get.

    Raises:
        BackupUnreadable: the stream holds something else.
    """
    layout = member.layout
    _empty(member)
    passwords = Passwords.new()
    _put_secrets(member, passwords, make_authority(short_id))
    layout.data.mkdir(mode=_FOLDER_MODE)
    account = member.programs.account
    unpack_tree(content, layout.data, Owner(account.uid, account.gid))
    if not (layout.data / "PG_VERSION").exists():
        raise BackupUnreadable()
    for name in ("standby.signal", "recovery.signal", "postmaster.pid", "current_logfiles"):
        (layout.data / name).unlink(missing_ok=True)
    layout.data.chmod(_FOLDER_MODE)
    member.programs.own(layout.data)
    _mark_whole(member)
    return passwords


def set_superuser(member: Member, passwords: Passwords) -> None:
    """Gives the superuser of a restored cluster its new password, with no door open meanwhile.

    Raises:
        ProgramFailed: the server says no.
    """
    statement = f"ALTER ROLE {SUPERUSER} PASSWORD '{passwords.superuser}'\n"
    member.programs.run(
        "postgres", "--single", "-D", member.layout.data, "-c", "logging_collector=off", "-c", "log_statement=none",
        "-c", "log_min_error_statement=panic", "postgres", input=statement.encode(), timeout=600,
    )  # fmt: skip


def clone(member: Member, primary: Member) -> None:
    """A data folder as the primary's is now, with certificates of its own from the same authority.

    Raises:
        ProgramFailed: pg_basebackup says no; whatever it left is removed by the next try.
    """
    layout, source = member.layout, primary.layout
    _empty(member)
    authority = Issued(source.ca.read_bytes(), source.ca_key.read_bytes())
    _put_secrets(member, Passwords.read(source), authority)
    _run_helped(
        member, "pg_basebackup", "-D", str(layout.data), "-X", "stream", "-S", slot_of(member.name), "-c", "fast",
        "--no-sync", "--no-manifest", "-s", "1", "-d", address(member, primary.port),
    )  # fmt: skip
    put(layout.standby, "", member.programs)
    _mark_whole(member)


def rewind(member: Member, primary: Member) -> None:
    """Makes a former primary's data that of a standby of the new one.

    Raises:
        ProgramFailed: the two have nothing in common any more, or it broke off: clone instead.
    """
    layout = member.layout
    layout.whole.unlink(missing_ok=True)
    _run_helped(
        member, "pg_rewind", "-D", str(layout.data), "--no-sync",
        "--source-server", f"{address(member, primary.port, SUPERUSER)} dbname=postgres",
    )  # fmt: skip
    put(layout.standby, "", member.programs)
    _mark_whole(member)


def address(member: Member, port: int, user: str = REPLICATOR) -> str:
    """A connection string for programs of the member's volume; the password is in its file there."""
    layout = member.layout
    tls = f"sslmode=verify-full sslrootcert={quoted(str(layout.ca))}" if member.tls else "sslmode=disable"
    return (
        f"host=localhost hostaddr=127.0.0.1 port={port} user={user} application_name={member.name} {tls} "
        f"passfile={quoted(str(layout.passfile))}"
    )


def base_backup(member: Member, target: Writes) -> None:
    """Writes the running server's data folder, with the log that makes it consistent, as a tar.

    Raises:
        ProgramFailed: pg_basebackup says no; what was written is no backup.
    """
    child = member.programs.start(
        "pg_basebackup", "-D", "-", "-Ft", "-X", "fetch", "-c", "fast", "--no-manifest",
        "-d", address(member, member.port, SUPERUSER), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    member.helped(child)
    said: list[bytes] = []
    reader = threading.Thread(target=lambda: said.append(child.stderr.read() if child.stderr else b""), daemon=True)
    reader.start()
    assert child.stdout is not None
    with child:
        while chunk := child.stdout.read(256 * 1024):
            target.write(chunk)
        code = child.wait()
    reader.join()
    if code:
        raise ProgramFailed(f"pg_basebackup failed: {last_words(b''.join(said)) or 'it was ended'}")


def _run_helped(member: Member, name: str, *arguments: str) -> None:
    child = member.programs.start(name, *arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    member.helped(child)
    try:
        _, said = child.communicate(timeout=CLONE_SECONDS)
    except subprocess.TimeoutExpired as error:
        child.kill()
        child.wait()
        raise ProgramFailed(f"{name} took longer than {CLONE_SECONDS:g} seconds.") from error
    if child.returncode:
        raise ProgramFailed(f"{name} failed: {last_words(said) or 'it was ended'}")


def _empty(member: Member) -> None:
    layout = member.layout
    layout.whole.unlink(missing_ok=True)
    member.leave()
    member.server.stop(immediate=True)  # of a try that broke off
    for folder in (layout.data, layout.tls):
        if folder.exists():
            shutil.rmtree(folder)
    layout.log.mkdir(mode=_FOLDER_MODE, exist_ok=True)
    layout.tls.mkdir(mode=_FOLDER_MODE)
    for folder in (layout.log, layout.tls):
        member.programs.own(folder)


def _put_secrets(member: Member, passwords: Passwords, authority: Issued) -> None:
    layout = member.layout
    issued = issue_node(authority, member.name)
    files = {
        layout.ca: authority.certificate,
        layout.ca_key: authority.key,
        layout.certificate: issued.certificate,
        layout.key: issued.key,
    }
    for path, content in files.items():
        put(path, content, member.programs)
    for name, text in passwords.files().items():
        put(layout.root / name, text, member.programs)


def _mark_whole(member: Member) -> None:
    member.flush()  # the programs above leave syncing to us: one call instead of one for each of a thousand files
    put(member.layout.whole, "", member.programs)
