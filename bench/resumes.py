"""An agency's list of visible resumes, with 50,000 resumes of which half are visible somewhere.

./jiuye bench resumes [--resumes 50000] [--rounds 20] [--plan]

Reports the milliseconds of one page with different filters; `--plan` also prints PostgreSQL's plan. Nothing is kept.
"""

import argparse
import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import django

django.setup()

from _measuring import machine, timed
from django.db import connection, transaction

from jiuye.domains.accounts.models import Consent, User
from jiuye.domains.accounts.states import ConsentKind
from jiuye.domains.organisations.models import Agency
from jiuye.domains.reference import queries as reference
from jiuye.domains.resumes.models import Intention, OrganisationBlock, Resume, Visibility
from jiuye.domains.resumes.queries import findable
from jiuye.domains.resumes.queries.findable import FindFilter
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.ids import new_id
from jiuye.runtime.demo import organisations
from jiuye.runtime.demo.bulk_copy import copy_rows
from jiuye.runtime.demo.chance import Chance

TITLES = ("电焊工", "普工", "收银员", "会计", "护士", "叉车司机", "保安", "厨师", "Python开发工程师", "客服专员")
FILTERS = {
    "everybody": FindFilter(),
    "a common wish (one in seven)": FindFilter(text="电焊工"),
    "a wish nobody has": FindFilter(text="没有这样的工作"),
    "wished in one city": FindFilter(region="510100"),
    "education, experience, state, 90 days": FindFilter(education="20", years=5, availability="now", days=90),
}


def main() -> None:
    arguments = _arguments()
    print(f"machine: {machine()}")
    with transaction.atomic():
        measure(arguments.resumes, arguments.rounds, shows_plan=arguments.plan)
        transaction.set_rollback(True)


def measure(count: int, rounds: int, *, shows_plan: bool) -> None:
    """Write the people and request the list repeatedly."""
    organisations.build(Chance("resumes"), clock.now(), organisations.Cast())
    for rows in _people(count):
        copy_rows(rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    agency = Agency.objects.filter(region__code__startswith="51", is_listed=True).order_by("id")[0]
    actor = Actor(new_id(), agency.id, "agency", "recruiter")
    shown = findable.findable(actor).count()
    print(f"{count:,} resumes, {shown:,} of them found by an agency in {reference.full_name(agency.region_id)}")
    for name, chosen in FILTERS.items():
        figures = timed([lambda chosen=chosen: findable.found(actor, chosen) for _ in range(rounds)])
        print(f"{name:40} {figures}")
        if shows_plan:
            page = findable.filtered(findable.findable(actor), chosen).order_by("-updated_at", "-id")[:21]
            print(page.explain(analyze=True))


def _people(count: int) -> Iterator[list[Any]]:
    """Return users, resumes, intentions, consents, choices and blocks, in the order of their foreign keys."""
    chance, moment = random.Random("resumes"), clock.now()
    cities = [city.code for province in reference.provinces() for city in reference.children(province.code)]
    people = [
        User(id=new_id(), phone="", phone_index=f"bench{one}", name="", created_at=moment) for one in range(count)
    ]
    resumes, wishes, consents, choices, blocks = [], [], [], [], []
    for person in people:
        changed = moment - timedelta(minutes=chance.randint(1, 600_000))
        resume = Resume(
            id=new_id(),
            user=person,
            education=chance.choice(["70", "60", "40", "30", "20", "14"]),
            experience_years=chance.randint(0, 20),
            availability=chance.choice(["now", "within_month", "employed_looking"]),
            created_at=changed,
            updated_at=changed,
        )
        resumes.append(resume)
        city = chance.choice(cities)
        wishes += [
            Intention(id=new_id(), resume=resume, position=place, title=chance.choice(TITLES), region_id=city)
            for place in range(chance.choice([1, 1, 2]))
        ]
        if chance.random() < 0.5:
            consent = Consent(
                id=new_id(), user=person, kind=ConsentKind.RESUME_VISIBILITY, text_version="bench", given_at=moment
            )
            places = chance.choices([["000000"], [city], [f"{city[:2]}0000"]], [1, 4, 5])[0]
            consents.append(consent)
            choices.append(
                Visibility(
                    id=new_id(), user=person, level="agencies", places=places, consent=consent, changed_at=moment
                )
            )
        if chance.random() < 0.2:
            name = f"单位{person.phone_index}"
            blocks.append(
                OrganisationBlock(
                    id=new_id(), user=person, kind="employer", name=name, name_key=name, created_at=moment
                )
            )
    yield from (people, resumes, wishes, consents, choices, blocks)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./jiuye bench resumes", description=__doc__)
    parser.add_argument("--resumes", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--plan", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
