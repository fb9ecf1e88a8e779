"""The numbers of PostgreSQL's advisory locks, in one place: two users of one number would wait for each other.

Locks by a name (`hashtextextended`) and by an idempotency key are spread over 64 bits and need no place here.
"""

from enum import IntEnum, unique


@unique
class AdvisoryLock(IntEnum):
    """Who holds it, for how long."""

    PREPARATION = 5_611_083
    """One command prepares the database."""
    AUDIT_SEAL = 7_205_914
    """One process seals the audit log; a transaction."""
    ONLY_WORKER = 7_205_915
    """The worker that took over the jobs of a killed one; the life of its process."""
    ONLY_READER = 7_205_916
    """The same for the worker of the queues apart."""
    SIGNING_KEY = 7_205_917
    """One process makes a key that signs webhooks; a transaction."""
