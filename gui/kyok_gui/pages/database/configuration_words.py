"""The five parameters as a person changes them: what is wrong with what was typed, and what a change does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyok.domain import changing, configuration, texts
from kyok.domain.configuration import ChangeRefused
from kyok.domain.translation import noted, tr

if TYPE_CHECKING:
    from kyok.client.records.clusters import ConfigurationItem
    from kyok_gui.pages.database.change_view import ChangeView

SAME = noted("Change a value first.")
UNREAD = noted("The parameters cannot be read: no node serves the data.")
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+", re.ASCII)
UNITS = {"shared_buffers": "MB", "deadlock_timeout": "ms"}


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed. `values` are the changed ones; `problems` by parameter; `refusal` concerns several together."""

    values: Mapping[str, int]
    problems: Mapping[str, str]
    refusal: str = ""


def typed_number(text: str) -> int | None:
    """The number that was typed, with or without commas between its thousands; None when it is no whole number."""
    text = text.strip()
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    return int(text) if text.isdecimal() and len(text) < 12 else None


def shown_number(value: int) -> str:
    """A value as its field, its default and its span show it: `1,000`."""
    return f"{value:,}"


def unsaved(changed: Mapping[str, str]) -> str:
    """What was typed and is not applied, by parameter, in a sentence; nothing when there is nothing."""
    parts = [f"{name} {text.strip() or tr('(empty)')}" for name, text in sorted(changed.items())]
    return tr("Typed and not applied: {values}.", values=texts.listed(parts)) if parts else ""


def draft(view: ChangeView, typed: Mapping[str, str]) -> Draft:
    """Looks at what was typed by the rules that the service has."""
    values: dict[str, int] = {}
    problems: dict[str, str] = {}
    for item in view.items:
        number = typed_number(typed.get(item.name, ""))
        if number is None:
            problems[item.name] = tr("A whole number, without a unit.")
        elif number != item.value:
            values[item.name] = number
            problems[item.name] = _refusal({item.name: number}, view)
    problems = {name: sentence for name, sentence in problems.items() if sentence}
    together = _refusal(values, view) if values and not problems else ""
    return Draft(values, problems, together)


def _refusal(values: Mapping[str, int], view: ChangeView) -> str:
    try:
        configuration.checked_parameters(dict(values), view.parameters, view.sizes.ram)
    except ChangeRefused as refused:
        return refused.summary
    return ""


def why_not(view: ChangeView, made: Draft) -> str:
    """Why nothing can be applied now, in a sentence; nothing when it can."""
    if obstacle := view.obstacle():
        return obstacle
    if not view.items:
        return tr(UNREAD)
    if made.problems:
        name, sentence = next(iter(made.problems.items()))
        return sentence if sentence.startswith(name) else f"{name}: {sentence[:1].lower()}{sentence[1:]}"
    return made.refusal or ("" if made.values else tr(SAME))


def unit(item: ConfigurationItem) -> str:
    """`MB` for the shared buffers; most parameters count something and have none."""
    return UNITS.get(item.name, "")


def span(item: ConfigurationItem) -> str:
    """`20 to 10,000`."""
    return tr("{least} to {most}", least=f"{item.min:,}", most=f"{item.max:,}")


def restart_words(item: ConfigurationItem) -> str:
    """Whether servers restart for it."""
    return tr("Yes") if item.requires_restart else tr("No")


def consequence(view: ChangeView, made: Draft) -> str:
    """What applying does: which values, which nodes in which order, and what clients notice."""
    if not made.values:
        return ""
    parts = [
        tr("{name} {former} becomes {value}", name=name, former=f"{view.parameters[name]:,}", value=f"{value:,}")
        for name, value in sorted(made.values.items())
    ]
    first = f"{texts.listed(parts)}."
    if not changing.restarts(made.values):
        return f"{first} {tr('No server restarts: every node takes it at once, sessions go on.')}"
    turns = changing.order(view.nodes(), made.values, view.parameters)
    nodes = texts.listed([tr("node {number}", number=node.number) for node in turns])
    lowered = configuration.lowers(made.values, view.parameters)
    who = tr("One after the other, {nodes}, the primary last.", nodes=nodes)
    if lowered:
        who = tr(
            "One after the other, {nodes}, the primary first, because no secondary may have a lower limit than its "
            "primary.",
            nodes=nodes,
        )
    if not view.detail.connectable:
        return f"{first} {who} {tr('Simulated nodes take it at once: no server restarts.')}"
    rest = tr(
        "Sessions at a server end when it restarts; the databases stay available. If one node does not come up, all "
        "get their former values back."
    )
    return f"{first} {tr('Servers restart: {who}', who=who[:1].lower() + who[1:])} {rest}"
