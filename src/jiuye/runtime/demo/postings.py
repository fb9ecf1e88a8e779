"""Postings in all regions and some three hundred occupations, with skewed, plausible texts and pay."""

import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.jobs.states import CLOSING_LABELS
from jiuye.domains.organisations.models import Agency, Employer
from jiuye.domains.reference import queries as reference
from jiuye.runtime.demo.chance import Chance
from jiuye.runtime.demo.organisations import MAINLAND, Cast

HERE = Path(__file__).parent
RARE_OCCUPATIONS = 260
IN_OWN_CITY = 0.78
# Where work is: postings outside the agency's own province are in these more often.
MAGNETS = ["440000", "320000", "330000", "310000", "110000", "510000", "370000", "350000"]
PAY_BY_PROVINCE = {"110000": 1.35, "310000": 1.35, "440000": 1.2, "330000": 1.2, "320000": 1.15}


def trades(chance: Chance) -> tuple[list[dict[str, Any]], list[float]]:
    """Return the trades and their weights: those described in detail, then many others with their group's texts."""
    known = tomllib.loads((HERE / "trades.toml").read_text(encoding="utf-8"))["trade"]
    groups = tomllib.loads((HERE / "groups.toml").read_text(encoding="utf-8"))
    described = {trade["occupation"] for trade in known}
    others = [
        occupation
        for group in "123456"
        for occupation in _walk(f"{group}-00-00-00")
        if occupation.level == 4 and occupation.code not in described
    ]
    rare = [_general(occupation, groups[occupation.code[0]]) for occupation in chance.sample(others, RARE_OCCUPATIONS)]
    weights = [float(trade["weight"]) for trade in known]
    share = 0.22 * sum(weights) / RARE_OCCUPATIONS
    return known + rare, weights + [share * chance.uniform(0.3, 2.5) for _ in rare]


def _walk(code: str) -> list[Any]:
    found = []
    for child in reference.occupation_children(code):
        found.append(child)
        found += _walk(child.code)
    return found


def _general(occupation: Any, group: dict[str, Any]) -> dict[str, Any]:
    name = occupation.name
    return {
        "titles": [name, *occupation.aliases[:2]],
        "occupation": occupation.code,
        "industries": group["industries"],
        "pay": group["pay"],
        "edu": group["edu"],
        "years": [0, 1, 2],
        "duties": [text.format(name=name) for text in group["duties"]],
        "requirements": group["requirements"],
        "conditions": group["conditions"],
        "tags": ["五险一金", "带薪培训"],
        "skills": [],
    }


def build(chance: Chance, moment: datetime, cast: Cast, number: int) -> Iterator[JobPosting]:
    """Create `number` postings; nine in ten are open. An employer posts jobs of its industry, through its agency."""
    kinds, weights = trades(chance)
    offers = _offers(cast)
    of_the_first = 0
    for trade in chance.choices(kinds, weights, k=number):
        suited = [offer for industry in trade["industries"] for offer in offers.get(industry, ())]
        chosen = suited or [offer for some in offers.values() for offer in some]
        agency, employer = chance.choices(chosen, [share for *_, share in chosen])[0][:2]
        of_the_first += agency is cast.agencies[0]
        yield _posting(
            chance, moment, trade, agency, employer, is_draft=agency is cast.agencies[0] and of_the_first == 4
        )


def _offers(cast: Cast) -> dict[str, list[tuple[Agency, Employer, float]]]:
    """Return employers with their agencies by industry. Agencies differ in size: a few post much, many post little."""
    offers: dict[str, list[tuple[Agency, Employer, float]]] = {}
    for rank, agency in enumerate(cast.agencies):
        for employer in cast.employers[agency.id]:
            offers.setdefault(employer.industry_id or "", []).append((agency, employer, 1 / (rank + 2) ** 0.6))
    return offers


def _place(chance: Chance, employer: Employer) -> Any:
    """Return where the work is: mostly in the employer's city, some in its province, few elsewhere."""
    roll = chance.random()
    own = reference.region(employer.region_id or f"{MAINLAND[0][:2]}0100")
    home = own.code[:2] + "0000"
    province = home if roll < 0.92 else chance.choice(MAGNETS) if roll < 0.97 else chance.choice(MAINLAND)
    cities = reference.children(province)
    city = own if roll < IN_OWN_CITY else cities[min(int(chance.expovariate(0.35)), len(cities) - 1)]
    counties = reference.children(city.code)
    return chance.choice(counties) if counties and chance.random() < 0.85 else city


def _pay(chance: Chance, trade: dict[str, Any], place: Any, years: int) -> dict[str, Any]:
    low, high = trade["pay"]
    unit = trade.get("unit", "month")
    factor = PAY_BY_PROVINCE.get(place.code[:2] + "0000", 1.0) * (1 + 0.08 * years)
    middle = chance.triangular(low, high, low + (high - low) * 0.35) * factor
    step = {"month": 500, "day": 10, "hour": 1}[unit]
    bottom = chance.rounded(middle * 0.85, middle * 0.95, step)
    top = max(bottom + step, chance.rounded(middle * 1.1, middle * 1.45, step))
    monthly = {"month": 1, "day": 21.75, "hour": 174}[unit]
    return {
        "pay_min": round(bottom * monthly),
        "pay_max": round(top * monthly),
        "pay_unit": unit,
        "pay_months": chance.choice(trade.get("months", [12])),
        "pay_negotiable": chance.random() < 0.05,
    }


def _state(chance: Chance) -> str:
    return chance.choices(["published", "draft", "withdrawn", "expired", "under_review"], [90, 3, 4, 3, 0.4])[0]


def _numbered(lines: list[str]) -> str:
    return "\n".join(f"{index}. {line}；" for index, line in enumerate(lines, 1))


def _posting(
    chance: Chance, moment: datetime, trade: dict[str, Any], agency: Agency, employer: Employer, *, is_draft: bool
) -> JobPosting:
    """Return a posting in a state by chance. `is_draft`: one that somebody is writing, so that the first agency has it."""
    place = _place(chance, employer)
    years = chance.choice(trade["years"])
    state = "draft" if is_draft else _state(chance)
    published = chance.before(moment, 24 * 11, 24 * 80)
    closed = state in ("withdrawn", "expired")
    was_open = closed or state == "published"
    requirements = chance.some(trade["requirements"], 2, 4)
    if state == "under_review":
        requirements.append("年龄18-45周岁")  # what screening holds for review
    if closed:
        published -= timedelta(days=30)
    valid_days = chance.choice([30, 60, 60, 90])
    valid_through = (published + timedelta(days=valid_days + 80 if state == "published" else valid_days)).date()
    if state == "expired":
        valid_through = (moment - timedelta(days=chance.randint(1, 20))).date()
    return JobPosting(
        id=chance.id(),
        agency=agency,
        employer=employer,
        state=state,
        title=chance.choice(trade["titles"]),
        occupation_id=trade["occupation"],
        industry_id=employer.industry_id,
        region_id=place.code,
        address=f"{chance.choice(['科技', '工业', '人民', '建设', '长江', '迎宾', '学府'])}路{chance.randint(1, 400)}号",
        longitude=place.longitude + chance.uniform(-0.03, 0.03),
        latitude=place.latitude + chance.uniform(-0.03, 0.03),
        headcount=min(200, 1 + int(chance.expovariate(0.22))),
        employment_type=chance.choice(trade.get("type", ["full_time"])),
        working_conditions="；".join(trade["conditions"]) + "。",
        education=chance.choice(trade["edu"]),
        experience_min=years or None,
        experience_max=years + 2 if years else None,
        duties=_numbered(chance.some(trade["duties"], 2, 4)),
        requirements=_numbered(requirements),
        tags=chance.some(trade["tags"], 1, 3),
        benefits=chance.some(["五险一金", "带薪年假", "节日福利", "定期体检", "餐补", "交通补贴", "员工旅游"], 1, 4),
        skills=trade["skills"],
        valid_through=valid_through,
        created_at=published - timedelta(hours=2),
        updated_at=published,
        published_at=published if was_open else None,
        confirmed_at=min(moment, published + timedelta(days=chance.randint(0, 9))) if was_open else None,
        closed_at=moment - timedelta(days=chance.randint(1, 15)) if closed else None,
        closing_reason=state if state in CLOSING_LABELS else "",
        **_pay(chance, trade, place, years),
    )
