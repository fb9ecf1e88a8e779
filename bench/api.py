"""The open API over HTTP, against web process and worker as `up` starts them.

    ./jiuye bench api [--only upserts] [--quick]

Each section is a module `_api_<section>.py` with `measure(site, quick=…)`.
"""

import argparse
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path

import django

django.setup()

from _api_site import serving
from _measuring import machine

SECTIONS = sorted(path.stem.removeprefix("_api_") for path in Path(__file__).parent.glob("_api_*.py"))
SECTIONS.remove("site")


def main() -> None:
    parser = argparse.ArgumentParser(prog="./jiuye bench api", description=__doc__)
    parser.add_argument("--only", choices=SECTIONS, action="append", help="This section; may be repeated.")
    parser.add_argument("--quick", action="store_true", help="With few rows, to see that it works.")
    chosen = parser.parse_args()
    print(machine())
    for name in chosen.only or SECTIONS:
        section = import_module(f"_api_{name}")
        with serving() if getattr(section, "NEEDS_SITE", True) else nullcontext() as site:
            section.measure(site, quick=chosen.quick)


if __name__ == "__main__":
    main()
