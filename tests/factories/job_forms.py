"""The form of a posting as an author fills it in, and the pages of the agency that has it."""

from datetime import timedelta
from typing import Any

from django.test import Client

from jiuye.domains.accounts.models import User
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations.models import Employer
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from tests.factories import accounts, jobs, reference


def signed_in(actor: Actor) -> Client:
    return accounts.browser(User.objects.get(pk=actor.person_id))


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def written(employer: Employer, **changes: Any) -> dict[str, Any]:
    """The form as an author fills it in."""
    reference.region(reference.WUHOU)
    reference.occupation(reference.WELDER)
    values = {
        "title": "电焊工",
        "occupation": "焊工",
        "headcount": "5",
        "employment_type": "full_time",
        "hiring_for": "other",
        "employer_name": employer.legal_name,
        "employer_code": employer.credit_code,
        "region": reference.WUHOU,
        "address": "示范路18号",
        "pay_low": "6000",
        "pay_high": "9000",
        "pay_unit": "month",
        "pay_months": "13",
        "education": "60",
        "experience": "1-3",
        "valid_through": str(clock.today() + timedelta(days=30)),
        "benefits": "五险一金、包住",
        **jobs.TEXTS,
    }
    return {**values, **changes}


def only() -> JobPosting:
    return JobPosting.objects.get()
