"""kill -9 of the platform's processes at random moments."""

import random
import threading
import time
from dataclasses import dataclass, field

from bench._faults.site import KINDS, Site

# PostgreSQL more than once each way: all at once, its first process alone, one backend.
WAYS = {"postgres": ("whole", "whole", "first", "child"), "web": ("whole", "first", "child")}
_SOME = {"web": 3, "worker": 3, "imports": 1, "sandbox": 1, "postgres": 3}
"""How often each is chosen, against the others."""
_MOST_TO_SETTLE = 30.0


@dataclass
class Killer:
    """Kills `kills` processes, `seconds` long and longer while the site is not ready, then ends.

    `ready`: seconds until the site was ready again, kill by kill.
    """

    site: Site
    kills: int
    seconds: float
    chance: random.Random
    kinds: tuple[str, ...] = KINDS
    ready: list[float] = field(default_factory=list)
    last_at: float = 0.0

    def run(self, stop: threading.Event) -> None:
        """Kill until all is done or `stop` is set: most while the site works, so that there is something to lose, each fourth
        while it comes back.
        """
        gap = self.seconds / self.kills
        first = self.chance.sample(self.kinds, len(self.kinds))  # each kind once, whatever follows
        for number in range(self.kills):
            if self.chance.random() < 0.75:
                self._settle()
                pause = self.chance.uniform(0.1, 1.5) * gap
            else:
                pause = self.chance.uniform(0.1, 0.5) * gap
            if stop.wait(pause):
                return
            self._kill_one(first[number : number + 1])

    def _settle(self) -> None:
        """Wait for the site to work again, not for ever: on a busy machine it takes long to start."""
        until = time.monotonic() + _MOST_TO_SETTLE
        while not self.site.is_ready() and time.monotonic() < until:
            time.sleep(0.1)

    def _kill_one(self, wanted: list[str]) -> None:
        """Kill something that runs, `wanted` if given; wait until it runs."""
        until = time.monotonic() + 120
        while time.monotonic() < until:
            kind = (wanted or self.chance.choices(self.kinds, [_SOME[kind] for kind in self.kinds]))[0]
            way = self.chance.choice(WAYS.get(kind, ("whole",)))
            if self.site.kill(kind, way):
                self.last_at = time.monotonic()
                print(f"  {sum(self.site.kills.values()):4} {kind} ({way})", flush=True)
                threading.Thread(target=self._time, daemon=True).start()
                return
            time.sleep(0.2)

    def _time(self) -> None:
        time.sleep(0.2)  # until the killed process is gone
        self.ready.append(self.site.await_ready())
