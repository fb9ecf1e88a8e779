"""Programs that open what strangers have sent: each in a child process of its own, under limits, and ended in time.

The parent uses `run` or `started`; the child begins with `confine`. The memory of a file goes back to the system with its child.
"""

from jiuye.kernel.confinement.limits import confine
from jiuye.kernel.confinement.process import ChildBroken, ChildFailed, run, started

__all__ = ["ChildBroken", "ChildFailed", "confine", "run", "started"]
