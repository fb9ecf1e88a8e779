"""A new visitor on a phone: from the home page to the first application in at most 12 taps and 2 typed fields besides
the code (bar U5).

`./jiuye bench usability first-visit` measures the seconds of the same steps.
"""

from playwright.sync_api import Browser

from bench._first_visit import apply_for_the_first_time
from tests.browser import window
from tests.e2e.people import new_phone
from tests.factories.platform import Platform


def test_the_first_application_takes_few_taps_and_hardly_any_typing(chromium: Browser, platform: Platform) -> None:
    platform.forget_attempts()
    phone = new_phone()
    with window(chromium, platform, 390, has_touch=True) as context:
        effort = apply_for_the_first_time(context.new_page(), phone, "江晓舟", lambda: platform.code_for(phone))
    assert effort.faults() == []
    assert effort.fields == ["手机号", "姓名"]
