"""The page of a copy that people read: everything in words, one file for any browser, without scripts or external links."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from html import escape
from typing import Any

from jiuye.kernel import clock
from jiuye.privacy.codes import meaning
from jiuye.privacy.kinds import Kind
from jiuye.privacy.labels import is_shown, word

NAME = "我的数据.html"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
_STYLE = """
:root{color-scheme:light dark;--line:#c9d2dc;--soft:#4a5a6d;--ground:#fff;--ink:#17212e}
@media(prefers-color-scheme:dark){:root{--line:#3a4756;--soft:#b4c0ce;--ground:#0f151d;--ink:#edf2f7}a{color:#7db8f0}}
body{margin:0 auto;padding:1.5rem;max-width:52rem;background:var(--ground);color:var(--ink);line-height:1.6;
font-family:-apple-system,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
h1{font-size:1.6rem}h2{font-size:1.25rem;margin-top:2.5rem;border-bottom:2px solid var(--line)}
nav ul{columns:16rem;padding-left:1.2rem}.note{color:var(--soft)}
article{border-bottom:1px solid var(--line);padding:.6rem 0;break-inside:avoid}
dl{display:grid;grid-template-columns:minmax(6rem,12rem) 1fr;gap:.1rem 1rem;margin:0}
dt{color:var(--soft)}dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
ul.values{margin:0;padding-left:1.2rem}ul.values>li{margin-bottom:.4rem}
@media(max-width:30rem){dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}}
"""
_HEAD = f"""<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>我的数据 - 就业在线</title>
<style>{_STYLE}</style>
</head>
<body>
"""


def head(made_at: datetime, kinds: Sequence[tuple[Kind, int]]) -> str:
    """Return the beginning of the file, with the list of its kinds and how many rows each has."""
    listed = "".join(
        f'<li><a href="#{kind.name}">{escape(kind.title)}</a>（{number}）</li>' for kind, number in kinds if number
    )
    absent = "、".join(kind.title for kind, number in kinds if not number)
    return (
        f"{_HEAD}<h1>我的数据</h1>"
        f'<p class="note">就业在线，{moment(made_at)}（北京时间）生成。里面有您的身份证号、手机号等完整信息，请不要转给别人。</p>'
        f'<nav aria-label="目录"><h2>目录</h2><ul>{listed}</ul></nav>'
        + (f'<p class="note">平台没有保存您的：{escape(absent)}。</p>' if absent else "")
        + "<main>"
    )


def section(kind: Kind, rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield a kind with its rows, oldest first, piece by piece. Nothing if there are no rows."""
    is_open = False
    for row in rows:
        if not is_open:
            yield f'<section aria-labelledby="{kind.name}"><h2 id="{kind.name}">{escape(kind.title)}</h2>'
            is_open = True
        yield f"<article>{_facts(kind.name, row)}</article>"
    if is_open:
        yield "</section>"


def foot() -> str:
    """Return the end of the file."""
    return (
        '</main><p class="note">系统内部编号等技术内容在同一压缩包的 JSON 文件里。'
        "内容不对或有疑问，请在网站的“意见反馈”里告诉我们。</p></body></html>\n"
    )


def moment(value: datetime) -> str:
    """Format a time as 2026年11月23日 19:30, in Asia/Shanghai."""
    there = clock.local(value)
    return f"{there.year}年{there.month}月{there.day}日 {there:%H:%M}"


def _facts(kind: str, row: Mapping[str, Any]) -> str:
    """Return one line for each value of a row that is not empty."""
    lines = []
    for column, value in row.items():
        if not is_shown(column) or value in (None, "", [], {}):
            continue
        shown = row.get(f"{column}_label") or value
        lines.append(f"<dt>{escape(word(kind, column))}</dt><dd>{_said(kind, column, shown)}</dd>")
    return f"<dl>{''.join(lines)}</dl>" if lines else '<p class="note">没有别的内容。</p>'


def _said(kind: str, column: str, value: Any) -> str:
    """Format a value as people read it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, Mapping):
        # A code with its name beside it: show the name.
        return escape(str(value["name"])) if value.keys() == {"code", "name"} else _facts(kind, value)
    if isinstance(value, list | tuple):
        if all(isinstance(one, str | int | float) for one in value):
            return escape("、".join(str(one) for one in value))
        return f'<ul class="values">{"".join(f"<li>{_said(kind, column, one)}</li>" for one in value)}</ul>'
    if isinstance(value, str) and (at := _time_in(value)):
        return _said(kind, column, at)
    text = escape(meaning(column, str(value)))
    is_file = (column == "key" or column.endswith("_key")) and str(value).startswith("files/")
    return f'<a href="{text}">{text}</a>' if is_file else text


def _time_in(text: str) -> date | datetime | None:
    """Return the date or time that a text within JSON represents, or None for any other text."""
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
        if _MOMENT.match(text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    return None
