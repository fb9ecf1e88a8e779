"""What each side reads: the resume with its access log, the inbox, one's own list, the timeline."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.applications import actions, queries
from jiuye.domains.applications.actions.resume_access import CONTACTS
from jiuye.domains.applications.models import Application, ApplicationEvent
from jiuye.domains.applications.queries import InboxFilter
from jiuye.domains.applications.states import APPLICATION, APPLICATION_GROUPS, APPLICATION_LABELS, ContactReason
from jiuye.domains.resumes import queries as resumes
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, Invalid, NotFound, RateLimited, Refused
from jiuye.kernel.ids import new_id
from jiuye.kernel.models import AuditEntry
from tests.factories import jobs
from tests.factories.applications import PATHS, apply, everything_written, in_state, interview
from tests.factories.cast import Cast

every_state = pytest.mark.parametrize("state", PATHS)


# The resume


def test_opening_a_resume_tells_its_owner_who_looked_when_why_and_under_which_job(cast: Cast) -> None:
    application = in_state(cast, "submitted")
    actions.open_resume(cast.zhou, application_id=application)
    (look,) = resumes.accesses(cast.lin).items
    assert (look.organisation_name, look.posting_id, look.application_id) == (
        "蓉江人力资源有限公司",
        cast.posting.id,
        application,
    )
    assert cast.posting.title in look.purpose


def test_every_look_is_logged_and_only_the_first_moves_the_application_on(cast: Cast) -> None:
    application = in_state(cast, "submitted")
    for _ in range(3):
        actions.open_resume(cast.zhou, application_id=application)
    assert len(resumes.accesses(cast.lin).items) == 3
    assert ApplicationEvent.objects.filter(application_id=application, verb="view").count() == 1


def test_a_member_who_may_only_read_leaves_the_same_trace(cast: Cast) -> None:
    application = in_state(cast, "submitted")
    actions.open_resume(cast.shen, application_id=application)
    assert queries.my_application(cast.lin, application).state == "viewed"
    assert resumes.accesses(cast.lin).items[0].role == "只读"


def test_looking_gives_the_agency_no_more_time(cast: Cast) -> None:
    application = in_state(cast, "submitted")
    due = Application.objects.get(pk=application).respond_by
    with clock.frozen(clock.now() + timedelta(days=6)):
        actions.open_resume(cast.zhou, application_id=application)
    assert Application.objects.get(pk=application).respond_by == due


def test_an_opened_resume_shows_contacts_in_outline_only(cast: Cast) -> None:
    resume = queries.resume_for_agency(cast.zhou, in_state(cast, "viewed"))
    phone = cast.people["lin"].phone
    assert (resume.masked, resume.phone) == (True, f"{phone[:3]}****{phone[-4:]}")


# Contacts


def test_staff_who_look_at_contacts_say_why_and_the_owner_reads_it(cast: Cast) -> None:
    application = in_state(cast, "viewed")
    actions.open_contacts(cast.zhou, application_id=application, reason=ContactReason.INTERVIEW, note="约周三下午")
    look = resumes.accesses(cast.lin).items[0]
    assert (look.kind, look.organisation_name, look.role) == ("contact", "蓉江人力资源有限公司", "招聘专员")
    assert look.purpose.startswith("联系面试：约周三下午")
    assert cast.posting.title in look.purpose
    assert AuditEntry.objects.filter(action="resume.unmask", actor_person_id=cast.zhou.person_id).count() == 1
    resume = queries.resume_for_agency(cast.zhou, application, with_contacts=True)
    assert resume.phone == cast.people["lin"].phone


def test_the_longest_reason_is_kept_whole(cast: Cast) -> None:
    note = "核" * actions.LONGEST_CONTACT_NOTE
    actions.open_contacts(cast.zhou, application_id=in_state(cast, "viewed"), reason=ContactReason.CHECKING, note=note)
    assert note in resumes.accesses(cast.lin).items[0].purpose


@pytest.mark.parametrize(
    ("reason", "note"), [(ContactReason.OTHER, " "), (ContactReason.INTERVIEW, "字" * 41)], ids=["none", "too long"]
)
def test_a_reason_that_says_nothing_or_too_much_opens_nothing(cast: Cast, reason: ContactReason, note: str) -> None:
    application = in_state(cast, "viewed")
    before = everything_written()
    with pytest.raises(Invalid) as refusal:
        actions.open_contacts(cast.zhou, application_id=application, reason=reason, note=note)
    assert set(refusal.value.fields) == {"note"}
    assert everything_written() == before


def test_nobody_collects_contacts_by_the_hundred(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(CONTACTS), "most", 2)
    application = in_state(cast, "viewed")
    with clock.frozen(clock.now()):
        for _ in range(2):
            actions.open_contacts(cast.zhou, application_id=application, reason=ContactReason.CHECKING)
        with pytest.raises(RateLimited):
            actions.open_contacts(cast.zhou, application_id=application, reason=ContactReason.CHECKING)
        actions.open_contacts(cast.qian, application_id=application, reason=ContactReason.CHECKING)


@every_state
def test_contacts_are_open_until_the_application_is_refused_or_withdrawn(cast: Cast, state: str) -> None:
    application = in_state(cast, state)
    may = state not in {"rejected", "withdrawn"}
    assert queries.for_agency(cast.zhou, application).may_see_contacts is may
    before = everything_written()
    if may:
        actions.open_contacts(cast.zhou, application_id=application, reason=ContactReason.CHECKING)
        return
    with pytest.raises(Refused):
        actions.open_contacts(cast.zhou, application_id=application, reason=ContactReason.CHECKING)
    assert everything_written() == before


@pytest.mark.parametrize(("who", "answer"), [("shen", Denied), ("ma", NotFound), ("wu", NotFound), ("lin", NotFound)])
def test_contacts_are_for_those_who_handle_the_application(cast: Cast, who: str, answer: type[Exception]) -> None:
    application = in_state(cast, "viewed")
    before = everything_written()
    with pytest.raises(answer):
        actions.open_contacts(getattr(cast, who), application_id=application, reason=ContactReason.INTERVIEW)
    assert everything_written() == before


# Who may read


@pytest.mark.parametrize("stranger", ["wu", "ma", "lin"])
def test_an_agencys_page_and_resume_do_not_exist_for_others(cast: Cast, stranger: str) -> None:
    application = in_state(cast, "viewed")
    actor: Actor = getattr(cast, stranger)
    with pytest.raises(NotFound):
        queries.resume_for_agency(actor, application)
    if stranger != "lin":
        with pytest.raises(NotFound):
            queries.for_agency(actor, application)


def test_a_made_up_id_and_a_foreign_one_get_the_same_answer(cast: Cast) -> None:
    application = in_state(cast, "viewed")
    answers = []
    for identifier in (application, new_id()):
        with pytest.raises(NotFound) as refusal:
            queries.for_agency(cast.ma, identifier)
        answers.append(refusal.value.message)
    assert answers[0] == answers[1]


def test_the_inbox_holds_the_own_agencys_applications_only(cast: Cast) -> None:
    application = in_state(cast, "submitted")
    assert [row.id for row in queries.inbox(cast.zhou, chosen=InboxFilter()).items] == [application]
    for stranger in (cast.ma, cast.wu, cast.lin):
        assert queries.inbox(stranger, chosen=InboxFilter()).items == []
        assert queries.counts_for(stranger)["all"] == 0


def test_ones_list_holds_ones_own_applications_only(cast: Cast) -> None:
    application = in_state(cast, "submitted")
    assert [row.id for row in queries.my_applications(cast.lin).items] == [application]
    assert queries.my_applications(cast.wu).items == []


def test_who_may_only_read_is_offered_nothing_to_do(cast: Cast) -> None:
    application = in_state(cast, "viewed")
    assert queries.for_agency(cast.shen, application).may == frozenset()
    assert queries.for_agency(cast.zhou, application).may == {"invite", "reject"}


# Timeline and next steps


@every_state
def test_the_timeline_is_the_stored_events_and_then_what_may_come(cast: Cast, state: str) -> None:
    application = in_state(cast, state)
    seen = queries.my_application(cast.lin, application)
    stored = ApplicationEvent.objects.filter(application_id=application).order_by("occurred_at", "id")
    happened = [step for step in seen.timeline if step.state != "future"]
    assert [(step.at, step.note) for step in happened] == [
        (entry.occurred_at, step.note) for entry, step in zip(stored, happened, strict=True)
    ]
    assert [step.state for step in happened[:-1]] == ["done"] * (len(happened) - 1)
    assert all(step.at is None for step in seen.timeline if step.state == "future")


@every_state
def test_while_it_is_open_both_sides_read_what_comes_next_and_by_when(cast: Cast, state: str) -> None:
    application = in_state(cast, state)
    sides = queries.my_application(cast.lin, application), queries.for_agency(cast.zhou, application)
    for seen in sides:
        if state in APPLICATION.terminal():
            assert seen.next_step is None
            assert not [step for step in seen.timeline if step.state == "future"]
        else:
            assert seen.next_step
            assert seen.next_step.text
            assert seen.next_step.respond_by == Application.objects.get(pk=application).respond_by


def test_a_missed_deadline_is_called_so(cast: Cast) -> None:
    application = in_state(cast, "submitted")
    with clock.frozen(clock.now() + timedelta(days=8)):
        step = queries.my_application(cast.lin, application).timeline[0]
    assert "已超过" in step.due


def test_each_entry_names_who_acted(cast: Cast) -> None:
    application = in_state(cast, "interview_accepted")
    seen = queries.my_application(cast.lin, application)
    assert [step.by for step in seen.timeline[:4]] == ["您", "蓉江人力", "蓉江人力", "您"]
    theirs = queries.for_agency(cast.zhou, application)
    assert theirs.timeline[0].by == "林小满"


# Lists


@every_state
def test_every_state_is_counted_in_exactly_one_group_of_the_inbox(cast: Cast, state: str) -> None:
    in_state(cast, state)
    counts = queries.counts_for(cast.zhou)
    assert counts["all"] == 1
    assert sum(number for key, number in counts.items() if key != "all") == 1
    for key in APPLICATION_GROUPS:
        assert len(queries.inbox(cast.zhou, chosen=InboxFilter(group=key)).items) == counts[key]


def test_every_state_of_ones_list_has_its_words(cast: Cast) -> None:
    application = in_state(cast, "interview_declined")
    (row,) = queries.my_applications(cast.lin, group="interview").items
    assert (row.id, row.state_label) == (application, APPLICATION_LABELS["interview_declined"])
    assert queries.my_counts(cast.lin) == {
        "all": 1,
        "open": 1,
        "to_answer": 0,
        "interview": 1,
        "onboarding": 0,
        "closed": 0,
    }


def test_the_inbox_is_filtered_by_posting_title_lateness_and_age(cast: Cast) -> None:
    welder = jobs.posting(cast.agency, title="高级电焊工")
    with clock.frozen(clock.now() - timedelta(days=20)):
        old = apply(cast.lin, cast.posting)
    new = apply(cast.wu, welder)
    found = {
        "posting": InboxFilter(posting_id=welder.id),
        "text": InboxFilter(text="电焊"),
        "days": InboxFilter(days=7),
    }
    for chosen in found.values():
        assert [row.id for row in queries.inbox(cast.zhou, chosen=chosen).items] == [new]
        assert queries.counts_for(cast.zhou, chosen)["all"] == 1
    assert [row.id for row in queries.inbox(cast.zhou, chosen=InboxFilter(late=True)).items] == [old]
    assert [row.id for row in queries.inbox(cast.zhou, chosen=InboxFilter(text="100%_")).items] == []


def test_what_waits_for_an_answer_comes_with_the_nearest_deadline_first(cast: Cast) -> None:
    later = in_state(cast, "interview_invited")
    other = jobs.posting(cast.agency)
    sooner = in_state(cast, "viewed", other)
    actions.invite_to_interview(
        cast.zhou, application_id=sooner, details=interview(answer_by=clock.now() + timedelta(hours=2))
    )
    assert [row.id for row in queries.to_answer(cast.lin)] == [sooner, later]


def test_lists_and_pages_cost_the_same_however_long(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(4):
        apply(cast.lin, jobs.posting(cast.agency))
    with django_assert_num_queries(1):
        assert len(queries.inbox(cast.zhou, chosen=InboxFilter()).items) == 4
    with django_assert_num_queries(1):
        assert len(queries.my_applications(cast.lin).items) == 4
    with django_assert_num_queries(1):
        queries.counts_for(cast.zhou)
    application = in_state(cast, "onboarding_accepted")
    with django_assert_num_queries(5):
        queries.my_application(cast.lin, application)


def test_the_last_invitations_place_is_offered_for_the_next(cast: Cast) -> None:
    assert queries.latest_invitation(cast.zhou) is None
    application = in_state(cast, "viewed")
    actions.invite_to_interview(cast.zhou, application_id=application, details=interview(place="示范路7号"))
    latest = queries.latest_invitation(cast.qian)
    assert latest
    assert latest.place == "示范路7号"
    assert queries.latest_invitation(cast.ma) is None
