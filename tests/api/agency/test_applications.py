"""An agency's client works through the applications that the agency received."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiuye.domains.accounts.models import Consent
from jiuye.domains.applications import queries
from jiuye.domains.applications.models import Application
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations.models import Affiliation
from jiuye.kernel import clock
from jiuye.kernel.ids import new_id
from jiuye.kernel.models import AuditEntry
from tests.factories import applications, clients, jobs
from tests.factories.applications import everything_written
from tests.factories.cast import Cast


def withdraw_consent(application: UUID) -> None:
    """The applicant withdraws the consent to the disclosure."""
    Consent.objects.filter(pk=Application.objects.get(pk=application).consent_id).update(withdrawn_at=clock.now())


def ids(answer: Any) -> list[str]:
    return [item["id"] for item in answer.json()["items"]]


class TestList:
    def test_has_the_agencys_own_applications_with_masked_names(self, cast: Cast, caller: clients.Caller) -> None:
        application = applications.in_state(cast, "viewed")
        (item,) = caller.get("/agency/applications").json()["items"]
        assert (item["id"], item["state"], item["applicant"]) == (str(application), "viewed", "林**")
        assert item["job"]["id"] == str(cast.posting.id)
        assert ids(clients.caller().get("/agency/applications")) == []

    def test_is_filtered_by_state_job_employer_code_and_time(self, cast: Cast, caller: clients.Caller) -> None:
        JobPosting.objects.filter(pk=cast.posting.pk).update(external_code="A-1")
        application = str(applications.in_state(cast, "viewed"))
        employer = Application.objects.get().employer_id
        ahead = (clock.now() + timedelta(hours=1)).isoformat()
        found = {
            name: ids(caller.get("/agency/applications", **query))
            for name, query in {
                "state": {"state": ["viewed", "rejected"]},
                "other state": {"state": "submitted"},
                "job": {"job": cast.posting.id},
                "code": {"job_external_id": "A-1"},
                "other code": {"job_external_id": "A-2"},
                "employer": {"employer": employer},
                "other employer": {"employer": new_id()},
                "since": {"changed_since": (clock.now() - timedelta(hours=1)).isoformat()},
                "later": {"submitted_since": ahead},
            }.items()
        }
        assert [name for name, there in found.items() if there == [application]] == [
            "state", "job", "code", "employer", "since",
        ]  # fmt: skip

    def test_refuses_unknown_states_and_times_without_an_offset(self, caller: clients.Caller) -> None:
        for query in ({"state": "gone"}, {"changed_since": "2026-01-01T00:00:00"}):
            assert caller.get("/agency/applications", **query).status_code == 422

    def test_is_read_to_its_end_while_applications_change(self, cast: Cast, caller: clients.Caller) -> None:
        sent = [str(applications.in_state(cast, "viewed", jobs.posting(cast.agency))) for _ in range(3)]
        seen, cursor = [], ""
        for _ in range(3):
            page = caller.get("/agency/applications", order="changed", size=1, cursor=cursor).json()
            seen += [item["id"] for item in page["items"]]
            cursor = page["next_cursor"]
        assert (seen, cursor) == (sent, "")

    def test_shows_a_withdrawn_application_without_the_person(self, cast: Cast, caller: clients.Caller) -> None:
        withdraw_consent(applications.in_state(cast, "onboarded"))
        (item,) = caller.get("/agency/applications").json()["items"]
        assert (item["applicant"], item["is_withdrawn"], item["state"]) == ("", True, "onboarded")

    def test_costs_the_same_queries_for_more_rows(self, cast: Cast, caller: clients.Caller) -> None:
        def cost() -> int:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert caller.get("/agency/applications").status_code == 200
            return len(queries)

        cost()
        applications.in_state(cast, "viewed")
        one = cost()
        for _ in range(3):
            applications.in_state(cast, "viewed", jobs.posting(cast.agency))
        assert (cost(), one <= 12) == (one, True)

    def test_is_counted_by_group(self, cast: Cast, caller: clients.Caller) -> None:
        applications.in_state(cast, "interview_invited")
        counts = caller.get("/agency/applications/counts").json()
        assert (counts["all"], counts["groups"]["interview"], counts["groups"]["new"]) == (1, 1, 0)


class TestOne:
    def test_tells_what_happened_what_comes_and_on_which_consent(self, cast: Cast, caller: clients.Caller) -> None:
        application = applications.in_state(cast, "interview_accepted")
        found = caller.get(f"/agency/applications/{application}").json()
        assert [entry["verb"] for entry in found["timeline"]] == ["submit", "view", "invite", "accept_interview"]
        assert found["timeline"][1]["member_id"] == str(cast.zhou.person_id)
        assert {"pass_interview", "fail_interview", "reschedule", "reject"} <= set(found["may"])
        assert found["interviews"][0]["state"] == "accepted"
        assert found["onboarding"] is None
        consent = found["consent"]
        assert {one["name"] for one in consent["recipients"]} == {"蓉江人力资源有限公司", "蓉江精密机械有限公司"}
        assert (consent["version"], consent["purpose"], consent["valid_until"]) == (
            "2026-11",
            "resume_disclosure",
            None,
        )

    def test_costs_the_same_queries_after_many_steps(self, cast: Cast, caller: clients.Caller) -> None:
        few = applications.in_state(cast, "viewed")
        many = applications.in_state(cast, "onboarded", jobs.posting(cast.agency))
        costs = []
        for application in (few, few, many):
            with CaptureQueriesContext(connection) as queries:
                assert caller.get(f"/agency/applications/{application}").status_code == 200
            costs.append(len(queries))
        assert costs[1] == costs[2] <= 12

    def test_carries_no_contacts_and_no_whole_name(self, cast: Cast, caller: clients.Caller) -> None:
        application = applications.in_state(cast, "viewed")
        text = caller.get(f"/agency/applications/{application}").content.decode()
        assert cast.people["lin"].phone not in text
        assert "林小满" not in text

    def test_is_closed_at_once_when_the_consent_is_withdrawn(self, cast: Cast, caller: clients.Caller) -> None:
        application = applications.in_state(cast, "interview_passed")
        assert caller.get(f"/agency/applications/{application}").status_code == 200
        withdraw_consent(application)
        closed = caller.get(f"/agency/applications/{application}")
        assert (closed.status_code, closed.json()["code"]) == (403, "consent_withdrawn")

    def test_of_another_agency_looks_like_none(self, cast: Cast) -> None:
        application = applications.in_state(cast, "viewed")
        other = clients.caller()
        for path in ("", "/hand-on", "/notes", "/resume", "/resume.pdf", "/photo", f"/attachments/{new_id()}"):
            foreign = other.get(f"/agency/applications/{application}{path}")
            missing = other.get(f"/agency/applications/{new_id()}{path}")
            assert (foreign.status_code, foreign.json()["detail"]) == (404, missing.json()["detail"]), path


class TestTimeline:
    def test_says_that_a_step_was_taken_through_a_client(self, cast: Cast, caller: clients.Caller) -> None:
        application = applications.in_state(cast, "submitted")
        assert caller.post(f"/agency/applications/{application}/view").json()["state"] == "viewed"
        step = queries.my_application(cast.lin, application).timeline[1]
        assert (step.by, step.member_id) == ("蓉江人力 经接口（人事系统）", None)
        entry = caller.get(f"/agency/applications/{application}").json()["timeline"][1]
        assert (entry["client"], entry["member_id"]) == ("人事系统", str(caller.member_id))

    def test_keeps_the_clients_name_of_that_time(self, cast: Cast, caller: clients.Caller) -> None:
        from jiuye.domains.clients.models import ApiClient

        application = applications.in_state(cast, "submitted")
        caller.post(f"/agency/applications/{application}/view")
        ApiClient.objects.update(name="新系统")
        assert "人事系统" in queries.my_application(cast.lin, application).timeline[1].by


class TestRejecting:
    def test_tells_the_seeker_why(self, cast: Cast, caller: clients.Caller) -> None:
        application = applications.in_state(cast, "viewed")
        answer = caller.post(f"/agency/applications/{application}/reject", {"reason": "skills", "note": "需要焊工证"})
        assert (answer.status_code, answer.json()["state"], answer.json()["may"]) == (200, "rejected", [])
        found = caller.get(f"/agency/applications/{application}").json()
        assert found["rejection"] == {"reason": "skills", "reason_name": "技能与岗位要求不符", "note": "需要焊工证"}
        assert AuditEntry.objects.get(action="application.reject").detail["client"] == str(caller.client_id)

    def test_needs_a_reason_of_an_agency(self, cast: Cast, caller: clients.Caller) -> None:
        application = applications.in_state(cast, "viewed")
        before = everything_written()
        for body in ({"reason": "unanswered"}, {"reason": "other"}, {"reason": "age"}, {}):
            assert caller.post(f"/agency/applications/{application}/reject", body).status_code == 422
        assert everything_written() == before

    def test_of_several_gives_each_its_result_in_order(self, cast: Cast, caller: clients.Caller) -> None:
        good = applications.in_state(cast, "viewed")
        ended = applications.in_state(cast, "rejected", jobs.posting(cast.agency))
        foreign, again = new_id(), good
        answer = caller.post(
            "/agency/applications/reject:batch",
            {"ids": [str(ended), str(good), str(foreign), str(again)], "reason": "filled"},
        ).json()
        assert [one["code"] for one in answer["results"]] == ["state_not_allowed", "", "not_found", "state_not_allowed"]
        assert [one["index"] for one in answer["results"]] == [0, 1, 2, 3]
        assert (answer["done"], answer["failed"]) == (1, 3)

    def test_of_more_than_a_hundred_changes_nothing(self, cast: Cast, caller: clients.Caller) -> None:
        application = applications.in_state(cast, "viewed")
        body = {"ids": [str(application), *(str(new_id()) for _ in range(100))], "reason": "filled"}
        assert caller.post("/agency/applications/reject:batch", body).status_code == 422
        assert Application.objects.get().state == "viewed"


class TestHandOn:
    def test_says_since_when_the_employer_sees_it(self, cast: Cast, caller: clients.Caller) -> None:
        application = applications.in_state(cast, "viewed")
        before = caller.get(f"/agency/applications/{application}/hand-on").json()
        assert (before["is_seen"], before["obstacle"]) == (False, "not_affiliated")
        row = Application.objects.select_related("employer").get()
        employer = row.employer
        employer.credit_code = employer.credit_code or "91510100MA6C9JKR0T"
        employer.is_certified = True
        employer.save()
        Affiliation.objects.create(
            employer=employer, agency=cast.agency, state="approved", requested_at=clock.now(), decided_at=clock.now()
        )
        after = caller.get(f"/agency/applications/{application}/hand-on").json()
        assert (after["is_seen"], after["obstacle"]) == (True, "")
        assert after["seen_since"] >= row.submitted_at.isoformat()[:19]

    def test_agrees_with_what_the_employer_sees(self, cast: Cast, caller: clients.Caller) -> None:
        application = applications.in_state(cast, "viewed")
        employer = Application.objects.select_related("employer").get().employer
        Affiliation.objects.create(
            employer=employer, agency=cast.agency, state="approved", requested_at=clock.now(), decided_at=clock.now()
        )
        told = caller.get(f"/agency/applications/{application}/hand-on").json()
        assert told["obstacle"] == ("" if employer.is_certified else "not_certified")


class TestRoles:
    def test_a_read_only_member_reads_and_opens_but_does_not_act(self, cast: Cast) -> None:
        reader = clients.caller(cast.agency, role="viewer")
        application = applications.in_state(cast, "viewed")
        assert reader.get(f"/agency/applications/{application}/resume").status_code == 200
        for path, body in (
            ("reject", {"reason": "skills"}),
            ("interviews/keep-time", {}),
            ("interviews/result", {"result": "passed"}),
            ("onboarding/result", {"outcome": "onboarded"}),
            ("notes", {"text": "再联系"}),
            ("contacts", {"reason": "interview"}),
        ):
            answer = reader.post(f"/agency/applications/{application}/{path}", body)
            assert (answer.status_code, answer.json()["code"]) == (403, "denied"), path
        assert reader.get(f"/agency/applications/{application}/resume.pdf").status_code == 403
        assert Application.objects.get().state == "viewed"

    @pytest.mark.parametrize("path", ["resume", "resume.pdf", "photo"])
    def test_reads_of_a_resume_name_a_member(self, cast: Cast, caller: clients.Caller, path: str) -> None:
        from django.test import Client

        application = applications.in_state(cast, "viewed")
        answer = Client().get(
            f"/api/v1/agency/applications/{application}/{path}", headers={"Authorization": f"Bearer {caller.key}"}
        )
        assert answer.status_code == 422
        assert "On-Behalf-Of" in answer.content.decode()


class TestNotes:
    def test_are_the_agencys_own(self, cast: Cast, caller: clients.Caller) -> None:
        application = applications.in_state(cast, "viewed")
        one = f"/agency/applications/{application}/notes"
        made = caller.post(one, {"text": "下周一再联系。"})
        assert (made.status_code, made.json()["client"], made.json()["is_own"]) == (201, "人事系统", True)
        colleague = clients.caller(cast.agency)
        (seen,) = colleague.get(one).json()["items"]
        assert (seen["text"], seen["is_own"]) == ("下周一再联系。", False)
        assert colleague.delete(f"{one}/{seen['id']}").status_code == 404
        assert caller.delete(f"{one}/{seen['id']}").status_code == 204
        assert caller.delete(f"{one}/{seen['id']}").status_code == 404
        assert len(queries.my_application(cast.lin, application).timeline) == 2 + len(
            [step for step in queries.my_application(cast.lin, application).timeline if not step.verb]
        )

    def test_are_closed_after_a_withdrawal(self, cast: Cast, caller: clients.Caller) -> None:
        application = applications.in_state(cast, "interview_passed")
        caller.post(f"/agency/applications/{application}/notes", {"text": "很合适。"})
        withdraw_consent(application)
        assert caller.get(f"/agency/applications/{application}/notes").status_code == 403
        assert caller.post(f"/agency/applications/{application}/notes", {"text": "x"}).status_code == 403

    @pytest.mark.parametrize("text", ["", "  ", "长" * 501])
    def test_have_a_text_of_some_length(self, cast: Cast, caller: clients.Caller, text: str) -> None:
        application = applications.in_state(cast, "viewed")
        assert caller.post(f"/agency/applications/{application}/notes", {"text": text}).status_code == 422
