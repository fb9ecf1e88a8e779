"""Sign-in by a QR code that is shown here and scanned with the card's app.

A person who is tricked into scanning a code could sign in another browser (quishing). So a request is valid only in
the browser that shows it, once, for two minutes; and the phone asks for the two digits shown next to the code.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import cast
from uuid import UUID

from django.db.models import QuerySet

from jiuye.domains.accounts.actions.card import enter_by_card, link_card
from jiuye.domains.accounts.actions.codes import SignedIn
from jiuye.domains.accounts.actions.conflict_tokens import CardConflict
from jiuye.domains.accounts.card_refusals import product_error
from jiuye.domains.accounts.devices import device_label
from jiuye.domains.accounts.models import QrSignIn
from jiuye.domains.accounts.states import QrSignInState, SignInMethod
from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound, Refused
from jiuye.kernel.ids import new_id
from jiuye.kernel.networks import network_of
from jiuye.kernel.rate_limits import ADDRESS, Limit
from jiuye.ports import identity
from jiuye.ports.identity import CardHolder, IdentityError, QrProgress, QrRequest

LIFETIME = timedelta(seconds=120)
# An approval in the last second may be used a moment later; the provider's code expires no later than this.
GRACE = timedelta(seconds=30)
_TOO_OFTEN = "扫码登录刷新得太频繁了，请 {wait}后再试，或用手机验证码登录。"
SHOWN_TO_BROWSER = Limit("qr-browser", "显示扫码登录的二维码", "每个浏览器", 30, 3600, _TOO_OFTEN)
SHOWN_TO_ADDRESS = Limit("qr-address", "显示扫码登录的二维码", ADDRESS, 600, 3600, _TOO_OFTEN)

_OPEN = (QrSignInState.WAITING, QrSignInState.SCANNED)


@dataclass(frozen=True, slots=True)
class ShownQr:
    """A request to show: `uri` is the QR code's content, `match` the two digits next to it, `seconds` its validity."""

    id: UUID
    uri: str
    match: str
    seconds: int


@dataclass(frozen=True, slots=True)
class QrStanding:
    """The status of a request: a value of `QrSignInState`, or `used` after somebody signed in with it."""

    state: str
    uri: str
    match: str
    seconds: int


def begin_qr(actor: Actor, *, binding: str, user_agent: str = "") -> ShownQr:
    """Create a request for the browser of `binding`; its earlier request ends. Raises `Unavailable`, `RateLimited`.

    The phone shows its owner which browser would be signed in, as far as `user_agent` says.
    """
    SHOWN_TO_BROWSER.hit(binding)
    SHOWN_TO_ADDRESS.hit(network_of(actor.ip))
    match = f"{secrets.randbelow(90) + 10}"
    try:
        request = identity.get().show_qr(
            match=match, seconds=int(LIFETIME.total_seconds()), device=device_label(user_agent) if user_agent else ""
        )
    except IdentityError as problem:
        raise product_error(problem) from problem
    moment = clock.now()
    QrSignIn.objects.filter(binding=binding, state__in=_OPEN).update(state=QrSignInState.EXPIRED)
    shown = QrSignIn.objects.create(
        id=new_id(),
        binding=binding,
        match=match,
        uri=request.uri,
        reference=request.reference,
        nonce=request.nonce,
        verifier=request.verifier,
        created_at=moment,
        expires_at=moment + timedelta(seconds=request.seconds),
    )
    return ShownQr(shown.id, shown.uri, shown.match, request.seconds)


def follow_qr(actor: Actor, *, qr_id: UUID, binding: str) -> QrStanding:
    """Return its status; asks the provider while that can change, and records the answer.

    Raises `NotFound` for every other browser, `Unavailable` if the provider does not answer.
    """
    shown = _of_this_browser(qr_id, binding).first()
    if shown is None:
        raise NotFound
    if shown.used_at is None and shown.state in _OPEN:
        _note(shown, QrSignInState.EXPIRED if _is_over(shown) else _ask(shown).state)
    left = max(0, int((shown.expires_at - clock.now()).total_seconds()))
    return QrStanding("used" if shown.used_at else shown.state, shown.uri, shown.match, left)


def finish_qr(actor: Actor, *, qr_id: UUID, binding: str) -> SignedIn | CardConflict:
    """Sign in by an approved request, once. The caller signs the browser in.

    Raises `NotFound` for every other browser; `Refused` with code `qr_not_approved`, `qr_used`, `expired`,
    `declined`, `level`, `invalid` or `forged`; `Unavailable`.
    """
    holder = _redeem(actor, qr_id, binding)
    return enter_by_card(actor, holder=holder, method=SignInMethod.ESSC_QR, binding=binding)


def link_by_qr(actor: Actor, *, qr_id: UUID, binding: str) -> None:
    """Link the approving card to the signed-in person's account, once. Raises as `finish_qr` and `link_card`."""
    link_card(actor, holder=_redeem(actor, qr_id, binding))


def _redeem(actor: Actor, qr_id: UUID, binding: str) -> CardHolder:
    """Return the person who approved the request, and use the request up."""
    shown = _of_this_browser(qr_id, binding).first()
    if shown is None:
        raise NotFound
    if shown.used_at is not None:
        raise _used()
    progress = QrProgress("expired") if _is_over(shown, GRACE) else _ask(shown)
    if progress.state != "approved" or not progress.code:
        _note(shown, progress.state)
        raise _not_approved(progress)
    _use_up(shown)
    request = QrRequest(uri=shown.uri, reference=shown.reference, nonce=shown.nonce, verifier=shown.verifier, seconds=0)
    try:
        return identity.get().finish_qr(request, code=progress.code)
    except IdentityError as problem:
        error = product_error(problem)
        audit.record(actor, "account.sign_in_refused", shown.pk, method=SignInMethod.ESSC_QR, reason=error.code)
        raise error from problem


def _of_this_browser(qr_id: UUID, binding: str) -> "QuerySet[QrSignIn]":
    return QrSignIn.objects.filter(pk=qr_id, binding=binding)


def _is_over(shown: QrSignIn, grace: timedelta = timedelta()) -> bool:
    return shown.state in (QrSignInState.EXPIRED, QrSignInState.REFUSED) or clock.now() >= shown.expires_at + grace


def _ask(shown: QrSignIn) -> QrProgress:
    try:
        return identity.get().follow_qr(shown.reference)
    except IdentityError as problem:
        raise product_error(problem) from problem


def _note(shown: QrSignIn, state: str) -> None:
    """Record a status, forwards only: a late answer must not undo a newer one."""
    before = {"waiting": (), "scanned": (QrSignInState.WAITING,)}.get(state, _OPEN)
    if _of_this_browser(shown.pk, shown.binding).filter(state__in=before, used_at=None).update(state=state):
        shown.state = cast(QrSignInState, state)
    else:
        shown.refresh_from_db()


def _use_up(shown: QrSignIn) -> None:
    """Use the request up in one statement, which decides between concurrent sign-ins."""
    unused = _of_this_browser(shown.pk, shown.binding).filter(
        used_at=None, state__in=(*_OPEN, QrSignInState.APPROVED), expires_at__gt=clock.now() - GRACE
    )
    if not unused.update(state=QrSignInState.APPROVED, used_at=clock.now()):
        raise _used()


def _not_approved(progress: QrProgress) -> Refused:
    if progress.state == "refused":
        return Refused("您在手机上拒绝了这次登录，什么都没有改变。可以刷新二维码再试。", code="declined")
    if progress.state == "expired":
        return Refused("二维码已过期，请刷新后重新扫码。", code="expired")
    return Refused("手机上还没有确认登录，请在电子社保卡里点“同意登录”。", code="qr_not_approved")


def _used() -> Refused:
    return Refused("这个二维码已经用过了，请刷新后重新扫码。", code="qr_used")
