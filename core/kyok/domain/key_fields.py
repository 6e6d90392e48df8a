"""Rules for the fields of a key. Each `*_problem` function returns a sentence, or None when the value is good.

Source: reference/kms-api.md sections 2.3, 3.1 and 7.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from datetime import datetime

from kyok.domain.names import unseen_problem
from kyok.domain.translation import tr

NAME_MIN, NAME_MAX = 2, 90
DESCRIPTION_MIN, DESCRIPTION_MAX = 2, 240
ALIASES_PER_KEY = 5
ALIASES_PER_INSTANCE = 1000
TAGS_MAX, TAG_MAX = 30, 30
KEY_RINGS_MAX = 50
DEFAULT_KEY_RING = "default"
ROOT_MATERIAL_SIZES: tuple[int, ...] = (16, 24, 32)
"""Allowed sizes of root key material, bytes."""
STANDARD_MATERIAL_MAX = 7500
"""Largest standard key material, bytes."""
PLAINTEXT_MAX = 4096
"""Largest plaintext of a wrap, bytes."""
AAD_MAX, AAD_LENGTH_MAX = 126, 255
LIST_DEFAULT, LIST_MAX = 200, 5000
RINGS_DEFAULT = 100
"""Key rings on a page when no number is asked for."""
SEARCH_MAX = 5000
"""A search over more keys than this is refused."""

TOKEN_SECONDS_MIN, TOKEN_SECONDS_MAX, TOKEN_SECONDS = 300, 86_400, 600
"""How long an import token may live, and how long it does when nothing is said; seconds."""
TOKEN_RETRIEVALS_MAX, TOKEN_RETRIEVALS = 500, 1

RESERVED_ALIASES: frozenset[str] = frozenset(
    {
        "allowed_ip",
        "key",
        "keys",
        "metadata",
        "policy",
        "policies",
        "registration",
        "registrations",
        "ring",
        "rings",
        "rotate",
        "wrap",
        "unwrap",
        "rewrap",
        "version",
        "versions",
    }
)

_ALIAS = re.compile(r"[A-Za-z0-9_-]+")
_RING = re.compile(r"[A-Za-z0-9-]{2,100}")
_UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.IGNORECASE)
_TAG_FORBIDDEN = frozenset("<>,:&|")


def name_problem(name: str) -> str | None:
    """A key name has 2 to 90 characters; names need not be unique."""
    if not NAME_MIN <= len(name) <= NAME_MAX:
        return tr(
            "A key name has {name_min} to {name_max} characters; this one has {count}.",
            name_min=NAME_MIN,
            name_max=NAME_MAX,
            count=len(name),
        )
    return unseen_problem(tr("key name"), name)


def description_problem(description: str) -> str | None:
    """A description is optional; a given one has 2 to 240 characters."""
    if description and not DESCRIPTION_MIN <= len(description) <= DESCRIPTION_MAX:
        return tr(
            "A description has {description_min} to {description_max} characters; this one has {count}.",
            description_min=DESCRIPTION_MIN,
            description_max=DESCRIPTION_MAX,
            count=len(description),
        )
    return None


def alias_problem(alias: str) -> str | None:
    """One alias: letters, digits, dash and underscore, no reserved word, not shaped like a key id."""
    if not NAME_MIN <= len(alias) <= NAME_MAX:
        return tr(
            "An alias has {name_min} to {name_max} characters; “{alias}” has {count}.",
            name_min=NAME_MIN,
            name_max=NAME_MAX,
            alias=alias,
            count=len(alias),
        )
    if not _ALIAS.fullmatch(alias):
        return tr("An alias has only letters, digits, dashes and underscores: “{alias}” has others.", alias=alias)
    if _UUID4.fullmatch(alias):
        return tr("An alias must not look like a key ID.")
    if alias in RESERVED_ALIASES:
        return tr("“{alias}” is a reserved word and cannot be an alias.", alias=alias)
    return None


def aliases_problem(aliases: Sequence[str]) -> str | None:
    """All aliases of one key: at most five, none twice."""
    if len(aliases) > ALIASES_PER_KEY:
        return tr(
            "A key has at most {aliases_per_key} aliases; {count} were given.",
            aliases_per_key=ALIASES_PER_KEY,
            count=len(aliases),
        )
    if len(set(aliases)) != len(aliases):
        return tr("The same alias is given twice.")
    return next((problem for problem in map(alias_problem, aliases) if problem), None)


def tags_problem(tags: Sequence[str]) -> str | None:
    """All tags of one key: at most 30 of at most 30 characters, without `< > , : & |`."""
    if len(tags) > TAGS_MAX:
        return tr("A key has at most {tags_max} tags; {count} were given.", tags_max=TAGS_MAX, count=len(tags))
    for tag in tags:
        if len(tag) > TAG_MAX:
            return tr(
                "A tag has at most {tag_max} characters; “{tag}” has {count}.", tag_max=TAG_MAX, tag=tag, count=len(tag)
            )
        if _TAG_FORBIDDEN & set(tag):
            return tr("A tag has none of the characters < > , : & |: “{tag}” has.", tag=tag)
    return None


def key_ring_problem(ring: str) -> str | None:
    """A key ring id has 2 to 100 letters, digits and dashes."""
    if not _RING.fullmatch(ring):
        return tr("A key ring ID has 2 to 100 letters, digits and dashes.")
    return None


def expiration_problem(expires_at: datetime, now: datetime) -> str | None:
    """An expiration date lies in the future."""
    return None if expires_at > now else tr("The expiration date has passed already.")


def material_problem(material: bytes | bytearray | memoryview, *, standard: bool = False) -> str | None:
    """Decoded key material: 16, 24 or 32 bytes for a root key, 1 to 7500 bytes for a standard key."""
    size = len(material)
    if standard:
        if 1 <= size <= STANDARD_MATERIAL_MAX:
            return None
        return tr(
            "The material of a standard key has 1 to {standard_material_max} bytes; this has {size}.",
            standard_material_max=STANDARD_MATERIAL_MAX,
            size=size,
        )
    if size in ROOT_MATERIAL_SIZES:
        return None
    return tr("The material of a root key has 16, 24 or 32 bytes; this has {size}.", size=size)


def decode_base64(text: str | bytes | bytearray) -> bytearray | None:
    """Strictly decoded base64, blanks around it ignored; None when it is none. The caller wipes the result."""
    raw = text.strip()
    try:
        return bytearray(base64.b64decode(raw, validate=True))
    except (binascii.Error, ValueError):
        return None


def material_text_problem(text: str | bytes, *, standard: bool = False) -> str | None:
    """Key material as base64 text, as a form or file gives it. The text itself is never quoted."""
    if not text.strip():
        return tr("Key material is missing.")
    material = decode_base64(text)
    if material is None:
        return tr("Key material is base64 text; this is not. A file made by “openssl rand -base64 32” is right.")
    problem = material_problem(material, standard=standard)
    material[:] = bytes(len(material))
    return problem


def plaintext_problem(size: int) -> str | None:
    """Size in bytes of a plaintext to wrap."""
    if size > PLAINTEXT_MAX:
        return tr(
            "At most {plaintext_max} bytes can be wrapped; these are {size}.", plaintext_max=PLAINTEXT_MAX, size=size
        )
    return None


def aad_problem(aad: Sequence[str]) -> str | None:
    """Additional authentication data: at most 126 texts of at most 255 characters."""
    if len(aad) > AAD_MAX:
        return tr(
            "At most {aad_max} texts can be given as additional authentication data; these are {count}.",
            aad_max=AAD_MAX,
            count=len(aad),
        )
    if any(len(text) > AAD_LENGTH_MAX for text in aad):
        return tr(
            "A text of the additional authentication data has at most {aad_length_max} characters.",
            aad_length_max=AAD_LENGTH_MAX,
        )
    return None


def expiration_seconds_problem(seconds: int) -> str | None:
    """How long an import token lives."""
    if not TOKEN_SECONDS_MIN <= seconds <= TOKEN_SECONDS_MAX:
        return tr(
            "expiration is from {token_seconds_min} to {token_seconds_max} seconds; {seconds} was given.",
            token_seconds_min=TOKEN_SECONDS_MIN,
            token_seconds_max=TOKEN_SECONDS_MAX,
            seconds=seconds,
        )
    return None


def retrievals_problem(number: int) -> str | None:
    """How often an import token may be retrieved."""
    if not 1 <= number <= TOKEN_RETRIEVALS_MAX:
        return tr(
            "maxAllowedRetrievals is from 1 to {token_retrievals_max}; {number} was given.",
            token_retrievals_max=TOKEN_RETRIEVALS_MAX,
            number=number,
        )
    return None
