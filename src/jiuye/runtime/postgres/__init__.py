"""The embedded PostgreSQL server: created, started, watched and stopped by us, from the wheel's binaries."""

from jiuye.runtime.postgres.server import Server, running_dsn

__all__ = ["Server", "running_dsn"]
