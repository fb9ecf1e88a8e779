"""Views and routes of a qualification in one portal."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jiuye.documents import authorisation_letter
from jiuye.domains.qualifications import actions, queries
from jiuye.domains.qualifications.queries import CaseView, ItemView, Waiting
from jiuye.domains.qualifications.requirements import Way
from jiuye.kernel.access import Requirement, access
from jiuye.kernel.errors import Invalid, NotFound, ProductError, RateLimited, Refused
from jiuye.kernel.http.request import Request
from jiuye.kernel.rate_limits import Limit
from jiuye.portals.downloads import as_download
from jiuye.portals.editing import version_of
from jiuye.portals.fragments import is_fragment
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.qualification import own_pages
from jiuye.portals.qualification.forms import ItemForm
from jiuye.portals.reading_limits import DRAWN, OWN_FILES

HERE = "portals/qualification/templates"


@dataclass(frozen=True)
class Desk:
    """The qualification in one portal. `name`: the prefix of routes and paths; `layout`: the portal's own.

    `reader` and `owner`: who sees it and who fills it in; both are open before approval.
    """

    name: str
    layout: str
    reader: Requirement
    owner: Requirement

    def routes(self) -> list[URLPattern]:
        """Return the routes: `{name}_qualification` and those with a suffix."""
        form = require_http_methods(["GET", "HEAD", "POST"])
        return [
            self._route("", "", require_safe(self.overview), self.reader),
            self._route("_history", "/history", require_safe(self.history), self.reader),
            self._route("_submit", "/submit", require_POST(self.submit), self.owner, once=True),
            self._route("_withdraw", "/withdraw", require_POST(self.withdraw), self.owner, once=True),
            self._route("_renew", "/renew", require_POST(self.renew), self.owner, once=True),
            self._route("_letter", "/letter.pdf", require_safe(self.letter), self.reader, limit=DRAWN),
            self._route("_item", "/<slug:kind>", form(self.item), self.owner),
            self._route("_files", "/<slug:kind>/files", form(self.files), self.owner, once=True),
            self._route("_prove", "/<slug:kind>/prove", require_POST(self.prove), self.owner, once=True),
            self._route("_confirm", "/<slug:kind>/confirm", require_POST(self.confirm), self.owner, once=True),
            self._route("_file_delete", "/files/<uuid:material_id>/delete", require_POST(self.delete_file), self.owner),
            self._route("_file_open", "/files/<uuid:material_id>/open", require_POST(self.open_file), self.owner),
            self._route("_file_page", "/pages/<str:token>", require_safe(self.file_page), self.owner, limit=OWN_FILES),
        ]

    def overview(self, request: Request) -> HttpResponse:
        """The state, what is missing, checks, decisions, and the next step."""
        return self._overview(request, {}, 200)

    def _overview(self, request: Request, faults: dict[str, str], status: int) -> HttpResponse:
        case = queries.find_own_case(request.actor)
        context = {
            "case": case,
            "faults": faults,
            "waiting": _waiting(case),
            "standing": case.standing if case else queries.standing_of(request.actor),
            "may_apply": request.actor.role == "owner",
        }
        return self._page(request, "overview.html", context, status)

    def history(self, request: Request) -> HttpResponse:
        """What was submitted and decided, and when."""
        context = {
            "decisions": queries.decisions_of(request.actor),
            "submissions": queries.submissions_of(request.actor),
        }
        return self._page(request, "history.html", context)

    def submit(self, request: Request) -> HttpResponse:
        """Submit, or show the overview with what is missing."""
        try:
            actions.submit(request.actor, version=version_of(request))
        except Invalid as problem:
            return self._overview(request, problem.fields, problem.status)
        except Refused as problem:
            messages.error(request, problem.message)
        else:
            messages.success(request, "已提交。审核有结果会通知您和本机构的其他管理员。")
        return self._back()

    def withdraw(self, request: Request) -> HttpResponse:
        """Take it back to change it."""
        actions.withdraw(request.actor)
        messages.success(request, "已撤回，可以修改后再提交。")
        return self._back()

    def renew(self, request: Request) -> HttpResponse:
        """Begin a renewal."""
        actions.open_renewal(request.actor)
        messages.success(request, "开始重新核验。没有变化的点“没有变化”，过期的换成新的。")
        return self._back()

    def letter(self, request: Request) -> HttpResponseBase:
        """The form of an authorisation letter, with the organisation's name and code."""
        case = queries.own_case(request.actor)
        content = authorisation_letter(case.organisation_name, case.credit_code)
        return as_download(content, name="单位授权书（范本）.pdf", content_type="application/pdf")

    def item(self, request: Request, kind: str) -> HttpResponse:
        """One item on one page: files, fields, what the machine found."""
        case = queries.own_case(request.actor)
        item = case.item(kind)
        way = item.requirement.way(request.POST.get("way") or request.GET.get("way") or item.way.code)
        form = with_kept_input(request, ItemForm(request.POST if request.method == "POST" else None, item))
        if request.method != "POST":
            return self._item(request, case, item, way, form)
        if fill := request.POST.get("fill", ""):
            return self._item(request, case, item, way, form.filled(fill))
        form.is_valid()
        faults = actions.save_item(request.actor, kind=kind, way=way.code, values=form.values())
        if not faults:
            messages.success(request, f"“{item.label}”已填好。")
            return self._onwards(request)
        form.blame(faults)
        case = queries.own_case(request.actor)
        return self._item(request, case, case.item(kind), way, form, faults, status=422)

    def files(self, request: Request, kind: str) -> HttpResponse:
        """POST: a file of an item. GET: the state of its files, for the page's polling."""
        fault = ""
        if request.method == "POST":
            fault = _added(request, kind)
            if not fault and not is_fragment(request):
                messages.success(request, "文件已收到并加密保存，正在检查。")
                return self._to_item(kind, request.POST.get("way", ""))
        case = queries.own_case(request.actor)
        item = case.item(kind)
        way = item.requirement.way(request.POST.get("way") or item.way.code)
        if is_fragment(request):
            context = {"item": item, "way": way, "fault": fault, "is_fragment": True, "form": ItemForm(None, item)}
            return self._page(request, "files.html", context)
        faults = {"files": fault} if fault else {}
        return self._item(request, case, item, way, ItemForm(None, item), faults, status=422 if fault else 200)

    def delete_file(self, request: Request, material_id: UUID) -> HttpResponse:
        """Delete a file; the form says of which item, to return there."""
        if not actions.delete_material(request.actor, material_id=material_id):
            raise NotFound
        messages.success(request, "文件已删除。")
        return self._to_item(request.POST.get("kind", ""), "")

    def open_file(self, request: Request, material_id: UUID) -> HttpResponse:
        """Show the pages of one's own file; the look is recorded."""
        items = queries.own_case(request.actor).items
        found = next(((item, one) for item in items for one in item.materials if one.id == material_id), None)
        if found is None:
            raise NotFound
        item, material = found
        try:
            pages = actions.open_own_material(request.actor, material_id=material_id)
        except Refused as problem:
            messages.error(request, problem.message)
            return self._to_item(item.kind, "")
        route = f"{self.name}_qualification_file_page"
        pictures = own_pages.links(request.actor, route=route, material_id=material_id, pages=pages)
        return self._page(request, "own_pages.html", {"item": item, "material": material, "pictures": pictures})

    def file_page(self, request: Request, token: str) -> HttpResponse:
        """One page as a picture with the viewer's watermark."""
        return own_pages.picture(request, token, again=reverse(f"{self.name}_qualification"))

    def prove(self, request: Request, kind: str) -> HttpResponse:
        """Prove an item without a file: the handler by their real name, the employment by the authority."""
        if kind == "employment":
            return self._act(
                request, kind, lambda: actions.prove_employment(request.actor, has_consented="consent" in request.POST)
            )
        return self._act(request, kind, lambda: actions.prove_handler(request.actor))

    def confirm(self, request: Request, kind: str) -> HttpResponse:
        """In a renewal: nothing has changed here."""
        return self._act(request, kind, lambda: actions.confirm_item(request.actor, kind=kind))

    def _act(self, request: Request, kind: str, act: Callable[[], None]) -> HttpResponse:
        """Do it and go on to the next item, or show the item with what is wrong."""
        try:
            act()
        except (Invalid, Refused) as problem:
            case = queries.own_case(request.actor)
            item = case.item(kind)
            fault = next(iter(problem.fields.values())) if isinstance(problem, Invalid) else problem.message
            way = item.requirement.way(request.POST.get("way", item.way.code))
            return self._item(request, case, item, way, ItemForm(None, item), {"way": fault}, status=problem.status)
        return self._onwards(request)

    def _item(
        self,
        request: Request,
        case: CaseView,
        item: ItemView,
        way: Way,
        form: ItemForm,
        faults: dict[str, str] | None = None,
        *,
        status: int = 200,
    ) -> HttpResponse:
        kinds = [one.kind for one in case.items]
        context = {
            "case": case,
            "item": item,
            "way": way,
            "form": form,
            "faults": faults or {},
            "fault": (faults or {}).get("files", "") if request.method == "POST" else "",
            "number": kinds.index(item.kind) + 1,
            "is_fragment": False,
        }
        return self._page(request, "item.html", context, status)

    def _page(self, request: Request, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        context |= {"layout": self.layout, "portal": self.name}
        return render(request, f"{HERE}/{template}", context, status=status)

    def _onwards(self, request: Request) -> HttpResponse:
        """Go to the next item that lacks something, or to the overview."""
        following = queries.own_case(request.actor).next_item
        return self._to_item(following.kind, "") if following else self._back()

    def _to_item(self, kind: str, way: str) -> HttpResponse:
        if not kind:
            return self._back()
        target = reverse(f"{self.name}_qualification_item", args=[kind])
        return HttpResponseRedirect(f"{target}?way={way}" if way else target, status=303)

    def _back(self) -> HttpResponse:
        return HttpResponseRedirect(reverse(f"{self.name}_qualification"), status=303)

    def _route(
        self,
        suffix: str,
        where: str,
        view: Callable[..., HttpResponseBase],
        requirement: Requirement,
        *,
        once: bool = False,
        limit: Limit | None = None,
    ) -> URLPattern:
        guarded = access(requirement, once=once, limit=limit)(view)
        return path(f"{self.name}/qualification{where}", guarded, name=f"{self.name}_qualification{suffix}")


def _waiting(case: CaseView | None) -> Waiting | None:
    """Return the place in the queue of a case that waits."""
    if case is None or case.submitted_at is None or case.state not in ("submitted", "second_look"):
        return None
    return queries.waiting(case.id, case.submitted_at)


def _added(request: Request, kind: str) -> str:
    """Add the file that was sent, taken by the camera or chosen. Return what is wrong with it; "" if it was taken in."""
    sent = [one for name in ("camera", "file") for one in request.FILES.getlist(name)]
    if not sent:
        return "请先拍照或选择文件。"
    try:
        for one in sent:
            actions.add_material(
                request.actor, kind=kind, way=request.POST.get("way", ""), file=one, name=one.name or ""
            )
    except Invalid as problem:
        return next(iter(problem.fields.values()))
    except RateLimited as problem:
        if not is_fragment(request):
            raise
        return problem.message
    except ProductError as problem:
        return problem.message
    return ""
