"""Description, lock, disabling and changes of API keys."""

from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, Integer, Text, false

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Adds its columns."""
    for column in (
        Column("description", Text, nullable=False, server_default=""),
        Column("locked", Boolean, nullable=False, server_default=false()),
        Column("disabled", Boolean, nullable=False, server_default=false()),
        Column("revision", Integer, nullable=False, server_default="1"),
        Column("modified_at", BigInteger),
    ):
        op.add_column("api_key", column)
