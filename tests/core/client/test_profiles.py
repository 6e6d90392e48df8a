"""The profiles that a console knows, and where their API keys lie."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kyok import secrets
from kyok.client.profiles import LOCAL, ProfileRefused, Profiles, checked_url
from kyok.secrets import ApiKeyNotKept, Secret
from tests.core.test_sealing import Clinging, Failing, Forgetful, Keyring, trusted


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "home" / "config" / "profiles.json"


def test_the_cloud_of_this_machine_is_always_there(file: Path) -> None:
    profiles = Profiles(file)
    assert profiles.all == (LOCAL,) and profiles.active == LOCAL
    with pytest.raises(ProfileRefused, match="in use"):
        profiles.remove("local")
    assert not file.exists()


def test_profiles_are_kept_privately_without_a_secret(file: Path) -> None:
    profiles = Profiles(file)
    lab = profiles.drafted("url", " Lab ", "http://127.0.0.1:8080/", ask_key=True)
    real = profiles.drafted("ibm-cloud", "Bank", "ignored")
    for one in (lab, real):
        profiles.add(one)
    profiles.use(lab.id)
    again = Profiles(file)
    assert again.all == (LOCAL, lab, real) and again.active == lab
    assert (lab.name, lab.url, lab.host, lab.real) == ("Lab", "http://127.0.0.1:8080", "127.0.0.1:8080", False)
    assert (real.url, real.host, real.real) == ("", "iam.cloud.ibm.com", True)
    assert real.endpoints().emulator_url is None
    assert file.stat().st_mode & 0o077 == 0
    assert set(json.loads(file.read_text())["profiles"][0]) == {"id", "kind", "name", "url", "ask_key"}
    with pytest.raises(ProfileRefused):
        again.remove(lab.id)
    again.use("local")
    again.remove(lab.id)
    assert Profiles(file).all == (LOCAL, real)
    with pytest.raises(ProfileRefused, match="gone"):
        again.use(lab.id)


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "emulated cloud on this machine"])
def test_a_profile_needs_a_name_of_its_own(file: Path, name: str) -> None:
    with pytest.raises(ProfileRefused):
        Profiles(file).drafted("ibm-cloud", name)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("127.0.0.1:8080", "not an address"),
        ("ftp://127.0.0.1", "not an address"),
        ("http://", "not an address"),
        ("http://127.0.0.1:port", "not an address"),
        ("http://me@127.0.0.1", "not an address"),
        ("https://example.com/?a=b", "not an address"),
        ("http://[::1", "not an address"),
        ("http://example.com", "could be read on its way"),
    ],
)
def test_an_address_that_is_none_or_not_safe_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ProfileRefused, match=reason):
        checked_url(text)


def test_https_may_leave_the_machine() -> None:
    assert checked_url("https://lab.example:8443/path") == "https://lab.example:8443"
    assert checked_url("http://[::1]:8080") == "http://[::1]:8080"


@pytest.mark.parametrize(
    "text",
    [
        "no json",
        "[]",
        '{"active": "x"}',
        '{"active": "x", "profiles": [7, {"kind": "local"}, {"kind": "url", "id": "a", "name": "n", "url": "ftp://a"}]}',
        '{"active": "x", "profiles": [{"kind": "ibm-cloud", "id": "", "name": "n"}]}',
    ],
)
def test_a_file_that_makes_no_sense_counts_as_none(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True)
    file.write_text(text)
    assert Profiles(file).all == (LOCAL,) and Profiles(file).active == LOCAL


def test_a_list_that_cannot_be_written_is_refused_and_nothing_changes(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    profiles = Profiles(tmp_path / "home" / "config" / "profiles.json")
    with pytest.raises(ProfileRefused, match="cannot be written"):
        profiles.add(profiles.drafted("ibm-cloud", "Bank"))
    assert profiles.all == (LOCAL,)


# API keys -------------------------------------------------------------------------


def test_an_api_key_lies_in_the_keyring_until_it_is_forgotten() -> None:
    backend: Any = trusted(Keyring)()
    assert secrets.kept_api_key("lab", backend) is None
    with Secret("an api key"):
        secrets.keep_api_key("lab", Secret("an api key"), backend)
    kept = secrets.kept_api_key("lab", backend)
    assert kept is not None and kept.matches(b"an api key")
    assert not any("an api key" in value for value in backend.kept.values()), "hexadecimal, as sealing keys are"
    secrets.forget_api_key("lab", backend)
    secrets.forget_api_key("lab", backend)
    assert secrets.kept_api_key("lab", backend) is None and backend.kept == {}


@pytest.mark.parametrize("kind", [Forgetful, Clinging, Failing])
def test_a_keyring_that_does_not_keep_its_word_gets_no_api_key(kind: type[Keyring]) -> None:
    with pytest.raises(ApiKeyNotKept) as refused:
        secrets.keep_api_key("lab", Secret("an api key"), trusted(kind)())
    assert "an api key" not in str(refused.value) and "ask for the API key" in refused.value.remedy


def test_an_unknown_keyring_gets_no_api_key() -> None:
    with pytest.raises(ApiKeyNotKept):
        secrets.keep_api_key("lab", Secret("an api key"), trusted(Keyring, "somewhere.Plain")())
