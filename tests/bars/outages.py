"""A platform on a small disk of its own, and people who apply on it."""

import contextlib
import json
import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

import psutil
import psycopg
import pytest

from jiuye.runtime.data_folder import DataFolder
from jiuye.runtime.fingerprints import REPOSITORY
from jiuye.runtime.processes import survivors, working_in
from tests.factories.running_platform import Answer, Platform

SIZE = "700m"
WHY_NOT = "needs a small disk: root may mount a tmpfs, others need user namespaces (unshare --map-current-user)"
_INSIDE = 'mount -t tmpfs -o size="$1" tmpfs "$2" && shift 2 && exec "$@"'
# Run in the site's own database: a posting, and people with a resume, signed in.
_SEED = textwrap.dedent("""
    import json, sys
    import django
    django.setup()
    from tests.factories import accounts, cast, resumes
    from django.db import transaction
    with transaction.atomic():
        made = cast.assemble()
        sessions = []
        for number in range(int(sys.argv[1])):
            someone = accounts.person("林小满", f"139{number:08d}")
            resumes.whole_resume(someone)
            sessions.append(accounts.browser(someone).cookies["jiuye_session"].value)
    print(json.dumps({"posting": str(made.posting.id), "sessions": sessions}))
""")


@dataclass
class SmallDisk:
    """A tmpfs of `SIZE`. `within` is the command that mounts it, where only a namespace may."""

    folder: Path
    within: list[str] = field(default_factory=list)

    @classmethod
    @contextlib.contextmanager
    def mounted(cls, folder: Path) -> Iterator["SmallDisk"]:
        """Yield the disk at `folder`; skips the test where there can be none."""
        folder.mkdir()
        if os.geteuid() == 0:
            command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
            if subprocess.run(command, capture_output=True, check=False).returncode != 0:
                pytest.skip(WHY_NOT)
            try:
                yield cls(folder)
            finally:
                subprocess.run(["umount", "--lazy", str(folder)], check=False)
            return
        inside = ["unshare", "-Um", "--map-current-user", "--keep-caps", "sh", "-c", _INSIDE, "sh", SIZE, str(folder)]
        with contextlib.suppress(OSError):
            if subprocess.run([*inside, "true"], capture_output=True, check=False).returncode == 0:
                yield cls(folder, inside)
                return
        pytest.skip(WHY_NOT)


class Site:
    """The platform on a small disk, with a posting and people who may apply for it once each."""

    def __init__(self, disk: SmallDisk, people: int) -> None:
        self.platform = Platform(disk.folder / "data", output=disk.folder.with_suffix(".out"), within=disk.within)
        self.platform.wait_until_ready()
        seen_from_here = Path(f"/proc/{self.platform.process.pid}/root") if disk.within else Path("/")
        self.disk = seen_from_here / disk.folder.relative_to("/")
        self.dsn = DataFolder(self.disk / "data").server().dsn()
        environment = {**os.environ, "DATABASE_URL": self.dsn, "DATA_DIR": str(self.disk / "data")}
        seeded = subprocess.run(
            [sys.executable, "-c", _SEED, str(people)],
            env={**environment, "DJANGO_SETTINGS_MODULE": "jiuye.config.settings"},
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            check=True,
        )
        told = json.loads(seeded.stdout.splitlines()[-1])
        self.posting: str = told["posting"]
        self.people = [Person(self, session) for session in told["sessions"]]
        self.spare = iter(self.people)

    def fill(self) -> None:
        """Use up the disk to the last byte."""
        with (self.disk / f"filler{len(list(self.disk.glob('filler*')))}").open("wb", buffering=0) as file:
            step = 64 * 2**20
            while step:
                try:
                    os.posix_fallocate(file.fileno(), file.seek(0, os.SEEK_END), step)
                except OSError:
                    step //= 2

    def clear(self) -> None:
        for file in self.disk.glob("filler*"):
            file.unlink()

    def applications(self) -> list[UUID]:
        """Return the ids of all that are stored."""
        with psycopg.connect(self.dsn) as database:
            return [row[0] for row in database.execute("SELECT id FROM applications_application")]

    def end(self) -> None:
        self.platform.process.kill()
        data = self.platform.data
        for process in [*survivors(data), *working_in(DataFolder(self.disk / "data").postgres)]:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()


@dataclass
class Person:
    """Somebody with a resume, signed in."""

    site: Site
    session: str
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, body: str | None = None) -> Answer:
        jar = {"jiuye_session": self.session, **self.cookies}
        answer = self.site.platform.ask(path, body, {"Cookie": "; ".join(f"{k}={v}" for k, v in jar.items())})
        if found := re.search(r"csrftoken=([^;]+)", "\n".join(answer.headers.get_all("Set-Cookie", []))):
            self.cookies["csrftoken"] = found[1]
        return answer

    def form(self) -> str:
        """Return the body of the form by which they apply, all of it agreed to."""
        page = self.ask(f"/jobs/{self.site.posting}/apply")
        assert page.status == 200, page.text
        return urlencode(fields_of(page.text))

    def send(self, form: str) -> Answer:
        return self.ask(f"/jobs/{self.site.posting}/apply", form)

    def apply(self) -> UUID:
        """Apply. Return the id of the application, which the site has acknowledged."""
        return acknowledged(self.send(self.form()))


def acknowledged(answer: Answer) -> UUID:
    """Return the id in the answer to an application."""
    assert answer.status in (302, 303), (answer.status, answer.text[:2000])
    return UUID(answer.headers["Location"].rstrip("/").rsplit("/", 1)[-1])


def fields_of(page: str) -> dict[str, str]:
    """Return the fields of the page's form to apply, its boxes ticked."""
    form = next(one for one in re.findall(r"<form\b.*?</form>", page, re.S) if 'name="key"' in one)
    found = {}
    for field_ in re.findall(r"<input\b[^>]*>", form):
        if name := re.search(r'name="([^"]+)"', field_):
            value = re.search(r'value="([^"]*)"', field_)
            found[name[1]] = unescape(value[1]) if value else "on"
    return found
