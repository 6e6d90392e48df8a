"""The Backups page and the restore into a new instance."""

from __future__ import annotations

from typing import Any

import pytest

from kyok_gui import places
from kyok_gui.places import Place
from kyok_gui.widgets import InlineNote, SelectField
from tests.gui.driver import choose, click_link, find, press, row_action, table_rows, wait_for, write
from tests.gui.fakes import FakeContext
from tests.gui.pages.database import canned
from tests.gui.pages.database.conftest import Open
from tests.gui.pages.database.fakes import FakeCloud, refusal
from tests.gui.pages.database.pages import PageObject, unnamed


def test_the_table(open_page: Open) -> None:
    rows = table_rows(open_page(places.BACKUPS), "backups.table")
    assert len(rows) == 7
    assert rows[0] == ["23 Nov 2026 02:00", "On demand", "20 KB", "120", "in 6 days 8 hours", "Yes, service key"]
    assert rows[-1][1] == "After creation"


def test_back_up_now(open_page: Open, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any) -> None:
    page = PageObject(open_page(places.BACKUPS))
    page.press("backups.now")
    wait_for(qtbot, lambda: context.told)
    assert fake_cloud.calls == [("back_up", canned.DB)]


def test_a_refused_backup_is_told(open_page: Open, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any) -> None:
    fake_cloud.fail["back_up"] = refusal(409, "TASK_RUNNING", "A backup is being taken already.")
    page = PageObject(open_page(places.BACKUPS))
    page.press("backups.now")
    wait_for(qtbot, lambda: context.told)
    assert context.told[0].title == "A backup is being taken already."
    assert page.button("backups.now").isEnabled()


def test_while_nothing_can_be_read_no_backup_can_be_taken(open_page: Open) -> None:
    page = PageObject(open_page(places.BACKUPS, "deleted"))
    assert not page.button("backups.now").isEnabled()
    assert page.text("backups.reason") == "Back up now is off: no node can read the data."
    assert page.sees("backups.lost")


@pytest.mark.parametrize(
    ("state", "words"), [("creating", "being created"), ("failed", "nothing to back up"), ("removed", "deleted")]
)
def test_why_there_is_no_backup(open_page: Open, state: str, words: str) -> None:
    page = PageObject(open_page(places.BACKUPS, state))
    assert words in page.text("backups.reason")


def test_an_instance_without_backups_offers_the_first(open_page: Open, fake_cloud: FakeCloud, qtbot: Any) -> None:
    canned_state = canned.connected()
    canned_state["backups"] = {"count": 0, "latest_at": None}
    canned.STATES["fresh"] = lambda: canned_state
    try:
        page = PageObject(open_page(places.BACKUPS, "fresh"))
    finally:
        del canned.STATES["fresh"]
    page.press("backups.empty.button")
    wait_for(qtbot, lambda: fake_cloud.calls == [("back_up", canned.DB)])


def test_the_dead_instances_backup_goes_into_a_new_one_under_another_key(
    open_page: Open, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    stage = open_page(places.BACKUPS, "deleted")
    page = PageObject(stage)
    row_action(stage, "backups.table", 1, "restore")
    wait_for(qtbot, lambda: page.sees("restore.backup"))
    wait_for(qtbot, lambda: not context.tasks.busy)
    chosen = find(stage, "restore.backup.field", SelectField)
    assert chosen.box.shown == "22 Nov 2026 02:00 UTC (daily schedule)"
    assert "choose a root key" in find(stage, "restore.accept").accessibleDescription()
    write(stage, "restore.name", "ledger2-db")
    choose(stage, "restore.root-key", "k2")
    press(stage, "restore.accept")
    wait_for(qtbot, lambda: context.navigator.here == Place(places.NODES, "new-guid"))
    backup = "dbaas61-29302-20261122-020000F"
    assert fake_cloud.calls == [("restore", canned.DB, backup, "ledger2-db", canned.HPCS_CRN, "k2")]
    assert not page.sees("restore.backup")


def test_a_restore_under_the_default_key(
    open_page: Open, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    stage = open_page(places.BACKUPS)
    click_link(stage, "backups.table", 0, "time")
    wait_for(qtbot, lambda: not context.tasks.busy)
    choose(stage, "restore.kms-instance", "automatic")
    press(stage, "restore.accept")
    wait_for(qtbot, lambda: fake_cloud.calls)
    assert fake_cloud.calls[0][-2:] == ("", "")


def test_a_bad_name_and_a_refusal_stay_in_the_dialog(
    open_page: Open, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    fake_cloud.fail["restore"] = refusal(410, "BACKUP_EXPIRED", "The backup has expired.", "Choose a newer one.")
    stage = open_page(places.BACKUPS)
    page = PageObject(stage)
    page.press("backups.restore")
    wait_for(qtbot, lambda: not context.tasks.busy)
    choose(stage, "restore.root-key", "k2")
    write(stage, "restore.name", "a/b")
    assert not page.button("restore.accept").isEnabled()
    write(stage, "restore.name", "again-db")
    press(stage, "restore.accept")
    wait_for(qtbot, lambda: page.sees("restore.error"))
    assert page.button("restore.accept").isEnabled()
    press(stage, "restore.cancel")
    assert not page.sees("restore.backup")


def test_a_missing_authorization_leads_to_the_wizard(
    open_page: Open, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    fake_cloud.policies.clear()
    stage = open_page(places.BACKUPS)
    page = PageObject(stage)
    page.press("backups.restore")
    wait_for(qtbot, lambda: not context.tasks.busy)
    assert not page.button("restore.accept").isEnabled()
    press(stage, "restore.kms-instance.note.link")
    assert context.navigator.here.value("target_instance") == canned.HPCS
    assert not page.sees("restore.backup")


def test_a_link_names_a_backup(open_page: Open, context: FakeContext, qtbot: Any) -> None:
    stage = open_page(places.BACKUPS)
    stage.page.come(Place(places.BACKUPS, canned.DB).with_query(restore="dbaas61-29302-20261120-020000F"))
    wait_for(qtbot, lambda: not context.tasks.busy)
    assert find(stage, "restore.backup.field", SelectField).value() == "dbaas61-29302-20261120-020000F"


@pytest.mark.parametrize("state", [*canned.STATES])
def test_every_state_is_drawn_and_named(open_page: Open, state: str) -> None:
    stage = open_page(places.BACKUPS, state, 1024, 768)
    assert not stage.grab().isNull()
    assert unnamed(stage) == []


def test_a_failed_load_is_told(open_page: Open, fake_cloud: FakeCloud) -> None:
    fake_cloud.fail["detail"] = refusal(503, "BUSY", "The cloud is busy.", "Try again in a minute.")
    page = PageObject(open_page(places.BACKUPS))
    assert page.sees("backups.failure") and not page.sees("backups.reason")
    box = find(page.root, "backups.failure", InlineNote)
    assert box.height() == box.heightForWidth(box.width()), "it is as high as its words"


def test_an_instance_without_usable_keys_says_what_to_do(
    open_page: Open, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    fake_cloud.keys.clear()
    stage = open_page(places.BACKUPS, "deleted")
    PageObject(stage).press("backups.restore")
    wait_for(qtbot, lambda: not context.tasks.busy)
    assert "acme-hpcs has no active root key." in find(stage, "restore.accept").accessibleDescription()
    choose(stage, "restore.kms-instance", "automatic")
    assert find(stage, "restore.accept").isEnabled()
