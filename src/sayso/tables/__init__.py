"""Records as flat tables: columns with their meanings, rows, CSV; for whatever shows or exports them."""

from sayso.tables.columns import Column, Table

__all__ = ["Column", "Table"]
