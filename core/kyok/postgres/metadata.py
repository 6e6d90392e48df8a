"""What a cluster remembers outside its volumes: which programs and driver, which ports, who led last. No secret."""

from pathlib import Path

import msgspec

from kyok.durable import Disk, write_private
from kyok.paths import DiskRefused
from kyok.postgres.errors import PostgresError

FILE = "cluster.json"


class MetadataDamaged(PostgresError):
    """The file cannot be read."""

    summary = "The file cluster.json of a database instance cannot be read."
    remedy = "Restore the data folder from a copy, or delete the instance."


class NotWrittenDown(PostgresError):
    """The file cannot be written: what it was to remember must not be done."""


class Metadata(msgspec.Struct, kw_only=True):
    """The content of `cluster.json`."""

    driver: str
    """Kind of volume: `gocryptfs`, `ram-sealed` or `sealed-on-stop`."""
    programs: str
    """Folder of the programs that the data belongs to: a data folder never changes its major version by itself."""
    version: str
    """Version of the server, as `15.18`."""
    tls: bool
    port: int
    """The stable port of the instance: it never changes once it was `used`."""
    used: bool = False
    ports: dict[int, int]
    """Port of each node's server."""
    admin: str
    verifier: str
    """The administrator's password as PostgreSQL keeps it (SCRAM); the password itself is nowhere."""
    made: bool = False
    """Whether the data was ever made: until then whatever lies in the volumes is worthless."""
    seeded: bool = False
    """Whether a backup makes it: until that came, nothing is made."""
    primary: int = 0
    """The node that led last; 0 before the first."""
    authority: str = ""
    """The certificate of the instance's certificate authority, PEM."""
    parameters: dict[str, int] = {}


def read(folder: Path) -> Metadata | None:
    """The metadata of an instance folder; None where no real servers are.

    Raises:
        MetadataDamaged: there is a file that cannot be read.
    """
    file = folder / FILE
    try:
        return msgspec.json.decode(file.read_bytes(), type=Metadata)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError) as error:
        raise MetadataDamaged() from error


def write(folder: Path, metadata: Metadata) -> None:
    """Makes the metadata durable; the old one stays whole until then."""
    Disk().make_folder(folder)
    write_private(folder / FILE, msgspec.json.encode(metadata))


def changed(folder: Path, metadata: Metadata, **changes: object) -> Metadata:
    """The metadata with changes, which are durable by then: nobody acts on what a restart would not find.

    Raises:
        NotWrittenDown: nothing is changed.
    """
    made = msgspec.structs.replace(metadata, **changes)
    try:
        write(folder, made)
    except OSError as error:
        said = DiskRefused.of(error)
        raise NotWrittenDown(said.summary, said.remedy) from error
    return made


def remove(folder: Path) -> None:
    """Forgets a cluster, durably; its volumes are gone by then."""
    (folder / FILE).unlink(missing_ok=True)
    if folder.is_dir():
        Disk().sync_folder(folder)
