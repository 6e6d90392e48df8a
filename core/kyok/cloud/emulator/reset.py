"""Back to an empty account: the same account, administrator and API key, and nothing else."""

from collections.abc import Callable, Sequence

from sqlalchemy import Table, delete, update

from kyok.cloud.activity.events import Caller, Event
from kyok.cloud.activity.service import Activity
from kyok.cloud.emulator.change_feed import RESET
from kyok.cloud.emulator.clock_control import ClockControl
from kyok.cloud.emulator.gate import Gate
from kyok.cloud.iam.identities import HOME, Identities
from kyok.cloud.store import Transaction
from kyok.cloud.store.tables import account, api_key, change, metadata, resource_group, setting, user

Step = Callable[[Transaction], None]


class Reset:
    """Empties the store in one unit of work.

    `steps` are the services' own parts, called in the same unit before any row is gone: they note with
    `tx.after_commit` what files and memory they drop.
    """

    def __init__(
        self,
        gate: Gate,
        identities: Identities,
        clock: ClockControl,
        activity: Activity,
        steps: Sequence[Step] = (),
    ) -> None:
        self._gate = gate
        self._identities = identities
        self._clock = clock
        self._activity = activity
        self._steps = list(steps)

    def add_step(self, step: Step) -> None:
        """Adds a service's part."""
        self._steps.append(step)

    def run(self, tx: Transaction, caller: Caller, event: str = "kyok.cloud.reset") -> None:
        """Replaces the whole state. Raises `NotAuthorized`."""
        self._gate.require(tx, caller)
        self.empty(tx)
        self._activity.record(tx, caller, Event(event, str(self._gate.target())))

    def empty(self, tx: Transaction) -> None:
        """The same for the cloud itself, without a word in the log."""
        for kind in ("policy", "identities", "instance", "settings", "fault", RESET):
            tx.changed(kind, "")
        for step in self._steps:
            step(tx)
        for table in reversed(metadata.sorted_tables):
            self._empty(tx, table)
        tx.removes_contents = True
        tx.execute(update(resource_group).values(name="Default"))
        self._identities.make_administrator(tx, self._identities.administrator_id)
        self._clock.start_over(tx)

    def _empty(self, tx: Transaction, table: Table) -> None:
        home, administrator = self._identities.account_id, self._identities.administrator_id
        kept = {
            setting: setting.c.name == HOME,
            account: account.c.id == home,
            user: user.c.iam_id == administrator,
            api_key: api_key.c.iam_id == administrator,
            resource_group: (resource_group.c.account == home) & resource_group.c.is_default,
        }
        if table is change:
            return  # the feed goes on: it is what tells of the reset
        statement = delete(table)
        tx.execute(statement.where(~kept[table]) if table in kept else statement)
