"""Tables, migrations and transactions of the emulated cloud; no rules of any service live here."""

from kyok.cloud.store.database import Store
from kyok.cloud.store.transaction import Reader, Transaction
from kyok.cloud.store.writer import Writer

__all__ = ["Reader", "Store", "Transaction", "Writer"]
