"""What the cloud tells the signed-in person, and what it keeps from him."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from kyok.client.errors import ApiError
from kyok.domain.rights import Question

if TYPE_CHECKING:
    from kyok.client import CloudApi

T = TypeVar("T")


def people_of(api: CloudApi) -> dict[str, str]:
    """Emails by IAM id, as far as an emulated cloud tells them to this person. Raises when it cannot be asked."""
    if not api.emulator.available:
        return {}
    answer = told(api.emulator.identities, None)
    return {user.iam_id: user.email for account in answer.accounts for user in account.users} if answer else {}


def why_not(api: CloudApi, action: str, target: str = "") -> str:
    """Which role the signed-in person lacks for reading something; empty when none.

    It is asked before, since a refusal would be logged as one. A real cloud has no such question; there it is tried.
    """
    if not api.emulator.available:
        return ""
    (answer,) = api.emulator.decisions([Question(action, target)])
    return answer.reason


def told(ask: Callable[[], T], otherwise: T) -> T:
    """What the cloud answers; something else when it does not tell that to this person."""
    try:
        return ask()
    except ApiError as error:
        if not error.denied:
            raise
        return otherwise
