"""The Nodes page in every state of the story, and what its buttons do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt

from kyok_gui import places
from kyok_gui.places import Place
from kyok_gui.widgets import Dialog, StaticTable, Text, Verdict, key_status
from tests.gui.driver import find, press, wait_for
from tests.gui.fakes import FakeContext
from tests.gui.pages.database import canned
from tests.gui.pages.database.conftest import Open
from tests.gui.pages.database.fakes import FakeCloud, refusal
from tests.gui.pages.database.pages import Nodes, unnamed
from tests.gui.shell.sample import NOW

STATES = [*canned.STATES]


def turned(context: FakeContext, **span: float) -> None:
    """Lets the cloud's clock go on."""
    context.clock.set(NOW + timedelta(**span))
    context.clock.stop()


def test_the_verdict_has_the_icon_of_the_tiles_where_the_key_is_disabled(open_page: Open) -> None:
    page = Nodes(open_page(places.NODES, "disabled"))
    verdict = find(page.root, "nodes.verdict", Verdict)
    assert (verdict.level, verdict.mark) == ("error", key_status("disabled"))
    assert verdict.mark.icon == "pause--outline--filled"


def test_all_is_well(open_page: Open) -> None:
    page = Nodes(open_page(places.NODES))
    assert page.level == "good"
    assert page.sentence == "All three nodes connected: the last key checks passed at 17:44 UTC."
    assert "Root key ledger-root in acme-hpcs protects this instance." in page.detail
    assert page.cure == ""
    assert page.statuses() == ["Connected"] * 3
    assert page.states() == ["Running"] * 3
    assert page.broken() == []
    assert page.chain()["data-key"] == "Unwrapped by 3 nodes"
    assert page.tiles()[0].checks.words() == {
        "Last successful unwrap": "17:44:38 UTC",
        "Latency": "4 ms",
        "Next check": "in 38 s",
    }
    assert page.tiles()[2].facts.words()["Replication lag"] == "1 s"
    assert page.rows == "120 rows on all three nodes"
    assert page.table()[0] == ["P-000120", "Amber Bakery", "Invoice 2231", "1,250.00"]
    assert page.text("nodes.data.driver") == "Nodes are simulated: psql cannot connect."
    assert "four hours" in page.text("nodes.note")


def test_no_authorization_names_cause_person_and_cure(open_page: Open) -> None:
    page = Nodes(open_page(places.NODES, "not_authorized"))
    assert page.level == "error"
    assert page.sentence == "All three nodes stopped at 17:42: the authorization was removed by anna@acme.example."
    assert page.cure == "Restore authorization"
    assert page.statuses() == ["Not authorized"] * 3
    assert page.broken() == ["authorization"]
    assert page.reason(1) == "Access denied (401): no authorization. Event 17:42"
    assert page.unreadable.startswith("Not readable")
    assert not page.button("nodes.data.add").isEnabled()
    assert page.button("nodes.data.add").accessibleDescription() == page.unreadable


def test_a_cut_zone_counts_down_and_offers_no_cure(open_page: Open, context: FakeContext) -> None:
    page = Nodes(open_page(places.NODES, "zone_cut"))
    assert page.level == "warning"
    assert page.cure == ""
    assert page.statuses() == ["Connected", "Connected", "Not connected"]
    assert page.countdown(3) == "Stops in 8 min 35 s"
    assert page.tiles()[2].checks.words()["Stops at"] == "17:53:35 UTC"
    turned(context, seconds=35)
    assert page.countdown(3) == "Stops in 8 min"
    assert page.tiles()[0].checks.words()["Next check"] == "in 3 s"
    turned(context, minutes=9)
    assert page.countdown(3) == "Stopping"
    assert "unreachable" in page.strip


def test_a_deleted_key_leads_to_the_backups(open_page: Open, fake_cloud: FakeCloud, qtbot: Any) -> None:
    stage = open_page(places.NODES, "deleted")
    page = Nodes(stage)
    assert page.sentence == "All three nodes stopped at 16:59: ledger-root was deleted by ben@acme.example."
    assert page.detail == "The data here cannot be read again. 7 backups remain, the latest of 02:00 today. Why"
    assert page.statuses() == ["Deleted"] * 3
    assert page.tiles()[0].checks.words()["Next check"] == "none"
    assert page.chain()["key"] == "Destroyed"
    page.press_cure()
    wait_for(qtbot, lambda: find(stage, "restore", Dialog.__mro__[-2]) is not None)
    assert page.sees("restore.backup")


def test_why_is_explained(open_page: Open) -> None:
    stage = open_page(places.NODES, "deleted")
    page = Nodes(stage)
    page.follow_detail()
    assert page.sees("nodes.why.accept")
    page.press("nodes.why.accept")
    assert not page.sees("nodes.why.accept")


def test_the_default_key_has_no_checks(open_page: Open) -> None:
    page = Nodes(open_page(places.NODES, "default_key"))
    assert page.statuses() == ["Default key"] * 3
    assert list(page.chain()) == ["data-key", "nodes"]
    assert page.strip.startswith("None")
    assert not page.sees("nodes.check-now")


def test_creation_shows_its_progress(open_page: Open) -> None:
    page = Nodes(open_page(places.NODES, "creating"))
    assert page.sentence == "Creating the instance: 1 of 3 nodes are ready."
    assert page.text("nodes.progress.step") == "1 of 3 nodes are ready."
    assert page.states() == ["Running", "Creating", "Creating"]
    assert not page.sees("nodes.break")


def test_a_restore_shows_its_step(open_page: Open) -> None:
    page = Nodes(open_page(places.NODES, "restoring"))
    assert page.text("nodes.progress.step") == "Decrypting the backup, 40 %"


def test_a_failed_creation_says_why_and_shows_nothing_half_made(open_page: Open) -> None:
    page = Nodes(open_page(places.NODES, "failed"))
    assert "the root key was not found in acme-hpcs" in page.sentence
    assert page.tiles() == []
    assert not page.sees("nodes.chain")
    assert not page.sees("nodes.data")


def test_a_deleted_instance_leads_to_secure_deletion(open_page: Open, context: FakeContext) -> None:
    page = Nodes(open_page(places.NODES, "pending"))
    assert "can be restored until 30 Nov 2026" in page.sentence
    page.follow_detail()
    assert context.navigator.here.kind == places.SECURE_DELETION


# cures ------------------------------------------------------------------------


def test_restoring_the_authorization_restores_it(
    open_page: Open, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    page = Nodes(open_page(places.NODES, "not_authorized"))
    page.press_cure()
    wait_for(qtbot, lambda: context.told)
    assert fake_cloud.calls == [("restore_policy", canned.POLICY)]
    assert context.told[0].title == "Authorization restored"


def test_an_authorization_that_cannot_be_restored_opens_the_wizard(
    open_page: Open, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    fake_cloud.fail["restore_policy"] = refusal(404, "policy_not_found", "The policy is gone.")
    page = Nodes(open_page(places.NODES, "not_authorized"))
    page.press_cure()
    wait_for(qtbot, lambda: context.navigator.here.kind == places.AUTHORIZATIONS)
    there = context.navigator.here
    assert there.value("create") == "1"
    assert there.value("source") == "hyperp-dbaas-postgresql"
    assert there.value("target") == "hs-crypto"
    assert there.value("target_instance") == canned.HPCS
    assert context.told == ()


def test_enabling_waits_for_the_thirty_seconds(
    open_page: Open, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(canned.STATES, "disabled", lambda: canned.disabled(seconds_ago=12))
    page = Nodes(open_page(places.NODES, "disabled"))
    assert page.cure == "Enable key"
    assert not page.button("nodes.verdict.button").isEnabled()
    assert "The key can be enabled in 18 s." in page.detail
    turned(context, seconds=8)
    assert "The key can be enabled in 10 s." in page.detail
    turned(context, seconds=19)
    assert page.button("nodes.verdict.button").isEnabled()
    page.press_cure()
    wait_for(qtbot, lambda: fake_cloud.calls)
    assert fake_cloud.calls == [("enable", canned.HPCS_CRN, canned.KEY)]


def test_a_refused_cure_says_what_happened(
    open_page: Open, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    fake_cloud.fail["enable"] = refusal(403, "FORBIDDEN", "You may not enable keys.", "Ask a Manager.")
    page = Nodes(open_page(places.NODES, "disabled"))
    page.press_cure()
    wait_for(qtbot, lambda: context.told)
    assert (context.told[0].title, context.told[0].detail) == ("You may not enable keys.", "Ask a Manager.")
    assert page.button("nodes.verdict.button").isEnabled()


def test_a_kept_data_key_is_cured_by_restoring_the_key(
    open_page: Open, fake_cloud: FakeCloud, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = canned.deleted()
    body["checks"]["deletion_rule"] = "keep"
    monkeypatch.setitem(canned.STATES, "kept", lambda: body)
    page = Nodes(open_page(places.NODES, "kept"))
    assert page.cure == "Restore key"
    page.press_cure()
    wait_for(qtbot, lambda: fake_cloud.calls)
    assert fake_cloud.calls == [("restore_key", canned.HPCS_CRN, canned.KEY)]


def test_an_hsm_without_master_key_leads_to_its_crypto_units(
    open_page: Open, context: FakeContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = canned.zone_cut()
    body["hsm"].update(initialised=False, recoverable=True)
    monkeypatch.setitem(canned.STATES, "zeroised", lambda: body)
    page = Nodes(open_page(places.NODES, "zeroised"))
    page.press_cure()
    assert context.navigator.here == Place(places.CRYPTO_UNITS, canned.HPCS)


# buttons ----------------------------------------------------------------------


def test_check_now(open_page: Open, fake_cloud: FakeCloud, qtbot: Any) -> None:
    page = Nodes(open_page(places.NODES))
    page.press("nodes.check-now")
    wait_for(qtbot, lambda: fake_cloud.calls == [("check_now", canned.DB)])
    wait_for(qtbot, lambda: page.button("nodes.check-now").isEnabled())


def test_of_many_rows_the_newest_are_shown_and_amounts_stand_at_the_right(open_page: Open) -> None:
    page = Nodes(open_page(places.NODES))
    table = find(page.root, "nodes.data.rows", StaticTable)
    shown = len(table.words())
    assert page.text("nodes.data.shown") == f"The newest {shown} of 120 rows."
    amounts = [label for label in table.findChildren(Text) if label.text() in ("Amount", table.words()[0][3])]
    assert len(amounts) >= 2
    assert all(label.alignment() & Qt.AlignmentFlag.AlignRight for label in amounts)


def test_rows_are_added(open_page: Open, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any) -> None:
    page = Nodes(open_page(places.NODES))
    page.press("nodes.data.add")
    wait_for(qtbot, lambda: page.rows == "130 rows on all three nodes")
    assert context.told[0].title == "10 rows added"
    assert context.told[0].detail == "130 rows now, durable on 3 nodes."


def test_rows_that_cannot_be_read_say_why(open_page: Open, fake_cloud: FakeCloud) -> None:
    fake_cloud.fail["sample_rows"] = refusal(409, "NOT_READABLE", "No node can unwrap the data key now.")
    page = Nodes(open_page(places.NODES))
    assert page.unreadable == "No node can unwrap the data key now."
    assert page.rows == ""


def test_the_training_menu_breaks_and_mends(open_page: Open, fake_cloud: FakeCloud, qtbot: Any) -> None:
    page = Nodes(open_page(places.NODES))
    assert page.training.text() == "Break something"
    page.break_something("zone-cut:us-south-3")
    wait_for(qtbot, lambda: page.training.text() == "1 fault in force")
    assert fake_cloud.calls == [("start_fault", "zone-cut", {"zone": "us-south-3", "instance": canned.HPCS})]
    assert page.training.entries()[0].title == "Reconnect us-south-3 to acme-hpcs"
    page.break_something("end:f1")
    wait_for(qtbot, lambda: page.training.text() == "Break something")


@pytest.mark.parametrize(
    ("box", "there"),
    [
        ("hsm", Place(places.HPCS_OVERVIEW, canned.HPCS)),
        ("key", Place(places.KEYS, canned.HPCS).with_query(key=canned.KEY)),
        ("authorization", Place(places.AUTHORIZATIONS).with_query(policy=canned.POLICY)),
        ("data-key", Place(places.DB_OVERVIEW, canned.DB)),
    ],
)
def test_boxes_lead_to_what_they_stand_for(open_page: Open, context: FakeContext, box: str, there: Place) -> None:
    page = Nodes(open_page(places.NODES))
    page.press(f"nodes.chain.{box}")
    assert context.navigator.here == there


def test_a_change_is_seen_without_a_press(
    open_page: Open, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    page = Nodes(open_page(places.NODES))
    fake_cloud.body = canned.disabled()
    context.live.tell({"database"}, {canned.DB})
    wait_for(qtbot, lambda: page.statuses() == ["Disabled"] * 3)
    fake_cloud.body = canned.connected()
    context.live.tell({"key"}, {canned.KEY})
    wait_for(qtbot, lambda: page.level == "good")


def test_a_failed_load_can_be_tried_again(open_page: Open, fake_cloud: FakeCloud, qtbot: Any) -> None:
    fake_cloud.fail["detail"] = refusal(404, "DATABASE_NOT_FOUND", "There is no such instance.", "Look at the list.")
    page = Nodes(open_page(places.NODES))
    assert page.sees("nodes.failure")
    assert not page.sees("nodes.verdict")
    fake_cloud.fail.clear()
    page.press("nodes.failure.action")
    wait_for(qtbot, lambda: page.sees("nodes.verdict"))
    assert not page.sees("nodes.failure")


@pytest.mark.parametrize("width", [1440, 1024])
@pytest.mark.parametrize("state", STATES)
def test_every_state_can_be_drawn_and_is_named(open_page: Open, state: str, width: int) -> None:
    stage = open_page(places.NODES, state, width, 900 if width > 1100 else 768)
    assert not stage.grab().isNull()
    assert unnamed(stage) == []


def test_narrow_words_are_short(open_page: Open) -> None:
    page = Nodes(open_page(places.NODES, "not_authorized", 1024, 768))
    assert page.reason(1) == "Access denied (401). Event 17:42"
    assert "Last unwrap" in page.tiles()[0].checks.words()
    assert "Lag" in page.tiles()[0].facts.words()


def test_a_countdown_gives_the_status_its_room_as_soon_as_the_tile_is_narrow(open_page: Open, qtbot: Any) -> None:
    stage = open_page(places.NODES, "zone_cut", 1440, 900)
    tile = Nodes(stage).tiles()[2]
    assert tile.pill.words().startswith("Stops in")
    stage.resize(1240, 768)
    wait_for(qtbot, lambda: tile.width() < 340)
    assert not tile.pill.words().startswith("Stops in"), "not with the next tick of the clock"
    assert tile.pill.geometry().left() > tile.status.geometry().right()


def test_the_whole_page_is_reached_by_keyboard(open_page: Open, qtbot: Any) -> None:
    from tests.gui.pages.database.keyboard import tab_round

    stage = open_page(places.NODES, "not_authorized")
    reached = tab_round(stage)
    wanted = ["nodes.break", "nodes.check-now", "nodes.verdict.button", "nodes.chain.hsm", "nodes.node1.reason"]
    assert [name for name in wanted if name not in reached] == []
    assert reached.index("nodes.check-now") < reached.index("nodes.chain.hsm") < reached.index("nodes.node1.reason")
    press(stage, "nodes.chain.nodes")
