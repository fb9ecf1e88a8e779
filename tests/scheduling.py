"""Which tests a worker gets together, and in which order (`./jiuye test` starts one worker a core)."""

from xdist.scheduler import LoadFileScheduling

BROWSER_TESTS = "tests/e2e/"


class ByModule(LoadFileScheduling):
    """A module's tests go to one worker, so that what its fixtures make is made once; modules with many tests go first.

    Browser tests go one by one to the worker that is free, after all others, so that the workers end together.
    """

    def _split_scope(self, nodeid: str) -> str:
        return nodeid if nodeid.startswith(BROWSER_TESTS) else super()._split_scope(nodeid)
