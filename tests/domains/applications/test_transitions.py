"""Every step from every state by every party follows the transition table, and a refusal changes nothing."""

from typing import Any

import pytest

from jiuye.domains.applications.models import Application, ApplicationEvent
from jiuye.domains.applications.states import APPLICATION, APPLICATION_LABELS
from jiuye.kernel.errors import Denied, NotFound, Refused
from jiuye.kernel.models import AuditEntry, EventRecord
from tests.factories.applications import PATHS, SEEKERS, STEPS, everything_written, in_state
from tests.factories.cast import Cast

# The verbs for each action: inviting again is rescheduling.
VERBS = {name: {name} for name in STEPS} | {"invite": {"invite", "reschedule"}}
every_state = pytest.mark.parametrize("state", PATHS)


def verb_of(step: str, state: str) -> str | None:
    """Return the verb of this step from this state; None when the table has no such row."""
    return next((verb for verb in VERBS[step] if state in APPLICATION.rows[verb].sources), None)


ALLOWED = [(state, step) for state in PATHS for step in STEPS if verb_of(step, state)]


def one(application_id: Any) -> Application:
    return Application.objects.get(pk=application_id)


def test_the_paths_of_these_tests_reach_every_state() -> None:
    assert set(PATHS) == {str(state) for state in APPLICATION.states}


@pytest.mark.parametrize(("state", "step"), ALLOWED, ids=[f"{state}-{step}" for state, step in ALLOWED])
def test_what_the_table_allows_leaves_one_timeline_entry_one_event_one_delivery_and_one_audit_entry(
    cast: Cast, state: str, step: str
) -> None:
    application = in_state(cast, state)
    before = everything_written()
    verb = verb_of(step, state)
    assert verb
    actor = cast.lin if step in SEEKERS else cast.zhou
    STEPS[step](actor, application)
    after = everything_written()
    row = APPLICATION.rows[verb]
    entry = ApplicationEvent.objects.filter(application_id=application).order_by("-id")[0]
    assert one(application).state == row.target == entry.to_state
    assert (entry.verb, entry.from_state, entry.party) == (verb, state, "seeker" if step in SEEKERS else "agency")
    assert (entry.actor_person_id, entry.actor_organisation_id) == (actor.person_id, actor.organisation_id)
    looks = 1 if step == "view" else 0  # a look at the resume is an event of its own
    for table, more in (("applications_applicationevent", 0), ("kernel_event", looks), ("procrastinate_jobs", looks)):
        assert len(after[table]) == len(before[table]) + 1 + more, table
    event = EventRecord.objects.filter(name="ApplicationAdvanced").order_by("-id")[0]
    assert event.payload["application_event_id"] == str(entry.id)
    assert (event.payload["verb"], event.payload["to_state"]) == (verb, row.target)
    written = AuditEntry.objects.filter(action=f"application.{verb}", subject_id=str(application))
    assert [entry.detail for entry in written.order_by("-id")[:1]] == [{"from_state": state, "to_state": row.target}]
    assert one(application).version == len(PATHS[state]) + 2


@every_state
def test_what_the_table_does_not_allow_is_refused_by_the_states_name_and_changes_nothing(
    cast: Cast, state: str
) -> None:
    application = in_state(cast, state)
    before = everything_written()
    refused = [step for step in STEPS if not verb_of(step, state) and step != "view"]
    for step in refused:
        with pytest.raises(Refused) as refusal:
            STEPS[step](cast.lin if step in SEEKERS else cast.zhou, application)
        if refusal.value.code != "superseded":  # an invitation that isn't there is named as such
            assert refusal.value.code == "state_not_allowed"
            assert f"“{APPLICATION_LABELS[state]}”" in refusal.value.message
    assert refused
    assert everything_written() == before


@every_state
def test_what_belongs_to_the_other_party_is_refused_and_changes_nothing(cast: Cast, state: str) -> None:
    application = in_state(cast, state)
    before = everything_written()
    for step in STEPS:
        if step == "view":
            with pytest.raises(NotFound):
                STEPS[step](cast.lin, application)
            continue
        with pytest.raises(Refused) as refusal:
            STEPS[step](cast.zhou if step in SEEKERS else cast.lin, application)
        assert refusal.value.code in ("party_not_allowed", "superseded")
    assert everything_written() == before


@pytest.mark.parametrize("stranger", ["wu", "ma"])
@pytest.mark.parametrize("step", STEPS)
def test_for_strangers_the_application_does_not_exist(cast: Cast, step: str, stranger: str) -> None:
    application = in_state(cast, "interview_invited")
    before = everything_written()
    with pytest.raises(NotFound):
        STEPS[step](getattr(cast, stranger), application)
    assert everything_written() == before


@pytest.mark.parametrize("step", sorted(set(STEPS) - {"view"}))
def test_a_member_who_may_only_read_changes_nothing(cast: Cast, step: str) -> None:
    application = in_state(cast, "viewed")
    before = everything_written()
    with pytest.raises(Denied):
        STEPS[step](cast.shen, application)
    assert everything_written() == before


@every_state
def test_only_an_application_under_way_has_a_deadline(cast: Cast, state: str) -> None:
    application = one(in_state(cast, state))
    assert (application.respond_by is None) == (state in APPLICATION.terminal())
