"""Takes a brake off PySide6: it reads the source of every module that anybody imports.

`shibokensupport.feature` wraps `__import__` to find out whether a module speaks of PySide6, for its optional naming
features (`from __feature__ import snake_case`). Finding and reading 160 sources made `import requests` take 4 s in a
worker beside the running window (PySide6 6.11.3, Python 3.11). No module here uses those features, so the name of a
module is enough to answer.
"""

from __future__ import annotations

import contextlib
import importlib
import linecache
from types import ModuleType

_OURS = "kyok_gui"
_READS_SOURCE = "_mod_uses_pyside"


def _speaks_of_pyside(module: ModuleType) -> bool:
    """Whether PySide6 should watch a module: ours, as it would find out by reading."""
    return module.__name__.partition(".")[0] == _OURS


def take_the_brake_off() -> bool:
    """Answers whether it could be done; without it everything works, only slower."""
    importlib.import_module("PySide6.QtCore")
    with contextlib.suppress(ImportError):
        feature = importlib.import_module("shibokensupport.feature")
        if callable(getattr(feature, _READS_SOURCE, None)):
            setattr(feature, _READS_SOURCE, _speaks_of_pyside)
            linecache.clearcache()  # the sources that it has read until here
            return True
    return False
