"""The platform as its API clients see it, for the sections of `bench/api.py`: web process, worker, and a client with a key."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from _sheets import recruiter

from jiuye.domains.clients.models import ApiClient, ClientCredential
from jiuye.domains.clients.policies import STARTS, digest_of, new_secret
from jiuye.domains.clients.states import CredentialKind, Mode, Scope
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.runtime.up import web_command

HOST = "127.0.0.1"
_LIMITS = ("API_REQUESTS", "CHANNEL_REQUESTS", "CLIENT_WRITES", "API_EXPORTS")
_UNLIMITED = {f"{name}_PER_MINUTE": "10000000" for name in _LIMITS}


@dataclass(frozen=True)
class ApiSite:
    """Where the API is."""

    port: int

    @property
    def origin(self) -> str:
        return f"http://{HOST}:{self.port}"


@dataclass(frozen=True)
class ApiCaller:
    """A client with every scope, acting for a recruiter of its agency."""

    actor: Actor
    key: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}", "On-Behalf-Of": str(self.actor.person_id)}


def api_caller(number: int) -> ApiCaller:
    """Return a client of a new agency that may publish; each number once."""
    actor = recruiter(number)
    moment = clock.real_now()
    client = ApiClient.objects.create(
        agency_id=actor.organisation_id,
        name="基准测试",
        mode=Mode.LIVE,
        scopes=list(Scope.values),
        created_by_id=actor.person_id,
        created_at=moment,
    )
    key = new_secret(STARTS[CredentialKind.KEY, Mode.LIVE])
    ClientCredential.objects.create(
        client=client, kind=CredentialKind.KEY, prefix=key[:14], digest=digest_of(key), created_at=moment
    )
    return ApiCaller(actor, key)


@contextmanager
def serving() -> Iterator[ApiSite]:
    """Run web process and worker as `up` starts them, without rate limits."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = int(probe.getsockname()[1])
    log = Path(os.environ["DATA_DIR"]) / "web.log"
    environment = os.environ | _UNLIMITED
    with log.open("wb") as output:
        web = subprocess.Popen(web_command(port), stdout=output, stderr=output, env=environment)
        worker = subprocess.Popen([sys.executable, "-m", "jiuye.worker"], stdout=output, stderr=output, env=environment)
    try:
        _await(port)
        yield ApiSite(port)
    except (Exception, SystemExit):
        print(log.read_text()[-3000:], file=sys.stderr)
        raise
    finally:
        for process in (web, worker):
            process.terminate()
            process.wait(30)


def _await(port: int) -> None:
    for _ in range(900):
        try:
            socket.create_connection((HOST, port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the web process did not start")
