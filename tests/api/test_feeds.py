"""Jobs and fairs in the formats of other programs: JSON-LD, Atom, iCalendar."""

import json
import re
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.test import Client
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from jiuye.adapters.search_tantivy import TantivyEngine
from jiuye.kernel import clock
from tests.factories import organisations, public_site, reference
from tests.factories.jobs import posting
from tests.factories.public_site import assert_is_public, index_all

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


class TestAPostingAsSchemaOrg:
    def test_it_is_what_its_page_says(self, client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        one = posting()
        with django_assert_num_queries(2):
            answer = client.get(f"/api/v1/jobs/{one.id}/jobposting.json")
        assert_is_public(answer)
        assert answer.headers["Content-Type"] == "application/ld+json"
        page = client.get(f"/jobs/{one.id}").content.decode()
        (told,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
        on_page = json.loads(told)
        assert answer.json() | {"url": ""} == on_page | {"url": ""}
        assert answer.json()["url"] == f"{settings.SITE_URL}/jobs/{one.id}"
        assert answer.json()["@type"] == "JobPosting"

    def test_one_that_has_closed_is_gone(self, client: Client) -> None:
        closed = posting(state="withdrawn", closed_at=clock.now())
        assert client.get(f"/api/v1/jobs/{closed.id}/jobposting.json").status_code == 410


def feed(client: Client, address: str = "/api/v1/jobs.atom", **asked: Any) -> ET.Element:
    answer = client.get(address, asked)
    assert answer.status_code == 200, answer.content
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.content)  # noqa: S314


def texts(root: ET.Element, path: str) -> list[str | None]:
    return [one.text for one in root.findall(path, ATOM)]


def hrefs(root: ET.Element, rel: str) -> list[str]:
    return [one.attrib["href"] for one in root.findall(f"a:link[@rel='{rel}']", ATOM)]


class TestAFeedOfJobs:
    def test_the_feed_and_each_entry_have_what_atom_requires(
        self, client: Client, stocked: TantivyEngine, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(0):
            assert_is_public(client.get("/api/v1/jobs.atom"))
        root = feed(client)
        for element in (root, *root.findall("a:entry", ATOM)):
            for name in ("id", "title", "updated"):  # RFC 4287 §4.1.1, §4.1.2
                assert len(texts(element, f"a:{name}")) == 1
            (updated,) = texts(element, "a:updated")
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", updated or "")
            assert len(hrefs(element, "alternate")) == 1
        for entry in root.findall("a:entry", ATOM):
            assert len(texts(entry, "a:author/a:name")) == 1

    def test_ids_and_links_are_absolute_and_lasting(self, client: Client, stocked: TantivyEngine) -> None:
        root = feed(client, q="会计")
        (entry,) = root.findall("a:entry", ATOM)
        (number,) = texts(entry, "a:id")
        assert (number or "").startswith("urn:uuid:")
        assert hrefs(entry, "alternate") == [f"{settings.SITE_URL}/jobs/{(number or '')[9:]}"]
        assert texts(root, "a:id") == hrefs(root, "self")
        assert texts(feed(client, q="会计"), "a:id") == texts(root, "a:id")

    def test_next_leads_through_all_of_them_once(self, client: Client, engine: TantivyEngine) -> None:
        agency = organisations.agency()
        made = {f"urn:uuid:{posting(agency, title=f'焊工{number}').id}" for number in range(5)}
        index_all()
        root = feed(client, q="焊工", size=2)
        whole, read = texts(root, "a:id"), texts(root, "a:entry/a:id")
        while following := hrefs(root, "next"):
            root = feed(client, following[0].removeprefix(settings.SITE_URL))
            assert texts(root, "a:id") == whole, "a page belongs to its feed (RFC 5005)"
            read += texts(root, "a:entry/a:id")
        assert len(read) == 5
        assert set(read) == made

    def test_newest_come_first_and_filters_hold(self, client: Client, engine: TantivyEngine) -> None:
        for days in (3, 1, 2):
            posting(title=f"{days}天前", published_at=clock.now() - timedelta(days=days))
        index_all()
        titles = [(title or "").split()[0] for title in texts(feed(client), "a:entry/a:title")]
        assert titles == ["1天前", "2天前", "3天前"]
        assert len(texts(feed(client, exclude_words="2天"), "a:entry/a:id")) == 2

    def test_markup_in_a_title_stays_text(self, client: Client, engine: TantivyEngine) -> None:
        posting(title="<b>焊工</b> & ]]>")
        index_all()
        (title,) = texts(feed(client), "a:entry/a:title")
        assert (title or "").startswith("<b>焊工</b> & ]]>")

    def test_without_postings_it_is_still_a_feed(self, client: Client, engine: TantivyEngine) -> None:
        index_all()
        root = feed(client, q="没有的")
        assert root.findall("a:entry", ATOM) == []
        assert len(texts(root, "a:updated")) == 1

    def test_unchanged_it_is_not_sent_again(self, client: Client, stocked: TantivyEngine) -> None:
        tag = client.get("/api/v1/jobs.atom").headers["ETag"]
        assert client.get("/api/v1/jobs.atom", headers={"If-None-Match": tag}).status_code == 304


class TestCalendars:
    def events(self, client: Client, address: str) -> list[Any]:
        answer = client.get(f"/api/v1/{address}")
        assert_is_public(answer)
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        return list(Calendar.from_ical(answer.content).walk("VEVENT"))

    def test_fairs_can_be_subscribed_to(
        self, client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        soon = public_site.fair(title="明天的")
        public_site.fair(title="取消的", state="cancelled")
        past = clock.now() - timedelta(days=2)
        public_site.fair(title="办完的", starts_at=past, ends_at=past + timedelta(hours=3))
        public_site.fair(title="深圳的", region=reference.region(reference.NANSHAN))
        with django_assert_num_queries(1):
            found = self.events(client, "fairs.ics?region=510000")
        assert {str(one["summary"]): str(one["status"]) for one in found} == {
            "明天的": "CONFIRMED",
            "取消的": "CANCELLED",
        }
        uids = {str(one["uid"]) for one in found}
        (one,) = self.events(client, f"fairs/{soon.id}.ics")
        assert str(one["uid"]) in uids, "a program that has both shows the fair once"
        assert str(one["url"]) == f"{settings.SITE_URL}/fairs/{soon.id}"

    def test_a_calendar_is_sent_again_only_when_a_fair_has_changed(self, client: Client) -> None:
        fair = public_site.fair()
        tag = client.get("/api/v1/fairs.ics").headers["ETag"]
        assert tag.startswith("W/")
        assert client.get("/api/v1/fairs.ics", headers={"If-None-Match": tag}).status_code == 304
        fair.place = "另一个地方"
        fair.save()
        assert client.get("/api/v1/fairs.ics", headers={"If-None-Match": tag}).status_code == 200

    def test_a_fair_that_is_not_public_has_none(self, client: Client) -> None:
        draft = public_site.fair(state="draft")
        assert client.get(f"/api/v1/fairs/{draft.id}.ics").status_code == 404
