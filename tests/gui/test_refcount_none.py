"""PySide6 must not eat references to None.

PySide6 6.12 on Python 3.11 drops one with each call of a method that returns nothing, until the interpreter aborts.
The count is taken in a process of its own, where nothing else changes it. From Python 3.12 on None is immortal.
"""

import os
import subprocess
import sys

CALLS = 200
ALLOWED = 20  # references that other code in the process takes or gives back meanwhile

COUNT = f"""
import sys
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QColor

application = QGuiApplication([])
image = QImage(8, 8, QImage.Format.Format_ARGB32)
colour = QColor("black")


def void_calls(count):
    painter = QPainter(image)
    for _ in range(count):
        painter.setPen(colour)
        painter.fillRect(0, 0, 8, 8, colour)
    painter.end()


void_calls({CALLS})
before = sys.getrefcount(None)
void_calls({CALLS})
print(before - sys.getrefcount(None))
"""


def test_void_calls_leave_none_alone() -> None:
    done = subprocess.run(
        [sys.executable, "-c", COUNT],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert abs(int(done.stdout)) <= ALLOWED
