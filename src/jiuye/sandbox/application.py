"""Builds one Flask application from the simulated services."""

from dataclasses import dataclass
from pathlib import Path
from typing import cast

from flask import Flask, Response, jsonify
from flask.json.provider import DefaultJSONProvider

from jiuye.sandbox import callbacks, guard, journal, numbers, signatures, switches
from jiuye.sandbox.authority import insurances, requests
from jiuye.sandbox.authority.office import AUTHORITY, authority
from jiuye.sandbox.control.pages import control
from jiuye.sandbox.essc import grants, keys, qr_requests
from jiuye.sandbox.essc.authorize import card
from jiuye.sandbox.essc.hooks import hooks
from jiuye.sandbox.essc.provider import essc
from jiuye.sandbox.essc.qr_api import qr_api
from jiuye.sandbox.essc.scanning import scanning
from jiuye.sandbox.essc.service import ESSC
from jiuye.sandbox.phone import authenticator
from jiuye.sandbox.phone.apps import apps
from jiuye.sandbox.phone.pages import phone
from jiuye.sandbox.registers import entries, lookups
from jiuye.sandbox.registers.desk import desk
from jiuye.sandbox.registers.office import SERVICES as REGISTERS
from jiuye.sandbox.registers.office import office
from jiuye.sandbox.sms import messages
from jiuye.sandbox.sms.gateway import SMS, sms
from jiuye.sandbox.store import Store

HERE = Path(__file__).parent
SERVICES = (SMS, ESSC, AUTHORITY, *REGISTERS)
SCHEMAS = (
    switches.SCHEMA,
    messages.SCHEMA,
    signatures.SCHEMA,
    callbacks.SCHEMA,
    requests.SCHEMA,
    insurances.SCHEMA,
    keys.SCHEMA,
    grants.SCHEMA,
    qr_requests.SCHEMA,
    authenticator.SCHEMA,
    entries.SCHEMA,
    lookups.SCHEMA,
)
LARGEST_REQUEST = 64 * 1024


@dataclass(frozen=True, slots=True)
class Agreed:
    """Configuration shared between the sandbox and the product: the product's URL and the shared secrets.

    `site` is the product's origin: callbacks go to no other. Receipts and answers are signed with the two keys.
    """

    site: str = "http://127.0.0.1:8000"
    sms_token: str = "sandbox-sms-token"  # noqa: S105 (known to everyone, refused by the product in production)
    sms_receipt_key: str = "sandbox-sms-receipt-key"
    authority_key: str = "sandbox-authority-key"
    essc_client_id: str = "jiuye-online"
    essc_client_secret: str = "sandbox-essc-secret"  # noqa: S105
    registers_key: str = "sandbox-registers-key"


def build(data: Path, *, agreed: Agreed) -> Flask:
    """Return the WSGI application with its state in `data`. Raise OSError if that folder cannot be used."""
    app = Flask(
        "jiuye.sandbox",
        root_path=str(HERE),
        static_folder=str(HERE / "design" / "static"),
        template_folder=str(HERE / "design" / "templates"),
    )
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        SITE=agreed.site.rstrip("/"),
        SMS_TOKEN=agreed.sms_token,
        CALLBACK_KEYS={SMS.name: agreed.sms_receipt_key, AUTHORITY.name: agreed.authority_key},
        REGISTERS_KEY=agreed.registers_key,
        ESSC_CLIENT_ID=agreed.essc_client_id,
        ESSC_CLIENT_SECRET=agreed.essc_client_secret,
        SERVICES={s.name: s for s in SERVICES},
    )
    cast(DefaultJSONProvider, app.json).ensure_ascii = False
    app.extensions["store"] = Store(data, SCHEMAS)
    app.jinja_env.filters["grouped"] = numbers.grouped
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    journal.install(app)
    guard.install(app, open_to_websites=frozenset({"card.authorize_by_form"}))
    for blueprint in (sms, authority, essc, qr_api, card, scanning, hooks, phone, apps, control, office, desk):
        app.register_blueprint(blueprint)

    @app.get("/livez")
    def livez() -> Response:
        return jsonify(status="ok")

    return app
