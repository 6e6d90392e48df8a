"""Words that go round the translator are found wherever a window says them."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from kyok.domain.translation import tr
from kyok_gui.widgets import Text
from tests.gui.escaped import bracketed, untold  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("bracketed")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (lambda: "Bare", True),
        (lambda: tr("Told"), False),
        (lambda: tr("Delete {key}", key="ledger-root"), False),
        (lambda: tr("Delete {key}", key="these"), True),
        (lambda: f"{tr('Told')} and bare", True),
        (lambda: f"<b>{tr('Told')}</b> ledger-root", False),
        (lambda: tr("{moment} by {name}", moment=tr("{day} UTC", day="23"), name="ledger-root"), False),
    ],
)
def test_what_is_said_is_judged(qtbot: Any, words: Any, found: bool) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    label = Text(words())
    label.setParent(root)
    assert untold(root, "ledger-root") == ([words()] if found else [])


def test_a_name_for_the_screen_reader_is_judged_too(qtbot: Any) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    root.setAccessibleName("Bare")
    assert untold(root, "ledger-root") == ["Bare"]
