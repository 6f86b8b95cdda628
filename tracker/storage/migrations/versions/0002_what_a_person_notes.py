"""What a person notes: an end and a word to a purpose, results, crises."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.add_column("purpose_choice", sa.Column("until", sa.Integer(), nullable=True))
    op.add_column("purpose_choice", sa.Column("note", sa.String(), nullable=True))
    op.create_table(
        "result_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("result_count_day", "result_count", ["day"])
    op.create_table(
        "crisis_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("crisis_mark_day", "crisis_mark", ["day"])
    op.create_table(
        "evaluation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("happened", sa.String(), nullable=False),
        sa.Column("fault", sa.String(), nullable=False),
        sa.Column("learnt", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
