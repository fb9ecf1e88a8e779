"""The reference data of this release, read from `data/` once per process, as frozen objects.

About 3,200 regions and 2,100 occupations: 30 ms to read and a few megabytes. Dictionaries keep the files' order, with
parents before children and codes ascending within a level.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

DATA = Path(__file__).parent / "data"

RegionLevel = Literal["province", "city", "county"]
IndustryLevel = Literal["section", "division"]


@dataclass(frozen=True, slots=True)
class Region:
    """An administrative division of GB/T 2260.

    `code` has six digits, `parent` is "" for a province. `longitude` and `latitude` are the centroid in degrees,
    accurate to a kilometre or two. `pinyin` and `initials` are of the short name, lower case, without tones or
    spaces; `also` are other readings that people type (重庆 zhongqing).
    """

    code: str
    name: str
    short_name: str
    level: RegionLevel
    parent: str
    longitude: float
    latitude: float
    pinyin: str
    initials: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormerRegion:
    """A code of GB/T 2260 that is no longer in force.

    `last_year`: the last one in which it was; None if the sources differ. `replaced_by`: the code that replaced it, or of the
    division that it was merged into; "" if that is not certain.
    """

    code: str
    name: str
    level: RegionLevel
    last_year: int | None
    replaced_by: str


@dataclass(frozen=True, slots=True)
class Occupation:
    """A class (levels 1–3) or an occupation (level 4) of 职业分类大典 2022 with what was announced until 2025.

    8-00-00-00 is class and occupation at once and stands as the class. `aliases` are titles used in postings. An occupation
    alone in its small class has a level 2 parent.
    """

    code: str
    name: str
    level: int
    parent: str
    digital: bool
    green: bool
    pinyin: str
    initials: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormerOccupation:
    """A code that no present occupation has. `edition` had it; `replaced_by` is the occupation's present code, "" if not certain."""

    code: str
    name: str
    edition: str
    replaced_by: str


@dataclass(frozen=True, slots=True)
class Industry:
    """A section (one letter) or division (two digits) of GB/T 4754-2017."""

    code: str
    name: str
    level: IndustryLevel
    parent: str


@dataclass(frozen=True, slots=True)
class IndustryWord:
    """A word of job boards for an industry: its code, and others that it may mean; no code for 其他."""

    word: str
    code: str
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A name that is not a division but is used like one: a former district, a development zone, a quarter.

    `alone`: it is known all over the country; the others are only meaningful after their city's name. Without a code it
    is no place for work, though it begins with the name of one: 杭州湾, 苏州桥.
    """

    name: str
    code: str
    former: bool
    alone: bool


@dataclass(frozen=True, slots=True)
class JobTitle:
    """A word of a job title with its occupation; a generic one (软件) counts only if no other matches."""

    title: str
    code: str
    generic: bool


@cache
def regions() -> Mapping[str, Region]:
    """Return every region by code, provinces first, then cities, then counties."""
    found = {}
    typed = {line["code"]: tuple(line["typed"].split("|")) for line in _lines("typed_readings.csv")}
    for line in _lines("regions.csv"):
        place = {"longitude": float(line["longitude"]), "latitude": float(line["latitude"])}
        found[line["code"]] = Region(**{**line, **place, "also": typed.get(line["code"], ())})  # type: ignore[arg-type]
    return MappingProxyType(found)


@cache
def former_regions() -> Mapping[str, FormerRegion]:
    """Return the codes of regions that are no longer in force, since 1980, by code."""
    found = {}
    for line in _lines("former_regions.csv"):
        year = int(line["last_year"]) if line["last_year"] else None
        found[line["code"]] = FormerRegion(**{**line, "last_year": year})  # type: ignore[arg-type]
    return MappingProxyType(found)


@cache
def occupations() -> Mapping[str, Occupation]:
    """Return every class and occupation by code, the upper levels first."""
    found = {}
    for line in _lines("occupations.csv"):
        found[line["code"]] = Occupation(
            code=line["code"],
            name=line["name"],
            level=int(line["level"]),
            parent=line["parent"],
            digital=line["digital"] == "1",
            green=line["green"] == "1",
            pinyin=line["pinyin"],
            initials=line["initials"],
            aliases=tuple(filter(None, line["aliases"].split("|"))),
        )
    return MappingProxyType(found)


@cache
def former_occupations() -> Mapping[str, FormerOccupation]:
    """Return the codes of occupations that are no longer used, as far as the present one is known from publications, by code."""
    found = (
        FormerOccupation(line["code"], line["name"], line["edition"], line["replaced_by"])
        for line in _lines("former_occupations.csv")
    )
    return MappingProxyType({one.code: one for one in found})


@cache
def industries() -> Mapping[str, Industry]:
    """Return the 20 sections, then the 97 divisions, by code."""
    return MappingProxyType({line["code"]: Industry(**line) for line in _lines("industries.csv")})  # type: ignore[arg-type]


@cache
def industry_words() -> Sequence[IndustryWord]:
    """Return the words of job boards for industries: their own lists, and what people write."""
    return tuple(
        IndustryWord(line["word"], line["code"], tuple(filter(None, line["also"].split("|"))))
        for line in _lines("industry_words.csv")
    )


@cache
def places() -> tuple[Place, ...]:
    """Return former names and well-known zones, with the division they are in (or mostly in).

    `source` in the file: 区划 (the yearly changes of divisions, 民政部), the number of the State Council's reply that
    founded a zone, 目录2018 (《中国开发区审核公告目录（2018年版）》), 51job (an area in that board's sheets), or 通称 (common use).
    """
    return tuple(
        Place(line["name"], line["code"], line["kind"] == "former", line["alone"] == "1")
        for line in _lines("places.csv")
    )


@cache
def place_words() -> Mapping[str, bool]:
    """Return the short names of regions that are ordinary words or somebody's name in longer words (平安, 越秀).

    The value: whether it is the region if it stands alone.
    """
    return MappingProxyType({line["word"]: line["alone"] == "1" for line in _lines("place_words.csv")})


@cache
def job_titles() -> Mapping[str, JobTitle]:
    """Return words of job titles by the word, lower case."""
    found = (JobTitle(line["title"], line["code"], line["generic"] == "1") for line in _lines("job_titles.csv"))
    return MappingProxyType({title.title: title for title in found})


def _lines(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
