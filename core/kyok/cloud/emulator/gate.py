"""Who may use the private API: users what tells, administrators of the cloud's own account what changes it."""

from sqlalchemy import bindparam, select

from kyok.cloud.activity.events import Caller
from kyok.cloud.iam.decisions import Decisions
from kyok.cloud.iam.errors import NotAuthorized
from kyok.cloud.iam.identities import Identities
from kyok.cloud.store import Reader
from kyok.cloud.store.tables import user
from kyok.domain.crn import Crn
from kyok.domain.roles import ACTIVITY_READ, EMULATOR_MANAGE

_USER = select(user.c.iam_id).where(user.c.iam_id == bindparam("iam_id"))


class Gate:
    """Lets administrators in."""

    def __init__(self, decisions: Decisions, identities: Identities) -> None:
        self._decisions = decisions
        self._identities = identities

    def target(self) -> Crn:
        """What activity events about the cloud itself name."""
        return Crn.of_account("kyok", self._identities.account_id)

    def require(self, reader: Reader, caller: Caller) -> None:
        """For what changes the cloud for everybody: an administrator of the cloud's own account.

        Raises:
            NotAuthorized: the caller is none.
        """
        self._decisions.require(reader, caller, EMULATOR_MANAGE, self.target())

    def require_reader(self, reader: Reader, caller: Caller) -> None:
        """For what only tells of the emulated cloud itself (clock, faults, settings, changes): every user.

        Raises:
            NotAuthorized: the caller is none, or none any more.
        """
        known = reader.scalar(_USER, {"iam_id": caller.iam_id}) is not None
        if caller.kind != "user" or not known:
            raise NotAuthorized(f"{caller.name or 'Nobody'} is no user of this cloud.", action=EMULATOR_MANAGE)

    def require_activity(self, reader: Reader, caller: Caller) -> None:
        """For the activity log of the caller's account: whoever has a platform role on all of it.

        Raises:
            NotAuthorized: the caller has none.
        """
        self._decisions.require(reader, caller, ACTIVITY_READ, Crn.of_account("kyok", caller.account))

    def is_administrator(self, reader: Reader, caller: Caller) -> bool:
        """Whether the caller is an administrator of the cloud's own account."""
        return self._decisions.allows(reader, caller, EMULATOR_MANAGE, self.target())
