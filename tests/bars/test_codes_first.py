"""Login codes leave at once while both worker processes have as much to do as they can: real processes, real jobs."""

import os
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from time import monotonic, sleep

import pytest
from django.db import connection, transaction

from jiuye.domains.accounts import actions as accounts_actions
from jiuye.domains.accounts.models import LoginCode
from jiuye.domains.accounts.states import CodePurpose
from jiuye.domains.resumes import actions as resumes
from jiuye.kernel.actor import Actor
from jiuye.runtime.supervision import Child, Supervisor
from tests.factories import accounts, databases, imports
from tests.factories.portraits import picture
from tests.factories.sandbox import RECEIPT_KEY, TOKEN, running_sandbox

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
SHEETS, DOCUMENTS, ROWS = 10, 20, 400
PATIENCE = 150


def left(queue: str) -> int:
    """How many jobs of a queue are not done."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE queue_name = %s AND status IN ('todo', 'doing')", [queue]
        )
        return int(cursor.fetchone()[0])


def until(holds: Callable[[], bool], folder: Path) -> None:
    begin = monotonic()
    while not holds():
        assert monotonic() - begin < PATIENCE, [log.read_text()[-3000:] for log in folder.glob("*.log")]
        sleep(0.02)


@pytest.fixture
def crowd(own_files: Path) -> None:
    """Sheets of ten agencies wait to be imported, and twenty resumes to be opened."""
    rows = [imports.row(职位名称=f"车工{number}") for number in range(ROWS)]
    for number in range(SHEETS):
        imports.started(imports.recruiter(legal_name=f"第{number}示例人力资源有限公司"), rows)
    with transaction.atomic():
        for _ in range(DOCUMENTS):
            actor = accounts.actor(accounts.seeker())
            resumes.upload_resume_file(actor, file=BytesIO(picture(2000, 2000, kind="PNG")), name="简历.png")


@pytest.fixture
def workers(own_files: Path, tmp_path: Path) -> Iterator[Path]:
    """Both worker processes, running."""
    supervisor = Supervisor(lambda line: None)
    with running_sandbox(tmp_path / "sandbox") as sandbox:
        environment = os.environ | {
            "DATABASE_URL": databases.address(str(connection.settings_dict["NAME"])),
            "DATA_DIR": str(own_files.parent),
            "DJANGO_SETTINGS_MODULE": "jiuye.config.settings",
            "SANDBOX_URL": sandbox.url,
            "SMS_TOKEN": TOKEN,
            "SMS_RECEIPT_KEY": RECEIPT_KEY,
        }
        try:
            for name, more in (("worker", []), ("imports", ["imports"])):
                command = [sys.executable, "-m", "jiuye.worker", *more]
                supervisor.start(Child(name, command, environment=environment, log=tmp_path / f"{name}.log"))
            yield tmp_path
        finally:
            supervisor.stop()


@pytest.mark.usefixtures("crowd")
def test_a_code_leaves_while_sheets_and_documents_wait(workers: Path) -> None:
    until(lambda: left("documents") < DOCUMENTS or left("imports") < SHEETS, workers)
    actor = Actor.anonymous("192.0.2.7")
    made = accounts_actions.request_code(actor, phone="13900001111", purpose=CodePurpose.LOGIN, binding="here")
    until(lambda: LoginCode.objects.get(pk=made).delivery == "sent", workers)
    assert left("documents") > 4  # the slots of a worker that takes everything in its order
    assert left("imports") > 1
