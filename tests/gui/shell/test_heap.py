"""Workers take their memory from one heap, and give it back to it."""

import platform
import subprocess
import sys

import pytest

WORKERS = """
import ctypes, sys, threading
from kyok_gui.heap import share_one_heap
if sys.argv[1:]:
    share_one_heap()
ready = threading.Barrier(4)
def work():
    held = bytearray(100_000)
    ready.wait()
threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
ctypes.CDLL(None).malloc_stats()
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="heaps by thread are glibc's")
def test_threads_share_one_heap() -> None:
    def heaps(*arguments: str) -> int:
        done = subprocess.run(
            [sys.executable, "-c", WORKERS, *arguments], capture_output=True, text=True, check=True, timeout=60
        )
        return done.stderr.count("Arena ")

    assert heaps("share") == 1
    assert heaps() > 1
