"""The system libraries of Qt: which files of PySide6 need them, and which of Debian's packages bring them.

Only the standard library is used: the set-up runs this before anything is known to work.
"""

import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

MODULES = ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtSvgWidgets", "QtNetwork", "QtTest")
PLUGINS = ("iconengines/libqsvgicon.so", "imageformats/libqsvg.so", "platforms/libqoffscreen.so")
PLUGINS_FOR = {
    "offscreen": (),
    "xcb": ("platforms/libqxcb.so", "xcbglintegrations/libqxcb-egl-integration.so"),
    "wayland": ("platforms/libqwayland.so", "platforms/libqwayland-generic.so"),
}

# Debian 12. Later releases renamed some packages (libglib2.0-0t64), which still answer to these names.
PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}


def files_to_load(pyside: Path, platforms: Iterable[str]) -> list[Path]:
    """The modules and plugins whose needs are looked at, as far as this version of PySide6 has them."""
    modules = [pyside / f"{name}.abi3.so" for name in MODULES]
    names = [*PLUGINS, *(plugin for platform in platforms for plugin in PLUGINS_FOR[platform])]
    plugins = [pyside / "Qt" / "plugins" / name for name in names]
    return [path for path in [*modules, *plugins] if path.exists()]


def missing_in(output: str) -> set[str]:
    """The libraries that ldd marks as not found."""
    return {line.split()[0] for line in output.splitlines() if line.rstrip().endswith("=> not found")}


def packages_for(libraries: Iterable[str]) -> tuple[list[str], list[str]]:
    """Debian's packages for these libraries, and the libraries no package is known for."""
    names = list(libraries)
    known = sorted({PACKAGES[name] for name in names if name in PACKAGES})
    return known, [name for name in names if name not in PACKAGES]


def install_line(packages: Iterable[str]) -> str:
    """The line that installs packages of Debian."""
    return f"sudo apt-get update && sudo apt-get install -y {' '.join(packages)}"


def explain(libraries: Sequence[str], packages: Sequence[str], has_apt: bool) -> str:
    """The sentence and the line for a user who has to install by hand."""
    said = f"Qt needs system libraries that are not installed here: {', '.join(libraries)}."
    if packages and has_apt:
        return f"{said}\nRun this line, then try again:\n    {install_line(packages)}"
    return f"{said}\nInstall them with this system's package manager, then try again."


def lacking(files: Sequence[Path]) -> list[str]:
    """Names of the shared libraries that these files need and the dynamic loader does not find, sorted.

    Empty where there is no `ldd` to ask: there Qt's wheels bring what they need.
    """
    ldd = shutil.which("ldd")
    if ldd is None or not files:
        return []
    asked = subprocess.run([ldd, *map(str, files)], capture_output=True, text=True, check=False)
    return sorted(missing_in(asked.stdout))
