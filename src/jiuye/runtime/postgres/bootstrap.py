"""What the product needs in a new server: its roles, its database, its extensions."""

import psycopg
from psycopg import sql

ROLE = "jiuye"
"""The owner of the database and its tables."""
RUNTIME_ROLE = "jiuye_app"
"""The role of the site and its workers; `kernel.privileges` gives it what it needs."""
DATABASE = "jiuye"
_EXTENSIONS = ("pg_trgm",)


def ensure_role_and_database(superuser_dsn: str) -> None:
    """Create what is missing, so that the next start completes an interrupted creation or one by an earlier version.

    The owner may create databases (for tests) but is no superuser. Raises psycopg.Error.
    """
    with psycopg.connect(superuser_dsn, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(ROLE)))
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [RUNTIME_ROLE]).fetchone():
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(RUNTIME_ROLE)))
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            return
        _create_extensions(superuser_dsn, "template1")
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(ROLE))
        )


def _create_extensions(superuser_dsn: str, database: str) -> None:
    """Create the extensions in the template, so that every later database has them, including test databases."""
    with psycopg.connect(superuser_dsn, dbname=database, autocommit=True) as connection:
        for extension in _EXTENSIONS:
            if connection.execute("SELECT 1 FROM pg_available_extensions WHERE name = %s", [extension]).fetchone():
                connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
