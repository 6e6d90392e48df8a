"""A scenario file is read to its end before anything happens, and a mistake in it is named with its place."""

import json
from typing import Any

import pytest

from kyok.cloud.emulator.errors import ScenarioInvalid, ScenarioNotFound
from kyok.cloud.scenarios import library
from kyok.cloud.scenarios.loading import described
from kyok.cloud.scenarios.reading import read

HEAD = {"format": "kyok-scenario/1", "title": "Mine"}
STANDARD = {"name": "k1", "type": "standard"}
ALIASED = {"name": "k1", "aliases": ["main"]}
HOLDER = {"name": "acme-hpcs", "keys": [{"name": "ledger-root"}]}


def content(**parts: Any) -> bytes:
    return json.dumps({**HEAD, **parts}, indent=1).encode()


def refusal(data: bytes) -> str:
    with pytest.raises(ScenarioInvalid) as refused:
        read(data)
    return refused.value.summary


def test_every_shipped_scenario_is_good_and_says_what_it_makes() -> None:
    names = [each.name for each in library.shipped()]
    assert names[:2] == ["empty-account", "walk-done"]
    for each in library.shipped():
        told = described(each.content())
        assert (told["title"], told["summary"]) == (each.title, each.summary)
        assert each.summary.endswith(".")
    large = described(library.named("ten-thousand-keys").content())
    assert (large["keys"], large["key_services"] + large["databases"]) == (10_110, 200)
    with pytest.raises(ScenarioNotFound):
        library.named("../secrets")


def test_what_is_repeated_is_written_out_with_its_number() -> None:
    keys = [{"name": "app-{n:03}", "repeat": 12, "tags": ["t{n}"]}]
    database = {"name": "db-{n}", "repeat": 2, "key": "acme-hpcs/app-{n:03}"}
    _, made = read(content(key_services=[{"name": "acme-hpcs", "keys": keys}], databases=[database]))
    (holder,) = made.holders
    assert [key.name for key, _ in holder.keys][::11] == ["app-001", "app-012"]
    assert holder.keys[4][0].tags == ["t5"]
    assert [(each.name, each.key) for each, _ in made.databases] == [
        ("db-1", "acme-hpcs/app-001"),
        ("db-2", "acme-hpcs/app-002"),
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "ends too early"),
        (b'{"format": "kyok-scenario/1",\n "title" oops}', "Line 2, column 10: this is not JSON."),
        (b"\xff\xfe", "UTF-8"),
        (b"[]", "An object in braces is expected, not a list."),
        (b"{}", "The field “format” is missing."),
        (b'{"format": "kyok-scenario/9", "title": "x"}', "Line 1, format: The format “kyok-scenario/9” is not known"),
        (content(keys=[]), "Line 4, keys: There is no field “keys” here."),
        (content(title=""), "Line 3, title: A text that is not empty is expected."),
        (
            content(key_services=[HOLDER, {"name": "x", "units": "two"}]),
            "key_services[1].units: A whole number is expected, not a text.",
        ),
        (
            content(key_services=[{"name": "a", "keys": [{"name": "k1", "rotations": -1}]}]),
            "key_services[0].keys[0].rotations: A whole number from 0 is expected.",
        ),
        (content(key_services=[{"name": "a", "service": "vault"}]), "“vault” is none of the values"),
    ],
)
def test_a_file_of_the_wrong_shape_says_where(data: bytes, words: str) -> None:
    assert words in refusal(data)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (
            {"key_services": [HOLDER, HOLDER]},
            "key_services[1].name: There are two instances with the name “acme-hpcs”.",
        ),
        ({"key_services": [{"name": "a", "keys": [{"name": "k"}]}]}, "keys[0].name: A key name has 2 to 90"),
        ({"key_services": [{"name": "a", "region": "mars"}]}, "region: “mars” is no region of this service."),
        ({"key_services": [{"name": "a", "resource_group": "x"}]}, "The file has no resource group “x”."),
        ({"key_services": [{"name": "a", "initialized": False, "keys": [{"name": "k1"}]}]}, "holds no key"),
        ({"key_services": [{"name": "a", "keys": [{"name": "k1", "repeat": 2}]}]}, "needs a number in its name"),
        ({"key_services": [{"name": "a{n}", "repeat": 1001}]}, "at most 1,000 service instances"),
        ({"key_services": [{"name": "a", "keys": [{"name": "k{n}", "repeat": 100_000}] * 2}]}, "at most 100,000 keys"),
        ({"key_services": [{"name": "a", "keys": [{**STANDARD, "rotations": 1}]}]}, "rotated"),
        ({"key_services": [{"name": "a", "keys": [{**STANDARD, "state": "disabled"}]}]}, "disabled"),
        (
            {"key_services": [{"name": "a", "keys": [ALIASED, {**ALIASED, "name": "k2"}]}]},
            "“main” belongs to the key “k1”",
        ),
        (
            {"key_services": [{"name": "a", "keys": [{"name": "k{n}", "repeat": 2, "aliases": ["main"]}]}]},
            "“main” belongs",
        ),
        ({"key_services": [{"name": "a", "keys": [{**ALIASED, "aliases": ["x1"] * 2}]}]}, "given twice"),
        (
            {"databases": [{"name": "db", "key": "nowhere/k1"}]},
            "databases[0].key: The file has no root key “now",
        ),
        ({"databases": [{"name": "db", "cpu": 7}]}, "databases[0].cpu: The value is one of: 1, 2,"),
        ({"databases": [{"name": "db", "admin_name": "postgres"}]}, "kept for the service itself"),
        ({"databases": [{"name": "db", "plan": "gold"}]}, "databases[0].plan: The service has no plan “gold”."),
        ({"databases": [{"name": "d/b"}]}, "databases[0].name: A service name has only"),
        ({"authorizations": [{"target_instance": "nowhere"}]}, "The file has no instance “nowhere”."),
        ({"authorizations": [{"source": "kms"}]}, "cannot be authorized to use"),
        ({"key_services": [HOLDER], "authorizations": [{"source_instance": "acme-hpcs"}]}, "of another service"),
        ({"title": "Mi\u202ene"}, "Line 3, title: A scenario title has no control characters."),
        ({"title": "Mi\0ne"}, "Line 3, title: A scenario title has no control characters."),
        ({"users": [{"email": "anna"}]}, "users[0].email: A user needs an email address."),
        ({"users": [{"email": "a@b.example", "roles": [{"role": "King"}]}]}, "There is no role “King”"),
        ({"users": [{"email": "a@b.example", "roles": [{"role": "Reader", "service": "x"}]}]}, "no service “x”"),
        ({"settings": {"grace_seconds": -1}}, "settings: Grace period must be from 0"),
        ({"settings": {"password": "x"}}, "There is no setting “password”."),
        ({"faults": [{"kind": "zone-cut"}]}, "needs the field “zone”"),
        ({"faults": [{"kind": "zone-cut", "zone": "mars-1"}]}, "There is no zone “mars-1”."),
        ({"faults": [{"kind": "hsm-cut", "instance": "x"}]}, "The file has no instance “x”."),
        ({"faults": [{"kind": "errors", "percent": 5, "node": 1}]}, "A fault of kind errors has no node."),
    ],
)
def test_a_file_that_makes_no_sense_says_where(parts: dict[str, Any], words: str) -> None:
    told = refusal(content(**parts))
    assert words in told
    assert told.startswith(("Line ", "A scenario has at most"))


TWO_PEOPLE = {"name": "one", "dual_authorization": True, "deletion_authorized_by": "anna@acme.example"}
OTHER = {"name": "other", "service": "kms"}


@pytest.mark.parametrize(
    ("role", "good"),
    [
        ({"role": "Manager"}, True),
        ({"role": "Writer", "service": "hs-crypto"}, True),
        ({"role": "Manager", "service": "hs-crypto", "instance": "a"}, True),
        ({"role": "Reader"}, False),
        ({"role": "Administrator"}, False),
        ({"role": "Manager", "service": "kms"}, False),
        ({"role": "Manager", "service": "kms", "instance": "other"}, False),
        (None, False),
    ],
)
def test_who_authorized_a_deletion_has_the_role_for_it(role: dict[str, str] | None, good: bool) -> None:
    anna = {"email": "anna@acme.example", "roles": [role] if role else []}
    file = content(users=[anna], key_services=[{"name": "a", "keys": [TWO_PEOPLE]}, OTHER])
    if good:
        read(file)
        return
    told = refusal(file)
    place = "key_services[0].keys[0].deletion_authorized_by"
    assert f", {place}: The user “anna@acme.example” needs the Writer or Manager role on “a”." in told
    assert told.startswith("Line ")


HPCS = {"key_services": [{"name": "a"}]}


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"resource_groups": ["x", "x"]}, "resource_groups[1]: The resource group is there twice."),
        ({"resource_groups": ["Default"]}, "resource_groups[0]: The resource group “Default” is there always."),
        ({"resource_groups": ["<b>"]}, "resource_groups[0]: A resource group has a name of 1 to 40"),
        ({"resource_groups": ["g" * 41]}, "resource_groups[0]: A resource group has a name of 1 to 40"),
        ({"users": [{"email": "ben@"}]}, "users[0].email: A user needs an email address."),
        ({"users": [{"email": "b@c", "name": "x" * 241}]}, "users[0].name: A name has at most 240 characters."),
        (
            {**HPCS, "users": [{"email": "b@c", "roles": [{"role": "Manager", "instance": "a"}]}]},
            "users[0].roles[0]: A role on one instance names its service, too.",
        ),
        ({"key_services": [{"name": "a", "key_rings": ["r1", "r1"]}]}, "key_rings[1]: The key ring is there twice."),
        (
            {"key_services": [{"name": "a", "key_rings": [f"r-{n}" for n in range(51)]}]},
            "key_rings: An instance has at most 50 key rings.",
        ),
        (
            {"key_services": [{"name": "a", "ceremony": {"signature_threshold": 3, "administrators": ["x", "y"]}}]},
            "ceremony.signature_threshold: With 2 administrators it can be 1 to 2.",
        ),
        (
            {"key_services": [{"name": "a", "ceremony": {"administrators": ["x", "X"]}}]},
            "ceremony.administrators: Two administrators have the same name.",
        ),
        (
            {**HPCS, "authorizations": [{"target_instance": "a"}, {"target_instance": "a", "target": "hs-crypto"}]},
            "authorizations[1]: The same authorization is there twice.",
        ),
        (
            {**HPCS, "authorizations": [{"target_instance": "a", "role": "Manager"}]},
            "authorizations[0].role: The role “Manager” is not offered for this pair.",
        ),
        ({"faults": [{"kind": "latency", "milliseconds": -5}]}, "milliseconds: The value is from 1 to 30,000."),
        ({"faults": [{"kind": "latency", "milliseconds": 30_001}]}, "milliseconds: The value is from 1 to 30,000."),
        ({"faults": [{"kind": "errors", "percent": 101}]}, "percent: The value is from 1 to 100."),
        (
            {"databases": [{"name": "d"}], "faults": [{"kind": "node-stop", "database": "d", "node": 4}]},
            "node: The value is from 1 to 3.",
        ),
        (
            {"faults": [{"kind": "latency", "milliseconds": 5}, {"kind": "latency", "milliseconds": 6}]},
            "faults[1]: The same thing is broken twice.",
        ),
    ],
)
def test_what_a_service_would_refuse_is_said_before_the_former_state_goes(parts: dict[str, Any], words: str) -> None:
    assert words in refusal(content(**parts))
