"""What the product needs inside a fresh server: its role, its database, its extensions."""

import psycopg
from psycopg import sql

ROLE = "jiuye"
DATABASE = "jiuye"
_EXTENSIONS = ("pg_trgm",)


def ensure_role_and_database(superuser_dsn: str) -> None:
    """Create what is missing, so that a creation that was cut short is finished by the next start.

    The role may create databases (tests do) but is no superuser. Raises psycopg.Error.
    """
    with psycopg.connect(superuser_dsn, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(ROLE)))
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            return
        _create_extensions(superuser_dsn, "template1")
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(ROLE))
        )


def _create_extensions(superuser_dsn: str, database: str) -> None:
    """In the template, so that every database made later has them (a test database too)."""
    with psycopg.connect(superuser_dsn, dbname=database, autocommit=True) as connection:
        for extension in _EXTENSIONS:
            if connection.execute("SELECT 1 FROM pg_available_extensions WHERE name = %s", [extension]).fetchone():
                connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
