#!/usr/bin/env bash
# pypinyin 0.55.0
#
# Expected: a phrase taught by load_phrases_dict is read as taught wherever it stands, and the names of cities are read as they are called.
# Actual: a phrase of its own dictionary that begins one character earlier wins: after 调试 is taught, 装配调试 is still read by 配调
#   (diào). And the cities 漯河 (Luòhé), 库尔勒 (Kù'ěrlè) and the district 马尾 (Mǎwěi) have readings that nobody there uses.
# Output:
#   调试: tiao2 shi4
#   设备调试: she4 bei4 tiao2 shi4
#   装配调试: zhuang1 pei4 diao4 shi4
#   漯河: ta4 he2
#   库尔勒: ku4 er3 lei1
#   马尾: ma3 yi3
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pypinyin==0.55.0

cat >"$folder/show.py" <<'PYTHON'
from pypinyin import Style, lazy_pinyin, load_phrases_dict

load_phrases_dict({"调试": [["tiáo"], ["shì"]]})
for text in ("调试", "设备调试", "装配调试", "漯河", "库尔勒", "马尾"):
    print(f"{text}:", *lazy_pinyin(text, style=Style.TONE3))
PYTHON
"$folder/venv/bin/python" "$folder/show.py" | tee "$folder/seen"

sed -n '/^# Output:/,/^set/s/^#   //p' "$0" | diff - "$folder/seen"
