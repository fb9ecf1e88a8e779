"""`/control`: the page; `/control/{service}/switches`: the same as JSON (GET, PATCH, DELETE)."""

from flask import Blueprint, Response, abort, current_app, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from jiuye.sandbox.switches import Service

control = Blueprint("control", __name__, url_prefix="/control", template_folder="templates")


def _service(name: str) -> Service:
    service: Service | None = current_app.config["SERVICES"].get(name)
    if service is None:
        abort(404)
    return service


@control.get("")
def desk() -> str:
    """Every service with the current values of its switches."""
    services: list[Service] = list(current_app.config["SERVICES"].values())
    shown = [(service, service.values()) for service in services]
    return render_template("control/desk.html", services=shown, saved=request.args.get("saved"))


@control.post("/<name>")
def save(name: str) -> AnyResponse | tuple[str, int]:
    """Save the form of one service: an empty field is off."""
    service = _service(name)
    wanted: dict[str, object] = {}
    for switch in service.switches:
        typed = request.form.get(switch.name, "").strip() or "0"
        wanted[switch.name] = float(typed) if typed.replace(".", "", 1).isdecimal() else -1
    try:
        service.press(wanted)
    except ValueError:
        services: list[Service] = list(current_app.config["SERVICES"].values())
        shown = [(other, wanted if other is service else other.values()) for other in services]
        return render_template("control/desk.html", services=shown, refused=service.label), 400
    return redirect(url_for("control.desk", saved=service.label), 303)


@control.get("/<name>/switches")
def read(name: str) -> Response:
    """All switches of a service, 0 for off."""
    return jsonify(_service(name).values())


@control.patch("/<name>/switches")
def change(name: str) -> Response | tuple[Response, int]:
    """Set the switches named in the JSON body, leave the others."""
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        return jsonify(error="invalid", message="a JSON object is expected"), 400
    try:
        return jsonify(_service(name).press(body))
    except ValueError as problem:
        return jsonify(error="invalid", message=str(problem)), 400


@control.delete("/<name>/switches")
def release(name: str) -> Response:
    """Switch everything off."""
    return jsonify(_service(name).release())
