"""Photographed licences are read by a job of its own, where the installation can read pictures; the handler's pictures never."""

from dataclasses import dataclass, field
from io import BytesIO

import orjson
import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from jiuye.domains.qualifications import actions
from jiuye.domains.qualifications.models import Material
from jiuye.domains.qualifications.requirements import PORTRAIT
from jiuye.domains.qualifications.states import ItemKind
from jiuye.kernel.actor import Actor
from jiuye.kernel.uploads import Clean
from jiuye.ports import inspection
from jiuye.ports.inspection import Inspection, Page, Suggestion
from tests.factories import documents, qualifications
from tests.factories.portraits import picture

pytestmark = pytest.mark.django_db


@dataclass
class Inspector:
    """Opens everything as a photo of one page, and reads a credit code in it."""

    reads_pictures: bool = True
    read: list[bytes] = field(default_factory=list)

    def inspect(self, content: bytes, *, name: str) -> Inspection:
        return Inspection("jpeg", Clean(content, "image/jpeg", ".jpg", name), 1, (Page(content, 9, 9),))

    def read_picture(self, content: bytes) -> tuple[Suggestion, ...]:
        self.read.append(content)
        return (Suggestion("credit_code", documents.CODE, "picture"),)


@pytest.fixture
def inspector(monkeypatch: pytest.MonkeyPatch) -> Inspector:
    made = Inspector()
    monkeypatch.setattr(inspection, "get", lambda: made)
    return made


def opened(kind: str = ItemKind.BUSINESS_LICENCE, way: str = "file") -> Material:
    owner = qualifications.registered()
    material_id = actions.add_material(owner, kind=kind, way=way, file=BytesIO(picture()), name="执照.jpg")
    actions.inspect_material(Actor.system(), material_id=material_id)
    return Material.objects.get(pk=material_id)


def jobs() -> list[tuple[str, str]]:
    return list(ProcrastinateJob.objects.filter(task_name=actions.READING_TASK).values_list("queue_name", "lock"))


def test_a_photographed_licence_is_read_one_at_a_time(inspector: Inspector) -> None:
    opened()
    assert jobs() == [("recognition", "recognition")]


def test_what_was_read_is_suggested_once_as_read_from_a_picture(inspector: Inspector) -> None:
    material = opened()
    for _ in range(2):
        actions.read_picture(Actor.system(), material_id=material.id)
    material.refresh_from_db()
    assert orjson.loads(material.findings)["suggestions"] == [
        {"name": "credit_code", "value": documents.CODE, "source": "picture"}
    ]


def test_without_the_extra_nothing_is_read(inspector: Inspector) -> None:
    inspector.reads_pictures = False
    opened()
    assert jobs() == []


def test_the_handlers_picture_is_never_read(inspector: Inspector) -> None:
    opened(ItemKind.HANDLER_IDENTITY, PORTRAIT.code)
    assert jobs() == []


def test_a_file_deleted_meanwhile_is_no_fault(inspector: Inspector) -> None:
    material = opened()
    material.delete()
    actions.read_picture(Actor.system(), material_id=material.id)
    assert inspector.read == []
