"""Partner apps (渠道): their users arrive identified by their card."""

from typing import ClassVar

from django.db import models

from jiuye.kernel.ids import new_id


class Channel(models.Model):
    """A partner app: its code in `/sso/essc?channel=…`, and the origin of the pages that may frame the site."""

    id = models.UUIDField(primary_key=True, default=new_id)
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=40)
    origin = models.CharField(max_length=200, blank=True, help_text="scheme://host[:port]; empty: may not frame.")
    is_enabled = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()


class ChannelKey(models.Model):
    """A channel's API key; shown once, stored as a digest. Two can be valid during rotation."""

    id = models.UUIDField(primary_key=True, default=new_id)
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+")
    prefix = models.CharField(max_length=12, help_text="The key's first letters, to tell keys apart on screen.")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["channel", "-created_at"], name="channel_keys_newest_first")]


class ChannelVisit(models.Model):
    """How often a link that names a channel was opened in a day in China. Nothing about the people who opened it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    channel_code = models.CharField(max_length=40)
    day = models.DateField()
    visits = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["channel_code", "day"], name="a_channel_counts_a_day_once")
        ]
