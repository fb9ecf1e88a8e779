"""Requests to the authority, as the product sends them."""

import json
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from jiuye.sandbox import people, signatures
from tests.factories.sandbox import AUTHORITY_KEY

CALLBACK_PATH = "/callbacks/authority"


def id_number_of(name: str) -> str:
    """The ID number of a named person of the sandbox."""
    return next(person.id_number for person in people.everyone() if person.name == name)


def question(world: Flask, request_id: str = "r-1", **changes: Any) -> dict[str, Any]:
    """Does 林知夏 work where she says? As JSON."""
    usual = {
        "request_id": request_id,
        "kind": "employment",
        "name": "林知夏",
        "id_number": id_number_of("林知夏"),
        "claims": {"employer": "杭州澄岸智软件技术有限公司", "start": "2022-07", "end": ""},
        "callback_url": world.config["SITE"] + CALLBACK_PATH,
    }
    return {**usual, **changes}


def ask(client: FlaskClient, body: dict[str, Any], key: str = AUTHORITY_KEY) -> TestResponse:
    """POST the request, signed."""
    content = json.dumps(body).encode()
    headers = signatures.sign(key, "POST", "/authority/requests", content)
    return client.post("/authority/requests", data=content, headers=headers, content_type="application/json")


def fetch(client: FlaskClient, request_id: str = "r-1") -> TestResponse:
    """GET the answer, signed."""
    path = f"/authority/requests/{request_id}"
    return client.get(path, headers=signatures.sign(AUTHORITY_KEY, "GET", path, b""))


def press(client: FlaskClient, **switches: float) -> TestResponse:
    """Set a switch."""
    return client.patch("/control/authority/switches", json=switches)
