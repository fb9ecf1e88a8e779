"""How many workplaces and industries of a real sheet are understood, and what is not; the most frequent texts first.

./jiuye bench places SHEET [--column NAME=FIELD …] [--shown 20]

NAME is a header; FIELD is province, city, county, region, address or employer_industry. Other columns are guessed.
"""

import argparse
import time
from collections import Counter
from pathlib import Path

import django

django.setup()

from _measuring import machine

from jiuye.domains.jobs.sheets.industries import read_industry
from jiuye.domains.jobs.sheets.mapping import cell, guess_mapping
from jiuye.domains.jobs.sheets.reading import open_sheet
from jiuye.domains.jobs.sheets.survey import Survey
from jiuye.domains.jobs.sheets.workplaces import Workplace, read_workplace
from jiuye.domains.reference import queries as reference

PLACES = ("province", "city", "county", "region", "address")
SAMPLE = 50


def main() -> None:
    arguments = _arguments()
    survey = Survey()
    with open_sheet(arguments.sheet) as sheet:
        rows = [row.cells for row in survey.rows(sheet)]
    headers = survey.headers
    mapping = guess_mapping(headers, rows[:SAMPLE], lambda text: reference.find_region(text) is not None)
    for pair in arguments.column:
        name, _, field = pair.rpartition("=")
        mapping[field] = headers.index(name)
    print(
        f"machine: {machine()}\n{len(rows):,} rows, columns { ({code: headers[at] for code, at in mapping.items()}) }"
    )
    _places(rows, mapping, arguments.shown)
    _industries(rows, mapping, arguments.shown)


def _places(rows: list[list[str]], mapping: dict[str, int], shown: int) -> None:
    columns = [(code, mapping[code]) for code in PLACES if code in mapping]
    texts = [{code: cell(row, at).strip() for code, at in columns} for row in rows]
    started = time.perf_counter()
    found = [read_workplace(**text, split=False) for text in texts]
    took = time.perf_counter() - started
    outcomes = Counter(map(_outcome, found))
    asked = Counter(one.problem for one in found if one.problem)
    print(f"places: {dict(outcomes)}, {took / max(1, len(rows)) * 1e6:.0f} µs a row")
    _print(asked, shown)


def _outcome(found: Workplace) -> str:
    if found.elsewhere:
        return "several"
    if found.region:
        return reference.region(found.region).level
    return "asked" if found.problem else "blank"


def _industries(rows: list[list[str]], mapping: dict[str, int], shown: int) -> None:
    if "employer_industry" not in mapping:
        return
    texts = [text for row in rows if (text := cell(row, mapping["employer_industry"]).strip())]
    unknown = Counter(text for text in texts if not read_industry(text)[0] and not reference.is_no_industry(text))
    doubtful = sum(1 for text in texts if all(read_industry(text)))
    share = 1 - unknown.total() / max(1, len(texts))
    print(f"industries: {len(texts):,} cells, {share:.2%} understood, {doubtful:,} of them with another that fits")
    _print(unknown, shown)


def _print(texts: Counter[str], shown: int) -> None:
    for text, count in texts.most_common(shown):
        print(f"  {count:>6}  {text}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./jiuye bench places", description=__doc__)
    parser.add_argument("sheet", type=Path)
    parser.add_argument("--column", action="append", default=[], metavar="NAME=FIELD")
    parser.add_argument("--shown", type=int, default=20)
    return parser.parse_args()


if __name__ == "__main__":
    main()
