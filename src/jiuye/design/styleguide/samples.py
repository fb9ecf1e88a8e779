"""Invented content for the style guide: realistic texts, with long names and missing values."""

from datetime import datetime, timedelta
from typing import Any

from jiuye.design.formats import pay
from jiuye.kernel import clock


def jobs() -> list[dict[str, Any]]:
    """Postings for `job_card`: direct, through an agency, with few details, with long texts."""
    blank = {"size": "", "agency": "", "tags": [], "verified": False, "experience": "", "education": "", "url": "#jobs"}
    return [
        blank
        | {
            "title": "电焊工（氩弧焊）",
            "pay": pay(8000, 12000, months=13),
            "place": "成都·龙泉驿",
            "experience": "1-3年",
            "education": "不限学历",
            "employer": "成都澜桥精密制造有限公司",
            "size": "500-999人",
            "tags": ["五险一金", "包住", "有夜班补贴"],
            "verified": True,
            "date": clock.today(),
        },
        blank
        | {
            "title": "仓储分拣员（白班，可长期）",
            "pay": pay(150, 200, unit="day"),
            "place": "苏州·昆山",
            "experience": "不限经验",
            "education": "初中",
            "employer": "云栈仓配（昆山）有限公司",
            "size": "100-499人",
            "agency": "昆山市春晖人力资源有限公司",
            "tags": ["日结", "包吃", "班车接送", "第四个不显示"],
            "verified": True,
            "date": clock.today() - timedelta(days=1),
            "note": "比您期望的薪资高，离家 6 公里",
        },
        blank
        | {
            "title": "高级后端开发工程师（Python / C++，分布式检索方向，可远程办公）",
            "pay": pay(25000, 40000, months=16),
            "place": "杭州·余杭",
            "experience": "5-10年",
            "education": "本科",
            "employer": "杭州一苇软件技术服务有限责任公司第二分公司",
            "size": "20-99人",
            "agency": "浙江省公共就业服务中心",
            "tags": ["弹性工作", "双休"],
            "date": clock.today() - timedelta(days=23),
        },
        blank
        | {
            "title": "小时工保洁",
            "pay": pay(22, 22, unit="hour"),
            "place": "乌鲁木齐·天山",
            "employer": "张记家政服务部",
            "date": clock.today() - timedelta(days=400),
        },
    ]


def timeline() -> list[dict[str, Any]]:
    """An application at its interview."""
    start = clock.now() - timedelta(days=3)
    later: list[datetime] = [start + timedelta(hours=hours) for hours in (0, 5, 26)]
    return [
        {"state": "done", "title": "已投递", "at": later[0], "by": "您", "note": "简历第 3 版"},
        {"state": "done", "title": "已查看", "at": later[1], "by": "昆山市春晖人力资源有限公司 · 周女士"},
        {
            "state": "current",
            "title": "邀您面试",
            "at": later[2],
            "by": "昆山市春晖人力资源有限公司 · 周女士",
            "note": "11月28日 周五 14:30，昆山市前进西路人力资源市场 2 楼 6 号窗口，请带身份证。",
            "due": "请在 11月26日 18:00 前答复，逾期邀请失效",
        },
        {"state": "future", "title": "面试结果", "note": "面试后 5 个工作日内告知"},
        {"state": "future", "title": "通知入职"},
    ]


def filter_groups() -> list[dict[str, Any]]:
    """Filters with counts: one selected, one longer than its visible part."""
    kinds = [("全职", 182340), ("兼职", 9311), ("劳务派遣", 12480), ("实习", 3022)]
    industries = (
        "制造业 建筑业 批发和零售业 交通运输、仓储和邮政业 住宿和餐饮业 "
        "信息传输、软件和信息技术服务业 金融业 教育 卫生和社会工作 居民服务业"
    )
    return [
        {"title": "用工类型", "options": _options(kinds, chosen="全职")},
        {
            "title": "月薪",
            "options": _options([("5K 以下", 21034), ("5-8K", 84512), ("8-12K", 61208), ("12K 以上", 30891)]),
        },
        {"title": "行业", "options": _options([(name, 9000 - 731 * at) for at, name in enumerate(industries.split())])},
        {
            "title": "发布时间",
            "options": _options([("今天", 1204), ("三天内", 9802), ("一周内", 35660)]),
            "open": False,
        },
    ]


def _options(pairs: list[tuple[str, int]], chosen: str = "") -> list[dict[str, Any]]:
    return [
        {"label": label, "count": count, "href": "#filters-demo", "selected": label == chosen} for label, count in pairs
    ]


def applications() -> list[dict[str, Any]]:
    """Rows of an agency's inbox."""
    states = [("已投递", "brand"), ("已查看", "plain"), ("待面试", "warn"), ("已入职", "ok"), ("不合适", "error")]
    people = ["林晓禾", "欧阳志远", "古丽娜尔·买买提", "陈伯安", "周小满"]
    titles = ["电焊工（氩弧焊）", "仓储分拣员", "高级后端开发工程师（Python / C++）", "电焊工（氩弧焊）", "小时工保洁"]
    return [
        {
            "id": at,
            "name": name,
            "job": title,
            "state": state,
            "tone": tone,
            "completeness": 95 - at * 12,
            "at": clock.now() - timedelta(hours=7 * at + 1),
        }
        for at, (name, title, (state, tone)) in enumerate(zip(people, titles, states, strict=True))
    ]


def swatches() -> list[tuple[str, str]]:
    """Colour tokens and their use."""
    return [
        ("bg", "页面底色"),
        ("surface", "卡片、面板"),
        ("sunken", "表头、标签"),
        ("tint", "选中、提示"),
        ("ink", "正文"),
        ("ink-2", "次要文字"),
        ("brand", "链接、主按钮"),
        ("header", "页头"),
        ("pay", "薪资"),
        ("ok", "已核验、完成"),
        ("warn", "待办、期限"),
        ("error", "错误、拒绝"),
        ("shop", "旗舰店"),
        ("control", "控件边框"),
        ("accent-1", "店铺色一"),
        ("accent-2", "店铺色二"),
        ("accent-3", "店铺色三"),
        ("accent-4", "店铺色四"),
        ("accent-5", "店铺色五"),
        ("accent-6", "店铺色六"),
    ]
