"""R2: variants of the platform that lose, double or tell too early. The run must catch each, or it proves nothing.

They are made from outside: by a `sitecustomize` module on PYTHONPATH, which Python imports at start and which replaces a
function of the product once its module is there, or by a setting of PostgreSQL. The product knows nothing of them.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bench._faults.site import Site
from jiuye.runtime.postgres.bootstrap import ROLE, RUNTIME_ROLE

HERE = Path(__file__).parent / "broken_entry"


@dataclass(frozen=True)
class Variant:
    """How it is switched on: an environment, and something done to the running platform. `kinds`: what is killed.

    `shows`: how the deviations begin by which it is caught; others may have other causes.
    """

    kinds: tuple[str, ...]
    shows: tuple[str, ...]
    patch: str = ""
    prepare: Callable[[Site], None] = lambda site: None

    def environment(self) -> Mapping[str, str]:
        """Return the environment of the platform."""
        if not self.patch:
            return {}
        path = os.pathsep.join(filter(None, [str(HERE), os.environ.get("PYTHONPATH", "")]))
        return {"PYTHONPATH": path, "FAULTS_PATCH": self.patch}


def _commit_without_waiting(site: Site) -> None:
    """COMMIT returns before its log is written. Killing the server loses what is still in its own buffers; what it has
    handed to the operating system survives the process. So the writer, which does that every 0.2 s, comes every 2 s here.
    """
    dsn = site.data.server().dsn(database="postgres", user="postgres")
    with psycopg.connect(dsn, autocommit=True) as connection:
        for role in (ROLE, RUNTIME_ROLE):
            connection.execute(f"ALTER ROLE {role} SET synchronous_commit = off")
        connection.execute("ALTER SYSTEM SET wal_writer_delay = '2s'")
        connection.execute("SELECT pg_reload_conf()")
        # Connections from before keep their setting.
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE 'jiuye%'")


VARIANTS: dict[str, Variant] = {
    "asynchronous": Variant(("postgres",), ("lost",), prepare=_commit_without_waiting),
    "without_keys": Variant(("web",), ("doubled", "refused when sent again"), patch="without_keys"),
    "early_event": Variant(("web", "postgres"), ("before its time", "lost: effect"), patch="early_event"),
    "early_answer": Variant(("web", "postgres"), ("lost",), patch="early_answer"),
}
"""Name → variant: asynchronous commit; no idempotency keys and no `once`; an event and its job written before the commit of
what they tell; the acknowledgement sent before the commit.
"""
