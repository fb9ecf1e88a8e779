"""The demonstration's materials are what organisations send: the inspection accepts each and reads what it says."""

from datetime import date

import pytest

from jiuye.adapters.inspection_local import opening, wire
from jiuye.ports.inspection import Inspection
from jiuye.runtime.demo import materials

FACTS = materials.Facts("北京样例人力资源服务有限公司", "91110108MA00000096", date(2026, 1, 5), date(2031, 1, 4))
PHOTOS = ("business_licence", "hr_licence", "handler_portrait", "handler_identity", "employment_letter")


def opened(kind: str) -> Inspection:
    content, name = materials.material(kind, FACTS)
    return opening.open_document(content, wire.Order("inspect", name, "", "", "2026-06-01T00:00:00+00:00"))


@pytest.mark.parametrize("kind", PHOTOS)
def test_photos_are_photos(kind: str) -> None:
    assert opened(kind).format == "jpeg"


@pytest.mark.parametrize("kind", ["establishment_document", "authorisation_letter"])
def test_documents_with_text_say_whose_they_are(kind: str) -> None:
    found = {one.name: one.value for one in opened(kind).suggestions}
    assert (found["name"], found["credit_code"]) == (FACTS.name, FACTS.credit_code)


def test_the_letter_is_sealed_by_the_organisation_and_its_root_is_not_trusted() -> None:
    (seal,) = opened("authorisation_letter").seals
    assert (seal.unchanged, seal.signed, seal.rooted) == ("yes", "yes", "none_installed")
    assert seal.names(FACTS.name)


def test_the_record_of_insurance_is_a_pdf() -> None:
    assert opened("social_insurance").format == "pdf"


def test_another_kind_is_an_error() -> None:
    with pytest.raises(KeyError):
        materials.material("diploma", FACTS)
