"""Base64 texts of requests. The decoded bytes are handed over in a `Secret` or a buffer that the caller wipes."""

import string
from binascii import Error, a2b_base64

from kyok.cloud.keys.errors import InvalidField
from kyok.domain.key_fields import material_problem, plaintext_problem
from kyok.secrets import Secret, wipe

_ALPHABET = frozenset(string.ascii_letters + string.digits + "+/")


def decoded(text: str, field: str) -> bytearray:
    """The bytes of a base64 text; line ends in it are ignored.

    Raises:
        InvalidField: it is none; the message names the offset of the first wrong character.
    """
    try:
        return bytearray(a2b_base64(text, strict_mode=True))
    except (Error, ValueError):
        unbroken = text.replace("\r", "").replace("\n", "").strip()
    try:
        return bytearray(a2b_base64(unbroken, strict_mode=True))
    except (Error, ValueError):
        raise InvalidField(
            f"The field {field} is not base64: illegal base64 data at input byte {_offset(unbroken)}.",
            "Encode the bytes with standard base64, padding included.",
            target=field,
        ) from None


def _offset(text: str) -> int:
    """Where a text stops being base64."""
    body = text.rstrip("=")
    for index, letter in enumerate(body):
        if letter not in _ALPHABET:
            return index
    return len(text)


def key_material(text: str, *, standard: bool) -> Secret:
    """The material of an import or rotation; the caller wipes it.

    Raises:
        InvalidField: not base64, or of a length that cannot be used.
    """
    material = decoded(text, "payload")
    problem = material_problem(material, standard=standard)
    if problem:
        wipe(material)
        remedy = "Send 1 to 7500 bytes, base64-encoded." if standard else "Send 16, 24 or 32 bytes, base64-encoded."
        raise InvalidField(problem, remedy, target="payload")
    return Secret(material)


def plaintext(text: str) -> Secret:
    """The data to wrap; the caller wipes it.

    Raises:
        InvalidField: not base64, or more than 4096 bytes.
    """
    data = decoded(text, "plaintext")
    problem = plaintext_problem(len(data))
    if problem:
        wipe(data)
        raise InvalidField(problem, "Wrap a data key, and encrypt the data with it.", target="plaintext")
    return Secret(data)
