"""Status and code of what the key management service refuses (reference/kms-api.md 1.6)."""

from kyok.cloud.keys import errors as keys
from kyok.cloud.keys import import_errors as imports
from kyok.cloud.keys import policy_errors as policies
from kyok.cloud.wire import errors
from kyok.cloud.wire.errors import Wire

errors.add(
    {
        keys.AccessDenied: Wire(401, "UNAUTHORIZED_ERR"),
        keys.ServiceOnly: Wire(403, "SERVICE_ONLY_ERR"),
        keys.ResourceOwner: Wire(403, "RESOURCE_OWNER_ERR"),
        keys.InstanceGone: Wire(404, "INSTANCE_NOT_FOUND_ERR"),
        keys.BadBody: Wire(400, "BAD_BODY_ERR"),
        keys.NoBody: Wire(400, "NO_BODY_ERR"),
        keys.CollectionTotalMismatch: Wire(400, "COLLECTION_TOTAL_MISMATCH_ERR"),
        keys.InvalidField: Wire(400, "INVALID_FIELD_ERR"),
        keys.InvalidQuery: Wire(400, "INVALID_QUERY_PARAM_ERR"),
        keys.SearchTooBroad: Wire(400, "KEY_SEARCH_TOO_BROAD"),
        keys.KeyNotFound: Wire(404, "KEY_NOT_FOUND_ERR"),
        keys.KeyRingNotFound: Wire(404, "KEY_RING_NOT_FOUND_ERR"),
        keys.KeyRingNotUnique: Wire(409, "KEY_RING_NOT_UNIQUE_ERR"),
        keys.KeyRingQuota: Wire(409, "KEY_RING_QUOTA_ERR"),
        keys.KeyRingNotEmpty: Wire(409, "KEY_RING_NOT_EMPTY_ERR"),
        keys.KeyRingKeysNotDeleted: Wire(409, "KEY_RING_KEYS_NOT_DELETED_ERR"),
        keys.RootKeyRequired: Wire(400, "KEY_ROOT_REQ_ERR"),
        keys.ActionInvalidState: Wire(409, "KEY_ACTION_INVALID_STATE_ERR"),
        keys.KeyDeleted: Wire(410, "KEY_DELETED_ERR"),
        keys.TooEarly: Wire(409, "REQ_TOO_EARLY_ERR"),
        keys.RotationNotPermitted: Wire(409, "KEY_ROTATION_NOT_PERMITTED"),
        keys.PayloadRequired: Wire(400, "KEY_PAYLOAD_REQ_ERR"),
        keys.RestoreExpired: Wire(400, "KEY_RESTORE_EXPIRED"),
        keys.KeyExpired: Wire(400, "KEY_EXPIRED_ERR"),
        keys.AliasNotUnique: Wire(409, "KEY_ALIAS_NOT_UNIQUE_ERR"),
        keys.AliasQuota: Wire(409, "KEY_ALIAS_QUOTA_ERR"),
        keys.AliasNotFound: Wire(404, "KEY_ALIAS_NOT_FOUND_ERR"),
        keys.ProtectedResource: Wire(409, "PROTECTED_RESOURCE_ERR"),
        keys.PreventsDeletion: Wire(409, "PREV_KEY_DEL_ERR"),
        keys.RegistrationExists: Wire(409, "REGISTRATION_EXISTS_ERR"),
        keys.RegistrationNotFound: Wire(404, "REGISTRATION_NOT_FOUND_ERR"),
        keys.RegistrationChanged: Wire(412, "PRECONDITION_FAILED_ERR"),
        keys.RegistrationNeedsActiveKey: Wire(422, "KEY_INVALID_STATE_ERR"),
        keys.RegistrationNeedsRootKey: Wire(422, "KEY_ROOT_REQ_REG_ERR"),
        keys.VersionNotNewer: Wire(422, "KEY_VERSION_INVALID"),
        imports.ImportTokenNotFound: Wire(404, "IMPORT_TOKEN_NOT_FOUND_ERR"),
        imports.ImportTokenExpired: Wire(409, "IMPORT_TOKEN_EXPIRED_ERR"),
        imports.IncorrectNonceIv: Wire(400, "INCORRECT_NONCE_IV_ERR"),
        imports.IncorrectNonce: Wire(400, "INCORRECT_NONCE_ERR"),
        policies.PolicyMismatch: Wire(400, "BODY_QUERY_PARAM_MISMATCH_ERR"),
        policies.OnePolicyOnly: Wire(400, "NUM_COLLECTION_RESOURCE_ERR"),
        policies.FeatureRestricted: Wire(403, "FEATURE_RESTRICTED_ERR"),
        policies.NetworkRefused: Wire(403, "CONFIG_RULE_CONFLICT_ERR"),
        policies.CreationNotAllowed: Wire(409, "KEY_CREATE_IMPORT_ACCESS_ERR"),
        policies.NotDualAuth: Wire(409, "NOT_DUAL_AUTH_ERR"),
        policies.AuthorizationsNotMet: Wire(409, "AUTHORIZATIONS_NOT_MET"),
        keys.MasterKeyMissing: Wire(400, "CKR_IBM_WK_NOT_INITIALIZED"),
        keys.MasterKeyForeign: Wire(400, "CKR_IBM_WKID_MISMATCH"),
        keys.KeyDamaged: Wire(500, "INCOMPLETE_METADATA_ERR"),
        keys.CiphertextRefused: Wire(422, "UNPROCESSABLE_CIPHERTEXT_ERR"),
        keys.HsmUnreachable: Wire(503, "HSM_UNREACHABLE_ERR"),
        keys.NoCryptoUnits: Wire(404, "NO_CRYPTO_UNITS"),
        keys.AlreadyInitialised: Wire(409, "ALREADY_INITIALISED"),
        keys.BadCeremony: Wire(400, "BAD_VALUE"),
        keys.UnknownField: Wire(400, "UNKNOWN_FIELD"),
    }
)
errors.add(
    {
        keys.AccessDenied: Wire(403, "NOT_AUTHORIZED"),
        keys.InstanceGone: Wire(404, "INSTANCE_NOT_FOUND"),
        keys.InvalidField: Wire(400, "BAD_VALUE"),
        keys.HsmUnreachable: Wire(503, "HSM_UNREACHABLE"),
    },
    "emulator",
)
