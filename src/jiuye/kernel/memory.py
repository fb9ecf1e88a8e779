"""Control of Python's memory management."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_cycle_search() -> Iterator[None]:
    """Disable the cycle collector within the block, for jobs that create millions of objects without reference cycles.

    Measured: a fifth of an index rebuild and a sixth of an import.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
