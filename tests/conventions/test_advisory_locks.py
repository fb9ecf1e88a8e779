"""Numbers of advisory locks are in one place, each once: with one number for two things, no webhook was ever sent on a new
platform, because the worker of sheets held the number for life.
"""

import re

from jiuye.kernel.advisory_locks import AdvisoryLock
from jiuye.runtime.fingerprints import REPOSITORY

TAKEN = re.compile(r"pg_(?:try_)?advisory_(?:xact_)?(?:un)?lock\(%s\)\", \[([^\]]*)")
FROM_A_KEY = "int.from_bytes"


def test_every_number_of_a_lock_is_named_where_all_are() -> None:
    found = {
        path.relative_to(REPOSITORY).as_posix(): given
        for path in (REPOSITORY / "src" / "jiuye").rglob("*.py")
        for given in TAKEN.findall(path.read_text())
    }
    assert len(found) >= 5
    assert {path: given for path, given in found.items() if not given.startswith(("AdvisoryLock.", FROM_A_KEY))} == {}


def test_no_two_have_one_number() -> None:
    assert len({lock.value for lock in AdvisoryLock}) == len(AdvisoryLock.__members__)
