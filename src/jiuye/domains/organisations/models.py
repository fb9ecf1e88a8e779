"""Agencies and their shops, employers, qualifications, affiliations."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from jiuye.domains.accounts.models import User
from jiuye.domains.accounts.states import OrganisationKind, Role
from jiuye.domains.organisations.states import (
    AFFILIATION_LABELS,
    HIDING,
    INVITATION_LABELS,
    MEMBERSHIP_REQUEST_LABELS,
    QUALIFICATION_LABELS,
    AgencyKind,
    Restriction,
)
from jiuye.domains.reference.models import Industry, Region
from jiuye.domains.reference.terms import EmployerSize, OwnershipKind
from jiuye.kernel.crypto import EncryptedText
from jiuye.kernel.ids import new_id
from jiuye.kernel.sealed_files import PublicFileKey
from jiuye.kernel.worlds import TestClientField, WorldManager


class Agency(models.Model):
    """An employment agency (职介). Licence, services, fees, supervising body and phone must be displayed (暂行条例 art. 32–33)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    kind = models.CharField(max_length=10, choices=AgencyKind.choices)
    legal_name = models.CharField(max_length=100)
    short_name = models.CharField(max_length=30)
    credit_code = models.CharField(max_length=18, unique=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=200)
    phone = models.CharField(max_length=30, help_text="The public service line; not a person's.")
    licence_number = models.CharField(max_length=60, blank=True)
    licence_expires_on = models.DateField(null=True)
    supervising_body = models.CharField(max_length=100)
    supervising_phone = models.CharField(max_length=30)
    is_listed = models.BooleanField(
        default=False, help_text="The shop is public. Follows from state: see `actions.refresh_listing`."
    )
    restriction = models.CharField(
        max_length=12,
        choices=Restriction.choices,
        blank=True,
        default="",
        db_default="",
        help_text="By the sanction in force.",
    )
    created_at = models.DateTimeField()
    test_client_id = TestClientField()

    objects = WorldManager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["region", "id"], name="agency_by_region"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind="public") | ~models.Q(licence_number="") | models.Q(is_listed=False),
                name="a_listed_market_agency_has_a_licence_number",
            )
        ]


class Shop(models.Model):
    """An agency's flagship shop (旗舰店): texts for visitors, and the figures measured by the platform."""

    agency = models.OneToOneField(Agency, on_delete=models.CASCADE, primary_key=True, related_name="+")
    slogan = models.CharField(max_length=60, blank=True)
    introduction = models.TextField(blank=True)
    announcement = models.CharField(max_length=300, blank=True)
    services = ArrayField(models.CharField(max_length=30), default=list)
    team = models.JSONField(default=list, help_text="[{name, title, introduction}]")
    leaders = models.JSONField(default=list, help_text="[{name, title, introduction}]")
    achievements = models.JSONField(default=list, help_text="[{year, text}]")
    service_fees = models.JSONField(default=list, db_default=[], help_text="[{name, fee, note}]")
    fees = models.CharField(max_length=200, default="不向求职者收费")
    accent = models.CharField(max_length=12, default="gold")
    banner = models.CharField(max_length=12, default="plain")
    open_postings = models.PositiveIntegerField(default=0)
    answered_within_7_days = models.FloatField(
        null=True, help_text="Share 0–1 of applications handled within 7 days; null: too few."
    )
    typical_answer_hours = models.FloatField(null=True)
    review_count = models.PositiveIntegerField(default=0)
    review_average = models.FloatField(null=True)
    version = models.PositiveIntegerField(default=1, db_default=1, help_text="Counts the agency's own changes.")
    updated_at = models.DateTimeField()
    test_client_id = TestClientField()

    objects = WorldManager()


class ShopPicture(models.Model):
    """A picture in a shop, re-encoded on upload; `key` in the file storage. Sizes in pixels."""

    id = models.UUIDField(primary_key=True, default=new_id)
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="+")
    key = PublicFileKey(folder="shops")
    caption = models.CharField(max_length=60)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["shop", "created_at", "id"], name="picture_by_shop")]


class Employer(models.Model):
    """A recruiting enterprise: registered by itself, or named by an agency that recruits for it (机构代招)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    legal_name = models.CharField(max_length=100)
    credit_code = models.CharField(max_length=18, null=True)
    named_by = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    ownership = models.CharField(max_length=20, choices=OwnershipKind.choices, blank=True)
    size = models.CharField(max_length=20, choices=EmployerSize.choices, blank=True)
    industry = models.ForeignKey(Industry, on_delete=models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=200, blank=True)
    introduction = models.TextField(blank=True)
    phone = models.CharField(
        max_length=30, blank=True, default="", db_default="", help_text="The public line; not a person's."
    )
    is_certified = models.BooleanField(default=False, help_text="Its three certifications are approved.")
    registered_at = models.DateTimeField(null=True, help_text="When its own staff registered it; null: only named.")
    restriction = models.CharField(
        max_length=12,
        choices=Restriction.choices,
        blank=True,
        default="",
        db_default="",
        help_text="By the sanction in force.",
    )
    created_at = models.DateTimeField()
    test_client_id = TestClientField()

    objects = WorldManager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["id"], name="employers_hidden", condition=models.Q(restriction__in=HIDING))
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["credit_code", "test_client_id"],
                condition=models.Q(credit_code__isnull=False),
                nulls_distinct=False,
                name="one_employer_per_credit_code_and_world",
            ),
            models.UniqueConstraint(
                fields=["named_by", "legal_name"],
                condition=models.Q(credit_code=None),
                name="an_agency_names_an_employer_without_code_once",
            ),
            models.CheckConstraint(
                condition=models.Q(is_certified=False) | models.Q(credit_code__isnull=False),
                name="a_certified_employer_has_a_credit_code",
            ),
        ]


class MergedEmployer(models.Model):
    """An employer's record that was merged into another (`merging`): its address and its credit code lead to the survivor."""

    id = models.UUIDField(primary_key=True, help_text="The id that the record had.")
    survivor = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="+")
    legal_name = models.CharField(max_length=100)
    credit_code = models.CharField(max_length=18, null=True)
    counts = models.JSONField(default=dict, help_text="Kind of rows → how many the record had.")
    reason = models.CharField(max_length=300)
    merged_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["credit_code"], name="merged_employer_by_code", condition=models.Q(credit_code__isnull=False)
            )
        ]


class Qualification(models.Model):
    """An organisation's qualification documents (资质) and the operator's decision; verified again every 6 months."""

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation_id = models.UUIDField()
    organisation_kind = models.CharField(max_length=10, choices=OrganisationKind.choices)
    state = models.CharField(max_length=12, choices=QUALIFICATION_LABELS, default="draft")
    materials = models.JSONField(default=dict, help_text="Kind of material → file key.")
    submitted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)
    expires_on = models.DateField(null=True)
    created_at = models.DateTimeField()
    test_client_id = TestClientField()

    objects = WorldManager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation_id"], name="one_qualification_per_organisation"),
            models.CheckConstraint(
                condition=~models.Q(state="approved") | models.Q(decided_at__isnull=False, expires_on__isnull=False),
                name="an_approved_qualification_was_decided_and_expires",
            ),
        ]


class Affiliation(models.Model):
    """An affiliation (关联) of an employer with an agency."""

    id = models.UUIDField(primary_key=True, default=new_id)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=AFFILIATION_LABELS, default="requested")
    note = models.CharField(max_length=300, blank=True, default="", db_default="", help_text="The employer's request.")
    jobs_meant = models.CharField(
        max_length=200, blank=True, default="", db_default="", help_text="The jobs that the employer wants filled."
    )
    reason = models.CharField(
        max_length=300, blank=True, default="", db_default="", help_text="Why it was refused or ended."
    )
    ended_by = models.CharField(
        max_length=10, blank=True, default="", db_default="", help_text="agency, employer or system; empty: not ended."
    )
    requested_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    test_client_id = TestClientField()

    objects = WorldManager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["employer", "agency"],
                condition=models.Q(state__in=["requested", "approved"]),
                name="one_open_affiliation_per_employer_and_agency",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="refused") | ~models.Q(reason=""), name="a_refused_affiliation_says_why"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["agency", "state"], name="affiliation_by_agency")]


class MemberInvitation(models.Model):
    """An owner's invitation of a phone to become a member. Its link is valid until `expires_at`, once, for that phone only."""

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation_id = models.UUIDField()
    organisation_kind = models.CharField(max_length=10, choices=OrganisationKind.choices)
    phone = EncryptedText(found_by="phone_index", purpose="phone")
    phone_index = models.CharField(max_length=64)
    role = models.CharField(max_length=20, choices=Role.choices)
    state = models.CharField(max_length=12, choices=INVITATION_LABELS, default="sent")
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(help_text="When the last text message was ordered.")
    times_sent = models.PositiveSmallIntegerField(default=1, db_default=1)
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, help_text="When it was accepted, cancelled or replaced.")
    test_client_id = TestClientField()

    objects = WorldManager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation_id", "-created_at"], name="invitation_by_organisation"),
            models.Index(fields=["phone_index"], name="invitation_by_phone"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation_id", "phone_index"],
                condition=models.Q(state="sent"),
                name="one_open_invitation_per_organisation_and_phone",
            ),
            models.CheckConstraint(
                condition=models.Q(state="accepted", accepted_by__isnull=False)
                | ~models.Q(state="accepted") & models.Q(accepted_by=None),
                name="an_accepted_invitation_knows_by_whom",
            ),
            models.CheckConstraint(
                condition=models.Q(state="sent", closed_at=None)
                | ~models.Q(state="sent") & models.Q(closed_at__isnull=False),
                name="an_invitation_is_open_until_it_is_closed",
            ),
        ]


class MembershipRequest(models.Model):
    """A person's wish to become a member of an organisation that is registered already; its owners decide."""

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation_id = models.UUIDField()
    organisation_kind = models.CharField(max_length=10, choices=OrganisationKind.choices)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    note = EncryptedText(blank=True, help_text="Why; for the owners.")
    state = models.CharField(max_length=12, choices=MEMBERSHIP_REQUEST_LABELS, default="requested")
    role = models.CharField(max_length=20, choices=Role.choices, blank=True, help_text="The role given on acceptance.")
    reason = models.CharField(max_length=200, blank=True, help_text="Why it was refused; shown to the person.")
    requested_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, help_text="When it was decided or withdrawn.")
    test_client_id = TestClientField()

    objects = WorldManager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation_id", "-requested_at"], name="request_by_organisation"),
            models.Index(fields=["person", "-requested_at"], name="request_by_person"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation_id", "person"],
                condition=models.Q(state="requested"),
                name="one_open_request_per_organisation_and_person",
            ),
            models.CheckConstraint(
                condition=models.Q(state="requested", closed_at=None)
                | ~models.Q(state="requested") & models.Q(closed_at__isnull=False),
                name="a_membership_request_is_open_until_it_is_closed",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="refused") | ~models.Q(reason=""), name="a_refused_request_says_why"
            ),
        ]
