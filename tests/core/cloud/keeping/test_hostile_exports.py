"""Exports that somebody made by hand, who knows the passphrase: refused in words, and nothing is changed."""

import io
import json
import shutil
import sqlite3
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kyok.cloud.keeping import archive, replacing
from kyok.secrets import Secret
from tests.core.cloud.keeping.hosted import PASSPHRASE, Hosted

Change = Callable[[Path], Any]
MANIFEST = "manifest.json"
DEEP = "[" * 100_000


@pytest.fixture(scope="module")
def unpacked(hosted: Hosted, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An honest export, unpacked."""
    folder = tmp_path_factory.mktemp("export")
    body = {"path": str(folder / "state.kyok"), "passphrase": PASSPHRASE}
    assert hosted.ask("POST", "/emulator/v1/export", body).status_code == 200
    content = folder / "content"
    content.mkdir()
    with (folder / "state.kyok").open("rb") as source:
        archive.unpack(source, content, Secret(PASSPHRASE))
    return content


def load(hosted: Hosted, content: Path) -> tuple[int, str]:
    """Imports a folder as an export."""
    target = content.with_suffix(".kyok")
    with target.open("wb") as writing:
        archive.write(writing, content, Secret(PASSPHRASE))
    answer = hosted.ask("POST", "/emulator/v1/import", {"path": str(target), "passphrase": PASSPHRASE, "replace": True})
    return answer.status_code, answer.json().get("code", "")


def require_unchanged(hosted: Hosted, cloud: Any) -> None:
    assert hosted.cloud is cloud, "the cloud that was there still serves"
    assert not (hosted.home.root / replacing.COMING).exists()
    assert hosted.ask("POST", "/v1/apikeys", {"name": "written"}).status_code == 201


def says(**changes: Any) -> Change:
    """Other members of the manifest."""

    def change(content: Path) -> None:
        about = json.loads((content / MANIFEST).read_text())
        (content / MANIFEST).write_text(json.dumps({**about, **changes}))

    return change


def runs(*statements: str) -> Change:
    """Statements on the database."""

    def change(content: Path) -> None:
        connection = sqlite3.connect(content / "cloud.sqlite")
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.close()

    return change


def sets(name: str, value: str) -> Change:
    return runs(f"INSERT OR REPLACE INTO setting (name, value) VALUES ('{name}', '{value}')")


WRONG: dict[str, Change] = {
    "a list for a manifest": lambda content: (content / MANIFEST).write_text("[]"),
    "a manifest without end": lambda content: (content / MANIFEST).write_text(DEEP),
    "an account that is no text": says(account_name={"a": 1}),
    "a count that is no number": says(keys="many"),
    "a time that is none": says(exported_at="yesterday"),
    "a trigger": runs("CREATE TRIGGER t AFTER INSERT ON api_key BEGIN DELETE FROM kms_key; END"),
    "a view": runs("ALTER TABLE activity RENAME TO other", "CREATE VIEW activity AS SELECT * FROM other"),
    "a table less": runs("DROP TABLE kms_key"),
    "a column less": runs("DROP TABLE reclamation", "CREATE TABLE reclamation (id TEXT)"),
    "a home that is a list": sets("home_account", "[]"),
    "a home that is no JSON": sets("home_account", "{{"),
    "an administrator that is not there": sets("home_account", '{"account": "a", "administrator": "b"}'),
    "a clock beyond all time": sets("clock_offset_seconds", "1e18"),
    "a clock that is a text": sets("clock_offset_seconds", '"soon"'),
    "a setting that cannot be": sets("deletion_rule", "[1]"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_an_export_that_no_cloud_wrote_is_refused(hosted: Hosted, unpacked: Path, tmp_path: Path, wrong: str) -> None:
    content = tmp_path / "content"
    shutil.copytree(unpacked, content)
    WRONG[wrong](content)
    cloud = hosted.cloud
    assert load(hosted, content) == (400, "EXPORT_DAMAGED")
    require_unchanged(hosted, cloud)


def test_an_honest_export_that_was_unpacked_and_packed_again_is_none_of_these(
    hosted: Hosted, unpacked: Path, tmp_path: Path
) -> None:
    shutil.copytree(unpacked, tmp_path / "content")
    assert load(hosted, tmp_path / "content") == (200, "")


def huge() -> tuple[tarfile.TarInfo, bytes]:
    """A file of 32 GiB of nothing, in two blocks."""
    member, data = tarfile.TarInfo("bomb"), b"1\n0\n0\n".ljust(512, b"\0")
    member.pax_headers = {
        "GNU.sparse.major": "1",
        "GNU.sparse.minor": "0",
        "GNU.sparse.name": "bomb",
        "GNU.sparse.realsize": str(1 << 35),
    }
    return member, data


MEMBERS: dict[str, tuple[tarfile.TarInfo, bytes]] = {
    "a name twice": (tarfile.TarInfo(MANIFEST), b"{}"),
    "a file within a file": (tarfile.TarInfo(f"{MANIFEST}/x"), b"x"),
    "a name that is too long": (tarfile.TarInfo("x" * 300), b"x"),
    "a path that is too long": (tarfile.TarInfo("x/" * 3000 + "x"), b"x"),
    "a way out": (tarfile.TarInfo("../evil"), b"x"),
    "a sparse file": huge(),
}


@pytest.mark.parametrize("wrong", MEMBERS)
def test_a_member_that_no_export_has_is_refused(
    hosted: Hosted, unpacked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    content = tmp_path / "content"
    shutil.copytree(unpacked, content)
    member, data = MEMBERS[wrong]
    member.size = len(data)
    opened = tarfile.open

    def with_member(*given: Any, **named: Any) -> tarfile.TarFile:
        tar = opened(*given, **named)
        if named.get("mode") == "w|":
            tar.addfile(member, io.BytesIO(data))
        return tar

    monkeypatch.setattr(tarfile, "open", with_member)
    cloud = hosted.cloud
    assert load(hosted, content) == (400, "EXPORT_DAMAGED")
    require_unchanged(hosted, cloud)
    assert not (hosted.home.root / "evil").exists()
