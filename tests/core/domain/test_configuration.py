"""Acceptance scenarios 12 and 13 of dbaas.md section 12, as far as they are rules."""

from typing import Any

import pytest

from kyok.domain.configuration import (
    DEFAULTS,
    LOCKS_IN_ALL,
    PARAMETERS,
    ChangeMalformed,
    ChangeRefused,
    checked_parameters,
    checked_sizes,
    lowers,
    maximum,
)
from kyok.domain.databases import Sizes

RAM = 2
SMALL = Sizes(ram=2, disk=5, cpu=1)


def test_every_default_may_be_set() -> None:
    for parameter in PARAMETERS:
        assert checked_parameters({parameter.name: parameter.default}, {}, RAM) == {parameter.name: parameter.default}
        assert parameter.description.endswith(".")


@pytest.mark.parametrize(
    "values",
    [
        {"max_connections": 200},
        {"max_locks_per_transaction": 32},
        {"max_connections": 200, "max_locks_per_transaction": 65},
        {"max_connections": 100, "max_locks_per_transaction": 32},
        {"max_connections": 115, "max_locks_per_transaction": 32},
        {"deadlock_timeout": 100, "shared_buffers": 819},
    ],
)
def test_good_changes_pass(values: dict[str, int]) -> None:
    assert checked_parameters(values, DEFAULTS, RAM) == values


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"max_connections": 200, "max_locks_per_transaction": 32}, "only if both go up or both go down"),
        ({"max_connections": 100, "max_locks_per_transaction": 65}, "only if both go up or both go down"),
        ({"shared_buffers": 820}, "40 % of the RAM: 819 MB of 2 GB"),
        ({"shared_buffers": 15}, "from 16 to 819"),
        ({"deadlock_timeout": 99}, "from 100 to"),
        ({"max_locks_per_transaction": 9}, "from 10 to"),
        ({"max_connections": 500, "max_locks_per_transaction": 5000}, f"{LOCKS_IN_ALL:,} locks in all"),
    ],
)
def test_values_that_are_not_allowed(values: dict[str, int], words: str) -> None:
    with pytest.raises(ChangeRefused) as refused:
        checked_parameters(values, DEFAULTS, RAM)
    assert words in refused.value.summary
    assert "Nothing was changed" in refused.value.remedy


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (None, "must be an object"),
        ([], "must be an object"),
        ({}, "at least one"),
        ({"work_mem": 4}, "no parameter “work_mem”"),
        ({"max_connections": "200"}, "whole number, without a unit"),
        ({"max_connections": 200.0}, "whole number"),
        ({"max_connections": True}, "whole number"),
        ({"deadlock_timeout": 1001, "max_connections": None}, "whole number"),
    ],
)
def test_changes_that_cannot_be_understood(given: Any, words: str) -> None:
    with pytest.raises(ChangeMalformed) as refused:
        checked_parameters(given, DEFAULTS, RAM)
    assert words in refused.value.summary


def test_more_ram_allows_more_buffers() -> None:
    buffers = next(parameter for parameter in PARAMETERS if parameter.name == "shared_buffers")
    assert (maximum(buffers, 2), maximum(buffers, 128)) == (819, 52428)


def test_sizes_that_are_not_named_stay() -> None:
    assert checked_sizes({"cpu": 2}, SMALL, 128) == Sizes(2, 5, 2)
    assert checked_sizes({"memory": "4gib", "storage": "10GiB", "cpu": 1}, SMALL, 128) == Sizes(4, 10, 1)
    assert checked_sizes({"memory": "2GB"}, Sizes(4, 5, 1), 128) == SMALL


@pytest.mark.parametrize(
    ("given", "present", "words"),
    [
        ({"storage": "5GiB"}, Sizes(2, 10, 1), "Disks can only grow: each node has 10 GB now."),
        ({"storage": "3GiB"}, SMALL, "Disk sizes in GB per node are"),
        ({"memory": "7GiB"}, SMALL, "RAM sizes in GB per node are"),
        ({"cpu": 7}, SMALL, "Numbers of vCPUs per node are"),
        ({"cpu": 1}, Sizes(4, 5, 1), "these sizes already"),
        ({"memory": "2GiB"}, Sizes(4, 5, 1), "shared_buffers is 900 MB, which is more than 40 % of 2 GB."),
    ],
)
def test_sizes_that_are_not_allowed(given: dict[str, Any], present: Sizes, words: str) -> None:
    with pytest.raises(ChangeRefused, match=words.replace(".", r"\.")):
        checked_sizes(given, present, 900)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (None, "must be an object"),
        ({}, "must be an object"),
        ({"disk": "5GiB"}, "no size “disk”"),
        ({"cpu": "2"}, "cpu must be a whole number"),
        ({"cpu": True}, "cpu must be a whole number"),
        ({"memory": 4}, "memory must be a text"),
        ({"memory": "lots"}, "memory must be a text"),
    ],
)
def test_sizes_that_cannot_be_understood(given: Any, words: str) -> None:
    with pytest.raises(ChangeMalformed, match=words):
        checked_sizes(given, SMALL, 128)


def test_what_goes_down_is_known() -> None:
    assert lowers({"max_connections": 114}, {})
    assert lowers({"max_connections": 150, "deadlock_timeout": 100}, {"max_connections": 200})
    assert not lowers({"max_connections": 116, "shared_buffers": 16, "deadlock_timeout": 100}, {})
