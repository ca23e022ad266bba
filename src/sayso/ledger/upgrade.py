"""Which version a database has, and the steps from an older one to this sayso's: all of them, or none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from sayso.errors import SetupError
from sayso.ledger.schema import VERSION

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS: Final = Path(__file__).parent / "migrations"


def version_of(connection: sa.Connection) -> str | None:
    """Return the revision that the database has; None for an empty one."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def check_version(found: str | None, place: str, *, newest: str = VERSION) -> bool:
    """Return whether the database must be upgraded before it is used.

    Raises:
        SetupError: it is no ledger, or one made by a newer sayso: that is refused, not damaged.

    """
    if found is None:
        raise SetupError("this is no ledger", place=place, way_out="make one with `sayso init DIR`")
    if found > newest:
        raise SetupError(
            f"made by a newer sayso (revision {found}; this one knows {newest})",
            place=place,
            way_out="upgrade sayso",
        )
    return found != newest


def upgrade(connection: sa.Connection, *, folders: Sequence[Path] = (), target: str = "head") -> None:
    """Run the missing steps in the transaction of ``connection``; when one fails, its caller rolls all of them back.

    Args:
        connection: in a transaction.
        folders: where steps are found besides the package's own (for tests).
        target: revision to arrive at.

    """
    from alembic import command

    config = _config(folders)
    config.attributes["connection"] = connection
    command.upgrade(config, target)


def _config(folders: Sequence[Path]) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    places = [MIGRATIONS / "versions", *folders]
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(str(place).replace("%", "%%") for place in places))
    return config
