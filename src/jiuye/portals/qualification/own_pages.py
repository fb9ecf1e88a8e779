"""The pages of a file as its organisation sees them: recorded, by links for five minutes, with the viewer's watermark."""

from django.http import HttpResponse
from django.urls import reverse

from jiuye.domains.qualifications import queries
from jiuye.kernel import short_links
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.http.request import Request
from jiuye.kernel.ids import id_in
from jiuye.portals.shown_pages import page_picture

PURPOSE = "own_material"


def links(actor: Actor, *, route: str, material_id: object, pages: int) -> list[str]:
    """Return a link for each page. The caller has recorded the look."""
    tokens = (short_links.issue(actor, purpose=PURPOSE, subject=f"{material_id}/{page}") for page in range(pages))
    return [reverse(route, args=[token]) for token in tokens]


def picture(request: Request, token: str, *, again: str) -> HttpResponse:
    """Return the page that a link leads to. Raises `NotFound` and `Denied`."""
    return page_picture(request, purpose=PURPOSE, token=token, read=_read, again=again)


def _read(actor: Actor, subject: str) -> bytes:
    material, page = subject.split("/")
    found = id_in(material)
    if found is None:
        raise NotFound
    return queries.own_material_page(actor, found, int(page))
