"""Pages of materials as pictures: for the person who opened them, for five minutes, with a watermark over them.

Opening is a POST: its action records the look (audit) and checks access; the view then issues a link with
`short_links.issue` for each page. The GET behind the link is `page_picture`.
"""

from collections.abc import Callable

from django.http import HttpResponse

from jiuye.documents.watermark import watermarked
from jiuye.domains.accounts.queries import profile
from jiuye.kernel import clock, short_links
from jiuye.kernel.actor import Actor
from jiuye.kernel.http.request import Request
from jiuye.portals.error_pages import error_page

HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'self'; sandbox",
    "Content-Disposition": "inline",
    "X-Content-Type-Options": "nosniff",
}


def page_picture(
    request: Request, *, purpose: str, token: str, read: Callable[[Actor, str], bytes], again: str
) -> HttpResponse:
    """Return the picture that the link of `token` leads to, as a JPEG with the viewer's watermark.

    `read` returns the picture (JPEG or PNG) of a link's subject for the actor and checks access again. An expired link
    gets a page with the way back to `again`, where the material can be opened again. Raises `NotFound` and what `read`
    raises. One query besides those of `read`.
    """
    try:
        link = short_links.opened(request.actor, purpose=purpose, token=token)
    except short_links.LinkExpired as expired:
        return error_page(request, expired.status, expired.message, again=again)
    picture = read(request.actor, link.subject)
    content = watermarked(picture, viewer=_viewer(request.actor), at=clock.now())
    return HttpResponse(content, content_type="image/jpeg", headers=HEADERS)


def _viewer(actor: Actor) -> str:
    me = profile(actor)
    return f"{me.name} 尾号{me.phone[-4:]}".strip()
