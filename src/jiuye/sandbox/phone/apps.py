"""The phone's screens: home with the card, partner apps, the authenticator."""

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from jiuye.sandbox import guard, numbers, people
from jiuye.sandbox.authority import insurances
from jiuye.sandbox.essc import grants
from jiuye.sandbox.phone import authenticator, chosen, partners
from jiuye.sandbox.sms import messages
from jiuye.sandbox.store import store

apps = Blueprint("apps", __name__, template_folder="templates")


def _owned(number: str) -> str:
    """Return the number if it is one. Raise NotFound."""
    if numbers.national(number) != number:
        abort(404)
    return number


@apps.get("/phone/<number>/home")
def home(number: str) -> AnyResponse:
    """The home screen; this browser now holds the phone."""
    holder = people.by_phone(_owned(number))
    consented = bool(holder and grants.has_consented(current_app.config["ESSC_CLIENT_ID"], number))
    with store().open() as database:
        insured = holder.employments + insurances.added(database, holder.id_number) if holder else ()
    page = render_template(
        "phone/home.html",
        insured=insured,
        number=number,
        holder=holder,
        consented=consented,
        received=len(messages.inbox(number)),
        partners=partners.PARTNERS,
    )
    return chosen.remember(make_response(page), number)


@apps.post("/phone/<number>/consents/withdraw")
def withdraw(number: str) -> AnyResponse:
    """取消授权: the next sign-in by card asks again."""
    grants.withdraw_consent(_owned(number))
    return redirect(url_for("apps.home", number=number), 303)


@apps.get("/apps/<code>")
def partner_app(code: str) -> AnyResponse:
    """The platform inside a partner app on this phone."""
    app = partners.find(code)
    if app is None:
        abort(404)
    entry = f"{current_app.config['SITE']}/sso/essc?channel={app.code}"
    page = render_template("phone/app.html", app=app, entry=entry, number=chosen.number(), holder=chosen.holder())
    response = make_response(page)
    response.headers["Content-Security-Policy"] = guard.policy(shows=current_app.config["SITE"])
    return response


@apps.get("/phone/<number>/authenticator")
def authenticator_page(number: str) -> AnyResponse:
    """The current codes, and the form for another account."""
    return _authenticator(_owned(number))


def _authenticator(number: str, fault: str = "") -> AnyResponse:
    shown = authenticator.accounts(number)
    page = render_template("phone/authenticator.html", number=number, accounts=shown, fault=fault, typed=request.form)
    return chosen.remember(make_response(page), number)


@apps.get("/phone/<number>/authenticator/codes")
def authenticator_fragment(number: str) -> str:
    """Only the codes, for the page's refresh."""
    shown = authenticator.accounts(_owned(number))
    return render_template("phone/codes.html", number=number, accounts=shown)


@apps.get("/phone/<number>/authenticator.json")
def authenticator_json(number: str) -> Response:
    """The codes as JSON for tests. `next_code` is the code of the period after this one."""
    return jsonify(accounts=[_told(account) for account in authenticator.accounts(_owned(number))])


def _told(account: authenticator.Account) -> dict[str, object]:
    return {
        "id": account.id,
        "issuer": account.issuer,
        "name": account.name,
        "code": account.code,
        "next_code": account.next_code,
        "seconds_left": account.seconds_left,
    }


@apps.post("/phone/<number>/authenticator")
def add_account(number: str) -> AnyResponse | tuple[AnyResponse, int]:
    """Add an account: a form, or JSON `{"uri": "otpauth://…"}` or `{"secret": …, "name": …}`, answered 201 with the account."""
    body = request.get_json() if request.is_json else request.form
    if not hasattr(body, "get"):
        abort(400)
    wanted = {name: str(body.get(name) or "") for name in ("uri", "secret", "name")}
    try:
        account = authenticator.add(_owned(number), **wanted)
    except ValueError as fault:
        if request.is_json:
            return jsonify(error="invalid", message=str(fault)), 400
        return _authenticator(number, str(fault)), 400
    if request.is_json:
        return jsonify(_told(account)), 201
    return redirect(url_for("apps.authenticator_page", number=number), 303)


@apps.post("/phone/<number>/authenticator/<account_id>/remove")
def remove_account(number: str, account_id: str) -> AnyResponse:
    """Remove an account from the app."""
    authenticator.remove(_owned(number), account_id)
    return redirect(url_for("apps.authenticator_page", number=number), 303)


# JSON only, for tests and scripts.


@apps.get("/phone/<number>/card.json")
def card_json(number: str) -> Response:
    """The card in the phone: what the platform learns of its holder."""
    holder = people.by_phone(_owned(number))
    if holder is None:
        abort(404)
    known = {"subject": holder.subject, "name": holder.name, "id_number": holder.id_number, "phone": holder.phone}
    return jsonify(**known, region=holder.region, level=holder.level)
