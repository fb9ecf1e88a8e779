"""What a resume refuses, and the messages."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from jiuye.domains.resumes import actions, queries
from jiuye.domains.resumes.models import Employment, Resume
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid
from tests.factories import resumes as make
from tests.factories.accounts import actor, seeker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_november_2026() -> Iterator[None]:
    with clock.frozen(datetime(2026, 11, 20, tzinfo=UTC)):
        yield


@pytest.fixture
def lin() -> Actor:
    return actor(seeker())


def faults(change: Any) -> dict[str, str]:
    """Return the messages by field."""
    with pytest.raises(Invalid) as caught:
        change()
    return caught.value.fields


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"name": "  "}, "name", "请填写姓名。"),
        ({"name": "长" * 41}, "name", "最多 40 个字，现在是 41 个"),
        ({"phone": "12345"}, "phone", "11 位"),
        ({"phone": "010-62222222"}, "phone", "11 位"),
        ({"email": "not-an-address"}, "email", "name@example.com"),
        ({"birth_year": 2011}, "birth_year", "未满 16 周岁不能求职（未成年人保护法第六十一条）"),
        ({"birth_year": 1900}, "birth_year", "请检查"),
        ({"experience_years": 71}, "experience_years", "0 到 70"),
        ({"birth_year": 2000, "experience_years": 20}, "experience_years", "对不上"),
        ({"region": "999999"}, "region", "列表"),
        ({"education": "99"}, "education", "列表"),
        ({"availability": "whenever"}, "availability", "列表"),
    ],
)
def test_basics_that_cannot_stand(lin: Actor, changes: dict[str, Any], field: str, words: str) -> None:
    found = faults(lambda: actions.save_basics(lin, basics=make.basics(**changes)))
    assert list(found) == [field]
    assert words in found[field]
    assert not Resume.objects.exists()


def test_who_is_sixteen_may_look_for_work(lin: Actor) -> None:
    actions.save_basics(lin, basics=make.basics(birth_year=2010, experience_years=0))
    assert queries.my_resume(lin).birth_year == 2010


@pytest.mark.parametrize(
    ("entry", "field", "words"),
    [
        (make.employment(employer_name=""), "employer_name", "请填写单位名称。"),
        (make.employment(title="长" * 61), "title", "最多 60 个字"),
        (make.employment(description="长" * 2001), "description", "最多 2000 个字"),
        (make.employment(end_on=date(2018, 6, 1)), "end_on", "早于开始时间"),
        (make.employment(end_on=date(2026, 12, 1)), "end_on", "还没有到"),
        (make.employment(start_on=date(2027, 1, 1), end_on=None), "start_on", "还没有到"),
        (make.employment(start_on=date(1949, 1, 1)), "start_on", "太早"),
        (make.education(level=""), "level", "请选择学历。"),
        (make.education(level="1"), "level", "列表"),
        (make.education(start_on=date(2026, 9, 1), end_on=date(2035, 6, 1)), "end_on", "8 年内"),
        (make.project(name=" "), "name", "请填写项目名称。"),
        (make.skill(level="wizard"), "level", "列表"),
        (make.certificate(issued_on=date(2027, 1, 1)), "issued_on", "还没有到"),
        (make.intention(title=""), "title", "请填写期望职位。"),
        (make.intention(pay_min=9000, pay_max=7000), "pay_max", "不能低于"),
        (make.intention(pay_min=5), "pay_min", "元/月"),
        (make.intention(pay_max=2_000_000), "pay_max", "元/月"),
        (make.intention(region="510199"), "region", "列表"),
        (make.intention(occupation="0-00"), "occupation", "列表"),
        (make.intention(industry="ZZ"), "industry", "列表"),
        (make.intention(employment_type="forced"), "employment_type", "列表"),
    ],
)
def test_entries_that_cannot_stand(lin: Actor, entry: Any, field: str, words: str) -> None:
    found = faults(lambda: actions.save_section(lin, entry=entry))
    assert words in found[field]
    assert not Resume.objects.exists()


def test_an_expected_graduation_may_lie_ahead(lin: Actor) -> None:
    actions.save_section(lin, entry=make.education(start_on=date(2025, 9, 1), end_on=date(2029, 6, 1)))
    assert queries.my_resume(lin).educations[0].period == "2025.09 – 2029.06"


def test_nobody_went_to_work_before_being_born(lin: Actor) -> None:
    actions.save_basics(lin, basics=make.basics(birth_year=2000, experience_years=1))
    found = faults(lambda: actions.save_section(lin, entry=make.employment(start_on=date(1999, 1, 1))))
    assert "早于出生年份" in found["start_on"]


def test_every_fault_is_said_at_once(lin: Actor) -> None:
    found = faults(lambda: actions.save_section(lin, entry=make.employment(employer_name="", title="")))
    assert set(found) == {"employer_name", "title"}


class TestTheDatabaseHoldsTheLine:
    def test_against_a_job_that_ends_before_it_starts(self, lin: Actor) -> None:
        actions.save_section(lin, entry=make.employment())
        with pytest.raises(IntegrityError, match="employment_ends_after_it_starts"), transaction.atomic():
            Employment.objects.update(end_on=date(2000, 1, 1))

    @pytest.mark.parametrize(
        ("values", "rule"),
        [
            ({"completeness": 101}, "completeness_is_at_most_100"),
            ({"birth_year": 95}, "a_birth_year_is_a_year"),
            ({"experience_years": 71}, "nobody_has_worked_more_than_70_years"),
        ],
    )
    def test_against_impossible_figures(self, lin: Actor, values: dict[str, int], rule: str) -> None:
        actions.save_basics(lin, basics=make.basics())
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            Resume.objects.update(**values)
