"""The posting: a job offered by an agency, for itself or for an employer."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from jiuye.domains.jobs.codes import FoldedCode
from jiuye.domains.jobs.states import CLOSING_LABELS, POSTING_LABELS, PayUnit
from jiuye.domains.organisations.models import Agency, Employer
from jiuye.domains.reference.education import EducationLevel
from jiuye.domains.reference.models import Industry, Occupation, Region
from jiuye.domains.reference.terms import EmploymentType
from jiuye.kernel.ids import new_id
from jiuye.kernel.worlds import TestClientField, WorldManager


class JobPosting(models.Model):
    """A posting. Its legal elements: 人力资源市场暂行条例 art. 24, 网络招聘服务管理规定 (see policies.missing_elements).

    Pay is in whole yuan a month, converted from `pay_unit`; both null with `pay_negotiable`. Drafts may lack
    elements; a published posting has them all.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, null=True, related_name="+")
    external_code = models.CharField(max_length=64, blank=True, help_text="The agency's own number of this job.")
    content_hash = models.CharField(max_length=64, blank=True, help_text="Recognises a row that is imported again.")
    state = models.CharField(max_length=12, choices=POSTING_LABELS, default="draft")
    title = models.CharField(max_length=80)
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, null=True, related_name="+")
    industry = models.ForeignKey(Industry, on_delete=models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=200, blank=True)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    headcount = models.PositiveIntegerField(null=True)
    employment_type = models.CharField(max_length=20, choices=EmploymentType.choices, blank=True)
    working_conditions = models.TextField(blank=True, help_text="Hours, shifts, board and lodging, hazards.")
    education = models.CharField(
        max_length=2, choices=EducationLevel.choices, blank=True, help_text="At least; empty: 不限."
    )
    experience_min = models.PositiveSmallIntegerField(null=True, help_text="Years; null: 不限.")
    experience_max = models.PositiveSmallIntegerField(null=True)
    pay_min = models.PositiveIntegerField(null=True)
    pay_max = models.PositiveIntegerField(null=True)
    pay_unit = models.CharField(max_length=6, choices=PayUnit.choices, default=PayUnit.MONTH)
    pay_months = models.PositiveSmallIntegerField(default=12)
    pay_negotiable = models.BooleanField(default=False)
    pay_text = models.CharField(max_length=60, blank=True, help_text="As the agency wrote it.")
    duties = models.TextField(blank=True)
    requirements = models.TextField(blank=True)
    tags = ArrayField(models.CharField(max_length=30), default=list)
    benefits = ArrayField(models.CharField(max_length=30), default=list)
    skills = ArrayField(models.CharField(max_length=40), default=list)
    valid_through = models.DateField(null=True, help_text="The last day on which it is open.")
    import_batch_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    published_at = models.DateTimeField(
        null=True,
        help_text="The first publication: publishing again keeps it, so that nobody renews a posting by withdrawing it.",
    )
    confirmed_at = models.DateTimeField(null=True, help_text="When the agency last said that it is still open.")
    closed_at = models.DateTimeField(null=True)
    closing_reason = models.CharField(
        max_length=10, choices=CLOSING_LABELS, blank=True, default="", db_default="", help_text="Why it closed."
    )
    hired_here = models.PositiveSmallIntegerField(null=True, help_text="People hired through the platform, if filled.")
    hired_elsewhere = models.PositiveSmallIntegerField(null=True)
    review_note = models.CharField(
        max_length=300, blank=True, help_text="Why the operator rejected it, for the agency."
    )
    version = models.PositiveIntegerField(default=1, help_text="Grows with every change; edits name the one they saw.")
    test_client_id = TestClientField()

    objects = WorldManager()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["agency", "state", "-updated_at", "-id"], include=["test_client_id"], name="posting_by_agency"
            ),
            models.Index(fields=["-published_at", "-id"], name="posting_newest", condition=Q(state="published")),
            models.Index(fields=["employer", "state"], include=["test_client_id"], name="posting_by_employer"),
            models.Index(fields=["valid_through"], name="posting_by_validity", condition=Q(state="published")),
            models.Index("agency", FoldedCode("external_code"), name="posting_by_code", condition=~Q(external_code="")),
            models.Index(fields=["agency", "content_hash"], name="posting_by_content", condition=~Q(content_hash="")),
            models.Index(
                fields=["import_batch_id"], name="posting_by_import", condition=Q(import_batch_id__isnull=False)
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "external_code"],
                condition=~Q(external_code=""),
                name="an_agencys_own_code_names_one_posting",
            ),
            models.CheckConstraint(
                condition=~Q(closing_reason="filled") | Q(hired_here__isnull=False, hired_elsewhere__isnull=False),
                name="a_filled_posting_says_how_many_were_hired",
            ),
            models.CheckConstraint(
                condition=Q(pay_min__isnull=True) | Q(pay_max__isnull=True) | Q(pay_max__gte=F("pay_min")),
                name="pay_ranges_ascend",
            ),
            models.CheckConstraint(
                condition=Q(experience_min__isnull=True)
                | Q(experience_max__isnull=True)
                | Q(experience_max__gte=F("experience_min")),
                name="experience_ranges_ascend",
            ),
            models.CheckConstraint(
                condition=~Q(state="published")
                | (
                    Q(
                        employer__isnull=False,
                        region__isnull=False,
                        headcount__gte=1,
                        valid_through__isnull=False,
                        published_at__isnull=False,
                    )
                    & ~Q(employment_type="")
                    & ~Q(duties="")
                    & ~Q(requirements="")
                    & ~Q(working_conditions="")
                    & (Q(pay_min__isnull=False) | Q(pay_max__isnull=False) | Q(pay_negotiable=True))
                ),
                name="a_published_posting_has_every_legal_element",
            ),
        ]
