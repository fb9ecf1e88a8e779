#!/usr/bin/env bash
# django-pghistory 3.9.2 (with django-pgtrigger 4.17.0, Django 5.2.8)
#
# Expected: its documentation says to add `pgtrigger` and `pghistory` to INSTALLED_APPS. Its middleware, which records the user of a
#   request, is an option. A project without django.contrib.auth and without the middleware passes Django's checks.
# Actual: the proxy model MiddlewareEvents has a foreign key to AUTH_USER_MODEL, whether the middleware is used or not. Without
#   django.contrib.auth Django refuses to start.
# Output:
#   without auth: exit code 1, fields.E300, fields.E307
#   with auth: exit code 0
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    django==5.2.8 django-pghistory==3.9.2 django-pgtrigger==4.17.0 'psycopg[binary]==3.2.13'

cat >"$folder/without_auth.py" <<'PYTHON'
SECRET_KEY = "finding"
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "finding"}}
INSTALLED_APPS = ["django.contrib.contenttypes", "pgtrigger", "pghistory"]
PYTHON
cat >"$folder/with_auth.py" <<'PYTHON'
from without_auth import *
INSTALLED_APPS = ["django.contrib.auth", *INSTALLED_APPS]
PYTHON

check() { # settings module
    local code=0
    (cd "$folder" && "$folder/venv/bin/python" -m django check --settings "$1") >"$folder/said" 2>&1 || code=$?
    echo "${1//_/ }: exit code $code$(grep -oE 'fields\.E[0-9]+' "$folder/said" | sort -u | sed 's/^/, /' | tr -d '\n')"
}

{ check without_auth; check with_auth; } | tee "$folder/seen"

sed -n 's/^#   \(with.*: exit code .*\)/\1/p' "$0" | diff - "$folder/seen"
