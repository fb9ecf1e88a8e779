"""API clients of the first agency: a live one with a month of use, and one for trying things."""

from collections import Counter
from datetime import datetime, timedelta

from jiuye.domains.clients import actions
from jiuye.domains.clients.actions import Counted
from jiuye.domains.clients.models import ClientCredential
from jiuye.domains.clients.states import CredentialKind, Mode, Scope
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.runtime.demo.chance import Chance
from jiuye.runtime.demo.organisations import Cast

_DAYS = 30
_SCOPES = [Scope.JOBS_READ, Scope.JOBS_WRITE, Scope.APPLICATIONS_READ, Scope.MEMBERS_READ, Scope.AUDIT_READ]
# Operation, status, how often on a usual weekday.
_USE = (
    ("listAgencyJobs", 200, 180),
    ("putAgencyJob", 200, 60),
    ("putAgencyJob", 422, 3),
    ("listApplications", 200, 95),
    ("listApplications", 429, 1),
    ("listMembers", 200, 6),
)


def build(chance: Chance, moment: datetime, cast: Cast) -> None:
    """Create them as the owner does; their credentials are known to nobody."""
    agency = cast.agencies[0]
    owner = Actor(cast.staff[agency.id][0].pk, agency.id, "agency", "owner", is_confirmed=True)
    with clock.frozen(moment - timedelta(days=82)):
        test = actions.create_client(owner, name="试接环境", mode=Mode.TEST, scopes=list(Scope.values))
        actions.issue_credential(owner, client_id=test, kind=CredentialKind.SECRET)
    with clock.frozen(moment - timedelta(days=75)):
        live = actions.create_client(
            owner, name="人事系统", mode=Mode.LIVE, scopes=_SCOPES, networks=["203.0.113.0/24"]
        )
        actions.issue_credential(owner, client_id=live)
    with clock.frozen(moment - timedelta(days=2)):
        actions.issue_credential(owner, client_id=live, others_end_in=timedelta(days=7))
    ClientCredential.objects.filter(client_id=live).update(last_used_at=moment - timedelta(minutes=3))
    counts: Counter[Counted] = Counter()
    for ago in range(_DAYS):
        day = clock.local(moment - timedelta(days=ago)).date()
        share = chance.uniform(0.75, 1.25) * (0.2 if day.weekday() >= 5 else 1.0)
        for operation, status, a_day in _USE:
            counts[live, day, operation, status] += round(a_day * share)
    actions.add_usage({key: count for key, count in counts.items() if count})
