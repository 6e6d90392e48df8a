"""Opens a console on its home for a walk: shown, connected, empty, with a second client beside it."""

from __future__ import annotations

from pathlib import Path

from kyok.errors import KyokError
from kyok.secrets import Secret
from kyok_gui.startup import Console
from kyok_gui.walkthrough.driver import Hand
from kyok_gui.walkthrough.evidence import SecondClient
from kyok_gui.walkthrough.pictures import SIZE
from kyok_gui.walkthrough.story import Story
from kyok_gui.walkthrough.waiting import StepFailed, wait_until

_START_SECONDS = 40.0


class NotEmpty(KyokError):
    """The walk begins with an empty account."""

    summary = "There are instances in this account already, and the demo begins with an empty one."
    remedy = "Leave out --home, or name an empty folder."


def opened(console: Console, folder: Path, theme: str) -> Story:
    """Shows the console and waits until it is connected.

    Raises:
        NotEmpty: something exists in the account.
        StepFailed: there is no cloud.
    """
    console.theme.switch(theme)
    console.window.resize(SIZE)
    console.show()
    console.window.activateWindow()
    wait_until(lambda: console.link.is_connected or console.window.start.failed, "the cloud answers", _START_SECONDS)
    if console.window.start.failed:
        words = console.window.start.failure
        raise StepFailed(words.headline.words(), words.text.words())
    wait_until(lambda: console.context.directory.known, "the account is known")
    if console.context.directory.entries:
        raise NotEmpty()
    return Story(console, Hand(console.window, lambda: console.tasks.busy), second_client(console), folder)


def second_client(console: Console) -> SecondClient:
    """A client of its own on the console's cloud, with a token of its own."""

    def where() -> str:
        cloud = console.link.cloud
        found = cloud.find() if cloud is not None else None
        if found is None:
            raise StepFailed("The cloud is not running.")
        return found.url

    def api_key() -> Secret:
        cloud = console.link.cloud
        if cloud is None:
            raise StepFailed("The cloud is not running.")
        return cloud.api_key()

    return SecondClient(where, api_key)
