"""`/essc/authorize`: the card app asks for the holder's consent, once per website."""

from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from jiuye.sandbox import guard, people
from jiuye.sandbox.essc import authorization_request, grants
from jiuye.sandbox.essc.service import misbehave_visibly
from jiuye.sandbox.people import Person
from jiuye.sandbox.phone import chosen, partners
from jiuye.sandbox.store import store

card = Blueprint("card", __name__, url_prefix="/essc", template_folder="templates")
card.before_request(misbehave_visibly)

Page = AnyResponse | str | tuple[str, int]


@card.after_request
def let_answers_reach_the_site(response: Response) -> Response:
    """Allow these pages in the simulator's frames, and their forms to redirect to the website that asked."""
    response.headers["Content-Security-Policy"] = guard.policy(
        forms_lead_to=current_app.config["SITE"], shown_by="'self'"
    )
    return response


@card.context_processor
def say_where() -> dict[str, bool]:
    """Give the pages the partner app whose frame they are shown in."""
    return {"is_framed": request.headers.get("Sec-Fetch-Dest") == "iframe"}


@card.errorhandler(authorization_request.Unredirectable)
def tell_person(fault: authorization_request.Unredirectable) -> tuple[str, int]:
    return render_template("essc/unknown_website.html", parameter=str(fault)), 400


@card.errorhandler(authorization_request.Faulty)
def tell_client(fault: authorization_request.Faulty) -> AnyResponse:
    return redirect(fault.url, 303)


@card.get("/authorize")
def authorize() -> Page:
    """Redirect back at once if the holder agreed before; else ask for the phone, then for consent."""
    wanted = authorization_request.read(request.args)
    holder = chosen.holder()
    silent = "none" in wanted.prompts
    if holder is None or wanted.prompts & {"login", "select_account"}:
        return redirect(wanted.answer(error="login_required"), 303) if silent else _choose(wanted)
    if "consent" not in wanted.prompts and grants.has_consented(wanted.client.id, holder.phone):
        return _approve(wanted, holder)
    return redirect(wanted.answer(error="consent_required"), 303) if silent else _ask(wanted, holder)


@card.post("/authorize")
def authorize_by_form() -> AnyResponse:
    """The same request sent as a form, which every provider must accept (OpenID Connect Core §3.1.2.1)."""
    return redirect(f"{url_for('card.authorize')}?{urlencode(list(request.form.items(multi=True)))}", 303)


@card.post("/authorize/phone")
def take_phone() -> Page:
    """Choose the phone; the request continues."""
    wanted = authorization_request.read(request.args)
    holder = chosen.picked()
    if holder is None:
        return _choose(wanted, fault=True), 400
    return chosen.remember(redirect(_same_question("card.authorize", prompt=""), 303), holder.phone)


@card.post("/authorize/answer")
def take_answer() -> Page:
    """同意 or 拒绝."""
    wanted = authorization_request.read(request.args)
    holder = chosen.holder()
    if holder is None:
        return _choose(wanted)
    if request.form.get("answer") != "agree":
        return redirect(wanted.refused(), 303)
    return _approve(wanted, holder)


def _approve(wanted: authorization_request.Asking, holder: Person) -> AnyResponse:
    with store().writing() as database:
        code = grants.issue_code(database, wanted.grant(holder.phone))
    return redirect(wanted.answer(code=code), 303)


def _same_question(endpoint: str, **changes: str) -> str:
    """Return the URL of another step of this request, with its query."""
    return f"{url_for(endpoint)}?{urlencode({**request.args.to_dict(), **changes})}"


def _choose(wanted: authorization_request.Asking, *, fault: bool = False) -> str:
    return render_template(
        "essc/whose_phone.html",
        people=people.everyone(),
        typed=request.form.get("typed", "") if fault else "",
        fault=fault,
        app=partners.find(wanted.channel),
        action=_same_question("card.take_phone"),
    )


def _ask(wanted: authorization_request.Asking, holder: Person) -> str:
    return render_template(
        "essc/consent.html",
        holder=holder,
        client=wanted.client,
        app=partners.find(wanted.channel),
        action=_same_question("card.take_answer"),
        another=_same_question("card.authorize", prompt="select_account"),
    )
