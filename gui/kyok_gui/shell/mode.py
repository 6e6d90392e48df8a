"""How the header names the cloud that the window is connected to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyok.domain.translation import tr
from kyok_gui.commands import COMMANDS

if TYPE_CHECKING:
    from kyok.client.profiles import KnownProfile
    from kyok_gui.window import ConsoleWindow


def mode_of(cloud: str, profile: KnownProfile | None) -> tuple[str, str]:
    """Kind ("emulated", "url" or "ibm-cloud") and words of the mode tag; `cloud` is "emulated" or "ibm-cloud"."""
    if cloud == "ibm-cloud":
        return "ibm-cloud", tr("IBM Cloud: real account")
    if profile is not None and profile.kind == "url":
        return "url", tr("Emulated cloud at {host}", host=profile.host)
    return "emulated", tr("Emulated cloud")


def show_mode(window: ConsoleWindow, cloud: str, profile: KnownProfile | None) -> None:
    """Real, at an address, or on this machine: one sees which, and what does not fit is not offered."""
    window.header.show_mode(*mode_of(cloud, profile))
    window.sidenav.set_cloud(cloud)
    for command in COMMANDS:
        window.actions_by_id[command.id].setEnabled(command.fits(cloud))
