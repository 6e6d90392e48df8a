"""Times of the private API: RFC 3339 with milliseconds, null for what has not come."""

from datetime import datetime

from kyok.cloud.store.times import moment, rfc3339_ms


def wire(when: datetime | None) -> str | None:
    """The wire form of a moment."""
    return None if when is None else rfc3339_ms(when)


def wire_ms(value: int | None) -> str | None:
    """The wire form of a database value."""
    return None if value is None else rfc3339_ms(moment(value))
