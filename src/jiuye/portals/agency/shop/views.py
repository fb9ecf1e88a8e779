"""The agency's flagship shop: its status, and its editors for texts, sections and pictures."""

from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jiuye.domains.organisations import actions, queries
from jiuye.domains.organisations.states import SECTIONS
from jiuye.kernel.access import access
from jiuye.kernel.errors import Invalid, NotFound, ProductError, RateLimited, Refused, Unavailable
from jiuye.kernel.http.request import Request
from jiuye.portals.agency.access import RECRUITER, VIEWER
from jiuye.portals.agency.shop.forms import EntrySet, PictureForm, ShopForm, entry_set
from jiuye.portals.editing import blame, refuse_incomplete, version_of
from jiuye.portals.errors import form_page
from jiuye.portals.fragments import is_fragment
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.reading_limits import OWN_FILES

TEMPLATES = "portals/agency/shop/templates"


@access(VIEWER)
@require_safe
def shop(request: Request) -> HttpResponse:
    """The shop with its measured figures."""
    found = queries.own_shop(request.actor)
    context = {
        "shop": found,
        "standing": queries.standing(found.agency.id),
        "sections": [(name, kind.label, len(getattr(found, name))) for name, kind in SECTIONS.items()],
        "pictures": queries.pictures_of(found.agency.id),
    }
    return render(request, f"{TEMPLATES}/shop.html", context)


@access(RECRUITER, once=True)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request) -> HttpResponse:
    """Edit the shop's texts."""
    found = queries.own_shop(request.actor)
    initial = {
        "slogan": found.agency.slogan,
        "introduction": found.introduction,
        "announcement": found.announcement,
        "services": "、".join(found.agency.services),
        "fees": found.agency.fees,
    }
    form = with_kept_input(request, ShopForm(request.POST if request.method == "POST" else None, initial=initial))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_shop(request.actor, texts=form.texts(), version=version_of(request))
        except Invalid as error:
            for name, message in error.fields.items():
                form.add_error(name if name in form.fields else None, message)
        except Refused as error:
            form.add_error(None, error.message)
            status = error.status
        else:
            messages.success(request, "旗舰店已更新。")
            return redirect("agency_shop")
    if form.errors and status == 200:
        status = 422
    return render(request, f"{TEMPLATES}/edit.html", {"form": form, "version": found.version}, status=status)


@access(RECRUITER, once=True)
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: Request, section: str) -> HttpResponse:
    """Edit the entries of a section; with `preview` show them without saving."""
    if section not in SECTIONS:
        raise NotFound
    found = queries.own_shop(request.actor)
    entries = entry_set(
        SECTIONS[section], request.POST if request.method == "POST" else None, list(getattr(found, section))
    )
    refuse_incomplete(entries)
    entries = with_kept_input(request, entries)
    context: dict[str, Any] = {"section_name": section, "kind": SECTIONS[section], "entries": entries}
    context |= {"version": found.version, "shop": found, "refused": "", "is_preview": False}
    status = 200
    if request.method == "POST" and entries.is_valid():
        try:
            tidy = actions.checked_entries(section, entries.entries())
            context["shop"] = replace(found, **cast(dict[str, Any], {section: tidy}))
            if "preview" not in request.POST:
                actions.edit_section(request.actor, section=section, entries=tidy, version=version_of(request))
                messages.success(request, f"“{SECTIONS[section].label}”已更新。")
                return HttpResponseRedirect(reverse("agency_shop"), status=303)
            context |= {"is_preview": True, "version": request.POST.get("version", "")}
        except Invalid as error:
            context["refused"], status = _note(entries, error), 422
        except Refused as error:
            context["refused"], status = error.message, error.status
    elif request.method == "POST":
        status = 422
    template = "preview.html" if is_fragment(request) and "preview" in request.POST else "section.html"
    return render(request, f"{TEMPLATES}/{template}", context, status=200 if template == "preview.html" else status)


def _note(entries: EntrySet, error: Invalid) -> str:
    """Attach each error to its field; return the others."""
    kept = entries.kept()
    for name, message in error.fields.items():
        index, _, column = name.partition(".")
        if column:
            kept[int(index)].add_error(column, message)
    return error.fields.get("entries", "")


@access(RECRUITER, once=True)
@require_http_methods(["GET", "HEAD", "POST"])
def pictures(request: Request) -> HttpResponse:
    """The shop's pictures, and a form for another one."""
    found = queries.own_shop(request.actor)
    form = PictureForm(request.POST, request.FILES) if request.method == "POST" else PictureForm()
    form = with_kept_input(request, form)
    refusal: ProductError | None = Invalid({}) if form.errors else None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["picture"]
        try:
            actions.add_picture(request.actor, file=file, name=file.name, caption=form.cleaned_data["caption"])
        except (Invalid, RateLimited, Unavailable) as error:
            blame(form, error)
            refusal = error
        else:
            messages.success(request, "图片已加上。")
            return HttpResponseRedirect(reverse("agency_shop_pictures"), status=303)
    context = {
        "shop": found,
        "form": form,
        "pictures": queries.pictures_of(found.agency.id),
        "most": actions.MOST_PICTURES,
    }
    return form_page(request, f"{TEMPLATES}/pictures.html", context, refusal)


@access(RECRUITER, once=True)
@require_POST
def delete_picture(request: Request, picture_id: UUID) -> HttpResponse:
    """Delete a picture."""
    if not actions.delete_picture(request.actor, picture_id=picture_id):
        raise NotFound
    messages.success(request, "图片已删除。")
    return HttpResponseRedirect(reverse("agency_shop_pictures"), status=303)


@access(VIEWER, limit=OWN_FILES)
@require_safe
def picture(request: Request, agency_id: UUID, picture_id: UUID) -> HttpResponse:
    """A picture of the actor's own shop, listed or not."""
    content = queries.picture(request.actor, agency_id, picture_id)
    return HttpResponse(content, content_type="image/jpeg")
