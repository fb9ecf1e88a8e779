#!/usr/bin/env bash
# Django 5.2.19, django.middleware.gzip.GZipMiddleware and django.views.decorators.gzip.gzip_page
#
# Expected: RFC 9110 §12.5.3: a coding with the weight 0 is not acceptable to the client, "*" stands for any coding, and names of
#   codings are case-insensitive (§8.4.1).
# Actual: the header is searched for the word "gzip". A client that refuses it gets it, one that accepts any coding or writes the
#   name in capitals does not.
# Output:
#   gzip: gzip
#   gzip;q=0: gzip
#   identity, gzip;q=0: gzip
#   *: not compressed
#   GZIP: not compressed
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check django==5.2.19

cat >"$folder/show.py" <<'PYTHON'
import django
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.gzip import gzip_page

settings.configure()
django.setup()
view = gzip_page(lambda request: HttpResponse(b"a" * 5000))
for accepted in ("gzip", "gzip;q=0", "identity, gzip;q=0", "*", "GZIP"):
    request = HttpRequest()
    request.META["HTTP_ACCEPT_ENCODING"] = accepted
    print(f"{accepted}: {view(request).headers.get('Content-Encoding', 'not compressed')}")
PYTHON
"$folder/venv/bin/python" "$folder/show.py" | tee "$folder/seen"

sed -n '/^# Output:/,/^set /s/^#   //p' "$0" | diff - "$folder/seen"
