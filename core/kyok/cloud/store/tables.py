"""The schema, dialect-neutral: SQLite now, PostgreSQL by URL later.

Times are INTEGER milliseconds since 1970 UTC (`*_at`). JSON columns hold what is only ever read as a whole.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    and_,
    false,
)

metadata = MetaData()
Serial = BigInteger().with_variant(Integer, "sqlite")
"""An ever-growing integer key; SQLite only counts by itself in a column of type INTEGER."""

# The cloud itself ---------------------------------------------------------------------------------------------------

setting = Table(
    "setting",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", JSON, nullable=False),
)
change = Table(
    "change",
    metadata,
    Column("seq", Serial, primary_key=True, autoincrement=True),
    Column("kind", Text, nullable=False),
    Column("ident", Text, nullable=False),
    sqlite_autoincrement=True,
)
activity_content = Table(
    "activity_content",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("account", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("initiator", Text, nullable=False),
    Column("initiator_id", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("instance", Text, nullable=False),
    Column("folds", Boolean, nullable=False),
    Column("words", Text, nullable=False),
    Column("document", JSON, nullable=False),
)
"""What events say, each once (`kyok.cloud.store.contents`). `words`: what a search looks at, in lower case; `instance`:
in whose log the event stands, else its target's; `document`: the event without its id, time and correlation."""
Index("activity_content_of_instance", activity_content.c.instance)
Index(
    "activity_content_narrow",
    *(activity_content.c.account, activity_content.c.action, activity_content.c.outcome, activity_content.c.severity),
    *(activity_content.c.initiator, activity_content.c.initiator_id, activity_content.c.instance),
    *(activity_content.c.target, activity_content.c.folds),
)
Index("activity_content_folding", activity_content.c.id, sqlite_where=activity_content.c.folds.is_(True))
activity = Table(
    "activity",
    metadata,
    Column("seq", Serial, primary_key=True, autoincrement=True),
    Column("event_id", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("content", ForeignKey("activity_content.id", deferrable=True, initially="DEFERRED"), nullable=False),
    Column("correlation", Text, nullable=False),
    Column("folded", Integer, nullable=False, server_default="0"),
    sqlite_autoincrement=True,
)
"""Events, oldest first. `folded`: how many more of the same it stands for. An id is found by the time that
it begins with, and the content is looked for at the commit: it takes a twentieth off a wrap (docs/adr/0037)."""
Index("activity_at", activity.c.at)
Index("activity_of_content", activity.c.content, activity.c.seq)
activity_log = activity.join(activity_content)
"""Events with what they say."""
activity_fold = Table(
    "activity_fold",
    metadata,
    Column("fold_key", Text, primary_key=True),
    Column("event_id", Text, nullable=False),
    Column("outcome", Text, nullable=False),
)
fault = Table(
    "fault",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("target", JSON, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False, server_default=""),
)

# Identity and access ------------------------------------------------------------------------------------------------

account = Table(
    "account",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
)
user = Table(
    "iam_user",
    metadata,
    Column("iam_id", Text, primary_key=True),
    Column("account", Text, ForeignKey("account.id"), nullable=False),
    Column("email", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    UniqueConstraint("account", "email"),
)
api_key = Table(
    "api_key",
    metadata,
    Column("id", Text, primary_key=True),
    Column("iam_id", Text, ForeignKey("iam_user.iam_id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("digest", Text, nullable=False, unique=True),
    Column("created_at", BigInteger, nullable=False),
    Column("description", Text, nullable=False, server_default=""),
    Column("locked", Boolean, nullable=False, server_default=false()),
    Column("disabled", Boolean, nullable=False, server_default=false()),
    Column("revision", Integer, nullable=False, server_default="1"),
    Column("modified_at", BigInteger),
)
policy = Table(
    "policy",
    metadata,
    Column("id", Text, primary_key=True),
    Column("account", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("api", Text, nullable=False),
    Column("identity_key", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("document", JSON, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("modified_at", BigInteger, nullable=False),
    Column("modified_by", Text, nullable=False),
)
Index("policy_of_account", policy.c.account, policy.c.type, policy.c.state)

# Resource controller ------------------------------------------------------------------------------------------------

resource_group = Table(
    "resource_group",
    metadata,
    Column("id", Text, primary_key=True),
    Column("account", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("is_default", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("deleted_at", BigInteger),
)
instance = Table(
    "instance",
    metadata,
    Column("guid", Text, primary_key=True),
    Column("seq", Integer, nullable=False, unique=True),
    Column("account", Text, nullable=False),
    Column("crn", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("service", Text, nullable=False),
    Column("plan_id", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("group_id", Text, ForeignKey("resource_group.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("parameters", JSON, nullable=False),
    Column("tags", JSON, nullable=False),
    Column("last_operation", JSON, nullable=False),
    Column("locked", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("updated_by", Text, nullable=False),
    Column("deleted_at", BigInteger),
    Column("deleted_by", Text),
    Column("restored_at", BigInteger),
    Column("restored_by", Text),
)
Index("instance_of_account", instance.c.account, instance.c.seq)
reclamation = Table(
    "reclamation",
    metadata,
    Column("id", Text, primary_key=True),
    Column("guid", Text, ForeignKey("instance.guid"), nullable=False),
    Column("account", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("target_at", BigInteger, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("updated_by", Text, nullable=False),
)

# Key management -----------------------------------------------------------------------------------------------------

key = Table(
    "kms_key",
    metadata,
    Column("pk", Serial, primary_key=True, autoincrement=True),
    Column("instance", Text, ForeignKey("instance.guid"), nullable=False),
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("description", Text),
    Column("tags", JSON),
    Column("state", Integer, nullable=False),
    Column("extractable", Boolean, nullable=False),
    Column("imported", Boolean, nullable=False),
    Column("ring", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("version_id", Text, nullable=False, server_default=""),
    Column("version_at", BigInteger, nullable=False, server_default="0"),
    Column("bits", Integer, nullable=False),
    Column("expires_at", BigInteger),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("rotated_at", BigInteger),
    Column("disabled_at", BigInteger),
    Column("deleted_at", BigInteger),
    Column("deleted_by", Text),
    Column("state_at", BigInteger),
    Column("state_by", Text, nullable=False, server_default=""),
    Column("state_event", Text),
    Column("lifecycle_at", BigInteger),
    Column("deletion_set_at", BigInteger),
    Column("deletion_set_by", Text),
    UniqueConstraint("instance", "id"),
    sqlite_autoincrement=True,
)
"""`state_*`: last disable, enable, delete, restore or expiry. `lifecycle_at`: last notification of the key's users.
`deletion_set_*`: the first of the two authorizations to delete it."""
Index("key_listed", key.c.instance, key.c.id, key.c.state, key.c.extractable)
Index("key_in_order", key.c.instance, key.c.pk, key.c.state, key.c.extractable)
_expiring = and_(key.c.state == 1, key.c.expires_at.is_not(None))
# Partial on SQLite only so far: to name the other dialect here would load it with every start.
Index("key_expiring", key.c.instance, key.c.expires_at, sqlite_where=_expiring)
_deleted = key.c.state == 5
Index("key_deleted", key.c.deleted_at, sqlite_where=_deleted)
Index("key_in_ring", key.c.instance, key.c.ring, key.c.id, sqlite_where=key.c.ring != "default")
Index("key_set_for_deletion", key.c.deletion_set_at, sqlite_where=key.c.deletion_set_at.is_not(None))
key_version = Table(
    "kms_key_version",
    metadata,
    Column("id", Text, primary_key=True),
    Column("key_pk", BigInteger, ForeignKey("kms_key.pk", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("blob", LargeBinary, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    UniqueConstraint("key_pk", "number"),
)
key_alias = Table(
    "kms_alias",
    metadata,
    Column("instance", Text, ForeignKey("instance.guid"), primary_key=True),
    Column("alias", Text, primary_key=True),
    Column("key_pk", BigInteger, ForeignKey("kms_key.pk", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
)
key_count = Table(
    "kms_key_count",
    metadata,
    Column("instance", Text, ForeignKey("instance.guid"), primary_key=True),
    Column("state", Integer, primary_key=True),
    Column("extractable", Boolean, primary_key=True),
    Column("bucket", Integer, primary_key=True),
    Column("number", Integer, nullable=False),
)
"""Keys per state, type and first byte of their id; a page at any offset is found from it (docs/adr/0020)."""
key_ring = Table(
    "kms_key_ring",
    metadata,
    Column("instance", Text, ForeignKey("instance.guid"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
)
"""Key rings but `default`, which every instance has."""
key_policy = Table(
    "kms_key_policy",
    metadata,
    Column("id", Text, primary_key=True),
    Column("key_pk", BigInteger, ForeignKey("kms_key.pk", ondelete="CASCADE"), nullable=False),
    Column("type", Text, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("months", Integer),
    Column("due_at", BigInteger),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("updated_by", Text, nullable=False),
    UniqueConstraint("key_pk", "type"),
)
"""`due_at`: when an enabled rotation policy rotates its key next."""
Index("key_policy_due", key_policy.c.due_at, sqlite_where=key_policy.c.due_at.is_not(None))
instance_policy = Table(
    "kms_instance_policy",
    metadata,
    Column("instance", Text, ForeignKey("instance.guid"), primary_key=True),
    Column("type", Text, primary_key=True),
    Column("enabled", Boolean, nullable=False),
    Column("attributes", JSON, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("updated_by", Text, nullable=False),
)
import_token = Table(
    "kms_import_token",
    metadata,
    Column("instance", Text, ForeignKey("instance.guid"), primary_key=True),
    Column("id", Text, nullable=False),
    Column("blob", LargeBinary, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("public_key", Text, nullable=False),
    Column("retrievals", Integer, nullable=False),
    Column("remaining", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
)
"""The one token of an instance. `blob`: private key and nonce, sealed in its HSM; `public_key` is PEM text."""
purged_key = Table(
    "kms_purged_key",
    metadata,
    Column("instance", Text, ForeignKey("instance.guid"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("hsm", Text, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("purged_at", BigInteger, nullable=False),
    Column("purged_by", Text, nullable=False),
    Column("shredded_at", BigInteger),
)
"""Evidence of purged keys. `epoch`: the storage epoch that came with the purge; `shredded_at`: the old one's end."""
registration = Table(
    "kms_registration",
    metadata,
    Column("key_pk", BigInteger, ForeignKey("kms_key.pk", ondelete="CASCADE"), primary_key=True),
    Column("resource_crn", Text, primary_key=True),
    Column("instance", Text, ForeignKey("instance.guid"), nullable=False, index=True),
    Column("description", Text),
    Column("prevent_deletion", Boolean, nullable=False),
    Column("version_id", Text, nullable=False),
    Column("service_data", Text),
    Column("revision", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("updated_by", Text, nullable=False),
)

# Databases ----------------------------------------------------------------------------------------------------------

database = Table(
    "dbaas_database",
    metadata,
    Column("guid", Text, ForeignKey("instance.guid"), primary_key=True),
    Column("account", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("cluster_name", Text, nullable=False),
    Column("admin_name", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("cpu", Integer, nullable=False),
    Column("memory", Text, nullable=False),
    Column("storage", Text, nullable=False),
    Column("endpoints", Text, nullable=False),
    Column("kms_instance", Text),
    Column("kms_key", Text),
    Column("wrapped_key", Text),
    Column("wrapped_version", Text),
    Column("wrapped_at", BigInteger),
    Column("data_lost_at", BigInteger),
    Column("document", JSON, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
)
node = Table(
    "dbaas_node",
    metadata,
    Column("id", Text, primary_key=True),
    Column("guid", Text, ForeignKey("dbaas_database.guid"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("key_status", Text, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("document", JSON, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    UniqueConstraint("guid", "number"),
)
key_check = Table(
    "dbaas_key_check",
    metadata,
    Column("node_id", Text, ForeignKey("dbaas_node.id"), primary_key=True),
    Column("bucket_at", BigInteger, primary_key=True),
    Column("passed", Integer, nullable=False),
    Column("denied", Integer, nullable=False),
    Column("unreachable", Integer, nullable=False),
)
sample = Table(
    "dbaas_sample",
    metadata,
    Column("guid", Text, ForeignKey("dbaas_database.guid"), primary_key=True),
    Column("step", Integer, primary_key=True),
    Column("at", BigInteger, primary_key=True),
    Column("document", JSON, nullable=False),
)
task = Table(
    "dbaas_task",
    metadata,
    Column("id", Text, primary_key=True),
    Column("guid", Text, ForeignKey("dbaas_database.guid"), nullable=False, index=True),
    Column("type", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("document", JSON, nullable=False),
    Column("started_at", BigInteger, nullable=False),
    Column("finished_at", BigInteger),
)
backup = Table(
    "dbaas_backup",
    metadata,
    Column("id", Text, primary_key=True),
    Column("guid", Text, ForeignKey("dbaas_database.guid"), nullable=False, index=True),
    Column("type", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("rows", BigInteger, nullable=False),
    Column("document", JSON, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
)
service_key = Table(
    "dbaas_service_key",
    metadata,
    Column("guid", Text, ForeignKey("dbaas_database.guid"), primary_key=True),
    Column("purpose", Text, primary_key=True),
    Column("blob", LargeBinary, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
)
