"""The stored form of a password."""

import base64
import hashlib
import hmac

import psycopg
import pytest
from psycopg import sql

from kyok.postgres.scram import PasswordUnusable, scram_verifier
from tests.postgres.servers import Server

# RFC 7677, section 3.
SALT = base64.b64decode("W22ZaJ0SNY7soEsUEjb6gQ==")
MESSAGES = (
    "n=user,r=rOprNGfwEbeRWgbNEkqO,"
    "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,"
    "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
)
CLIENT_PROOF = base64.b64decode("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=")
SERVER_SIGNATURE = base64.b64decode("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")


def keys_of(verifier: str) -> tuple[bytes, bytes]:
    stored, server = verifier.rpartition("$")[2].split(":")
    return base64.b64decode(stored), base64.b64decode(server)


def test_the_example_of_the_rfc() -> None:
    verifier = scram_verifier("pencil", salt=SALT)
    assert verifier.startswith("SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$")
    stored_key, server_key = keys_of(verifier)
    assert hmac.digest(server_key, MESSAGES.encode(), "sha256") == SERVER_SIGNATURE
    signature = hmac.digest(stored_key, MESSAGES.encode(), "sha256")
    client_key = bytes(left ^ right for left, right in zip(CLIENT_PROOF, signature, strict=True))
    assert hashlib.sha256(client_key).digest() == stored_key


def test_the_salt_is_drawn() -> None:
    first, second = scram_verifier("pencil", iterations=1), scram_verifier("pencil", iterations=1)
    assert first != second
    assert len(base64.b64decode(first.split("$")[1].partition(":")[2])) == 16


@pytest.mark.parametrize("password", ["", "Zürich-2026-abcdef", "tab\there", "nul\0", "del\x7f"])
def test_what_would_need_preparing_is_refused_and_not_quoted(password: str) -> None:
    with pytest.raises(PasswordUnusable) as caught:
        scram_verifier(password)
    assert caught.value.remedy
    assert not password or password not in f"{caught.value} {caught.value.remedy}"


def test_the_real_server_takes_it_and_lets_its_password_in(server: Server) -> None:
    password = "Ab0!$%()*+,-./:;=?@[]^_{|}~"
    verifier = scram_verifier(password)
    make = sql.SQL("create role {} login password {}").format(sql.Identifier("taught"), sql.Literal(verifier))
    with psycopg.connect(**server.options(), autocommit=True) as connection:
        connection.execute(make)
        row = connection.execute("select rolpassword from pg_authid where rolname = 'taught'").fetchone()
    assert row == (verifier,)
    with psycopg.connect(**server.options(user="taught", password=password)) as connection:
        assert connection.execute("select current_user").fetchone() == ("taught",)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(**server.options(user="taught", password=verifier))
