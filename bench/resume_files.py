"""Resume files read back: fields right and milliseconds, on invented resumes in many layouts (docs/reading.md).

./jiuye bench resume_files [--faults] [--only LAYOUT] [--group known|"held out"|own] [--process]

The files are written first, by the generators of `_resume_files` and, for printed web pages, by a Chromium. `--faults` lists
every wrong field; `--process` times each file in its limited child process, as the product reads it. Bars: 95 % of the
fields of the layouts, 100 % of the product's own PDFs, 1 s a file.
"""

import argparse
import os
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiuye.config.settings")

import django

django.setup()

from _measuring import machine
from _resume_files.cases import Case, Print, cases
from _resume_files.scoring import wrong
from _site import chromium

from jiuye.adapters.inspection_local import LocalInspector, texts
from jiuye.domains.resumes.extraction import extract

LEAST, LEAST_OF_OWN, MOST_SECONDS = 0.95, 1.0, 1.0


@contextmanager
def printer() -> Iterator[Print]:
    """Yield a function that prints a page as a PDF, as a person's browser does."""
    with chromium() as running:
        page = running.new_page()

        def printed(content: bytes) -> bytes:
            page.set_content(content.decode())
            return page.pdf(format="A4", margin={"top": "12mm", "bottom": "12mm", "left": "12mm", "right": "12mm"})

        yield printed


def files(only: str, group: str) -> list[tuple[Case, bytes]]:
    """Return the cases with their files."""
    chosen = [case for case in cases() if only in case.name and group in case.group]
    with printer() as printed:
        return [(case, case.content(printed)) for case in chosen]


def main() -> int:
    """Print a line for each layout, then the shares. Return 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faults", action="store_true")
    parser.add_argument("--process", action="store_true")
    parser.add_argument("--only", default="", help="part of a layout's name or of a person's")
    parser.add_argument("--group", default="", choices=["", "known", "held out", "own"])
    options = parser.parse_args()
    inspector = LocalInspector(roots=Path("none"), renderer=Path("none"))
    right: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    slowest: dict[str, float] = defaultdict(float)
    for case, content in files(options.only, options.group):
        started = time.perf_counter()
        read = (
            inspector.read_text(content, name="简历")
            if options.process
            else texts.read(content, "简历", recognise=False)
        )
        found = extract(read.texts)
        seconds = time.perf_counter() - started
        count, faults = wrong(case, found)
        sums = right[case.group, case.layout]
        sums[0], sums[1], sums[2] = sums[0] + count - len(faults), sums[1] + count, sums[2] + 1
        slowest[case.layout] = max(slowest[case.layout], seconds)
        if options.faults and faults:
            print(f"{case.name}:", *faults, sep="\n    ")
    return _report(right, slowest)


def _report(right: dict[tuple[str, str], list[int]], slowest: dict[str, float]) -> int:
    print(machine())
    groups: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for (group, layout), sums in right.items():
        print(f"{group:9} {layout:26} {sums[2]:3} files  {sums[0]:4} of {sums[1]:4}  {1000 * slowest[layout]:7.1f} ms")
        groups[group] = [total + one for total, one in zip(groups[group], sums, strict=True)]
    shares = {group: sums[0] / sums[1] for group, sums in groups.items()}
    for group, share in shares.items():
        print(f"{group}: {groups[group][2]} files, {share:.1%} of {groups[group][1]} fields")
    low = any(share < (LEAST_OF_OWN if group == "own" else LEAST) for group, share in shares.items())
    return int(low or max(slowest.values(), default=0) > MOST_SECONDS)


if __name__ == "__main__":
    raise SystemExit(main())
