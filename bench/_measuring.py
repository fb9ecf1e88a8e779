"""Shared by all benchmarks: timing, figures, the machine."""

import os
import platform
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figures:
    """Times of one kind of call, in seconds."""

    times: tuple[float, ...]

    @property
    def mean(self) -> float:
        return sum(self.times) / len(self.times)

    def percentile(self, share: float) -> float:
        """Return the time within which `share` (0–1) of the calls finish (nearest rank)."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered)) - 1))]

    def __str__(self) -> str:
        shown = (self.percentile(0.5), self.percentile(0.99), self.mean)
        return "p50 {:8.2f}  p99 {:8.2f}  mean {:8.2f} ms".format(*(1000 * value for value in shown))


def timed(calls: Sequence[Callable[[], object]]) -> Figures:
    """Return the times of the calls, one after the other."""
    times = []
    for call in calls:
        started = time.perf_counter()
        call()
        times.append(time.perf_counter() - started)
    return Figures(tuple(times))


def machine() -> str:
    """Return one line about this machine: figures of different machines are not compared."""
    model = next(
        (line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor(),
    )
    memory = next((int(line.split()[1]) // 1024 // 1024 for line in _lines("/proc/meminfo") if "MemTotal" in line), 0)
    return f"{model}, {os.cpu_count()} cores, {memory} GiB, Python {platform.python_version()}"


def _lines(path: str) -> list[str]:
    file = Path(path)
    return file.read_text().splitlines() if file.exists() else []
