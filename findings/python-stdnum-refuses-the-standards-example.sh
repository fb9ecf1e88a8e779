#!/usr/bin/env bash
# python-stdnum 2.2, stdnum.cn.ric (Chinese resident identity numbers)
#
# Expected: the example numbers of GB 11643-1999 are valid. The first six digits are the area of the household
#   registration when the number was assigned (numbers are assigned since 1984), whatever the year of birth.
# Actual: validate() compares the years in which an area code was in force with the year of birth. It refuses the
#   standard's example of a man born in 1880 in 潮阳县, and people born before 1982 in one of the counties that were
#   renumbered in that year, with the code that these people were given from 1984. (Sequence 000 is given to nobody.)
# Output:
#   11010519491231002X GB 11643-1999, 朝阳区, born 1949: valid
#   440524188001010014 GB 11643-1999, 潮阳县, born 1880: InvalidComponent
#   110223197003070008 invented, 通县, born 1970: InvalidComponent
#   110223198303070004 invented, 通县, born 1983: valid
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check python-stdnum==2.2

cat >"$folder/show.py" <<'PYTHON'
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def check_character(first_17):
    """ISO 7064 MOD 11-2, as GB 11643-1999 prints it."""
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(first_17, WEIGHTS)) % 11]


for number, what in (
    ("11010519491231002X", "GB 11643-1999, 朝阳区, born 1949"),
    ("440524188001010014", "GB 11643-1999, 潮阳县, born 1880"),
    ("11022319700307000", "invented, 通县, born 1970"),
    ("11022319830307000", "invented, 通县, born 1983"),
):
    number = number[:17] + check_character(number[:17])
    try:
        ric.validate(number)
        outcome = "valid"
    except ValidationError as error:
        outcome = type(error).__name__
    print(f"{number} {what}: {outcome}")
PYTHON
PYTHONIOENCODING=utf-8 "$folder/venv/bin/python" "$folder/show.py" | tee "$folder/seen"

sed -n 's/^#   \([0-9X]\{18\} .*\)/\1/p' "$0" | diff - "$folder/seen"
