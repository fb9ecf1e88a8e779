"""kill -9 of a process that delivers (R1): nothing is lost or doubled in the record; the receiver may get a message twice,
with the same id and body."""

import os
import signal
import subprocess
import sys
import textwrap

import pytest
from django.db import connection

from jiuye.webhooks.delivery import Dispatcher
from jiuye.webhooks.models import Attempt, Endpoint, Message
from tests.factories import databases, webhooks
from tests.factories.webhooks import Receiver

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
DELIVER = textwrap.dedent("""
    import os, signal, sys
    import django
    django.setup()
    from jiuye.webhooks.delivery import Dispatcher, results

    def die(*arguments, **named):
        os.kill(os.getpid(), signal.SIGKILL)

    honest = results.write
    if sys.argv[1] == "after the answer":
        results.write = die
    if sys.argv[1] == "within the transaction":
        results._note = die
    if sys.argv[1] == "after the record":
        results.write = lambda *given: (honest(*given), die())
    if sys.argv[1] == "before the call":
        Dispatcher._begin = die
    Dispatcher().drain()
""")


def deliver(moment: str) -> int:
    """Deliver in a process of its own that dies at a moment. Return the exit code."""
    environment = os.environ | {
        "DATABASE_URL": databases.address(str(connection.settings_dict["NAME"])),
        "DJANGO_SETTINGS_MODULE": "jiuye.config.settings",
    }
    return subprocess.run([sys.executable, "-c", DELIVER, moment], env=environment, check=False, timeout=60).returncode


@pytest.fixture
def endpoint(receiver: Receiver) -> Endpoint:
    """An endpoint, its rows committed."""
    return webhooks.endpoint(receiver.url)


@pytest.mark.parametrize(
    "moment", ["before the call", "after the answer", "within the transaction", "after the record"]
)
def test_a_killed_delivery_is_done_by_the_next_process(endpoint: Endpoint, receiver: Receiver, moment: str) -> None:
    webhooks.happen(endpoint, 3)
    assert deliver(moment) == -signal.SIGKILL
    recorded = Attempt.objects.count()
    assert recorded == Message.objects.filter(state="delivered").count()
    assert (recorded > 0) == (moment == "after the record")

    dispatcher = Dispatcher()
    dispatcher.drain()
    with webhooks.later(61):  # what the dead process had taken is due again
        dispatcher.drain()
    dispatcher.close()
    assert webhooks.states(endpoint) == ["delivered"] * 3
    assert Attempt.objects.count() == 3
    bodies = {request.headers["webhook-id"]: request.body for request in receiver.received}
    assert len(bodies) == 3
    assert all(bodies[request.headers["webhook-id"]] == request.body for request in receiver.received)
