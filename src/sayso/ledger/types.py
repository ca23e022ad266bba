"""Types of columns that both databases take alike, for the tables and for the migrations that make them."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

TEXT: Final = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
"""Compared by code points on both, whatever the language of a server's database."""
WHOLE: Final = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NUMBER: Final[sa.types.TypeEngine[Any]] = sa.Double().with_variant(sa.REAL(), "sqlite")
