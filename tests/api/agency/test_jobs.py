"""One posting through the API: read, create, write by its number, change, delete."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from jiuye.api.v1.ministry_names import NAMES
from jiuye.domains.clients.queries import forget_callers
from jiuye.domains.clients.states import Scope
from jiuye.domains.jobs import actions
from jiuye.domains.jobs.models import JobPosting
from jiuye.kernel import clock
from jiuye.kernel.models import AuditEntry, EventRecord
from tests.factories import applications, clients, jobs, organisations, reference
from tests.factories.cast import assemble
from tests.factories.clients import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    forget_callers()


@pytest.fixture
def caller() -> Caller:
    return clients.caller()


def written(**changes: Any) -> dict[str, Any]:
    """A body with every legal element."""
    reference.region(reference.WUHOU)
    reference.occupation(reference.WELDER)
    body = {
        "title": "氩弧焊工",
        "employer": {"name": "成都示例机械有限公司"},
        "occupation": reference.WELDER,
        "region": reference.WUHOU,
        "headcount": 5,
        "employment_type": "full_time",
        "pay_min": 6000,
        "pay_max": 9000,
        "valid_through": str(clock.today() + timedelta(days=30)),
        **jobs.TEXTS,
    }
    return {**body, **changes}


def put(caller: Caller, number: str, **changes: Any) -> Any:
    return caller.put(f"/agency/jobs/by-external-id/{number}", written(**changes))


def only() -> JobPosting:
    return JobPosting.objects.get()


# Reading


def test_a_posting_is_read_with_all_its_content_state_and_version(caller: Caller) -> None:
    posting = jobs.posting(caller.agency, external_code="A-1")
    answer = caller.get(f"/agency/jobs/{posting.id}")
    body = answer.json()
    assert (body["external_id"], body["state"], body["version"]) == ("A-1", "published", 1)
    assert body["duties"] == jobs.TEXTS["duties"]
    assert "withdraw" in body["actions"]
    assert answer.headers["ETag"].strip("W/") == '"1"'


def test_a_draft_says_what_it_lacks_and_which_law_asks_for_it(caller: Caller) -> None:
    draft = jobs.draft(caller.agency, duties="")
    missing = caller.get(f"/agency/jobs/{draft.id}").json()["missing"]
    assert [(one["field"], bool(one["legal_basis"])) for one in missing] == [("duties", True)]


def test_it_is_read_by_its_number_too(caller: Caller) -> None:
    posting = jobs.posting(caller.agency, external_code="A/1 甲")
    assert caller.get("/agency/jobs/by-external-id/A%2F1%20甲").json()["id"] == str(posting.id)
    assert caller.get("/agency/jobs/by-external-id/B").status_code == 404


def test_members_carry_the_ministrys_names_if_asked(caller: Caller) -> None:
    posting = jobs.posting(caller.agency, headcount=7)
    plain = caller.get(f"/agency/jobs/{posting.id}").json()
    named = caller.get(f"/agency/jobs/{posting.id}", names="ministry").json()
    assert "acb21d" not in plain
    assert (named["acb21d"], named["aab004"], named["aae031"]) == (
        7, plain["employer"]["name"], plain["valid_through"],
    )  # fmt: skip
    assert plain.items() <= named.items()
    public = Client().get(f"/api/v1/jobs/{posting.id}", {"names": "ministry", "fields": "id"}).json()
    assert (set(public) - {"id"}, public["acb210"]) == (set(NAMES), str(posting.id))


def test_the_list_is_filtered_as_in_the_portal(caller: Caller) -> None:
    one = jobs.posting(caller.agency, external_code="A-1", updated_at=clock.now() - timedelta(days=2))
    other = jobs.posting(caller.agency, title="电工", state="withdrawn")
    filters: list[tuple[dict[str, Any], list[JobPosting]]] = [
        ({"state": "withdrawn"}, [other]),
        ({"q": "电工"}, [other]),
        ({"external_id": "A-1"}, [one]),
        ({"employer": str(one.employer_id)}, [one]),
        ({"updated_since": (clock.now() - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")}, [other]),
        ({"region": "510000"}, [other, one]),
    ]
    for query, expected in filters:
        found = [item["id"] for item in caller.get("/agency/jobs", **query).json()["items"]]
        assert found == [str(posting.id) for posting in expected], query


def test_the_list_is_read_to_its_last_row(caller: Caller) -> None:
    for number in range(5):
        jobs.posting(caller.agency, title=f"焊工{number}")
    seen: list[str] = []
    cursor = ""
    while True:
        page = caller.get("/agency/jobs", size=2, cursor=cursor).json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if not cursor:
            break
    assert len(set(seen)) == len(seen) == 5


# Creating


def test_a_new_posting_is_a_draft_with_its_place_in_the_answer(caller: Caller) -> None:
    answer = caller.post("/agency/jobs", written(external_id="A-1"))
    assert (answer.status_code, answer.json()["result"], only().state) == (201, "created", "draft")
    assert answer.headers["Location"] == f"/api/v1/agency/jobs/{only().id}"


def test_it_is_published_at_once_if_asked_and_indexed(caller: Caller) -> None:
    assert caller.post("/agency/jobs", written(publish=True)).json()["state"] == "published"
    event = EventRecord.objects.get(name="PostingsChanged")
    assert (event.payload["posting_ids"], event.payload["verb"]) == ([str(only().id)], "publish")


def test_the_writing_member_and_the_client_stand_in_the_log(caller: Caller) -> None:
    caller.post("/agency/jobs", written())
    entry = AuditEntry.objects.get(action="posting.create")
    assert (entry.actor_person_id, entry.detail["client"]) == (caller.member_id, str(caller.client_id))


def test_an_incomplete_posting_is_not_published_and_every_fault_is_told(caller: Caller) -> None:
    answer = caller.post("/agency/jobs", written(publish=True, duties="", headcount=None, requirements="限男性"))
    errors = {error["pointer"]: error for error in answer.json()["errors"]}
    assert (answer.status_code, JobPosting.objects.count()) == (422, 0)
    assert set(errors) == {"/duties", "/headcount", "/requirements"}
    assert (errors["/requirements"]["rule"], errors["/requirements"]["words"]) == ("sex", "限男性")
    assert all(error["legal_basis"] for error in errors.values())


def test_faults_of_content_and_of_publication_are_told_together(caller: Caller) -> None:
    answer = caller.post("/agency/jobs", written(publish=True, region="999999", duties=""))
    assert {error["pointer"] for error in answer.json()["errors"]} == {"/region", "/duties"}


def test_what_needs_a_review_is_held(caller: Caller) -> None:
    body = caller.post("/agency/jobs", written(publish=True, requirements="年龄 20-35 岁")).json()
    assert (body["state"], body["findings"][0]["verdict"]) == ("under_review", "review")


def test_a_used_number_is_a_conflict(caller: Caller) -> None:
    jobs.posting(caller.agency, external_code="A-1")
    answer = caller.post("/agency/jobs", written(external_id="A-1"))
    assert (answer.status_code, answer.json()["code"]) == (409, "external_id_taken")


def test_the_same_content_without_another_number_is_refused(caller: Caller) -> None:
    caller.post("/agency/jobs", written())
    answer = caller.post("/agency/jobs", written())
    assert (answer.status_code, answer.json()["code"], JobPosting.objects.count()) == (409, "own_duplicate", 1)


def test_the_same_content_for_another_employer_or_number_is_another_job(caller: Caller) -> None:
    assert put(caller, "A-1").status_code == 201
    assert put(caller, "A-2").status_code == 201
    assert caller.post("/agency/jobs", written(employer={"name": "另一家示例有限公司"})).status_code == 201


# By its number


def test_a_number_creates_then_changes_then_does_nothing(caller: Caller) -> None:
    answers = [put(caller, "A-1"), put(caller, "A-1", pay_max=9500), put(caller, "A-1", pay_max=9500)]
    assert [(one.status_code, one.json()["result"]) for one in answers] == [
        (201, "created"), (200, "updated"), (200, "unchanged"),
    ]  # fmt: skip
    assert (only().pay_max, only().version) == (9500, 2)


def test_writing_replaces_the_whole_content(caller: Caller) -> None:
    put(caller, "A-1", address="示范路18号", tags=["包住"])
    put(caller, "A-1")
    assert (only().address, only().tags) == ("", [])


def test_a_number_is_free_again_after_deletion(caller: Caller) -> None:
    put(caller, "A-1")
    assert caller.delete(f"/agency/jobs/{only().id}").status_code == 204
    assert put(caller, "A-1").status_code == 201


def test_a_number_of_another_agency_is_no_obstacle(caller: Caller) -> None:
    jobs.posting(organisations.agency(), external_code="A-1")
    assert put(caller, "A-1").status_code == 201


def test_a_withdrawn_posting_is_published_again_only_if_asked(caller: Caller) -> None:
    put(caller, "A-1", publish=True)
    caller.post(f"/agency/jobs/{only().id}/withdraw")
    assert put(caller, "A-1").json()["state"] == "withdrawn"
    assert put(caller, "A-1", publish=True).json()["state"] == "published"


def test_a_public_posting_must_stay_lawful(caller: Caller) -> None:
    put(caller, "A-1", publish=True)
    answer = put(caller, "A-1", duties="", requirements="只招女性")
    assert (answer.status_code, {error["pointer"] for error in answer.json()["errors"]}) == (
        422, {"/duties", "/requirements"},
    )  # fmt: skip
    assert only().version == 1


@pytest.mark.parametrize("state", ["banned", "under_review"])
def test_what_the_platform_holds_cannot_be_written(caller: Caller, state: str) -> None:
    jobs.draft(caller.agency, external_code="A-1", state=state)
    answer = put(caller, "A-1")
    assert (answer.status_code, answer.json()["code"]) == (409, "state_not_allowed")


def test_the_number_in_the_body_must_be_that_of_the_path(caller: Caller) -> None:
    assert put(caller, "A-1", external_id="A-2").json()["errors"][0]["pointer"] == "/external_id"


def test_two_members_who_write_at_once_are_told_by_the_version(caller: Caller) -> None:
    put(caller, "A-1")
    late = caller.put("/agency/jobs/by-external-id/A-1", written(pay_max=9500), If_Match='"7"')
    assert (late.status_code, late.json()["code"]) == (412, "edited_meanwhile")
    assert caller.put("/agency/jobs/by-external-id/B", written(), If_Match='"1"').status_code == 412


# Employers


def test_the_employer_is_named_by_id_by_name_or_is_the_agency(caller: Caller) -> None:
    known = organisations.employer(named_by=caller.agency)
    put(caller, "A", employer=None, employer_id=str(known.id))
    put(caller, "B", employer=None, for_self=True)
    put(caller, "C")
    names = dict(JobPosting.objects.values_list("external_code", "employer__legal_name"))
    assert names == {"A": known.legal_name, "B": caller.agency.legal_name, "C": "成都示例机械有限公司"}


def test_an_employer_of_another_agency_is_refused(caller: Caller) -> None:
    foreign = organisations.employer(named_by=organisations.agency(), credit_code=None)
    answer = put(caller, "A", employer=None, employer_id=str(foreign.id))
    assert answer.json()["errors"][0]["pointer"] == "/employer"


def test_only_one_way_of_naming_it_is_allowed(caller: Caller) -> None:
    assert put(caller, "A", for_self=True).status_code == 422


def test_employers_are_found_by_a_part_of_their_name(caller: Caller) -> None:
    organisations.employer(named_by=caller.agency, legal_name="绵阳示例电子有限公司")
    organisations.employer(named_by=organisations.agency(), legal_name="绵阳别家有限公司", credit_code=None)
    found = caller.get("/agency/employers", q="绵阳").json()["items"]
    assert [one["name"] for one in found] == ["绵阳示例电子有限公司"]


# Changing


def test_a_patch_changes_what_it_names_and_null_empties(caller: Caller) -> None:
    posting = jobs.draft(caller.agency, tags=["包住"], address="示范路18号")
    answer = caller.patch(f"/agency/jobs/{posting.id}", {"title": "电焊工", "address": None, "tags": None})
    assert (answer.status_code, answer.json()["version"]) == (200, 2)
    assert (only().title, only().address, only().tags, only().headcount) == ("电焊工", "", [], 5)


def test_a_patch_of_an_older_version_changes_nothing(caller: Caller) -> None:
    posting = jobs.draft(caller.agency, version=3)
    answer = caller.patch(f"/agency/jobs/{posting.id}", {"title": "电焊工"}, If_Match='"2"')
    assert (answer.status_code, only().title) == (412, posting.title)
    assert caller.patch(f"/agency/jobs/{posting.id}", {"title": "电焊工"}, If_Match='"3"').status_code == 200
    assert caller.patch(f"/agency/jobs/{posting.id}", {"title": "x"}, If_Match="3").status_code == 422


def test_a_title_cannot_be_emptied(caller: Caller) -> None:
    posting = jobs.draft(caller.agency)
    assert caller.patch(f"/agency/jobs/{posting.id}", {"title": None}).status_code == 422


# Deleting


def test_what_somebody_applied_to_is_kept() -> None:
    cast = assemble()
    applications.apply(cast.lin, cast.posting)
    JobPosting.objects.update(state="withdrawn")
    answer = clients.caller(cast.agency).delete(f"/agency/jobs/{cast.posting.id}")
    assert (answer.status_code, answer.json()["code"]) == (409, "in_use")


def test_a_public_posting_is_to_be_withdrawn_first(caller: Caller) -> None:
    posting = jobs.posting(caller.agency)
    assert caller.delete(f"/agency/jobs/{posting.id}").status_code == 409
    caller.post(f"/agency/jobs/{posting.id}/withdraw")
    assert caller.delete(f"/agency/jobs/{posting.id}").status_code == 204


# Who may


def test_other_agencies_postings_do_not_exist(caller: Caller) -> None:
    foreign = jobs.posting(organisations.agency(), external_code="X-1")
    calls = [
        caller.get(f"/agency/jobs/{foreign.id}"),
        caller.get("/agency/jobs/by-external-id/X-1"),
        caller.patch(f"/agency/jobs/{foreign.id}", {"title": "焊工"}),
        caller.delete(f"/agency/jobs/{foreign.id}"),
        *(caller.post(f"/agency/jobs/{foreign.id}/{verb}", body) for verb, body in VERBS.items()),
    ]
    assert {answer.status_code for answer in calls} == {404}


VERBS: dict[str, Any] = {"publish": {}, "withdraw": None, "fill": {"hired_here": 1}, "confirm": None, "copy": None}


def test_read_only_members_cannot_write() -> None:
    caller = clients.caller(role="viewer")
    own = jobs.posting(caller.agency)
    calls = [
        caller.post("/agency/jobs", written()),
        put(caller, "A-1"),
        caller.patch(f"/agency/jobs/{own.id}", {"title": "焊工"}),
        caller.delete(f"/agency/jobs/{own.id}"),
        *(caller.post(f"/agency/jobs/{own.id}/{verb}", body) for verb, body in VERBS.items()),
    ]
    assert {answer.status_code for answer in calls} == {403}


def test_reading_and_writing_are_scopes_of_their_own() -> None:
    reader = clients.caller(scopes=[Scope.JOBS_READ])
    assert (reader.get("/agency/jobs").status_code, put(reader, "A").status_code) == (200, 403)


# The life cycle


def test_a_posting_is_published_confirmed_filled_and_copied(caller: Caller) -> None:
    draft = jobs.draft(caller.agency)
    path = f"/agency/jobs/{draft.id}"
    day = str(clock.today() + timedelta(days=20))
    assert caller.post(f"{path}/publish", {"valid_through": day}).json()["valid_through"] == day
    assert caller.post(f"{path}/confirm").status_code == 200
    filled = caller.post(f"{path}/fill", {"hired_here": 2, "hired_elsewhere": 1}).json()
    assert (filled["state"], filled["closing_reason"], filled["hired_here"]) == ("withdrawn", "filled", 2)
    copied = caller.post(f"{path}/copy")
    assert (copied.status_code, copied.json()["state"]) == (201, "draft")


def test_what_the_state_does_not_allow_is_a_conflict(caller: Caller) -> None:
    draft = jobs.draft(caller.agency)
    calls = {
        verb: caller.post(f"/agency/jobs/{draft.id}/{verb}", VERBS[verb]) for verb in ("withdraw", "fill", "confirm")
    }
    assert {answer.status_code for answer in calls.values()} == {409}


def test_a_wish_is_read_and_answered(caller: Caller) -> None:
    employer = organisations.employer()
    organisations.affiliate(employer, caller.agency)
    posting = jobs.posting(caller.agency, employer=employer)
    wish = actions.wish_for_change(organisations.member(employer), posting_id=posting.id, text="招 8 人")
    path = f"/agency/wishes/{wish}/answer"
    assert caller.post(path, {"is_done": False}).json()["errors"][0]["pointer"] == "/answer"
    assert caller.post(path, {"is_done": True}).json()["items"][0]["state"] == "done"
    listed = caller.get(f"/agency/jobs/{posting.id}/wishes").json()["items"]
    assert [one["id"] for one in listed] == [str(wish)]


# The same job elsewhere


def test_the_same_job_of_another_agency_is_told_and_no_obstacle(caller: Caller) -> None:
    employer = organisations.employer()
    other = jobs.posting(organisations.agency(), employer=employer, title="氩弧焊工")
    body = put(caller, "A-1", employer=None, employer_id=str(employer.id), publish=True).json()
    assert (body["result"], body["same_job"]["members"]) == ("created", 2)
    assert [one["id"] for one in body["same_job"]["postings"]] == [str(other.id)]
    assert body["warnings"][0]["code"] == "same_job"
    assert caller.get(f"/agency/jobs/{body['id']}").json()["same_job"] == body["same_job"]


# Few statements

MOST_STATEMENTS = {"created": 11, "updated": 10, "unchanged": 7}


def test_writing_one_posting_takes_few_statements(caller: Caller, django_assert_max_num_queries: Any) -> None:
    put(caller, "A-0", publish=True)  # the employer is known, the use of the key is noted
    for pay, result in ((8500, "created"), (9500, "updated"), (9500, "unchanged")):
        body = written(publish=True, pay_max=pay)
        with django_assert_max_num_queries(MOST_STATEMENTS[result]):
            answer = caller.put("/agency/jobs/by-external-id/A-1", body)
        assert answer.json()["result"] == result


def test_numbers_that_differ_in_case_are_different_for_programs(caller: Caller) -> None:
    assert [put(caller, number).status_code for number in ("aB1", "AB1")] == [201, 201]
