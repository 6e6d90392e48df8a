"""Bench of the emulated cloud: wrap throughput, start, memory, lists, key rules."""

import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import load
from tests.bench.large import HOLDER, INSTANCES, KEYS, LARGE
from tests.bench.process import processor_seconds, pss
from tests.bench.report import Figure, spread
from tests.e2e.walk import Ledger, Walk
from tests.served import Rest, ServedProcess

LOAD_SECONDS = 120.0
CONNECTIONS = 32
SECONDS = 2.0
ROUNDS = 5


def run() -> list[Figure]:
    """Every figure of the cloud."""
    with tempfile.TemporaryDirectory(prefix="kyok-bench-") as folder:
        home = Path(folder) / "home"
        served = ServedProcess(home).start()
        ledger = Ledger()
        walk = Walk(served.rest(), served.account_id, ledger)
        for step in (walk.hpcs, walk.initialise, walk.key, walk.authorize, walk.instance):
            step()
        figures = [*_wrap(served, walk, Path(folder)), *_disable(walk)]
        loaded, guids = load_large(walk.rest)
        ledger.facts["hpcs"] = guids[HOLDER]
        figures += [loaded, *_lists(walk)]
        served.stop()
        return [*figures, *_start(home)]


def _headers(rest: Rest, hpcs: str) -> dict[str, str]:
    return {"authorization": f"Bearer {rest.token}", "bluemix-instance": hpcs}


def _wrap(served: ServedProcess, walk: Walk, folder: Path) -> list[Figure]:
    facts = walk.ledger.facts
    path = f"/api/v2/keys/{facts['key']}/actions/wrap"
    body = {"plaintext": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="}
    wrap = load.request_bytes(served.url, "POST", path, _headers(walk.rest, facts["hpcs"]), body)
    raw = subprocess.Popen([sys.executable, "-m", "tests.bench.raw_asgi"], stdout=subprocess.PIPE, text=True)
    try:
        assert raw.stdout is not None
        raw_url = f"http://127.0.0.1:{raw.stdout.readline().strip()}"
        hello = load.request_bytes(raw_url, "POST", path, _headers(walk.rest, facts["hpcs"]), body)
        ours, ceiling, commits, spent = [], [], [], []
        assert served.process is not None
        for _ in range(ROUNDS):
            one, cost = _loaded(served.process.pid, served.url, wrap)
            other, least = _loaded(raw.pid, raw_url, hello)
            ours.append(one)
            ceiling.append(other)
            spent.append((cost, least))
            commits.append(_commits(folder))
    finally:
        raw.kill()
        raw.communicate()
    bad = sum(one.bad for one in ours)
    to_raw = statistics.median(a.rate / b.rate for a, b in zip(ours, ceiling, strict=True))
    to_disk = statistics.median(a.rate / b for a, b in zip(ours, commits, strict=True))
    how = (
        f"{CONNECTIONS} connections, {ROUNDS} interleaved rounds of {SECONDS:g} s, the load generator on a processor "
        f"of its own, {bad} refused; "
        f"{statistics.median(one.rate for one in ours):.0f}/s against "
        f"{statistics.median(one.rate for one in ceiling):.0f}/s, "
        f"p99 {statistics.median(one.p99 for one in ours):.1f} ms; processor time of the server "
        f"{statistics.median(pair[0] for pair in spent):.0f} us against "
        f"{statistics.median(pair[1] for pair in spent):.0f} us, "
        f"that is {statistics.median(pair[1] / pair[0] for pair in spent):.2f}"
    )
    return [
        Figure("wrap against raw ASGI", f"{to_raw:.2f}", ">= 0.18", to_raw >= 0.18 and not bad, how),
        Figure(
            "wrap against single-row durable commits",
            f"{to_disk:.2f}",
            ">= 1.5",
            to_disk >= 1.5 and not bad,
            f"SQLite WAL, synchronous=FULL, same disk: {statistics.median(commits):.0f} commits/s",
        ),
    ]


def _loaded(pid: int, url: str, request: bytes) -> tuple[load.Load, float]:
    """What a round gave, and the server's processor time for one request in microseconds."""
    before = processor_seconds(pid)
    found = load.run(url, request, connections=CONNECTIONS, seconds=SECONDS)
    return found, (processor_seconds(pid) - before) / (found.rate * SECONDS) * 1e6


def _commits(folder: Path) -> float:
    """Single-row durable commits per second of this disk."""
    file = folder / "commits.sqlite"
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS row (id INTEGER PRIMARY KEY, text TEXT)")
    count, start = 0, time.perf_counter()
    while time.perf_counter() - start < 1.0:
        connection.execute("INSERT INTO row (text) VALUES (?)", ("x" * 600,))
        count += 1
    took = time.perf_counter() - start
    connection.close()
    return count / took


def _disable(walk: Walk) -> list[Figure]:
    times = []
    for _ in range(5):
        start = time.perf_counter()
        walk.kms("POST", f"/keys/{walk.ledger.facts['key']}/actions/disable")
        walk.nodes("disabled")
        times.append(time.perf_counter() - start)
        walk.rest.json("PUT", "/emulator/v1/clock", {"advance_seconds": 31})
        walk.kms("POST", f"/keys/{walk.ledger.facts['key']}/actions/enable")
        walk.nodes("connected")
    worst = max(times)
    how = f"REST: disable sent to three nodes stopped, 5 times {spread(times)} s, polled every 20 ms"
    return [Figure("key disabled to last node sealed", f"{worst:.2f} s worst", "<= 0.5 s", worst <= 0.5, how)]


def load_large(rest: Rest) -> tuple[Figure, dict[str, str]]:
    """The state in which everything is measured that has to hold with many things; instance GUIDs by name."""
    begin = time.perf_counter()
    guids = rest.json("POST", f"/emulator/v1/scenarios/{LARGE}", {}, seconds=LOAD_SECONDS)["instances"]
    took = time.perf_counter() - begin
    how = f"POST /emulator/v1/scenarios/{LARGE}, once: {KEYS} keys and {INSTANCES} instances through the services"
    return Figure("the large scenario loaded", f"{took:.1f} s", "none", None, how), guids


def _lists(walk: Walk) -> list[Figure]:
    def timed(path: str) -> float:
        start = time.perf_counter()
        walk.kms("GET", path)
        return (time.perf_counter() - start) * 1000

    timed("/keys?limit=200&offset=0")
    # Nothing is remembered between requests, so the second one at an offset is as cold as the first.
    cold = [
        min(timed(f"/keys?limit=200&offset={offset}") for _ in range(3)) for offset in (9600, 4700, 8100, 200, 6300)
    ]
    how = f"HTTP, Python client, {KEYS} keys or more, 5 offsets, each the best of 3 {spread(cold)} ms"
    return [Figure("page of 200 keys at a cold offset", f"{max(cold):.1f} ms", "<= 50 ms", max(cold) <= 50, how)]


def _start(home: Path) -> list[Figure]:
    times, memory = [], 0.0
    for _ in range(5):
        start = time.perf_counter()
        served = ServedProcess(home).start()
        Rest(served.url, served.api_key)
        times.append(time.perf_counter() - start)
        assert served.process is not None
        memory = pss(served.process.pid)
        served.stop()
    value = statistics.median(times[1:])
    return [
        Figure(
            "kyok serve to its first answer",
            f"{value:.2f} s",
            "<= 0.6 s",
            value <= 0.6,
            f"{KEYS} keys, {INSTANCES} instances, warm, process start to token answered, 4 runs {spread(times[1:])} s",
        ),
        Figure("memory of the cloud, idle", f"{memory:.0f} MB PSS", "<= 90 MB", memory <= 90, "after its first answer"),
    ]
