"""`kyok export` and `kyok import`: the whole state of a data folder that no cloud uses now, as one sealed file.

The passphrase comes through a descriptor, from the file that KYOK_PASSPHRASE_FILE names, or from whom a terminal asks.
It opens the export; where the data folder is sealed by a passphrase, it is the same one.
"""

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from kyok.cloud.reset import CloudIsRunning, NotAHome
from kyok.domain.texts import plural
from kyok.errors import KyokError
from kyok.home_lock import held
from kyok.paths import Home, default_home
from kyok.sealing.key import INSECURE_DEMO, KEYRING, SealingKey
from kyok.sealing.record import read_record
from kyok.secrets import PASSPHRASE_FILE_VARIABLE, Secret, open_sealing_key, read_passphrase


class PassphraseNeeded(KyokError):
    """An export is sealed by a passphrase, and none was given."""

    summary = "An export is sealed by a passphrase, and none was given."
    remedy = "Give it with --passphrase-fd N, or in a file that KYOK_PASSPHRASE_FILE names."


class PassphrasesDiffer(KyokError):
    """Somebody typed two different passphrases."""

    summary = "The two passphrases are not the same, so nothing was written."
    remedy = "Run the command again."


def export_command(arguments: list[str]) -> str:
    """Writes the file; what to say of it."""
    from kyok.cloud.keeping import exporting, replacing

    given = _parsed("export", "Write the whole state into one sealed file.", arguments)
    home = Home(given.home or default_home())
    if not home.database.exists():
        raise NotAHome("There is no cloud in this data folder.")
    with _alone(home), _passphrase(given, _asks_for_export(home)) as passphrase:
        replacing.settle(home)
        sealing = _opened(home, passphrase)
        about = exporting.export(home, sealing, given.file, passphrase)
    gone = about["deleted_keys_left_out"]
    left_out = f" {plural(gone, 'deleted key')} {'is' if gone == 1 else 'are'} left out." if gone else ""
    return (
        f"{given.file} holds the whole state: {plural(about['keys'], 'key')}, {about['size']:,} bytes.{left_out} "
        "API keys are not in it. Keys that are purged later are still in this file: keep it as you keep keys."
    )


def import_command(arguments: list[str]) -> str:
    """Puts the state in place; what to say of it."""
    from kyok.cloud.keeping import importing, replacing
    from kyok.cloud.keeping.errors import HomeNotEmpty
    from kyok.cloud.keeping.untouched import Before

    given = _parsed("import", "Put the state of an export into a data folder.", arguments)
    home = Home(given.home or default_home())
    importing.opened(given.file).close()
    before = Before(home)
    with before.around(), _passphrase(given, _ask_once) as passphrase:
        home.prepare()
        with _alone(home):
            with before.inside():
                replacing.settle(home)
                if home.database.exists() and not given.replace:
                    raise HomeNotEmpty()
                sealing = _sealed(home, passphrase, given)
                about = importing.lay_out(home, sealing, given.file, passphrase)
            replacing.replace(home)
            replacing.forget_old(home)
    return f"{home.root} holds the account {about['account_name']} as it was exported on {about['exported_at'][:10]}."


def _parsed(name: str, description: str, arguments: list[str]) -> argparse.Namespace:
    asked = (
        "Without --passphrase-fd and KYOK_PASSPHRASE_FILE a terminal asks for the passphrase. Where a passphrase opens "
        "the data folder, the export has the same one."
    )
    parser = argparse.ArgumentParser(prog=f"kyok {name}", description=description, epilog=asked)
    parser.add_argument("file", type=_absolute, metavar="FILE")
    parser.add_argument("--home", type=_absolute, default=None, metavar="DIR", help="data folder")
    parser.add_argument("--passphrase-fd", type=int, metavar="N", help="read the passphrase from descriptor N")
    if name == "import":
        parser.add_argument("--replace", action="store_true", help="destroy the state that is there")
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--insecure-demo", action="store_true", help="seal a new data folder by a file beside it")
        how.add_argument("--keyring", action="store_true", help="seal a new data folder by the system's keyring")
    return parser.parse_args(arguments)


def _absolute(text: str) -> Path:
    """An empty path is most likely a variable that is not set, not the current folder."""
    if not text:
        raise argparse.ArgumentTypeError("it has no name")
    return Path(text).absolute()


def _alone(home: Home) -> AbstractContextManager[None]:
    remedy = "Stop it first, or export and import on the page “Emulator” of the console."
    return held(home, CloudIsRunning(remedy=remedy))


@contextmanager
def _passphrase(given: argparse.Namespace, ask: Callable[[], Secret]) -> Iterator[Secret]:
    """The passphrase as it was given, else as a terminal asks for it; wiped afterwards."""
    passphrase = read_passphrase(given.passphrase_fd)
    if passphrase is None and sys.stdin is not None and sys.stdin.isatty():
        passphrase = ask()
    if passphrase is None:
        raise PassphraseNeeded()
    with passphrase:
        yield passphrase


def _ask_once() -> Secret:
    return Secret(getpass.getpass("Passphrase of the export: "))


def _asks_for_export(home: Home) -> Callable[[], Secret]:
    """How a terminal asks for the passphrase of a new export; where one opens the data folder, it is that one."""
    if _provider(home) in (KEYRING, INSECURE_DEMO):
        return _ask_for_new
    return lambda: Secret(getpass.getpass("Passphrase of this data folder, which will open the export too: "))


def _ask_for_new() -> Secret:
    """What a person types without an echo; twice, since a slip would close the file for ever."""
    passphrase = Secret(getpass.getpass("New passphrase for the export: "))
    if not passphrase.matches(getpass.getpass("The same once more: ").encode()):
        passphrase.wipe()
        raise PassphrasesDiffer()
    return passphrase


def _opened(home: Home, passphrase: Secret) -> SealingKey:
    """The sealing key of a home, by whatever seals it. The environment's passphrase is the export's as well."""
    provider = _provider(home)
    if provider == KEYRING:
        return _by_keyring(home)
    if provider == INSECURE_DEMO:
        return open_sealing_key(home, insecure_demo=True)
    return open_sealing_key(home, passphrase=passphrase)


def _provider(home: Home) -> str:
    record = read_record(home)
    return record.provider if record is not None else ""


def _sealed(home: Home, passphrase: Secret, given: argparse.Namespace) -> SealingKey:
    if read_record(home) is not None:
        return _opened(home, passphrase)
    if given.keyring:
        return _by_keyring(home)
    return open_sealing_key(
        home, passphrase=None if given.insecure_demo else passphrase, insecure_demo=given.insecure_demo
    )


def _by_keyring(home: Home) -> SealingKey:
    """KYOK_PASSPHRASE_FILE names the export's passphrase here; it must not be taken for the home's."""
    held = os.environ.pop(PASSPHRASE_FILE_VARIABLE, None)
    try:
        return open_sealing_key(home)
    finally:
        if held is not None:
            os.environ[PASSPHRASE_FILE_VARIABLE] = held
