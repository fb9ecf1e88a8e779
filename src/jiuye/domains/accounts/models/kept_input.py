"""Input of a form whose author had to sign in first."""

from typing import ClassVar

from django.db import models

from jiuye.kernel.crypto import EncryptedText
from jiuye.kernel.ids import new_id


class KeptInput(models.Model):
    """One form's input, for `policies.INPUT_KEPT`, for the browser and the person it came from."""

    id = models.UUIDField(primary_key=True, default=new_id)
    browser = models.CharField(max_length=64, help_text="Keyed digest of the secret in that browser's cookie.")
    owner = models.CharField(
        max_length=64, blank=True, help_text="Keyed digest of the person's id; empty: nobody was signed in."
    )
    action = models.CharField(max_length=300, help_text="The path to which the form is sent.")
    content = EncryptedText(help_text="What was typed, and the page on which the form stood.")
    kept_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["browser", "owner", "action"], name="input_is_kept_once_a_form")
        ]
        indexes: ClassVar = [models.Index(fields=["expires_at"], name="kept_input_by_end")]
