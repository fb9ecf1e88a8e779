"""Puts the simulated services together into one Flask application."""

from pathlib import Path

from flask import Flask, Response, jsonify

from jiuye.sandbox import guard, journal, numbers, switches
from jiuye.sandbox.control.pages import control
from jiuye.sandbox.phone.pages import phone
from jiuye.sandbox.sms import messages
from jiuye.sandbox.sms.gateway import SMS, sms
from jiuye.sandbox.store import Store

HERE = Path(__file__).parent
SERVICES = (SMS,)
LARGEST_REQUEST = 64 * 1024


def build(data: Path, *, sms_token: str) -> Flask:
    """The WSGI application, its state in `data`. Raises OSError when that folder cannot be used."""
    app = Flask(
        "jiuye.sandbox",
        root_path=str(HERE),
        static_folder=str(HERE / "design" / "static"),
        template_folder=str(HERE / "design" / "templates"),
    )
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_REQUEST, SMS_TOKEN=sms_token, SERVICES={s.name: s for s in SERVICES})
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.extensions["store"] = Store(data, (switches.SCHEMA, messages.SCHEMA))
    app.jinja_env.filters["grouped"] = numbers.grouped
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    journal.install(app)
    guard.install(app)
    for blueprint in (sms, phone, control):
        app.register_blueprint(blueprint)

    @app.get("/livez")
    def livez() -> Response:
        return jsonify(status="ok")

    return app
