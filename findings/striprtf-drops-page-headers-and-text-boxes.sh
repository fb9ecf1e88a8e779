#!/usr/bin/env bash
# striprtf 0.0.35
#
# Expected: all the words that a reader of the document sees, as the package converts RTF to plain text.
# Actual: page headers and text boxes are left out without a word, and cells are parted by bars that no cell holds. Resumes have name and
#   phone number in the page's header or in a text box, so the most important lines are missing.
# Output:
#   'Work\nSchool|Sichuan|\nEnd\n'
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check striprtf==0.0.35

cat >"$folder/show.py" <<'PYTHON'
from striprtf.striprtf import rtf_to_text

HEADER = r"{\header\pard Lin Xiaoman, phone 13800000000\par}"
BOX = r"{\shp{\*\shpinst{\shptxt \pard Wish: welder\par}}}"
TABLE = r"\trowd\cellx1000\cellx2000\intbl School\cell Sichuan\cell\row"
print(repr(rtf_to_text(r"{\rtf1\ansi" + HEADER + r"\pard Work\par" + BOX + TABLE + r"\pard End\par}")))
PYTHON
"$folder/venv/bin/python" "$folder/show.py" | tee "$folder/seen"

sed -n '/^# Output:/,/^set/s/^#   //p' "$0" | diff - "$folder/seen"
