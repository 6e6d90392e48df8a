"""What the emulated cloud says of itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

import kyok
from kyok.cloud.iam.identities import Identities
from kyok.cloud.store import Reader
from kyok.cloud.store.tables import account
from kyok.cloud.store.times import rfc3339_ms


@dataclass(frozen=True, slots=True)
class About:
    """Facts of this process."""

    identities: Identities
    started_at: datetime
    insecure_demo: bool
    node_driver: Callable[[], str] = lambda: "simulated"
    """What the nodes of the next new instance would be; finding out may take a moment, once."""

    def body(self, reader: Reader) -> dict[str, Any]:
        """What `GET /emulator/v1/about` answers."""
        ident = self.identities.account_id
        return {
            "version": kyok.__version__,
            "account_id": ident,
            "account_name": reader.scalar(select(account.c.name).where(account.c.id == ident)),
            "started_at": rfc3339_ms(self.started_at),
            "insecure_demo": self.insecure_demo,
            "hsm": "unlocked",
            "node_driver": self.node_driver(),
        }
