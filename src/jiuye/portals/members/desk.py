"""What the views of the members page share: the portal in which they are shown."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from jiuye.kernel.http.request import Request

_HERE = "portals/members/templates"


@dataclass(frozen=True)
class Desk:
    """One portal: the prefix of its route names, and its layout."""

    name: str
    layout: str

    def url(self, word: str = "", *ids: Any) -> str:
        """Return the address of a page: the list, or the one with this suffix (`_invite`)."""
        return reverse(f"{self.name}{word}", args=ids)

    def page(self, request: Request, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """Return a page in the portal's layout."""
        given = {"layout": self.layout, "desk_url": self.url, **context}
        return render(request, f"{_HERE}/{template}", given, status=status)

    def to_list(self) -> HttpResponseRedirect:
        """Return to the list."""
        return HttpResponseRedirect(self.url(), status=303)
