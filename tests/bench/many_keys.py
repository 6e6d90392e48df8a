"""Bench of lists: a page of 200 keys, found and rendered, in an instance of a million keys built straight in SQLite.

Its file takes some 700 MB in the folder for temporary files, for a quarter of a minute.
"""

import sqlite3
import tempfile
import time
from pathlib import Path

from kyok.clock import ManualClock
from kyok.cloud.keys import counters, listing
from kyok.cloud.keys.instances import KeyInstance
from kyok.cloud.keys.list_query import ListQuery
from kyok.cloud.store import Store
from kyok.cloud.wire import kms_documents
from kyok.domain.crn import Crn
from kyok.domain.services import HS_CRYPTO
from tests.bench.report import Figure

FEW, MANY = 1_000, 1_000_000
PAGE = 200
BEST_OF = 7
GUID = "00000000-0000-4000-8000-000000000001"
_ACTIVE = 1
_MOMENT = 1_795_455_900_000


def run() -> list[Figure]:
    """A page among many keys against one among few, and the worst offset."""
    with tempfile.TemporaryDirectory(prefix="kyok-bench-") as folder:
        few, many = (_times(Path(folder) / f"{count}.sqlite", count) for count in (FEW, MANY))
    ratio, worst = max(many) / max(few), max(many) * 1000
    how = (
        f"{FEW} keys {max(few) * 1000:.1f} ms, worst of five offsets, each the best of {BEST_OF}; "
        "processor time, query and JSON"
    )
    return [
        Figure(f"page of {PAGE} among {MANY} keys", f"{ratio:.2f}", "<= 1.5", ratio <= 1.5, how),
        Figure(f"any offset among {MANY} keys", f"{worst:.1f} ms", "<= 50 ms", worst <= 50, "the worst of those"),
    ]


def _times(file: Path, count: int) -> list[float]:
    """Seconds for a page at five offsets."""
    store = Store.in_folder(file, ManualClock())
    _fill(file, count)
    crn = Crn.of_instance(HS_CRYPTO, "us-south", "0" * 32, GUID)
    instance = KeyInstance(GUID, HS_CRYPTO, "us-south", "0" * 32, crn, True, "bench")
    times = []
    with store.read() as reader:
        for part in (0.0, 0.2, 0.5, 0.8, 1.0):
            query = ListQuery(limit=PAGE, offset=int((count - PAGE) * part))
            times.append(min(_once(reader, instance, query) for _ in range(BEST_OF)))
    store.close()
    return times


def _once(reader: object, instance: KeyInstance, query: ListQuery) -> float:
    begin = time.thread_time()
    found = listing.page(reader, instance, query)  # type: ignore[arg-type]
    kms_documents.key_page(found).encoded()
    took = time.thread_time() - begin
    assert len(found.keys) == PAGE
    return took


def _fill(file: Path, count: int) -> None:
    """Keys as the services leave them: spread over the ids, each with a version, counted by bucket."""
    ids = [f"{number * (2**32 // count):08x}-0000-4000-8000-{number:012x}" for number in range(count)]
    by_bucket: dict[int, int] = {}
    for ident in ids:
        bucket = counters.bucket_of(ident)
        by_bucket[bucket] = by_bucket.get(bucket, 0) + 1
    connection = sqlite3.connect(file)
    connection.executemany(
        "INSERT INTO kms_key (pk, instance, id, name, state, extractable, imported, ring, version, version_id,"
        f" version_at, bits, created_at, created_by, updated_at) VALUES (?, '{GUID}', ?, ?, {_ACTIVE}, 0, 0, 'default',"
        f" 1, ?, {_MOMENT}, 256, {_MOMENT}, 'IBMid-bench', {_MOMENT})",
        ((number + 1, ident, f"bench-{number}", f"{ident[:24]}{number:012d}") for number, ident in enumerate(ids)),
    )
    connection.executemany(
        f"INSERT INTO kms_key_version (id, key_pk, number, blob, epoch, created_at) VALUES (?, ?, 1, ?, 1, {_MOMENT})",
        ((f"{ident[:24]}{number:012d}", number + 1, b"x" * 180) for number, ident in enumerate(ids)),
    )
    connection.executemany(
        "INSERT INTO kms_key_count (instance, state, extractable, bucket, number)"
        f" VALUES ('{GUID}', {_ACTIVE}, 0, ?, ?)",
        by_bucket.items(),
    )
    connection.commit()
    connection.close()
