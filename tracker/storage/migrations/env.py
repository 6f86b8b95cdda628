"""Run by Alembic, by its own custom, whenever it has something to do with the tables."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy import TypeDecorator

from tracker.storage.models import metadata, revision


def render_item(kind: str, item: object, _context: Any) -> str | Literal[False]:
    """Write our own types as what they are stored as: a migration must outlive them."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{type(item.impl_instance).__name__}()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=revision.name,
    render_item=render_item,
    # SQLite changes most of a table by making it anew.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
