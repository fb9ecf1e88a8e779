#!/usr/bin/env bash
# python-stdnum 2.2, stdnum.cn.uscc (Chinese unified social credit codes)
#
# Expected: GB 32100-2015, 5.2: the first two characters, the registering department and the kind of organisation, are digits or
#   capital letters (Y1 is "other" in its table; codes of rural collectives begin with N). Only characters 3 to 8 are digits.
# Actual: validate() demands digits in the first eight places. calc_check_digit() computes the last character of such codes.
# Output:
#   91510107MA1234567E invented, a company: valid
#   N2510107MF12345678 invented, a rural collective: InvalidFormat
#   Y1110000MB1234567M invented, another organisation: InvalidFormat
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check python-stdnum==2.2

cat >"$folder/show.py" <<'PYTHON'
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

for first_17, what in (
    ("91510107MA1234567", "a company"),
    ("N2510107MF1234567", "a rural collective"),
    ("Y1110000MB1234567", "another organisation"),
):
    code = first_17 + uscc.calc_check_digit(first_17)
    try:
        uscc.validate(code)
        outcome = "valid"
    except ValidationError as error:
        outcome = type(error).__name__
    print(f"{code} invented, {what}: {outcome}")
PYTHON
"$folder/venv/bin/python" "$folder/show.py" | tee "$folder/seen"

sed -n '/^# Output:/,/^set /s/^#   //p' "$0" | diff - "$folder/seen"
