"""A context for page tests without a cloud: real tasks, recorded notices, and the api that a test sets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from kyok_gui.context import PageContext
from kyok_gui.notices import Notice
from tests.gui.shell.sample import ACCOUNT, FakeLink, make_context


class _Source:
    """Gives what the test put in."""

    def __init__(self) -> None:
        self.api: Any = None


class FakeContext(PageContext):
    """A page's context; set `context.api` first."""

    link: FakeLink

    @property
    def api(self) -> Any:
        """The test's api."""
        return self.source.api

    @api.setter
    def api(self, value: Any) -> None:
        self.source.api = value  # type: ignore[misc]

    @property
    def told(self) -> tuple[Notice, ...]:
        """The notices so far."""
        return self.notices.history


def fake_context(app: QApplication, folder: Path) -> FakeContext:
    """A context whose clock stands and whose directory holds the sample instances."""
    real, link = make_context(app, folder)
    context = FakeContext(
        source=_Source(),
        tasks=real.tasks,
        navigator=real.navigator,
        notices=real.notices,
        live=real.live,
        clock=real.clock,
        directory=real.directory,
        settings=real.settings,
        theme=real.theme,
        account=ACCOUNT,
    )
    context.link = link
    return context
