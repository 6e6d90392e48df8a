"""Whether Qt's plugin for this display can be loaded: without one, Qt ends the process by itself."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QPluginLoader

from kyok.qt_libraries import PLUGINS_FOR, explain, lacking, packages_for

_FOLDER = "platforms/"


def window_lack(plugins: Path | None = None) -> str:
    """What is missing for a window on this display and the line that installs it; empty when one can be opened.

    Loading is the whole look, and Qt loads the same file afterwards; `ldd` is asked only when it fails.
    """
    if not sys.platform.startswith("linux"):
        return ""
    folder = plugins or Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    names = [name for platform in _platforms() for name in PLUGINS_FOR.get(platform, ()) if name.startswith(_FOLDER)]
    there = [folder / name for name in names if (folder / name).exists()]
    if not there or any(QPluginLoader(str(path)).load() for path in there):
        return ""
    libraries = lacking(there)
    packages, _unknown = packages_for(libraries)
    return explain(libraries, packages, shutil.which("apt-get") is not None) if libraries else ""


def _platforms() -> list[str]:
    """The platforms that Qt would try; none where one of them is neither X nor Wayland, which need no display."""
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    if chosen:
        names = [part.partition(":")[0].partition("-")[0] for part in chosen.split(";")]
        return names if all(name in ("xcb", "wayland") for name in names) else []
    displays = (("wayland", "WAYLAND_DISPLAY"), ("xcb", "DISPLAY"))
    return [platform for platform, variable in displays if os.environ.get(variable)]
