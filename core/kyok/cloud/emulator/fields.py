"""Reads members of request bodies of the private API, which takes no unknown ones."""

from collections.abc import Mapping
from typing import Any

from kyok.cloud.emulator.errors import BadValue, UnknownField


def only(body: Mapping[str, Any], *known: str) -> None:
    """Raises `UnknownField` for a member that is not one of these."""
    unknown = sorted(set(body) - set(known))
    if unknown:
        raise UnknownField(f"The field “{unknown[0][:60]}” is not known here.")


def number(body: Mapping[str, Any], name: str, low: float, high: float) -> float:
    """A number in a range. Raises `BadValue`."""
    value = body.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise BadValue(f"{name} must be a number from {low:g} to {high:g}.")
    return float(value)


def whole(body: Mapping[str, Any], name: str, low: int, high: int) -> int:
    """A whole number in a range. Raises `BadValue`."""
    value = number(body, name, low, high)
    if value != int(value):
        raise BadValue(f"{name} must be a whole number.")
    return int(value)


def text(body: Mapping[str, Any], name: str) -> str:
    """A text that is not empty. Raises `BadValue`."""
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise BadValue(f"{name} must be a text.")
    return value
