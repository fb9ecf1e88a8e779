"""R1 in short: every kind of process killed with -9 under load; nothing acknowledged is lost or doubled. And the comparison
itself: it sees whatever is lost, doubled, missing or told too early.

`./jiuye bench faults` is the whole of it (docs/reliability.md).
"""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from bench._faults import comparison, outcomes
from bench._faults.ledger import Ledger
from bench._faults.table import Evidence, Line
from jiuye.domains.applications.models import Application, ApplicationEvent
from jiuye.domains.jobs.models import JobPosting
from jiuye.kernel import clock, events
from jiuye.kernel.models import AuditEntry, EventDelivery, EventRecord
from jiuye.notifications.models import Notification
from jiuye.runtime.fingerprints import REPOSITORY
from jiuye.worker.handlers import HANDLERS
from tests.factories import applications, jobs
from tests.factories.cast import Cast, assemble
from tests.factories.sandbox import free_port


@pytest.mark.processes
@pytest.mark.timeout(900)
def test_nothing_is_lost_whatever_is_killed() -> None:
    command = [
        sys.executable,
        str(REPOSITORY / "bench" / "faults.py"),
        "--kills",
        "8",
        "--minutes",
        "0.3",
        "--seed",
        "8",
        "--drained",
        "600",
    ]
    port = str(free_port())
    done = subprocess.run([*command, "--clients", "6", "--port", port], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert "8 kills: imports" in done.stdout


@dataclass(frozen=True)
class Run:
    """An application, told of and delivered, and a posting of a program, as a run leaves them; and its ledger."""

    cast: Cast
    application: UUID
    posting: JobPosting
    evidence: Evidence

    def line(self, check: Callable[[Evidence], Line]) -> list[str]:
        """What a check finds wrong."""
        return check(self.evidence).wrong


@pytest.fixture
def run(db: None, tmp_path: Path) -> Run:
    cast, ledger = assemble(), Ledger(tmp_path / "ledger.jsonl")
    application = applications.in_state(cast, "viewed")
    posting = jobs.posting(cast.agency, title="焊工甲")
    for record in EventRecord.objects.all():
        events.deliver(record.id, HANDLERS)
    entries = [
        ("apply", {"person": cast.lin.person, "posting": cast.posting.id}, {"application": str(application)}),
        ("advance", {"application": application, "verb": "view"}, {}),
        ("post", {"title": posting.title}, {"posting": str(posting.id)}),
    ]
    for act, about, told in entries:
        ledger.acknowledge(ledger.begin("somebody", act, about), 200, told)
    return Run(cast, application, posting, Evidence(ledger, [], set(), []))


CHECKS = [
    comparison.applications,
    comparison.transitions,
    comparison.postings,
    outcomes.steps_have_events,
    outcomes.handlers_are_done,
    outcomes.effects_are_there,
    outcomes.notifications_are_single,
]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_good_run_has_no_deviations(run: Run, check: Callable[[Evidence], Line]) -> None:
    assert run.line(check) == []


def lose_the_application(run: Run) -> None:
    ApplicationEvent.objects.filter(application_id=run.application).delete()
    Application.objects.filter(pk=run.application).delete()


def lose_the_step(run: Run) -> None:
    ApplicationEvent.objects.filter(application_id=run.application, verb="view").delete()


def take_the_step_twice(run: Run) -> None:
    step = ApplicationEvent.objects.get(application_id=run.application, verb="view")
    ApplicationEvent.objects.create(
        application_id=run.application, verb="view", from_state="submitted", to_state="viewed", party="agency",
        occurred_at=step.occurred_at,
    )  # fmt: skip


def lose_the_posting(run: Run) -> None:
    run.posting.delete()


def double_the_posting(run: Run) -> None:
    jobs.posting(run.cast.agency, title=run.posting.title)


def tell_before_the_commit(run: Run) -> None:
    ApplicationEvent.objects.filter(application_id=run.application, verb="view").delete()


def leave_a_handler_undone(run: Run) -> None:
    EventDelivery.objects.latest("id").delete()


def lose_an_effect(run: Run) -> None:
    Notification.objects.all().delete()


def notify_twice(run: Run) -> None:
    one = Notification.objects.latest("id")
    one.pk, one.dedupe_key = None, "another"
    one.id = UUID(int=clock.now().microsecond)
    one.save(force_insert=True)


def write_an_audit_entry_twice(run: Run) -> None:
    AuditEntry.objects.create(
        occurred_at=clock.now() + timedelta(seconds=1), action="application.submit", subject_id=str(run.application)
    )


SABOTAGE = [
    (lose_the_application, comparison.applications, "lost"),
    (write_an_audit_entry_twice, comparison.applications, "doubled"),
    (lose_the_step, comparison.transitions, "lost"),
    (take_the_step_twice, comparison.transitions, "doubled"),
    (lose_the_posting, comparison.postings, "lost"),
    (double_the_posting, comparison.postings, "doubled"),
    (take_the_step_twice, outcomes.steps_have_events, "missing"),
    (tell_before_the_commit, outcomes.steps_have_events, "before its time"),
    (leave_a_handler_undone, outcomes.handlers_are_done, "not done"),
    (lose_an_effect, outcomes.effects_are_there, "lost"),
    (notify_twice, outcomes.notifications_are_single, "doubled"),
]


@pytest.mark.parametrize(
    ("harm", "check", "said"), SABOTAGE, ids=[f"{harm.__name__}-{check.__name__}" for harm, check, _ in SABOTAGE]
)
def test_a_bad_run_is_seen(run: Run, harm: Callable[[Run], None], check: Callable[[Evidence], Line], said: str) -> None:
    harm(run)
    assert any(one.startswith(said) for one in run.line(check)), run.line(check)
