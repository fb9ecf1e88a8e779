"""What a posting's page tells search engines (schema.org JobPosting): true, complete, and never a way out of the script element."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import orjson
import pytest
from django.test import Client

from jiuye.domains.jobs import queries
from jiuye.domains.jobs.models import JobPosting
from jiuye.kernel import clock
from jiuye.syndication import job_posting
from tests.factories import jobs, organisations

pytestmark = pytest.mark.django_db
# What search engines want of a JobPosting: the required properties, then those recommended.
REQUIRED = {"title", "description", "datePosted", "hiringOrganization", "jobLocation"}
RECOMMENDED = {"baseSalary", "employmentType", "identifier", "validThrough", "directApply"}


def told(posting: JobPosting) -> dict[str, Any]:
    """The page's JSON-LD."""
    page = Client().get(f"/jobs/{posting.pk}").content.decode()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert len(found) == 1
    values: dict[str, Any] = orjson.loads(found[0])
    return values


def test_it_says_all_that_search_engines_ask_for() -> None:
    last_day = clock.today() + timedelta(days=90)
    found = told(jobs.posting(title="数控车床操作工", pay_min=6000, pay_max=9000, valid_through=last_day))
    assert set(found) >= REQUIRED | RECOMMENDED
    assert (found["@context"], found["@type"]) == ("https://schema.org", "JobPosting")
    assert found["title"] == "数控车床操作工"
    assert found["validThrough"] == f"{last_day}T23:59:59+08:00"
    assert found["baseSalary"]["value"] == {
        "@type": "QuantitativeValue",
        "unitText": "MONTH",
        "minValue": 6000,
        "maxValue": 9000,
    }
    assert found["jobLocation"]["address"]["addressCountry"] == "CN"


def test_who_hires_is_the_employer_and_the_agency_is_told() -> None:
    posting = jobs.posting()
    found = told(posting)
    assert posting.employer is not None
    assert found["hiringOrganization"]["name"] == posting.employer.legal_name
    assert f"由职介{posting.agency.legal_name}代招" in found["description"]


@pytest.mark.parametrize(
    ("region", "address"),
    [
        ("440305", ("广东省", "深圳市", "南山区科技路1号")),
        ("440300", ("广东省", "深圳市", "科技路1号")),
        ("110105", ("北京市", "北京市", "朝阳区科技路1号")),
        ("469005", ("海南省", "文昌市", "科技路1号")),
    ],
)
def test_the_address_names_province_city_and_street_apart(region: str, address: tuple[str, str, str]) -> None:
    detail = replace(queries.detail(jobs.posting(address="科技路1号").pk), region_code=region)
    written = job_posting.posting(detail, "")["jobLocation"]["address"]
    assert (written["addressRegion"], written["addressLocality"], written["streetAddress"]) == address


def test_pay_to_be_negotiated_is_not_made_up() -> None:
    assert "baseSalary" not in told(jobs.posting(pay_min=None, pay_max=None, pay_negotiable=True))


def test_nothing_demanded_is_said_as_that() -> None:
    found = told(jobs.posting(education="", experience_min=0, experience_max=None))
    assert found["educationRequirements"] == found["experienceRequirements"] == "no requirements"


def test_a_text_cannot_end_the_element_it_stands_in() -> None:
    posting = jobs.posting(organisations.agency(), duties="</script><script>alert(1)</script>&<!--")
    assert "</script><script>alert(1)" in told(posting)["description"]
    assert b"<script>alert(1)" not in Client().get(f"/jobs/{posting.pk}").content
