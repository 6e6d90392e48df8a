"""Alembic migrations, one module per schema version."""
