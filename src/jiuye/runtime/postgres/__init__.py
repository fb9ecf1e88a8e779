"""The embedded PostgreSQL server: created, started, watched and stopped, with the binaries of a wheel."""

from jiuye.runtime.postgres.binaries import client_program
from jiuye.runtime.postgres.bootstrap import RUNTIME_ROLE
from jiuye.runtime.postgres.server import Server, running_dsn

__all__ = ["RUNTIME_ROLE", "Server", "client_program", "running_dsn"]
