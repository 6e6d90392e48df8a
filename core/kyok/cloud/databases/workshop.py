"""The database service's working parts, put together once."""

import threading
from collections.abc import Callable

from kyok.clock import Clock
from kyok.cloud.activity.service import Activity
from kyok.cloud.databases import vault
from kyok.cloud.databases.backup_keeper import BackupKeeper
from kyok.cloud.databases.backups import BackupFiles
from kyok.cloud.databases.changes import Changes
from kyok.cloud.databases.checks import KeyChecks
from kyok.cloud.databases.driver import NodeDriver
from kyok.cloud.databases.erasing import Erasing
from kyok.cloud.databases.exchange import Exchange
from kyok.cloud.databases.key_client import KeyClient
from kyok.cloud.databases.provisioning import Provisioning
from kyok.cloud.databases.restoring import Restoring
from kyok.cloud.databases.samples import Samples
from kyok.cloud.databases.token_source import InstanceTokens
from kyok.cloud.store import Store
from kyok.randomness import Randomness


class Workshop:
    """What the reconciler works with."""

    def __init__(
        self,
        *,
        store: Store,
        driver: NodeDriver,
        files: BackupFiles,
        hsm: vault.ServiceHsm,
        keys: KeyClient,
        activity: Activity,
        randomness: Randomness,
        clock: Clock,
    ) -> None:
        self.stopping = threading.Event()
        """Set when the cloud stops: what fails then is done again after the next start."""
        self.store = store
        self.clock = clock
        self.driver = driver
        self.files = files
        self.keys = keys
        self.checks = KeyChecks(store, driver, keys, hsm, activity, clock)
        self.backups = BackupKeeper(store, driver, files, activity, randomness)
        self.changes = Changes(store, driver, activity, randomness)
        self.samples = Samples(store, driver, clock)
        restoring = Restoring(store, driver, files, activity)
        self.provisioning = Provisioning(
            store, driver, keys, hsm, activity, randomness, clock, restoring, self.stopping
        )
        self.erasing = Erasing(store, driver, files, keys, clock)


def key_client(exchange: Exchange, credential: Callable[[], str]) -> KeyClient:
    """The key service behind an exchange; `credential` gives the service's token for IAM."""
    return KeyClient(exchange, InstanceTokens(exchange, credential))
