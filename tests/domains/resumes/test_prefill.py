"""Prefilling the resume's head from the card: field by field, with consent."""

import pytest

from jiuye.domains.accounts.models import CardIdentity, Consent, User
from jiuye.domains.resumes import actions, queries
from jiuye.kernel import clock
from jiuye.kernel.crypto import blind_index
from jiuye.kernel.errors import Invalid, NotFound
from tests.factories import reference
from tests.factories import resumes as make
from tests.factories.accounts import actor, seeker
from tests.factories.verification import real_name

pytestmark = pytest.mark.django_db


@pytest.fixture
def lin() -> User:
    """Lin has a card of Wuhou and no resume yet."""
    reference.region(reference.WUHOU)
    user = seeker("")
    real_name(user)
    CardIdentity.objects.create(
        user=user,
        issuer="https://card.example",
        subject="s",
        subject_index=blind_index("s", "card-subject"),
        phone="13900000007",
        region=reference.WUHOU,
        level=2,
        linked_at=clock.now(),
        last_used_at=clock.now(),
    )
    return user


ALL = ["name", "phone", "birth_year", "region"]


def test_everything_the_card_says_is_offered_beside_what_stands_there(lin: User) -> None:
    make.whole_resume(lin)
    offers = {offer.field: offer for offer in queries.prefill_offers(actor(lin)) or []}
    assert set(offers) == set(ALL)
    assert offers["name"].is_same
    assert (offers["phone"].offered, offers["phone"].is_same) == ("139****0007", False)


def test_chosen_fields_are_filled_in_and_the_others_stay(lin: User) -> None:
    actions.save_basics(actor(lin), basics=make.basics(name="小满", email="lin@example.com", birth_year=None))
    labels = actions.prefill_from_card(actor(lin), fields=["name", "birth_year"], has_consented=True)
    view = queries.my_resume(actor(lin))
    assert labels == ["姓名", "出生年份"]
    assert (view.name, view.birth_year, view.email, view.phone) == ("林小满", 1995, "lin@example.com", lin.phone)


def test_the_consent_names_the_fields(lin: User) -> None:
    actions.prefill_from_card(actor(lin), fields=ALL, has_consented=True)
    consent = Consent.objects.get()
    assert (consent.kind, consent.scope) == ("card_prefill", {"fields": sorted(ALL)})


@pytest.mark.parametrize(("fields", "has_consented", "fault"), [(ALL, False, "consent"), ([], True, "fields")])
def test_without_consent_or_choice_nothing_changes(
    lin: User, fields: list[str], has_consented: bool, fault: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.prefill_from_card(actor(lin), fields=fields, has_consented=has_consented)
    assert fault in refusal.value.fields
    assert queries.my_resume(actor(lin)).is_blank
    assert not Consent.objects.exists()


def test_without_a_card_there_is_nothing_to_fill_in(db: None) -> None:
    user = seeker()
    assert queries.prefill_offers(actor(user)) is None
    with pytest.raises(NotFound):
        actions.prefill_from_card(actor(user), fields=ALL, has_consented=True)
