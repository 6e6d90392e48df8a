"""A password in the form in which PostgreSQL stores it, so that the password itself never has to be kept.

RFC 5802 and RFC 7677. `CREATE ROLE ... PASSWORD '<this>'` takes it as it is.
"""

import base64
import hashlib
import hmac
import secrets

from kyok.postgres.errors import PostgresError

ITERATIONS = 4096
"""PostgreSQL's own default."""
SALT_LENGTH = 16


class PasswordUnusable(PostgresError):
    """A password whose stored form would depend on how a client writes its characters."""

    summary = "The password is empty or has a character that is not plain ASCII."
    remedy = "Choose a password of letters, digits and common signs, without accents."


def scram_verifier(password: str, *, salt: bytes | None = None, iterations: int = ITERATIONS) -> str:
    """`SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey>`; the salt is drawn when none is given.

    Raises:
        PasswordUnusable: the password is empty, not ASCII, or has a control character (SASLprep, RFC 4013, leaves
            every other ASCII text as it is; the rest would need its tables).
    """
    if not password or not password.isascii() or not password.isprintable():
        raise PasswordUnusable()
    if salt is None:
        salt = secrets.token_bytes(SALT_LENGTH)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, iterations)
    stored_key = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server_key = hmac.digest(salted, b"Server Key", "sha256")
    return f"SCRAM-SHA-256${iterations}:{_text(salt)}${_text(stored_key)}:{_text(server_key)}"


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()
