"""Pay as people write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiuye.domains.jobs.pay import Pay, PayError, PayUnit, format_pay, monthly
from jiuye.domains.jobs.pay_text import parse_pay


@pytest.mark.parametrize(
    ("text", "minimum", "maximum", "shown"),
    [
        ("1-1.5万", 10000, 15000, "10-15K"),
        ("6千-1.2万·13薪", 6000, 12000, "6-12K·13薪"),
        ("15-30k·14薪", 15000, 30000, "15-30K·14薪"),
        ("8K-12K", 8000, 12000, "8-12K"),
        ("0.8-1万", 8000, 10000, "8-10K"),
        ("8千-1.2万", 8000, 12000, "8-12K"),
        ("6-8千·13薪", 6000, 8000, "6-8K·13薪"),
        ("5000-8000", 5000, 8000, "5-8K"),
        ("5,000-8,000元", 5000, 8000, "5-8K"),
        ("5000-8000元/月", 5000, 8000, "5-8K"),
        ("1.5千/月", 1500, 1500, "1.5K"),
        ("1850-2050元/月", 1850, 2050, "1850-2050元/月"),
        ("3千及以下", None, 3000, "3K以下"),
        ("2万以上", 20000, None, "20K以上"),
        ("10000元以上", 10000, None, "10K以上"),
        ("不低于6000元", 6000, None, "6K以上"),
        ("底薪3000+提成", 3000, None, "3K以上"),
        ("150元/天", 3263, 3263, "150元/天"),
        ("100-200/天", 2175, 4350, "100-200元/天"),
        ("100元/天-200元/天", 2175, 4350, "100-200元/天"),
        ("20-25元/小时", 3480, 4350, "20-25元/时"),
        ("时薪20", 3480, 3480, "20元/时"),
        ("24-36万/年", 20000, 30000, "20-30K"),
        ("年薪20万", 16667, 16667, "16.7K"),
        ("５０００～８０００元", 5000, 8000, "5-8K"),
        ("5000–8000", 5000, 8000, "5-8K"),
        ("5千至8千", 5000, 8000, "5-8K"),
        ("5000 到 8000", 5000, 8000, "5-8K"),
        ("五千到八千", 5000, 8000, "5-8K"),
        ("一万二-一万五", 12000, 15000, "12-15K"),
        ("1万2-1万5", 12000, 15000, "12-15K"),
        ("5000-1万", 5000, 10000, "5-10K"),
        ("5000-8000元/月，五险一金，包吃住", 5000, 8000, "5-8K"),
        ("8000元/月左右", 8000, 8000, "8K"),
        ("面议(5000-8000)", 5000, 8000, "5-8K·可面议"),
        ("面议", None, None, "面议"),
        ("薪资面议", None, None, "面议"),
    ],
)
def test_it_is_understood_and_shown_in_one_way(text: str, minimum: int | None, maximum: int | None, shown: str) -> None:
    pay = parse_pay(text)
    assert (pay.minimum, pay.maximum, format_pay(pay)) == (minimum, maximum, shown)
    assert pay.text == text


@pytest.mark.parametrize(
    ("text", "unit", "minimum"),
    [
        ("日薪150", "day", 3263),
        ("日结150", "day", 3263),
        ("日结：150-200", "day", 3263),
        ("每天150元", "day", 3263),
        ("每日150元", "day", 3263),
        ("时薪20", "hour", 3480),
        ("小时工20元", "hour", 3480),
        ("每小时20元", "hour", 3480),
        ("年薪24万", "year", 20000),
        ("年收入24万", "year", 20000),
        ("每年24万", "year", 20000),
        ("月薪6000", "month", 6000),
        ("月收入6000", "month", 6000),
        ("每月6000", "month", 6000),
        ("计件0.5元", "piece", None),
        ("日结5000元/月", "month", 5000),
    ],
)
def test_a_word_before_the_figure_says_the_unit_unless_one_follows(text: str, unit: str, minimum: int | None) -> None:
    pay = parse_pay(text)
    assert (pay.unit, pay.minimum) == (unit, minimum)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", "没有填写薪资"),
        ("高薪", "没有数字"),
        ("150-200", "没有写明单位"),
        ("8-12", "没有写明单位"),
        ("20-30万", "若是年薪请写"),
        ("8-1.2万", "下限高于上限"),
        ("9000-6000元", "下限高于上限"),
        ("试用期3000，转正5000", "不止一个说法"),
        ("1800元/周", "按周计"),
        ("200万/月", "每月一百万元以上"),
        ("0元", "不能是 0"),
        ("8-12/月", "太低"),
        ("5000美元", "人民币"),
        ("8K·30薪", "12到24"),
        ("9\ufffd-1.5万", "乱码"),
    ],
)
def test_text_without_a_single_reading_is_refused_with_a_correction(text: str, hint: str) -> None:
    with pytest.raises(PayError, match=hint):
        parse_pay(text)


def test_negotiable_pay_without_a_range_is_no_pay_stated() -> None:
    assert not parse_pay("面议").stated
    assert parse_pay("面议，8000起").stated


def test_piece_work_keeps_its_words_and_states_no_monthly_pay() -> None:
    pay = parse_pay("0.5元/件")
    assert (pay.unit, pay.stated, format_pay(pay)) == ("piece", False, "0.5元/件")


def test_a_month_has_21_75_days_of_8_hours() -> None:
    assert (monthly(100, "day"), monthly(10, "hour"), monthly(120_000, "year")) == (2175, 1740, 10_000)


@st.composite
def pays(draw: st.DrawFn) -> Pay:
    unit: PayUnit = draw(st.sampled_from(["month", "day", "hour"]))
    step, low, high = {"month": (50, 20, 9000), "day": (1, 10, 5000), "hour": (1, 1, 1000)}[unit]
    first, second = sorted(draw(st.tuples(*[st.integers(low, high)] * 2)))
    minimum, maximum = monthly(first * step, unit), monthly(second * step, unit)
    open_end = draw(st.sampled_from(["", "minimum", "maximum"]))
    return Pay(
        None if open_end == "minimum" else minimum,
        None if open_end == "maximum" else maximum,
        unit,
        draw(st.integers(12, 24)) if unit == "month" else 12,
        draw(st.booleans()),
    )


@given(pays())
def test_what_is_shown_is_read_back_as_the_same_pay(pay: Pay) -> None:
    again = parse_pay(format_pay(pay))
    assert (again.minimum, again.maximum, again.unit) == (pay.minimum, pay.maximum, pay.unit)
    assert (again.months, again.negotiable) == (pay.months, pay.negotiable)


@given(st.integers(5, 600), st.integers(0, 400))
def test_yearly_pay_is_shown_by_the_month_to_a_hundred_yuan(low: int, more: int) -> None:
    pay = parse_pay(f"{low}-{low + more}万/年")
    again = parse_pay(format_pay(pay) + "/月")
    assert pay.minimum is not None
    assert again.minimum is not None
    assert abs(again.minimum - pay.minimum) <= 50


@given(st.text(max_size=40))
def test_any_text_is_either_pay_in_order_or_refused(text: str) -> None:
    try:
        pay = parse_pay(text)
    except PayError:
        return
    assert pay.months in range(12, 25)
    if pay.minimum is not None and pay.maximum is not None:
        assert 0 < pay.minimum <= pay.maximum


@given(st.text(alphabet="0123456789.-千万kK元/天月年·薪以上下面议 ", max_size=20))
def test_so_is_any_text_that_looks_like_pay(text: str) -> None:
    test_any_text_is_either_pay_in_order_or_refused.hypothesis.inner_test(text)  # type: ignore[attr-defined]
