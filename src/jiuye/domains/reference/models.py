"""Reference tables: administrative divisions, occupations, industries. Nearly constant; read through `queries`, cached."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class RegionLevel(models.TextChoices):
    PROVINCE = "province", "省级"
    CITY = "city", "地级"
    COUNTY = "county", "县级"


class IndustryLevel(models.TextChoices):
    SECTION = "section", "门类"
    DIVISION = "division", "大类"


class Region(models.Model):
    """An administrative division (GB/T 2260)."""

    code = models.CharField(max_length=6, primary_key=True)
    name = models.CharField(max_length=40)
    short_name = models.CharField(max_length=40)
    level = models.CharField(max_length=8, choices=RegionLevel.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    longitude = models.FloatField()
    latitude = models.FloatField()
    pinyin = models.CharField(max_length=120)
    initials = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(level="province", parent=None) | (~Q(level="province") & Q(parent__isnull=False)),
                name="only_provinces_have_no_parent",
            )
        ]


class Occupation(models.Model):
    """An occupation of 职业分类大典 2022; level 1–4."""

    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=80)
    aliases = ArrayField(models.CharField(max_length=80), default=list)
    level = models.PositiveSmallIntegerField()
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    digital = models.BooleanField(default=False)
    green = models.BooleanField(default=False)
    pinyin = models.CharField(max_length=300)
    initials = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=4), name="occupations_have_four_levels"),
            models.CheckConstraint(
                condition=Q(level=1, parent=None) | (~Q(level=1) & Q(parent__isnull=False)),
                name="only_major_groups_have_no_parent",
            ),
        ]


class Industry(models.Model):
    """An industry of GB/T 4754-2017: sections A–T and two-digit divisions."""

    code = models.CharField(max_length=2, primary_key=True)
    name = models.CharField(max_length=60)
    level = models.CharField(max_length=8, choices=IndustryLevel.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(level="section", parent=None) | Q(level="division", parent__isnull=False),
                name="divisions_belong_to_a_section",
            )
        ]
