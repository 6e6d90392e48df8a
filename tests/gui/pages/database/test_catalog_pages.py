"""Getting started, Databases and Users: what servers say, and what is said where there is none to ask."""

from __future__ import annotations

from typing import Any

import pytest

from kyok_gui import places
from kyok_gui.pages.database.users import UserPanel
from kyok_gui.places import Place
from kyok_gui.widgets import InlineNote
from tests.gui.driver import click_link, find, table_rows, wait_for
from tests.gui.fakes import FakeContext
from tests.gui.pages.database import canned
from tests.gui.pages.database.conftest import Open
from tests.gui.pages.database.fakes import FakeCloud, refusal
from tests.gui.pages.database.pages import PageObject, unnamed


def note(page: PageObject, name: str) -> str:
    return find(page.root, name, InlineNote).words()


def test_databases_of_real_servers_are_listed_with_their_sizes(open_page: Open) -> None:
    page = PageObject(open_page(places.DATABASES, "real"))
    assert table_rows(page.root, "databases.table") == [["admin", "8.2 MB", "75%"], ["ledger", "2.8 MB", "25%"]]
    assert note(page, "databases.note").startswith("Databases are made, renamed and dropped with SQL")
    assert unnamed(page.root) == []


def test_users_of_real_servers_are_listed_and_open_their_privileges(open_page: Open, qtbot: Any) -> None:
    page = PageObject(open_page(places.DB_USERS, "real"))
    assert table_rows(page.root, "db-users.table") == [
        ["admin", "Database admin", "Yes", "Create role, Create DB, Replication"],
        ["ben", "Made by you", "Yes", "–"],
        ["ibm-cloud-admin", "Rights that the service gives the admin user", "No", "Create role, Create DB"],
    ]
    click_link(page.root, "db-users.table", 1, "name")
    wait_for(qtbot, lambda: page.sees("db-users.panel"))
    panel = find(page.root, "db-users.panel", UserPanel)
    assert panel.table.words() == [["ledger", "CONNECT"], ["admin", "None"]]
    assert page.text("db-users.panel.attributes") == "Can log in. No role attributes."
    assert unnamed(page.root) == []


@pytest.mark.parametrize(("kind", "words"), [(places.DATABASES, "databases"), (places.DB_USERS, "users")])
def test_simulated_nodes_are_not_asked(open_page: Open, fake_cloud: FakeCloud, kind: str, words: str) -> None:
    fake_cloud.fail[words] = AssertionError("nobody is to be asked")
    page = PageObject(open_page(kind))
    said = note(page, f"{kind}.note")
    assert said.startswith(f"There is no list of {words}: the nodes are simulated")
    assert "Simulated nodes run no database server, so there is nobody to ask" in said
    assert not page.sees(f"{kind}.table")


@pytest.mark.parametrize(("kind", "words"), [(places.DATABASES, "databases"), (places.DB_USERS, "users")])
def test_stopped_servers_cannot_be_asked(open_page: Open, fake_cloud: FakeCloud, kind: str, words: str) -> None:
    fake_cloud.fail[words] = refusal(409, "NODES_STOPPED", "The database is not running.")
    page = PageObject(open_page(kind, "real_disabled"))
    said = f"The {words} cannot be listed now The database is not running. Open Nodes"
    assert note(page, f"{kind}.note") == said


def test_a_deleted_instance_lists_nothing(open_page: Open) -> None:
    page = PageObject(open_page(places.DATABASES, "pending"))
    assert note(page, "databases.note").startswith("There is no list of databases: the instance is deleted, restorable")


@pytest.mark.parametrize(("kind", "words"), [(places.DATABASES, "databases"), (places.DB_USERS, "users")])
def test_another_refusal_is_the_page_s_own_and_stands_alone(
    open_page: Open, fake_cloud: FakeCloud, kind: str, words: str
) -> None:
    fake_cloud.fail[words] = refusal(403, "FORBIDDEN", "You may not list them.")
    page = PageObject(open_page(kind, "real"))
    assert page.sees(f"{kind}.failure") and not page.sees(f"{kind}.note") and not page.sees(f"{kind}.table")


def steps(page: PageObject) -> list[str]:
    buttons = (page.button(f"getting-started.step{number}.open") for number in range(1, 6))
    return [button.text() for button in buttons if button.isVisibleTo(page.root)]


def test_the_first_steps_lead_to_their_pages(open_page: Open, context: FakeContext) -> None:
    page = PageObject(open_page(places.GETTING_STARTED))
    assert steps(page) == ["Open Nodes", "Open Nodes", "Open Backups", "Open Resources", "Open the checklist"]
    assert unnamed(page.root) == []
    page.press("getting-started.step4.open")
    assert context.navigator.here == Place(places.DB_RESOURCES, canned.DB)
    assert steps(PageObject(open_page(places.GETTING_STARTED, "real")))[1] == "Open Overview"
    assert steps(PageObject(open_page(places.GETTING_STARTED, "default_key")))[0] == "Open Nodes"


def test_of_a_deleted_instance_only_what_is_left_is_offered(open_page: Open) -> None:
    page = PageObject(open_page(places.GETTING_STARTED, "pending"))
    assert steps(page) == ["Open Nodes", "Open Backups", "Open the checklist"]
