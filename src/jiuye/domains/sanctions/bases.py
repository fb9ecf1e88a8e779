"""The legal bases of sanctions: canned, so that each is cited in the same words.

Article numbers where the text was at hand; other rules are cited by what they demand.
"""

from dataclasses import dataclass

from jiuye.domains.sanctions.states import Subject

MARKET_RULES = "《人力资源市场暂行条例》（国务院令第700号）"
ONLINE_RULES = "《网络招聘服务管理规定》（人社部令第44号）"
NOTICE = "《关于规范网络平台招聘类信息发布的通知》（人社厅发〔2025〕60号）"
_ORGANISATIONS = frozenset({Subject.AGENCY, Subject.EMPLOYER})
_EVERYBODY = frozenset(Subject)


@dataclass(frozen=True, slots=True)
class Basis:
    """One rule: where it is written, what it demands in plain words, and on whom."""

    source: str
    text: str
    subjects: frozenset[Subject]

    @property
    def label(self) -> str:
        """Source and content in one line."""
        return f"{self.source}：{self.text}"


BASES = {
    "false_information": Basis(
        f"{MARKET_RULES}第二十四条", "招聘信息应当真实、合法，不得含有歧视性内容", _ORGANISATIONS
    ),
    "no_licence": Basis(
        f"{MARKET_RULES}第十八条", "从事职业中介活动应当依法取得人力资源服务许可", frozenset({Subject.AGENCY})
    ),
    "unchecked_employer": Basis(
        f"{MARKET_RULES}第二十六条",
        "接受委托招聘应当查验用人单位的营业执照、经办人身份和委托证明",
        frozenset({Subject.AGENCY}),
    ),
    "improper_means": Basis(
        f"{MARKET_RULES}第二十七条", "不得以招聘为名牟取不正当利益，不得介绍从事违法活动", _EVERYBODY
    ),
    "no_review": Basis(f"{MARKET_RULES}第二十九条", "发布信息应当建立审查和投诉处理机制", frozenset({Subject.AGENCY})),
    "deposits": Basis(ONLINE_RULES, "不得向劳动者收取押金，不得扣押证件", _ORGANISATIONS),
    "personal_data": Basis(ONLINE_RULES, "不得泄露、非法出售或者非法提供求职者的个人信息", _EVERYBODY),
    "false_identity": Basis(NOTICE, "账号信息应当真实，不得冒用他人或者组织机构的身份", _EVERYBODY),
    "bait": Basis(NOTICE, "不得以虚假招聘信息引流，不得诱导签订“招转培”“培训贷”协议", _EVERYBODY),
    "return": Basis(NOTICE, "列入异常名录的主体不得更换、重新申请账号或者迁移账号再次发布", _EVERYBODY),
}
"""Code → basis. Codes are stored with sanctions: never reuse one."""


def bases_for(kind: Subject) -> dict[str, Basis]:
    """Return the bases that may be cited for a kind of subject, by code."""
    return {code: basis for code, basis in BASES.items() if kind in basis.subjects}
