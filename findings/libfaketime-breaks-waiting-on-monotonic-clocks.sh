#!/usr/bin/env bash
# libfaketime 0.9.10-2.1 (Debian 12), FAKETIME_DONT_FAKE_MONOTONIC
#
# Expected: its README: a program under a moved clock goes on as usual; FAKETIME_DONT_FAKE_MONOTONIC=1 leaves CLOCK_MONOTONIC real.
# Actual: with real monotonic clocks, clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME) fails, which is time.sleep of Python 3.11 and
#   newer: the offset is subtracted from a moment that was never moved. With moved ones, sem_clockwait(CLOCK_MONOTONIC), which is
#   a lock or Event with a timeout, is not covered and waits as long as the clock was moved.
# Output:
#   real monotonic clocks, sleep: [Errno 22] Invalid argument
#   real monotonic clocks, wait: returns
#   moved monotonic clocks, sleep: returns
#   moved monotonic clocks, wait: still waiting after 5 s
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
(cd "$folder" && apt-get download -qq -o APT::Sandbox::User=root libfaketime=0.9.10-2.1 && dpkg -x libfaketime_*.deb .)
library=$(find "$folder" -name libfaketimeMT.so.1)

# after FAKETIME_DONT_FAKE_MONOTONIC what to do
after() {
    LD_PRELOAD=$library FAKETIME=+86400 FAKETIME_DONT_FAKE_MONOTONIC=$1 timeout 5 python3 -c "$2" || echo "still waiting after 5 s"
}

sleep="
import time
try:
    time.sleep(0.1)
    print('returns')
except OSError as error:
    print(error)"
wait="
import threading
threading.Event().wait(0.1)
print('returns')"
for monotonic in 1 0; do
    [ $monotonic = 1 ] && clocks=real || clocks=moved
    echo "$clocks monotonic clocks, sleep: $(after $monotonic "$sleep")"
    echo "$clocks monotonic clocks, wait: $(after $monotonic "$wait")"
done | tee "$folder/seen"

sed -n '/^# Output:/,/^set /s/^#   //p' "$0" | diff - "$folder/seen"
