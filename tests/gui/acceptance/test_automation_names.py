"""docs/automation.md is what the running console says of itself."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

import pytest

from kyok_gui.walkthrough.opening import second_client
from kyok_gui.walkthrough.story import Story
from tests.gui.acceptance.conftest import Stage

CHECKOUT = Path(__file__).resolve().parents[3]


@pytest.mark.skipif(
    os.environ.get("KYOK_TEST_NODES", "simulated") != "simulated", reason="the list is that of simulated nodes"
)
def test_the_names_of_all_widgets_are_written_down(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.syspath_prepend(str(CHECKOUT / "packaging" / "docs"))
    names = importlib.import_module("widget_names")
    story = Story(stage.console, stage.hand, second_client(stage.console), tmp_path)
    sections = list(names.sections(story))
    story.second.close()
    sys.modules.pop("widget_names")
    written = (CHECKOUT / "docs" / "automation.md").read_text(encoding="utf-8")
    assert names.page_of(iter(sections)) == written, "run python packaging/docs/generate.py"
    assert [name for section in sections for name, words in section.rows if not words] == []
