"""The gateway's delivery receipts."""

from flask import Flask
from flask.testing import FlaskClient

from tests.sandbox.conftest import Clock
from tests.sandbox.receiving import Site, tell
from tests.sandbox.sending import press, send


def test_a_delivered_message_is_told(visitor: FlaskClient, world: Flask, site: Site) -> None:
    provider_id = send(visitor).get_json()["provider_id"]
    tell(world)

    (heard,) = site.heard
    assert heard.path == "/callbacks/sms-receipts"
    assert {"message_id": "m-1", "provider_id": provider_id, "status": "delivered"}.items() <= heard.told.items()


def test_a_failed_one_too(visitor: FlaskClient, world: Flask, site: Site) -> None:
    press(visitor, fail=1)
    send(visitor)
    tell(world)

    assert [heard.told["status"] for heard in site.heard] == ["failed"]


def test_a_delayed_one_when_it_is_due(visitor: FlaskClient, world: Flask, site: Site, clock: Clock) -> None:
    press(visitor, delay=30)
    send(visitor)
    assert tell(world) == 0

    clock.forward(31)
    assert tell(world) == 1


def test_a_duplicated_one_twice(visitor: FlaskClient, world: Flask, site: Site) -> None:
    press(visitor, duplicate=1)
    send(visitor)
    tell(world)

    assert [heard.told["message_id"] for heard in site.heard] == ["m-1", "m-1"]


def test_the_same_message_handed_over_again_is_told_once(visitor: FlaskClient, world: Flask) -> None:
    send(visitor)
    send(visitor)

    assert tell(world) == 1


def test_lost_receipts_are_never_told(visitor: FlaskClient, world: Flask) -> None:
    press(visitor, lose_receipts=1)
    send(visitor)

    assert tell(world) == 0
