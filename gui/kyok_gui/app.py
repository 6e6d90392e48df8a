"""Starts the console. Nothing of Qt is imported before the display is known to be there."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from kyok.client.local_cloud import LocalCloud
from kyok.client.profiles import Profiles
from kyok.paths import Home, default_home

NO_DISPLAY = (
    "kyok: There is no display to open a window on. "
    "Start it in a graphical session, or run `kyok demo` to take pictures without one."
)


def main(argv: Sequence[str] | None = None) -> int:
    """Opens the console; returns when its window is closed."""
    parser = argparse.ArgumentParser(prog="kyok", description="Open the console.")
    parser.add_argument("--home", type=Path, default=None, metavar="DIR", help="data folder")
    parser.add_argument(
        "--insecure-demo", action="store_true", help="keep the sealing secret in a file beside the data"
    )
    parser.add_argument(
        "--new-window", action="store_true", help="open another console on the same cloud, for a second person"
    )
    given = parser.parse_args(list(argv) if argv is not None else sys.argv[1:])
    if not display_there():
        sys.stderr.write(NO_DISPLAY + "\n")
        return 1
    gc.disable()  # till the window looks after it: what the start builds stays
    try:
        home = Home(given.home or default_home())
        return _open(home, insecure_demo=given.insecure_demo, another=given.new_window)
    finally:
        gc.enable()


def _open(home: Home, *, insecure_demo: bool, another: bool = False) -> int:
    cloud = LocalCloud(home.root, insecure_demo=insecure_demo)
    if Profiles(home.config / "profiles.json").active.kind == "local":
        cloud.begin()
    try:
        from kyok_gui.quick_imports import take_the_brake_off

        take_the_brake_off()
        from kyok_gui.startup import run
    except ImportError as error:
        cloud.close()
        sys.stderr.write(f"kyok: Qt cannot start: {error}. Run `kyok doctor` for the line that cures it.\n")
        return 1
    return run(home, cloud, another=another)


def display_there() -> bool:
    """Whether a window can be shown; looked up without Qt, which ends the process when it cannot."""
    if not sys.platform.startswith("linux"):
        return True
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if platform and not platform.startswith(("xcb", "wayland")):
        return True
    return _wayland_there() or _x_there()


def _wayland_there() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY", "")
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    return bool(name) and (Path(name) if name.startswith("/") else Path(folder) / name).exists()


def _x_there() -> bool:
    display = os.environ.get("DISPLAY", "")
    host, colon, rest = display.partition(":")
    number = rest.partition(".")[0]
    if not colon or not number.isdecimal():
        return False
    if host and host != "unix":
        return True
    import socket  # only X is asked over one

    address = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - where X servers have their sockets
    for path in (address, f"\0{address}"):
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(1.0)
            if probe.connect_ex(path) == 0:
                return True
    return False


if __name__ == "__main__":
    sys.exit(main())
