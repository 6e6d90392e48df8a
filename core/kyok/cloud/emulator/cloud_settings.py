"""The cloud's settings: what they are is declared in `kyok.settings`, what they are set to is in the store."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from kyok.cloud.activity.events import Caller, Event
from kyok.cloud.activity.service import Activity
from kyok.cloud.emulator.gate import Gate
from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import setting
from kyok.settings import Scope, checked, defaults


class CloudSettings:
    """Reads and changes the settings."""

    def __init__(self, gate: Gate, activity: Activity) -> None:
        self._gate = gate
        self._activity = activity

    def read(self, reader: Reader) -> dict[str, Any]:
        """Every setting with its value; one that was never set has its default."""
        values = defaults(Scope.CLOUD)
        for row in reader.all(select(setting).where(setting.c.name.in_(list(values)))):
            values[row.name] = row.value
        return values

    def put(self, tx: Transaction, caller: Caller, body: Mapping[str, Any]) -> dict[str, Any]:
        """Changes some settings and returns all.

        Raises:
            BadSetting, NotAuthorized: nothing is changed.
        """
        self._gate.require(tx, caller)
        before = self.read(tx)
        for name, value in checked(Scope.CLOUD, body).items():
            if value == before[name]:
                continue
            statement = insert(setting).values(name=name, value=value)
            tx.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value}))
            tx.changed("settings", name)
            data = {"setting": name, "before": before[name], "after": value, "detail": name}
            self._activity.record(
                tx, caller, Event("kyok.settings.update", str(self._gate.target()), name, response_data=data)
            )
        return self.read(tx)
