"""Pages of lists: `limit` and `start`, as IAM and the resource controller use them."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from kyok.errors import KyokError

T = TypeVar("T")


class PageInvalid(KyokError):
    """`limit` or `start` is not what it can be."""

    summary = "The page parameters are not valid."
    remedy = "Send limit as a number in the documented range, and start as the last answer gave it."


class Page(NamedTuple):
    """The items of a page, the `start` of the next one (None at the end), and the limit in force."""

    items: Sequence[Any]
    next: str | None
    limit: int


def page(items: Sequence[T], query: Mapping[str, str], *, default: int, most: int) -> Page:
    """The page that `limit` and `start` ask for.

    Raises:
        PageInvalid: one of them is no number, or out of range.
    """
    limit = _number(query, "limit", default, 1, most)
    start = _number(query, "start", 0, 0, 1 << 31)
    end = start + limit
    return Page(items[start:end], str(end) if end < len(items) else None, limit)


def _number(query: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = query.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
        raise PageInvalid(f"{name} must be a whole number from {low} to {high}.")
    return int(text)
