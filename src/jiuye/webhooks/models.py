"""Endpoints of API clients, the messages for them, and each attempt to deliver one."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from jiuye.domains.accounts.models import User
from jiuye.domains.clients.models import ApiClient
from jiuye.domains.clients.states import Mode
from jiuye.domains.organisations.models import Agency
from jiuye.kernel.crypto import EncryptedText
from jiuye.kernel.ids import new_id
from jiuye.webhooks.states import EndpointState, MessageState, OffReason


class Endpoint(models.Model):
    """A URL to which events of an agency are sent: of its live data, or of the test data of its clients.

    `agency` is the real one in test mode too. With a `client`: of that client only (in test mode, of its test data).
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    client = models.ForeignKey(ApiClient, on_delete=models.PROTECT, null=True, related_name="+")
    mode = models.CharField(max_length=4, choices=Mode.choices)
    url = models.CharField(max_length=500)
    description = models.CharField(max_length=100, blank=True)
    types = ArrayField(
        models.CharField(max_length=60), default=list, help_text="Event types, or groups as `job.*`; empty: all."
    )
    state = models.CharField(max_length=10, choices=EndpointState.choices, default=EndpointState.ACTIVE)
    off_reason = models.CharField(max_length=20, choices=OffReason.choices, blank=True, default="")
    sequence = models.BigIntegerField(default=0, help_text="The number of the newest message.")
    hold_until = models.DateTimeField(null=True, help_text="The receiver asked to wait until then (Retry-After).")
    failing_since = models.DateTimeField(null=True, help_text="The first failure since the last success.")
    last_success_at = models.DateTimeField(null=True)
    last_failure_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["agency", "mode"], condition=Q(deleted_at=None), name="endpoint_by_agency"),
            models.Index(fields=["client"], condition=Q(deleted_at=None), name="endpoint_by_client"),
        ]


class EndpointSecret(models.Model):
    """A symmetric secret of an endpoint. Two are valid while they are exchanged."""

    id = models.UUIDField(primary_key=True, default=new_id)
    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="+")
    secret = EncryptedText(help_text="whsec_ and 32 bytes in Base64.")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, help_text="Null: until it is replaced.")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["endpoint", "created_at"], name="secret_by_endpoint")]


class SigningKey(models.Model):
    """An ed25519 key of the platform. Two sign while they are exchanged."""

    id = models.CharField(primary_key=True, max_length=20)
    private_key = EncryptedText(help_text="whsk_ and the seed in Base64.")
    public_key = models.CharField(max_length=60, help_text="whpk_ and the key in Base64.")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, help_text="Null: until it is replaced.")


class Replay(models.Model):
    """Messages of a range that are sent again."""

    id = models.UUIDField(primary_key=True, default=new_id)
    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()
    types = ArrayField(models.CharField(max_length=60), default=list)
    only_failed = models.BooleanField()
    after_sequence = models.BigIntegerField(default=0, help_text="The last message that was queued.")
    queued = models.IntegerField(default=0)
    is_queued = models.BooleanField(default=False, help_text="All of its messages are queued.")
    created_at = models.DateTimeField()


class Message(models.Model):
    """One event for one endpoint: the id and the body that every attempt sends.

    A pending message is sent from `due_at` on. The dispatcher that takes it moves `due_at` ahead by more than an attempt
    takes, so that no other takes it meanwhile, and another does if the process dies.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="+")
    event_id = models.UUIDField()
    subject_id = models.UUIDField(help_text="What the message is about; an event may be about many things.")
    type = models.CharField(max_length=60)
    sequence = models.BigIntegerField()
    body = models.TextField()
    occurred_at = models.DateTimeField()
    created_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=MessageState.choices, default=MessageState.PENDING)
    due_at = models.DateTimeField()
    step = models.SmallIntegerField(default=0, help_text="Its place in the schedule of retries.")
    attempts = models.IntegerField(default=0)
    last_status = models.SmallIntegerField(null=True)
    last_problem = models.CharField(max_length=10, blank=True, default="")
    finished_at = models.DateTimeField(null=True)
    replay = models.ForeignKey(Replay, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["endpoint", "due_at", "sequence"], condition=Q(state="pending"), name="message_due"),
            models.Index(fields=["created_at"], name="message_by_age"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["endpoint", "sequence"], name="messages_are_numbered"),
            models.UniqueConstraint(
                fields=["event_id", "endpoint", "subject_id"], name="an_event_is_one_message_per_subject_and_endpoint"
            ),
        ]


class Attempt(models.Model):
    """One try to deliver a message: what was sent, and the receiver's answer or the reason why there is none."""

    id = models.UUIDField(primary_key=True, default=new_id)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+")
    started_at = models.DateTimeField()
    milliseconds = models.IntegerField()
    status = models.SmallIntegerField(null=True)
    problem = models.CharField(max_length=10, blank=True)
    url = models.CharField(max_length=500)
    signature = models.TextField(help_text="The header webhook-signature; webhook-timestamp is `started_at`.")
    answer = EncryptedText(blank=True, help_text="The first KB of the answer.")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["message", "started_at"], name="attempt_by_message")]
