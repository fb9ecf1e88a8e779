"""kill -9 while a material is taken in, while it is opened, and while an auditor decides (R3).

Each time: nothing acknowledged is lost, nothing is half done, and doing it again does it once.
"""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from jiuye.domains.organisations.models import Agency, Qualification
from jiuye.domains.qualifications import actions
from jiuye.domains.qualifications.models import Case, Decision, Material
from jiuye.kernel import sealed_files
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Refused
from jiuye.kernel.models import AuditEntry, EventRecord
from tests.factories import audits, databases, portraits
from tests.factories import qualifications as make

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
STEPS = ["case.first", "case.second"]
MOMENTS = ["before the commit", "after the commit"]

# In each process: `die` at one moment; `acting` is the person.
BEGINNING = textwrap.dedent("""
    import os, signal, sys
    import django
    django.setup()
    from pathlib import Path
    from uuid import UUID
    from jiuye.domains.qualifications import actions
    from jiuye.domains.qualifications.actions import decisions, materials
    from jiuye.kernel.actor import Actor

    moment, *given = sys.argv[1:]

    def die(*arguments, **named):
        os.kill(os.getpid(), signal.SIGKILL)

    def acting(person, organisation, kind, role):
        return Actor(UUID(person), UUID(organisation), kind, role, "192.0.2.1")
""")
UPLOAD = """
if moment == "before the commit":
    materials._defer_inspection = die
actions.add_material(
    acting(*given[:4]), kind="business_licence", way="file", file=Path(given[4]).open("rb"), name="执照.jpg"
)
if moment == "after the commit":
    die()
"""
WORK = """
from procrastinate import App
from jiuye.ports import inspection
from jiuye.worker import process

if moment == "while it is opened":
    inspection.get = die
if moment == "before the commit":
    materials._settle = die
if moment == "after the commit":
    honest = materials._accept
    materials._accept = lambda *arguments, **named: (honest(*arguments, **named), die())
go_on = App.run_worker_async
App.run_worker_async = lambda self, **options: go_on(self, **{**options, "wait": False})
process.FILES = (process.Pool(("documents",), 1),)
process.run_apart()
"""
DECIDE = """
if moment == "before the commit":
    decisions.events.publish = die
case_id = UUID(given[4])
kinds = decisions.Case.objects.get(pk=case_id).items.values_list("kind", flat=True)
stated = dict.fromkeys(kinds, actions.ItemVerdict("accepted"))
actions.pass_case(acting(*given[:4]), case_id=case_id, version=int(given[5]), stated=stated)
if moment == "after the commit":
    die()
"""


def run(program: str, files: Path, moment: str, *given: object) -> int:
    """Run it in a process of its own. Return the exit code."""
    environment = os.environ | {
        "DATABASE_URL": databases.address(str(connection.settings_dict["NAME"])),
        "DATA_DIR": str(files.parent),
        "DJANGO_SETTINGS_MODULE": "jiuye.config.settings",
    }
    command = [sys.executable, "-c", BEGINNING + program, moment, *map(str, given)]
    return subprocess.run(command, env=environment, check=False, timeout=120).returncode


def person(actor: Actor) -> tuple[object, ...]:
    """The actor as arguments of a process."""
    return actor.person, actor.organisation_id, actor.organisation_kind, actor.role


def jobs() -> list[tuple[str, str]]:
    """Return queue and status of the jobs about materials."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, status::text FROM procrastinate_jobs WHERE queue_name = 'documents' ORDER BY id"
        )
        return list(cursor.fetchall())


def stored(files: Path) -> set[str]:
    """Return the keys of the files in the storage."""
    return {str(path.relative_to(files)) for path in files.rglob("*") if path.is_file()}


@pytest.fixture
def owner(own_files: Path) -> Actor:
    """A handler whose agency is registered and has nothing submitted yet."""
    return make.registered("market")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photograph on the handler's phone."""
    path = tmp_path / "执照.jpg"
    path.write_bytes(portraits.picture())
    return path


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_file_that_was_being_taken_in_is_there_whole_or_not_at_all(
    owner: Actor, photo: Path, own_files: Path, moment: str
) -> None:
    assert run(UPLOAD, own_files, moment, *person(owner), photo) == -signal.SIGKILL
    is_in = moment == "after the commit"
    assert (Material.objects.count(), len(jobs())) == (int(is_in), int(is_in))
    left = stored(own_files)
    assert len(left) == 1
    for key in left:
        assert photo.read_bytes() not in (own_files / key).read_bytes()
        assert sealed_files.exists(key) == is_in

    with photo.open("rb") as file:
        found = actions.add_material(owner, kind="business_licence", way="file", file=file, name="执照.jpg")
    assert list(Material.objects.values_list("id", "state")) == [(found, "checking")]
    assert jobs() == [("inspect_material", "todo")]


@pytest.mark.parametrize("moment", ["while it is opened", *MOMENTS])
def test_a_file_whose_worker_was_killed_is_opened_by_the_next_one(
    owner: Actor, photo: Path, own_files: Path, moment: str
) -> None:
    with photo.open("rb") as file:
        actions.add_material(owner, kind="business_licence", way="file", file=file, name="执照.jpg")

    assert run(WORK, own_files, moment) == -signal.SIGKILL
    material = Material.objects.get()
    assert material.state == ("ready" if moment == "after the commit" else "checking")
    assert sealed_files.read(material.key)
    assert jobs() == [("inspect_material", "doing")]

    assert run(WORK, own_files, "never") == 0
    material = Material.objects.get()
    assert (material.state, len(material.page_keys)) == ("ready", 1)
    assert all(sealed_files.read(key) for key in [material.key, *material.page_keys])
    assert ("inspect_material", "succeeded") in jobs()
    assert AuditEntry.objects.filter(action="qualification.check_material").count() == 1


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("look", ["first", "second"])
def test_a_decision_that_was_being_written_stands_whole_or_not_at_all(own_files: Path, look: str, moment: str) -> None:
    case = make.submitted("market") if look == "first" else make.passed_first("market")
    case.checks.update(result="passed")
    auditor, version = audits.auditor("审核员丙"), audits.version_of(case.id)
    before = state_of(case)

    assert run(DECIDE, own_files, moment, *person(auditor), case.id, version) == -signal.SIGKILL
    if moment == "after the commit":
        done = state_of(case)
        with pytest.raises(Refused, match=r"审核员丙已于.*作出决定|这件由您初审通过"):
            decide(auditor, case, version)
        assert state_of(case) == done
    else:
        assert state_of(case) == before
        decide(auditor, case, version)
        done = state_of(case)
    assert done["items"] == {"accepted"}
    if look == "first":
        assert (done["case"], done["qualification"], done["licence"]) == (
            ("second_look", version + 1),
            "submitted",
            False,
        )
    else:
        assert (done["case"], done["qualification"], done["licence"]) == (("approved", version + 1), "approved", True)
    assert (done["decisions"][-1], done["letters"]) == (look, before["letters"] + 1)
    assert f"case.{look}" in done["audited"]


def decide(auditor: Actor, case: Case, version: int) -> None:
    """Press the button again."""
    actions.pass_case(auditor, case_id=case.id, version=version, stated=audits.all_accepted(case))


def state_of(case: Case) -> dict[str, Any]:
    """Return everything that a decision changes."""
    now = Case.objects.get(pk=case.id)
    decided = Decision.objects.filter(case=case)
    return {
        "case": (now.state, now.version),
        "items": set(now.items.values_list("verdict", flat=True)),
        "decisions": list(decided.order_by("decided_at").values_list("step", flat=True)),
        "qualification": Qualification.objects.get(pk=now.qualification_id).state,
        "licence": bool(Agency.objects.get(pk=now.organisation_id).licence_number),
        "letters": EventRecord.objects.filter(name="CaseDecided").count(),
        "audited": set(AuditEntry.objects.filter(action__in=STEPS).values_list("action", flat=True)),
    }
