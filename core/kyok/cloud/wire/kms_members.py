"""JSON objects of requests, as tolerant as IBM's service: names in any case, `null` is not given (kms-api.md 1.2)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kyok.cloud.keys.errors import BadBody, InvalidField
from kyok.cloud.keys.list_query import instant


class Members:
    """The members of a JSON object by name, in any case."""

    def __init__(self, value: Mapping[str, Any]) -> None:
        self._values = {name.lower(): member for name, member in value.items()}

    def __bool__(self) -> bool:
        return bool(self._values)

    def get(self, name: str) -> Any:
        """The member as it came, or None."""
        return self._values.get(name.lower())

    def members(self, name: str) -> "Members | None":
        """An object; None when it is not given.

        Raises:
            InvalidField: it is something else.
        """
        value = self.get(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise InvalidField(f"{name} must be an object.", target=name)
        return Members(value)

    def only(self, *names: str) -> None:
        """Refuses members of other names, where the service does.

        Raises:
            BadBody: the message names one.
        """
        unknown = set(self._values) - {name.lower() for name in names}
        if unknown:
            raise BadBody(f"The body has an unknown field “{min(unknown)[:90]}”.")

    def number(self, name: str) -> int | None:
        """A whole number; None when it is not given.

        Raises:
            InvalidField: it is something else.
        """
        value = self.get(name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise InvalidField(f"{name} must be a whole number.", target=name)
        return value

    def text(self, name: str) -> str | None:
        """A text; None when it is not given.

        Raises:
            InvalidField: it is something else.
        """
        value = self.get(name)
        if value is not None and not isinstance(value, str):
            raise InvalidField(f"{name} must be a text.", target=name)
        return value

    def flag(self, name: str) -> bool | None:
        """A truth value; None when it is not given.

        Raises:
            InvalidField: it is something else.
        """
        value = self.get(name)
        if value is not None and not isinstance(value, bool):
            raise InvalidField(f"{name} must be true or false.", target=name)
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; empty when it is not given.

        Raises:
            InvalidField: it is something else.
        """
        value = self.get(name)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise InvalidField(f"{name} must be a list of texts.", target=name)
        return tuple(value)

    def moment(self, name: str) -> datetime | None:
        """A date and time; None when it is not given.

        Raises:
            InvalidField: it is something else.
        """
        text = self.text(name)
        if not text:
            return None
        value = instant(text)
        if value is None:
            raise InvalidField(f"{name} must be an RFC 3339 date and time.", target=name)
        return value
