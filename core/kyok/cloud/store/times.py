"""Times in the database (milliseconds since 1970 UTC), in code (aware datetimes) and on the wire (RFC 3339)."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def milliseconds(moment: datetime) -> int:
    """The database form of an aware datetime; what is below a millisecond is cut."""
    return (moment - _EPOCH) // _MILLISECOND


def moment(value: int) -> datetime:
    """The aware datetime of a database value."""
    return _EPOCH + value * _MILLISECOND


def rfc3339(when: datetime) -> str:
    """Second precision and `Z`, as the key management service writes it: 2031-04-05T06:07:08Z."""
    return when.astimezone(UTC).isoformat(timespec="seconds")[:19] + "Z"


def rfc3339_ms(when: datetime) -> str:
    """Millisecond precision and `Z`, as IAM and the resource controller write it."""
    return when.astimezone(UTC).isoformat(timespec="milliseconds")[:23] + "Z"


def wire_time(value: int | None) -> str | None:
    """The second-precision wire form of a database value, None stays None."""
    return None if value is None else rfc3339(moment(value))
