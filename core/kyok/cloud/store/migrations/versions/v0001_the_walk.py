"""The tables of the walk, as this version made them.

A migration never changes once it was released, so the declarations are a copy: `kyok.cloud.store.tables` goes on.
"""

from alembic import op
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
activity = Table(
    "activity",
    metadata,
    Column("seq", Serial, primary_key=True, autoincrement=True),
    Column("event_id", Text, nullable=False, unique=True),
    Column("at", BigInteger, nullable=False),
    Column("account", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("initiator", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("instance", Text, nullable=False, server_default=""),
    Column("correlation", Text, nullable=False, server_default=""),
    Column("folds", Boolean, nullable=False, server_default=false()),
    Column("folded", Integer, nullable=False, server_default="0"),
    Column("document", JSON, nullable=False),
    sqlite_autoincrement=True,
)
Index("activity_of_instance", activity.c.instance, activity.c.seq)
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
    UniqueConstraint("instance", "id"),
    sqlite_autoincrement=True,
)
"""`state_*`: last disable, enable, delete, restore or expiry. `lifecycle_at`: last notification of the key's users."""
Index("key_listed", key.c.instance, key.c.id, key.c.state, key.c.extractable)
Index("key_in_order", key.c.instance, key.c.pk, key.c.state, key.c.extractable)
_expiring = and_(key.c.state == 1, key.c.expires_at.is_not(None))
# Partial on SQLite only so far: to name the other dialect here would load it with every start.
Index("key_expiring", key.c.instance, key.c.expires_at, sqlite_where=_expiring)
_deleted = key.c.state == 5
Index("key_deleted", key.c.deleted_at, sqlite_where=_deleted)
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

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Creates every table."""
    metadata.create_all(op.get_bind())
