"""Coming in by a scanned code: in the browser that shows it, once, within two minutes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest
from django.db import connection

from jiuye.domains.accounts import actions
from jiuye.domains.accounts.actions import qr
from jiuye.domains.accounts.models import QrSignIn, RealName, User
from jiuye.domains.accounts.states import QrSignInState
from jiuye.kernel import clock
from jiuye.kernel.errors import NotFound, ProductError, RateLimited, Refused, Unavailable
from jiuye.kernel.ids import new_id
from jiuye.kernel.models import AuditEntry
from jiuye.ports.identity import (
    CardHolder,
    IdentityError,
    IdentityForged,
    IdentityRefused,
    IdentityUnavailable,
    QrProgress,
    QrRequest,
    QrState,
)
from tests.domains.accounts.asking import BROWSER, OTHER_BROWSER, VISITOR
from tests.factories import accounts, cards
from tests.factories.races import at_once, outcomes

pytestmark = pytest.mark.django_db


@dataclass
class Phone:
    """A provider with one phone, moved by the test (the adapter is tested in tests/ports)."""

    holder: CardHolder = field(default_factory=cards.holder)
    state: QrState = "waiting"
    trouble: IdentityError | None = None
    at_the_end: IdentityError | None = None
    matches: list[str] = field(default_factory=list)
    devices: list[str] = field(default_factory=list)
    redeemed: list[tuple[QrRequest, str]] = field(default_factory=list)
    asked: int = 0

    def show_qr(self, *, match: str, seconds: int, device: str = "") -> QrRequest:
        if self.trouble:
            raise self.trouble
        self.matches.append(match)
        self.devices.append(device)
        number = len(self.matches)
        return QrRequest(f"https://card.example/scan/{number}", f"r-{number}", f"n-{number}", f"v-{number}", seconds)

    def follow_qr(self, reference: str) -> QrProgress:
        self.asked += 1
        if self.trouble:
            raise self.trouble
        return QrProgress(self.state, "c-1" if self.state == "approved" else "")

    def finish_qr(self, request: QrRequest, *, code: str) -> CardHolder:
        self.redeemed.append((request, code))
        if self.at_the_end:
            raise self.at_the_end
        return self.holder


@pytest.fixture
def phone(monkeypatch: pytest.MonkeyPatch) -> Phone:
    moved = Phone()
    monkeypatch.setattr(qr.identity, "get", lambda: moved)
    return moved


def show(binding: str = BROWSER) -> actions.ShownQr:
    return actions.begin_qr(VISITOR, binding=binding)


def follow(qr_id: UUID, binding: str = BROWSER) -> str:
    return actions.follow_qr(VISITOR, qr_id=qr_id, binding=binding).state


def finish(qr_id: UUID, binding: str = BROWSER) -> actions.SignedIn | actions.CardConflict:
    return actions.finish_qr(VISITOR, qr_id=qr_id, binding=binding)


def refused(attempt: Callable[[], object]) -> str:
    with pytest.raises(ProductError) as refusal:
        attempt()
    return refusal.value.code


def test_a_request_is_shown_with_two_digits_for_two_minutes(phone: Phone) -> None:
    shown = show()

    assert shown.uri == "https://card.example/scan/1"
    assert shown.match == phone.matches[0]
    assert len(shown.match) == 2
    assert shown.seconds == 120


def test_the_digits_are_not_always_the_same(phone: Phone) -> None:
    for _ in range(12):
        show()

    assert len(set(phone.matches)) > 1


def test_the_phone_can_tell_its_holder_what_browser_asks(phone: Phone) -> None:
    firefox = "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

    actions.begin_qr(VISITOR, binding=BROWSER, user_agent=firefox)

    assert phone.devices == ["Firefox · Ubuntu"]


def test_what_only_we_may_know_is_encrypted(phone: Phone) -> None:
    show()

    with connection.cursor() as cursor:
        cursor.execute("SELECT reference, nonce, verifier FROM accounts_qrsignin")
        stored = cursor.fetchone()
    assert not {"r-1", "n-1", "v-1"} & set(stored)
    assert QrSignIn.objects.get().reference == "r-1"


def test_the_page_can_follow_the_phone(phone: Phone) -> None:
    qr_id = show().id
    seen = []
    states: list[QrState] = ["waiting", "scanned", "approved"]
    for state in states:
        phone.state = state
        seen.append(follow(qr_id))

    assert seen == ["waiting", "scanned", "approved"]
    assert follow(qr_id) == "approved"
    assert not User.objects.exists()


def test_who_approved_comes_in(phone: Phone) -> None:
    qr_id = show().id
    phone.state = "approved"

    outcome = finish(qr_id)

    assert isinstance(outcome, actions.SignedIn)
    assert User.objects.get(pk=outcome.person_id).phone == phone.holder.phone
    [(request, code)] = phone.redeemed
    assert (request.reference, request.nonce, request.verifier, code) == ("r-1", "n-1", "v-1", "c-1")
    assert follow(qr_id) == "used"
    assert AuditEntry.objects.get(action="account.sign_in").detail["method"] == "essc_qr"


def test_a_request_is_valid_once(phone: Phone) -> None:
    qr_id = show().id
    phone.state = "approved"
    finish(qr_id)

    assert refused(lambda: finish(qr_id)) == "qr_used"
    assert len(phone.redeemed) == 1


def test_another_browser_learns_nothing_of_a_request(phone: Phone) -> None:
    qr_id = show().id
    phone.state = "approved"

    for attempt in (
        lambda: follow(qr_id, OTHER_BROWSER),
        lambda: finish(qr_id, OTHER_BROWSER),
        lambda: follow(new_id()),
        lambda: finish(new_id()),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert phone.asked == 0
    assert not User.objects.exists()
    assert isinstance(finish(qr_id), actions.SignedIn)


@pytest.mark.parametrize(
    ("state", "code"), [("waiting", "qr_not_approved"), ("scanned", "qr_not_approved"), ("refused", "declined")]
)
def test_nobody_comes_in_without_an_approval(phone: Phone, state: QrState, code: str) -> None:
    qr_id = show().id
    phone.state = state

    assert refused(lambda: finish(qr_id)) == code
    assert not phone.redeemed
    assert not User.objects.exists()


def test_what_was_refused_on_the_phone_stays_refused(phone: Phone) -> None:
    qr_id = show().id
    phone.state = "refused"
    assert follow(qr_id) == "refused"
    phone.state = "approved"

    assert follow(qr_id) == "refused"
    assert refused(lambda: finish(qr_id)) == "expired"
    assert not User.objects.exists()


def test_an_answer_that_was_long_on_its_way_undoes_nothing(phone: Phone) -> None:
    qr_id = show().id
    QrSignIn.objects.update(state=QrSignInState.SCANNED)
    phone.state = "waiting"

    assert follow(qr_id) == "scanned"


def test_a_request_is_over_after_two_minutes(phone: Phone) -> None:
    moment = clock.now()
    with clock.frozen(moment):
        qr_id = show().id
    phone.state = "approved"

    with clock.frozen(moment + timedelta(seconds=120)):
        assert follow(qr_id) == "expired"
        assert refused(lambda: finish(qr_id)) == "expired"
    assert phone.asked == 0
    assert not User.objects.exists()


def test_an_approval_in_the_last_second_may_be_used_a_moment_later(phone: Phone) -> None:
    moment = clock.now()
    phone.state = "approved"
    with clock.frozen(moment):
        qr_id = show().id
    with clock.frozen(moment + timedelta(seconds=119)):
        assert follow(qr_id) == "approved"

    with clock.frozen(moment + timedelta(seconds=125)):
        assert isinstance(finish(qr_id), actions.SignedIn)


def test_a_new_request_ends_the_one_before(phone: Phone) -> None:
    first, second = show().id, show().id
    phone.state = "approved"

    assert follow(first) == "expired"
    assert refused(lambda: finish(first)) == "expired"
    assert isinstance(finish(second), actions.SignedIn)


def test_a_request_of_another_browser_goes_on(phone: Phone) -> None:
    theirs = show(OTHER_BROWSER).id
    show()

    assert follow(theirs, OTHER_BROWSER) == "waiting"


def test_an_outage_is_said_and_loses_no_request(phone: Phone) -> None:
    qr_id = show().id
    phone.trouble = IdentityUnavailable("down")

    for attempt in (lambda: show(), lambda: follow(qr_id), lambda: finish(qr_id)):
        with pytest.raises(Unavailable, match="电子社保卡服务暂时不通"):
            attempt()
    phone.trouble, phone.state = None, "approved"
    assert isinstance(finish(qr_id), actions.SignedIn)


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (IdentityForged("nonce"), "forged"),
        (IdentityRefused("level"), "level"),
        (IdentityRefused("expired"), "expired"),
        (IdentityRefused("declined"), "declined"),
        (IdentityUnavailable("down"), "unavailable"),
    ],
)
def test_whatever_goes_wrong_at_the_end_lets_nobody_in(phone: Phone, trouble: IdentityError, code: str) -> None:
    qr_id = show().id
    phone.state, phone.at_the_end = "approved", trouble

    assert refused(lambda: finish(qr_id)) == code
    assert not User.objects.exists()
    assert AuditEntry.objects.get(action="account.sign_in_refused").detail == {"method": "essc_qr", "reason": code}
    phone.at_the_end = None
    assert refused(lambda: finish(qr_id)) == "qr_used"


def test_an_approval_links_the_card_of_who_is_signed_in_once(phone: Phone) -> None:
    user = accounts.person("小满")
    qr_id = show().id
    phone.state = "approved"

    actions.link_by_qr(accounts.actor(user), qr_id=qr_id, binding=BROWSER)

    assert RealName.objects.get().user_id == user.pk
    assert refused(lambda: finish(qr_id)) == "qr_used"
    assert User.objects.count() == 1


def test_what_was_used_to_come_in_links_nothing(phone: Phone) -> None:
    qr_id = show().id
    phone.state = "approved"
    finish(qr_id)
    bystander = accounts.person()

    assert refused(lambda: actions.link_by_qr(accounts.actor(bystander), qr_id=qr_id, binding=BROWSER)) == "qr_used"
    assert not RealName.objects.filter(pk=bystander.pk).exists()


def test_a_conflict_is_answered_as_by_any_card(phone: Phone) -> None:
    accounts.person("周明远", phone=phone.holder.phone)
    qr_id = show().id
    phone.state = "approved"

    assert isinstance(finish(qr_id), actions.CardConflict)


def test_a_browser_cannot_ask_for_codes_without_end(phone: Phone) -> None:
    with clock.frozen(clock.now()):
        for _ in range(qr.SHOWN_TO_BROWSER.most):
            show()
        with pytest.raises(RateLimited):
            show()
    assert len(phone.matches) == qr.SHOWN_TO_BROWSER.most


@pytest.mark.django_db(transaction=True)
def test_of_twelve_at_once_one_comes_in(phone: Phone) -> None:
    qr_id = show().id
    phone.state = "approved"

    results = at_once(*[partial(finish, qr_id)] * 12, refusal=Refused)

    assert outcomes(results) == ["done", *["qr_used"] * 11]
    assert len(phone.redeemed) == 1
