"""What may be changed of a database cluster: parameters of the servers, and sizes.

Source: reference/dbaas.md sections 3.3, 4.2 and 4.6. Where that gives no bound it is PostgreSQL's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kyok.domain import databases
from kyok.domain.databases import Sizes
from kyok.domain.translation import noted, tr
from kyok.errors import KyokError

BUFFERS_SHARE = 40
"""Percent of a node's RAM that the shared buffers may take."""
LOCKS_IN_ALL = 1_000_000
"""Locks that a server has room for at most, ours: each takes some 270 bytes, and three servers share this machine."""
MB_IN_GB = 1024


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter that a customer may change: whole numbers without unit."""

    name: str
    default: int
    minimum: int
    maximum: int
    restart: bool
    """Whether the servers must be restarted for it."""
    description: str


PARAMETERS: tuple[Parameter, ...] = (
    Parameter("deadlock_timeout", 1000, 100, 2147483647, False, noted("Milliseconds before looking for a deadlock.")),
    Parameter("max_connections", 115, 20, 10_000, True, noted("Most concurrent connections.")),
    Parameter("max_locks_per_transaction", 64, 10, 10_000, True, noted("Locks per transaction, on average.")),
    Parameter("max_prepared_transactions", 0, 0, 10_000, True, noted("Most transactions prepared at the same time.")),
    Parameter("shared_buffers", 128, 16, 1048576, True, noted("Shared memory buffers in MB, at most 40 % of the RAM.")),
)
_BY_NAME: Mapping[str, Parameter] = {parameter.name: parameter for parameter in PARAMETERS}
DEFAULTS: Mapping[str, int] = {parameter.name: parameter.default for parameter in PARAMETERS}
_PAIR = ("max_connections", "max_locks_per_transaction")
_SIZES = {"cpu": "cpu", "memory": "ram", "storage": "disk"}


class ChangeMalformed(KyokError):
    """A change that cannot be understood: unknown names, values of another type."""

    summary = "The request does not say what is to be changed."
    remedy = "Send the members that the documentation of the service names, and no others."


class ChangeRefused(KyokError):
    """A change to values that are not allowed."""

    summary = "These values are not allowed."
    remedy = "Nothing was changed. Choose values within the limits of the service."


def maximum(parameter: Parameter, ram: int) -> int:
    """The highest value of a parameter on nodes with that much RAM, in GiB."""
    return ram * MB_IN_GB * BUFFERS_SHARE // 100 if parameter.name == "shared_buffers" else parameter.maximum


def checked_parameters(given: object, present: Mapping[str, int], ram: int) -> dict[str, int]:
    """The new values of a request, when all of them may be set. `ram` is a node's, in GiB.

    Raises:
        ChangeMalformed, ChangeRefused: with the first thing that is wrong; nothing is to be changed then.
    """
    if not isinstance(given, Mapping) or not given:
        raise ChangeMalformed(tr("The member “configuration” must be an object with at least one parameter."))
    values = {name: _whole(name, value) for name, value in given.items()}
    for name, value in values.items():
        _require_within(_BY_NAME[name], value, ram)
    directions = {_sign(values[name] - present.get(name, DEFAULTS[name])) for name in _PAIR if name in values}
    if directions >= {1, -1}:
        raise ChangeRefused(
            tr(
                "max_connections and max_locks_per_transaction can be set in one change only if both go up or "
                "both go down."
            ),
            tr("Nothing was changed. Make two changes, one after the other."),
        )
    _require_room_for_locks({**DEFAULTS, **present, **values})
    return values


def checked_sizes(given: object, present: Sizes, buffers: int) -> Sizes:
    """The sizes that a request asks for; those it does not name stay. `buffers`: the shared buffers in MB.

    Raises:
        ChangeMalformed, ChangeRefused: with the first thing that is wrong; nothing is to be changed then.
    """
    if not isinstance(given, Mapping) or not given:
        raise ChangeMalformed(tr("The member “resource” must be an object with cpu, memory or storage."))
    wanted = {"ram": present.ram, "disk": present.disk, "cpu": present.cpu}
    for name, value in given.items():
        wanted[_size_name(name)] = _size(name, value)
    for what, value in wanted.items():
        if sentence := databases.size_problem(what, value):
            raise ChangeRefused(sentence)
    if wanted["disk"] < present.disk:
        raise ChangeRefused(
            tr("Disks can only grow: each node has {disk} GB now.", disk=present.disk),
            tr("Nothing was changed. Choose the same size or a larger one."),
        )
    if buffers > maximum(_BY_NAME["shared_buffers"], wanted["ram"]):
        raise ChangeRefused(
            tr(
                "shared_buffers is {buffers} MB, which is more than {buffers_share} % of {ram} GB.",
                buffers=buffers,
                buffers_share=BUFFERS_SHARE,
                ram=wanted["ram"],
            ),
            tr("Nothing was changed. Lower shared_buffers first, or keep more RAM."),
        )
    made = Sizes(**wanted)
    if made == present:
        raise ChangeRefused(tr("The instance has these sizes already."))
    return made


def lowers(values: Mapping[str, int], present: Mapping[str, int]) -> bool:
    """Whether a change lowers a value that PostgreSQL wants at least as high on standbys as on the primary."""
    return any(
        values[name] < present.get(name, DEFAULTS[name])
        for name in (*_PAIR, "max_prepared_transactions")
        if name in values
    )


def _whole(name: str, value: Any) -> int:
    if name not in _BY_NAME:
        known = ", ".join(_BY_NAME)
        raise ChangeMalformed(
            tr("There is no parameter “{name}” to change: there are {known}.", name=str(name)[:60], known=known)
        )
    if isinstance(value, bool) or not isinstance(value, int):
        raise ChangeMalformed(tr("{name} must be a whole number, without a unit.", name=name))
    return value


def _require_within(parameter: Parameter, value: int, ram: int) -> None:
    highest = maximum(parameter, ram)
    if parameter.minimum <= value <= highest:
        return
    if parameter.name == "shared_buffers" and value > highest:
        raise ChangeRefused(
            tr(
                "shared_buffers is at most {buffers_share} % of the RAM: {highest} MB of {ram} GB.",
                buffers_share=BUFFERS_SHARE,
                highest=highest,
                ram=ram,
            )
        )
    raise ChangeRefused(
        tr(
            "{name} must be from {minimum} to {highest}.",
            name=parameter.name,
            minimum=f"{parameter.minimum:,}",
            highest=f"{highest:,}",
        )
    )


def _require_room_for_locks(values: Mapping[str, int]) -> None:
    sessions = values["max_connections"] + values["max_prepared_transactions"]
    if sessions * values["max_locks_per_transaction"] > LOCKS_IN_ALL:
        raise ChangeRefused(
            tr(
                "{sessions} connections and prepared transactions with {max_locks_per_transaction} locks "
                "each are more than {locks_in_all} locks in all.",
                sessions=f"{sessions:,}",
                max_locks_per_transaction=f"{values['max_locks_per_transaction']:,}",
                locks_in_all=f"{LOCKS_IN_ALL:,}",
            )
        )


def _sign(difference: int) -> int:
    return (difference > 0) - (difference < 0)


def _size_name(name: str) -> str:
    if name not in _SIZES:
        raise ChangeMalformed(tr("There is no size “{name}”: there are cpu, memory and storage.", name=str(name)[:60]))
    return _SIZES[name]


def _size(name: str, value: Any) -> int:
    if name == "cpu":
        if isinstance(value, bool) or not isinstance(value, int):
            raise ChangeMalformed(tr("cpu must be a whole number."))
        return value
    gib = databases.parse_size(value) if isinstance(value, str) else None
    if gib is None:
        raise ChangeMalformed(tr("{name} must be a text like “2GiB”, in whole GiB.", name=name))
    return gib
