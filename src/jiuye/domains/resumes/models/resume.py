"""A person's one resume and its sections."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from jiuye.domains.accounts.models import User
from jiuye.domains.reference.education import EducationLevel
from jiuye.domains.reference.models import Industry, Occupation, Region
from jiuye.domains.reference.terms import EmploymentType
from jiuye.domains.resumes.states import Availability, SkillLevel
from jiuye.kernel.crypto import EncryptedText
from jiuye.kernel.ids import new_id
from jiuye.kernel.sealed_files import SealedFileKey
from jiuye.kernel.worlds import TestClientField, WorldManager


class Resume(models.Model):
    """The head. Never sex, ethnicity or household registration: nobody may select by them (就业促进法 arts. 26–31)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    name = EncryptedText(blank=True)
    phone = EncryptedText(blank=True)
    email = EncryptedText(blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, related_name="+", help_text="Where the person lives."
    )
    education = models.CharField(max_length=2, choices=EducationLevel.choices, blank=True)
    experience_years = models.PositiveSmallIntegerField(null=True)
    availability = models.CharField(max_length=20, choices=Availability.choices, blank=True)
    self_description = models.TextField(blank=True)
    photo_key = SealedFileKey(
        formerly="photos", blank=True, default="", db_default="", help_text="The photo's key in the file storage."
    )
    photo_removed_at = models.DateTimeField(
        null=True, help_text="When it was taken away; it can be brought back for a while."
    )
    completeness = models.PositiveSmallIntegerField(default=0, help_text="0–100, kept by the actions.")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    test_client_id = TestClientField()

    objects = WorldManager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-updated_at", "-id"], name="resumes_changed_last")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(completeness__lte=100), name="completeness_is_at_most_100"),
            models.CheckConstraint(
                condition=Q(birth_year__isnull=True) | Q(birth_year__gte=1900, birth_year__lte=2200),
                name="a_birth_year_is_a_year",
            ),
            models.CheckConstraint(
                condition=Q(experience_years__isnull=True) | Q(experience_years__lte=70),
                name="nobody_has_worked_more_than_70_years",
            ),
            models.CheckConstraint(
                condition=Q(photo_removed_at__isnull=True) | ~Q(photo_key=""), name="a_removed_photo_was_there"
            ),
        ]


class Section(models.Model):
    """One entry of a section."""

    id = models.UUIDField(primary_key=True, default=new_id)
    resume = models.ForeignKey(Resume, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True


class Intention(Section):
    """A wanted job (求职意向). Pay in yuan a month."""

    title = models.CharField(max_length=60)
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, null=True, related_name="+")
    industry = models.ForeignKey(Industry, on_delete=models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    pay_min = models.PositiveIntegerField(null=True)
    pay_max = models.PositiveIntegerField(null=True)
    employment_type = models.CharField(max_length=20, choices=EmploymentType.choices, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(pay_min__isnull=True) | Q(pay_max__isnull=True) | Q(pay_max__gte=F("pay_min")),
                name="wished_pay_ascends",
            )
        ]


class Dated(Section):
    """A section entry with months; `end_on` null means until now."""

    start_on = models.DateField()
    end_on = models.DateField(null=True)

    class Meta:
        abstract = True


class Education(Dated):
    """教育经历."""

    school = models.CharField(max_length=60)
    major = models.CharField(max_length=60, blank=True)
    level = models.CharField(max_length=2, choices=EducationLevel.choices)
    description = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(end_on__isnull=True) | Q(end_on__gte=F("start_on")), name="education_ends_after_it_starts"
            )
        ]


class Employment(Dated):
    """工作经历."""

    employer_name = models.CharField(max_length=100)
    title = models.CharField(max_length=60)
    description = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(end_on__isnull=True) | Q(end_on__gte=F("start_on")), name="employment_ends_after_it_starts"
            )
        ]


class Project(Dated):
    """项目经历."""

    name = models.CharField(max_length=80)
    role = models.CharField(max_length=60, blank=True)
    description = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(end_on__isnull=True) | Q(end_on__gte=F("start_on")), name="project_ends_after_it_starts"
            )
        ]


class Skill(Section):
    """技能."""

    name = models.CharField(max_length=40)
    level = models.CharField(max_length=20, choices=SkillLevel.choices, blank=True)


class Certificate(Section):
    """证书."""

    name = models.CharField(max_length=80)
    issuer = models.CharField(max_length=80, blank=True)
    number = EncryptedText(blank=True)
    issued_on = models.DateField(null=True)
