# The examples of effects.yaml.
from django.db import transaction

from jiuye.kernel import rate_limits
from jiuye.kernel.write_guard import writes_allowed


def publish(posting, message):
    # ruleid: effect-after-commit
    transaction.on_commit(lambda: send(message))
    # ruleid: effect-after-commit
    transaction.on_commit(message.send)
    # ok: effect-after-commit
    transaction.on_commit(wake)
    # ok: effect-after-commit
    transaction.on_commit(queries.forget_channels)


def look(actor, row):
    # ruleid: read-that-writes
    with writes_allowed():
        row.save()
    # ok: read-that-writes
    return row


def ask(actor):
    # ruleid: limit-without-declaration
    rate_limits.hit(f"ask:{actor.person}", limit=5, seconds=60)
    # ok: limit-without-declaration
    ASKED.hit(actor.person)
