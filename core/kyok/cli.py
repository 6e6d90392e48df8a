"""The command line: `kyok`, `kyok serve`, `kyok demo`, `kyok doctor`, `kyok reset`, `kyok export|import`.

Exit codes: 0 done, 1 failed with one clear sentence, 2 wrong usage.
"""

import argparse
import gc
import json
import logging
import os
import shlex
import sys
from collections.abc import Sequence
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from kyok import __version__
from kyok.errors import KyokError
from kyok.paths import DiskRefused, default_home


class NoConsole(KyokError):
    """The console's package is not installed."""

    summary = "The console's window is not installed here."
    remedy = "Install the package kyok-console with its dependency PySide6-Essentials."


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    commands = {
        "serve": _serve,
        "doctor": _doctor,
        "reset": _reset,
        "export": _export,
        "import": _import,
    }
    try:
        if arguments and arguments[0] in commands:
            return commands[arguments[0]](arguments[1:])
        if arguments and arguments[0] == "demo":
            return _console("demo", arguments[1:])
        if arguments and (arguments[0] in {"--version", "-V"}):
            _say(f"kyok {__version__}")
            return 0
        if arguments and (arguments[0] in {"--help", "-h", "help"} or not arguments[0].startswith("-")):
            return _help(known=arguments[0] in {"--help", "-h", "help"}, word=arguments[0])
        return _console("main", arguments)
    except KyokError as error:
        _complain(f"{error.summary} {error.remedy}".strip())
        return 1
    except OSError as error:
        refused = DiskRefused.of(error)
        _complain(f"{refused.summary} {refused.remedy}")
        return 1
    except KeyboardInterrupt:
        return 1


USAGE = """\
usage: kyok [--home DIR]      open the console (--new-window: another one, for a second person)
       kyok serve [options]   run the emulated cloud (kyok serve --help)
       kyok demo [options]    walk the whole story in the window and take pictures
       kyok doctor            say what is missing here and how to get it
       kyok reset [--home DIR] --yes   delete everything in the data folder
       kyok export FILE [options]   write the whole state into one sealed file
       kyok import FILE [options]   put the state of such a file into a data folder
       kyok --version
"""


def _help(*, known: bool, word: str) -> int:
    if known:
        _say(USAGE.rstrip())
        return 0
    _complain(f"There is no command {word!r}.\n{USAGE.rstrip()}")
    return 2


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _complain(text: str) -> None:
    sys.stderr.write(f"kyok: {text}\n")


def _console(name: str, arguments: list[str]) -> int:
    """Calls the window through its entry point, so that the core never imports it."""
    for point in entry_points(group="kyok.console", name=name):
        code: int = point.load()(arguments)
        return code
    raise NoConsole()


def _home_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--home", type=_folder, default=None, metavar="DIR", help="data folder")


def _folder(text: str) -> Path:
    """An absolute path. An empty one is most likely a variable that is not set, not the current folder."""
    if not text:
        raise argparse.ArgumentTypeError("the data folder has no name")
    return Path(text).absolute()


def _serve(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="kyok serve", description="Run the emulated cloud on this machine.")
    parser.add_argument("--host", default="127.0.0.1", help="an address of this machine itself; no other is served")
    parser.add_argument("--port", type=int, default=0, help="0: any free one")
    parser.add_argument("--passphrase-fd", type=int, metavar="N", help="read the sealing passphrase from descriptor N")
    parser.add_argument(
        "--insecure-demo", action="store_true", help="keep the sealing secret in a file beside the data"
    )
    _home_option(parser)
    given = parser.parse_args(arguments)
    gc.disable()  # what is loaded for a start stays: looking for garbage in it takes a seventh of the time

    from kyok.cloud.server import Options, serve
    from kyok.secrets import Secret, read_passphrase

    os.umask(0o077)  # what the cloud writes is its owner's alone
    home = given.home or default_home()
    passphrase = read_passphrase(given.passphrase_fd)
    key = os.environ.pop("KYOK_API_KEY", "")
    api_key = Secret(bytearray(os.fsencode(key))) if key else None
    _log_to(home)
    try:
        options = Options(home, given.host, given.port, passphrase, given.insecure_demo, api_key, _real_nodes())
        return serve(options, _ready)
    except OSError:
        logging.getLogger(__name__).exception("the system refused a file")
        raise
    finally:
        gc.enable()


def _real_nodes() -> bool:
    """KYOK_NODES=simulated keeps this cloud from starting servers, whatever the machine offers."""
    wish = os.environ.get("KYOK_NODES", "auto")
    if wish not in ("auto", "simulated"):
        raise KyokError(f"KYOK_NODES is “{wish[:40]}”.", "Set it to auto or simulated, or leave it unset.")
    return wish == "auto"


YOUNG = 10_000
"""Objects that come to be between two looks for garbage: a request makes dozens, and almost none in a circle."""


def _ready(line: dict[str, Any]) -> None:
    _say(json.dumps(line))
    gc.freeze()
    gc.set_threshold(YOUNG)
    gc.enable()


def _log_to(home: Path) -> None:
    """Everything but the ready line goes to the log in the home."""
    from logging.handlers import RotatingFileHandler

    from kyok.paths import Home

    # Opened with the first line: a start that is refused leaves no data folder behind that was not there.
    handler = RotatingFileHandler(Home(home).log, maxBytes=4_000_000, backupCount=2, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.INFO)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.raiseExceptions = False  # a full disk takes no log lines: stderr is for the one sentence of a refusal


def _export(arguments: list[str]) -> int:
    from kyok.state_commands import export_command

    os.umask(0o077)
    _say(export_command(arguments))
    return 0


def _import(arguments: list[str]) -> int:
    from kyok.state_commands import import_command

    os.umask(0o077)
    _say(import_command(arguments))
    return 0


def _doctor(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="kyok doctor", description="Say what is missing here and the line that cures it."
    )
    _home_option(parser)
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    given = parser.parse_args(arguments)

    from kyok.doctor import examine

    findings = examine(given.home or default_home())
    if given.json:
        _say(json.dumps([finding.as_dict() for finding in findings], indent=2))
    else:
        for finding in findings:
            _say(finding.line())
    return 0 if all(finding.ok for finding in findings) else 1


def _reset(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="kyok reset", description="Delete everything in the data folder.")
    _home_option(parser)
    parser.add_argument("--yes", action="store_true", help="really do it")
    given = parser.parse_args(arguments)
    home = given.home or default_home()
    if not given.yes:
        again = f"kyok reset --home {shlex.quote(str(home))} --yes"
        _complain(f"This deletes every key, instance and backup in {home}. Say `{again}` if you mean it.")
        return 2

    from kyok.cloud.reset import erase_home

    removed: list[Any] = erase_home(home)
    _say(f"{len(removed)} entries of {home} are deleted." if removed else f"There was nothing to delete in {home}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
