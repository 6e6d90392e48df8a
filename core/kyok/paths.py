"""Where things lie: the home of a cloud, and the resources that the product ships."""

import errno
import os
from functools import cache
from pathlib import Path

from kyok.domain.translation import tr
from kyok.errors import KyokError

PRIVATE = 0o700
_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})


class HomeNotUsable(KyokError):
    """The data folder cannot be made or written."""

    summary = "The data folder cannot be used."
    remedy = "Choose a folder that you may write, with --home or the variable KYOK_HOME."


class DiskRefused(HomeNotUsable):
    """The system refuses a file of the data folder while it is in use."""

    @classmethod
    def of(cls, error: OSError) -> "DiskRefused":
        """In words, with the file's name where it is known."""
        if error.errno in _FULL:
            return cls(tr("The disk that holds the data folder is full."), tr("Free some space on it, then try again."))
        name = tr("The file {filename}", filename=error.filename) if error.filename else tr("A file of the data folder")
        reason = (error.strerror or type(error).__name__).lower()
        return cls(
            tr("{name} cannot be used: {reason}.", name=name, reason=reason),
            tr("See that you may read and write all that lies in the folder."),
        )


class Home:
    """The data folder of one emulated cloud. Nothing outside it is written."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.database = root / "cloud.sqlite"
        self.hsm = root / "hsm"
        self.databases = root / "databases"
        self.snapshots = root / "snapshots"
        self.config = root / "config"
        self.serve_json = root / "serve.json"
        self.api_key_file = root / "api-key"
        self.lock = root / "lock"
        self.log = root / "kyok.log"
        self.seal_json = root / "seal.json"
        self.seal = root / "seal.bin"
        self.seal_attempts = root / "seal-attempts.json"
        self.seal_attempts_copy = root / "seal-attempts.2.json"
        self.demo_secret = root / "insecure-demo-secret"
        self.token_key = root / "token-key.bin"

    def prepare(self) -> None:
        """Makes the folders, for the owner only.

        Raises:
            HomeNotUsable: a folder cannot be made, or not be written.
        """
        try:
            for folder in (self.root, self.hsm, self.databases):
                folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
            probe = self.root / f".probe-{os.getpid()}"
            probe.write_bytes(b"")
            probe.unlink()
        except OSError as error:
            reason = (error.strerror or tr("it cannot be written")).lower()
            raise HomeNotUsable(
                tr("The data folder {root} cannot be used: {reason}.", root=self.root, reason=reason)
            ) from error

    def entries(self) -> list[Path]:
        """Everything that the program keeps in a home, whether it is there or not."""
        sqlite = [self.database, *(self.database.with_name(self.database.name + end) for end in ("-wal", "-shm"))]
        logs = [self.log, *(self.log.with_name(f"{self.log.name}.{number}") for number in (1, 2))]
        return [
            *sqlite,
            *logs,
            self.hsm,
            self.databases,
            self.snapshots,
            *(self.root / name for name in (".coming", ".arriving", ".leaving", ".export")),
            self.config,
            self.serve_json,
            self.api_key_file,
            self.seal_json,
            self.seal,
            self.seal_attempts,
            self.seal_attempts_copy,
            self.demo_secret,
            self.token_key,
            self.lock,
        ]


def default_home() -> Path:
    """KYOK_HOME, else the platform's folder for application data."""
    given = os.environ.get("KYOK_HOME")
    if given:
        return Path(given)
    import platformdirs

    return Path(platformdirs.user_data_dir("kyok-console", appauthor=False))


@cache
def resources() -> Path:
    """The folder of icons, fonts, theme tokens and scenarios: in a checkout, else inside the package."""
    checkout = Path(__file__).parents[2] / "resources"
    return checkout if checkout.is_dir() else Path(__file__).parent / "resources"
