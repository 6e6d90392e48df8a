"""Words of the settings page: choices of the window's own settings and of the cloud's."""

from __future__ import annotations

from kyok.domain.translation import tr
from kyok_gui.widgets.select import Choice


def themes() -> list[Choice]:
    """The themes, and the desktop's wish."""
    return [
        Choice("system", tr("As the desktop"), tr("White or Gray 100, whichever the desktop asks for")),
        Choice("white", tr("White")),
        Choice("g10", tr("Gray 10")),
        Choice("g90", tr("Gray 90")),
        Choice("g100", tr("Gray 100 (dark)")),
    ]


def first_pages() -> tuple[Choice, ...]:
    """Where the console opens."""
    return (
        Choice("auto", tr("By role")),
        Choice("resources", tr("Resource list")),
        Choice("key-health", tr("Key health")),
    )


def locks() -> list[Choice]:
    """Minutes after which the window locks."""
    minutes = (1, 5, 15, 30, 60)
    timed = [
        Choice(str(one), tr("After 1 minute") if one == 1 else tr("After {count} minutes", count=one))
        for one in minutes
    ]
    return [Choice("0", tr("Never by itself")), *timed]


def choices_of(name: str) -> list[Choice]:
    """The choices of a setting of the cloud in words; none where the setting is not known here."""
    return {"deletion_rule": _deletion_rules, "node_driver": _node_kinds}.get(name, list)()


def _deletion_rules() -> list[Choice]:
    return [
        Choice(
            "discard", tr("Discard"), tr("The data key is destroyed: the data is lost even if the key is restored.")
        ),
        Choice("keep", tr("Keep"), tr("The nodes come back when the key is restored.")),
    ]


def _node_kinds() -> list[Choice]:
    return [
        Choice("auto", tr("Auto"), tr("The best that works on this machine")),
        Choice("gocryptfs", tr("Encrypted file system (gocryptfs)"), tr("Real servers, encrypted at every moment")),
        Choice("ram-sealed", tr("In memory, sealed on disk"), tr("Real servers, a crash may cost about two seconds")),
        Choice(
            "sealed-on-stop",
            tr("Clear while running, sealed on stop"),
            tr("Real servers, not protected while they run"),
        ),
        Choice("simulated", tr("Simulated"), tr("No servers: psql cannot connect")),
    ]


def nodes_line(kind: str) -> str:
    """What the nodes of new instances are now, in words."""
    if kind == "simulated":
        return tr("Simulated: psql cannot connect")
    return next((choice.title for choice in _node_kinds() if choice.id == kind), kind)
