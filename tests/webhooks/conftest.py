"""A receiver, a dispatcher, and an endpoint."""

from collections.abc import Iterator

import pytest

from jiuye.webhooks.delivery import Dispatcher
from jiuye.webhooks.models import Endpoint
from tests.factories import webhooks
from tests.factories.webhooks import Receiver


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiver on this machine."""
    with webhooks.receiver() as made:
        yield made


@pytest.fixture
def dispatcher() -> Iterator[Dispatcher]:
    """A dispatcher; `drain` delivers what is due."""
    made = Dispatcher()
    yield made
    made.close()


@pytest.fixture
def endpoint(db: None, receiver: Receiver) -> Endpoint:
    """An endpoint of an agency at the receiver."""
    return webhooks.endpoint(receiver.url)
