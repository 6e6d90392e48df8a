"""Snapshot, return, export and import on real servers: their volumes are closed, copied, and opened again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kyok.postgres.volumes.guarantees import VolumeKind
from tests.nodes.clusters import why_no_servers
from tests.nodes.conftest import KINDS
from tests.nodes.test_cloud import House, house_on

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(why_no_servers()), reason=why_no_servers() or "servers can run"),
]
PASSPHRASE = "correct horse battery"


@pytest.fixture(params=KINDS)
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    kind: VolumeKind = request.param
    for made in house_on(tmp_path / "home", kind.value):
        yield made.make()


def running(house: House) -> None:
    house.rest.wait("three servers", lambda: len(house.pids()) == 3)
    house.rest.wait("writes", house.takes_writes)


def test_a_return_and_an_import_bring_rows_back_that_real_servers_hold(house: House, tmp_path: Path) -> None:
    house.sql("CREATE TABLE story (word text)")
    house.sql("INSERT INTO story VALUES ('kept')")
    snapshot = house.rest.json("POST", "/emulator/v1/snapshots", {"name": "before"})
    running(house)
    target = tmp_path / "state.kyok"
    house.rest.json("POST", "/emulator/v1/export", {"path": str(target), "passphrase": PASSPHRASE})
    running(house)
    house.sql("DELETE FROM story")
    house.sql("INSERT INTO story VALUES ('later')")

    house.rest.json("POST", f"/emulator/v1/snapshots/{snapshot['id']}/return", {})
    running(house)
    assert house.sql("SELECT string_agg(word, ' ') FROM story") == "kept"

    house.sql("DELETE FROM story")
    body = {"path": str(target), "passphrase": PASSPHRASE, "replace": True}
    house.rest.json("POST", "/emulator/v1/import", body)
    house.rest.token = house.rest.sign_in()
    running(house)
    assert house.sql("SELECT string_agg(word, ' ') FROM story") == "kept"
