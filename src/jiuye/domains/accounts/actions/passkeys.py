"""Passkeys as the second factor (Web Authentication Level 3): add, use, remove. Each challenge is used once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import transaction
from django.http import HttpRequest
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from jiuye.domains.accounts import policies, sessions
from jiuye.domains.accounts.actions.factors import begin_with_factor, forget_codes_without_factor, fresh_codes
from jiuye.domains.accounts.models import Passkey, RecoveryCode, User
from jiuye.domains.accounts.queries.factors import ISSUER
from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound, Refused
from jiuye.kernel.identifiers import mask_phone

log = structlog.get_logger("accounts")
_CHALLENGE = "passkey_challenge"
_CHALLENGE_LASTS = timedelta(minutes=5)
NOT_TAKEN = "通行密钥没有通过验证。请再试一次，或换用验证器、恢复码。"


@dataclass(frozen=True, slots=True)
class Site:
    """The relying party of a passkey: the host's name and the origin of our pages."""

    host: str
    origin: str


def begin_passkey(actor: Actor, request: HttpRequest, *, site: Site) -> str:
    """Return what the browser needs to create a passkey, as JSON (`PublicKeyCredentialCreationOptionsJSON`). Raises `Refused` at ten."""
    known = [PublicKeyCredentialDescriptor(id=one) for one in _ids(actor)]
    if len(known) >= policies.PASSKEYS_AT_MOST:
        raise Refused(f"最多添加 {policies.PASSKEYS_AT_MOST} 个通行密钥，请先移除不用的。", code="too_many_passkeys")
    phone = User.objects.values_list("phone", flat=True).get(pk=actor.person)
    options = generate_registration_options(
        rp_id=site.host,
        rp_name=ISSUER,
        user_id=actor.person.bytes,
        user_name=mask_phone(phone),
        exclude_credentials=known,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=UserVerificationRequirement.PREFERRED
        ),
    )
    _remember(request, options.challenge)
    return options_to_json(options)


def add_passkey(actor: Actor, request: HttpRequest, *, credential: str, name: str, site: Site) -> list[str]:
    """Add the new passkey. Return the recovery codes, which cannot be shown again, if it is the first second factor.

    The session has then passed the second factor, and the person's other sessions end. Raises `Refused`.
    """
    challenge = _take(request)
    try:
        made = verify_registration_response(
            credential=credential, expected_challenge=challenge, expected_rp_id=site.host, expected_origin=site.origin
        )
    except WebAuthnException as problem:
        raise _not_taken(problem) from problem
    row = Passkey(
        user_id=actor.person,
        name=name.strip()[:40] or "通行密钥",
        credential_id=made.credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        created_at=clock.now(),
    )
    with transaction.atomic():
        if Passkey.objects.filter(credential_id=made.credential_id).exists():
            raise Refused("这个通行密钥已经添加过了。", code="passkey_known")
        row.save(force_insert=True)
        has_codes = RecoveryCode.objects.filter(user_id=actor.person, used_at=None).exists()
        codes = [] if has_codes else fresh_codes(actor.person)
        begin_with_factor(actor, request, kind="passkey")
    return codes


def offer_passkeys(actor: Actor, request: HttpRequest, *, site: Site) -> str:
    """Return what the browser needs to use one of the actor's passkeys, as JSON. Raises `NotFound` if there is none."""
    known = [PublicKeyCredentialDescriptor(id=one) for one in _ids(actor)]
    if not known:
        raise NotFound
    options = generate_authentication_options(
        rp_id=site.host, allow_credentials=known, user_verification=UserVerificationRequirement.PREFERRED
    )
    _remember(request, options.challenge)
    return options_to_json(options)


def pass_by_passkey(actor: Actor, request: HttpRequest, *, credential: str, site: Site) -> None:
    """Pass the second factor by passkey; the session gets a new id. Raises `Refused`."""
    challenge = _take(request)
    try:
        parsed = parse_authentication_credential_json(credential)
        row = Passkey.objects.filter(user_id=actor.person, credential_id=parsed.raw_id).first()
        if row is None:
            raise Refused(NOT_TAKEN, code="passkey_unknown")
        used = verify_authentication_response(
            credential=parsed,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=bytes(row.public_key),
            credential_current_sign_count=row.sign_count,
        )
    except WebAuthnException as problem:
        raise _not_taken(problem) from problem
    # The counter was compared with the one read: a copy used at the same moment must not pass (§6.1.1).
    if not Passkey.objects.filter(pk=row.pk, sign_count=row.sign_count).update(
        sign_count=used.new_sign_count, last_used_at=clock.now()
    ):
        raise Refused(NOT_TAKEN, code="passkey_count")
    sessions.note_second_factor(request)
    audit.record(actor, "second_factor.pass", actor.person, kind="passkey")


def remove_passkey(actor: Actor, *, passkey_id: UUID) -> None:
    """Remove one; with the last second factor, the recovery codes too. Raises `NotFound`."""
    with transaction.atomic():
        removed, _ = Passkey.objects.filter(user_id=actor.person, pk=passkey_id).delete()
        if not removed:
            raise NotFound
        forget_codes_without_factor(actor.person)
        audit.record(actor, "second_factor.remove", actor.person, kind="passkey")


def _ids(actor: Actor) -> list[bytes]:
    rows = Passkey.objects.filter(user_id=actor.person).order_by("created_at").values_list("credential_id", flat=True)
    return [bytes(one) for one in rows]


def _remember(request: HttpRequest, challenge: bytes) -> None:
    request.session[_CHALLENGE] = {"value": bytes_to_base64url(challenge), "at": clock.now().isoformat()}


def _take(request: HttpRequest) -> bytes:
    """Return and use up this browser's challenge. Raises `Refused` without a fresh one."""
    kept = request.session.pop(_CHALLENGE, None)
    if not kept or clock.now() - datetime.fromisoformat(kept["at"]) > _CHALLENGE_LASTS:
        raise Refused("等待太久了，请再试一次。", code="passkey_expired")
    return base64url_to_bytes(kept["value"])


def _not_taken(problem: WebAuthnException) -> Refused:
    log.info("passkey refused", reason=str(problem))
    return Refused(NOT_TAKEN, code="passkey_refused")
