"""Keep a set of processes running: start, restart with growing pauses, stop in reverse order."""

from jiuye.runtime.supervision.child import Child
from jiuye.runtime.supervision.postgres import Postgres
from jiuye.runtime.supervision.supervisor import Supervised, Supervisor

__all__ = ["Child", "Postgres", "Supervised", "Supervisor"]
