"""Receipts: verdicts under a code."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "receipt",
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("contents", sa.LargeBinary(), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=True),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_receipt_conversation_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_receipt")),
    )
    op.create_index(op.f("ix_receipt_conversation_id"), "receipt", ["conversation_id"])
    op.create_index(op.f("ix_receipt_expires_at"), "receipt", ["expires_at"])


def downgrade() -> None:
    op.drop_table("receipt")
