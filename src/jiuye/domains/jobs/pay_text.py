"""Read pay as people write it, in a cell or a sentence."""

import re
from dataclasses import dataclass

from jiuye.domains.jobs.currencies import names_foreign_currency
from jiuye.domains.jobs.numerals import Bound, arabic, bound_of, fold_dashes
from jiuye.domains.jobs.pay import (
    HIGHEST_MONTHLY,
    MONTHS_ALLOWED,
    UNSTATED,
    Pay,
    PayDoubtful,
    PayError,
    PayPer,
    PayUnit,
    Unit,
    monthly,
)
from jiuye.kernel.text import one_form

LONGEST_READ = 120
"""Characters that are read; what follows is not about pay."""

ASK = "请写成“8000-12000元/月”“8-12K·13薪”“150元/天”这样的形式"
_SHOWN = 40
_HIGHEST_UNSTATED = 100_000
_LOWEST_UNSTATED = 1000
_WIDEST = 10
"""How many times the lower end the upper one may be: of 4,400 ranges of a board none passes 8."""
_LOWEST: dict[str, float] = {"month": 100, "day": 10, "hour": 1, "year": 3000}
# What is plausible in yuan per unit: where the cell says the unit itself, and where only its column or nobody does.
_SAID: dict[str, tuple[float, float]] = {
    "month": (500, 300_000), "day": (30, 5000), "hour": (5, 2000), "year": (12_000, 4_000_000),
}  # fmt: skip
_ASSUMED: dict[str, tuple[float, float]] = {
    "month": (1000, 100_000), "day": (50, 3000), "hour": (8, 1000), "year": (12_000, 2_000_000),
}  # fmt: skip
_UNIT_LABELS = {"month": "月", "day": "天", "hour": "小时", "year": "年"}

_NUMERALS = "一二两三四五六七八九十百千万"
_GROUPED = re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3}){1,3}(?!\d)")
_APART = re.compile(r"(?<=\d)\s+(?=\d)")
_PER_ONE = re.compile(
    r"(?<=[\d二三四五六七八九百千万kw元块钱])(?:每一|[一每])个?(?=天|日|小时|钟头|时|月|年|周|星期|工|班|课时|节|件|单|次|场|台|趟)"
)
_FOR_ONE = re.compile(
    rf"(?<![\d.\-])(?:每一|[一每1])个?(天|日|小时|钟头|时|月|年|周|件|单|次|工|班)(?=[:¥约为]?[\d{_NUMERALS}])"
)
_ASIDES = re.compile(
    r"(?<![\d.])(?:[2-9]|1\d|2[0-4])(?:\.5)?小时(?:工作制|制|工作|/天|/日)?|\d险(?:\d金)?|\d{1,3}%|月休\d天?|[做上]\d休\d|(?<!\d)\d{1,2}天制"
    r"|(?<!\d)\d{1,2}:\d{2}(?:-\d{1,2}:\d{2})?|(?<!\d)\d{1,2}(?:-\d{1,2})?周?岁(?:以上|以下|以内|左右)?|多劳多得|满勤|/人(?=/)"
)
_EXTRAS = "全勤奖?|满勤奖?|餐补|饭补|房补|车补|话补|[\u4e00-\u9fff]{0,4}(?:补贴|补助|津贴)|工龄奖?|夜班补?"
_ALLOWANCES = re.compile(
    rf"[+,;、(加含另]{{0,3}}(?:{_EXTRAS})[:约]?\d{{1,4}}元?(?:/[天月])?\)?|[+加]\d{{1,4}}元?(?:{_EXTRAS})|(?:每月)?\d{{1,2}}[号日](?:左右)?发(?:放|薪|工资)?"
)
_MONTHS = re.compile(r"[\s·•‧・.*×x/,;(]?(?<!\d)(\d{2})(?:-(\d{2}))?(?:个月)?薪(?![资酬水])\)?")
_MONTHS_TIMES = re.compile(r"[*×x](1[2-9]|2[0-4])(?:个月|月)?(?![\d.])")
_TEN_THOUSAND = re.compile(r"(?<![\d.百千万])万(?=元)")
_OVER_TEN_THOUSAND = re.compile(r"[过超上破]万")
_COMPOUND = re.compile(r"(?<![\d.])(\d{1,4})([万千wk])(\d)(?:[千k](?=\D|$)|百)?(?![\d.百千万kw])")
_NEGOTIABLE = re.compile(r"面议|面谈|商议|协商|详谈|negotiable")
_BASE = re.compile(r"底薪|保底|基本工资|基薪|base")
_AMOUNT = re.compile(
    r"(?P<figure>\d{1,9}(?:\.\d{1,4})?)(?P<scale>[百千万kw])?(?P<about>[多余来])?(?P<money>元|块钱?|圆|rmb|cny|人民币|yuan)?(?P<bound>及?以[上下内]|起)?"
    r"(?:\(?(?:/|每|per|a)?个?(?P<per>工作日|工日|天(?!数|花)|日(?!常|休|期)|小时|钟头|时(?!间|长|段)|hours?|hr|h(?![a-z])|days?|d(?![a-z])"
    r"|年(?!终|底|假|节|会|龄|轻|度)|years?|yr|y(?![a-z])|月(?!休|底|初|末|份)|months?|mon|mth|m(?![a-z])|周(?!末|[一二三四五六日])|星期|weeks?)"
    r"\)?|\(?[/每一](?P<other>[^\W\d]{1,4}))?"
)
_UNIT_WORDS: tuple[tuple[PayPer, str], ...] = (
    ("day", "天 日 工作日 工日 day days d"),
    ("hour", "小时 钟头 时 hour hours hr h"),
    ("year", "年 year years yr y"),
    ("month", "月 month months mon mth m"),
    ("week", "周 星期 week weeks"),
)
_UNIT_OF = {word: unit for unit, words in _UNIT_WORDS for word in words.split()}
_PIECES = re.compile(
    r"件|个|单|次|场|课时|节|平|吨|米|台|套|趟|车|票|公里|篇|字|户|亩|棵|斤|公斤|份|桌|箱|块|张|片|双|条"
)
_HEADS: tuple[tuple[str, PayPer], ...] = (
    ("年薪", "year"), ("年收入", "year"), ("年包", "year"), ("总包", "year"), ("全年", "year"), ("每年", "year"), ("日薪", "day"),
    ("日结", "day"), ("每天", "day"), ("每日", "day"), ("每工", "day"), ("每班", "day"), ("时薪", "hour"), ("小时工", "hour"),
    ("每小时", "hour"), ("每时", "hour"), ("每钟头", "hour"), ("小时", "hour"), ("月薪", "month"), ("月收入", "month"), ("月入", "month"),
    ("每月", "month"), ("每周", "week"), ("周薪", "week"), ("天", "day"), ("每件", "piece"), ("每单", "piece"), ("每次", "piece"),
)  # fmt: skip
_SCALES = {"百": 100, "千": 1000, "k": 1000, "万": 10000, "w": 10000}


def parse_pay(text: str, column: Unit = UNSTATED) -> Pay:
    """Parse pay written by a person: `6千-1.2万·13薪`, `15-30k`, `150元/天`, `三到五千`, `2万以上`, 面议, …

    `column`: the unit of the cell's column, for what the cell does not say itself. Raises PayDoubtful if the text has a figure whose unit
    is open, PayError if it has none, or more than one reading, or another currency. `Pay.doubt` says when the figures are not plausible.
    """
    written = text.strip()
    folded = one_form(written, longest=LONGEST_READ).strip()
    if not folded:
        raise PayError(f"没有填写薪资，{ASK}")
    if "\ufffd" in folded:
        raise PayError(f"薪资“{written[:_SHOWN]}”里有乱码，{ASK}")
    if column.is_foreign or names_foreign_currency(folded):
        raise PayError(f"薪资“{written[:_SHOWN]}”不是人民币，请换算成人民币，{ASK}")
    return _Reading(written, *_take_months(_joined(folded)), column).pay()


def _joined(folded: str) -> str:
    """Normalise further: one dash, no blanks, Arabic figures with their scale (三到五千 → 3-5千)."""
    folded = _GROUPED.sub(lambda found: found[0].replace(",", ""), _APART.sub(";", folded))
    folded = fold_dashes("".join(folded.split()).replace("¥", ""))
    folded = arabic(_FOR_ONE.sub(r"每\1", _PER_ONE.sub("/", folded)), keeps_scale=True)
    folded = _OVER_TEN_THOUSAND.sub("超过1万", _TEN_THOUSAND.sub("1万", folded))
    return _ASIDES.sub("", _ALLOWANCES.sub("", folded))


def _take_months(folded: str) -> tuple[str, int]:
    """Split off `·13薪`; a range of months counts as its lower end, which is certain."""
    months = 12
    if found := _MONTHS.search(folded) or _MONTHS_TIMES.search(folded):
        months = int(found[1])
        if months not in MONTHS_ALLOWED:
            raise PayError(f"一年发{months}个月工资不合常理，请写12到24之间的数，如“·13薪”")
        folded = f"{folded[: found.start()]};{folded[found.end() :]}".strip(";")
    return _COMPOUND.sub(r"\1.\3\2", folded), months


@dataclass(slots=True)
class _Reading:
    """One text on its way to a Pay."""

    written: str
    folded: str
    months: int
    column: Unit

    def pay(self) -> Pay:
        negotiable = bool(_NEGOTIABLE.search(self.folded))
        amounts = list(_AMOUNT.finditer(self.folded))
        if not amounts:
            if negotiable:
                return Pay(None, None, negotiable=True, months=self.months, text=self.written)
            raise PayError(f"薪资“{self.written[:_SHOWN]}”里没有数字，{ASK}")
        head = self.folded[: amounts[0].start()]
        used, ends = self._used(head, amounts)
        if len(amounts) > len(used) and not _BASE.search(head):
            raise PayError(f"薪资“{self.written[:_SHOWN]}”里有不止一个说法，请只留一个范围，{ASK}")
        low, high = self._figures(used)
        per, is_said = self._per(head, used, low)
        if per == "piece":
            return Pay(None, None, "piece", 12, negotiable, self.written)
        doubt = self._doubt(low, low if high is None else high, per, is_said=is_said)
        minimum, maximum = _ends(ends, low, high)
        months = 12 if per == "year" else self.months  # a yearly total already includes them
        pay = Pay(_monthly(minimum, per), _monthly(maximum, per), per, months, negotiable, self.written, doubt)
        if max(pay.minimum or 0, pay.maximum or 0) > HIGHEST_MONTHLY:
            raise PayDoubtful(f"薪资“{self.written[:_SHOWN]}”合每月一百万元以上，请检查单位是否写对")
        return pay

    def _used(self, head: str, amounts: list[re.Match[str]]) -> tuple[list[re.Match[str]], Bound | None]:
        """Return the one or two amounts that are the pay, and of one which end it is."""
        first, following = amounts[0], self.folded[amounts[0].end() :]
        if len(amounts) > 1:
            second = amounts[1]
            between = self.folded[first.end() : second.start()]
            if between == "-":
                return amounts[:2], None
            before = bound_of(first["bound"] or "") or bound_of(head)
            after = bound_of(second["bound"] or "") or bound_of(between) or _at_start(self.folded[second.end() :])
            if before == "lower" and after == "upper":
                return amounts[:2], None
        if first["about"]:
            return amounts[:1], "lower"
        own = bound_of(first["bound"] or "") or _at_start(following)
        if own is None:
            own = "lower" if _BASE.search(head) else bound_of(head)
        return amounts[:1], own

    def _figures(self, used: list[re.Match[str]]) -> tuple[float, float | None]:
        """Return the one or two amounts in yuan; a scale written once applies to both (`1-1.5万`, `6千-8`)."""
        default = self.column.scale if self.column.scale and not any(amount["money"] for amount in used) else 1
        low, low_scale = float(used[0]["figure"]), _SCALES.get(used[0]["scale"] or "")
        if len(used) == 1:
            return low * (low_scale or default), None
        high, high_scale = float(used[1]["figure"]), _SCALES.get(used[1]["scale"] or "")
        if low_scale is None and high_scale is not None and (low <= high or low < 100):
            low_scale = high_scale
        if high_scale is None and low_scale is not None and high < 100:
            high_scale = low_scale
        if low_scale is None and high_scale is None:
            low_scale = high_scale = default
        low, high = low * (low_scale or 1), high * (high_scale or 1)
        if low > high:
            raise PayError(f"薪资“{self.written[:_SHOWN]}”的下限高于上限，两边都请写明单位，如“8千-1.2万”")
        return low, high

    def _per(self, head: str, used: list[re.Match[str]], low: float) -> tuple[PayUnit, bool]:
        """Return the unit, and whether the text itself says it."""
        said = {self._per_of(amount) for amount in used} - {None}
        if len(said) > 1:
            raise PayError(f"薪资“{self.written[:_SHOWN]}”的两边单位不同，{ASK}")
        per = next(iter(said), None) or next((unit for phrase, unit in _HEADS if phrase in head), None)
        if per is None and "计件" in head and low < _LOWEST_UNSTATED / 2 and not _BASE.search(head):
            per = "piece"
        is_said = per is not None
        per = per or self.column.per
        if per == "week":
            raise PayError(f"薪资“{self.written[:_SHOWN]}”按周计，请换算成“元/天”或“元/月”")
        return per or "month", is_said

    def _per_of(self, amount: re.Match[str]) -> PayPer | None:
        if amount["per"]:
            return _UNIT_OF[amount["per"]]
        other = amount["other"]
        if not other:
            return None
        if re.match(r"工(?!资)|班(?!车)", other):
            return "day"
        if _PIECES.match(other):
            return "piece"
        raise PayError(f"薪资“{self.written[:_SHOWN]}”按“{other}”计，看不明白，请换算成“元/天”或“元/月”")

    def _doubt(self, low: float, top: float, per: PayUnit, *, is_said: bool) -> str:
        """Return why the figures are not plausible, or blank. Raises PayDoubtful if they say nothing without a unit."""
        shown = self.written[:_SHOWN]
        if top <= 0:
            raise PayError(f"薪资“{shown}”不能是 0，{ASK}")
        if not is_said and not self.column.per:
            if top < _LOWEST_UNSTATED:
                raise PayDoubtful(f"薪资“{shown}”没有写明单位，请写“元/天”“元/小时”或“千”“K”“万”")
            if self.months == 12 and low >= _HIGHEST_UNSTATED and "k" not in self.folded:
                raise PayDoubtful(f"薪资“{shown}”太高，若是年薪请写“/年”，若是月薪请写“/月”")
        if top < _LOWEST[per]:
            raise PayDoubtful(f"薪资“{shown}”太低，请检查单位是否写对，{ASK}")
        lowest, highest = (_SAID if is_said else _ASSUMED)[per]
        if (low or lowest) < lowest or top > highest:
            ends = f"{low:g}" if low == top else f"{low:g}-{top:g}"
            return f"薪资“{shown}”按每{_UNIT_LABELS[per]}{ends}元理解不合常理，请核对数字和单位"
        if low and top > _WIDEST * low:
            return f"薪资“{shown}”的上下限相差太大，请核对数字和单位"
        return ""


def _at_start(text: str) -> Bound | None:
    """Return the bound that a text begins with: 以上, 起, +, (含)以下."""
    beginning = re.match(
        r"[)(,及和或含]{0,3}(以上|以下|以内|之内|起|\+|封顶|上不封顶|多)|(?:左右)?(?:底薪|保底|加|另)", text
    )
    if beginning is None:
        return None
    return bound_of(beginning[1]) if beginning[1] else "lower"  # 两千底薪, 五千加提成


def _ends(bound: Bound | None, low: float, high: float | None) -> tuple[float | None, float | None]:
    """Return which ends of the range are known."""
    if high is not None:
        return (low or None), high
    if bound == "lower":
        return low, None
    return (None, low) if bound == "upper" else (low, low)


def _monthly(amount: float | None, unit: PayUnit) -> int | None:
    return None if amount is None else monthly(amount, unit)
