"""API clients of agencies: their credentials, access tokens and test worlds."""

from datetime import timedelta
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from jiuye.domains.accounts.models import User
from jiuye.domains.clients.states import CredentialKind, Mode, Scope
from jiuye.domains.organisations.models import Agency
from jiuye.kernel.ids import new_id


class ApiClient(models.Model):
    """A program of an agency that uses the open API, in live or in test mode."""

    id = models.UUIDField(primary_key=True, default=new_id)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    mode = models.CharField(max_length=4, choices=Mode.choices)
    scopes = ArrayField(models.CharField(max_length=30, choices=Scope.choices), default=list)
    networks = ArrayField(
        models.CharField(max_length=50), default=list, help_text="From where it may call, as CIDR; empty: anywhere."
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["agency", "-created_at"], name="client_by_agency")]


class ClientCredential(models.Model):
    """A key, a client secret or a public key of a client. Keys and secrets are shown once and stored as digests.

    Two of a kind may be valid at once, so that they can be replaced without a pause.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    client = models.ForeignKey(ApiClient, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=CredentialKind.choices)
    prefix = models.CharField(max_length=20, help_text="The first letters, or the key id, to tell them apart.")
    digest = models.CharField(max_length=64, unique=True)
    public_key = models.JSONField(null=True, help_text="The JWK of a public key (RFC 7517).")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, help_text="Null: until it is revoked.")
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["client", "-created_at"], name="credential_by_client")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="public_key", public_key__isnull=False)
                | ~Q(kind="public_key") & Q(public_key__isnull=True),
                name="a_public_key_and_nothing_else_has_a_jwk",
            )
        ]


class AccessToken(models.Model):
    """An access token by client credentials (RFC 6749 §4.4), stored as a digest."""

    digest = models.CharField(primary_key=True, max_length=64)
    client = models.ForeignKey(ApiClient, on_delete=models.CASCADE, related_name="+")
    credential = models.ForeignKey(ClientCredential, on_delete=models.CASCADE, related_name="+")
    scopes = ArrayField(models.CharField(max_length=30), default=list)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["expires_at"], name="access_token_by_expiry")]


class UsageCount(models.Model):
    """How many requests a client made in a day (Asia/Shanghai), by operation and HTTP status."""

    client = models.ForeignKey(ApiClient, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    operation = models.CharField(max_length=80, help_text="The operation's id in the OpenAPI document.")
    status = models.PositiveSmallIntegerField()
    count = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["client", "day", "operation", "status"], name="one_count_per_client_day_operation_status"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["day"], name="usage_count_by_day")]


class TestWorld(models.Model):
    """The test data of a client in test mode: its test agency, and how far its clock is ahead."""

    __test__ = False  # no test class

    client = models.OneToOneField(ApiClient, on_delete=models.CASCADE, primary_key=True, related_name="+")
    agency_id = models.UUIDField(help_text="The agency for which the client acts in its test data.")
    offset = models.DurationField(default=timedelta)
    created_at = models.DateTimeField()
