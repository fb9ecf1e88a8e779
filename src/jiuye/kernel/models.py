"""Tables of the kernel: stored events and deliveries, the audit log, limits, stored answers, sealed files, key rotations."""

from typing import ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models.fields.json import KT
from django.db.models.functions import Now
from django.db.models.lookups import IsNull

from jiuye.kernel.crypto.fields import EncryptedText
from jiuye.kernel.ids import new_id
from jiuye.kernel.privileges import Runtime
from jiuye.kernel.worlds import TestClientField


class CurrentTransaction(models.Func):
    """The id of the running transaction, as PostgreSQL counts them."""

    template = "pg_current_xact_id()::text::bigint"
    output_field = models.BigIntegerField()
    arity = 0


class EventRecord(models.Model):
    """A published event, stored in the transaction of what it reports."""

    id = models.UUIDField(primary_key=True, default=new_id)
    name = models.CharField(max_length=80)
    payload = models.JSONField()
    actor_person_id = models.UUIDField(null=True)
    actor_organisation_id = models.UUIDField(null=True)
    actor_client_id = models.UUIDField(null=True, help_text="The API client through which the actor acted.")
    test_client_id = TestClientField()
    occurred_at = models.DateTimeField()

    runtime_privileges: ClassVar = Runtime(frozenset({"SELECT", "INSERT", "DELETE"}))  # when three years old

    class Meta:
        db_table = "kernel_event"
        indexes: ClassVar = [models.Index(fields=["occurred_at"], name="event_by_time")]


class EventDelivery(models.Model):
    """A handler has run for an event."""

    event = models.ForeignKey(EventRecord, on_delete=models.CASCADE, related_name="+")
    handler = models.CharField(max_length=120)
    delivered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "handler"], name="a_handler_is_done_once_per_event")
        ]


class AuditEntry(models.Model):
    """An audit entry: who did what to which subject, when. Append-only (by a trigger); the worker seals entries into a hash chain."""

    id = models.BigAutoField(primary_key=True)
    occurred_at = models.DateTimeField()
    actor_person_id = models.UUIDField(null=True)
    actor_organisation_id = models.UUIDField(null=True)
    actor_role = models.CharField(max_length=30, blank=True)
    ip = models.CharField(max_length=45, blank=True)
    action = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=60, blank=True)
    detail = models.JSONField(default=dict)
    position = models.BigIntegerField(null=True, unique=True)
    digest = models.CharField(max_length=64, blank=True)
    transaction = models.BigIntegerField(null=True, db_default=CurrentTransaction(), help_text="See `kernel.history`.")

    runtime_privileges: ClassVar = Runtime(frozenset({"SELECT", "INSERT"}), ("position", "digest"))

    class Meta:
        db_table = "kernel_audit"
        indexes: ClassVar = [
            models.Index(fields=["subject_id", "occurred_at"], name="audit_by_subject"),
            models.Index(fields=["id"], name="audit_unsealed", condition=models.Q(position__isnull=True)),
            models.Index(
                KT("detail__client"),
                models.F("id").desc(),
                name="audit_by_client",
                condition=models.Q(IsNull(KT("detail__client"), False)),
            ),
        ]


class AuditSeal(models.Model):
    """The head of the audit chain at a time, so that truncation is detected. Append-only."""

    position = models.BigIntegerField(primary_key=True)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    runtime_privileges: ClassVar = Runtime(frozenset({"SELECT", "INSERT"}))

    class Meta:
        db_table = "kernel_audit_seal"


class RowVersion(models.Model):
    """What a row of another table said before it was changed or deleted; see `kernel.history`. Triggers write and protect it."""

    id = models.BigAutoField(primary_key=True)
    table = models.CharField(max_length=63)
    row_id = models.UUIDField()
    changed_at = models.DateTimeField(db_default=Now())
    transaction = models.BigIntegerField(db_default=CurrentTransaction())
    is_deletion = models.BooleanField()
    values = models.JSONField(help_text="Column → value, as PostgreSQL's to_jsonb writes it.")

    runtime_privileges: ClassVar = Runtime(frozenset({"SELECT", "INSERT", "DELETE"}))  # when three years old

    class Meta:
        db_table = "kernel_row_version"
        indexes: ClassVar = [
            models.Index(fields=["row_id", "id"], name="versions_of_a_row"),
            BrinIndex(fields=["changed_at"], name="versions_by_age"),
        ]


class RateCounter(models.Model):
    """The number of hits of a key in a window; shared by all processes."""

    key = models.CharField(max_length=200)
    window = models.BigIntegerField()
    count = models.IntegerField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "window"], name="one_counter_per_key_and_window")
        ]
        indexes: ClassVar = [models.Index(fields=["expires_at"], name="rate_counter_by_expiry")]


class AnsweredForm(models.Model):
    """A form sent a moment ago and its answer, so that a second sending gets the same answer (`kernel.http.once`)."""

    key = models.CharField(primary_key=True, max_length=64)
    session = models.CharField(max_length=64, db_default="", help_text="Keyed digest of the session that sent it.")
    answer = EncryptedText(help_text="Where it led and what was said there.")
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "kernel_answered_form"
        indexes: ClassVar = [
            models.Index(fields=["expires_at"], name="answered_form_by_expiry"),
            models.Index(fields=["session"], name="answered_form_by_session"),
        ]


class StoredAnswer(models.Model):
    """The answer to a request of a program with an idempotency key (`kernel.idempotency`)."""

    key = models.CharField(primary_key=True, max_length=64, help_text="Digest of caller, method, path and key.")
    request = models.CharField(max_length=64, help_text="Digest of everything else in the request.")
    answer = EncryptedText(help_text="Status, headers and body.")
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "kernel_stored_answer"
        indexes: ClassVar = [models.Index(fields=["expires_at"], name="stored_answer_by_expiry")]


class TokenBucket(models.Model):
    """How many requests somebody may still send (`kernel.token_buckets`). An unlogged table: after a crash all are full."""

    key = models.CharField(primary_key=True, max_length=200)
    tokens = models.FloatField(help_text="At the time `at`; below zero if more was used than there was.")
    granted = models.FloatField(help_text="What the last statement was granted.")
    at = models.DateTimeField()

    class Meta:
        db_table = "kernel_token_bucket"


class SealedFile(models.Model):
    """An encrypted file of the file storage (`kernel.sealed_files`). Without its row a file cannot be opened."""

    key = models.CharField(primary_key=True, max_length=100, help_text="The key in the file storage.")
    data_key = EncryptedText(help_text="The key of this file only, Base64.")
    algorithm = models.CharField(max_length=20, help_text="The cipher of the content.")
    content_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField(help_text="Bytes of the content.")
    created_at = models.DateTimeField()

    class Meta:
        db_table = "kernel_sealed_file"


class KeyRotation(models.Model):
    """How far `rotate_keys` has come with a table, so that a killed run resumes there."""

    table = models.CharField(max_length=80)
    target = models.CharField(max_length=80, help_text="How every envelope begins in the end: key id and algorithm.")
    position = models.CharField(
        max_length=80, blank=True, help_text="The last primary key dealt with; empty: none yet."
    )
    rewritten = models.BigIntegerField(default=0)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["table", "target"], name="one_rotation_per_table_and_target")
        ]


class WorkerPulse(models.Model):
    """When a worker process was last seen at work, by what it does (`worker`, `imports`). Real time."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()
