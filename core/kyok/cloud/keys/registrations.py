"""Which cloud resource uses which root key (reference/kms-api.md 2.16).

Users look at registrations; services make them, each for its own resources only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, delete, insert, select, update

from kyok.cloud.activity.events import Caller
from kyok.cloud.activity.service import Activity
from kyok.cloud.keys import errors, rings
from kyok.cloud.keys.crn_pattern import CrnPattern
from kyok.cloud.keys.scope import Scope
from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import key, key_version, registration
from kyok.cloud.store.times import milliseconds, moment
from kyok.domain.crn import Crn, InvalidCrn
from kyok.domain.key_fields import description_problem
from kyok.domain.key_states import KeyState


@dataclass(frozen=True, slots=True)
class RegistrationView:
    """One registration. `service_data` is for the service that made it alone."""

    key_id: str
    key_name: str
    resource_crn: str
    description: str | None
    prevent_deletion: bool
    service_data: str | None
    version_id: str
    version_at: datetime | None
    etag: str
    created_at: datetime
    created_by: str
    updated_at: datetime
    updated_by: str


@dataclass(frozen=True, slots=True)
class RegistrationInput:
    """What a service says about a resource; None: not said."""

    prevent_deletion: bool | None = None
    description: str | None = None
    service_data: str | None = None
    version_id: str | None = None


@dataclass(frozen=True, slots=True)
class RegistrationQuery:
    """Which registrations."""

    limit: int
    offset: int
    pattern: CrnPattern | None = None
    prevent_deletion: bool | None = None


@dataclass(frozen=True, slots=True)
class RegistrationPage:
    """One page, and how many there are in all."""

    registrations: Sequence[RegistrationView]
    total: int


_SELECT: Select[Any] = (
    select(registration, key.c.id.label("key_id"), key.c.name.label("key_name"), key_version.c.created_at.label("v_at"))
    .join(key, key.c.pk == registration.c.key_pk)
    .outerjoin(key_version, and_(key_version.c.id == registration.c.version_id, key_version.c.key_pk == key.c.pk))
)


class Registrations:
    """Lists, makes, changes and ends registrations."""

    def __init__(self, activity: Activity) -> None:
        self._activity = activity

    def page(self, reader: Reader, scope: Scope, query: RegistrationQuery) -> RegistrationPage:
        """Registrations of a key, or of all keys of the instance; a service sees its own."""
        if scope.key is not None:
            if scope.key.standard:
                raise errors.RootKeyRequired()
            statement = _SELECT.where(registration.c.key_pk == scope.key.pk)
        else:
            statement = _SELECT.where(registration.c.instance == scope.instance.guid)
        ring = rings.chosen(reader, scope)
        if ring is not None:
            statement = statement.where(key.c.ring == ring)
        if query.prevent_deletion is not None:
            statement = statement.where(registration.c.prevent_deletion == query.prevent_deletion)
        rows = reader.all(statement.order_by(registration.c.key_pk, registration.c.resource_crn))
        own = _own_prefix(scope.caller)
        found = [
            row
            for row in rows
            if row.resource_crn.startswith(own) and (query.pattern is None or query.pattern.matches(row.resource_crn))
        ]
        wanted = found[query.offset : query.offset + query.limit]
        return RegistrationPage([_view(row) for row in wanted], len(found))

    def create(self, tx: Transaction, scope: Scope, resource: str, given: RegistrationInput) -> RegistrationView:
        """Registers a resource of the calling service to the key, in its newest version."""
        crn = _own_resource(scope.caller, resource)
        found = scope.required_key()
        if found.standard:
            raise errors.RegistrationNeedsRootKey()
        if found.state(tx) is not KeyState.ACTIVE:
            raise errors.RegistrationNeedsActiveKey()
        _check(given)
        if self._row(tx, found.pk, crn) is not None:
            raise errors.RegistrationExists()
        now = milliseconds(tx.now)
        tx.execute(
            insert(registration).values(
                key_pk=found.pk,
                resource_crn=crn,
                instance=scope.instance.guid,
                description=given.description,
                prevent_deletion=bool(given.prevent_deletion),
                version_id=found.newest.handle,
                service_data=given.service_data,
                revision=1,
                created_at=now,
                created_by=scope.caller.iam_id,
                updated_at=now,
                updated_by=scope.caller.iam_id,
            )
        )
        return self._done(tx, scope, crn)

    def change(
        self, tx: Transaction, scope: Scope, resource: str, given: RegistrationInput, if_match: str | None
    ) -> RegistrationView:
        """Changes what is given of a registration. Raises `VersionNotNewer` for a version that is not newer."""
        crn = _own_resource(scope.caller, resource)
        found = scope.required_key()
        row = self._existing(tx, found.pk, crn, if_match)
        _check(given)
        values = {
            "prevent_deletion": given.prevent_deletion,
            "description": given.description,
            "service_data": given.service_data,
        }
        changed: dict[str, Any] = {name: value for name, value in values.items() if value is not None}
        if given.version_id is not None and given.version_id != row.version_id:
            numbers = {version.handle: version.version for version in found.versions}
            if numbers.get(given.version_id, 0) <= numbers.get(row.version_id, 0):
                raise errors.VersionNotNewer()
            changed["version_id"] = given.version_id
        changed |= {"revision": row.revision + 1, "updated_at": milliseconds(tx.now), "updated_by": scope.caller.iam_id}
        tx.execute(update(registration).where(*_is(found.pk, crn)).values(**changed))
        return self._done(tx, scope, crn)

    def remove(self, tx: Transaction, scope: Scope, resource: str) -> RegistrationView:
        """Ends a registration; gives it back as it was."""
        crn = _own_resource(scope.caller, resource)
        found = scope.required_key()
        view = _view(self._existing(tx, found.pk, crn, None))
        tx.execute(delete(registration).where(*_is(found.pk, crn)))
        self._note(tx, scope, crn)
        return view

    def _existing(self, tx: Transaction, pk: int, crn: str, if_match: str | None) -> Row[Any]:
        row = self._row(tx, pk, crn)
        if row is None:
            raise errors.RegistrationNotFound()
        if if_match:
            tags = {tag.strip().removeprefix("W/") for tag in if_match.split(",")}
            if "*" not in tags and _etag(row.revision) not in tags:
                raise errors.RegistrationChanged()
        return row

    def _row(self, reader: Reader, pk: int, crn: str) -> Row[Any] | None:
        return reader.one(_SELECT.where(*_is(pk, crn)))

    def _done(self, tx: Transaction, scope: Scope, crn: str) -> RegistrationView:
        self._note(tx, scope, crn)
        row = self._row(tx, scope.required_key().pk, crn)
        if row is None:
            raise errors.RegistrationNotFound()
        return _view(row)

    def _note(self, tx: Transaction, scope: Scope, crn: str) -> None:
        found = scope.required_key()
        response = {"keyId": found.id, "keyState": int(found.state(tx)), "resourceCRN": crn}
        self._activity.record(tx, scope.caller, scope.event(response))
        tx.changed("key", f"{scope.instance.guid}/{found.id}")


def _is(pk: int, crn: str) -> tuple[Any, Any]:
    return registration.c.key_pk == pk, registration.c.resource_crn == crn


def _etag(revision: int) -> str:
    return f'"{revision}"'


def _own_prefix(caller: Caller) -> str:
    """What the CRNs begin with that the caller may see: all for a user, its own instance for a service."""
    if caller.kind != "service":
        return ""
    return "crn:v1:none" if caller.crn is None else str(caller.crn.instance_crn).removesuffix("::") + ":"


def _own_resource(caller: Caller, text: str) -> str:
    """The resource's CRN with the caller's own first eight segments (reference/kms-api.md 2.16).

    Raises:
        ServiceOnly: the caller is no service.
        InvalidField: the text is no CRN.
    """
    if caller.kind != "service" or caller.crn is None:
        raise errors.ServiceOnly()
    try:
        given = Crn.parse(text)
    except InvalidCrn as error:
        raise errors.InvalidField(error.summary, error.remedy, target="resourceCrn") from None
    return str(replace(caller.crn, resource_type=given.resource_type, resource=given.resource))


def _check(given: RegistrationInput) -> None:
    problem = description_problem(given.description or "")
    if problem:
        raise errors.InvalidField(problem, target="description")


def _view(row: Row[Any]) -> RegistrationView:
    return RegistrationView(
        key_id=row.key_id,
        key_name=row.key_name,
        resource_crn=row.resource_crn,
        description=row.description,
        prevent_deletion=row.prevent_deletion,
        service_data=row.service_data,
        version_id=row.version_id,
        version_at=None if row.v_at is None else moment(row.v_at),
        etag=_etag(row.revision),
        created_at=moment(row.created_at),
        created_by=row.created_by,
        updated_at=moment(row.updated_at),
        updated_by=row.updated_by,
    )
