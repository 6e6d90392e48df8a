"""The console in a process of its own, as the bench of the window measures it.

`python -m tests.bench.console bare|frame|live|session|memory HOME` prints one JSON object. Moments are told since
`BENCH_BEGAN`, the monotonic clock at which the bench started the process.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

BEGAN = float(os.environ.get("BENCH_BEGAN", "0"))


def since() -> float:
    """Seconds since the process was started."""
    return time.monotonic() - BEGAN


def tell(found: dict[str, Any]) -> None:
    """Prints what was measured."""
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()


# one start each -------------------------------------------------------------------------------------------------------


def bare() -> None:
    """The least that Qt can do from Python: one empty window."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication([])

    class Window(QMainWindow):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            QTimer.singleShot(0, told)

    def told() -> None:
        tell({"seconds": since(), "cpu": time.process_time()})
        app.quit()

    window = Window()
    window.resize(1440, 900)
    window.show()
    app.exec()


def started(home: str, shown: Callable[[Any], None]) -> None:
    """The program itself, from its entry point on; `shown(console)` is called as soon as its window was shown."""
    from kyok_gui import app, quick_imports

    brake_off = quick_imports.take_the_brake_off

    def hooked() -> bool:
        done = brake_off()
        from kyok_gui import startup

        show = startup.Console.show

        def then(self: startup.Console) -> None:
            show(self)
            shown(self)

        startup.Console.show = then  # type: ignore[method-assign]
        return done

    quick_imports.take_the_brake_off = hooked
    app.main(["--home", home, "--insecure-demo"])


def frame(home: str) -> None:
    """Until the window with its skeleton rows was painted."""

    def shown(console: Any) -> None:
        def painted() -> None:
            tell({"seconds": since(), "cpu": time.process_time()})
            console.window.close()

        console.window.painted.disconnect(console.link.open)  # it would take a lease that nobody gives back
        console.window.painted.connect(painted)

    started(home, shown)


def live(home: str) -> None:
    """Until the first table holds live rows and has painted them."""

    def shown(console: Any) -> None:
        from PySide6.QtCore import QTimer

        from kyok_gui.widgets import DataTable

        look = QTimer(console)

        def looked() -> None:
            table = console.window.findChild(DataTable, "resources.table.frame")
            if table is not None and table.model.total:
                look.stop()
                console.window.repaint()
                tell({"seconds": since()})
                console.window.close()

        look.timeout.connect(looked)
        look.start(2)

    started(home, shown)


# one session ----------------------------------------------------------------------------------------------------------


def session(home: str) -> None:
    """Everything that is measured in a window that is open: two windows on a cloud that is served already."""
    from kyok_gui.quick_imports import take_the_brake_off

    take_the_brake_off()  # before anything else of the window is imported, as the program does
    from tests.bench.session import measured

    tell(measured(Path(home)))


def memory(home: str) -> None:
    """What the window takes with the bench's keys and every page seen, in MB; no event is watched here."""
    from kyok_gui.quick_imports import take_the_brake_off

    take_the_brake_off()
    from tests.bench.session import memory_taken

    tell({"memory_mb": memory_taken(Path(home))})


def main() -> None:
    """Measures what the command line names."""
    what, *home = sys.argv[1:]
    kinds: dict[str, Callable[..., None]] = {
        "bare": bare,
        "frame": frame,
        "live": live,
        "session": session,
        "memory": memory,
    }
    kinds[what](*home)


if __name__ == "__main__":
    main()
