from collections.abc import Iterator

import pytest
from django.conf import settings as configured
from django.test import Client
from pytest_django import Settings

from jiuye.kernel.wiring import forget_adapters
from tests.factories.sandbox import TOKEN, Sandbox, running_sandbox


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """The outside world as its own process."""
    with running_sandbox(tmp_path_factory.mktemp("sandbox"), site=configured.SITE_URL) as running:
        yield running


@pytest.fixture
def world(sandbox: Sandbox, settings: Settings) -> Iterator[Sandbox]:
    """The sandbox, wired in as the SMS gateway and the card service, and behaving."""
    sms = {"url": sandbox.sms_url, "token": TOKEN, "inbox_url": f"{sandbox.url}/phone"}
    card = {"issuer": f"{sandbox.url}/essc", "phone_url": f"{sandbox.url}/phone"}
    settings.PORTS = {
        **settings.PORTS,
        "sms": {**settings.PORTS["sms"], "options": {**settings.PORTS["sms"]["options"], **sms}},
        "identity": {**settings.PORTS["identity"], "options": {**settings.PORTS["identity"]["options"], **card}},
    }
    forget_adapters()
    yield sandbox
    sandbox.release()
    sandbox.release("essc")
    forget_adapters()


@pytest.fixture
def visitor(world: Sandbox) -> Client:
    """Somebody at the site, with CSRF checked as in real life."""
    return Client(enforce_csrf_checks=True)
