"""What can be wrong with servers, their programs and their volumes."""

from kyok.errors import KyokError


class PostgresError(KyokError):
    """Any of them."""

    summary = "The database servers could not do this."
    remedy = "Look at the node's log and at `kyok doctor`."


class NoPrograms(PostgresError):
    """PostgreSQL is not installed, or what is installed does not run."""

    summary = "No usable PostgreSQL was found on this machine."
    remedy = "Run `kyok doctor`: it names what is missing and the line that installs it."


class NoServerAccount(PostgresError):
    """PostgreSQL refuses to run as root, and there is no account to run it under."""

    summary = "PostgreSQL does not run as root, and there is no account for it."
    remedy = "Make one: useradd --system --no-create-home --shell /usr/sbin/nologin postgres"


class ProgramFailed(PostgresError):
    """A program ended with an error; the summary holds its last words."""

    summary = "A program of PostgreSQL failed."


class VolumeError(PostgresError):
    """A volume could not be made, opened or sealed."""

    summary = "The node's volume could not be used."


class WrongVolumeKey(VolumeError):
    """The volume does not open with this data key, or was changed."""

    summary = "The node's volume does not open: the key is not its own, or it was changed."
    remedy = "Restore a backup into a new instance."


class VolumeMissing(VolumeError):
    """There is no volume where one should be."""

    summary = "The volume of this node is missing."
    remedy = "The node is made again from the primary when that runs; else restore a backup."


class NoRoom(VolumeError):
    """Disk or memory is too small."""

    summary = "There is not enough room for the node's volume."
    remedy = "Free some space, then try again."


class PortsTaken(PostgresError):
    """No port could be bound for a server."""

    summary = "No free port was found for a database server."
    remedy = "End the programs that hold the ports, or restart the instance later."
