"""The pages of a case's materials as links for five minutes, and what they lead to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from jiuye.documents.turning import QUARTERS, turned
from jiuye.domains.qualifications import queries
from jiuye.kernel import clock, short_links
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.ids import id_in
from jiuye.ports.inspection import SealReport

PURPOSE = "case_material"


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page of a material: its number from 1, and a link for each quarter turn clockwise."""

    number: int
    links: Sequence[tuple[int, str]]

    @property
    def upright(self) -> str:
        """The link without a turn."""
        return self.links[0][1]


@dataclass(frozen=True, slots=True)
class ShownMaterial:
    """A file with its pages, and the reports of its seals with the time that each signer states (None: none)."""

    file: queries.EvidenceFile
    pages: Sequence[ShownPage]

    @property
    def seals(self) -> Sequence[tuple[SealReport, datetime | None]]:
        """The seals' reports."""
        return [(seal, _stated(seal.stated_at)) for seal in self.file.view.seals]


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item with its files."""

    item: queries.ItemFile
    materials: Sequence[ShownMaterial]


def evidence(actor: Actor, file: queries.CaseFile) -> list[ShownItem]:
    """Return the materials of a case with links for five minutes. No query. The caller has recorded the look."""
    return [ShownItem(item, [_material(actor, one) for one in item.materials]) for item in file.items if item.materials]


def _material(actor: Actor, one: queries.EvidenceFile) -> ShownMaterial:
    pages = [
        ShownPage(page + 1, [(turn, _link(actor, f"{one.view.id}/{page}/{turn}")) for turn in QUARTERS])
        for page in range(one.drawn)
    ]
    return ShownMaterial(one, pages)


def _stated(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.SHANGHAI)


def _link(actor: Actor, subject: str) -> str:
    return reverse("ops_qualification_page", args=[short_links.issue(actor, purpose=PURPOSE, subject=subject)])


def read(actor: Actor, subject: str) -> bytes:
    """Return the picture of a link's subject, turned as it says. Raises `NotFound`, `Denied`."""
    material, number, turn = subject.split("/")
    found = id_in(material)
    if found is None:
        raise NotFound
    return turned(queries.material_page(actor, found, int(number)), int(turn))
