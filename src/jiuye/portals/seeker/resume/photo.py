"""The owner's photo: show, change, remove and restore."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiuye.domains.resumes import actions, queries
from jiuye.domains.resumes.states import PhotoCrop
from jiuye.kernel.access import SIGNED_IN, access
from jiuye.kernel.errors import Invalid, NotFound, ProductError, RateLimited, Refused, Unavailable
from jiuye.kernel.http.request import Request
from jiuye.portals.errors import form_page
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.reading_limits import OWN_FILES

HERE = "portals/seeker/resume/templates"


class PhotoForm(forms.Form):
    """A picture and its crop."""

    photo = forms.FileField(
        label="选择照片",
        help_text="JPG、PNG 或 WebP，不超过 10 MB，不小于 150×200 像素。",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={
            "required": "请先选择一张照片。",
            "empty": "这个文件是空的，请重新选择。",
            "missing": "请先选择一张照片。",
            "invalid": "文件没有传上来，请重新选择。",
        },
    )
    crop = forms.ChoiceField(
        label="裁成 3:4 时保留",
        help_text="照片太宽或太高时，多出的部分会裁掉。",
        choices=PhotoCrop.choices,
        initial=PhotoCrop.MIDDLE,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择保留哪一部分。", "invalid_choice": "请选择保留哪一部分。"},
    )


@access(SIGNED_IN, limit=OWN_FILES)
@require_GET
def picture(request: Request) -> HttpResponse:
    """The owner's own photo."""
    content = queries.read_photo(queries.photo_key_of(request.actor.person))
    if content is None:
        raise NotFound
    return HttpResponse(content, content_type="image/jpeg")


@access(SIGNED_IN, once=True)
@require_http_methods(["GET", "POST"])
def page(request: Request) -> HttpResponse:
    """The photo, and a form for another one."""
    form = PhotoForm(request.POST, request.FILES) if request.method == "POST" else PhotoForm()
    form = with_kept_input(request, form)
    error: ProductError | None = None
    if request.method == "POST":
        error = _refused(request, form)
        if error is None:
            messages.success(request, "照片已保存")
            return redirect("resume_photo_page")
    context = {"form": form, "photo": queries.my_photo(request.actor)}
    return form_page(request, f"{HERE}/photo.html", context, error)


def _refused(request: Request, form: PhotoForm) -> ProductError | None:
    """Save the photo. Return what was refused, as the form says it."""
    if not form.is_valid():
        return Invalid({})
    file, crop = form.cleaned_data["photo"], PhotoCrop(form.cleaned_data["crop"])
    try:
        actions.save_photo(request.actor, file=file, name=file.name, crop=crop)
    except Invalid as problem:
        form.add_error("photo", problem.fields["photo"])
        return problem
    except (RateLimited, Unavailable) as problem:
        form.add_error(None, problem.message)
        return problem
    return None


@access(SIGNED_IN, once=True)
@require_POST
def remove(request: Request) -> HttpResponse:
    """Remove the photo; the page offers undo."""
    actions.remove_photo(request.actor)
    return redirect("resume_photo_page")


@access(SIGNED_IN, once=True)
@require_POST
def restore(request: Request) -> HttpResponse:
    """Restore the photo removed a moment ago."""
    try:
        actions.restore_photo(request.actor)
    except Refused as problem:
        messages.error(request, problem.message)
    else:
        messages.success(request, "照片已恢复")
    return redirect("resume_photo_page")
