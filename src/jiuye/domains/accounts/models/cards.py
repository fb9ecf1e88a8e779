"""A person's legal identity, and the electronic social security card they sign in with."""

from typing import ClassVar

from django.db import models

from jiuye.domains.accounts.models.people import User
from jiuye.domains.accounts.states import RealNameSource
from jiuye.kernel.crypto import EncryptedText


class RealName(models.Model):
    """A person's verified name and resident ID number (GB 11643), each person once on the platform."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="+")
    name = EncryptedText()
    id_number = EncryptedText(found_by="id_number_index", purpose="id-number")
    id_number_index = models.CharField(max_length=64, unique=True)
    source = models.CharField(max_length=10, choices=RealNameSource.choices)
    verified_at = models.DateTimeField()


class CardIdentity(models.Model):
    """The card that a person signs in with: the provider's permanent identifier, and the card's latest data."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="+")
    issuer = models.CharField(max_length=200)
    subject = EncryptedText(
        found_by="subject_index", purpose="card-subject", help_text="Issuer and the provider's name for the person."
    )
    subject_index = models.CharField(max_length=64, unique=True)
    phone = EncryptedText()
    region = models.CharField(max_length=6, help_text="Issuing area, GB/T 2260.")
    level = models.PositiveSmallIntegerField()
    linked_at = models.DateTimeField()
    last_used_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(level__gte=1, level__lte=9), name="a_card_has_a_level")
        ]
