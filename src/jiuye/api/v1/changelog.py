"""What has changed in the API, newest first. Every change that programs can notice gets an entry."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ChangeKind(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    FIXED = "fixed"
    DEPRECATED = "deprecated"


KIND_LABELS = {"added": "新增", "changed": "变化", "fixed": "修正", "deprecated": "将停用"}


@dataclass(frozen=True)
class Entry:
    """One change: its day, its kind, and what programs should know, in Chinese."""

    day: date
    kind: ChangeKind
    text: str

    @property
    def kind_label(self) -> str:
        """The kind in Chinese."""
        return KIND_LABELS[self.kind]


CHANGES = (
    Entry(
        date(2026, 11, 29),
        ChangeKind.CHANGED,
        "职位表上传后在后台读取：回答的 state 是 reading，读完变为 uploaded，读不了变为 failed 并说明原因；以前在请求里读完。"
        "几张工作表可以一起导入，或用 PUT /agency/imports/{id}/worksheets 选择；略过的行和没有采用的列名写在 remarks 里。",
    ),
    Entry(
        date(2026, 11, 29),
        ChangeKind.CHANGED,
        "职位搜索：q 中的地名按工作地点理解，写错的词和拼音会改正，都在 notes 中说明；literal=true 按字面搜索。"
        "q 中词前加减号表示不要；新参数 workplace（工作地址中的词）。",
    ),
    Entry(
        date(2026, 11, 29),
        ChangeKind.ADDED,
        "职位表导入的预览列出每行的全部字段、数字、提示（notes）和结果（result、decision），与导入时由同一套规则决定。"
        "PUT …/mapping 可以给出薪资列的单位、一行几个工作地点时拆成几个职位、没有小标题的描述整段使用。"
        "GET /agency/jobs 的 import_id 也包括这次导入找到的已有职位。"
        "内容没有变化的职位再次写入，审核中和已封禁的也回答 unchanged，不再是 conflict。",
    ),
    Entry(
        date(2026, 11, 29),
        ChangeKind.CHANGED,
        "职位内容检查更全：写成名词的性别、户籍、病原携带、婚育、押金等会被拦下；外貌身高（appearance）、站外联系方式（contact）、"
        "星座属相（irrelevant）和各种写法的年龄会先送审核。",
    ),
    Entry(
        date(2026, 11, 29),
        ChangeKind.ADDED,
        "职业目录补全：2022 年版 1,639 个职业，加上 2024 年公布的 19 个和 2025 年公布的 17 个；不再使用的职业代码给出取代它的代码。",
    ),
    Entry(
        date(2026, 11, 29),
        ChangeKind.ADDED,
        "机构接口：职位、投递、面试、入职、招聘会、评价、关联、成员和旗舰店，网页工作台上能做的都能做；"
        "密钥和 OAuth 2.0 客户端凭据；测试模式。",
    ),
    Entry(date(2026, 11, 29), ChangeKind.ADDED, "变更流 /changes 和快照 /snapshots：一次取全，此后只取变化。"),
    Entry(date(2026, 11, 29), ChangeKind.ADDED, "Webhook 推送，按 Standard Webhooks 签名。"),
    Entry(
        date(2026, 11, 29),
        ChangeKind.CHANGED,
        "不认识的查询参数和不完整的 cursor 现在是错误（422），并给出最接近的参数名；以前被忽略，程序会在不知情时读到全国的职位。",
    ),
    Entry(
        date(2026, 11, 29),
        ChangeKind.ADDED,
        "公开读取：职介、用人单位、招聘会、政策、搜索建议、取值列表、已撤销的行政区划代码；职位搜索的“不看”条件；"
        "fields、expand、ETag；JSON-LD、Atom 和 iCalendar；带渠道密钥时 url 是带渠道的完整地址。运行状态见 /status。",
    ),
    Entry(date(2026, 11, 29), ChangeKind.ADDED, "每个回答都带 RateLimit 和 RateLimit-Policy 头。"),
)
