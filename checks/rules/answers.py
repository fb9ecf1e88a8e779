# The examples of answers.yaml.
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.views.decorators.csrf import csrf_exempt

from jiuye.portals.seeker.login.entry import safe_target


def told(name):
    # ruleid: html-without-template
    return HttpResponse(f"<p>{name}</p>")


def told_later(name):
    # ruleid: html-without-template
    return HttpResponse(name, status=404)


def as_text(name):
    # ok: html-without-template
    return HttpResponse(name, content_type="text/plain")


def as_json(body):
    # ok: html-without-template
    return HttpResponse(body, "application/json")


def nothing():
    # ok: html-without-template
    return HttpResponse(status=204)


def marked(name):
    # ruleid: html-marked-safe
    first = SafeString(f"<b>{name}</b>")
    # ruleid: html-marked-safe
    second = format_html(name)
    # ok: html-marked-safe
    third = format_html("<b>{}</b>", name)
    # ok: html-marked-safe
    return first, second, third, SafeString("")


def further(request):
    # ruleid: redirect-from-request
    return redirect(request.GET["next"])


def further_by_htmx(request):
    target = request.POST.get("next", "/")
    # ruleid: redirect-from-request
    return HttpResponse(status=204, headers={"HX-Redirect": target})


def back(request):
    # ruleid: redirect-from-request
    return HttpResponseRedirect(request.META.get("HTTP_REFERER", "/"))


def further_inside(request):
    target = safe_target(request.GET["next"])
    # ok: redirect-from-request
    return redirect(target)


def further_to_our_page(request):
    # ok: redirect-from-request
    return HttpResponseRedirect(f"{reverse('jobs')}?q={request.GET['q']}")


def to_one_of_ours(request):
    # ok: redirect-from-request
    return redirect(reverse("jobs") + query(request.GET))


def remember(answer, secret, is_secure):
    # ruleid: cookie-without-attributes
    answer.set_cookie("known", secret)
    # ruleid: cookie-without-attributes
    answer.set_cookie("known", secret, secure=is_secure, samesite="Lax")
    # ruleid: cookie-without-attributes
    answer.set_cookie("known", secret, secure=is_secure, httponly=False, samesite="Lax")
    # ok: cookie-without-attributes
    answer.set_cookie("known", secret, max_age=60, httponly=True, samesite="Lax", secure=is_secure)


# ruleid: without-csrf-protection
@csrf_exempt
def open_to_all(request):
    return None


# ok: without-csrf-protection
@access(PUBLIC)
def declared(request):
    return None


def file(content, name):
    # ruleid: attachment-named-by-hand
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    answer = HttpResponse(content, content_type="application/pdf", headers=headers)
    # ok: attachment-named-by-hand
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
