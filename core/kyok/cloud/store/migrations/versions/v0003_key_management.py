"""Key rings, policies of keys and of instances, import tokens, and the first of two authorizations to delete a key."""

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
)

metadata = MetaData()
instance = Table("instance", metadata, Column("guid", Text, primary_key=True))
key = Table(
    "kms_key",
    metadata,
    Column("pk", BigInteger, primary_key=True),
    Column("instance", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("ring", Text, nullable=False),
    Column("deletion_set_at", BigInteger),
)
_in_ring = Index("key_in_ring", key.c.instance, key.c.ring, key.c.id, sqlite_where=key.c.ring != "default")
_set = Index("key_set_for_deletion", key.c.deletion_set_at, sqlite_where=key.c.deletion_set_at.is_not(None))
key_ring = Table(
    "kms_key_ring",
    metadata,
    Column("instance", Text, ForeignKey("instance.guid"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
)
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

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Adds the tables, and the columns and indexes of keys."""
    op.add_column("kms_key", Column("deletion_set_at", BigInteger))
    op.add_column("kms_key", Column("deletion_set_by", Text))
    bind = op.get_bind()
    for index in (_in_ring, _set):
        index.create(bind)
    metadata.create_all(bind, tables=[key_ring, key_policy, instance_policy, import_token])
