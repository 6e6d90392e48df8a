"""Which HTTP status and error code a refusal becomes. Only the wire knows: services raise `KyokError`s."""

from typing import NamedTuple

from kyok.cloud.store.errors import StoreBusy, StoreDamaged, StoreFailed, StoreUnavailable
from kyok.cloud.wire.route import BodyNotJson
from kyok.errors import KyokError


class Wire(NamedTuple):
    """HTTP status and the API's own code for a class of errors."""

    status: int
    code: str


class BodyTooLarge(KyokError):
    """The body is over one mebibyte."""

    summary = "The request body is larger than 1 MiB."
    remedy = "Send less in one request."


class HeadTooLarge(KyokError):
    """Path, query and headers are over 64 KiB together: parts of them are remembered, and written down."""

    summary = "The address and the headers of the request are larger than 64 KiB."
    remedy = "Send less in them."


class ForeignHost(KyokError):
    """The Host header names another machine: a web page may be trying to reach this API (DNS rebinding)."""

    summary = "The request names a foreign host."
    remedy = "Use the address that `kyok serve` printed, on this machine."


class ForeignOrigin(KyokError):
    """The request carries an Origin header: it comes from a web page, and none may use this API."""

    summary = "Web pages may not call this API."
    remedy = "Call it from a program, without an Origin header."


class NoSuchRoute(KyokError):
    """Nothing is served at this path."""

    summary = "There is nothing at this address."
    remedy = "Check the path against the API reference."


class MethodNotAllowed(KyokError):
    """The path exists, the method does not."""

    summary = "This address does not take that method."
    remedy = "Use one of the methods that the Allow header names."


class NotEmulated(KyokError):
    """IBM's API documents this operation; the emulated cloud does not offer it yet."""

    summary = "This operation is documented by IBM, but not emulated here yet."
    remedy = "See the list of emulated operations in the documentation."


class InternalError(KyokError):
    """A bug in the emulated cloud; the log has the trace."""

    summary = "The emulated cloud failed on this request. This is a bug."
    remedy = "Look into the log of `kyok serve` and report it."


TABLE: dict[type[KyokError], Wire] = {
    BodyNotJson: Wire(400, "BAD_BODY_ERR"),
    BodyTooLarge: Wire(413, "BODY_TOO_LARGE_ERR"),
    HeadTooLarge: Wire(431, "HEAD_TOO_LARGE_ERR"),
    ForeignHost: Wire(403, "FOREIGN_HOST_ERR"),
    ForeignOrigin: Wire(403, "FOREIGN_ORIGIN_ERR"),
    NoSuchRoute: Wire(404, "NOT_FOUND_ERR"),
    MethodNotAllowed: Wire(405, "METHOD_NOT_ALLOWED_ERR"),
    NotEmulated: Wire(501, "NOT_EMULATED_ERR"),
    InternalError: Wire(500, "INTERNAL_ERR"),
    StoreFailed: Wire(507, "STORAGE_ERR"),
    StoreDamaged: Wire(507, "STORAGE_DAMAGED_ERR"),
    StoreBusy: Wire(503, "STORAGE_BUSY_ERR"),
    StoreUnavailable: Wire(503, "UNAVAILABLE_ERR"),
}


BY_SHAPE: dict[str, dict[type[KyokError], Wire]] = {"emulator": {NotEmulated: Wire(501, "NOT_BUILT")}}
"""Where one API says it with another status or code than the rest."""


def add(table: dict[type[KyokError], Wire], shape: str = "") -> None:
    """Adds a service's errors; each route module does it once, when it is imported.

    With a `shape` they hold for the API of that error body only, before the general ones.
    """
    (BY_SHAPE.setdefault(shape, {}) if shape else TABLE).update(table)


def wire_of(error: KyokError, shape: str = "") -> Wire:
    """Status and code of an error: its own class decides, then its bases; unknown ones are a bad request."""
    special = BY_SHAPE.get(shape, {})
    for kind in type(error).__mro__:
        if kind in special:
            return special[kind]
        if kind in TABLE:
            return TABLE[kind]
    return Wire(400, "BAD_REQUEST_ERR")
