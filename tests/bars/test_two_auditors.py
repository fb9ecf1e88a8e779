"""Two auditors with the same case on their screens, over real HTTP: one decides, the other is told who and when (R4)."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import httpx
import pytest
from django.conf import settings
from pytest_django.live_server_helper import LiveServer

from jiuye.domains.accounts.models import User
from jiuye.domains.qualifications.models import Case, Decision
from jiuye.kernel.models import EventRecord
from tests.factories import accounts, audits, markup

pytestmark = pytest.mark.django_db(transaction=True)


def at_desk(server: LiveServer, name: str) -> httpx.Client:
    """Return the browser of an auditor who has signed in."""
    user = User.objects.get(pk=audits.auditor(name).person_id)
    cookie = accounts.browser(user).cookies[settings.SESSION_COOKIE_NAME].value
    return httpx.Client(
        base_url=server.url, cookies={settings.SESSION_COOKIE_NAME: cookie}, follow_redirects=True, timeout=60
    )


def filled_in(client: httpx.Client, case: Case, decision: str) -> tuple[str, dict[str, list[str]]]:
    """Open the case and fill in the form: all accepted, or the licence refused. Return where it goes, and its data."""
    page = client.get(f"/ops/qualifications/{case.id}").raise_for_status()
    form = next(one for one in markup.read(page.text).posted() if one.action.endswith("/decide"))
    kinds = list(case.items.values_list("kind", flat=True))
    data = form.data() | {f"verdict-{kind}": ["accepted"] for kind in kinds} | {"decision": [decision]}
    if decision == "return":
        data |= {"verdict-hr_licence": ["refused"], "reason-hr_licence": ["unreadable"]}
    data.pop("next", None)
    return form.action, data


def pressed_together(*forms: tuple[httpx.Client, tuple[str, dict[str, list[str]]]]) -> list[httpx.Response]:
    """Send the forms in the same moment."""
    start = Barrier(len(forms))

    def press(client: httpx.Client, form: tuple[str, dict[str, list[str]]]) -> httpx.Response:
        start.wait()
        return client.post(form[0], data=form[1])

    with ThreadPoolExecutor(len(forms)) as pool:
        return list(pool.map(lambda one: press(*one), forms))


def test_one_decides_and_the_other_is_told_who_and_when(live_server: LiveServer) -> None:
    case = audits.waiting()
    names = {"pass": "审核员甲", "return": "审核员乙"}
    desks = {decision: at_desk(live_server, name) for decision, name in names.items()}
    forms = {decision: filled_in(client, case, decision) for decision, client in desks.items()}

    answers = dict(zip(desks, pressed_together(*((desks[one], forms[one]) for one in desks)), strict=True))

    decision = Decision.objects.get()
    won, lost = ("return", "pass") if decision.step == "return" else ("pass", "return")
    assert decision.operator.name == names[won]
    assert answers[won].status_code == 200
    assert answers[lost].status_code == 409
    assert re.search(rf"{names[won]}已于 \d+月\d+日 \d\d:\d\d 作出决定：.*您的决定没有保存", answers[lost].text)
    case.refresh_from_db()
    assert (case.state, case.version) == ("returned" if won == "return" else "second_look", 2)
    assert EventRecord.objects.filter(name="CaseDecided").count() == 1


def test_a_colleague_who_comes_later_is_told_who_is_working_on_it(live_server: LiveServer) -> None:
    case = audits.waiting()
    first, second = at_desk(live_server, "审核员甲"), at_desk(live_server, "审核员乙")
    form = filled_in(second, case, "pass")
    page = first.get(f"/ops/qualifications/{case.id}")
    claim = next(one for one in markup.read(page.text).posted() if one.action.endswith("/claim"))
    assert "我领取的" in first.post(claim.action, data=claim.data()).text

    answer = second.post(form[0], data=form[1])

    assert answer.status_code == 409
    assert "同事正在处理这件" in answer.text
    assert "审核员甲 正在处理这件" in answer.text
    assert not Decision.objects.exists()
