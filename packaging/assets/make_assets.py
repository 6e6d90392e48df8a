"""Makes resources/theme, icons, pictograms, fonts and LICENSES from the npm packages named in package.json.

Usage: python make_assets.py NODE_MODULES RESOURCES (see README.md beside this file). Needs node, fontTools and brotli.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
PICTOGRAMS = ("keep-your-own-key", "hyper-protect--database-as-a-service")
FONTS = {
    "plex-sans": ("IBMPlexSans-Regular", "IBMPlexSans-SemiBold", "IBMPlexSans-Bold"),
    "plex-mono": ("IBMPlexMono-Regular",),
}


def icon_names() -> list[str]:
    """The names in icons.txt, without comments and blank lines."""
    lines = (HERE / "icons.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def make_tokens(modules: Path, theme: Path) -> None:
    """Write tokens.json, the one file of colours for all four themes."""
    printed = subprocess.run(
        ["node", str(HERE / "tokens.cjs")],
        env={**os.environ, "NODE_PATH": str(modules)},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    json.loads(printed)
    theme.mkdir(parents=True, exist_ok=True)
    (theme / "tokens.json").write_text(printed, encoding="utf-8")


def copy_drawings(source: Path, names: list[str], target: Path) -> None:
    """Copy the named SVG files; a name that Carbon does not have ends the run."""
    target.mkdir(parents=True, exist_ok=True)
    for name in names:
        drawing = (source / f"{name}.svg").read_text(encoding="utf-8").strip()
        (target / f"{name}.svg").write_text(drawing + "\n", encoding="utf-8")


def make_fonts(modules: Path, target: Path) -> None:
    """Turn the complete web fonts into TrueType files: another container, the same glyphs and tables."""
    target.mkdir(parents=True, exist_ok=True)
    for package, faces in FONTS.items():
        folder = modules / "@ibm" / package / "fonts" / "complete" / "woff2"
        for face in faces:
            font = TTFont(folder / f"{face}.woff2", recalcTimestamp=False)
            font.flavor = None
            font.save(target / f"{face}.ttf")
    shutil.copyfile(modules / "@ibm" / "plex-sans" / "LICENSE.txt", target / "OFL.txt")


def copy_licences(modules: Path, target: Path) -> None:
    """Put the licence of every source package where the wheel picks it up."""
    target.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(modules / "@carbon" / "icons" / "LICENSE", target / "Carbon-Apache-2.0.txt")
    shutil.copyfile(modules / "@ibm" / "plex-sans" / "LICENSE.txt", target / "IBM-Plex-OFL-1.1.txt")


def main(arguments: list[str]) -> int:
    """Make everything; return the exit code."""
    if len(arguments) != 2:
        sys.stderr.write("usage: make_assets.py NODE_MODULES RESOURCES\n")
        return 2
    modules, resources = (Path(argument).resolve() for argument in arguments)
    make_tokens(modules, resources / "theme")
    copy_drawings(modules / "@carbon" / "icons" / "svg" / "32", icon_names(), resources / "icons")
    copy_drawings(modules / "@carbon" / "pictograms" / "svg", list(PICTOGRAMS), resources / "pictograms")
    make_fonts(modules, resources / "fonts")
    copy_licences(modules, resources / "LICENSES")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
