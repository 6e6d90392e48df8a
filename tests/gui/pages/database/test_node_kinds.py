"""Settings: which nodes new instances get."""

from __future__ import annotations

from typing import Any

from kyok.settings import SETTINGS
from kyok_gui import places
from kyok_gui.pages.settings.words import choices_of, nodes_line
from tests.gui.driver import choose, wait_for
from tests.gui.fakes import FakeContext
from tests.gui.pages.database.conftest import Open
from tests.gui.pages.database.fakes import FakeCloud
from tests.gui.pages.database.pages import PageObject


def test_every_kind_is_offered_and_described() -> None:
    setting = SETTINGS["node_driver"]
    kinds = choices_of("node_driver")
    assert [choice.id for choice in kinds] == list(setting.choices)
    assert all(choice.detail for choice in kinds)


def test_another_kind_is_chosen_and_saved(
    open_page: Open, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    stage = open_page(places.SETTINGS)
    page = PageObject(stage)
    assert page.text("settings.node-driver.helper") == SETTINGS["node_driver"].description
    choose(stage, "settings.node-driver", "ram-sealed")
    wait_for(qtbot, lambda: context.told)
    assert fake_cloud.calls == [("change_settings", {"node_driver": "ram-sealed"})]
    assert context.told[-1].detail == "Nodes of new instances: In memory, sealed on disk"


def test_the_profile_names_the_nodes_in_words() -> None:
    assert nodes_line("gocryptfs") == "Encrypted file system (gocryptfs)"
    assert nodes_line("simulated") == "Simulated: psql cannot connect"
    assert nodes_line("something-new") == "something-new"
