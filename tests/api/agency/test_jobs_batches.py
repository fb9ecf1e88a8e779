"""Many postings at once: results in order, each for itself, and validation alone."""

from typing import Any

import pytest

from jiuye.domains.clients.queries import forget_callers
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations.models import Employer
from jiuye.kernel.models import AuditEntry, EventRecord
from tests.api.agency.test_jobs import written
from tests.factories import clients, jobs, organisations
from tests.factories.clients import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    forget_callers()


@pytest.fixture
def caller() -> Caller:
    return clients.caller()


def sent(caller: Caller, *items: Any, to: str = "batch") -> Any:
    return caller.post(f"/agency/jobs:{to}", {"items": list(items)})


def told(answer: Any) -> list[tuple[int, str, str]]:
    return [(one["index"], one["external_id"], one["result"]) for one in answer.json()["results"]]


def test_one_bad_item_refuses_only_itself(caller: Caller) -> None:
    """Trap 2.5."""
    items = [
        written(external_id="A-1"),
        written(external_id="A-2"),
        written(external_id="A-3", headcount="many"),
        written(external_id="A-4", title="长" * 20_000),
        written(external_id="A-1", title="别的职位"),
    ]
    first = sent(caller, *items)
    assert first.status_code == 207
    assert told(first) == [
        (0, "A-1", "created"), (1, "A-2", "created"), (2, "A-3", "rejected"), (3, "A-4", "rejected"),
        (4, "A-1", "conflict"),
    ]  # fmt: skip
    pointers = [[error["pointer"] for error in one["errors"]] for one in first.json()["results"]]
    assert pointers == [[], [], ["/items/2/headcount"], ["/items/3/title"], ["/items/4/external_id"]]
    assert JobPosting.objects.count() == 2
    assert [one[2] for one in told(sent(caller, *items))] == [
        "unchanged", "unchanged", "rejected", "rejected", "conflict",
    ]  # fmt: skip


def test_all_good_is_plain_success(caller: Caller) -> None:
    answer = sent(caller, written(external_id="A-1"), written(external_id="A-2", publish=True))
    assert (answer.status_code, answer.json()["created"]) == (200, 2)
    assert [one["state"] for one in answer.json()["results"]] == ["draft", "published"]


def test_items_that_are_no_objects_are_faults_of_their_own(caller: Caller) -> None:
    answer = sent(caller, "text", None, 5, [], {}, written())
    assert [one["result"] for one in answer.json()["results"]] == ["rejected"] * 5 + ["created"]
    assert all(one["errors"] for one in answer.json()["results"][:5])


def test_every_fault_of_an_item_is_told_at_once(caller: Caller) -> None:
    """What cannot be read, what the content lacks and what the law forbids."""
    item = written(headcount="many", regoin="x", region="999999", requirements="限男性", publish=True, duties="")
    (one,) = sent(caller, item).json()["results"]
    found = {error["pointer"].rsplit("/", 1)[1] for error in one["errors"]}
    assert found == {"headcount", "regoin", "region", "requirements", "duties"}


def test_without_numbers_the_same_content_is_the_same_posting(caller: Caller) -> None:
    assert told(sent(caller, written(), written(title="电工"))) == [(0, "", "created"), (1, "", "created")]
    assert told(sent(caller, written(), written(title="电工"))) == [(0, "", "unchanged"), (1, "", "unchanged")]
    assert JobPosting.objects.count() == 2


def test_a_number_is_adopted_by_the_posting_that_had_none(caller: Caller) -> None:
    sent(caller, written())
    assert told(sent(caller, written(external_id="A-1"))) == [(0, "A-1", "updated")]
    assert JobPosting.objects.get().external_code == "A-1"


def test_each_posting_has_its_entry_in_the_log_and_all_one_event(caller: Caller) -> None:
    sent(caller, *(written(external_id=f"A-{number}", publish=True) for number in range(12)))
    assert AuditEntry.objects.filter(action="posting.create", actor_person_id=caller.member_id).count() == 12
    assert len(EventRecord.objects.get(name="PostingsChanged").payload["posting_ids"]) == 12


def test_the_same_job_elsewhere_is_told_for_each(caller: Caller) -> None:
    employer = organisations.employer()
    jobs.posting(organisations.agency(), employer=employer, title="氩弧焊工")
    item = written(employer=None, employer_id=str(employer.id))
    results = sent(caller, item, {**item, "title": "电工"}).json()["results"]
    assert [one["same_job"]["members"] for one in results] == [2, 1]


def test_a_thousand_at_most(caller: Caller) -> None:
    assert sent(caller, *([{"title": "焊工"}] * 1001)).status_code == 422
    assert sent(caller).status_code == 422


def test_a_large_batch_is_taken_a_larger_one_is_not(caller: Caller) -> None:
    item = written(external_id="A-1", duties="工" * 4900)
    many = [{**item, "external_id": f"A-{number}"} for number in range(150)]
    assert sent(caller, *many).status_code == 200  # 2.3 MB
    assert sent(caller, *([{"title": "工" * 15_000}] * 200)).status_code == 413


def test_the_number_of_statements_does_not_grow_with_the_items(
    caller: Caller, django_assert_max_num_queries: Any
) -> None:
    sent(caller, written(external_id="A-0", publish=True))
    items = [written(external_id=f"A-{number}", publish=True) for number in range(30)]
    with django_assert_max_num_queries(14):
        sent(caller, *items)


# Validation alone


def test_validation_tells_everything_and_writes_nothing(caller: Caller) -> None:
    jobs.posting(caller.agency, external_code="A-9")
    answer = sent(
        caller,
        written(external_id="A-1", publish=True),
        written(external_id="A-2", publish=True, requirements="限男性", duties=""),
        written(external_id="A-3", duties="", requirements="只招女性"),
        written(external_id="A-9"),
        to="validate",
    )
    assert answer.status_code == 200
    assert [one[2] for one in told(answer)] == ["created", "rejected", "created", "updated"]
    results = answer.json()["results"]
    assert {error["pointer"] for error in results[1]["errors"]} == {"/items/1/requirements", "/items/1/duties"}
    assert (results[2]["missing"][0]["field"], results[2]["findings"][0]["words"]) == ("duties", "只招女性")
    assert (JobPosting.objects.count(), AuditEntry.objects.count(), EventRecord.objects.count()) == (1, 0, 0)
    assert not Employer.objects.filter(legal_name="成都示例机械有限公司").exists()


# Several changes


def test_several_are_published_or_withdrawn_with_a_result_for_each(caller: Caller) -> None:
    good, foreign = jobs.draft(caller.agency), jobs.draft(organisations.agency())
    ids = [str(good.id), str(foreign.id)]
    answer = caller.post("/agency/jobs:change", {"change": "publish", "ids": ids})
    assert (answer.status_code, [one["done"] for one in answer.json()["results"]]) == (207, [True, False])
    assert caller.post("/agency/jobs:change", {"change": "withdraw", "ids": ids[:1]}).status_code == 200
