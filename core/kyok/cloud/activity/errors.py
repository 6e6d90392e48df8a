"""What reading the activity log refuses."""

from kyok.errors import KyokError


class EventNotFound(KyokError):
    """There is no such event that the caller may read."""

    summary = "There is no activity event with this id."
    remedy = "List the events; a reset of the cloud empties the log."


class EventQueryInvalid(KyokError):
    """A filter of the log has a value that it cannot have."""

    summary = "A filter of the activity log is not valid."
    remedy = "Correct the query parameter."
