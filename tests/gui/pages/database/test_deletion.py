"""Secure deletion: both halves, their evidence, and the step that is left."""

from __future__ import annotations

from typing import Any

import pytest

from kyok_gui import places
from kyok_gui.places import Place
from kyok_gui.widgets import Text
from tests.gui.driver import click_link, find, table_rows, wait_for
from tests.gui.fakes import FakeContext
from tests.gui.pages.database import canned
from tests.gui.pages.database.canned import Json
from tests.gui.pages.database.conftest import Open
from tests.gui.pages.database.fakes import FakeCloud, refusal
from tests.gui.pages.database.keyboard import tab_round
from tests.gui.pages.database.pages import Deletion, PageObject, unnamed


def with_key(body: Json) -> Json:
    """The same instance while its root key still exists."""
    body["root_key"].update(state=1)
    body["secure_deletion"].update(
        key_deleted_at=None, key_deleted_by="", key_refusal=None, key_restorable_until=None, key_purge_from=None
    )
    return body


def test_one_half_done_is_incomplete(open_page: Open) -> None:
    page = Deletion(open_page(places.SECURE_DELETION, "pending"))
    assert page.headline.startswith("Incomplete: the root key is destroyed, the instance can still be restored")
    assert "4 backups still hold a copy" in page.headline
    assert page.half(1)[0] == "Half one: not done"
    assert page.half(2)[0] == "Half two: done"
    assert "Restorable for 6 days 22 hours" in page.half(1)[1][1]
    assert "Evidence: Read back 17:40 today" in page.half(2)[1][2]
    assert page.meaning() == [("Unreadable by the service", True), ("Not restorable", False), ("Key shredded", False)]
    assert page.finish == "Delete instance for good"


def test_the_other_half_alone_is_incomplete_too(
    open_page: Open, context: FakeContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(canned.STATES, "half", lambda: with_key(canned.removed()))
    page = Deletion(open_page(places.SECURE_DELETION, "half"))
    assert page.headline.startswith("Incomplete: the instance is gone, the root key still exists")
    assert page.finish == "Delete root key"
    page.press("secure-deletion.finish")
    there = context.navigator.here
    assert (there.kind, there.instance, there.value("key")) == (places.KEYS, canned.HPCS, canned.KEY)
    assert there.value("delete") == "1"


def test_both_halves_are_securely_deleted(
    open_page: Open, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    page = Deletion(open_page(places.SECURE_DELETION, "removed"))
    assert page.headline.startswith("Securely deleted")
    assert page.finish == "Purge the key"
    page.press("secure-deletion.finish")
    page.confirm("secure-deletion.purge", "vault-root")
    wait_for(qtbot, lambda: context.told)
    assert fake_cloud.calls == [("purge", canned.HPCS_CRN, canned.KEY)]


def test_a_refused_purge_stays_in_the_dialog(open_page: Open, fake_cloud: FakeCloud, qtbot: Any) -> None:
    fake_cloud.fail["purge"] = refusal(403, "FORBIDDEN", "You may not purge keys.")
    page = Deletion(open_page(places.SECURE_DELETION, "removed"))
    page.press("secure-deletion.finish")
    page.confirm("secure-deletion.purge", "vault-root")
    wait_for(qtbot, lambda: page.sees("secure-deletion.purge.error"))
    page.press("secure-deletion.purge.cancel")


def test_purging_waits_four_hours(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    body = canned.removed()
    body["secure_deletion"]["key_purge_from"] = canned.t("20:00")
    monkeypatch.setitem(canned.STATES, "early", lambda: body)
    page = Deletion(open_page(places.SECURE_DELETION, "early"))
    assert not page.button("secure-deletion.finish").isEnabled()
    assert page.text("secure-deletion.left.reason") == "Purging is allowed from 20:00."


def test_nothing_is_left_after_the_purge(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    body = canned.removed()
    body["secure_deletion"]["key_purged_at"] = canned.t("17:44")
    monkeypatch.setitem(canned.STATES, "purged", lambda: body)
    page = Deletion(open_page(places.SECURE_DELETION, "purged"))
    assert page.left.startswith("Nothing.")
    assert page.finish == ""


def test_nothing_begun_offers_to_delete_the_instance(
    open_page: Open, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    page = Deletion(open_page(places.SECURE_DELETION))
    assert page.headline.startswith("Incomplete: the instance still exists, and so does the root key")
    assert page.finish == "Delete instance"
    page.press("secure-deletion.finish")
    page.confirm("db-delete", "ledger-db")
    wait_for(qtbot, lambda: context.told)
    assert fake_cloud.calls == [("delete", canned.DB)]


def test_deleting_for_good(open_page: Open, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any) -> None:
    page = Deletion(open_page(places.SECURE_DELETION, "pending"))
    page.press("secure-deletion.finish")
    assert not page.button("db-reclaim.accept").isEnabled()
    page.confirm("db-reclaim", "vault-db")
    wait_for(qtbot, lambda: context.told)
    assert fake_cloud.calls == [("reclaim", "rec-1")]


def test_restoring_it(open_page: Open, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any) -> None:
    page = Deletion(open_page(places.SECURE_DELETION, "pending"))
    page.press("secure-deletion.restore")
    wait_for(qtbot, lambda: context.told)
    assert fake_cloud.calls == [("restore_instance", "rec-1")]


def test_the_default_key_has_one_half(open_page: Open) -> None:
    page = Deletion(open_page(places.SECURE_DELETION, "default_key"))
    assert page.sees("secure-deletion.half1")
    assert not page.sees("secure-deletion.half2")


def test_evidence_is_reached_by_keyboard(open_page: Open) -> None:
    reached = tab_round(open_page(places.SECURE_DELETION, "pending"))
    evidence = reached.index("secure-deletion.half1.step1.evidence")
    assert evidence < reached.index("secure-deletion.half2.step2.evidence") < reached.index("secure-deletion.finish")


def test_a_failed_load_is_told(open_page: Open, fake_cloud: FakeCloud) -> None:
    fake_cloud.fail["detail"] = refusal(404, "DATABASE_NOT_FOUND", "There is no such instance.")
    assert Deletion(open_page(places.SECURE_DELETION)).sees("secure-deletion.failure")


@pytest.mark.parametrize("state", [*canned.STATES])
def test_every_state_is_drawn_and_named(open_page: Open, state: str) -> None:
    stage = open_page(places.SECURE_DELETION, state, 1024, 768)
    assert not stage.grab().isNull()
    assert unnamed(stage) == []


def test_the_dialog_does_not_promise_a_key_that_is_gone(open_page: Open) -> None:
    stage = open_page(places.SECURE_DELETION, "deleted")
    page = Deletion(stage)
    page.press("secure-deletion.finish")
    words = [text.words() for text in find(stage, "db-delete").findChildren(Text)]
    assert "ledger-root is deleted already" in words
    page.press("db-delete.cancel")


# the list ---------------------------------------------------------------------


def test_the_list_has_deleted_instances_too(open_page: Open, fake_cloud: FakeCloud, context: FakeContext) -> None:
    gone = canned.removed()
    gone.update(guid="gone", name="old-db")
    plain = canned.default_key()
    plain.update(guid="plain")
    halted = canned.disabled()
    halted.update(guid="halted", name="halted-db")
    fake_cloud.others = [gone, plain, halted]
    stage = open_page(places.SECURE_DELETION_LIST, "pending")
    rows = table_rows(stage, "secure-deletion-list.table")
    assert rows == [
        ["vault-db", "Pending reclamation", "Not done", "vault-root, deleted", "Incomplete"],
        ["halted-db", "Stopped", "Not done", "ledger-root, exists", "Not begun"],
        ["notes-db", "Active", "Not done", "Default key, goes with the instance", "Not begun"],
        ["old-db", "Deleted for good", "Done", "vault-root, deleted", "Securely deleted"],
    ]
    click_link(stage, "secure-deletion-list.table", 0, "name")
    assert context.navigator.here == Place(places.SECURE_DELETION, canned.DB)
    assert unnamed(stage) == []


def test_an_empty_list_says_what_to_do(
    open_page: Open, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    fake_cloud.empty = True
    page = PageObject(open_page(places.SECURE_DELETION_LIST))
    page.press("secure-deletion-list.empty.button")
    assert context.navigator.here.kind == places.CREATE_POSTGRESQL


def test_a_list_that_cannot_be_read_says_so(open_page: Open, fake_cloud: FakeCloud) -> None:
    fake_cloud.fail["detail"] = refusal(503, "BUSY", "The cloud is busy.")
    page = PageObject(open_page(places.SECURE_DELETION_LIST))
    assert page.sees("secure-deletion-list.failure") and not page.sees("secure-deletion-list.empty")
