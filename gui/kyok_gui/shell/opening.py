"""The window before it is connected: which cloud it waits for, and what has to be typed for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyok.domain.translation import tr
from kyok_gui import places
from kyok_gui.context import Account, CloudFacts
from kyok_gui.places import PLACES
from kyok_gui.shell.mode import show_mode

if TYPE_CHECKING:
    from kyok.errors import KyokError
    from kyok_gui.cloud_link import CloudLink
    from kyok_gui.window import ConsoleWindow


def await_cloud(window: ConsoleWindow, link: CloudLink) -> None:
    """Shows which cloud is to come, and nothing of one that was there before."""
    profile = link.profile
    cloud = "ibm-cloud" if profile is not None and profile.real else "emulated"
    window.context.cloud = CloudFacts(cloud)
    show_mode(window, cloud, profile)
    window.header.show_account(Account())
    window.header.hide_people()
    window.sidenav.set_account(Account())
    home = places.home_of(cloud)
    window.sidenav.set_place(home)
    words = tr("Connecting to {name}…", name=profile.name) if profile is not None else ""
    window.start.show_waiting(words, title=PLACES[home.kind].title)


def ask_passphrase(window: ConsoleWindow, link: CloudLink, wanted: KyokError) -> None:
    """The passphrase of the data folder."""
    from kyok_gui.shell.dialogs import PassphraseDialog

    dialog = PassphraseDialog(wanted, new=bool(getattr(wanted, "new", False)))
    dialog.given.connect(link.give_passphrase)
    dialog.rejected.connect(lambda: window.show_no_cloud(wanted))
    window.start.show_waiting(tr("The cloud waits for its passphrase."))
    dialog.open_over(window)


def ask_api_key(window: ConsoleWindow, link: CloudLink, wanted: KyokError) -> None:
    """The API key of the profile in use."""
    from kyok_gui.shell.dialogs import ApiKeyDialog

    dialog = ApiKeyDialog(link.profile, wanted)
    dialog.given.connect(link.give_api_key)
    dialog.rejected.connect(lambda: window.show_no_cloud(wanted))
    window.start.show_waiting(tr("The API key is needed."))
    dialog.open_over(window)
