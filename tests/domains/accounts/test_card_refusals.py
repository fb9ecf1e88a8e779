"""A refused card sign-in has the same explanation everywhere."""

from typing import Literal

import pytest

from jiuye.domains.accounts.card_refusals import CARD_REFUSALS, card_refusal, product_error
from jiuye.kernel.errors import Refused, Unavailable
from jiuye.ports.identity import IdentityForged, IdentityRefused, IdentityUnavailable


@pytest.mark.parametrize("reason", ["declined", "expired", "level", "invalid"])
def test_every_reason_of_the_card_service_has_its_words(
    reason: Literal["declined", "expired", "level", "invalid"],
) -> None:
    told = product_error(IdentityRefused(reason))
    assert isinstance(told, Refused)
    assert (told.code, told.message) == (reason, CARD_REFUSALS[reason].text)


def test_what_is_forged_is_not_told_apart_further() -> None:
    assert card_refusal(IdentityForged("nonce")).code == "forged"
    assert "nonce" not in product_error(IdentityForged("nonce")).message


def test_an_outage_is_one_and_may_be_tried_again() -> None:
    told = product_error(IdentityUnavailable("timeout"))
    assert isinstance(told, Unavailable)
    assert card_refusal(IdentityUnavailable("timeout")).may_retry


def test_each_says_what_to_do_instead() -> None:
    assert all("手机号登录" in one.text or "再试一次" in one.text for one in CARD_REFUSALS.values())
