#!/usr/bin/env bash
# django-ninja 1.7.1 (with Django 5.2.19, pydantic 2.14.3)
#
# Expected: two answers with different members are described by two schemas, as pydantic itself names them apart when asked for both at once
#   (its documentation: definitions of one name get the module in their name); or an error.
# Actual: the document has one component for all classes of one name. The class that was seen last describes the answers of all, without
#   a warning; the answers themselves are right, so clients generated from the document fail.
# Output:
#   answer of /notes: {"text": "a"}
#   answer of /fees: {"amount": 5}
#   described for /notes: #/components/schemas/Item
#   described for /fees: #/components/schemas/Item
#   members of Item: amount
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check django-ninja==1.7.1 django==5.2.19 pydantic==2.14.3

cat >"$folder/show.py" <<'PYTHON'
import django
from django.conf import settings

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="x")
django.setup()

from django.test import Client
from django.urls import path
from ninja import NinjaAPI, Schema


def notes():
    class Item(Schema):
        text: str

    return Item


def fees():
    class Item(Schema):
        amount: int

    return Item


api = NinjaAPI()


@api.get("/notes", response=notes())
def read_notes(request):
    return {"text": "a"}


@api.get("/fees", response=fees())
def read_fees(request):
    return {"amount": 5}


urlpatterns = [path("", api.urls)]
for name in ("/notes", "/fees"):
    print(f"answer of {name}:", Client().get(name).content.decode())
document = api.get_openapi_schema()
for name in ("/notes", "/fees"):
    answer = document["paths"][name]["get"]["responses"][200]["content"]["application/json"]["schema"]
    print(f"described for {name}:", answer["$ref"])
print("members of Item:", ", ".join(document["components"]["schemas"]["Item"]["properties"]))
PYTHON
"$folder/venv/bin/python" "$folder/show.py" | tee "$folder/seen"

sed -n '/^# Output:/,/^set/s/^#   //p' "$0" | diff - "$folder/seen"
