"""The steps of an application through the API: the same as in the portal, in the same order, with the same refusals."""

from datetime import timedelta
from typing import Any

import pytest

from jiuye.domains.applications.models import Application, ApplicationEvent
from jiuye.domains.applications.states import APPLICATION, ApplicationState
from jiuye.kernel import clock
from jiuye.kernel.ids import new_id
from jiuye.kernel.models import EventRecord
from tests.factories import applications, clients
from tests.factories.api_bodies import first_day, interview
from tests.factories.applications import everything_written
from tests.factories.cast import Cast

STEPS: dict[str, tuple[str, Any]] = {
    "invite": ("interviews", interview),
    "reschedule": ("interviews", interview),
    "pass_interview": ("interviews/result", lambda: {"result": "passed"}),
    "fail_interview": ("interviews/result", lambda: {"result": "failed"}),
    "notify_onboarding": ("onboarding", first_day),
    "record_onboarded": ("onboarding/result", lambda: {"outcome": "onboarded"}),
    "record_no_show": ("onboarding/result", lambda: {"outcome": "no_show"}),
    "reject": ("reject", lambda: {"reason": "skills"}),
}
"""Verb of the state machine → path and body."""


def test_every_step_of_an_agency_has_an_operation() -> None:
    agencys = {row.name for row in APPLICATION.rows.values() if "agency" in row.by}
    assert agencys == {*STEPS, "view"}


@pytest.mark.parametrize("state", [str(state) for state in ApplicationState])
@pytest.mark.parametrize("verb", [verb for verb in STEPS if verb != "reschedule"])
def test_a_step_is_taken_where_the_state_allows_it_and_else_tells_what_is_possible(
    cast: Cast, caller: clients.Caller, verb: str, state: str
) -> None:
    application = applications.in_state(cast, state)
    allowed = APPLICATION.possible(state, "agency")
    path, body = STEPS[verb]
    before = everything_written()
    answer = caller.post(f"/agency/applications/{application}/{path}", body())
    if verb in allowed or (verb == "invite" and "reschedule" in allowed):
        assert answer.status_code in {200, 201}
        taken = ApplicationEvent.objects.filter(application_id=application).order_by("-occurred_at", "-id")[0]
        assert (taken.actor_client_id, taken.actor_person_id) == (caller.client_id, caller.member_id)
        assert answer.json()["state"] == taken.to_state
        return
    assert (answer.status_code, answer.json()["code"]) == (409, "state_not_allowed")
    assert answer.json().get("allowed", []) == sorted(allowed)
    assert everything_written() == before


def test_from_the_first_look_to_the_first_day(cast: Cast, caller: clients.Caller) -> None:
    application = applications.in_state(cast, "submitted")
    one = f"/agency/applications/{application}"
    assert caller.post(f"{one}/view").json()["state"] == "viewed"
    invited = caller.post(f"{one}/interviews", interview()).json()
    assert (invited["state"], invited["interview_id"]) == (
        "interview_invited",
        str(applications.standing_invitation(application)),
    )
    applications.STEPS["accept_interview"](cast.lin, application)
    assert caller.post(f"{one}/interviews/result", {"result": "passed"}).json()["may"] == [
        "notify_onboarding",
        "reject",
    ]
    assert caller.post(f"{one}/onboarding", first_day()).status_code == 201
    applications.STEPS["accept_onboarding"](cast.lin, application)
    ended = caller.post(f"{one}/onboarding/result", {"outcome": "onboarded", "note": "按时报到"}).json()
    assert (ended["state"], ended["next_step"], ended["respond_by"]) == ("onboarded", "", None)
    assert caller.get(one).json()["onboarding"]["outcome"] == "onboarded"
    told = EventRecord.objects.filter(actor_client_id=caller.client_id, name__endswith="ApplicationAdvanced")
    assert told.count() == 5


def test_the_same_result_a_second_time_is_refused_and_changes_nothing(cast: Cast, caller: clients.Caller) -> None:
    application = applications.in_state(cast, "interview_accepted")
    path = f"/agency/applications/{application}/interviews/result"
    assert caller.post(path, {"result": "passed"}).status_code == 200
    again = caller.post(path, {"result": "passed"})
    assert (again.status_code, again.json()["allowed"]) == (409, ["notify_onboarding", "reject"])
    assert ApplicationEvent.objects.filter(application_id=application, verb="pass_interview").count() == 1


class TestInterviews:
    def test_inviting_again_takes_the_place_of_the_first(self, cast: Cast, caller: clients.Caller) -> None:
        application = applications.in_state(cast, "interview_invited")
        assert caller.post(f"/agency/applications/{application}/interviews", interview(place="新址")).status_code == 201
        found = caller.get(f"/agency/applications/{application}").json()["interviews"]
        assert [(one["place"], one["state"]) for one in found] == [("新址", "pending"), ("示范路1号2楼", "superseded")]

    def test_all_faults_of_the_terms_are_told_at_once(self, cast: Cast, caller: clients.Caller) -> None:
        application = applications.in_state(cast, "viewed")
        past = (clock.now() - timedelta(days=1)).isoformat()
        answer = caller.post(
            f"/agency/applications/{application}/interviews", interview(starts_at=past, place="", contact_phone="1")
        )
        assert answer.status_code == 422
        assert {"starts_at", "place", "contact_phone"} <= {one["field"] for one in answer.json()["errors"]}
        assert Application.objects.get().state == "viewed"

    def test_a_request_for_another_time_is_answered(self, cast: Cast, caller: clients.Caller) -> None:
        application = applications.in_state(cast, "interview_invited")
        path = f"/agency/applications/{application}/interviews/keep-time"
        assert caller.post(path, {}).json()["code"] == "nothing_asked"
        applications.ask_for_another_time(cast, application)
        assert "keep_time" in caller.get(f"/agency/applications/{application}").json()["may"]
        assert caller.post(path, {"note": "当天只有这个时间。"}).status_code == 200
        assert caller.post(path, {}).status_code == 409

    def test_a_time_needs_its_offset(self, cast: Cast, caller: clients.Caller) -> None:
        application = applications.in_state(cast, "viewed")
        answer = caller.post(
            f"/agency/applications/{application}/interviews", interview(starts_at="2027-01-11T10:00:00")
        )
        assert answer.status_code == 422


@pytest.mark.parametrize("verb", STEPS)
def test_the_steps_on_another_agencys_application_look_like_those_on_none(cast: Cast, verb: str) -> None:
    application = applications.in_state(cast, "viewed")
    other, (path, body) = clients.caller(), STEPS[verb]
    foreign = other.post(f"/agency/applications/{application}/{path}", body())
    missing = other.post(f"/agency/applications/{new_id()}/{path}", body())
    assert (foreign.status_code, foreign.json()["detail"]) == (404, missing.json()["detail"])


def test_unknown_members_of_a_body_are_refused(cast: Cast, caller: clients.Caller) -> None:
    application = applications.in_state(cast, "viewed")
    for path, body in (("interviews", interview(room="2")), ("reject", {"reason": "skills", "reasn": "x"})):
        assert caller.post(f"/agency/applications/{application}/{path}", body).status_code == 422


def test_writing_needs_its_own_scope(cast: Cast) -> None:
    reader = clients.caller(cast.agency, scopes=["applications:read", "resumes:read"])
    application = applications.in_state(cast, "viewed")
    answer = reader.post(f"/agency/applications/{application}/reject", {"reason": "skills"})
    assert (answer.status_code, answer.json()["code"]) == (403, "insufficient_scope")
