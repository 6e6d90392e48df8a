"""What keeping and replacing whole states refuses, and why."""

from kyok.errors import KyokError


class StateBusy(KyokError):
    """Another whole state is being made or put in place."""

    summary = "The whole state is being copied, loaded or replaced already."
    remedy = "Wait until that is done."


class CannotReplace(KyokError):
    """This process serves one state only."""

    summary = "This cloud cannot replace its state while it runs."
    remedy = "Use `kyok serve`."


class SnapshotNotFound(KyokError):
    """There is no such snapshot (any more)."""

    summary = "There is no snapshot with this id."
    remedy = "List the snapshots. They go when a key is purged or an instance is deleted for good."


class SnapshotDamaged(KyokError):
    """A snapshot is not whole."""

    summary = "This snapshot is damaged."
    remedy = "Nothing was changed. Delete it, and return to another one."


class TooManySnapshots(KyokError):
    """No more snapshots are kept."""

    summary = "There are 20 snapshots already."
    remedy = "Delete one first."


class DiskTooFull(KyokError):
    """A copy would not fit on the disk."""

    summary = "There is not enough room on the disk for a copy of the state."
    remedy = "Free some space, or delete snapshots."


class ExportRefused(KyokError):
    """The file cannot be written there."""

    summary = "The export cannot be written there."
    remedy = "Name a file that does not exist yet, in a folder that you may write."


class NotAnExport(KyokError):
    """The file is something else."""

    summary = "This file is no export of KYOK Console."
    remedy = "Choose a file that “Export” or `kyok export` wrote. Nothing was changed."


class ExportNewer(NotAnExport):
    """A newer program wrote it."""

    summary = "A newer version of KYOK Console wrote this export."
    remedy = "Use that version, or a newer one. Nothing was changed."


class ExportDamaged(NotAnExport):
    """Its content does not open."""

    summary = "The export is damaged or cut short."
    remedy = "Use another copy of the file. Nothing was changed."


class WrongExportPassphrase(KyokError):
    """The passphrase does not open it."""

    summary = "The passphrase does not open this export, or the file's head is damaged."
    remedy = "Give the passphrase that it was written with. Nothing was changed."


class HomeNotEmpty(KyokError):
    """There is a state already."""

    summary = "The data folder holds a cloud already."
    remedy = "Say --replace to put the imported state in its place, or choose another folder with --home."
