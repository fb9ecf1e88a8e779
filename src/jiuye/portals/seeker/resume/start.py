"""The guided start: a resume in four short steps on a phone. Each step saves; leaving loses nothing."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from jiuye.domains.jobs import queries as jobs
from jiuye.domains.resumes import actions, queries
from jiuye.domains.resumes.queries import ResumeView
from jiuye.domains.verification.states import CheckKind
from jiuye.kernel.access import SIGNED_IN, access
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.http.request import Request
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.seeker.login.entry import safe_target
from jiuye.portals.seeker.resume import start_found
from jiuye.portals.seeker.resume.files import address
from jiuye.portals.seeker.resume.form_saving import attempt, warning_of
from jiuye.portals.seeker.resume.start_forms import AboutForm, SchoolForm, WishForm, WorkForm

HERE = "portals/seeker/resume/templates"
JOB = re.compile(r"^/jobs/([0-9a-f-]{36})(?:/apply)?(?:\?|$)")


@dataclass(frozen=True, slots=True)
class Step:
    """One group of questions on its own page."""

    key: str
    title: str
    short: str
    form: Callable[..., Any]
    initial: Callable[[ResumeView, jobs.PostingForApplication | None], dict[str, Any]]
    save: Callable[[Actor, ResumeView, Any, str], None]
    is_done: Callable[[ResumeView], bool]


def _save_wish(actor: Actor, view: ResumeView, form: WishForm, _: str) -> None:
    wish = view.intentions[0] if view.intentions else None
    actions.save_section(actor, entry=form.entry(wish), section_id=wish.id if wish else None)


def _save_about(actor: Actor, view: ResumeView, form: AboutForm, _: str) -> None:
    actions.change_basics(actor, changes=form.cleaned_data)


def _save_work(actor: Actor, view: ResumeView, form: WorkForm, description: str) -> None:
    job = view.employments[0] if view.employments else None
    years = form.experience_years(view.experience_years)
    if years != view.experience_years:
        actions.change_basics(actor, changes={"experience_years": years})
    entry = form.entry(job)
    if entry and not job:
        entry = replace(entry, description=description)
    if entry:
        actions.save_section(actor, entry=entry, section_id=job.id if job else None)


def _save_school(actor: Actor, view: ResumeView, form: SchoolForm, _: str) -> None:
    one = view.educations[0] if view.educations else None
    entry = form.entry(one)
    if entry:
        actions.save_section(actor, entry=entry, section_id=one.id if one else None)
    level = form.cleaned_data["level"]
    if level != (view.education.code if view.education else ""):
        actions.change_basics(actor, changes={"education": level})


STEPS = (
    Step(
        "wish",
        "想找什么工作，在哪里？",
        "想找的工作",
        WishForm,
        lambda view, job: WishForm.initial_of(view, job.title if job else ""),
        _save_wish,
        lambda view: bool(view.intentions),
    ),
    Step(
        "about",
        "怎么称呼您？",
        "姓名",
        AboutForm,
        lambda view, job: AboutForm.initial_of(view),
        _save_about,
        lambda view: bool(view.name),
    ),
    Step(
        "work",
        "做过什么工作？",
        "工作经历",
        WorkForm,
        lambda view, job: WorkForm.initial_of(view),
        _save_work,
        lambda view: bool(view.employments) or view.experience_years is not None,
    ),
    Step(
        "education",
        "最高学历是什么？",
        "学历",
        SchoolForm,
        lambda view, job: SchoolForm.initial_of(view),
        _save_school,
        lambda view: bool(view.educations or view.education),
    ),
)
KEYS = tuple(step.key for step in STEPS)


def _beside(place: int, target: str) -> str:
    """Return the URL of the step at this position; after the last one, of the end."""
    return address("resume_start_step", target, KEYS[place]) if place < len(KEYS) else address("resume_started", target)


def _job_of(target: str) -> jobs.PostingForApplication | None:
    """Return the job that the person came from, while it is open."""
    found = JOB.match(target)
    try:
        return jobs.to_apply(UUID(found.group(1))) if found else None
    except (NotFound, ValueError):
        return None


@access(SIGNED_IN)
@require_GET
def begin(request: Request) -> HttpResponse:
    """Redirect to the first step that is not done."""
    target = safe_target(request.GET.get("next", ""))
    view = queries.my_resume(request.actor)
    place = next((place for place, one in enumerate(STEPS) if not one.is_done(view)), len(STEPS))
    return HttpResponseRedirect(_beside(place, target))


@access(SIGNED_IN, once=True)
@require_http_methods(["GET", "POST"])
def step(request: Request, key: str) -> HttpResponse:
    """One step, prefilled; submitted, it leads to the next or the previous one."""
    target = safe_target(request.GET.get("next", ""))
    place = KEYS.index(key)
    here = STEPS[place]
    view = queries.my_resume(request.actor)
    job = _job_of(target)
    found = queries.found_in_file(request.actor)
    read = start_found.initial_of(key, found, view)
    form = here.form(request.POST if request.method == "POST" else None, initial=here.initial(view, job) | read)
    form = with_kept_input(request, form)
    is_back = request.POST.get("go") == "back" and place > 0
    if request.method == "POST":
        # Going back saves like going on; an unchanged page is not saved.
        if is_back and not form.has_changed():
            return HttpResponseRedirect(_beside(place - 1, target))
        if attempt(form, lambda: here.save(request.actor, view, form, start_found.description_of(key, found, form))):
            start_found.settle(request.actor, key, found)
            return HttpResponseRedirect(_beside(place - 1 if is_back else place + 1, target))
    context = {
        "step": here,
        "steps": STEPS,
        "place": place,
        "form": form,
        "resume": view,
        "job": job,
        "found": bool(read),
        "upload": address("resume_file", target),
        "card": _card_offer(request, target) if place == 0 else "",
        "warning": _warning(request, key, view),
        "skip": _beside(place + 1, target),
        "back": _beside(place - 1, target) if place else "",
    }
    return render(request, f"{HERE}/start.html", context, status=422 if form.errors else 200)


def _card_offer(request: Request, target: str) -> str:
    """Return where the card can fill in missing data; "" if there is nothing to fill in."""
    offers = queries.prefill_offers(request.actor) or []
    if not any(offer.is_empty for offer in offers):
        return ""
    return address("resume_prefill", address("resume_start_step", target, KEYS[0]))


def _warning(request: Request, key: str, view: ResumeView) -> str:
    if key == "about":
        return warning_of(request.actor.person, CheckKind.IDENTITY)
    if key == "work" and view.employments:
        return warning_of(view.employments[0].id, CheckKind.EMPLOYMENT)
    if key == "education" and view.educations:
        return warning_of(view.educations[0].id, CheckKind.EDUCATION)
    return ""


@access(SIGNED_IN)
@require_GET
def done(request: Request) -> HttpResponse:
    """The end: completeness, a preview, and the link back."""
    target = safe_target(request.GET.get("next", ""))
    view = queries.my_resume(request.actor)
    context = {
        "resume": queries.mask(view),
        "completeness": view.completeness,
        "hints": queries.completeness_hints(view),
        "missing": queries.is_ready_to_apply(request.actor.person),
        "undone": next((_beside(place, target) for place, one in enumerate(STEPS[:2]) if not one.is_done(view)), ""),
        "target": target,
        "job": _job_of(target),
        "back": _beside(len(STEPS) - 1, target),
        "search": f"{reverse('jobs')}?{urlencode(_search(view))}",
    }
    return render(request, f"{HERE}/started.html", context)


def _search(view: ResumeView) -> dict[str, str]:
    """Return the first job intention as a search."""
    wish = view.intentions[0] if view.intentions else None
    if wish is None:
        return {}
    return {"q": wish.title, **({"region": wish.region.code} if wish.region else {})}
