"""What the search of the header finds: resources, root keys, pages and commands. No widgets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyok.domain.translation import noted, tr
from kyok_gui import places
from kyok_gui.places import PLACES, Place

if TYPE_CHECKING:
    from kyok_gui.directory import Entry

MOST = 10
_COMMANDS = (
    (
        noted("Create authorization"),
        Place(places.AUTHORIZATIONS).with_query(create="1"),
        "user--access",
        noted("authorize iam access policy"),
    ),
    (noted("Create resource"), Place(places.CATALOG), "add", noted("service instance catalog")),
)
"""Commands that lead to a form which is no page of its own: title, place, icon, what else finds it."""


@dataclass(frozen=True, slots=True)
class Result:
    """Something that can be found. `kind`: "resource", "key", "page", "command", or "offer" to search on elsewhere."""

    title: str
    detail: str
    place: Place
    icon: str
    words: str = ""
    kind: str = "page"


def found_for(text: str, entries: Sequence[Entry], cloud: str) -> list[Result]:
    """What a text finds with this kind of cloud; below it where keys can be looked for that no database uses."""
    if not text.strip():
        return []
    known = [*_resources(entries), *_keys(entries), *_pages(), *_commands()]
    found = matching([one for one in known if PLACES[one.place.kind].fits(cloud)], text)
    if all(one.kind == "resource" for one in found):  # else the text means a page or a key, and has found it
        found += [one for one in _offers(text.strip(), entries) if PLACES[one.place.kind].fits(cloud)]
    return found[:MOST]


def matching(results: Sequence[Result], text: str) -> list[Result]:
    """The results that hold every word, those that begin with the text first."""
    words = text.lower().split()
    found = []
    for result in results:
        hay = f"{result.title} {result.detail} {result.words}".lower()
        if all(word in hay for word in words):
            found.append((not result.title.lower().startswith(text.lower().strip()), result))
    found.sort(key=lambda pair: pair[0])
    return [result for _, result in found][:MOST]


def _resources(entries: Sequence[Entry]) -> list[Result]:
    return [
        Result(
            entry.name,
            f"{entry.service_name} · {entry.status.word}",
            entry.home,
            entry.icon,
            entry.guid,
            kind="resource",
        )
        for entry in entries
    ]


def _keys(entries: Sequence[Entry]) -> list[Result]:
    """The root keys that databases use: the list of instances names them, so that nothing has to be asked."""
    names = {entry.guid: entry.name for entry in entries}
    found: dict[tuple[str, str], Result] = {}
    for entry in entries:
        key = entry.root_key
        if key is not None and key.instance in names:
            detail = tr("Root key in {instance}", instance=names[key.instance])
            place = Place(places.KEYS, key.instance).with_query(key=key.id)
            found[key.instance, key.id] = Result(key.name, detail, place, "password", key.id, kind="key")
    return list(found.values())


def _pages() -> list[Result]:
    """Pages that need no instance."""
    found = []
    for kind, known in PLACES.items():
        if known.side in ("account", "none") and kind != places.SECURE_DELETION:
            area = tr("Page") if known.side == "account" else tr("Catalog")
            found.append(Result(known.title, area, Place(kind), known.icon, known.words))
    return found


def _commands() -> list[Result]:
    return [
        Result(tr(noted_title), tr("Command"), place, icon, tr(noted_words), kind="command")
        for noted_title, place, icon, noted_words in _COMMANDS
    ]


def _offers(text: str, entries: Sequence[Entry]) -> list[Result]:
    """To look for a key in an instance: reading the keys of all instances for every letter typed would be slow."""
    return [
        Result(
            tr("Search for “{text}” in KMS keys", text=text),
            tr("Instance {name}", name=entry.name),
            Place(places.KEYS, entry.guid).with_query(search=text),
            "search",
            kind="offer",
        )
        for entry in entries
        if entry.side == "kms"
    ]
