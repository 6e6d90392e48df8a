"""The chain from HSM to nodes, with the broken link named: five boxes above the node tiles.

Words follow the mock-ups 01 to 04.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from kyok.domain import texts
from kyok.domain.key_rules import DeletionRule, NodeKeyStatus
from kyok.domain.key_states import KeyState
from kyok.domain.standing import AuthorizationFacts, HsmFacts, KeyFacts, Standing
from kyok.domain.translation import tr
from kyok.domain.verdict import Level

LinkId = Literal["hsm", "key", "authorization", "data-key", "nodes"]


@dataclass(frozen=True, slots=True)
class Link:
    """One box. `level` None draws the word neutral; `broken` draws box and both arrows in the level's colour.

    `cut_off`: a link before this one is broken, so the arrow behind it is pale. `state` is what stands behind the word
    of a key, whatever the language: `destroyed`. `short` is name, line and word for narrow boxes, empty where they are
    the same; `middle` is a word between both.
    """

    id: LinkId
    title: str
    name: str
    line: str
    word: str
    level: Level | None = Level.SUCCESS
    broken: bool = False
    cut_off: bool = False
    state: str = ""
    short: tuple[str, str, str] = ("", "", "")
    middle: str = ""


def chain(standing: Standing) -> tuple[Link, ...]:
    """The links in order: five, or the last two for an instance with the default key."""
    hsm, key, authorization = standing.hsm, standing.key, standing.authorization
    if hsm is None or key is None:
        return (_data_key(standing, key), _nodes(standing))
    links = [_hsm(standing, hsm), _key(standing, key)]
    if authorization is not None:
        links.append(_authorization(standing, authorization, hsm))
    links += [_data_key(standing, key), _nodes(standing)]
    return _with_pale_arrows(links)


def _hsm(standing: Standing, hsm: HsmFacts) -> Link:
    title = tr("HSM (HPCS instance)") if hsm.is_hpcs else tr("HSM (Key Protect)")
    line = f"{hsm.region}, {texts.plural(hsm.units, 'crypto unit')}" if hsm.units else hsm.region
    if not hsm.exists:
        word = tr("Deleted, restorable") if hsm.restorable_until else tr("Instance not found")
        return Link("hsm", title, hsm.name, line, word, Level.ERROR, broken=True)
    if not hsm.initialised:
        return Link("hsm", title, hsm.name, line, tr("Not initialized"), Level.ERROR, broken=True)
    cut = [node.zone for node in standing.nodes if node.status is NodeKeyStatus.NOT_CONNECTED]
    if not cut:
        return Link("hsm", title, hsm.name, line, tr("Active"))
    reached = len(standing.nodes) - len(cut)
    line = tr("Reached from {reached} of {zones} zones", reached=reached, zones=len(standing.nodes))
    level = Level.WARNING if reached or any(node.in_grace for node in standing.nodes) else Level.ERROR
    zones = texts.listed(cut)
    word = tr("No path from {zones}", zones=zones) if reached else tr("No path from any zone")
    short = tr("From {zones}", zones=zones) if reached else tr("From any zone")
    return Link("hsm", title, hsm.name, line, word, level, broken=True, short=("", short, tr("No path")))


def _key(standing: Standing, key: KeyFacts) -> Link:
    title, name = tr("Root key"), tr("{name}, version {version}", name=key.name, version=key.version)
    line, short = tr("Key ring {ring}", ring=key.ring), (f"{key.name}, v{key.version}", "", "")
    if key.state is None:
        purged = tr("Purged")
        return Link("key", title, name, line, purged, Level.ERROR, broken=True, state="destroyed", short=short)
    state = key.state.name.lower()
    by = tr(" by {person}", person=texts.person(key.changed_by)) if key.changed_by else ""
    when = f" {texts.when(key.changed_at, standing.now)}" if key.changed_at else ""
    if key.state in (KeyState.DESTROYED, KeyState.SUSPENDED):
        gone = key.state is KeyState.DESTROYED
        line = tr("Deleted{when}{by}", when=when, by=by) if gone else tr("Disabled{when}{by}", when=when, by=by)
        return Link("key", title, name, line, key.state.word, Level.ERROR, broken=True, state=state, short=short)
    if key.state is KeyState.DEACTIVATED:
        word = tr("Deactivated, still unwraps")
        return Link("key", title, name, line, word, Level.WARNING, state=state, short=short)
    return Link("key", title, name, line, key.state.word, short=short)


def _authorization(standing: Standing, facts: AuthorizationFacts, hsm: HsmFacts) -> Link:
    title, line, short = tr("Authorization"), f"{facts.source} → {hsm.name}", ("", f"→ {hsm.name}", "")
    if facts.in_force:
        return Link("authorization", title, facts.role, line, tr("In force"), short=short)
    if facts.removed_at is None:
        missing = tr("Missing")
        return Link("authorization", title, tr("None"), line, missing, Level.ERROR, broken=True, short=short)
    moment, person = texts.when(facts.removed_at, standing.now), texts.person(facts.removed_by)
    word = middle = tr("Removed {moment}", moment=moment)
    if person:
        word = tr("Removed {moment} by {person}", moment=moment, person=person)
    short = ("", f"{moment}, {person}@" if person else moment, tr("Removed"))
    return Link("authorization", title, facts.role, line, word, Level.ERROR, broken=True, short=short, middle=middle)


def _data_key(standing: Standing, key: KeyFacts | None) -> Link:
    title, name = tr("Wrapped data key"), tr("One key, AES-256")
    if key is None:
        line, word = tr("Under a key of the service"), tr("Random, kept by the service")
        return Link("data-key", tr("Data key"), name, line, word)
    line = short_line = tr("Under version {version}", version=standing.wrapped_version)
    if standing.wrapped_since:
        since = texts.when(standing.wrapped_since, standing.now)
        line = tr("Under version {version} since {since}", version=standing.wrapped_version, since=since)
    short, total = ("", short_line, ""), len(standing.nodes)
    connected = sum(node.status is NodeKeyStatus.CONNECTED for node in standing.nodes)
    if standing.data_key_destroyed:
        destroyed = tr("Destroyed")
        return Link("data-key", title, name, line, destroyed, Level.ERROR, state="destroyed", short=short)
    if connected:
        whole, nodes = connected == total, texts.plural(connected, "node")
        word = tr("Unwrapped by {nodes}", nodes=nodes) if whole else tr("Confirmed by {nodes}", nodes=nodes)
        fewer = (
            tr("In {nodes}", nodes=nodes) if whole else tr("In {count} of {total} nodes", count=connected, total=total)
        )
        return Link("data-key", title, name, line, word, short=("", short_line, fewer))
    gone = standing.worst is NodeKeyStatus.DELETED and standing.rule is DeletionRule.DISCARD
    word = tr("Cannot be unwrapped") if gone else tr("Kept, not readable now")
    short = ("", short_line, tr("Cannot be opened") if gone else tr("Kept, unreadable"))
    return Link("data-key", title, name, line, word, None, short=short)


def _nodes(standing: Standing) -> Link:
    total = len(standing.nodes)
    zones = len({node.zone for node in standing.nodes})
    secondaries = max(0, total - 1)
    name = f"{texts.plural(total, 'node')}, {texts.plural(zones, 'zone')}"
    line = tr("1 primary, {secondaries} secondary", secondaries=secondaries) if total else tr("None yet")
    if standing.key is None:
        running = sum(node.running for node in standing.nodes)
        level = Level.SUCCESS if running == total else Level.WARNING
        return Link(
            "nodes", tr("Nodes"), name, line, tr("{running} of {total} running", running=running, total=total), level
        )
    connected = sum(node.status is NodeKeyStatus.CONNECTED for node in standing.nodes)
    level = Level.SUCCESS if connected == total else Level.WARNING if connected else Level.ERROR
    if standing.worst is NodeKeyStatus.CHECKING:
        level = Level.INFO
    return Link(
        "nodes",
        tr("Nodes"),
        name,
        line,
        tr("{connected} of {total} connected", connected=connected, total=total),
        level,
    )


def _with_pale_arrows(links: list[Link]) -> tuple[Link, ...]:
    broken_before, result = False, []
    for link in links:
        result.append(replace(link, cut_off=broken_before))
        broken_before = broken_before or (link.broken and link.level is Level.ERROR)
    return tuple(result)
