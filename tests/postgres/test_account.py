"""Under which account servers run."""

import os
import pwd

import pytest

from kyok.postgres.account import ServerAccount, server_account
from kyok.postgres.errors import NoServerAccount

POSTGRES = pwd.struct_passwd(("postgres", "x", 101, 104, "", "/var/lib/postgresql", "/bin/bash"))
ROOT = pwd.struct_passwd(("toor", "x", 0, 0, "", "/root", "/bin/sh"))


@pytest.fixture
def accounts(monkeypatch: pytest.MonkeyPatch) -> dict[str, pwd.struct_passwd]:
    """The accounts of the machine; we are root unless a test says otherwise."""
    known: dict[str, pwd.struct_passwd] = {}
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(pwd, "getpwnam", lambda name: known[name])
    return known


def test_a_user_runs_servers_as_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(os, "getegid", lambda: 1001)
    monkeypatch.setattr(pwd, "getpwuid", lambda uid: pwd.struct_passwd(("ann", "x", uid, 1, "", "/", "/bin/sh")))
    expected = ServerAccount("ann", 1000, 1001, switch=False)
    assert server_account() == expected
    assert server_account("postgres") == expected


def test_a_user_without_a_name_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(uid: int) -> pwd.struct_passwd:
        raise KeyError(uid)

    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    monkeypatch.setattr(pwd, "getpwuid", unknown)
    with pytest.raises(NoServerAccount) as refused:
        server_account()
    assert "12345" in refused.value.summary
    assert "/etc/passwd" in refused.value.remedy


def test_root_takes_the_account_that_distributions_make(accounts: dict[str, pwd.struct_passwd]) -> None:
    accounts["postgres"] = POSTGRES
    assert server_account() == ServerAccount("postgres", 101, 104, switch=True)


def test_root_takes_the_configured_account_first(accounts: dict[str, pwd.struct_passwd]) -> None:
    accounts |= {"postgres": POSTGRES, "nodes": pwd.struct_passwd(("nodes", "x", 990, 991, "", "/", "/bin/false"))}
    assert server_account("nodes") == ServerAccount("nodes", 990, 991, switch=True)


@pytest.mark.parametrize(("configured", "name"), [(None, "postgres"), ("nodes", "nodes")])
def test_root_without_an_account_is_told_the_line_that_makes_it(
    accounts: dict[str, pwd.struct_passwd], configured: str | None, name: str
) -> None:
    assert accounts == {}
    with pytest.raises(NoServerAccount) as refused:
        server_account(configured)
    assert name in refused.value.summary
    assert refused.value.remedy.endswith(f"useradd --system --no-create-home --shell /usr/sbin/nologin {name}")


def test_root_by_another_name_is_refused(accounts: dict[str, pwd.struct_passwd]) -> None:
    accounts["toor"] = ROOT
    with pytest.raises(NoServerAccount, match="toor is root"):
        server_account("toor")
