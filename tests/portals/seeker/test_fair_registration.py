"""Coming to a fair, over HTTP: the calendar file, registering, the code, the door."""

from datetime import timedelta

import pytest
from django.test import Client
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.fairs.models import FairInterest
from jiuye.kernel import clock
from tests.factories import accounts, jobs, organisations
from tests.factories.public_site import assert_is_public, fair, links_of, takes_part, text_of

pytestmark = pytest.mark.django_db


def test_the_calendar_file_is_a_calendar(client: Client) -> None:
    one = fair(title="春季招聘会，第二场；专场")
    answer = client.get(f"/fairs/{one.id}/calendar.ics")
    assert_is_public(answer)
    assert answer.headers["Content-Type"].startswith("text/calendar")
    calendar = Calendar.from_ical(answer.content)
    [event] = calendar.walk("VEVENT")
    assert str(event["summary"]) == "春季招聘会，第二场；专场"
    assert event["dtstart"].dt == one.starts_at.replace(microsecond=0)
    [zone] = calendar.walk("VTIMEZONE")
    assert str(zone["tzid"]) == "Asia/Shanghai"
    assert not zone.walk("DAYLIGHT"), "the summer time of 1986 to 1991 is none of today's rules"


def test_a_changed_fair_replaces_the_one_in_the_calendar(client: Client) -> None:
    def sequence() -> int:
        [event] = Calendar.from_ical(client.get(f"/fairs/{one.id}/calendar.ics").content).walk("VEVENT")
        return int(event["sequence"])

    one = fair()
    before = sequence()
    one.version += 1
    one.save(update_fields=["version"])
    assert sequence() > before


def test_online_fairs_and_those_of_this_week_are_found(client: Client) -> None:
    agency = organisations.agency()
    fair(agency, title="现场专场")
    fair(agency, title="直播专场", mode="online")
    text = text_of(client.get("/fairs", {"mode": "online"}))
    assert "直播专场" in text
    assert "现场专场" not in text
    assert "去掉条件" in text
    assert client.get("/fairs", {"when": "nonsense", "mode": "x"}).status_code == 200


def test_employers_show_the_jobs_for_which_they_come(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    agency = organisations.agency()
    one = fair(agency, plans="组织方案：分区设展；应急预案：设医疗点。")
    for number in range(3):
        employer = organisations.employer(named_by=agency)
        takes_part(one, employer, f"A0{number}")
        jobs.posting(agency=agency, employer=employer, title=f"焊工{number}")
    with django_assert_num_queries(4):
        text = text_of(client.get(f"/fairs/{one.id}"))
    for shown in ("焊工0", "焊工2", "现有 3 个在招职位", "应急预案", "设医疗点"):
        assert shown in text


def test_registering_needs_an_account_and_gives_a_code(client: Client) -> None:
    one = fair()
    assert client.get(f"/fairs/{one.id}/attend").status_code == 302
    lin = accounts.seeker()
    browser = accounts.browser(lin)
    assert "登记参加" in text_of(browser.get(f"/fairs/{one.id}/attend"))
    browser.post(f"/fairs/{one.id}/attend")
    code = FairInterest.objects.get().code
    page = browser.get(f"/fairs/{one.id}/attend")
    assert f"{code[:4]} {code[4:]}" in text_of(page)
    assert "no-store" in page.headers["Cache-Control"]
    assert links_of(browser.get("/me/fairs"), f"/fairs/{one.id}/attend")
    assert "已有 1 人登记" in text_of(client.get(f"/fairs/{one.id}"))
    browser.post(f"/fairs/{one.id}/attend/cancel")
    assert not FairInterest.objects.exists()


def test_the_pages_cost_a_few_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    browser = accounts.browser(accounts.seeker())
    agency = organisations.agency()
    for _ in range(4):
        browser.post(f"/fairs/{fair(agency).id}/attend")
    with django_assert_max_num_queries(4):
        browser.get("/me/fairs")
    with django_assert_max_num_queries(8):
        browser.get(f"/fairs/{FairInterest.objects.all()[0].fair_id}/attend")


def test_the_door_takes_the_code_and_says_who_came(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    start = clock.now() - timedelta(hours=1)
    one = fair(starts_at=start, ends_at=start + timedelta(hours=6))
    accounts.browser(accounts.seeker()).post(f"/fairs/{one.id}/attend")
    staff = accounts.browser(accounts.member(one.agency.id))
    here = f"/agency/fairs/{one.id}/check-in"
    code = FairInterest.objects.get().code
    assert f'value="{code}"' in staff.get(f"{here}?code={code}").content.decode()
    assert "林** 已签到，第 1 位" in text_of(staff.post(here, {"code": code}, follow=True))
    again = staff.post(here, {"code": code})
    assert (again.status_code, "用过了" in text_of(again)) == (409, True)
    assert staff.post(here, {"code": ""}).status_code == 422
    with django_assert_max_num_queries(9):
        assert "去签到" in text_of(staff.get("/agency/fairs"))


def test_another_agencys_fair_is_not_there() -> None:
    staff = accounts.browser(accounts.member(organisations.agency().id))
    one = fair()
    assert staff.get(f"/agency/fairs/{one.id}/check-in").status_code == 404
    assert staff.post(f"/agency/fairs/{one.id}/check-in", {"code": "AAAAAAAA"}).status_code == 404
