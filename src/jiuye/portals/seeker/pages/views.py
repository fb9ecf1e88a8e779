"""Static pages: privacy, accessibility, help."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from jiuye.kernel.access import PUBLIC, access


@access(PUBLIC)
@require_safe
@cache_control(public=True, max_age=300)
def privacy(request: HttpRequest) -> HttpResponse:
    """What is stored about a person, who receives it, and the person's rights."""
    return render(request, "portals/seeker/pages/templates/privacy.html")


@access(PUBLIC)
@require_safe
@cache_control(public=True, max_age=300)
def accessibility(request: HttpRequest) -> HttpResponse:
    """Large text, keyboard, and what to do if something is hard to use."""
    return render(request, "portals/seeker/pages/templates/accessibility.html")


@access(PUBLIC)
@require_safe
@cache_control(public=True, max_age=300)
def help_page(request: HttpRequest) -> HttpResponse:
    """Frequent questions, each with where to do it; and how to contact the platform."""
    return render(request, "portals/seeker/pages/templates/help.html")


@access(PUBLIC)
@require_safe
@cache_control(public=True, max_age=86400)
def robots(request: HttpRequest) -> HttpResponse:
    """Tells search engines to skip the portals; searches with many filters exclude themselves."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in ("/me", "/agency", "/employer", "/ops", "/login", "/api/")),
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
