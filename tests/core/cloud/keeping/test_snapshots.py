"""A snapshot holds everything, a return brings it back, and nothing is claimed that a snapshot would disprove."""

import json
import shutil
from pathlib import Path

import pytest

from kyok.cloud.app import Cloud
from kyok.cloud.keeping import proving, replacing, trees
from kyok.cloud.keeping.errors import DiskTooFull, StateBusy
from kyok.cloud.keeping.reviving import CloudClosed
from kyok.cloud.store.errors import StoreFailed
from tests.core.cloud.keeping.hosted import Hosted

SNAPSHOTS = "/emulator/v1/snapshots"


def snapshot(hosted: Hosted, name: str = "before") -> str:
    answer = hosted.ask("POST", SNAPSHOTS, {"name": name})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def test_a_return_brings_back_keys_rows_clock_and_people(hosted: Hosted, made: dict[str, str]) -> None:
    ident = snapshot(hosted)
    (listed,) = hosted.ask("GET", SNAPSHOTS).json()["snapshots"]
    assert (listed["id"], listed["name"], listed["instances"], listed["keys"]) == (ident, "before", 2, 2)
    assert listed["size"] > 10_000
    hosted.ask("PUT", "/emulator/v1/clock", {"advance_seconds": 86_400})
    assert hosted.ask("POST", "/emulator/v1/reset", {}).status_code == 204
    assert hosted.ask("GET", "/v2/resource_instances").json()["resources"] == []

    assert hosted.ask("POST", f"{SNAPSHOTS}/{ident}/return", {}).status_code == 204

    hosted.until(lambda: hosted.rows(made["db"]) == 7)
    assert hosted.keys(made["hpcs"]) == {"root": 1, "spare": 1, "gone": 5}
    assert hosted.ask("GET", "/emulator/v1/clock").json()["offset_seconds"] == 0
    newest = hosted.ask("GET", "/emulator/v1/activity?limit=20").json()["events"]
    assert "kyok.snapshot.return" in [event["action"] for event in newest]
    assert hosted.ask("GET", SNAPSHOTS).json()["snapshots"], "one can return again"
    assert not (hosted.home.root / replacing.LEAVING).exists()


def test_who_follows_the_changes_is_told_to_read_everything_anew(hosted: Hosted, made: dict[str, str]) -> None:
    seen = hosted.ask("GET", "/emulator/v1/changes").json()["seq"]
    ident = snapshot(hosted)
    hosted.ask("POST", f"{SNAPSHOTS}/{ident}/return", {})
    assert hosted.ask("GET", f"/emulator/v1/changes?after={seen}").json()["reset"] is True
    following = hosted.ask("GET", "/emulator/v1/changes").json()["seq"]
    assert hosted.ask("GET", f"/emulator/v1/changes?after={following}").json()["reset"] is False


def test_requests_that_come_meanwhile_wait_and_are_answered(hosted: Hosted, made: dict[str, str]) -> None:
    others = [("GET", "/v2/resource_instances", None)] * 12
    poll = ("GET", "/emulator/v1/changes?after=999999999&wait=20", None)
    answers = hosted.ask_together([*others, ("POST", SNAPSHOTS, {"name": "busy"}), poll, *others])
    assert {answer.status_code for answer in answers} == {200, 201}


def test_a_purged_key_is_shredded_only_when_no_snapshot_holds_it(hosted: Hosted, made: dict[str, str]) -> None:
    ident = snapshot(hosted)
    hosted.ask("PUT", "/emulator/v1/clock", {"advance_seconds": 5 * 3600})
    listed = hosted.ask("GET", "/api/v2/keys?state=5", bluemix_instance=made["hpcs"]).json()["resources"]
    (gone,) = [key["id"] for key in listed]
    assert hosted.ask("DELETE", f"/api/v2/keys/{gone}/purge", bluemix_instance=made["hpcs"]).status_code < 300
    hosted.cloud.keys.settle()
    assert shredded(hosted) == [None]
    assert hosted.ask("DELETE", f"{SNAPSHOTS}/{ident}").status_code == 204
    hosted.cloud.store.writer.perform(hosted.cloud.keys.expire_and_purge)
    assert shredded(hosted) != [None]


def shredded(hosted: Hosted) -> list[object]:
    from sqlalchemy import select

    from kyok.cloud.store.tables import purged_key

    with hosted.cloud.store.read() as reader:
        return [row.shredded_at for row in reader.all(select(purged_key.c.shredded_at))]


def test_a_damaged_or_unknown_snapshot_changes_nothing(hosted: Hosted, made: dict[str, str]) -> None:
    ident = snapshot(hosted)
    trees.remove(hosted.home.snapshots / ident / "cloud.sqlite")
    answer = hosted.ask("POST", f"{SNAPSHOTS}/{ident}/return", {})
    assert (answer.status_code, answer.json()["code"]) == (409, "SNAPSHOT_DAMAGED")
    answer = hosted.ask("POST", f"{SNAPSHOTS}/nowhere/return", {})
    assert (answer.status_code, answer.json()["code"]) == (404, "SNAPSHOT_NOT_FOUND")
    assert hosted.rows(made["db"]) == 7
    refused = hosted.ask("GET", "/emulator/v1/activity?action=kyok.snapshot.return&outcome=failure").json()["events"]
    assert len(refused) == 2


@pytest.mark.parametrize("about", [{}, {"made_ms": "x"}, {"clock_ms": None}, {"name": 1}, {"id": "../x"}], ids=str)
def test_what_is_no_snapshot_hides_no_other(hosted: Hosted, made: dict[str, str], about: dict[str, object]) -> None:
    ident = snapshot(hosted)
    folder = hosted.home.snapshots / "planted"
    folder.mkdir()
    whole = {"id": "planted", "name": "x", "clock_ms": 1, "made_ms": 1} if about else {}
    (folder / "snapshot.json").write_text(json.dumps({**whole, **about}))
    try:
        assert [one["id"] for one in hosted.ask("GET", SNAPSHOTS).json()["snapshots"]] == [ident]
    finally:
        trees.remove(folder)


def test_a_snapshot_of_another_home_is_refused(hosted: Hosted, made: dict[str, str], tmp_path: Path) -> None:
    other = Hosted(tmp_path / "other", bytes(range(32)))
    try:
        ident = snapshot(other)
        shutil.copytree(other.home.snapshots / ident, hosted.home.snapshots / ident)
    finally:
        other.close()
    cloud = hosted.cloud
    answer = hosted.ask("POST", f"{SNAPSHOTS}/{ident}/return", {})
    assert (answer.status_code, answer.json()["code"]) == (409, "SNAPSHOT_DAMAGED")
    assert hosted.cloud is cloud
    assert not (hosted.home.root / replacing.COMING).exists()


def test_the_log_tells_of_no_snapshot_that_was_not_made(
    hosted: Hosted, made: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def told() -> list[str]:
        events = hosted.ask("GET", "/emulator/v1/activity?action=kyok.snapshot.create").json()["events"]
        return [event["outcome"] for event in events]

    with hosted.host._alone():
        assert hosted.ask("POST", SNAPSHOTS, {"name": "busy"}).status_code == 409
    monkeypatch.setattr(trees, "SPARE", 2**62)
    assert hosted.ask("POST", SNAPSHOTS, {"name": "full"}).status_code == 507
    monkeypatch.undo()
    assert told() == ["failure", "failure"]
    snapshot(hosted)
    assert told() == ["success", "failure", "failure"]


def test_a_snapshot_whose_content_does_not_open_is_taken_back(
    hosted: Hosted, made: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ident = snapshot(hosted)
    monkeypatch.setattr(proving, "prove_database", lambda file: None)
    monkeypatch.setattr(proving, "prove_hsm", lambda folder, sealing: None)
    (hosted.home.snapshots / ident / "hsm" / "provider" / "state.bin").write_bytes(b"x" * 200)
    (hosted.home.snapshots / ident / "cloud.sqlite").write_bytes(b"not a database" * 500)
    answer = hosted.ask("POST", f"{SNAPSHOTS}/{ident}/return", {})
    assert answer.status_code >= 400
    hosted.until(lambda: hosted.rows(made["db"]) == 7)
    assert not (hosted.home.root / replacing.LEAVING).exists()


def test_a_full_disk_leaves_no_half_snapshot(
    hosted: Hosted, made: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trees, "SPARE", 2**62)
    cloud = hosted.cloud
    answer = hosted.ask("POST", SNAPSHOTS, {"name": "too much"})
    assert hosted.cloud is cloud, "it was not even closed: on a full disk it would not open again"
    assert (answer.status_code, answer.json()["code"]) == (507, "DISK_TOO_FULL")
    assert hosted.ask("GET", SNAPSHOTS).json()["snapshots"] == []
    assert DiskTooFull().remedy in answer.text
    hosted.until(lambda: hosted.rows(made["db"]) == 7)


def test_one_thing_at_a_time(hosted: Hosted, made: dict[str, str]) -> None:
    with hosted.host._alone():
        answer = hosted.ask("POST", SNAPSHOTS, {"name": "second"})
    assert (answer.status_code, answer.json()["code"]) == (409, "STATE_BUSY")
    assert StateBusy().summary in answer.text


@pytest.mark.parametrize("letter", ["\0", "\n", "\u202e", "\u2066"])
def test_a_name_that_hides_or_turns_what_is_written_is_refused(
    hosted: Hosted, made: dict[str, str], letter: str
) -> None:
    answer = hosted.ask("POST", SNAPSHOTS, {"name": f"be{letter}fore"})
    assert (answer.status_code, answer.json()["code"]) == (400, "BAD_VALUE")
    assert answer.json()["summary"] == "A snapshot name has no control characters."
    assert hosted.ask("GET", SNAPSHOTS).json()["snapshots"] == []


def test_only_an_administrator_may(hosted: Hosted, made: dict[str, str]) -> None:
    assert hosted.ask("POST", SNAPSHOTS, {"name": ""}).status_code == 400
    answer = hosted.ask("POST", SNAPSHOTS, {"name": "x"}, authorization="Bearer nonsense")
    assert answer.status_code == 401


def test_a_cloud_that_does_not_open_again_says_so_until_it_does(
    hosted: Hosted, made: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make, broken = hosted.host._make, [StoreFailed(), StoreFailed(), ValueError("a bug")]

    def fails_at_first() -> Cloud:
        if broken:
            raise broken.pop(0)
        return make()

    def too_full(about: object) -> None:
        raise DiskTooFull()

    monkeypatch.setattr(hosted.host, "_make", fails_at_first)
    monkeypatch.setattr(hosted.cloud.snapshots, "take", too_full)
    answer = hosted.ask("POST", SNAPSHOTS, {"name": "x"})
    assert (answer.status_code, answer.json()["summary"]) == (507, StoreFailed().summary)
    closed = [hosted.ask("GET", SNAPSHOTS) for _ in range(2)]
    assert [one.status_code for one in closed] == [503, 503]
    assert [one.json()["summary"] for one in closed] == [StoreFailed().summary, CloudClosed().summary]
    together = hosted.ask_together([("GET", SNAPSHOTS, None)] * 3)
    assert [one.status_code for one in together] == [200, 200, 200]
    hosted.until(lambda: hosted.rows(made["db"]) == 7)
