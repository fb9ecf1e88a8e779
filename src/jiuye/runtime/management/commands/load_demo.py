"""`./jiuye manage load_demo`: load invented data to try the platform with."""

from argparse import ArgumentParser
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations.models import Agency
from jiuye.kernel import clock
from jiuye.runtime.demo import (
    affiliations,
    alerts,
    applications,
    audits,
    channels,
    checks,
    clients,
    correspondence,
    earlier,
    editors,
    employers,
    fair_registrations,
    feedback,
    followed_shops,
    looks,
    members,
    messages,
    operators,
    organisations,
    policies,
    postings,
    public,
    records,
    reports,
    resume_files,
    reviews,
    same_jobs,
    sanctions,
    seekers,
    shops,
    visibility,
    webhooks,
)
from jiuye.runtime.demo.bulk_copy import copy_rows
from jiuye.runtime.demo.chance import SEED, Chance

SIZES = {"tiny": 800, "small": 20_000, "large": 200_000}
CHUNK = 10_000
KEPT = 6_000  # postings that applications may refer to


class Command(BaseCommand):
    help = "Load the demonstration's organisations, postings, seekers, applications, fairs and policies into an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--size", choices=sorted(SIZES), default="small")

    def handle(self, *args: Any, size: str, **options: Any) -> None:
        """Load everything in one transaction, so that a killed load leaves nothing."""
        if Agency.objects.exists():
            raise CommandError("the database already holds agencies; the demonstration goes into an empty one")
        with transaction.atomic():
            load(size)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        self.stdout.write(f"loaded the {size} demonstration")


def load(size: str) -> None:
    """Write the demonstration in the open transaction."""
    chance, moment = Chance(SEED), clock.now()
    cast = organisations.Cast()
    people_chance, application_chance, public_chance = Chance(SEED + 1), Chance(SEED + 2), Chance(SEED + 3)
    organisations.build(chance, moment, cast)
    people = seekers.build(people_chance, moment, cast)
    checks.build(Chance(SEED + 6), moment, people, cast.staff[cast.agencies[0].id][0])
    resume_files.build(Chance(SEED + 33), moment, people)
    rows = postings.build(chance, moment, cast, SIZES[size])
    kept: list[JobPosting] = []
    light: list[JobPosting] = []
    while chunk := list(islice(rows, CHUNK)):
        copy_rows(chunk)
        kept += [one for one in chunk if one.state == "published"][: max(0, KEPT - len(kept))]
        light += [JobPosting(agency_id=one.agency_id, state=one.state) for one in chunk]
    made = applications.build(application_chance, moment, cast, people, kept)
    resume_files.send(Chance(SEED + 34), made)
    employers.settle(cast, made)
    correspondence.build(Chance(SEED + 21), moment, made)
    earlier.build(Chance(SEED + 31), moment, made[0].applicant_id)
    same = same_jobs.build(Chance(SEED + 12), moment, cast, kept)
    light += [JobPosting(agency_id=one.agency_id, state=one.state) for one in same]
    public.build(public_chance, moment, cast, light, made)
    alerts.build(Chance(SEED + 4), moment, people, kept)
    channels.build(Chance(SEED + 5), moment, people)
    feedback.build(Chance(SEED + 15), moment, people)
    fair_registrations.build(Chance(SEED + 16), moment, people)
    policies.build(moment)
    editors.build(Chance(SEED + 30), moment, cast)
    operators.build(Chance(SEED + 66), moment)
    sanctions.build(Chance(SEED + 70), moment, cast)
    affiliations.build(Chance(SEED + 50), moment, cast)
    members.build(Chance(SEED + 60), moment, cast)
    clients.build(Chance(SEED + 90), moment, cast)
    webhooks.build(Chance(SEED + 91), moment, cast)
    audits.build(Chance(SEED + 70), moment, cast)
    reports.build(Chance(SEED + 10), moment, people, kept)
    reviews.build(Chance(SEED + 20), moment, people)
    shops.build(Chance(SEED + 21), moment, cast.shops)
    records.build(Chance(SEED + 11), moment, people, kept)
    looks.build(Chance(SEED + 36), moment, cast, made)
    followed_shops.build(Chance(SEED + 35), moment, cast, people)
    visibility.build(Chance(SEED + 41), moment, cast, people, kept)
    messages.build(Chance(SEED + 40), moment, cast, people)
