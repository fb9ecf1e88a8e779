#!/usr/bin/env bash
# pypdfium2 5.15.2
#
# Expected: PdfTextPage.get_text_range() without arguments returns the text of the page (its documentation); glyphs that have no character,
#   as in fonts without a ToUnicode map (ISO 32000-1, 9.10), are left out, however many there are.
# Actual: each such glyph at the end of the page costs one level of Python's recursion. With some 1,000 of them the call ends in a
#   RecursionError (inside ctypes: an ArgumentError). get_text_bounded() returns the text.
# Output:
#   500 glyphs: get_text_range 'Hello', get_text_bounded 'Hello'
#   1200 glyphs: get_text_range RecursionError, get_text_bounded 'Hello'
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pypdfium2==5.15.2

cat >"$folder/show.py" <<'PYTHON'
import pypdfium2


def pdf(glyphs):
    """One page: "Hello", then glyphs of the code 0, which no encoding maps to a character."""
    content = b"BT /F 1 Tf 10 700 Td (Hello) Tj 0 -10 Td <" + b"00" * glyphs + b"> Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 6\n0000000000 65535 f \n" + table
    return out + head + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)


def text(page):
    try:
        return repr(page.get_text_range().strip())
    except Exception as error:
        return "RecursionError" if "RecursionError" in repr(error) else repr(error)


for glyphs in (500, 1200):
    page = pypdfium2.PdfDocument(pdf(glyphs))[0].get_textpage()
    print(f"{glyphs} glyphs: get_text_range {text(page)}, get_text_bounded {page.get_text_bounded().strip()!r}")
PYTHON
"$folder/venv/bin/python" "$folder/show.py" | tee "$folder/seen"

sed -n 's/^#   \([0-9]* glyphs: .*\)/\1/p' "$0" | diff - "$folder/seen"
