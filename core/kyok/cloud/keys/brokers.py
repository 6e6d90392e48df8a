"""What the key services do when one of their instances comes or goes; the resource controller calls it.

An HSM is made before the instance is committed, so an instance without crypto units is never seen; it is destroyed
after the end of the instance is committed. `repair` clears away what a crash in between left behind.
"""

import logging
from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, func, insert, literal, select

from kyok.cloud.activity.events import Caller
from kyok.cloud.keys.instances import PROVIDER
from kyok.cloud.keys.shredding import Shredding
from kyok.cloud.resources.errors import InstanceInUse, InstanceInvalid
from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import import_token, instance, instance_policy, key, key_count, key_ring, purged_key
from kyok.cloud.store.times import milliseconds
from kyok.domain.cluster import InstanceState
from kyok.domain.key_states import KeyState
from kyok.domain.regions import zones_of
from kyok.domain.services import HS_CRYPTO, Plan
from kyok.domain.texts import listed, plural
from kyok.hsm import Hsm

log = logging.getLogger(__name__)

UNITS = (2, 3)
"""Crypto units that an instance may have (reference/hsm.md 1.1)."""
NAMED = 3
"""Keys that a refusal names."""


class KeyBroker:
    """The hooks of Key Protect: its instances share the provider's HSM."""

    def __init__(self, hsm: Hsm, shredding: Shredding) -> None:
        self._hsm = hsm
        self._shredding = shredding

    def created(self, tx: Transaction, guid: str, account: str, parameters: Mapping[str, Any], plan: Plan) -> None:
        """Nothing has to be made."""

    def may_delete(self, tx: Transaction, guid: str) -> None:
        """Refuses while keys live in the instance.

        Raises:
            InstanceInUse: the message names some of them.
        """
        living = (key.c.instance == guid, key.c.state != int(KeyState.DESTROYED))
        number = tx.scalar(select(func.count()).select_from(key).where(*living))
        if not number:
            return
        names = [row.name for row in tx.all(select(key.c.name).where(*living).order_by(key.c.name).limit(NAMED))]
        more = number - len(names)
        things = listed([f"“{name}”" for name in names] + ([plural(more, "other key")] if more else []))
        raise InstanceInUse(
            f"The instance holds {plural(number, 'key')} that {'is' if number == 1 else 'are'} not deleted: {things}.",
            "Delete the keys first: what is encrypted under them can then not be read any more.",
        )

    def deleted(self, tx: Transaction, guid: str, caller: Caller) -> None:
        """The instance waits: its keys stay, and serve nobody."""

    def restored(self, tx: Transaction, guid: str, caller: Caller) -> None:
        """The keys serve again."""

    def reclaimed(self, tx: Transaction, guid: str, caller: Caller) -> None:
        """All keys go, for good."""
        if self._forget(tx, guid, PROVIDER, caller):
            self._shredding.begin(tx, PROVIDER)

    def _forget(self, tx: Transaction, guid: str, hsm: str, caller: Caller) -> int:
        values = (key.c.instance, key.c.id, key.c.name, literal(hsm), literal(0), literal(milliseconds(tx.now)))
        evidence = select(*values, literal(caller.name or caller.iam_id)).where(key.c.instance == guid)
        columns = ("instance", "id", "name", "hsm", "epoch", "purged_at", "purged_by")
        number = tx.execute(insert(purged_key).from_select(columns, evidence))
        tx.execute(delete(key).where(key.c.instance == guid))
        for table in (key_count, key_ring, instance_policy, import_token):
            tx.execute(delete(table).where(table.c.instance == guid))
        tx.changed("key", f"{guid}/")
        return number


class HsmBroker(KeyBroker):
    """The hooks of Hyper Protect Crypto Services: each instance has its own crypto units, in imprint mode at first."""

    def created(self, tx: Transaction, guid: str, account: str, parameters: Mapping[str, Any], plan: Plan) -> None:
        """Makes the crypto units; a parameter `units` says how many.

        Raises:
            InstanceInvalid: not 2 or 3.
        """
        units = parameters.get("units", UNITS[0])
        if isinstance(units, str) and units.isdigit():
            units = int(units)
        if isinstance(units, bool) or units not in UNITS:
            raise InstanceInvalid("An instance has 2 or 3 crypto units.", "Choose 2 or 3 units.", target="units")
        region = tx.scalar(select(instance.c.region).where(instance.c.guid == guid))
        self._hsm.create(guid, units, zones_of(region))
        tx.changed("crypto-units", guid)

    def reclaimed(self, tx: Transaction, guid: str, caller: Caller) -> None:
        """All keys go, and after that the crypto units with the master key."""
        self._forget(tx, guid, guid, caller)
        tx.changed("crypto-units", guid)
        tx.after_commit(lambda: self._hsm.remove(guid))


def repair(reader: Reader, hsm: Hsm) -> list[str]:
    """Makes the provider's HSM, destroys HSMs whose instance is gone; returns the ids of those."""
    if not hsm.exists(PROVIDER):
        hsm.create(PROVIDER, 1, [PROVIDER], initialised_by_provider=True)
    statement = select(instance.c.guid).where(
        instance.c.service == HS_CRYPTO, instance.c.state != InstanceState.REMOVED.value
    )
    alive = {row.guid for row in reader.all(statement)} | {PROVIDER}
    gone = [hsm_id for hsm_id in hsm.ids() if hsm_id not in alive]
    for hsm_id in gone:
        log.info("the HSM %s has no instance any more", hsm_id)
        hsm.remove(hsm_id)
    return gone
