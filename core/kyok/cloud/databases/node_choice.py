"""Puts the drivers together: what the machine offers, what the settings wish, and who is told when nodes change."""

import logging
import threading
from collections.abc import Callable

from sqlalchemy import select

from kyok.cloud.databases.driver import NodeDriver
from kyok.cloud.databases.drivers import Drivers
from kyok.cloud.databases.missing_servers import MissingServers
from kyok.cloud.databases.simulated import SimulatedDriver
from kyok.cloud.store import Store
from kyok.cloud.store.tables import setting
from kyok.errors import KyokError
from kyok.paths import Home

log = logging.getLogger(__name__)

AUTO, SIMULATED = "auto", "simulated"
_WISH = select(setting.c.value).where(setting.c.name == "node_driver")


class KindDoesNotWork(KyokError):
    """The setting names a kind of volume that this machine cannot have."""

    summary = "The chosen kind of nodes does not work on this machine."
    remedy = "Choose “auto” in the settings, or see `kyok doctor`."


class NodeChoice:
    """See the module. `nudge` asks the reconciler to look at an instance."""

    def __init__(self, home: Home, store: Store, nudge: Callable[[str], None]) -> None:
        self._home = home
        self._store = store
        self._nudge = nudge
        self._lock = threading.Lock()
        self._drivers: Drivers | None = None

    def drivers(self) -> Drivers:
        """The driver of every instance."""
        with self._lock:
            if self._drivers is None:
                root = self._home.databases
                missing = MissingServers(root)
                self._drivers = Drivers(root, SimulatedDriver(root), self._find, missing, self._wants_real)
            return self._drivers

    def look(self) -> None:
        """Finds out what the machine offers, so that nobody has to wait for it later."""
        try:
            self.drivers().look()
        except Exception:
            log.exception("the machine could not be looked at")

    def _find(self) -> NodeDriver | None:
        from kyok.cloud.databases.postgres_driver import PostgresDriver  # a cloud without real nodes never loads it
        from kyok.cloud.databases.real_nodes import real_nodes
        from kyok.postgres.volumes.guarantees import VolumeKind

        found = real_nodes(self._home.root)
        if found is None:
            return None

        def kind() -> VolumeKind:
            wish = self._wish()
            if wish in (AUTO, SIMULATED):
                return found.kinds[0]
            wanted = VolumeKind(wish)
            if wanted not in found.kinds:
                raise KindDoesNotWork(f"Nodes of the kind “{wish}” do not work here: {found.problems[wanted]}")
            return wanted

        made = PostgresDriver(self._home.databases, found, kind, self._nudge, self._data_changed)
        made.resume()
        return made

    def _wants_real(self, possible: bool) -> bool:
        wish = self._wish()
        return possible if wish == AUTO else wish != SIMULATED

    def _wish(self) -> str:
        with self._store.read() as reader:
            return str(reader.scalar(_WISH) or AUTO)

    def _data_changed(self, guid: str) -> None:
        """Open pages ask again. The supervisor waits for no writer, which a reset lets wait for the supervisor."""
        self._store.writer.post(lambda tx: tx.changed("database", guid))
