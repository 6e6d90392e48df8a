"""Scenario 14 in the window: what a Reader, a Writer and a Manager can press on the pages of an instance."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from kyok.domain import roles
from kyok.domain.rights import Decision, Question
from kyok.domain.services import DBAAS_POSTGRESQL
from kyok_gui import places, saving
from kyok_gui.rights import Rights
from kyok_gui.widgets import InlineNote, MenuButton
from tests.gui.driver import click_link, find, table, wait_for
from tests.gui.fakes import FakeContext
from tests.gui.pages.database.conftest import Open
from tests.gui.pages.database.fakes import FakeCloud
from tests.gui.pages.database.instance_pages import Parameters, Sizes
from tests.gui.pages.database.pages import Deletion, Nodes, PageObject

NEEDS = "Needs the Manager role on ledger-db"


@pytest.fixture(params=["Reader", "Writer", "Manager"])
def role(request: pytest.FixtureRequest, context: FakeContext) -> str:
    """Signed in with this role on every database."""
    name = str(request.param)

    def decide(questions: Sequence[Question]) -> list[Decision]:
        return [_decision(name, question) for question in questions]

    context.rights = Rights(context.tasks, context.live, decide)
    return name


def _decision(name: str, question: Question) -> Decision:
    """As the decision function would answer, were every target a database: nobody holds a role on a key here."""
    if question.action.startswith("secrets."):
        return Decision(False, ("Manager",), "instance", "acme-hpcs")
    action = roles.action_at(DBAAS_POSTGRESQL, question.action)
    granting = tuple(one.display_name for one in roles.granting(DBAAS_POSTGRESQL, action))
    return Decision(action in roles.role_actions(DBAAS_POSTGRESQL, name), granting, "instance", "ledger-db")


def settled(context: FakeContext, qtbot: Any) -> None:
    wait_for(qtbot, lambda: context.rights.settled and not context.tasks.busy)


def missing(page: PageObject) -> str:
    return find(page.root, "page.rights", InlineNote).words() if page.sees("page.rights") else ""


def test_the_actions_menu_names_the_missing_role(role: str, open_page: Open, context: FakeContext, qtbot: Any) -> None:
    stage = open_page(places.DB_OVERVIEW)
    settled(context, qtbot)
    reasons = {entry.id: entry.reason for entry in find(stage, "db-overview.actions", MenuButton).entries()}
    assert reasons["back-up"] == ("" if role == "Manager" else NEEDS)
    assert reasons["delete"] == "Needs the Editor or Administrator role on ledger-db", "a platform matter"


def test_training_needs_an_administrator_and_rows_a_manager(
    role: str, open_page: Open, context: FakeContext, qtbot: Any
) -> None:
    page = Nodes(open_page(places.NODES, "real"))
    settled(context, qtbot)
    assert page.button("nodes.data.add").isEnabled() is (role == "Manager")
    assert page.training.isEnabled() is (role == "Manager")
    reasons = {entry.id: entry.reason for entry in page.training.entries()}
    assert reasons["node-stop:1"] == "Needs the Administrator role on ledger-db"
    assert reasons["switch-over:2"] == ("" if role == "Manager" else NEEDS)


def test_the_cure_is_off_for_whom_the_key_is_not(role: str, open_page: Open, context: FakeContext, qtbot: Any) -> None:
    page = Nodes(open_page(places.NODES, "disabled"))
    settled(context, qtbot)
    assert not page.button("nodes.verdict.button").isEnabled()
    assert page.cure in missing(page)


def test_backups_need_a_manager_and_a_new_instance_an_editor_too(
    role: str, open_page: Open, context: FakeContext, qtbot: Any
) -> None:
    page = PageObject(open_page(places.BACKUPS))
    settled(context, qtbot)
    assert page.button("backups.now").isEnabled() is (role == "Manager")
    assert not page.button("backups.restore").isEnabled(), "it makes an instance, which is a platform matter"
    click_link(page.root, "backups.table", 0, "time")
    assert not page.sees("restore.overlay")


def test_nobody_of_them_finishes_a_deletion(role: str, open_page: Open, context: FakeContext, qtbot: Any) -> None:
    page = Deletion(open_page(places.SECURE_DELETION))
    settled(context, qtbot)
    assert page.finish == "Delete instance"
    assert not page.button("secure-deletion.finish").isEnabled()
    assert missing(page).startswith("Needs the Editor or Administrator role on ledger-db: Delete instance")


def test_only_a_manager_scales(role: str, open_page: Open, context: FakeContext, qtbot: Any) -> None:
    page = Sizes(open_page(places.DB_RESOURCES))
    page.choose("cpu", 4)
    settled(context, qtbot)
    assert page.can_apply is (role == "Manager")
    assert missing(page) == ("" if role == "Manager" else f"{NEEDS}: Apply changes")


def test_only_a_manager_changes_parameters(role: str, open_page: Open, context: FakeContext, qtbot: Any) -> None:
    page = Parameters(open_page(places.CONFIGURATION))
    page.set("max_connections", "200")
    settled(context, qtbot)
    assert page.can_apply is (role == "Manager")
    assert missing(page) == ("" if role == "Manager" else f"{NEEDS}: Apply changes")


def test_everybody_lists_log_files_and_a_manager_downloads_them(
    role: str,
    open_page: Open,
    fake_cloud: FakeCloud,
    context: FakeContext,
    qtbot: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(saving, "choose_file", lambda *_: tmp_path / "one.log")
    page = PageObject(open_page(places.LOG_FILES, "real"))
    found = table(page.root, "log-files.table")
    assert found.model.total == 6
    found.model.set_checked(["1/postgresql.log"])
    settled(context, qtbot)
    assert page.button("log-files.table.batch.download").isEnabled() is (role == "Manager")
    click_link(page.root, "log-files.table", 0, "file")
    settled(context, qtbot)
    if role == "Manager":
        assert fake_cloud.names() == ["log"]
    else:
        assert fake_cloud.names() == []
        said = find(page.root, "log-files.error", InlineNote).words()
        assert said == f"{NEEDS} to download log files Ask an administrator of the account for the role."
