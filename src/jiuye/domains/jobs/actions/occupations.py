"""The occupation of a posting whose title does not say it for certain, and the labels that the choice gives."""

from uuid import UUID

from django.db import transaction

from jiuye.domains.jobs.actions import checks
from jiuye.domains.jobs.actions.drafts import change_posting
from jiuye.domains.jobs.models import OccupationLabel
from jiuye.domains.reference import queries as reference
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid


@transaction.atomic
def choose_occupation(actor: Actor, *, posting_id: UUID, code: str) -> int:
    """Give a posting its occupation and keep the choice as a label of its title. Return the posting's new version.

    Raises `NotFound` for postings of others before anything else, `Invalid` (occupation) for a code that there is not, else as
    `edit_posting`.
    """
    checks.lock(actor, posting_id)
    if not code:
        raise Invalid({"occupation": "请选择一个职业。"})
    version = change_posting(actor, posting_id=posting_id, changes={"occupation": code})
    keep_label(actor, posting_id=posting_id)
    return version


@transaction.atomic
def keep_label(actor: Actor, *, posting_id: UUID) -> None:
    """Keep a posting's title and occupation as a label, if a member of its agency gave what the title does not say for certain.

    Test data gives none. Raises `NotFound` for postings of others.
    """
    posting = checks.lock(actor, posting_id)
    code = posting.occupation_id
    if (
        not code
        or actor.person_id is None
        or posting.test_client_id
        or code == reference.guess_occupation(posting.title)
    ):
        return
    OccupationLabel.objects.update_or_create(
        agency_id=posting.agency_id,
        title=posting.title,
        defaults={
            "occupation_id": code,
            "is_suggested": code in {one.code for one in reference.suggest_occupations(posting.title)},
            "chosen_by_id": actor.person_id,
            "chosen_at": clock.now(),
        },
    )
