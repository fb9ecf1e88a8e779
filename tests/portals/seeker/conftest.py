from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.test import Client
from pytest_django import Settings

from jiuye.adapters.search_tantivy import TantivyEngine
from jiuye.domains.organisations.models import Agency
from jiuye.kernel.wiring import forget_adapters
from tests.factories import organisations, reference
from tests.factories.jobs import posting
from tests.factories.public_site import index_all, wired_engine
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


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TantivyEngine]:
    with wired_engine(tmp_path, monkeypatch) as own:
        yield own


@pytest.fixture
def agency() -> Agency:
    return organisations.agency(short_name="蓉城职介")


@pytest.fixture
def stocked(engine: TantivyEngine, agency: Agency) -> TantivyEngine:
    """Welders in 成都武侯 and 深圳南山, an accountant, a caretaker in 北京."""
    welder = reference.occupation(reference.WELDER)
    posting(agency, title="氩弧焊工", occupation=welder, education="60", tags=["包住"])
    posting(agency, title="焊工班长", occupation=welder, region=reference.region(reference.NANSHAN), experience_min=3)
    posting(agency, title="会计", employment_type="part_time", pay_min=9000, pay_max=12000)
    posting(agency, title="楼宇管理员", region=reference.region("110105"))
    index_all()
    return engine
