"""The feed: the last change of each object, in the order of commit, and what waits to be written."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from jiuye.changes.states import CHANGES, KINDS
from jiuye.kernel.ids import new_id
from jiuye.kernel.worlds import TestClientField


class FeedItem(models.Model):
    """The last change of one object. A further change moves the row to a later position, so the table holds each object once.

    `agency_id`: the only agency that reads it; null: everybody.
    """

    object_id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=12, choices=KINDS)
    position = models.BigIntegerField(unique=True)
    change = models.CharField(max_length=10, choices=CHANGES)
    reason = models.CharField(max_length=20, blank=True, help_text="Why it is gone.")
    merged_into = models.UUIDField(null=True)
    agency_id = models.UUIDField(null=True)
    test_client_id = TestClientField()
    body = models.TextField(blank=True, help_text="The object as JSON; empty if it is gone.")
    version = models.PositiveIntegerField(default=0, help_text="Of the object when it was written.")
    valid_through = models.DateField(null=True, help_text="The last day of a public posting.")
    occurred_at = models.DateTimeField(help_text="By the clock of its world.")
    written_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["kind", "position"], name="feed_of_everybody", condition=Q(agency_id=None, test_client_id=None)
            ),
            models.Index(
                fields=["agency_id", "kind", "position"],
                name="feed_of_an_agency",
                condition=Q(agency_id__isnull=False, test_client_id=None),
            ),
            models.Index(
                fields=["test_client_id", "kind", "position"],
                name="feed_of_a_test",
                condition=Q(test_client_id__isnull=False),
            ),
            models.Index(fields=["valid_through"], name="feed_by_last_day", condition=Q(change="upsert", kind="job")),
            models.Index(fields=["written_at"], name="feed_tombstones", condition=Q(change="tombstone")),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(change="upsert", reason="") & ~Q(body="") | Q(change="tombstone", body="") & ~Q(reason=""),
                name="a_tombstone_has_a_reason_and_no_body",
            ),
        ]


class PendingItem(models.Model):
    """An object whose change is to be written. `is_repair`: found by the comparison with the postings; it can wait."""

    object_id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=12, choices=KINDS)
    test_client_id = TestClientField()
    requested_at = models.DateTimeField()
    is_repair = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["is_repair", "requested_at", "object_id"], name="pending_item_in_order")
        ]


class FeedMark(models.Model):
    """The last position, and the position up to which tombstones were deleted; one row. Its lock makes the writer the only one."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    position = models.BigIntegerField(default=0)
    swept = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="there_is_one_feed_mark")]


class Snapshot(models.Model):
    """A file with all public postings as of `position`. Sizes in bytes; digests are SHA-256 in hex."""

    id = models.UUIDField(primary_key=True, default=new_id)
    position = models.BigIntegerField()
    jobs = models.PositiveIntegerField()
    size = models.BigIntegerField(help_text="Uncompressed.")
    digest = models.CharField(max_length=64, help_text="Of the uncompressed content.")
    files = models.JSONField(default=dict, help_text="Encoding (gzip, zstd) → {key, size, digest}.")
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-created_at", "-id"], name="snapshot_newest")]
