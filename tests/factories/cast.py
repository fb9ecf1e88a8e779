"""The cast of the tests on applications: Lin applies, Zhou recruits, Shen only reads, Ma works elsewhere, Wu has no part."""

from dataclasses import dataclass

from jiuye.domains.accounts.models import Membership, User
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations.models import Agency
from jiuye.kernel import clock, database
from jiuye.kernel.actor import Actor
from tests.factories import accounts, jobs, organisations, resumes

NAMES = {"lin": "林小满", "wu": "吴来宾", "zhou": "周经办", "qian": "钱主管", "shen": "沈观察", "ma": "马外人"}


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
    places = {
        "zhou": (agency, "recruiter"),
        "qian": (agency, "owner"),
        "shen": (agency, "viewer"),
        "ma": (elsewhere, "recruiter"),
    }
    people = {key: accounts.unsaved_person(name) for key, name in NAMES.items()}
    members = [
        Membership(
            user=people[key],
            organisation_id=place.id,
            organisation_kind="agency",
            role=role,
            created_at=clock.now(),
        )
        for key, (place, role) in places.items()
    ]
    database.insert(*people.values(), *members)
    staff = {key: Actor(people[key].pk, place.id, "agency", role, accounts.IP) for key, (place, role) in places.items()}
    resumes.whole_resume(people["lin"])
    resumes.whole_resume(people["wu"])
    employer = organisations.employer(named_by=agency, legal_name="蓉江精密机械有限公司")
    return Cast(
        lin=accounts.actor(people["lin"]),
        wu=accounts.actor(people["wu"]),
        **staff,
        people=people,
        agency=agency,
        posting=jobs.posting(agency, employer=employer),
    )
