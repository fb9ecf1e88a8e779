"""Share a posting: its URL as a QR code, to scan from a screen or a printed page."""

from io import BytesIO
from uuid import UUID

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jiuye.kernel.access import PUBLIC, access
from jiuye.portals.reading_limits import PUBLIC_FILES

_A_DAY = "public, max-age=86400"


@access(PUBLIC, limit=PUBLIC_FILES)
@require_safe
def qr(request: HttpRequest, posting_id: UUID) -> HttpResponse:
    """Return the posting's URL as an SVG. No query: the page of an unknown posting answers 404 itself."""
    address = f"{settings.SITE_URL}/jobs/{posting_id}"
    # Dark on light in every theme: scanners expect it (ISO/IEC 18004 §6.1).
    drawn = BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(drawn, kind="svg", scale=4, border=3, dark="#000", light="#fff", xmldecl=False)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml", headers={"Cache-Control": _A_DAY})
