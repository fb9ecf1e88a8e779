"""The card service as a running process: concurrent requests, and after a kill."""

import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.factories.sandbox import Sandbox, running_sandbox, start_sandbox
from tests.sandbox.card import CHALLENGE, CREDENTIALS, HOLDER, SCOPE, VERIFIER

pytestmark = pytest.mark.processes
AT_ONCE = 12


def approved_code(sandbox: Sandbox) -> str:
    """The code of a request that was shown, scanned and approved."""
    form = {"scope": SCOPE, "nonce": "of-this-test", "code_challenge": CHALLENGE, "code_challenge_method": "S256"}
    shown = httpx.post(
        f"{sandbox.url}/essc/qr", data={**form, "match": "42", "expires_in": "60"}, auth=CREDENTIALS
    ).json()
    sandbox.scan(HOLDER, shown["qr_uri"], choice="42")
    told = httpx.post(f"{sandbox.url}/essc/qr/{shown['reference']}", auth=CREDENTIALS).json()
    return str(told["code"])


def redeem(sandbox: Sandbox, code: str) -> int:
    form = {"grant_type": "authorization_code", "code": code, "code_verifier": VERIFIER}
    return httpx.post(f"{sandbox.url}/essc/token", data=form, auth=CREDENTIALS).status_code


def test_of_many_who_redeem_a_code_at_once_one_succeeds(tmp_path: Path) -> None:
    with running_sandbox(tmp_path) as sandbox, ThreadPoolExecutor(AT_ONCE) as threads:
        code = approved_code(sandbox)

        answers = list(threads.map(lambda _: redeem(sandbox, code), range(AT_ONCE)))

    assert sorted(answers) == [200] + [400] * (AT_ONCE - 1)


def test_first_questions_at_once_see_the_same_keys(tmp_path: Path) -> None:
    with running_sandbox(tmp_path) as sandbox, ThreadPoolExecutor(AT_ONCE) as threads:
        published = set(threads.map(lambda _: httpx.get(f"{sandbox.url}/essc/jwks", timeout=60).text, range(AT_ONCE)))

    assert len(published) == 1


def test_keys_codes_and_consents_survive_a_kill(tmp_path: Path) -> None:
    sandbox = start_sandbox(tmp_path)
    keys, code = httpx.get(f"{sandbox.url}/essc/jwks").json(), approved_code(sandbox)
    sandbox.stop(signal.SIGKILL)

    with running_sandbox(tmp_path) as restarted:
        assert httpx.get(f"{restarted.url}/essc/jwks").json() == keys
        assert redeem(restarted, code) == 200
        assert "已授权就业在线登录" in httpx.get(f"{restarted.url}/phone/{HOLDER}/home").text
