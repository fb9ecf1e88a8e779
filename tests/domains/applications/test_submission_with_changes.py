"""Applying that first unblocks a recipient or begins the resume: with the application, or not at all."""

from collections.abc import Callable
from uuid import UUID

import pytest

from jiuye.domains.accounts.models import User
from jiuye.domains.applications import actions, policies
from jiuye.domains.applications.models import Application
from jiuye.domains.resumes import queries as resumes
from jiuye.domains.resumes.actions import QuickStart
from jiuye.domains.resumes.actions.blocks import block, block_by_name
from jiuye.domains.resumes.models import Resume
from jiuye.domains.resumes.queries.blocks import my_blocks
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, ProductError, RateLimited, Refused
from jiuye.kernel.models import AuditEntry
from tests.factories import accounts
from tests.factories.applications import apply, everything_written
from tests.factories.cast import Cast

START = QuickStart(name="林新来", title="收银员")
Refusal = Callable[[Cast, Actor, pytest.MonkeyPatch], tuple[type[ProductError], str]]


def limit_reached(cast: Cast, actor: Actor, patch: pytest.MonkeyPatch) -> tuple[type[ProductError], str]:
    patch.setattr(policies, "MOST_IN_WINDOW", 0)
    return RateLimited, "rate_limited"


def posting_closed(cast: Cast, actor: Actor, patch: pytest.MonkeyPatch) -> tuple[type[ProductError], str]:
    cast.posting.state = "withdrawn"
    cast.posting.save(update_fields=["state"])
    return Refused, "posting_closed"


def already_applied(cast: Cast, actor: Actor, patch: pytest.MonkeyPatch) -> tuple[type[ProductError], str]:
    """As after applying in another window."""
    application = Application.objects.get(pk=apply(cast.wu, cast.posting))
    application.applicant_id = actor.person
    application.save(update_fields=["applicant_id"])
    return Refused, "already_applied"


every_refusal = pytest.mark.parametrize("refuse", [limit_reached, posting_closed, already_applied])


@pytest.fixture
def newcomer() -> Actor:
    return accounts.actor(accounts.seeker(name=""))


def keep_out(cast: Cast, actor: Actor, kind: str = "agency") -> None:
    blocked = cast.agency.id if kind == "agency" else cast.posting.employer_id
    assert blocked
    block(actor, kind=kind, organisation_id=blocked)


def submit(cast: Cast, actor: Actor, **wishes: object) -> UUID:
    """Apply with every consent given."""
    consented = {cast.agency.id, cast.posting.employer_id}
    return actions.submit(
        actor, posting_id=cast.posting.id, idempotency_key="k1", **{"consented_to": consented, **wishes}
    )


# Unblocking


@pytest.mark.parametrize("kind", ["agency", "employer"])
def test_unblocking_the_recipient_lets_one_apply_and_other_blocks_stay(cast: Cast, kind: str) -> None:
    keep_out(cast, cast.lin, kind)
    block_by_name(cast.lin, name="别的单位")
    application = submit(cast, cast.lin, unblock=True)
    assert Application.objects.get().id == application
    assert [one.name for one in my_blocks(cast.lin)] == ["别的单位"]


@every_refusal
def test_a_refused_application_leaves_the_block(cast: Cast, monkeypatch: pytest.MonkeyPatch, refuse: Refusal) -> None:
    kind, code = refuse(cast, cast.lin, monkeypatch)
    keep_out(cast, cast.lin)
    before = everything_written()
    with pytest.raises(kind) as refusal:
        submit(cast, cast.lin, unblock=True)
    assert refusal.value.code == code
    assert everything_written() == before
    assert my_blocks(cast.lin)


def test_a_missing_consent_leaves_the_block_and_begins_no_resume(cast: Cast, newcomer: Actor) -> None:
    keep_out(cast, newcomer)
    before = everything_written()
    with pytest.raises(Invalid):
        submit(cast, newcomer, consented_to=[cast.agency.id], quick_start=START, unblock=True)
    assert everything_written() == before


def test_the_same_key_again_unblocks_nobody(cast: Cast) -> None:
    first = submit(cast, cast.lin)
    keep_out(cast, cast.lin)
    before = everything_written()
    assert submit(cast, cast.lin, unblock=True) == first
    assert everything_written() == before


def test_each_block_that_is_removed_is_audited_by_its_id(cast: Cast) -> None:
    keep_out(cast, cast.lin)
    blocked = my_blocks(cast.lin)[0].id
    submit(cast, cast.lin, unblock=True)
    assert AuditEntry.objects.get(action="resume.unblock").subject_id == str(blocked)


# Quick start


def test_a_newcomer_applies_with_a_name_and_the_work_they_want(cast: Cast, newcomer: Actor) -> None:
    application = submit(cast, newcomer, quick_start=START)
    assert Application.objects.get(pk=application).applicant_name == "林新来"
    assert User.objects.get(pk=newcomer.person_id).name == "林新来"
    assert resumes.is_ready_to_apply(newcomer.person) == []


@every_refusal
def test_a_refused_application_begins_no_resume(
    cast: Cast, newcomer: Actor, monkeypatch: pytest.MonkeyPatch, refuse: Refusal
) -> None:
    kind, code = refuse(cast, newcomer, monkeypatch)
    before = everything_written()
    with pytest.raises(kind) as refusal:
        submit(cast, newcomer, quick_start=START)
    assert refusal.value.code == code
    assert everything_written() == before
    assert not Resume.objects.filter(user_id=newcomer.person).exists()


def test_a_block_in_the_way_begins_no_resume_until_it_is_removed(cast: Cast, newcomer: Actor) -> None:
    keep_out(cast, newcomer)
    before = everything_written()
    with pytest.raises(Refused) as refusal:
        submit(cast, newcomer, quick_start=START)
    assert refusal.value.code == "blocked"
    assert everything_written() == before
    submit(cast, newcomer, quick_start=START, unblock=True)
    assert Application.objects.count() == 1
    assert not my_blocks(newcomer)


@pytest.mark.parametrize("start", [QuickStart(name="", title="收银员"), QuickStart(name="林新来", title="")])
def test_a_beginning_that_will_not_do_leaves_the_block(cast: Cast, newcomer: Actor, start: QuickStart) -> None:
    keep_out(cast, newcomer)
    before = everything_written()
    with pytest.raises(Invalid):
        submit(cast, newcomer, quick_start=start, unblock=True)
    assert everything_written() == before


# Who may


def test_staff_who_act_for_an_organisation_do_not_apply(cast: Cast) -> None:
    before = everything_written()
    with pytest.raises(Refused) as refusal:
        submit(cast, cast.zhou, quick_start=START)
    assert refusal.value.code == "party_not_allowed"
    with pytest.raises(NotFound):
        submit(cast, cast.ma, quick_start=START)
    assert everything_written() == before
