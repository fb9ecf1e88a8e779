"""`load_reference` brings the tables level with the data files, and only what differs is written."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.reference import catalogue
from jiuye.domains.reference.actions import Loaded, load_reference
from jiuye.domains.reference.models import Industry, Occupation, Region
from tests.factories import reference

pytestmark = pytest.mark.django_db


def test_every_row_of_the_files_is_in_the_tables() -> None:
    load_reference()
    assert set(Region.objects.values_list("code", flat=True)) == set(catalogue.regions())
    assert set(Occupation.objects.values_list("code", flat=True)) == set(catalogue.occupations())
    assert set(Industry.objects.values_list("code", flat=True)) == set(catalogue.industries())


def test_loading_twice_writes_nothing_the_second_time() -> None:
    load_reference()
    assert all((loaded.added, loaded.changed) == (0, 0) for loaded in load_reference())


def test_a_row_that_was_altered_is_put_right() -> None:
    load_reference()
    Region.objects.filter(code="510100").update(name="城都市")
    assert load_reference()[0] == Loaded("reference_region", 0, 1, len(catalogue.regions()) - 1)
    assert Region.objects.get(code="510100").name == "成都市"


def test_rows_that_a_release_no_longer_has_stay_for_those_who_point_at_them() -> None:
    reference.region("500100")
    Region.objects.create(
        code="500112",
        name="渝北区",
        short_name="渝北",
        level="county",
        parent_id="500100",
        longitude=106.6,
        latitude=29.7,
    )
    load_reference()
    assert Region.objects.filter(code="500112").exists()


def test_the_command_says_what_it_did() -> None:
    said = StringIO()
    call_command("load_reference", stdout=said)
    assert "reference_industry: 117 added, 0 changed, 0 unchanged" in said.getvalue()


def test_loading_takes_a_few_statements_whatever_the_number_of_rows(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(20):
        load_reference()


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (Region(code="990000", level="city", longitude=0, latitude=0), "only_provinces_have_no_parent"),
        (Occupation(code="9-01-00-00", level=2), "only_major_groups_have_no_parent"),
        (Occupation(code="9-01-01-01", level=5), "occupations_have_four_levels"),
        (Industry(code="98", level="division"), "divisions_belong_to_a_section"),
    ],
)
def test_the_database_refuses_rows_out_of_order(row: Region | Occupation | Industry, rule: str) -> None:
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        row.save()


def test_the_factories_make_the_rows_above_too() -> None:
    county = reference.region("510107")
    assert county.parent is not None
    assert county.parent.parent_id == "510000"
    assert reference.occupation().parent is not None
    assert reference.industry().parent_id == "I"
