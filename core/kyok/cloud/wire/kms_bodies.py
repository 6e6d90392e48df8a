"""Request bodies of the key management API, with the tolerance that its clients need (reference/kms-api.md 1.2).

Member names are matched without regard to case; an absent body, `null` and `{}` are the same; `null` members count as
not given; members that nobody asked for are ignored.
"""

from kyok.cloud.keys.errors import BadBody, CollectionTotalMismatch, InvalidField
from kyok.cloud.keys.import_tokens import TokenWish
from kyok.cloud.keys.making import NewKey
from kyok.cloud.keys.minting import Given
from kyok.cloud.keys.registrations import RegistrationInput
from kyok.cloud.wire import kms_policy_bodies
from kyok.cloud.wire.kms_members import Members
from kyok.cloud.wire.route import Call
from kyok.domain.key_fields import TOKEN_RETRIEVALS, TOKEN_SECONDS

KEY_TYPE = "application/vnd.ibm.kms.key+json"


def members(call: Call) -> Members:
    """The body of an action."""
    return Members(call.json())


def one_resource(call: Call) -> Members:
    """The one resource of a collection.

    Raises:
        BadBody: metadata or the resource is missing or empty, or there is more than one.
        CollectionTotalMismatch: the metadata counts otherwise.
    """
    body = members(call)
    metadata, resources = body.get("metadata"), body.get("resources")
    if not isinstance(metadata, dict) or not metadata:
        raise BadBody("The metadata of the collection is missing.")
    if not isinstance(resources, list) or not all(isinstance(item, dict) for item in resources):
        raise BadBody("The resources of the collection are missing.")
    if Members(metadata).get("collectionTotal") != len(resources):
        raise CollectionTotalMismatch()
    if len(resources) != 1 or not resources[0]:
        raise BadBody("The collection must hold one resource.")
    return Members(resources[0])


def new_key(call: Call, *, with_policies: bool = False) -> NewKey:
    """The key that a body asks for; `with_policies`: with those of the body, and none of the instance's."""
    resource = one_resource(call)
    if resource.text("type") != KEY_TYPE:
        raise InvalidField(f"type must be {KEY_TYPE}.", target="type")
    name = resource.text("name")
    if name is None:
        raise InvalidField("name is missing.", target="name")
    return NewKey(
        name=name,
        standard=resource.flag("extractable") or False,
        description=resource.text("description") or None,
        tags=resource.texts("tags"),
        aliases=resource.texts("aliases"),
        expires_at=resource.moment("expirationDate"),
        given=given_material(resource),
        policies=kms_policy_bodies.overrides(resource) if with_policies else None,
    )


def given_material(body: Members) -> Given | None:
    """The key material that a body brings along, in the plain or encrypted for an import token.

    Raises:
        InvalidField: material for a token without nonce or IV, or the other way round.
    """
    payload = body.text("payload")
    nonce, iv, name = (body.text(member) or "" for member in ("encryptedNonce", "iv", "encryptionAlgorithm"))
    if not (nonce or iv or name):
        return Given(payload) if payload else None
    for target, value in (("payload", payload), ("encryptedNonce", nonce), ("iv", iv)):
        if not value:
            raise InvalidField(f"{target} is missing: an import with a token needs it.", target=target)
    return Given(payload or "", nonce, iv, name)


def token_wish(call: Call) -> TokenWish:
    """How long an import token shall live, and how often it may be retrieved."""
    body = members(call)
    seconds, retrievals = body.number("expiration"), body.number("maxAllowedRetrievals")
    wish = TokenWish(
        TOKEN_SECONDS if seconds is None else seconds, TOKEN_RETRIEVALS if retrievals is None else retrievals
    )
    wish.check()
    return wish


def registration_input(call: Call, *, whole: bool = False) -> RegistrationInput:
    """What a service says about a resource; `whole`: every member must be there."""
    body = members(call)
    resource = one_resource(call) if body.get("resources") else body
    given = RegistrationInput(
        prevent_deletion=resource.flag("preventKeyDeletion"),
        description=resource.text("description"),
        service_data=resource.text("registrationMetadata"),
        version_id=resource.text("keyVersionId"),
    )
    missing = (given.prevent_deletion, given.description, given.service_data, given.version_id).count(None)
    if whole and missing:
        raise BadBody("preventKeyDeletion, description, registrationMetadata and keyVersionId are all required.")
    return given


def additional_data(body: Members) -> tuple[str, ...]:
    """The additional authentication data of wrap, unwrap and rewrap."""
    return body.texts("aad")
