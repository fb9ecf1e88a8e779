#!/usr/bin/env bash
# libfaketime 0.9.10-2.1 (Debian 12), FAKETIME_DONT_FAKE_MONOTONIC
#
# Expected: its README: a program under a moved clock goes on as usual; FAKETIME_DONT_FAKE_MONOTONIC=1 leaves CLOCK_MONOTONIC real.
# Actual: with real monotonic clocks, clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME) fails, which is time.sleep of Python 3.11 and
#   newer: the offset is subtracted from a moment that was never moved. With moved ones it returns. (Moved ones have a fault of
#   their own: some waits with a timeout take as long as the clock was moved. That is not shown here.)
# Output:
#   real monotonic clocks, sleep: [Errno 22] Invalid argument
#   moved monotonic clocks, sleep: returns
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
(cd "$folder" && apt-get download -qq -o APT::Sandbox::User=root libfaketime=0.9.10-2.1 && dpkg -x libfaketime_*.deb .)
library=$(find "$folder" -name libfaketimeMT.so.1)

cat >"$folder/sleep.py" <<'PYTHON'
import time

try:
    time.sleep(0.1)
    print("returns")
except OSError as error:
    print(error)
PYTHON
for clocks in real moved; do
    [ $clocks = real ] && dont_fake=1 || dont_fake=0
    said=$(LD_PRELOAD=$library FAKETIME=+86400 FAKETIME_DONT_FAKE_MONOTONIC=$dont_fake python3 "$folder/sleep.py")
    echo "$clocks monotonic clocks, sleep: $said"
done | tee "$folder/seen"

sed -n '/^# Output:/,/^set /s/^#   //p' "$0" | diff - "$folder/seen"
