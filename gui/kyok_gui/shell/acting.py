"""As whom one goes on: the bar and the header's menu say it, and who is no user any more cannot stay."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from kyok.domain.translation import tr

if TYPE_CHECKING:
    from kyok.errors import KyokError
    from kyok_gui.cloud_link import CloudLink
    from kyok_gui.context import Account, PageContext
    from kyok_gui.people import People
    from kyok_gui.window import ConsoleWindow


class Acting(QObject):
    """Belongs to one window."""

    def __init__(self, window: ConsoleWindow, context: PageContext, link: CloudLink, people: People) -> None:
        super().__init__(window)
        self._window = window
        self._context = context
        self._link = link
        self._people = people
        self._own_id = self._own_name = ""
        window.acting.back.connect(lambda: window.leaving.do(link.sign_back))
        people.changed.connect(self._show)

    def take(self, account: Account) -> None:
        """Shows who is signed in now."""
        if not account.acting:
            self._own_id, self._own_name = account.iam_id, account.user
        self._show()

    def choose(self, iam_id: str) -> None:
        """Goes on as this person of the header's menu."""
        if iam_id == self._own_id:
            self._link.sign_back()
        elif iam_id != self._context.account.iam_id:
            self._link.sign_in_as(iam_id, self._window.tell_failure)

    def tell_gone(self, account: Account) -> None:
        """Says that the person is no user any more, and who takes over."""
        self._context.notices.warning(
            tr("{user} is no user any more", user=account.user), tr("Back to {own}.", own=self._own_name)
        )

    def _show(self) -> None:
        """Who is signed in; somebody who is no user any more cannot be, and the administrator takes over."""
        account, people, window = self._context.account, self._people, self._window
        if self._context.cloud.kind != "emulated":
            window.header.hide_people()  # one cannot go on as somebody else there
            return
        person = people.person(account.iam_id)
        window.header.show_people(account, people.persons)
        if account.acting:
            title = person.title if person is not None else account.user
            window.acting.show_person(title, person.roles if person is not None else "", self._own_name)
            if person is None and people.persons:
                people.make_sure(account.iam_id, partial(self._nobody, account), partial(self._unsure, account))
        else:
            window.acting.hide()

    def _nobody(self, account: Account) -> None:
        if self._context.account.iam_id == account.iam_id:
            self.tell_gone(account)
            self._link.sign_back()

    def _unsure(self, account: Account, error: KyokError) -> None:
        """The list of users cannot be read; the next connection and the next change of users ask again."""
        if self._context.account.iam_id != account.iam_id:
            return
        self._context.notices.warning(
            tr("It is unknown whether {user} is still a user", user=account.user),
            tr("{why} It is asked again when the cloud answers.", why=error.summary),
        )
        self._window.suspect(error)
