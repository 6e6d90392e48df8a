"""The sizes that can be chosen, why others cannot, and what scaling does. No widgets but `Choice`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kyok.domain import changing, configuration, databases, texts
from kyok.domain.configuration import ChangeRefused
from kyok.domain.databases import NODES, Sizes
from kyok.domain.translation import noted, tr
from kyok_gui.pages.database.plan_words import is_free
from kyok_gui.widgets import Choice

if TYPE_CHECKING:
    from kyok_gui.pages.database.change_view import ChangeView

HEADS = (noted("Resource"), noted("Now, per node"), noted("New, per node"), noted("New, three nodes"))
SAME = noted("Choose another size first.")
SIMULATED = noted("Simulated nodes take new sizes at once: no server restarts.")
FIGURES = noted(
    "Here sizes are figures that the cloud keeps and charges for: they limit neither the memory nor the "
    "processors nor the disk of a server on this machine."
)
_KINDS = (
    ("ram", "RAM", databases.RAM_VALUES, databases.ram_label, "GB"),
    ("disk", noted("Disk"), databases.DISK_VALUES, databases.disk_label, "GB"),
    ("cpu", "vCPU", databases.CPU_VALUES, databases.cpu_label, ""),
)


def choices(view: ChangeView) -> dict[str, list[Choice]]:
    """The documented sizes, those that cannot be chosen with their reason."""
    present, buffers = view.sizes, view.parameters.get("shared_buffers", 0)
    return {
        what: [_choice(what, value, label(value), present, buffers) for value in values]
        for what, _, values, label, _ in _KINDS
    }


def _choice(what: str, value: int, title: str, present: Sizes, buffers: int) -> Choice:
    reason = ""
    if value != getattr(present, what):
        try:
            configuration.checked_sizes(request(with_size(present, what, value)), present, buffers)
        except ChangeRefused as refused:
            reason = refused.summary
    return Choice(str(value), title, tr("Now") if value == getattr(present, what) else "", reason=reason)


def with_size(sizes: Sizes, what: str, value: int) -> Sizes:
    """The same sizes with another one of them."""
    return Sizes(**{name: value if name == what else getattr(sizes, name) for name, *_ in _KINDS})


def request(sizes: Sizes) -> Mapping[str, object]:
    """The body of a request as the rules read it."""
    ram, disk = databases.size_text(sizes.ram), databases.size_text(sizes.disk)
    return {"cpu": sizes.cpu, "memory": ram, "storage": disk}


def rows(present: Sizes, chosen: Sizes) -> list[tuple[str, str, str, str]]:
    """Now, new, and the totals of all three nodes."""
    found = []
    for what, noted_word, _, _, unit in _KINDS:
        before, after = getattr(present, what), getattr(chosen, what)
        new = f"{after} {unit}".strip() if after != before else tr("The same")
        found.append((tr(noted_word), f"{before} {unit}".strip(), new, f"{NODES * after} {unit}".strip()))
    return found


def unsaved(present: Sizes, chosen: Sizes) -> str:
    """Which sizes are chosen and not applied, in a sentence; nothing when they are the present ones."""
    parts = [
        f"{tr(noted_word)} {getattr(chosen, what)} {unit}".strip()
        for what, noted_word, _, _, unit in _KINDS
        if getattr(chosen, what) != getattr(present, what)
    ]
    return tr("Chosen and not applied: {sizes}.", sizes=texts.listed(parts)) if parts else ""


def never(view: ChangeView) -> str:
    """Why an instance can never be scaled; nothing for one that can."""
    return tr(changing.FREE) if is_free(view.detail) else ""


def why_not(view: ChangeView, chosen: Sizes) -> str:
    """Why these sizes cannot be applied now, in a sentence; nothing when they can."""
    obstacle = never(view) or view.obstacle()
    if obstacle:
        return obstacle
    if chosen == view.sizes:
        return tr(SAME)
    try:
        configuration.checked_sizes(request(chosen), view.sizes, view.parameters.get("shared_buffers", 0))
    except ChangeRefused as refused:
        return refused.summary
    return ""


def order_sentence(view: ChangeView) -> str:
    """Which node is changed when, and what that means for clients."""
    turns = changing.order(view.nodes(), {}, view.parameters)
    if not turns or never(view):
        return ""
    names = [tr("node {number}", number=node.number) for node in turns]
    first = tr(
        "One node after the other: first the secondaries, {names}, last the primary, {name}.",
        names=_then(names[:-1]),
        name=names[-1],
    )
    if not view.detail.connectable:
        return f"{first} {tr(SIMULATED)}"
    rest = tr(
        "Each server restarts in its turn. The databases stay available; sessions at a server end when it restarts. If "
        "one node does not come up, all keep their former sizes."
    )
    return f"{first} {rest} {tr(FIGURES)}"


def _then(names: Sequence[str]) -> str:
    return texts.listed(names) if len(names) != 2 else tr("{first} then {second}", first=names[0], second=names[1])
