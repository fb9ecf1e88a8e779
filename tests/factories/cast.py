"""The fixed cast of the tests on applications: Lin applies, Zhou recruits, Shen only reads, Ma works elsewhere, Wu is nobody here."""

from dataclasses import dataclass

from jiuye.domains.accounts.models import User
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations.models import Agency
from jiuye.kernel.actor import Actor
from tests.factories import accounts, jobs, organisations, resumes


@dataclass(frozen=True)
class Cast:
    """Everybody as they act, and the posting that it is about: an agency recruits for an employer."""

    lin: Actor
    wu: Actor
    zhou: Actor
    qian: Actor
    shen: Actor
    ma: Actor
    people: dict[str, User]
    agency: Agency
    posting: JobPosting


def assemble() -> Cast:
    """Lin and Wu look for work and have resumes; Zhou (recruiter), Qian (owner) and Shen (viewer) work for the agency."""
    agency = organisations.agency(legal_name="蓉江人力资源有限公司", short_name="蓉江人力", phone="028-00000000")
    elsewhere = organisations.agency()
    people = {
        "lin": accounts.seeker("林小满"),
        "wu": accounts.seeker("吴来宾"),
        "zhou": accounts.member(agency.id, "agency", "recruiter", accounts.person("周经办")),
        "qian": accounts.member(agency.id, "agency", "owner", accounts.person("钱主管")),
        "shen": accounts.member(agency.id, "agency", "viewer", accounts.person("沈观察")),
        "ma": accounts.member(elsewhere.id, "agency", "recruiter", accounts.person("马外人")),
    }
    resumes.whole_resume(people["lin"])
    resumes.whole_resume(people["wu"])
    employer = organisations.employer(named_by=agency, legal_name="蓉江精密机械有限公司")
    return Cast(
        lin=accounts.actor(people["lin"]),
        wu=accounts.actor(people["wu"]),
        zhou=accounts.staff_actor(people["zhou"]),
        qian=accounts.staff_actor(people["qian"]),
        shen=accounts.staff_actor(people["shen"]),
        ma=accounts.staff_actor(people["ma"]),
        people=people,
        agency=agency,
        posting=jobs.posting(agency, employer=employer),
    )
