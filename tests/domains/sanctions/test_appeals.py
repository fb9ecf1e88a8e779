"""Appeals: by the subject, decided by another operator than the one who imposed it."""

from datetime import timedelta

import pytest

from jiuye.domains.organisations.models import Agency
from jiuye.domains.sanctions import actions
from jiuye.domains.sanctions.models import Appeal, EvidenceFile, Sanction
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, Invalid, NotFound, Refused
from jiuye.kernel.models import AuditEntry, EventRecord
from tests.factories import accounts, organisations, sanctions
from tests.factories.pictures import photo

pytestmark = pytest.mark.django_db
TEXT = "押金已在处置前全部退还，附转账记录。"


@pytest.fixture
def agency() -> Agency:
    return organisations.agency(restriction="limited")


@pytest.fixture
def owner(agency: Agency) -> Actor:
    return organisations.member(agency, role="owner")


@pytest.fixture
def auditor() -> Actor:
    return organisations.operator("auditor")


@pytest.fixture
def other() -> Actor:
    return organisations.operator("auditor")


@pytest.fixture
def sanction(agency: Agency, auditor: Actor) -> Sanction:
    return sanctions.sanction(agency, "limit", decided_by_id=auditor.person, decided_by=None)


def appeal(owner: Actor, sanction: Sanction) -> Appeal:
    return Appeal.objects.get(pk=actions.submit_appeal(owner, sanction_id=sanction.pk, text=TEXT))


def test_the_owner_appeals_with_files_and_is_told_by_when(owner: Actor, sanction: Sanction) -> None:
    appeal_id = actions.submit_appeal(owner, sanction_id=sanction.pk, text=TEXT, files=[("转账.jpg", photo())])
    row = Appeal.objects.get(pk=appeal_id)
    assert (row.state, row.text) == ("open", TEXT)
    assert row.due_on == clock.today() + timedelta(days=15)
    assert EvidenceFile.objects.get(appeal=row).name == "转账.jpg"


def test_one_appeal_at_a_time(owner: Actor, sanction: Sanction) -> None:
    appeal(owner, sanction)
    with pytest.raises(Refused) as refusal:
        actions.submit_appeal(owner, sanction_id=sanction.pk, text=TEXT)
    assert refusal.value.code == "no_appeal_now"
    assert Appeal.objects.count() == 1


def test_only_the_subjects_owner_appeals(agency: Agency, sanction: Sanction) -> None:
    with pytest.raises(Denied):
        actions.submit_appeal(organisations.member(agency), sanction_id=sanction.pk, text=TEXT)
    for stranger in (organisations.member(organisations.agency(), role="owner"), accounts.actor(accounts.person())):
        with pytest.raises(NotFound):
            actions.submit_appeal(stranger, sanction_id=sanction.pk, text=TEXT)
    assert not Appeal.objects.exists()


def test_a_proposed_ban_is_not_known_to_the_subject(agency: Agency, owner: Actor) -> None:
    proposed = sanctions.sanction(agency, "ban", state="proposed", starts_at=None, confirmed_by=None, confirmed_at=None)
    with pytest.raises(NotFound):
        actions.submit_appeal(owner, sanction_id=proposed.pk, text=TEXT)


@pytest.mark.parametrize("text", ["", "冤枉。", "很" * 2001])
def test_the_text_says_why(owner: Actor, sanction: Sanction, text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.submit_appeal(owner, sanction_id=sanction.pk, text=text)
    assert "text" in refusal.value.fields


def test_who_imposed_it_does_not_decide_and_the_attempt_is_logged(
    owner: Actor, sanction: Sanction, auditor: Actor
) -> None:
    row = appeal(owner, sanction)
    for uphold in (True, False):
        with pytest.raises(Refused) as refusal:
            actions.decide_appeal(auditor, appeal_id=row.pk, uphold=uphold, answer="维持原处置，理由充分。")
        assert refusal.value.code == "own_decision"
    row.refresh_from_db()
    assert row.state == "open"
    assert AuditEntry.objects.filter(action="appeal.refused", actor_person_id=auditor.person).count() == 2


def test_who_confirmed_a_ban_does_not_decide_either(agency: Agency, owner: Actor, auditor: Actor, other: Actor) -> None:
    ban = sanctions.sanction(
        agency, "ban", decided_by=None, decided_by_id=auditor.person, confirmed_by=None, confirmed_by_id=other.person
    )
    row = appeal(owner, ban)
    with pytest.raises(Refused):
        actions.decide_appeal(other, appeal_id=row.pk, uphold=False, answer="维持原处置，理由充分。")
    third = organisations.operator("auditor")
    actions.decide_appeal(third, appeal_id=row.pk, uphold=False, answer="维持原处置，理由充分。")


def test_an_upheld_appeal_lifts_the_sanction(agency: Agency, owner: Actor, sanction: Sanction, other: Actor) -> None:
    row = appeal(owner, sanction)
    actions.decide_appeal(other, appeal_id=row.pk, uphold=True, answer="转账记录属实，处置解除。")
    for one in (row, sanction, agency):
        one.refresh_from_db()
    assert (row.state, sanction.state, agency.restriction) == ("upheld", "lifted", "")
    assert row.answer == "转账记录属实，处置解除。"
    assert EventRecord.objects.filter(name="AppealDecided").count() == 1


def test_a_rejected_appeal_leaves_it_and_another_is_possible_after_thirty_days(
    owner: Actor, sanction: Sanction, other: Actor
) -> None:
    row = appeal(owner, sanction)
    actions.decide_appeal(other, appeal_id=row.pk, uphold=False, answer="收款账户与机构一致，维持原处置。")
    sanction.refresh_from_db()
    assert sanction.state == "active"
    with pytest.raises(Refused):
        actions.submit_appeal(owner, sanction_id=sanction.pk, text=TEXT)
    with clock.frozen(clock.now() + timedelta(days=30)):
        actions.submit_appeal(owner, sanction_id=sanction.pk, text=TEXT)


def test_it_is_decided_once(owner: Actor, sanction: Sanction, other: Actor) -> None:
    row = appeal(owner, sanction)
    actions.decide_appeal(other, appeal_id=row.pk, uphold=False, answer="维持原处置，理由充分。")
    third = organisations.operator("auditor")
    with pytest.raises(Refused) as refusal:
        actions.decide_appeal(third, appeal_id=row.pk, uphold=True, answer="应当解除，理由如下。")
    assert refusal.value.code == "state_not_allowed"


def test_lifting_settles_an_open_appeal(owner: Actor, sanction: Sanction, auditor: Actor) -> None:
    row = appeal(owner, sanction)
    actions.lift(auditor, sanction_id=sanction.pk, reason="整改完成。")
    row.refresh_from_db()
    assert row.state == "settled"


def test_after_the_end_an_appeal_is_possible_within_fifteen_days_of_the_start(owner: Actor, sanction: Sanction) -> None:
    Sanction.objects.update(state="ended", closed_at=clock.now(), ends_on=clock.today())
    with clock.frozen(clock.now() + timedelta(days=16)), pytest.raises(Refused):
        actions.submit_appeal(owner, sanction_id=sanction.pk, text=TEXT)
    with clock.frozen(clock.now() + timedelta(days=15)):
        row = appeal(owner, sanction)
    assert row.state == "open"


def test_upholding_after_the_end_leaves_it_ended(
    agency: Agency, owner: Actor, sanction: Sanction, other: Actor
) -> None:
    row = appeal(owner, sanction)
    Sanction.objects.update(state="ended", closed_at=clock.now(), ends_on=clock.today())
    actions.decide_appeal(other, appeal_id=row.pk, uphold=True, answer="原处置不当，记录已更正。")
    sanction.refresh_from_db()
    row.refresh_from_db()
    assert (sanction.state, row.state) == ("ended", "upheld")
