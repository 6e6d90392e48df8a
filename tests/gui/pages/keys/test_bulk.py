"""Actions on several keys: who is in the way, and what became of each."""

from __future__ import annotations

import time
from typing import Any

from kyok.client.decode import decode
from kyok.client.records.keys import Key
from kyok.domain.key_states import KeyAction
from kyok_gui.pages.keys.batch import batch_state
from kyok_gui.pages.keys.rows import KeyRow
from tests.gui import driver
from tests.gui.accessible import nameless
from tests.gui.pages.keys import story
from tests.gui.pages.keys.fake_cloud import refusal
from tests.gui.pages.keys.keys_object import KeysObject
from tests.gui.pages.keys.stage import World


def row(name: str, state: int = 1, **more: Any) -> KeyRow:
    return KeyRow(decode(Key, story.key(name, state, **more)))


def key(name: str) -> str:
    return story.guid(f"key {name}")


def test_each_cause_names_its_keys() -> None:
    rows = [row("a-root"), row("b-root", 2, days=1), row("c-root", 3), row("d-secret", extractable=True)]
    state = batch_state(rows, story.NOW)
    assert "Rotate and Disable are off: b-root is suspended." in state.sentence
    assert "Disable is off: c-root is deactivated. It needs keys that are all active." in state.sentence
    assert "Rotate and Disable are off: d-secret is a standard key. Both need root keys." in state.sentence
    assert [one.name for one in state.misfits] == ["b-root", "c-root", "d-secret"]


def test_many_keys_in_the_way_are_counted() -> None:
    rows = [row(f"k{number}", 2, days=1) for number in range(6)] + [row("a-root")]
    assert "k0, k1, k2 and 3 more are suspended." in batch_state(rows, story.NOW).sentence


def test_where_every_key_is_in_the_way_nothing_is_to_be_unticked() -> None:
    assert batch_state([row("b-root", 2, days=1)], story.NOW).misfits == ()


def test_destroyed_keys_can_be_restored_together(world: World) -> None:
    page = KeysObject(world)
    page.press("keys.show-destroyed")
    page.tick("archive-root", "test-root")
    assert not page.shown("keys.table.batch.delete")
    page.press("keys.table.batch.restore")
    words = page.dialog_words("keys.restore")
    assert "2 keys become active again" in words
    assert "Possible until 17 Dec 2026 17:45 UTC" in words
    page.press("keys.restore.accept")
    page.follow_up()
    assert [call[0] for call in world.cloud.calls] == ["restore", "restore"]


def test_a_failure_in_the_middle_is_named_key_by_key(world: World) -> None:
    refused = refusal(409, "KEY_ACTION_INVALID_STATE_ERR", "The key is not active any more.", "Reload it.")
    world.cloud.fail[f"rotate {key('ledger-root')}"] = refused
    page = KeysObject(world)
    page.tick("atm-root", "ledger-root", "mobile-root")
    page.press("keys.table.batch.rotate")
    page.press("keys.rotate.accept")
    page.follow_up()
    assert not page.open("keys.rotate")
    words = page.dialog_words("keys.result")
    assert "1 key of 3 was not rotated" in words
    assert "ledger-root\nThe key is not active any more. Reload it." in words
    assert "2 keys rotated\natm-root and mobile-root" in words
    assert nameless(page.dialog("keys.result")) == []
    page.press("keys.result.cancel")
    assert not page.open("keys.result")
    assert not page.shown("keys.table.batch")


def test_all_refused_is_named_key_by_key_too(world: World) -> None:
    world.cloud.fail["sync"] = refusal(409, "REQ_TOO_EARLY_ERR", "Sync cannot be performed yet.")
    page = KeysObject(world)
    listing: Any = page.stage.page
    rows = [one for one in listing._presenter.listing.rows if one.name in ("ledger-root", "atm-root")]
    listing._actions.start(KeyAction.SYNC, rows)
    page.follow_up()
    assert "2 keys of 2 were not synchronized" in page.dialog_words("keys.result")


def test_ten_thousand_ticked_keys_are_looked_at_in_groups() -> None:
    rows = [row(f"k{number:05d}", 2 if number % 50 == 0 else 1, days=1) for number in range(500)] * 20
    spent = []
    for _ in range(3):
        begin = time.thread_time()
        state = batch_state(rows, story.NOW)
        spent.append(time.thread_time() - begin)
        assert "and 197 more are suspended." in state.sentence
    assert min(spent) < 0.2, spent


def test_a_filter_that_leaves_nothing_says_that_none_matches(world: World) -> None:
    page = KeysObject(world)
    driver.choose_action(page.stage, "keys.filter", "state:waiting")
    assert page.names() == []
    assert page.text("keys.table.nothing") == "No root keys match."


def test_states_are_filtered(world: World) -> None:
    page = KeysObject(world)
    driver.choose_action(page.stage, "keys.filter", "state:2")
    assert page.names() == ["hr-root"]
    assert driver.exists(page.stage, "keys.chip.state")
    driver.choose_action(page.stage, "keys.filter", "state:5")
    assert page.names() == ["archive-root", "old-root", "test-root"]
    driver.choose_action(page.stage, "keys.filter", "state:5")
    assert len(page.names()) == 11
