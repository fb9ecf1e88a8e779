#!/usr/bin/env bash
# asn1crypto 1.5.1
#
# Expected: core.Any "can contain any value" (its documentation). Loaded from DER and dumped unchanged it gives the same bytes.
# Actual: dump() of a loaded value parses it, and the parser knows no context-specific tags without a schema: a ValueError. So a sequence
#   of Any cannot be walked if one member is tagged, as the optional extDatas [0] and timeStamp [0] of electronic seals (GB/T 38540)
#   and the content [0] of every CMS are. parser.parse and parser.peek of the same package walk it.
# Output:
#   INTEGER 5: same bytes
#   [0] EXPLICIT INTEGER 5: ValueError: Unknown element - context class, constructed method, tag 0
#   SEQUENCE of both, by Any: ValueError: Unknown element - context class, constructed method, tag 0
#   SEQUENCE of both, by parser: 020105 a003020105
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check asn1crypto==1.5.1

cat >"$folder/show.py" <<'PYTHON'
from asn1crypto import core, parser

NUMBER = bytes.fromhex("020105")
TAGGED = bytes.fromhex("a003020105")
BOTH = bytes.fromhex("3008") + NUMBER + TAGGED


class Members(core.SequenceOf):
    _child_spec = core.Any


def dumped(load):
    try:
        return load()
    except ValueError as error:
        return "ValueError: " + str(error).splitlines()[0]


def members(data):
    *_, rest, _ = parser.parse(data)
    while rest:
        length = parser.peek(rest)
        yield rest[:length].hex()
        rest = rest[length:]


for what, data in (("INTEGER 5", NUMBER), ("[0] EXPLICIT INTEGER 5", TAGGED)):
    print(f"{what}:", dumped(lambda: "same bytes" if core.Any.load(data).dump() == data else "other bytes"))
print("SEQUENCE of both, by Any:", dumped(lambda: " ".join(one.dump().hex() for one in Members.load(BOTH))))
print("SEQUENCE of both, by parser:", " ".join(members(BOTH)))
PYTHON
"$folder/venv/bin/python" "$folder/show.py" | tee "$folder/seen"

sed -n '/^# Output:/,/^set/s/^#   //p' "$0" | diff - "$folder/seen"
