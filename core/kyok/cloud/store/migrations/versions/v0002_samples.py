"""The short history of what is measured of database instances."""

from alembic import op
from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Integer, Text

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Creates its table."""
    op.create_table(
        "dbaas_sample",
        Column("guid", Text, ForeignKey("dbaas_database.guid"), primary_key=True),
        Column("step", Integer, primary_key=True),
        Column("at", BigInteger, primary_key=True),
        Column("document", JSON, nullable=False),
    )
