"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "device",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("here", sa.Boolean(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("rows_from", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    _create_rows()
    _create_totals()
    _create_records()
    _create_policies()
    op.create_table(
        "note",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sqlite_with_rowid=False,
    )


def _create_rows() -> None:
    op.create_table(
        "span",
        sa.Column("device", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("length_ms", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("window", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("certain", sa.Boolean(), nullable=False),
        sa.Column("corrected", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("device", "seq"),
        sa.ForeignKeyConstraint(["device"], ["device.id"]),
        sqlite_with_rowid=False,
    )
    op.create_index("span_day", "span", ["day"])
    op.create_table(
        "gap",
        sa.Column("device", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("length_ms", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("device", "seq"),
        sa.ForeignKeyConstraint(["device"], ["device.id"]),
        sqlite_with_rowid=False,
    )
    op.create_index("gap_day", "gap", ["day"])


def _create_totals() -> None:
    op.create_table(
        "day_total",
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("device", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("window", sa.String(), nullable=False),
        sa.Column("certain", sa.Boolean(), nullable=False),
        sa.Column("ms", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "device", "channel", "purpose", "window", "certain"),
        sa.ForeignKeyConstraint(["device"], ["device.id"]),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "day_gap",
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("device", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("ms", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "device", "kind"),
        sa.ForeignKeyConstraint(["device"], ["device.id"]),
        sqlite_with_rowid=False,
    )


def _create_records() -> None:
    _create_record(
        "step_taken",
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("limit", sa.String(), nullable=False),
        sa.Column("channel", sa.String()),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("do", sa.String(), nullable=False),
        sa.Column("extended_ms", sa.Integer(), nullable=False),
    )
    _create_record(
        "extension",
        sa.Column("limit", sa.String(), nullable=False),
        sa.Column("channel", sa.String()),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
    )
    _create_record(
        "purpose_choice",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
    )
    _create_record("break_mark", sa.Column("begins", sa.Boolean(), nullable=False))


def _create_record(name: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(f"{name}_day", name, ["day"])


def _create_policies() -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "policy_text",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("hash"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "day_policy",
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("day"),
        sa.ForeignKeyConstraint(["hash"], ["policy_text.hash"]),
        sqlite_with_rowid=False,
    )
