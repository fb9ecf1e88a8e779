"""Delete what is no longer needed (个人信息保护法 art. 19: the shortest time necessary)."""

from datetime import timedelta

from jiuye.domains.accounts.models import CodePlace, KeptInput, LoginCode, QrSignIn, Session, SignInRecord
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.models import AnsweredForm
from jiuye.kernel.retention import forget

CODES_KEPT = timedelta(days=30)
"""For questions about missing messages, and for detecting attacks; their digests have no other use."""

PLACES_KEPT = timedelta(hours=1)

SCANS_KEPT = timedelta(days=1)

SIGN_INS_KEPT = timedelta(days=365)
"""Logs must be kept for at least six months (网络安全法 art. 23(3)); a year shows people what is unusual for their account."""


def forget_expired(actor: Actor) -> dict[str, int]:
    """Delete old codes and QR requests, kept input, and ended sessions. Return the number of each."""
    moment = clock.now()
    old = {
        "codes": LoginCode.objects.filter(created_at__lt=moment - CODES_KEPT),
        "places": CodePlace.objects.filter(at__lt=moment - PLACES_KEPT),
        "scans": QrSignIn.objects.filter(expires_at__lt=moment - SCANS_KEPT),
        "answers": AnsweredForm.objects.filter(expires_at__lt=moment),
        "inputs": KeptInput.objects.filter(expires_at__lt=moment),
        "sessions": Session.objects.filter(expire_date__lt=moment),
        "sign_ins": SignInRecord.objects.filter(signed_in_at__lt=moment - SIGN_INS_KEPT),
    }
    return {name: forget(rows) for name, rows in old.items()}
