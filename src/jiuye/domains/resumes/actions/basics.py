"""The resume's head, its self description, and the quick start."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction

from jiuye.domains.accounts.models import User
from jiuye.domains.resumes import policies
from jiuye.domains.resumes.actions.changes import begin_change, settle
from jiuye.domains.resumes.actions.sections import add_entry
from jiuye.domains.resumes.entries import Basics, IntentionEntry, QuickStart, SelfDescription
from jiuye.domains.resumes.merge import merged
from jiuye.domains.resumes.models import Intention, Resume
from jiuye.domains.resumes.queries.rows import head_of
from jiuye.domains.verification import actions as verification
from jiuye.kernel.actor import Actor

HEAD = ("name", "phone", "email", "birth_year", "region", "education", "experience_years", "availability")


@transaction.atomic
def save_basics(actor: Actor, *, basics: Basics, seen: str = "") -> None:
    """Replace the head of the actor's resume. `seen` (see `merge`): the state that the form was rendered from.

    Raises `Invalid` with a message for each field, `ChangedElsewhere` for fields that were changed elsewhere since.
    """
    policies.checked_basics(basics)
    resume = begin_change(actor)
    _write(actor, resume, policies.checked_basics(merged(head_of(resume), basics, seen)))


@transaction.atomic
def change_basics(actor: Actor, *, changes: Mapping[str, Any], seen: str = "") -> None:
    """Change the given fields of the head (those of `Basics`) and keep the others, also when none was ever filled in.

    Raises `Invalid` with a message for each invalid field, `ChangedElsewhere` as `save_basics`.
    """
    resume = begin_change(actor)
    stored = head_of(resume)
    wanted = merged(stored, replace(stored, **changes), seen)
    _write(actor, resume, policies.checked_basics(wanted, is_name_due="name" in changes))


def _write(actor: Actor, resume: Resume, checked: Basics) -> None:
    if resume.name and resume.name != checked.name:
        verification.reset(actor, subject_ids=[resume.user_id])
    resume.name = checked.name
    resume.phone = "" if checked.phone == resume.user.phone else checked.phone
    resume.email = checked.email
    resume.birth_year = checked.birth_year
    resume.region_id = checked.region or None
    resume.education = checked.education
    resume.experience_years = checked.experience_years
    resume.availability = checked.availability
    resume.save(update_fields=HEAD)
    _name_person(resume)
    settle(actor, resume, "basics")


@transaction.atomic
def save_self_description(actor: Actor, *, text: str, seen: str = "") -> None:
    """Replace the self description; empty removes it. Raises `Invalid`, and `ChangedElsewhere` as `save_basics`."""
    checked = SelfDescription(self_description=policies.checked_self_description(text))
    resume = begin_change(actor)
    stored = SelfDescription(self_description=resume.self_description)
    resume.self_description = merged(stored, checked, seen).self_description
    resume.save(update_fields=["self_description"])
    settle(actor, resume, "self")


@transaction.atomic
def quick_start(actor: Actor, *, start: QuickStart) -> None:
    """Fill in what a first application needs (`queries.is_ready_to_apply`), without overwriting anything.

    Idempotent. Raises `Invalid` for `name` or `title`.
    """
    checked_name = policies.checked_name(start.name)
    intention = policies.checked_entry(IntentionEntry(title=start.title))
    resume = begin_change(actor)
    if not resume.name:
        resume.name = checked_name
        resume.save(update_fields=["name"])
        _name_person(resume)
    if not Intention.objects.filter(resume=resume).exists():
        add_entry(resume, intention)
    settle(actor, resume, "quick_start")


def _name_person(resume: Resume) -> None:
    """Copy the resume's name to the account when the account has none."""
    user = User.objects.get(pk=resume.user_id)
    if not user.name and resume.name:
        user.name = resume.name
        user.save(update_fields=["name"])
