"""Reads a scenario file: its shape first, then what it means. A mistake is named with its place."""

import re

import msgspec

from kyok.cloud.emulator.errors import ScenarioInvalid
from kyok.cloud.scenarios.checks import check
from kyok.cloud.scenarios.expanding import Expanded, expanded
from kyok.cloud.scenarios.format import FORMAT, Document
from kyok.cloud.scenarios.mistake import Mistake
from kyok.cloud.scenarios.places import line_of, line_of_path

_BYTE = re.compile(r"\(byte (\d+)\)")
_WHERE = re.compile(r" - at `\$?\.?(.*)`$")
_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`")
_MISSING = re.compile(r"Object missing required field `(.*)`")
_EXPECTED = re.compile(r"Expected `([^`]*)`(.*?)(?:, got `([^`]*)`)?$")
_WORDS = {
    "int": "a whole number",
    "float": "a number",
    "str": "a text",
    "bool": "true or false",
    "array": "a list",
    "object": "an object in braces",
    "null": "nothing",
}
_ENCODING = "It is not a text in UTF-8."


def read(content: bytes) -> tuple[Document, Expanded]:
    """A scenario and what it makes, with everything that is repeated written out.

    Raises:
        ScenarioInvalid: with the first mistake and its line; nothing is done.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ScenarioInvalid(_ENCODING) from error
    document = _decoded(text)
    try:
        made = expanded(document)
        check(document, made)
    except Mistake as mistake:
        raise _located(text, mistake.path, str(mistake)) from mistake
    return document, made


def _decoded(text: str) -> Document:
    try:
        return msgspec.json.decode(text, type=Document)
    except msgspec.ValidationError as error:
        words, path = _said(str(error))
        raise _located(text, path, words) from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise _broken(text, str(error)) from error


def _broken(text: str, words: str) -> ScenarioInvalid:
    """What is not JSON at all."""
    found = _BYTE.search(words)
    if found is None:
        return ScenarioInvalid("The file is not JSON: it ends too early.")
    before = text.encode()[: int(found[1])].decode("utf-8", "ignore")
    column = len(before) - (before.rfind("\n") + 1) + 1
    return ScenarioInvalid(f"Line {line_of(text, len(before))}, column {column}: this is not JSON.")


def _said(message: str) -> tuple[str, str]:
    """A message of the decoder in plain words, and the path that it names."""
    place = _WHERE.search(message)
    path = place[1] if place else ""
    core = message[: place.start()] if place else message
    if unknown := _UNKNOWN.fullmatch(core):
        return f"There is no field “{unknown[1]}” here.", f"{path}.{unknown[1]}".strip(".")
    if missing := _MISSING.fullmatch(core):
        return f"The field “{missing[1]}” is missing.", path
    if core.startswith("Invalid enum value"):
        wrong = core.removeprefix("Invalid enum value ").strip("'")
        if path == "format":
            return f"The format “{wrong}” is not known here; this program reads “{FORMAT}”.", path
        return f"“{wrong}” is none of the values that this field takes (docs/scenarios.md).", path
    if expected := _EXPECTED.fullmatch(core):
        return _expected(expected[1], expected[2].strip(), expected[3]), path
    return f"{core}.", path


def _expected(kinds: str, bound: str, found: str | None) -> str:
    wanted = " or ".join(_WORDS.get(kind.strip(), kind.strip()) for kind in kinds.split("|"))
    bound = bound.replace("of length >= 1", "that is not empty").replace("of length <=", "of at most")
    bound = bound.replace(">=", "from").replace("<=", "up to").replace(">", "above")
    there = f", not {_WORDS.get(found, found)}" if found else ""
    return f"{wanted[0].upper()}{wanted[1:]}{' ' + bound if bound else ''} is expected{there}."


def _located(text: str, path: str, words: str) -> ScenarioInvalid:
    line = line_of_path(text, path)
    place = ", ".join(part for part in (f"Line {line}" if line else "", path) if part)
    return ScenarioInvalid(f"{place}: {words}" if place else words)
