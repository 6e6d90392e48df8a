import base64
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from kyok.domain import key_fields as fields

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "good"),
    [("a", False), ("ab", True), ("x" * 90, True), ("x" * 91, False), ("", False), ("Schlüssel 金鑰 مفتاح 🔑", True)],
)
def test_names(name: str, good: bool) -> None:
    assert (fields.name_problem(name) is None) == good


@pytest.mark.parametrize("letter", ["\0", "\n", "\x1b", "\x7f", "\u2028", "\u202e", "\u2066"])
def test_a_name_holds_nothing_that_hides_or_turns_what_is_written(letter: str) -> None:
    assert fields.name_problem(f"pay{letter}roll") == "A key name has no control characters."


def test_a_one_letter_name_is_explained() -> None:
    assert fields.name_problem("a") == "A key name has 2 to 90 characters; this one has 1."


@pytest.mark.parametrize(
    ("text", "good"), [("", True), ("a", False), ("ab", True), ("x" * 240, True), ("x" * 241, False)]
)
def test_descriptions(text: str, good: bool) -> None:
    assert (fields.description_problem(text) is None) == good


@pytest.mark.parametrize(
    ("alias", "good"),
    [
        ("core-ledger_1", True),
        ("x", False),
        ("with blank", False),
        ("keys", False),
        ("Keys", True),
        (str(uuid.UUID("5b0c2f0e-7a41-4c0e-9a3c-1f3f5e7d9b11")), False),
        ("x" * 91, False),
    ],
)
def test_aliases(alias: str, good: bool) -> None:
    assert (fields.alias_problem(alias) is None) == good


def test_lists_of_aliases() -> None:
    assert fields.aliases_problem(["aa", "bb"]) is None
    assert "at most 5" in (fields.aliases_problem([f"a{number}" for number in range(6)]) or "")
    assert "twice" in (fields.aliases_problem(["aa", "aa"]) or "")
    assert "reserved" in (fields.aliases_problem(["aa", "wrap"]) or "")


def test_tags() -> None:
    assert fields.tags_problem(["env=dev", ""]) is None
    assert "30 tags" in (fields.tags_problem(["t"] * 31) or "")
    assert "30 characters" in (fields.tags_problem(["t" * 31]) or "")
    assert "none of" in (fields.tags_problem(["a:b"]) or "")


def test_key_rings() -> None:
    assert fields.key_ring_problem("ledger-1") is None
    assert fields.key_ring_problem("x")
    assert fields.key_ring_problem("a_b")


def test_expiration_dates_lie_ahead() -> None:
    assert fields.expiration_problem(NOW + timedelta(seconds=1), NOW) is None
    assert fields.expiration_problem(NOW, NOW)


@pytest.mark.parametrize(
    ("size", "standard", "good"),
    [
        (16, False, True),
        (24, False, True),
        (32, False, True),
        (15, False, False),
        (33, False, False),
        (1, True, True),
        (7500, True, True),
        (7501, True, False),
        (0, True, False),
    ],
)
def test_material(size: int, standard: bool, good: bool) -> None:
    text = base64.b64encode(bytes(size)).decode()
    assert (fields.material_problem(bytes(size), standard=standard) is None) == good
    if size:
        assert (fields.material_text_problem(text, standard=standard) is None) == good


def test_material_as_openssl_writes_it() -> None:
    assert fields.material_text_problem(base64.b64encode(bytes(range(32))) + b"\n") is None


def test_text_that_is_no_material_is_refused_and_never_quoted() -> None:
    assert "missing" in (fields.material_text_problem(" \n") or "")
    for text in ("not base64!", "TOPSECRET=x", "ä"):
        problem = fields.material_text_problem(text)
        assert problem
        assert text not in problem


def test_plaintexts_and_additional_data() -> None:
    assert fields.plaintext_problem(4096) is None
    assert fields.plaintext_problem(4097)
    assert fields.aad_problem(["x" * 255] * 126) is None
    assert fields.aad_problem(["x"] * 127)
    assert fields.aad_problem(["x" * 256])
