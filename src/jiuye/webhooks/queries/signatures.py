"""Check the signature of a delivery for people."""

from collections.abc import Mapping
from uuid import UUID

from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid
from jiuye.webhooks import keys, policies, signing
from jiuye.webhooks.models import EndpointSecret
from jiuye.webhooks.queries.endpoints import own
from jiuye.webhooks.queries.rows import SignatureCheck


def check_signature(
    actor: Actor, *, headers: Mapping[str, str], body: bytes, endpoint_id: UUID | None = None, secret: str = ""
) -> SignatureCheck:
    """Check the signatures of a delivery with an endpoint's secrets, or with a `secret` (whsec_ or whpk_), and the
    platform's keys. Nothing is stored.

    Raises `NotFound`, `Denied`, `Invalid` (secret, endpoint_id).
    """
    policies.may_see(actor)
    secrets: list[tuple[str, str]] = []
    public = [(f"platform:{one.id}", one.public_key) for one in keys.published()]
    if secret:
        try:
            is_key = secret.startswith(signing.PUBLIC_KEY)
            (signing.public_bytes if is_key else signing.secret_bytes)(secret)
        except ValueError:
            raise Invalid({"secret": "密钥要以 whsec_ 或 whpk_ 开头，后面是完整的 Base64。"}) from None
        (public if is_key else secrets).append(("given", secret))
    if endpoint_id:
        rows = EndpointSecret.objects.filter(endpoint=own(actor, endpoint_id)).order_by("-created_at", "id")
        secrets += [("current" if row.expires_at is None else "former", row.secret) for row in rows]
    if not secrets and not secret:
        raise Invalid({"secret": "请填密钥，或选择推送地址。"})
    lower = {name.lower(): value.strip() for name, value in headers.items()}
    stamp = lower.get("webhook-timestamp", "")
    age = int(clock.real_now().timestamp()) - int(stamp) if stamp.isascii() and stamp.isdigit() else None
    return SignatureCheck(tuple(signing.check(lower, body, secrets=secrets, keys=public)), age)
