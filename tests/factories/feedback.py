"""Feedback, and the desk that answers it."""

from io import BytesIO
from typing import Any

from PIL import Image

from jiuye.domains.accounts.models import User
from jiuye.domains.feedback import actions
from jiuye.domains.feedback.actions import Sent
from jiuye.domains.feedback.models import Feedback
from jiuye.kernel.actor import Actor
from jiuye.kernel.ids import new_id
from tests.factories import accounts

TEXT = "搜索“焊工”时选了区县，翻到第三页就没有反应了。"


def sent(actor: Actor | None = None, **given: Any) -> Sent:
    """Somebody's feedback; without an actor a visitor's."""
    values = {"submission": new_id(), "category": "fault", "text": TEXT}
    return actions.submit(actor or Actor.anonymous("192.0.2.9"), **{**values, **given})


def row(number: str) -> Feedback:
    """What is stored of it now."""
    return Feedback.objects.get(number=number)


def desk(name: str = "客服小周") -> tuple[User, Actor]:
    """Somebody who answers feedback."""
    user = accounts.member(new_id(), "platform", "support", accounts.person(name))
    return user, accounts.staff_actor(user)


def picture(kind: str = "PNG") -> bytes:
    """A small picture."""
    out = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, kind)
    return out.getvalue()
