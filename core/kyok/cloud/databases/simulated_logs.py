"""The log files of a simulated node: the documented names, and the truth about their content."""

from datetime import UTC, datetime, time

from kyok.postgres.logs import LogFile

NOTE = b"This node is simulated: it runs no database server, so it keeps no server log.\n"
NAMES = ("postgresql.log", "audit.log")


class SimulatedLogs:
    """Satisfies `NodeLogs`."""

    def files(self) -> list[LogFile]:
        """Today's two files."""
        today = datetime.combine(datetime.now(UTC).date(), time(), UTC)
        return [LogFile(name, len(NOTE), today) for name in NAMES]

    def read(self, name: str) -> bytes | None:
        """One line."""
        return NOTE if name in NAMES else None
