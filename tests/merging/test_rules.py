"""Every column that refers to an employer has a rule for merging two records of it."""

from django.apps import apps
from django.db.models import ForeignKey

from jiuye.domains.organisations.models import Employer
from jiuye.merging.rules import KEPT, MOVED


def columns_of_employers() -> set[str]:
    """The foreign keys to employers, and the columns that are named after one or after an organisation."""
    found = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            is_key = isinstance(field, ForeignKey) and field.related_model is Employer
            if is_key or "organisation_id" in field.name or "employer" in field.name:
                found.add(f"{model._meta.label}.{field.name}")
    return found


def test_every_column_has_a_rule() -> None:
    missing = columns_of_employers() - MOVED.keys() - KEPT.keys()
    assert sorted(missing) == [], "add them to merging/rules.py: to MOVED, or to KEPT with the reason"


def test_no_rule_is_for_what_is_gone_and_none_is_given_twice() -> None:
    assert MOVED.keys() | KEPT.keys() <= columns_of_employers()
    assert not MOVED.keys() & KEPT.keys()
    assert all(KEPT.values())
    assert len({rule.label for rule in MOVED.values()}) == len(MOVED)
