"""What the console and the command line call: the cloud's REST APIs, one client for the emulated and the real one.

Blocking and thread-safe; the window calls it from workers. Importing it is cheap: the parts come with their first use,
`requests` with the first call.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kyok.client.api import CloudApi
    from kyok.client.databases import DatabaseRequest
    from kyok.client.errors import ApiError, CloudUnreachable, NeedsEmulator, NotSignedIn, UnexpectedAnswer
    from kyok.client.profile import Profile
    from kyok.client.session import CloudSession

__all__ = [
    "ApiError",
    "CloudApi",
    "CloudSession",
    "CloudUnreachable",
    "DatabaseRequest",
    "NeedsEmulator",
    "NotSignedIn",
    "Profile",
    "UnexpectedAnswer",
]

_HOMES = {"CloudApi": "api", "CloudSession": "session", "DatabaseRequest": "databases", "Profile": "profile"}


def __getattr__(name: str) -> Any:
    """One of the names above, whose module is imported now."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"kyok.client.{_HOMES.get(name, 'errors')}"), name)
