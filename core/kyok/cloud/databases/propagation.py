"""News of keys and authorizations that take their time, as they do at the real service: up to four hours.

When a key or an authorization changes, the moment is written down at which the nodes learn of it. Until then the key
answers every check as it did before; who starts anew meanwhile asks for real. Changes that come while one is under way
are learned together with it.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from kyok.cloud.databases import records
from kyok.cloud.databases.records import Database, Node
from kyok.cloud.store import Store, Transaction
from kyok.cloud.store.times import milliseconds


def put_off(store: Store, told: Iterable[Database], nodes: Mapping[str, list[Node]], delay: timedelta) -> None:
    """Writes down when these instances learn of a change, and that their nodes check their key then at the latest."""
    concerned = [of for of in told if of.living and of.uses_kms and of.wrapped_key is not None]

    def work(tx: Transaction) -> None:
        for of in concerned:
            _put_off(tx, of, nodes[of.guid], delay)

    if concerned:
        store.writer.perform(work)


def _put_off(tx: Transaction, of: Database, nodes: list[Node], delay: timedelta) -> None:
    if records.find(tx, of.guid) is None:
        return  # a reset took it
    if of.learns_at is None or of.learns_at <= tx.now:
        of.document = records.set_document(tx, of.guid, learns_at=milliseconds(tx.now + delay))
    moment = of.learns_at
    for node in nodes:
        if moment is not None and node.next_check_at is not None:
            node.next_check_at = min(node.next_check_at, moment)
    records.save_nodes(tx, nodes)
