"""Where in a JSON text a value stands, so that a mistake can be pointed at."""

import json
import re

_PART = re.compile(r"\.?([^.\[\]]+)|\[(\d+)\]")
_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


def line_of(text: str, offset: int) -> int:
    """The number of the line, from 1, that holds a character."""
    return text.count("\n", 0, offset) + 1


def line_of_path(text: str, path: str) -> int | None:
    """The line where the value of a path such as `keys[2].name` stands; None when there is none.

    A path that leads into something that is not there ends at the last part that is.
    """
    at = _after_space(text, 0)
    try:
        for member, index in _PART.findall(path):
            found = _member(text, at, member) if member else _entry(text, at, int(index))
            if found is None:
                break
            at = found
    except (ValueError, IndexError):
        return None
    return line_of(text, at)


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _member(text: str, at: int, wanted: str) -> int | None:
    if text[at] != "{":
        return None
    at = _after_space(text, at + 1)
    while text[at] != "}":
        name, end = _DECODER.raw_decode(text, at)
        at = _after_space(text, _after_space(text, end) + 1)
        if name == wanted:
            return at
        at = _next(text, at)
    return None


def _entry(text: str, at: int, wanted: int) -> int | None:
    if text[at] != "[":
        return None
    at = _after_space(text, at + 1)
    index = 0
    while text[at] != "]":
        if index == wanted:
            return at
        at = _next(text, at)
        index += 1
    return None


def _next(text: str, at: int) -> int:
    """The start of what follows a value: the next member or entry, or the closing bracket."""
    _, end = _DECODER.raw_decode(text, at)
    end = _after_space(text, end)
    return _after_space(text, end + 1) if text[end] == "," else end
