"""A posting handed on: its address as a QR code, to be scanned from a screen or a printed page."""

from io import BytesIO
from uuid import UUID

import segno
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jiuye.kernel.access import PUBLIC, access

_A_DAY = "public, max-age=86400"


@access(PUBLIC)
@require_safe
def qr(request: HttpRequest, posting_id: UUID) -> HttpResponse:
    """The posting's address as SVG. No query: an address that leads nowhere says so itself."""
    address = request.build_absolute_uri(f"/jobs/{posting_id}")
    # Dark on light whatever the look: readers expect it (ISO/IEC 18004 §6.1).
    drawn = BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(drawn, kind="svg", scale=4, border=3, dark="#000", light="#fff", xmldecl=False)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml", headers={"Cache-Control": _A_DAY})
