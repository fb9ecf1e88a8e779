"""What the organisations of the demonstration's audit cases have typed, and their drawn materials."""

from dataclasses import asdict
from datetime import date, datetime
from io import BytesIO
from typing import Any

import orjson
from PIL import Image

from jiuye.domains.organisations.models import Agency, Employer
from jiuye.domains.qualifications.models import Case, Item, Material
from jiuye.domains.qualifications.requirements import LONG_TERM
from jiuye.kernel import sealed_files
from jiuye.ports import inspection
from jiuye.runtime.demo import materials

_FOLDER = "qualifications"
_TYPES = {"jpeg": "image/jpeg", "pdf": "application/pdf", "ofd": "application/ofd"}
_DRAWN = {"handler_identity": "handler_portrait", "employment": "employment_letter"}


def way_of(kind: str, first: str) -> str:
    """Return how an item is proved here."""
    return {"handler_identity": "card", "employment": "letter"}.get(kind, first)


def facts_of(organisation: Agency | Employer) -> dict[str, dict[str, str]]:
    """Return what was typed, by item."""
    unit = {
        "legal_name": organisation.legal_name, "credit_code": organisation.credit_code or "", "expires_on": LONG_TERM,
        "scope": "人力资源服务；职业中介活动；劳务派遣服务。",
    }  # fmt: skip
    licence = getattr(organisation, "licence_number", "") or "(样)人服证字[2025]第0100001号"
    return {
        "business_licence": {**unit, "established_on": "2019-04-12"},
        "establishment_document": {**unit, "scope": "公共就业服务。", "issued_by": "样例市人力资源和社会保障局"},
        "hr_licence": {
            "licence_number": licence, "scope": "职业介绍；职业指导", "issued_by": "样例市人力资源和社会保障局",
            "expires_on": "2028-06-30",
        },
        "authorisation_letter": {"handler_name": "样例经办人", "issued_on": "2026-10-08", "expires_on": LONG_TERM},
        "employment": {"position": "人事专员", "since": "2023-02-01"},
    }  # fmt: skip


def add_files(case: Case, organisation: Agency | Employer, moment: datetime) -> None:
    """Draw a file for each item that is proved by one."""
    stated = materials.Facts(
        organisation.legal_name,
        organisation.credit_code or "",
        date(2019, 4, 12),
        licence_number="(样)人服证字[2025]第0100001号",
    )
    for item in Item.objects.filter(case=case).exclude(way="card").order_by("kind"):
        content, name = materials.material(_DRAWN.get(item.kind, item.kind), stated)
        pages, findings = _opened(content, name)
        form = inspection.format_of(content) or "jpeg"
        Material.objects.create(
            item=item, state="ready", key=sealed_files.save(_FOLDER, content, _TYPES[form]),
            page_keys=[sealed_files.save(_FOLDER, page, "image/jpeg") for page in pages], name=name, format=form,
            size=len(content), digest="", findings=orjson.dumps(findings).decode(), uploaded_by=case.opened_by,  # type: ignore[misc]
            uploaded_at=moment,
        )  # fmt: skip


def _opened(content: bytes, name: str) -> tuple[list[bytes], dict[str, Any]]:
    """Return the pages and the findings of a drawn material; a picture is its own page."""
    if inspection.format_of(content) == "jpeg":
        return [_smaller(content)], {"page_count": 1}
    found = inspection.get().inspect(content, name=name)
    return [page.content for page in found.pages], {
        "page_count": found.page_count,
        "undrawn": found.undrawn,
        "seals": [asdict(one) for one in found.seals],
    }


def _smaller(content: bytes) -> bytes:
    out = BytesIO()
    with Image.open(BytesIO(content)) as image:
        image.thumbnail((1600, 1600))
        image.convert("RGB").save(out, "JPEG", quality=82)
    return out.getvalue()
