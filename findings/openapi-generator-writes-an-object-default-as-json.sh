#!/usr/bin/env bash
# openapi-generator-cli 7.26.0 (needs Java)
#
# Expected: a property may have an object as its default (JSON Schema 2020-12 §9.2: any value; pydantic writes it for a model as a default).
#   Generated code assigns it, or leaves it out.
# Actual: the Go generator writes the JSON object into the source where an expression belongs, without a word; the result does not compile.
#   A default that is a list it leaves out, a string it writes correctly. The Java generator of the same release makes the object (that of
#   7.17.0 wrote JSON too).
# Output:
#   Go, object: var plan Plan = {"days":3}
#   Go, list: nothing
#   Go, string: var mode string = "onsite"
#   Java, object: private Plan plan = new Plan().days(3);
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check openapi-generator-cli==7.26.0

cat >"$folder/api.json" <<'JSON'
{"openapi": "3.1.0", "info": {"title": "Fairs", "version": "1"}, "paths": {}, "components": {"schemas": {
  "Plan": {"type": "object", "properties": {"days": {"type": "integer"}}},
  "Fair": {"type": "object", "properties": {
    "plan": {"$ref": "#/components/schemas/Plan", "default": {"days": 3}},
    "tags": {"type": "array", "items": {"type": "string"}, "default": ["new"]},
    "mode": {"type": "string", "default": "onsite"}}}}}}
JSON
for language in go java; do
  "$folder/venv/bin/openapi-generator-cli" generate -i "$folder/api.json" -g "$language" -o "$folder/$language" >/dev/null 2>&1
done
go=$folder/go/model_fair.go
java=$(find "$folder/java" -name Fair.java)

line() { grep -m1 -E "$1" "$2" | sed 's/^ *//; s/^\t*//' || echo nothing; }
{
  echo "Go, object: $(line 'var plan ' "$go")"
  echo "Go, list: $(line 'var tags ' "$go")"
  echo "Go, string: $(line 'var mode ' "$go")"
  echo "Java, object: $(line 'private Plan plan' "$java")"
} | tee "$folder/seen"

sed -n '/^# Output:/,/^set/s/^#   //p' "$0" | diff - "$folder/seen"
