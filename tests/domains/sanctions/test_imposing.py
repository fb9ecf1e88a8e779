"""Operators impose, confirm and lift sanctions; the highest level in force counts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from jiuye.domains.accounts.models import ClosedPortal, User
from jiuye.domains.organisations.models import Agency, Employer, Qualification, Shop
from jiuye.domains.sanctions import actions, queries
from jiuye.domains.sanctions.actions import Proposal
from jiuye.domains.sanctions.models import BanEntry, EvidenceFile, Sanction
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, Invalid, NotFound, Refused
from jiuye.kernel.models import AuditEntry, EventRecord
from tests.factories import accounts, organisations
from tests.factories.pictures import photo

pytestmark = pytest.mark.django_db

PROPOSAL = Proposal(
    level="limit",
    reason="职位“急招普工”要求求职者交 500 元押金。",
    bases=("deposits",),
    evidence="求职者提供的转账记录和聊天截图。",
    step_reason="已收取多人押金，情节严重。",
)


@pytest.fixture
def auditor() -> Actor:
    return organisations.operator("auditor")


@pytest.fixture
def other() -> Actor:
    return organisations.operator("auditor")


def open_agency() -> Agency:
    """An agency whose profile is complete, so that its shop is listed whenever nothing forbids it."""
    agency = organisations.agency()
    Shop.objects.filter(pk=agency.pk).update(services=["职业介绍"])
    return agency


def put(actor: Actor, agency: Agency | Employer, level: str, **changes: object) -> Sanction:
    kind = "agency" if isinstance(agency, Agency) else "employer"
    proposal = replace(PROPOSAL, level=level, **changes)
    return Sanction.objects.get(pk=actions.impose(actor, kind=kind, subject_id=agency.pk, proposal=proposal))


def banned(proposer: Actor, confirmer: Actor, organisation: Agency | Employer, **changes: object) -> Sanction:
    sanction = put(proposer, organisation, "ban", **changes)
    actions.confirm(confirmer, sanction_id=sanction.pk)
    sanction.refresh_from_db()
    return sanction


EFFECTS = [
    ("remind", "", True, False),
    ("warn", "", True, False),
    ("limit", "limited", True, False),
    ("take_down", "taken_down", False, False),
    ("suspend", "suspended", False, True),
]


@pytest.mark.parametrize(("level", "restriction", "listed", "closed"), EFFECTS)
def test_each_level_has_its_effects_and_lifting_ends_them(
    auditor: Actor, level: str, restriction: str, listed: bool, closed: bool
) -> None:
    agency = open_agency()
    light = level in ("remind", "warn")
    sanction = put(auditor, agency, level, ends_on=clock.today() + timedelta(days=30) if light else None)
    agency.refresh_from_db()
    assert (agency.restriction, agency.is_listed) == (restriction, listed)
    assert ClosedPortal.objects.filter(pk=agency.pk).exists() == closed
    actions.lift(auditor, sanction_id=sanction.pk, reason="已退还押金。")
    agency.refresh_from_db()
    assert (agency.restriction, agency.is_listed) == ("", True)
    assert not ClosedPortal.objects.exists()
    names = list(EventRecord.objects.order_by("occurred_at", "id").values_list("name", flat=True))
    assert names.count("SanctionImposed") == names.count("SanctionClosed") == 1


def test_a_ban_takes_two_people(auditor: Actor, other: Actor) -> None:
    agency = organisations.agency()
    sanction = put(auditor, agency, "ban")
    agency.refresh_from_db()
    assert (sanction.state, agency.restriction) == ("proposed", "")
    assert queries.ban_on(credit_code=agency.credit_code) is None
    with pytest.raises(Refused) as refusal:
        actions.confirm(auditor, sanction_id=sanction.pk)
    assert refusal.value.code == "own_decision"
    actions.confirm(other, sanction_id=sanction.pk)
    agency.refresh_from_db()
    assert agency.restriction == "banned"
    assert queries.ban_on(credit_code=agency.credit_code) is not None


def test_a_proposed_ban_can_be_declined_and_has_no_effect(auditor: Actor, other: Actor) -> None:
    agency = organisations.agency()
    sanction = put(auditor, agency, "ban")
    actions.decline(other, sanction_id=sanction.pk, reason="证据不足，先限制发布。")
    sanction.refresh_from_db()
    assert sanction.state == "declined"
    assert not BanEntry.objects.exists()
    with pytest.raises(Refused):
        actions.confirm(other, sanction_id=sanction.pk)


def test_a_ban_lists_the_owners_if_it_says_so_and_lifting_forgets_them(auditor: Actor, other: Actor) -> None:
    agency = organisations.agency()
    owner = organisations.member(agency, role="owner")
    recruiter = organisations.member(agency)
    ban = banned(auditor, other, agency, with_owners=True)
    assert queries.ban_on(person_id=owner.person) is not None
    assert queries.ban_on(person_id=recruiter.person) is None
    actions.lift(other, sanction_id=ban.pk, reason="已改正。")
    assert queries.ban_on(person_id=owner.person) is None
    assert queries.ban_on(credit_code=agency.credit_code) is None
    assert set(BanEntry.objects.values_list("phone", "id_number", "phone_index")) == {("", "", None)}


def test_a_ban_is_on_the_credit_code_of_both_kinds(auditor: Actor, other: Actor) -> None:
    agency = organisations.agency()
    employer = organisations.employer(credit_code=agency.credit_code)
    ban = banned(auditor, other, agency)
    employer.refresh_from_db()
    assert employer.restriction == "banned"
    actions.lift(other, sanction_id=ban.pk, reason="已改正。")
    employer.refresh_from_db()
    assert employer.restriction == ""


def test_lifting_one_leaves_the_highest_of_the_others(auditor: Actor) -> None:
    agency = organisations.agency()
    limit = put(auditor, agency, "limit")
    suspend = put(auditor, agency, "suspend")
    take_down = put(auditor, agency, "take_down")
    seen = []
    for sanction in (suspend, take_down, limit):
        agency.refresh_from_db()
        seen.append(agency.restriction)
        actions.lift(auditor, sanction_id=sanction.pk, reason="已改正。")
    agency.refresh_from_db()
    assert [*seen, agency.restriction] == ["suspended", "taken_down", "limited", ""]


def test_an_unqualified_agency_stays_unlisted_when_its_sanction_is_lifted(auditor: Actor) -> None:
    agency = organisations.agency(qualified=False, is_listed=False)
    Qualification.objects.filter(organisation_id=agency.pk).update(expires_on=None)
    sanction = put(auditor, agency, "take_down")
    actions.lift(auditor, sanction_id=sanction.pk, reason="已改正。")
    agency.refresh_from_db()
    assert not agency.is_listed


def test_it_ends_after_its_last_day_in_china(auditor: Actor) -> None:
    agency = organisations.agency()
    last = clock.today() + timedelta(days=3)
    sanction = put(auditor, agency, "limit", ends_on=last)
    midnight = clock.now().astimezone(clock.SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    with clock.frozen(midnight + timedelta(days=4) - timedelta(seconds=1)):
        assert actions.end_due() == 0
    with clock.frozen(midnight + timedelta(days=4)):
        assert actions.end_due() == 1
        assert actions.end_due() == 0
    agency.refresh_from_db()
    sanction.refresh_from_db()
    assert (agency.restriction, sanction.state) == ("", "ended")


def test_skipping_steps_needs_a_reason_and_the_next_step_does_not(auditor: Actor) -> None:
    agency = organisations.agency()
    with pytest.raises(Invalid) as refusal:
        put(auditor, agency, "limit", step_reason="")
    assert "提醒" in refusal.value.fields["step_reason"]
    soon = clock.today() + timedelta(days=30)
    put(auditor, agency, "remind", step_reason="", ends_on=soon)
    put(auditor, agency, "warn", step_reason="", ends_on=soon)
    put(auditor, agency, "limit", step_reason="")


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("level", {"level": "fine"}),
        ("reason", {"reason": "不好"}),
        ("reason", {"reason": "很" * 501}),
        ("bases", {"bases": ()}),
        ("bases", {"bases": ("invented",)}),
        ("evidence", {"evidence": ""}),
        ("ends_on", {"level": "warn", "ends_on": None}),
        ("ends_on", {"ends_on": "yesterday"}),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_happens(
    auditor: Actor, field: str, changes: dict[str, object]
) -> None:
    agency = organisations.agency()
    if changes.get("ends_on") == "yesterday":
        changes = {"ends_on": clock.today() - timedelta(days=1)}
    with pytest.raises(Invalid) as refusal:
        put(auditor, agency, **{"level": "limit", **changes})
    assert field in refusal.value.fields
    assert not Sanction.objects.exists()
    assert not EventRecord.objects.exists()


def test_people_are_not_limited_in_publishing(auditor: Actor) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.impose(auditor, kind="person", subject_id=accounts.person().pk, proposal=PROPOSAL)
    assert "level" in refusal.value.fields


def test_only_auditors_impose_and_nobody_on_an_own_organisation(auditor: Actor) -> None:
    agency = organisations.agency()
    with pytest.raises(Denied):
        put(organisations.operator("support"), agency, "limit")
    with pytest.raises(NotFound):
        put(organisations.member(agency, role="owner"), agency, "limit")
    accounts.member(agency.pk, "agency", "viewer", User.objects.get(pk=auditor.person))
    with pytest.raises(Denied):
        put(auditor, agency, "limit")
    assert not Sanction.objects.exists()


def test_an_operator_with_a_stale_page_is_told_who_decided_what(auditor: Actor, other: Actor) -> None:
    agency = organisations.agency()
    put(auditor, agency, "limit", seen=0)
    with pytest.raises(Refused) as refusal:
        put(other, agency, "suspend", seen=0)
    assert refusal.value.code == "sanctioned_meanwhile"
    assert "限制发布" in refusal.value.message
    put(other, agency, "suspend", seen=1)


def test_evidence_is_sealed_and_forgotten_three_years_after_the_end(auditor: Actor) -> None:
    agency = organisations.agency()
    sanction_id = actions.impose(
        auditor, kind="agency", subject_id=agency.pk, proposal=PROPOSAL, files=[("截图.png", photo())]
    )
    file = EvidenceFile.objects.get()
    assert file.key.startswith("sealed/")
    actions.lift(auditor, sanction_id=sanction_id, reason="已改正。")
    with clock.frozen(clock.now() + timedelta(days=3 * 365)):
        assert actions.forget_evidence() == 0
    with clock.frozen(clock.now() + timedelta(days=3 * 366 + 1)):
        assert actions.forget_evidence() == 1
        assert actions.forget_evidence() == 0
    sanction = Sanction.objects.get(pk=sanction_id)
    assert (sanction.reason, sanction.evidence, sanction.level) == ("", "", "limit")
    assert not EvidenceFile.objects.exists()


def test_a_sanction_in_force_keeps_its_evidence(auditor: Actor) -> None:
    put(auditor, organisations.agency(), "limit")
    with clock.frozen(clock.now() + timedelta(days=4 * 366)):
        assert actions.forget_evidence() == 0


def test_every_step_is_in_the_audit_log_without_texts(auditor: Actor) -> None:
    sanction = put(auditor, organisations.agency(), "limit")
    actions.lift(auditor, sanction_id=sanction.pk, reason="已改正。")
    entries = AuditEntry.objects.filter(subject_id=str(sanction.pk)).order_by("id")
    assert sorted(entries.values_list("action", flat=True)) == ["sanction.impose", "sanction.lift", "sanction.propose"]
    assert "押金" not in str(list(entries.values_list("detail", flat=True)))
