"""Resource groups that were deleted stay as rows: instances that are gone for good go on naming them."""

from alembic import op
from sqlalchemy import BigInteger, Column

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Adds when a group was deleted."""
    op.add_column("resource_group", Column("deleted_at", BigInteger))
