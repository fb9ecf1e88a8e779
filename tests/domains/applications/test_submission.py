"""Applying: consents, the resume snapshot, idempotency, one transaction."""

from datetime import timedelta
from uuid import UUID

import orjson
import pytest
from django.db import DatabaseError, connection, transaction

from jiuye.domains.accounts.models import Consent
from jiuye.domains.applications import actions, policies, queries
from jiuye.domains.applications.models import Application, ApplicationEvent, ResumeSnapshot
from jiuye.domains.jobs.queries import to_apply
from jiuye.domains.resumes import actions as resume_actions
from jiuye.kernel import clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, RateLimited, Refused, SignInRequired
from jiuye.kernel.ids import new_id
from jiuye.kernel.models import AuditEntry, EventRecord
from tests.factories import accounts, jobs, organisations
from tests.factories.applications import apply, everything_written, in_state
from tests.factories.cast import Cast


def submit(cast: Cast, *, consented_to: list[UUID] | None = None, key: str = "k1", actor: Actor | None = None) -> UUID:
    if consented_to is None:
        consented_to = [one.id for one in queries.recipients(to_apply(cast.posting.id))]
    return actions.submit(actor or cast.lin, posting_id=cast.posting.id, idempotency_key=key, consented_to=consented_to)


def test_an_application_begins_submitted_with_seven_days_for_the_agency(cast: Cast) -> None:
    application = Application.objects.get(pk=submit(cast))
    assert application.state == "submitted"
    assert application.respond_by == application.submitted_at + timedelta(days=7)
    assert (application.agency_id, application.employer_id) == (cast.agency.id, cast.posting.employer_id)
    assert (application.title, application.applicant_name) == (cast.posting.title, "林小满")


def test_it_leaves_a_timeline_entry_an_event_a_delivery_and_an_audit_entry(cast: Cast) -> None:
    before = everything_written()
    application = submit(cast)
    after = everything_written()
    for table in ("applications_applicationevent", "kernel_event", "procrastinate_jobs", "kernel_audit"):
        assert len(after[table]) == len(before[table]) + 1, table
    assert ApplicationEvent.objects.get(application_id=application).verb == "submit"
    event = EventRecord.objects.get(name="ApplicationAdvanced")
    assert event.payload["application_id"] == str(application)
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = %s", [events.DELIVERY_TASK])
        deliveries = [row[0] if isinstance(row[0], dict) else orjson.loads(row[0]) for row in cursor.fetchall()]
    assert {"event_id": str(event.id)} in deliveries
    assert AuditEntry.objects.get(action="application.submit").subject_id == str(application)


def test_a_visitor_is_asked_to_sign_in(cast: Cast) -> None:
    with pytest.raises(SignInRequired):
        submit(cast, actor=Actor.anonymous())


# Consent (个人信息保护法 art. 23)


def test_agency_and_employer_are_each_named_as_recipients(cast: Cast) -> None:
    named = queries.recipients(to_apply(cast.posting.id))
    assert [(one.name, one.is_employer) for one in named] == [
        ("蓉江人力资源有限公司", False),
        ("蓉江精密机械有限公司", True),
    ]


def test_without_consent_to_every_recipient_nothing_is_sent_and_the_missing_one_is_named(cast: Cast) -> None:
    before = everything_written()
    agency, employer = [one.id for one in queries.recipients(to_apply(cast.posting.id))]
    for consented, missing in (([agency], "蓉江精密机械有限公司"), ([employer], "蓉江人力资源有限公司"), ([], "蓉江")):
        with pytest.raises(Invalid) as refusal:
            submit(cast, consented_to=consented)
        assert missing in refusal.value.fields["consent"]
    assert everything_written() == before


def test_the_consent_is_kept_with_every_recipients_name_and_the_version_of_the_words(cast: Cast) -> None:
    application = Application.objects.get(pk=submit(cast))
    consent = Consent.objects.get(pk=application.consent_id)
    assert consent.text_version == policies.CONSENT_TEXT_VERSION
    assert consent.withdrawn_at is None
    assert consent.scope["posting_id"] == str(cast.posting.id)
    assert [one["name"] for one in consent.scope["recipients"]] == ["蓉江人力资源有限公司", "蓉江精密机械有限公司"]


def test_an_agency_that_recruits_for_itself_is_one_recipient(cast: Cast) -> None:
    itself = organisations.employer(legal_name=cast.agency.legal_name, credit_code=cast.agency.credit_code)
    posting = jobs.posting(cast.agency, employer=itself)
    assert [one.id for one in queries.recipients(to_apply(posting.id))] == [cast.agency.id]
    application = actions.submit(cast.lin, posting_id=posting.id, idempotency_key="own", consented_to=[cast.agency.id])
    consent = Consent.objects.get(pk=Application.objects.get(pk=application).consent_id)
    assert len(consent.scope["recipients"]) == 1


# The frozen resume


def test_what_was_sent_stays_when_the_resume_changes(cast: Cast) -> None:
    application = submit(cast)
    resume_actions.save_self_description(cast.lin, text="后来改过的自我描述。")
    assert queries.sent_resume(cast.lin, application).self_description == "踏实肯干，能上夜班。"
    assert queries.resume_for_agency(cast.zhou, application).self_description == "踏实肯干，能上夜班。"


def test_the_database_refuses_to_change_a_sent_resume(cast: Cast) -> None:
    submit(cast)
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        ResumeSnapshot.objects.update(digest="0" * 64)


def test_the_database_holds_no_readable_name_or_phone_of_a_sent_resume(cast: Cast) -> None:
    submit(cast)
    written = everything_written()
    rows = " ".join(written["applications_resumesnapshot"] + written["applications_application"])
    assert "林小满" not in rows
    assert cast.people["lin"].phone not in rows


def test_a_resume_that_lacks_something_is_not_sent_and_the_message_says_what(cast: Cast) -> None:
    newcomer = accounts.actor(accounts.person("新来者"))
    before = everything_written()
    with pytest.raises(Invalid) as refusal:
        submit(cast, actor=newcomer)
    assert "求职意向" in refusal.value.fields["resume"]
    assert everything_written() == before


# Which postings


@pytest.mark.parametrize("state", ["withdrawn", "expired"])
def test_a_posting_that_is_no_longer_open_is_refused(cast: Cast, state: str) -> None:
    cast.posting.state = state
    cast.posting.save(update_fields=["state"])
    with pytest.raises(Refused) as refusal:
        submit(cast, consented_to=[])
    assert refusal.value.code == "posting_closed"


def test_a_posting_past_its_last_day_is_refused(cast: Cast) -> None:
    cast.posting.valid_through = jobs.yesterday()
    cast.posting.save(update_fields=["valid_through"])
    with pytest.raises(Refused):
        submit(cast, consented_to=[])


def test_a_draft_a_banned_posting_and_a_made_up_id_look_alike(cast: Cast) -> None:
    for posting_id in (jobs.draft(cast.agency).id, jobs.posting(cast.agency, state="banned").id, new_id()):
        with pytest.raises(NotFound):
            actions.submit(cast.lin, posting_id=posting_id, idempotency_key="k", consented_to=[])


# Once only


def test_the_same_key_again_is_the_same_application_and_writes_nothing(cast: Cast) -> None:
    first = submit(cast, key="same")
    before = everything_written()
    assert submit(cast, key="same") == first
    assert everything_written() == before


def test_the_same_key_is_the_same_application_also_after_it_has_ended_or_the_posting_has_closed(cast: Cast) -> None:
    first = submit(cast, key="same")
    actions.withdraw(cast.lin, application_id=first)
    cast.posting.state = "withdrawn"
    cast.posting.save(update_fields=["state"])
    assert submit(cast, key="same", consented_to=[]) == first


def test_a_key_of_another_person_is_another_application(cast: Cast) -> None:
    assert submit(cast, key="same") != submit(cast, key="same", actor=cast.wu)


@pytest.mark.parametrize("key", ["", "k" * 65])
def test_a_key_that_cannot_be_kept_is_refused(cast: Cast, key: str) -> None:
    with pytest.raises(Invalid):
        submit(cast, key=key)


def test_a_second_application_to_the_posting_is_refused_while_one_is_open(cast: Cast) -> None:
    submit(cast, key="first")
    before = everything_written()
    with pytest.raises(Refused) as refusal:
        submit(cast, key="second")
    assert refusal.value.code == "already_applied"
    assert everything_written() == before


@pytest.mark.parametrize("ended", ["withdrawn", "rejected", "interview_failed"])
def test_after_it_has_ended_one_may_apply_again(cast: Cast, ended: str) -> None:
    first = in_state(cast, ended)
    assert apply(cast.lin, cast.posting) != first


def test_a_key_used_for_another_posting_is_refused(cast: Cast) -> None:
    submit(cast, key="same")
    other = jobs.posting(cast.agency)
    with pytest.raises(Refused) as refusal:
        apply(cast.lin, other, key="same")
    assert refusal.value.code == "try_again"


def test_somebody_who_applies_faster_than_people_read_is_asked_to_wait(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policies, "MOST_IN_WINDOW", 2)
    for _ in range(2):
        apply(cast.lin, jobs.posting(cast.agency))
    with pytest.raises(RateLimited):
        submit(cast)
    with clock.frozen(clock.now() + policies.APPLYING_WINDOW):
        assert submit(cast)


def test_when_the_event_cannot_be_stored_there_is_no_application_either(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything_written()

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no outbox")

    monkeypatch.setattr(events, "publish", broken)
    with pytest.raises(RuntimeError):
        submit(cast)
    assert everything_written() == before
