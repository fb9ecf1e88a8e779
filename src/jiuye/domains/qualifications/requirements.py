"""Which materials each kind of organisation submits, with their fields, as data.

人力资源市场暂行条例 art. 18, 28 (licence, handler's identity and authorisation are checked); 人社厅发〔2025〕60号 (real-name
accounts; name and scope fit the unit); the source document, 职介端 1 and 企业端 1 (which kind submits what).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from jiuye.domains.organisations.states import AgencyKind
from jiuye.domains.qualifications.states import ItemKind, Section

Applicant = Literal["market", "public", "employer"]
"""Kinds of applicant: a market or a public agency, or an employer."""

FieldKind = Literal["text", "long_text", "date", "date_or_long_term", "credit_code", "licence_number"]


@dataclass(frozen=True, slots=True)
class Field:
    """A fact typed from the document; it is read from here, never from the picture. `limit` in characters.

    `suggested_by`: the name under which the inspection of a document suggests a value (`ports.inspection.FieldName`).
    """

    name: str
    label: str
    kind: FieldKind = "text"
    limit: int = 100
    hint: str = ""
    is_required: bool = True
    suggested_by: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """One of the ways to prove an item. `needs_file`: with a photograph, scan or electronic document."""

    code: str
    label: str
    hint: str
    needs_file: bool = True
    sample: str = ""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One item that an applicant submits: one of `ways`, with `fields`; `most_files` per item."""

    kind: ItemKind
    section: Section
    ways: Sequence[Way]
    fields: Sequence[Field]
    hint: str = ""
    most_files: int = 4

    def way(self, code: str) -> Way:
        """Return the way with this code; the first one for an unknown code."""
        return next((one for one in self.ways if one.code == code), self.ways[0])


LONG_TERM = "long_term"
"""The value of a `date_or_long_term` field without an end."""

_NAME = Field("legal_name", "单位全称", hint="与证照上的名称一字不差。", suggested_by="name")
_CODE = Field("credit_code", "统一社会信用代码", "credit_code", 18, suggested_by="credit_code")
_UNTIL = Field(
    "expires_on", "有效期至", "date_or_long_term", hint="含当日；证照写“长期”的选“长期”。", suggested_by="valid_until"
)

CARD = Way("card", "电子社保卡实名", "用电子社保卡核验本人，不用上传证件照片。", needs_file=False)
AUTHORITY = Way("authority", "姓名和身份证号核验", "由人社部门核对，不用上传证件照片。", needs_file=False)
PORTRAIT = Way(
    "portrait", "手持身份证照片", "只由审核人员目视核对，不做人脸比对，审核结束后按期删除。", sample="handler_portrait"
)
FILE = Way("file", "拍照或上传", "原件彩色照片、扫描件，或带电子印章的 PDF、OFD。")
ELECTRONIC = Way("electronic", "电子证照", "从发证机关下载的电子证照原文件（PDF 或 OFD），不要截图。")
INSURANCE = Way(
    "insurance", "社会保险记录", "经您同意，向人社部门查询您在本单位的参保记录，不用上传材料。", needs_file=False
)

_BUSINESS_LICENCE = Requirement(
    ItemKind.BUSINESS_LICENCE,
    Section.ENTERPRISE,
    (FILE, ELECTRONIC),
    (
        _NAME,
        _CODE,
        Field("scope", "经营范围", "long_text", 1000, "照抄营业执照；职介须含人力资源服务，帐号名称和介绍要与它相符。"),
        Field("established_on", "成立日期", "date"),
        _UNTIL,
    ),
    "正本或副本都可以，四角完整、字迹清楚。",
)
_HR_LICENCE = Requirement(
    ItemKind.HR_LICENCE,
    Section.ENTERPRISE,
    (FILE, ELECTRONIC),
    (
        Field(
            "licence_number",
            "许可证编号",
            "licence_number",
            60,
            "如 (川)人服证字[2026]第0100001号。",
            suggested_by="licence_number",
        ),
        Field("scope", "服务范围", "long_text", 500, "照抄许可证。"),
        Field("issued_by", "发证机关"),
        _UNTIL,
    ),
    "经营性职业中介必须有许可证（《人力资源市场暂行条例》第十八条）。",
)
_LETTER = Requirement(
    ItemKind.AUTHORISATION_LETTER,
    Section.ENTERPRISE,
    (FILE, ELECTRONIC),
    (
        Field("handler_name", "被授权人姓名", limit=40, hint="须是办理登记的人。"),
        Field("issued_on", "出具日期", "date", suggested_by="issued_on"),
        Field("expires_on", "授权到期日", "date_or_long_term", hint="含当日。"),
    ),
    "加盖公章或电子印章；可以先下载范本填写。",
)
_ESTABLISHMENT = Requirement(
    ItemKind.ESTABLISHMENT_DOCUMENT,
    Section.ENTERPRISE,
    (FILE, ELECTRONIC),
    (
        _NAME,
        _CODE,
        Field("scope", "宗旨和业务范围", "long_text", 1000, "照抄证书或批文；须含公共就业服务。"),
        Field("issued_by", "举办或批准单位"),
        _UNTIL,
    ),
    "事业单位法人证书，或机构编制部门的批准文件。",
)
_AGENCY_HANDLER = Requirement(ItemKind.HANDLER_IDENTITY, Section.REAL_NAME, (CARD, PORTRAIT), (), "办理登记的本人。", 2)
_EMPLOYER_HANDLER = Requirement(
    ItemKind.HANDLER_IDENTITY, Section.REAL_NAME, (CARD, AUTHORITY), (), "办理登记的本人。", 0
)
_EMPLOYMENT = Requirement(
    ItemKind.EMPLOYMENT,
    Section.EMPLOYMENT,
    (
        INSURANCE,
        Way("letter", "盖章的在职证明", "写明姓名、职务和出具日期，加盖公章或电子印章。", sample="employment_letter"),
    ),
    (Field("position", "您的职务", limit=40), Field("since", "入职日期", "date", is_required=False)),
    "证明您在本单位工作。",
)

REQUIREMENTS: Mapping[Applicant, Sequence[Requirement]] = {
    "market": (_AGENCY_HANDLER, _BUSINESS_LICENCE, _HR_LICENCE, _LETTER),
    "public": (_AGENCY_HANDLER, _ESTABLISHMENT, _LETTER),
    "employer": (_EMPLOYER_HANDLER, _BUSINESS_LICENCE, _LETTER, _EMPLOYMENT),
}


def requirements_of(applicant: Applicant) -> Sequence[Requirement]:
    """Return the items in the order in which the form goes through them."""
    return REQUIREMENTS[applicant]


def requirement(applicant: Applicant, kind: str) -> Requirement | None:
    """Return one item of an applicant; None if this kind of applicant has no such item."""
    return next((one for one in REQUIREMENTS[applicant] if one.kind == kind), None)


def applicant_of(organisation_kind: str, agency_kind: str = "") -> Applicant:
    """Return the kind of applicant for an organisation's kind and, for an agency, its own."""
    if organisation_kind == "employer":
        return "employer"
    return "public" if agency_kind == AgencyKind.PUBLIC else "market"
