"""The owner's attachments: add, download, rename, remove and restore."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiuye.domains.resumes import actions, queries
from jiuye.kernel.access import SIGNED_IN, access
from jiuye.kernel.errors import Invalid, ProductError, RateLimited, Refused, Unavailable
from jiuye.kernel.http.request import Request
from jiuye.portals.downloads import as_download
from jiuye.portals.errors import form_page
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.reading_limits import OWN_FILES

HERE = "portals/seeker/resume/templates"


class AttachmentForm(forms.Form):
    """A file, and its name."""

    file = forms.FileField(
        label="选择文件",
        help_text="PDF、JPG、PNG 或 WebP，每个不超过 10 MB，PDF 不超过 50 页。",
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png,image/webp"}),
        error_messages={
            "required": "请先选择一个文件。",
            "empty": "这个文件是空的，请重新选择。",
            "missing": "请先选择一个文件。",
            "invalid": "文件没有传上来，请重新选择。",
        },
    )
    name = forms.CharField(
        label="名称",
        required=False,
        help_text="对方会看到，例如“焊工证”“作品集”。不填就用文件原来的名称。",
        max_length=queries.LONGEST_ATTACHMENT_NAME,
        error_messages={"max_length": f"名称最多 {queries.LONGEST_ATTACHMENT_NAME} 个字，请缩短一些。"},
    )


class NameForm(forms.Form):
    """An attachment's name."""

    name = forms.CharField(
        label="名称",
        help_text="对方会看到。已经发出的投递里名称不变。",
        max_length=queries.LONGEST_ATTACHMENT_NAME,
        error_messages={
            "required": "请填写名称，例如“焊工证”“作品集”。",
            "max_length": f"名称最多 {queries.LONGEST_ATTACHMENT_NAME} 个字，请缩短一些。",
        },
    )


@access(SIGNED_IN, once=True)
@require_http_methods(["GET", "POST"])
def page(request: Request) -> HttpResponse:
    """All attachments, and a form for another one."""
    form = AttachmentForm(request.POST, request.FILES) if request.method == "POST" else AttachmentForm()
    form = with_kept_input(request, form)
    error: ProductError | None = None
    if request.method == "POST":
        error = _refused(request, form)
        if error is None:
            messages.success(request, "附件已上传")
            return redirect("resume_attachments")
    context = {"form": form, "files": queries.my_attachments(request.actor), "most": queries.MOST_ATTACHMENTS}
    return form_page(request, f"{HERE}/attachments.html", context, error)


def _refused(request: Request, form: AttachmentForm) -> ProductError | None:
    """Add the file. Return what was refused, as the form says it."""
    if not form.is_valid():
        return Invalid({})
    file = form.cleaned_data["file"]
    try:
        actions.add_attachment(request.actor, file=file, name=file.name, title=form.cleaned_data["name"])
    except Invalid as problem:
        for field, message in problem.fields.items():
            form.add_error(field, message)
        return problem
    except (Refused, RateLimited, Unavailable) as problem:
        form.add_error(None, problem.message)
        return problem
    return None


@access(SIGNED_IN, limit=OWN_FILES)
@require_GET
def download(request: Request, attachment_id: UUID) -> HttpResponseBase:
    """The owner's own file."""
    file = queries.read_my_attachment(request.actor, attachment_id)
    return as_download(file.content, name=file.name, content_type=file.content_type)


@access(SIGNED_IN, once=True)
@require_http_methods(["GET", "POST"])
def rename(request: Request, attachment_id: UUID) -> HttpResponse:
    """Rename it."""
    file = queries.my_attachment(request.actor, attachment_id)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": file.stem})
    form = with_kept_input(request, form)
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename_attachment(request.actor, attachment_id=attachment_id, title=form.cleaned_data["name"])
        except Invalid as problem:
            form.add_error("name", problem.fields["name"])
        else:
            messages.success(request, "名称已修改")
            return redirect("resume_attachments")
    return render(request, f"{HERE}/attachment.html", {"form": form, "file": file}, status=422 if form.errors else 200)


@access(SIGNED_IN, once=True)
@require_POST
def remove(request: Request, attachment_id: UUID) -> HttpResponse:
    """Remove it from the resume; the page offers undo."""
    actions.remove_attachment(request.actor, attachment_id=attachment_id)
    return redirect("resume_attachments")


@access(SIGNED_IN, once=True)
@require_POST
def restore(request: Request, attachment_id: UUID) -> HttpResponse:
    """Restore a file removed a moment ago."""
    try:
        actions.restore_attachment(request.actor, attachment_id=attachment_id)
    except Refused as problem:
        messages.error(request, problem.message)
    else:
        messages.success(request, "附件已恢复")
    return redirect("resume_attachments")
