"""SIGKILL of a real process at any step of any administrative act; the next start repairs by itself."""

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kyok.hsm import Hsm, Initialisation
from kyok.sealing.key import SealingKey
from tests.hsm.conftest import GUID

KILLS = 60
LIFE = f"""
import os, signal, sys
from pathlib import Path
from kyok.hsm import Hsm
from kyok.sealing.key import SealingKey
from tests.hsm.test_crashes import FailingDisk

def die():
    os.kill(os.getpid(), signal.SIGKILL)

hsm = Hsm(Path(sys.argv[1]), disk=FailingDisk(int(sys.argv[2]), die))
hsm.unlock(SealingKey("insecure-demo", bytearray(b"s" * 32)))
while True:
    if hsm.status("{GUID}").initialised:
        hsm.begin_epoch("{GUID}")
        hsm.finish_epoch("{GUID}")
        hsm.zeroize("{GUID}")
    else:
        hsm.auto_init("{GUID}", 2, 1, ["Anna", "Ben"])
    if hsm.exists("passing"):
        hsm.remove("passing")
    else:
        hsm.create("passing", 2, ["z"])
"""


def opened(folder: Path) -> Hsm:
    module = Hsm(folder)
    module.unlock(SealingKey("insecure-demo", bytearray(b"s" * 32)))
    return module


@pytest.mark.slow
def test_kill_at_any_step(tmp_path: Path) -> None:
    folder = tmp_path / "hsm"
    opened(folder).create(GUID, 3, ["a", "b"])
    steps = random.Random(7)
    seen = set()
    for _ in range(KILLS):
        step = str(steps.randrange(2, 160))
        done = subprocess.run([sys.executable, "-c", LIFE, str(folder), step], capture_output=True, check=False)
        assert done.returncode == -signal.SIGKILL, done.stderr.decode()
        module = opened(folder)
        for name in module.ids():
            status = module.status(name)
            assert not [unit.problem for unit in status.units if unit.problem]
            assert status.initialisation in {Initialisation.NOT_INITIALISED, Initialisation.INITIALISED}
            seen.add(status.initialisation)
        assert not list(folder.rglob("*.pending"))
        assert not [path for path in folder.iterdir() if path.name.startswith(".")]
    assert len(seen) == 2
