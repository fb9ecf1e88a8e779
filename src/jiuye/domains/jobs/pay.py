"""Pay in one unit, yuan a month: what it is, when it is plausible, how it is shown. `pay_text` reads it from people's words.

A month has 21.75 paid days of 8 hours: 劳社部发〔2008〕3号《关于职工全年月平均工作时间和工资折算问题的通知》
(365 days less 104 rest days, over 12).
"""

from dataclasses import dataclass
from typing import Literal

PayUnit = Literal["month", "day", "hour", "year", "piece"]
PayPer = Literal["month", "day", "hour", "year", "week", "piece"]

DAYS_A_MONTH = 21.75
HOURS_A_MONTH = DAYS_A_MONTH * 8
PER_MONTH: dict[str, float] = {"month": 1, "day": DAYS_A_MONTH, "hour": HOURS_A_MONTH, "year": 1 / 12}

HIGHEST_MONTHLY = 1_000_000
MONTHS_ALLOWED = range(12, 25)


class PayError(ValueError):
    """The text contains no pay that can be parsed. The message is Chinese and says how to correct it."""


class PayDoubtful(PayError):
    """The text has a figure, but does not say its unit, or says one that cannot be."""


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit of a column of pay: yuan times `scale` (1, 1000, 10000; 0 if open) per `per` (None if open)."""

    scale: int = 0
    per: PayPer | None = None
    is_foreign: bool = False


UNSTATED = Unit()


@dataclass(frozen=True, slots=True)
class Pay:
    """The pay of a posting.

    minimum, maximum: whole yuan a month before tax; None if the text leaves that end open (`2万以上`) or gives no
    monthly figure (`0.5元/件`, 面议). unit: as written. months: salaries a year, 12 or more. negotiable: the text
    says 面议; without a range no pay is stated. text: the text as written, trimmed. doubt: why a person should look before it
    is published, in Chinese; blank if the figures are plausible.
    """

    minimum: int | None
    maximum: int | None
    unit: PayUnit = "month"
    months: int = 12
    negotiable: bool = False
    text: str = ""
    doubt: str = ""

    @property
    def stated(self) -> bool:
        """Return whether a seeker can tell the monthly pay (人力资源市场暂行条例 art. 24: 基本劳动报酬)."""
        return self.minimum is not None or self.maximum is not None


def monthly(amount: float, unit: PayUnit) -> int:
    """Return whole yuan a month for an amount in yuan per `unit` (not for piece work)."""
    return int(amount * PER_MONTH[unit] + 0.5)


def format_pay(pay: Pay) -> str:
    """Format for the screen: `8-12K·13薪`, `850元/月`, `150元/天`, `20-25元/时`, `20K以上`, 面议.

    Yearly pay is shown by the month, so that postings compare.
    """
    if pay.unit == "piece":
        return pay.text
    if pay.minimum is None and pay.maximum is None:
        return "面议"
    if pay.unit in ("day", "hour"):
        shown = _range(pay, PER_MONTH[pay.unit], "元/天" if pay.unit == "day" else "元/时")
    else:
        shown = _range_of_months(pay)
    if pay.months > 12:
        shown += f"·{pay.months}薪"
    return f"{shown}·可面议" if pay.negotiable else shown


def _range_of_months(pay: Pay) -> str:
    ends = [end for end in (pay.minimum, pay.maximum) if end is not None]
    if pay.unit == "year" or all(end >= 1000 and end % 100 == 0 for end in ends):
        return _range(pay, 1000, "K")
    return _range(pay, 1, "元/月")


def _range(pay: Pay, divisor: float, suffix: str) -> str:
    low = None if pay.minimum is None else f"{round(pay.minimum / divisor, 1):g}"
    high = None if pay.maximum is None else f"{round(pay.maximum / divisor, 1):g}"
    # %g would turn 100000 and more into 1e+05; yuan a month use it only in the unscaled form.
    if divisor == 1:
        low, high = (None if end is None else str(end) for end in (pay.minimum, pay.maximum))
    if low is None:
        return f"{high}{suffix}以下"
    if high is None:
        return f"{low}{suffix}以上"
    return f"{low}{suffix}" if low == high else f"{low}-{high}{suffix}"
