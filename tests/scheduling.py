"""Which tests a worker gets together, and in which order (`./jiuye test` starts one worker a core)."""

from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

IN_BROWSER = ("tests/e2e/", "tests/stories/")
# They start processes and take long for few tests: last of all they would keep one worker busy while the others wait.
LONG = (
    "tests/runtime/",
    "tests/bars/",
    "tests/sandbox/",
    "tests/domains/jobs/imports/",
    "tests/kernel/test_rotation.py",
)


class ByModule(LoadFileScheduling):
    """A module's tests go to one worker, so that what its fixtures make is made once.

    After the two with which each worker begins, the long modules come first, then those with many tests. Browser tests
    go one by one to the worker that is free, after all others, so that the workers end together.
    """

    def schedule(self) -> None:
        """Order what waits; workers have their first modules then."""
        super().schedule()
        for module in [module for module in self.workqueue if module.startswith(LONG)]:
            self.workqueue.move_to_end(module, last=False)

    def _reschedule(self, node: WorkerController) -> None:
        """Give a worker modules until it has enough tests.

        xdist 3.8 gives one module. A worker runs its last test only when it knows that no other follows, so one that
        replaces a crashed worker and gets a single test would wait for ever, and the run with it.
        """
        waiting = -1
        while waiting != len(self.workqueue):
            waiting = len(self.workqueue)
            super()._reschedule(node)

    def _split_scope(self, nodeid: str) -> str:
        return nodeid if nodeid.startswith(IN_BROWSER) else super()._split_scope(nodeid)
