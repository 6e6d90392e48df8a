"""`make bench`: every figure beside its bar. Exit code 1 when a bar is not held."""

import compileall
import os
import sys
from pathlib import Path

from tests.bench import cloud, many_keys, nodes, window
from tests.bench.report import show


def main() -> int:
    """Measures and prints. The bars are for compiled bytecode, so there is some, whatever the environment wishes."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    for folder in ("core", "gui", "tests"):
        compileall.compile_dir(Path(__file__).parents[2] / folder, quiet=2)
    figures = [*cloud.run(), *many_keys.run(), *window.run(), *nodes.run()]
    sys.stdout.write(show(figures) + "\n")
    return 0 if all(figure.good is not False for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
