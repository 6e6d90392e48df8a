"""Homes, and the resources of the product."""

import os
from pathlib import Path

import pytest

from kyok import paths
from kyok.paths import Home, HomeNotUsable, default_home, resources


def test_a_home_is_made_for_its_owner_only(tmp_path: Path) -> None:
    home = Home(tmp_path / "deep" / "home")
    home.prepare()
    home.prepare()
    for folder in (home.root, home.hsm, home.databases):
        assert folder.stat().st_mode & 0o777 == 0o700
    assert sorted(path.name for path in home.root.iterdir()) == ["databases", "hsm"]


def test_every_entry_lies_in_the_home(tmp_path: Path) -> None:
    home = Home(tmp_path)
    kept = {value for name, value in vars(home).items() if isinstance(value, Path) and name != "root"}
    assert kept <= set(home.entries())
    assert all(path.is_relative_to(tmp_path) for path in home.entries())


def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(HomeNotUsable, match="file exists") as caught:
        Home(tmp_path / "home").prepare()
    assert "--home" in caught.value.remedy


def test_a_home_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, data: bytes) -> int:
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(HomeNotUsable, match="permission denied"):
        Home(tmp_path / "home").prepare()


def test_the_default_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KYOK_HOME", str(tmp_path))
    assert default_home() == tmp_path
    monkeypatch.delenv("KYOK_HOME")
    assert default_home().name == "kyok-console"


def test_resources_are_found_in_the_checkout_and_in_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (resources() / "LICENSES").is_dir()
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "site-packages" / "kyok" / "paths.py"))
    assert resources.__wrapped__() == tmp_path / "site-packages" / "kyok" / "resources"
