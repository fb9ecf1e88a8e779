"""Find the browser for the end-to-end tests, or install it where that is allowed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from jiuye.runtime import apt

# The headless shell first: the same engine without the desktop's windows, which cost four times the processor for each context.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_BROWSERS = ("chromium-headless-shell", "chromium")  # Debian's packages; the second where a release lacks the first
_FONT = "fonts-noto-cjk"
_WHAT_FOR = "for the browser tests"


@dataclass(frozen=True)
class Browser:
    """A Chromium that starts, or the reason why there is none."""

    path: Path | None
    problem: str = ""


def find() -> Path | None:
    """Return the path of this machine's Chromium, or of the one that Playwright downloaded."""
    named = os.environ.get("JIUYE_CHROMIUM")
    candidates = [named] if named else [shutil.which(name) for name in _NAMES]
    for candidate in candidates:
        if candidate and _starts(Path(candidate)):
            return Path(candidate)
    return _downloaded()


def ensure(tell: Callable[[str], None]) -> Browser:
    """Find a browser. Otherwise install it with apt if we may, or let Playwright download its own."""
    may_install = apt.may_install()
    if not has_chinese_font():
        if may_install:
            apt.install(_FONT, _WHAT_FOR, tell)
        else:
            tell("未找到中文字体，浏览器测试里的文字会显示为方框（no CJK font: install fonts-noto-cjk）")
    path = find()
    for package in _BROWSERS if may_install else ():
        if path is None:
            apt.install(package, _WHAT_FOR, tell)
            path = find()
    if path is None:
        tell("正在下载 Playwright 自带的 Chromium…（downloading Playwright's own Chromium）")
        _succeeds([sys.executable, "-m", "playwright", "install", "chromium"], seconds=900)
        path = _downloaded()
    if path is None:
        return Browser(
            None, "没有可用的 Chromium，tests/e2e 未运行（no Chromium: apt-get install chromium, then again）"
        )
    return Browser(path)


def has_chinese_font() -> bool:
    """Return whether a font with Chinese characters is installed."""
    lister = shutil.which("fc-list")
    if lister is None:
        return any(Path("/usr/share/fonts").rglob("*CJK*"))
    return bool(subprocess.run([lister, ":lang=zh"], capture_output=True, check=False).stdout.strip())


def _downloaded() -> Path | None:
    """Return the path of Playwright's browser if it and its libraries are installed."""
    question = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    try:
        answer = subprocess.run(
            [sys.executable, "-c", question], capture_output=True, text=True, timeout=60, check=False
        )
    except subprocess.TimeoutExpired:
        return None
    path = Path(answer.stdout.strip() or "/nonexistent")
    return path if _starts(path) else None


def _starts(path: Path) -> bool:
    return path.is_file() and _succeeds([str(path), "--version"], seconds=30)


def _succeeds(command: Sequence[str], *, seconds: float) -> bool:
    try:
        outcome = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return outcome.returncode == 0
