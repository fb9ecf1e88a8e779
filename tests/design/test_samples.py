"""Each kind of material has a drawn sample."""

import re
from pathlib import Path

import pytest

from jiuye.design import assets
from jiuye.domains.qualifications.requirements import REQUIREMENTS
from jiuye.domains.qualifications.states import ItemKind

DRAWN = set(re.findall(r'<symbol id="(\w+)"', Path(assets.COPIES["samples.svg"]).read_text(encoding="utf-8")))
NAMED = {way.sample for each in REQUIREMENTS.values() for one in each for way in one.ways if way.sample}


@pytest.mark.parametrize("kind", sorted((set(ItemKind.values) - {ItemKind.EMPLOYMENT}) | NAMED))
def test_a_material_has_a_sample(kind: str) -> None:
    assert kind in DRAWN


def test_samples_say_that_they_are_samples() -> None:
    text = Path(assets.COPIES["samples.svg"]).read_text(encoding="utf-8")
    assert text.count(">样例</text>") == len(DRAWN)
