"""The site as an app on a phone's screen: manifest, service worker, and the offline page.

The worker caches only the offline page and its files: no personal page, and no public one either, because a closed
posting must not look open.
"""

import json
from hashlib import sha256

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from jiuye.kernel.access import PUBLIC, access

TEMPLATES = "portals/seeker/app/templates"
KEPT = ("app.css", "app.js", "htmx.min.js", "boot.js", "icons.svg", "favicon.svg")
ICONS = (("icon-192.png", 192, "any"), ("icon-512.png", 512, "any"), ("icon-maskable-512.png", 512, "maskable"))
SHORTCUTS = (("找职位", "/jobs"), ("我的投递", "/me/applications"), ("消息", "/me/notifications"))


@access(PUBLIC)
@require_safe
@cache_control(public=True, max_age=86400)
def manifest(request: HttpRequest) -> HttpResponse:
    """The web app manifest (W3C Application Manifest)."""
    body = {
        "id": "/",
        "name": "就业在线",
        "short_name": "就业在线",
        "description": "一份简历，投遍全国的公共和市场化职介，每一步都看得见。",
        "lang": "zh-CN",
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": "#0D3A68",
        "background_color": "#F4F6F9",
        "categories": ["business", "government"],
        "icons": [
            {"src": static("jiuye/favicon.svg"), "sizes": "any", "type": "image/svg+xml"},
            *(
                {"src": static(f"jiuye/{name}"), "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose}
                for name, side, purpose in ICONS
            ),
        ],
        "shortcuts": [{"name": name, "url": url} for name, url in SHORTCUTS],
    }
    return JsonResponse(body, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


@access(PUBLIC)
@require_safe
@cache_control(public=True, no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, at the root because its folder is its scope. Browsers check daily whether it changed; its text
    changes with the files it caches.
    """
    files = [static(f"jiuye/{name}") for name in KEPT]
    version = sha256("\n".join(files).encode()).hexdigest()[:12]
    context = {"version": json.dumps(version), "page": json.dumps(reverse("offline")), "files": json.dumps(files)}
    return render(request, f"{TEMPLATES}/service_worker.jinja", context, content_type="text/javascript; charset=utf-8")


@access(PUBLIC)
@require_safe
@cache_control(public=True, max_age=300)
def offline(request: HttpRequest) -> HttpResponse:
    """The page shown without a network."""
    return render(request, f"{TEMPLATES}/offline.html")
