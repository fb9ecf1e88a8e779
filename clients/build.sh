#!/usr/bin/env bash
# Generate the TypeScript, Java and Go clients from the OpenAPI document and compile them: clients/build.sh [FOLDER]
# Needs Java 17, Maven, Node and Go, and the internet. Not a part of the tests: run it after changes to the API.
set -euo pipefail
cd "$(dirname "$0")/.."
version=7.26.0
folder=${1:-$(mktemp -d)}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

./jiuye manage api_document > "$folder/openapi.json"
generate() {
  rm -rf "${folder:?}/$1"
  .jiuye/boot/bin/uv tool run --quiet --from "openapi-generator-cli==$version" openapi-generator-cli generate \
    -i "$folder/openapi.json" -g "$2" -o "$folder/$1" "${@:3}" > "$folder/$1.log"
}

generate typescript typescript-fetch
cat > "$folder/typescript/tsconfig.json" <<'JSON'
{
  "compilerOptions": {
    "target": "ES2022", "module": "ESNext", "moduleResolution": "Bundler", "lib": ["ES2022", "DOM"],
    "strict": true, "noEmit": true
  },
  "include": ["**/*.ts"]
}
JSON
(cd "$folder/typescript" && npx -y -p typescript@5.9 tsc -p .)
echo "TypeScript: compiled"

generate java java --library native --group-id cn.jiuye --artifact-id jiuye-client --invoker-package cn.jiuye.client \
  --api-package cn.jiuye.client.api --model-package cn.jiuye.client.model -p openApiNullable=false
(cd "$folder/java" && mvn -q -B -DskipTests compile)
echo "Java: compiled"

generate go go -p packageName=jiuye,enumClassPrefix=true --git-user-id jiuye --git-repo-id jiuye-client
(cd "$folder/go" && rm -rf test && go mod tidy && go build ./...)
echo "Go: compiled"
echo "The clients are in $folder"
