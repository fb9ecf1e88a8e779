"""Notifications to people, in the centre and by SMS."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q

from jiuye.domains.accounts.models import User
from jiuye.domains.accounts.states import OrganisationKind
from jiuye.kernel.ids import new_id
from jiuye.kernel.worlds import TestClientField, WorldManager


class Notification(models.Model):
    """One message to one person. `side` says in which centre it appears: the seeker's or an organisation's portal."""

    id = models.UUIDField(primary_key=True, default=new_id)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    organisation_id = models.UUIDField(null=True, help_text="Null: for the person as a seeker.")
    organisation_kind = models.CharField(max_length=10, choices=OrganisationKind.choices, blank=True)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    body = models.CharField(max_length=300, blank=True)
    link = models.CharField(max_length=200, blank=True)
    dedupe_key = models.CharField(max_length=120, unique=True, help_text="Makes a repeated delivery harmless.")
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(
        null=True, help_text="Taken out of the centre by its reader; its key still keeps it from being sent again."
    )
    test_client_id = TestClientField()

    objects = WorldManager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["user", "-created_at", "-id"], name="notification_by_user"),
            models.Index(fields=["user"], name="notification_unread", condition=Q(read_at=None)),
            models.Index(fields=["user", "link", "-created_at", "-id"], name="notification_about_one_thing"),
            BrinIndex(fields=["created_at"], name="notification_by_age"),
        ]


class TextDelivery(models.TextChoices):
    """The gateway's report on a message that it accepted."""

    DELIVERED = "delivered", "已送达手机"
    FAILED = "failed", "没有送达手机"


class TextMessage(models.Model):
    """An SMS to be sent or sent; its id is the gateway's idempotency key. Parameters contain no more than necessary."""

    id = models.UUIDField(primary_key=True, default=new_id)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    template = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    dedupe_key = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    withheld_at = models.DateTimeField(null=True, help_text="Not sent, because the person wants no such messages.")
    provider_id = models.CharField(max_length=80, blank=True)
    delivery = models.CharField(
        max_length=10,
        choices=TextDelivery.choices,
        blank=True,
        default="",
        db_default="",
        help_text="Empty: not told yet.",
    )

    class Meta:
        indexes: ClassVar = [BrinIndex(fields=["created_at"], name="text_message_by_age")]


class NotificationPreference(models.Model):
    """What a person has switched off, and their quiet hours. Without a row the platform's defaults apply."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="+")
    off = ArrayField(
        models.CharField(max_length=40), default=list, help_text="group:way of `kinds`, for each that is switched off."
    )
    has_own_hours = models.BooleanField(default=False, help_text="Whether the two below were chosen.")
    quiet_from = models.PositiveSmallIntegerField(null=True, help_text="Full hour in China time. Null: never quiet.")
    quiet_until = models.PositiveSmallIntegerField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(has_own_hours=True, quiet_from__lt=24, quiet_until__lt=24) & ~Q(quiet_from=F("quiet_until")),
                name="quiet_hours_begin_and_end_at_different_hours",
            )
        ]
