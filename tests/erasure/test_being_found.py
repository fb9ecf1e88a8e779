"""A resume cannot be found by new agencies while an erasure is pending."""

import pytest

from jiuye.domains.resumes.queries.findable import FindFilter, found
from jiuye.domains.resumes.queries.visibility import visibility
from jiuye.erasure import actions
from tests.factories import accounts, erasure, organisations
from tests.factories.visibility import shown_seeker

pytestmark = pytest.mark.django_db


def test_from_asking_to_have_the_account_erased_until_it_is_taken_back() -> None:
    lin, zhou = shown_seeker(), organisations.member(organisations.agency())
    assert found(zhou, FindFilter()).items
    erasure.ask(lin)
    assert not found(zhou, FindFilter()).items
    assert visibility(accounts.actor(lin)).is_paused
    actions.cancel_erasure(accounts.actor(lin))
    assert found(zhou, FindFilter()).items
