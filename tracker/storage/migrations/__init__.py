"""The steps by which older files come to the present tables. Imports Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def config_for(connection: Connection) -> Config:
    """Return Alembic's settings for work on the connection: there is no file of them."""
    config = Config()
    # Alembic takes "%" in it for the start of a variable.
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the tables to a revision, the present one by default, in the caller's transaction."""
    command.upgrade(config_for(connection), revision)
