#!/usr/bin/env bash
# libfaketime 0.9.10-2.1 (Debian 12), dates of files
#
# Expected: its README: "system calls to file timestamps are also intercepted": a file that is written now is dated now.
# Actual: stat and fstat are covered; stat64, fstat64 and fstatat64 of glibc 2.33 and newer are not. Programs built for large files,
#   such as Python, see real dates, and every new file is as old as the clock was moved.
# Output:
#   a file written now is 86400 s old
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
(cd "$folder" && apt-get download -qq -o APT::Sandbox::User=root libfaketime=0.9.10-2.1 && dpkg -x libfaketime_*.deb .)
library=$(find "$folder" -name libfaketimeMT.so.1)

LD_PRELOAD=$library FAKETIME=+86400 python3 - <<'PYTHON' | tee "$folder/seen"
import os, tempfile, time

with tempfile.NamedTemporaryFile() as file:
    print(f"a file written now is {round(time.time() - os.stat(file.name).st_mtime)} s old")
PYTHON

sed -n '/^# Output:/,/^set /s/^#   //p' "$0" | diff - "$folder/seen"
