"""Django's form fields as controls: label, hint, error and value, tied together for everyone."""

from collections.abc import Callable
from typing import Any

import pytest
from django import forms
from django.template import engines

from jiuye.design.controls import describe
from jiuye.design.widgets import CodeInput, DateTimeInput, PhoneInput, RegionInput

Draw = Callable[..., str]


class Posting(forms.Form):
    """A form with a field of each kind."""

    title = forms.CharField(label="职位名称", help_text="写常用的叫法。")
    kind = forms.ChoiceField(
        label="用工类型", choices=[("", "请选择"), ("full", "全职"), ("part", "兼职")], widget=forms.RadioSelect
    )
    headcount = forms.IntegerField(label="人数", min_value=1, error_messages={"invalid": "请填写整数。"})
    duties = forms.CharField(label="内容", max_length=50, widget=forms.Textarea)
    at = forms.DateTimeField(label="时间", widget=DateTimeInput, required=False)
    region = forms.CharField(label="地点", widget=RegionInput, required=False)


@pytest.fixture
def draw() -> Draw:
    """Render a template text in the product's environment."""

    def render(text: str, **context: Any) -> str:
        return str(engines.all()[0].env.from_string(text).render(**context))  # type: ignore[attr-defined]

    return render


def test_a_field_in_error_is_described_by_its_hint_and_its_error(draw: Draw) -> None:
    html = draw("{{ ui.field(form.title) }}", form=Posting({"title": ""}))
    assert 'aria-describedby="id_title-hint id_title-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_title-hint"' in html
    assert 'id="id_title-error"' in html


def test_what_was_typed_is_kept_even_where_it_is_no_number(draw: Draw) -> None:
    html = draw("{{ ui.field(form.headcount) }}", form=Posting({"headcount": "两三个"}))
    assert 'type="text"' in html
    assert 'inputmode="numeric"' in html
    assert 'value="两三个"' in html
    assert "请填写整数。" in html


def test_a_group_is_a_fieldset_with_its_question_and_no_empty_choice(draw: Draw) -> None:
    html = draw("{{ ui.field(form.kind) }}", form=Posting({"kind": "part"}))
    assert "<legend" in html
    assert html.count('type="radio"') == 2
    assert 'value="part" checked' in html


def test_the_summary_links_every_error_to_its_field(draw: Draw) -> None:
    html = draw("{{ ui.error_summary(form) }}", form=Posting({"headcount": "x"}))
    for target in ("id_title", "id_kind", "id_headcount", "id_duties"):
        assert f'href="#{target}"' in html
    assert 'role="alert"' in html


def test_there_is_no_summary_without_errors(draw: Draw) -> None:
    assert draw("{{ ui.error_summary(form) }}", form=Posting()).strip() == ""


def test_only_fields_that_may_be_left_out_are_marked(draw: Draw) -> None:
    assert "选填" in draw("{{ ui.field(form.at) }}", form=Posting())
    assert "选填" not in draw("{{ ui.field(form.title) }}", form=Posting())


def test_a_limited_text_says_its_limit() -> None:
    control = describe(Posting()["duties"])
    assert control.limit == 50
    assert control.described_by == "id_duties-count"


def test_a_time_is_written_as_the_browser_wants_it(draw: Draw) -> None:
    from datetime import datetime

    html = draw("{{ ui.field(form.at) }}", form=Posting(initial={"at": datetime(2026, 11, 28, 14, 30)}))
    assert 'type="datetime-local"' in html
    assert 'value="2026-11-28T14:30"' in html


def test_a_region_can_be_typed_where_there_are_no_scripts(draw: Draw) -> None:
    html = draw(
        "{{ ui.field(form.region, source='/regions.json', value_name='四川省') }}",
        form=Posting(initial={"region": "510000"}),
    )
    assert 'data-region="/regions.json"' in html
    assert '<input type="text" name="region" value="510000"' in html


def test_attributes_of_the_input_may_be_given_in_the_template(draw: Draw) -> None:
    html = draw("{{ ui.field(form.title, autocomplete='off', data_wait=60) }}", form=Posting())
    assert 'autocomplete="off"' in html
    assert 'data-wait="60"' in html


def test_phones_offer_digits_and_the_code_from_the_message() -> None:
    assert 'inputmode="numeric"' in PhoneInput().render("phone", "")
    assert 'autocomplete="one-time-code"' in CodeInput().render("code", "")


def test_a_name_that_a_template_does_not_get_is_an_error(draw: Draw) -> None:
    from jinja2 import UndefinedError

    with pytest.raises(UndefinedError):
        draw("{{ nobody_passed_this }}")


def test_text_from_people_is_escaped(draw: Draw) -> None:
    job = dict.fromkeys(
        ["url", "title", "pay", "place", "experience", "education", "employer", "size", "agency", "date"], "<b>x</b>"
    )
    html = draw("{{ ui.job_card(job) }}", job=job | {"tags": ["<i>"], "verified": False})
    assert "<b>x" not in html
    assert "<i>" not in html


def test_a_posting_through_an_agency_always_says_so(draw: Draw) -> None:
    blank = dict.fromkeys(["url", "title", "pay", "place", "experience", "education", "employer", "size", "date"], "")
    job = blank | {"tags": [], "verified": False, "agency": "春晖人力"}
    assert "机构代招" in draw("{{ ui.job_card(job) }}", job=job)
    assert "机构代招" not in draw("{{ ui.job_card(job) }}", job=job | {"agency": ""})
