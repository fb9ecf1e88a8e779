"""`./jiuye manage state_diagrams`: write docs/states/ from the transition tables."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from jiuye.domains.accounts.states import ROLE_CHANGE
from jiuye.domains.applications.states import APPLICATION
from jiuye.domains.fairs.states import FAIR
from jiuye.domains.feedback.states import FEEDBACK
from jiuye.domains.jobs.states import POSTING, WISH
from jiuye.domains.organisations.states import AFFILIATION, INVITATION, MEMBERSHIP_REQUEST, QUALIFICATION
from jiuye.domains.policies.states import POLICY
from jiuye.domains.qualifications.states import CASE
from jiuye.domains.reports.states import REPORT
from jiuye.domains.sanctions.states import APPEAL, SANCTION
from jiuye.domains.verification.states import VERIFICATION
from jiuye.kernel.transitions import StateMachine

MACHINES = (
    APPLICATION,
    POSTING,
    WISH,
    QUALIFICATION,
    CASE,
    AFFILIATION,
    INVITATION,
    MEMBERSHIP_REQUEST,
    SANCTION,
    APPEAL,
    FAIR,
    FEEDBACK,
    VERIFICATION,
    REPORT,
    POLICY,
    ROLE_CHANGE,
)


def page(machine: StateMachine) -> str:
    """Return the page of one state machine."""
    return (
        f"# {machine.name}\n\nGenerated from the transition table by `./jiuye manage state_diagrams`; do not edit.\n\n"
        f"```mermaid\n{machine.diagram()}```\n"
    )


class Command(BaseCommand):
    help = "Write docs/states/ from the transition tables."

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.REPOSITORY) / "docs" / "states"
        folder.mkdir(parents=True, exist_ok=True)
        for machine in MACHINES:
            (folder / f"{machine.name}.md").write_text(page(machine), encoding="utf-8")
            self.stdout.write(f"docs/states/{machine.name}.md")
