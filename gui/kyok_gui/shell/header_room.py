"""How the header is set in a width: what gives way first, and what last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

NARROW = 1056
"""Below this width words shorten in any case (Carbon's lg breakpoint)."""
_CROWDED = 1680
"""Below this width the search that has grown takes the room of names."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One way to set the header. Whatever is left out is told by tooltips and accessible names, or by a menu."""

    clock: Literal["date", "time", "icon"] = "date"
    named: bool = True
    """Whether the signed-in person's name stands there."""
    arrow: bool = True
    """Whether an arrow says that the person has a menu."""
    account: bool = True
    catalog: bool = True
    """Whether the catalog has a button; else Manage holds it."""
    before_search: int = 52
    after_search: int = 16
    search: int = 224
    """The least width of the search: here so much that it says what it searches."""


_WIDE = Setting()
_NEAR_SEARCH = replace(_WIDE, before_search=20)
_SHORT_SEARCH = replace(_WIDE, search=200)
_SHORT_TIME = replace(_SHORT_SEARCH, clock="time")
_UNNAMED = replace(_SHORT_TIME, named=False)
_SHORT_WORDS = replace(_UNNAMED, account=False)
_TIGHT = replace(_SHORT_WORDS, after_search=7)
_CLOSE = replace(_SHORT_WORDS, before_search=8)
_SMALL_SEARCH = replace(_CLOSE, search=96)
_BARE_CLOCK = replace(_SMALL_SEARCH, clock="icon")
_BARE_PERSON = replace(_BARE_CLOCK, arrow=False)
_NO_CATALOG = replace(_BARE_PERSON, catalog=False)
_SETTINGS = (
    _WIDE,
    _NEAR_SEARCH,
    _SHORT_SEARCH,
    _SHORT_TIME,
    _UNNAMED,
    _SHORT_WORDS,
    _TIGHT,
    _CLOSE,
    _SMALL_SEARCH,
    _BARE_CLOCK,
    _BARE_PERSON,
    _NO_CATALOG,
)


def settings(width: int, *, grown: bool) -> Sequence[Setting]:
    """What may be tried at a width, the most generous first; `grown`: somebody is searching."""
    found = _SETTINGS[_SETTINGS.index(_SHORT_WORDS) :] if width < NARROW else _SETTINGS
    if grown and width < _CROWDED:
        found = tuple(replace(one, named=False, account=False, search=200) for one in found)
    return found
