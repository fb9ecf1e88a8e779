"""Used with pleasure: bars U2 to U5, on a running platform (`--site`) or on one of its own. Figures: docs/usability.md.

./jiuye bench usability first-visit [--site URL]     taps, fields and seconds to the first application, on a phone
./jiuye bench usability lighthouse [--site URL]      needs Node ≥ 20: runs npx lighthouse, which is no part of the project
./jiuye bench usability weight [--site URL]          bytes over the wire of the public pages, a phone's first visit
./jiuye bench usability narrow [--site URL]          nothing scrolls sideways at 320 px and at 200 % zoom
"""

import argparse
import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import _first_visit
from _measuring import machine
from _site import Site, chromium, chromium_path, phone_window, site
from playwright.sync_api import Page

LIGHTHOUSE = "lighthouse@13.5.0"
LEAST = {"performance": 0.95, "accessibility": 1.0, "best-practices": 1.0, "seo": 1.0}
MOST_BYTES, MOST_SCRIPT = 120 * 1024, 30 * 1024
ZOOMED = 640  # CSS pixels that a window of 1280 shows at 200 % (WCAG 2.2, 1.4.4)


def first_visit(running: Site) -> list[str]:
    """Measure bar U5."""
    phone = f"1992{secrets.randbelow(10**7):07d}"
    with chromium() as browser, phone_window(browser, running.origin) as context:
        effort = _first_visit.apply_for_the_first_time(
            context.new_page(), phone, "江晓舟", lambda: running.code_for(phone)
        )
    print(f"taps {len(effort.taps)}: {' → '.join(effort.taps)}")
    print(f"typed {len(effort.fields)}: {', '.join(effort.fields)}, and the code; {effort.keys} keys")
    print(f"pages {effort.pages}; script {effort.seconds:.1f} s; with a person's pace {effort.with_a_person:.0f} s")
    slow = effort.with_a_person > _first_visit.MOST_SECONDS
    return effort.faults() + ([f"{effort.with_a_person:.0f} s"] if slow else [])


def lighthouse(running: Site) -> list[str]:
    """Measure bar U2, as a phone on a slow network (Lighthouse's own simulation)."""
    npx = shutil.which("npx")
    if npx is None:
        raise SystemExit(f"this needs Node (https://nodejs.org): it runs npx {LIGHTHOUSE}")
    faults = []
    print(f"load {os.getloadavg()[0]:.1f}; scores in percent: {', '.join(LEAST)}")
    with TemporaryDirectory() as folder:
        for name, path in running.public_pages().items():
            report = _audited(npx, f"{running.origin}{path}", Path(folder) / f"{name}.json")
            scores = {key: report["categories"][key]["score"] or 0 for key in LEAST}
            shown = "  ".join(f"{round(100 * score):3d}" for score in scores.values())
            paint, shift = (report["audits"][key] for key in ("largest-contentful-paint", "cumulative-layout-shift"))
            print(f"{name:8} {shown}  LCP {paint['displayValue']}  CLS {shift['displayValue']}")
            faults += [f"{name}: {key} {scores[key]}" for key, least in LEAST.items() if scores[key] < least]
            faults += _why(report) if any(scores[key] < least for key, least in LEAST.items()) else []
    return faults


def _audited(npx: str, address: str, report: Path) -> dict[str, Any]:
    command = [npx, "--yes", LIGHTHOUSE, address, "--quiet", "--output=json", f"--output-path={report}"]
    command += [f"--only-categories={','.join(LEAST)}", "--chrome-flags=--headless=new --no-sandbox --disable-gpu"]
    done = subprocess.run(
        command, env=os.environ | {"CHROME_PATH": chromium_path()}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"lighthouse: {done.stderr[-500:]}")
    found: dict[str, Any] = json.loads(report.read_text())
    return found


def _why(report: dict[str, Any]) -> list[str]:
    audits = [one for key in LEAST for one in report["categories"][key]["auditRefs"] if one["weight"]]
    return [f"  {one['id']}" for one in audits if (report["audits"][one["id"]]["score"] or 0) < 0.9]


def weight(running: Site) -> list[str]:
    """Measure bar U4: the bytes that a first visit loads, as transferred."""
    faults = []
    with chromium() as browser:
        for name, path in running.public_pages().items():
            with phone_window(browser, running.origin) as context:
                kinds = _loaded(context.new_page(), path)
            total, script = sum(kinds.values()), kinds.get("Script", 0)
            parts = ", ".join(f"{kind} {size / 1024:.1f}" for kind, size in sorted(kinds.items()))
            print(f"{name:8} {total / 1024:6.1f} KB ({parts})")
            if total > MOST_BYTES or script > MOST_SCRIPT or kinds.get("Font"):
                faults.append(f"{name}: {total} bytes, {script} of script, {kinds.get('Font', 0)} of fonts")
    return faults


def _loaded(page: Page, path: str) -> dict[str, int]:
    """Return bytes by kind, headers included."""
    kinds: dict[str, str] = {}
    sizes: dict[str, int] = {}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.responseReceived", lambda told: kinds.update({told["requestId"]: told["type"]}))
    session.on(
        "Network.loadingFinished", lambda told: sizes.update({told["requestId"]: int(told["encodedDataLength"])})
    )
    page.goto(path, wait_until="networkidle")
    found: dict[str, int] = {}
    for request, size in sizes.items():
        kind = kinds.get(request, "Other")
        found[kind] = found.get(kind, 0) + size
    return found


def narrow(running: Site) -> list[str]:
    """Measure bar U3 on the public pages; tests/e2e/test_accessibility.py checks every page at 320 px."""
    faults = []
    with chromium() as browser:
        for width in (320, ZOOMED):
            with phone_window(browser, running.origin, width) as context:
                page = context.new_page()
                for name, path in {**running.public_pages(), "sign in": "/login", "feedback": "/feedback"}.items():
                    page.goto(path)
                    wide = page.evaluate("document.documentElement.scrollWidth")
                    faults += [f"{name}: {wide} px at {width}"] if wide > width else []
    print("320 px and 200 %: nothing scrolls sideways" if not faults else "")
    return faults


MEASURES: dict[str, Callable[[Site], list[str]]] = {
    "first-visit": first_visit,
    "lighthouse": lighthouse,
    "weight": weight,
    "narrow": narrow,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="./jiuye bench usability")
    parser.add_argument("measures", nargs="*", choices=[*MEASURES, []], help="all of them when none is named")
    parser.add_argument("--site", default="", help="a running platform; its sandbox one port further")
    given = parser.parse_args()
    print(f"machine: {machine()}")
    faults: list[str] = []
    with site(given.site) as running:
        for name in given.measures or MEASURES:
            print(f"\n{name}")
            faults += MEASURES[name](running)
    print("\n" + ("\n".join(["over the bar:", *faults]) if faults else "all within their bars"))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
