"""An employer's opinion: at once beside the application for the agency, never for the applicant."""

import pytest

from jiuye.domains.accounts.models import Consent
from jiuye.domains.applications import actions, queries
from jiuye.domains.applications.models import Application, EmployerOpinion
from jiuye.domains.applications.states import Verdict
from jiuye.domains.organisations.models import Affiliation
from jiuye.domains.resumes.actions.blocks import block
from jiuye.domains.resumes.models import ResumeAccess
from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, Invalid, NotFound, Refused
from jiuye.kernel.models import EventRecord
from tests.factories import organisations
from tests.factories.applications import in_state
from tests.factories.cast import Cast


@pytest.fixture
def lu(cast: Cast) -> Actor:
    """Somebody of the posting's employer, which works with the agency."""
    assert cast.posting.employer is not None
    organisations.affiliate(cast.posting.employer, cast.agency)
    return organisations.member(cast.posting.employer)


def test_the_agency_sees_it_at_once_in_the_inbox_and_beside_the_application(cast: Cast, lu: Actor) -> None:
    application = in_state(cast, "viewed")
    actions.give_opinion(lu, application_id=application, verdict=Verdict.SUITABLE, note="焊接经验对口")
    row = queries.inbox(cast.zhou, chosen=queries.InboxFilter()).items[0]
    assert (row.verdict, row.verdict_label) == ("suitable", "合适")
    (seen,) = queries.for_agency(cast.shen, application).opinions
    assert (seen.verdict_label, seen.note, seen.is_latest) == ("合适", "焊接经验对口", True)
    assert [line.action for line in audit.of_subject(application, limit=1)] == ["application.give_opinion"]


def test_the_latest_counts_and_the_earlier_ones_stay(cast: Cast, lu: Actor) -> None:
    application = in_state(cast, "viewed")
    for verdict in (Verdict.SUITABLE, Verdict.UNSUITABLE):
        actions.give_opinion(lu, application_id=application, verdict=verdict)
    assert [one.verdict for one in queries.employer_application(lu, application).opinions] == ["unsuitable", "suitable"]
    assert queries.employer_application(lu, application).verdict == "unsuitable"


def test_the_state_does_not_change_and_the_applicant_reads_nothing_of_it(cast: Cast, lu: Actor) -> None:
    application = in_state(cast, "viewed")
    looks = ResumeAccess.objects.count()
    actions.give_opinion(lu, application_id=application, verdict=Verdict.UNSUITABLE, note="经验不够")
    assert "经验不够" not in str(queries.my_application(cast.lin, application))
    assert Application.objects.get(pk=application).state == "viewed"
    assert ResumeAccess.objects.count() == looks


def nothing_was_written() -> bool:
    events = EventRecord.objects.filter(name="OpinionGiven")
    return not EmployerOpinion.objects.exists() and not events.exists()


def test_a_remark_without_words_is_refused(cast: Cast, lu: Actor) -> None:
    application = in_state(cast, "viewed")
    for note in ("", "  ", "字" * 301):
        with pytest.raises(Invalid):
            actions.give_opinion(lu, application_id=application, verdict=Verdict.REMARK, note=note)
    assert nothing_was_written()


def test_read_only_members_do_not_judge(cast: Cast, lu: Actor) -> None:
    application = in_state(cast, "viewed")
    assert cast.posting.employer is not None
    reader = organisations.member(cast.posting.employer, role="viewer")
    with pytest.raises(Denied):
        actions.give_opinion(reader, application_id=application, verdict=Verdict.SUITABLE)
    assert nothing_was_written()


def test_others_do_not_judge(cast: Cast, lu: Actor) -> None:
    application = in_state(cast, "viewed")
    strangers = (organisations.member(organisations.employer(is_certified=True)), cast.zhou, cast.lin, Actor.system())
    for stranger in strangers:
        with pytest.raises(NotFound):
            actions.give_opinion(stranger, application_id=application, verdict=Verdict.SUITABLE)
    assert nothing_was_written()


def test_not_after_a_withdrawal_of_application_or_consent(cast: Cast, lu: Actor) -> None:
    application = in_state(cast, "viewed")
    Consent.objects.filter(pk=Application.objects.get(pk=application).consent_id).update(withdrawn_at=clock.now())
    with pytest.raises(Refused) as refusal:
        actions.give_opinion(lu, application_id=application, verdict=Verdict.SUITABLE)
    assert refusal.value.code == "consent_withdrawn"
    assert nothing_was_written()


def test_not_for_an_employer_that_the_applicant_blocks(cast: Cast, lu: Actor) -> None:
    application = in_state(cast, "viewed")
    assert cast.posting.employer_id
    block(cast.lin, kind="employer", organisation_id=cast.posting.employer_id)
    with pytest.raises(NotFound):
        actions.give_opinion(lu, application_id=application, verdict=Verdict.SUITABLE)
    assert nothing_was_written()


def test_after_the_end_the_agency_keeps_it_and_the_employer_does_not(cast: Cast, lu: Actor) -> None:
    application = in_state(cast, "onboarded")
    actions.give_opinion(lu, application_id=application, verdict=Verdict.SUITABLE)
    Affiliation.objects.update(state="ended", reason="合同到期", ended_by="employer", ended_at=clock.now())
    assert len(queries.for_agency(cast.zhou, application).opinions) == 1
    with pytest.raises(NotFound):
        queries.employer_application(lu, application)
    totals = queries.totals_through(lu, cast.agency.id)
    assert totals == queries.Totals(received=1, onboarded=1)


@pytest.mark.parametrize("state", ["requested", "refused", "withdrawn"])
def test_before_approval_there_are_no_numbers_either(cast: Cast, lu: Actor, state: str) -> None:
    in_state(cast, "viewed")
    Affiliation.objects.update(state=state, reason="近期任务已满")
    assert queries.totals_through(lu, cast.agency.id) == queries.Totals(received=0, onboarded=0)
