"""`seal.json`: what seals a home. It holds nothing secret."""

import json
from dataclasses import asdict, dataclass

from kyok.durable import write_private
from kyok.paths import Home
from kyok.sealing.errors import SealDamaged
from kyok.sealing.key import PROVIDERS

FORMAT = 1


@dataclass(frozen=True, slots=True)
class SealRecord:
    """`ident` names the home in the keyring; `check` tells whether a key is the one that the home was sealed under."""

    provider: str
    ident: str
    check: str


def read_record(home: Home) -> SealRecord | None:
    """The home's record, None when nothing has sealed it yet.

    Raises:
        SealDamaged: it cannot be read, or things lie in the home that were sealed without it.
    """
    try:
        text = home.seal_json.read_text(encoding="utf-8")
    except FileNotFoundError:
        if _holds_sealed_things(home):
            raise SealDamaged("The data folder holds sealed files, but seal.json is missing.") from None
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise SealDamaged("seal.json cannot be read.") from error
    return _parsed(text)


def _holds_sealed_things(home: Home) -> bool:
    return home.token_key.exists() or (home.hsm.is_dir() and any(home.hsm.iterdir()))


def _parsed(text: str) -> SealRecord:
    try:
        found = json.loads(text)
        version = found["format"]
        values = [found[name] for name in ("provider", "ident", "check")]
    except (ValueError, TypeError, KeyError) as error:
        raise SealDamaged("seal.json is not what this program wrote.") from error
    if isinstance(version, int) and version > FORMAT:
        raise SealDamaged(
            "The data folder was sealed by a newer version of KYOK Console.", "Use that version, or a newer one."
        )
    if version != FORMAT or values[0] not in PROVIDERS or not all(isinstance(value, str) for value in values):
        raise SealDamaged("seal.json is not what this program wrote.")
    return SealRecord(*values)


def write_record(home: Home, record: SealRecord) -> None:
    """Writes `seal.json`: the last step of sealing a new home."""
    write_private(home.seal_json, json.dumps({"format": FORMAT, **asdict(record)}, indent=2).encode())
