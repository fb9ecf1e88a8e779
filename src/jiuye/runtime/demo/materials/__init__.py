"""Invented materials of organisations for the demonstration: photos, a PDF with text, and a sealed OFD.

Drawn, marked “样例”, without real people. The seal's root is invented too and trusted by nobody.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import typst
from pylopdf_fonts_zh_cn import sans_path

from jiuye.runtime.demo.materials import drawings, ofd
from jiuye.runtime.demo.materials.drawings import Certificate


@dataclass(frozen=True, slots=True)
class Facts:
    """What the documents of one organisation say. Dates are inclusive; `expires_on` None: long-term (长期)."""

    name: str
    credit_code: str
    issued_on: date
    expires_on: date | None = None
    legal_person: str = "样例"
    address: str = "样例路 1 号"
    scope: str = "人力资源服务；职业中介活动；劳务派遣服务。"
    issuer: str = "样例市市场监督管理局"
    licence_number: str = ""
    licence_issuer: str = "样例市人力资源和社会保障局"
    handler: str = "样例经办人"
    position: str = "人事专员"


def material(kind: str, facts: Facts) -> tuple[bytes, str]:
    """Return the content and the file name of a material.

    `kind`: business_licence, hr_licence, authorisation_letter (a sealed OFD), establishment_document (a PDF),
    handler_portrait, handler_identity, employment_letter, social_insurance (a PDF). Raises KeyError for another.
    """
    make, name = _KINDS[kind]
    return make(facts), name


def _business_licence(facts: Facts) -> bytes:
    rows = [
        ("统一社会信用代码", facts.credit_code),
        ("名　　称", facts.name),
        ("法定代表人", facts.legal_person),
        ("住　　所", facts.address),
        ("成立日期", _day(facts.issued_on)),
        ("营业期限", _period(facts)),
        ("经营范围", facts.scope),
    ]
    return drawings.certificate(Certificate("营 业 执 照", rows, facts.issuer, _day(facts.issued_on)))


def _hr_licence(facts: Facts) -> bytes:
    rows = [
        ("许可证编号", facts.licence_number),
        ("单位名称", facts.name),
        ("法定代表人", facts.legal_person),
        ("地　　址", facts.address),
        ("服务范围", facts.scope),
        ("有效期限", _period(facts)),
    ]
    return drawings.certificate(
        Certificate("人力资源服务许可证", rows, facts.licence_issuer, _day(facts.issued_on), frame="#c8102e")
    )


def _establishment(facts: Facts) -> bytes:
    return _printed(
        "事业单位法人证书",
        [
            ("统一社会信用代码", facts.credit_code),
            ("名称", facts.name),
            ("宗旨和业务范围", facts.scope),
            ("法定代表人", facts.legal_person),
            ("住所", facts.address),
            ("有效期", _period(facts)),
            ("发证日期", _day(facts.issued_on)),
        ],
    )


def _authorisation(facts: Facts) -> bytes:
    """Return a letter as OFD with an electronic seal; without a seal on machines that lack gmssl-pyx."""
    lines = [
        f"{facts.name}授权{facts.handler}办理本单位在就业在线平台的",
        "登记、资质提交和日常管理，其签署的材料本单位均予认可。",
        f"单位名称：{facts.name}",
        f"统一社会信用代码：{facts.credit_code}",
        f"签发日期：{_day(facts.issued_on)}",
    ]
    written = [ofd.Line("授权委托书（样例）", 70, 35, 8)]
    written += [ofd.Line(line, 25, 70 + 12 * row, 5) for row, line in enumerate(lines)]
    sheets = [ofd.Sheet(written)]
    try:
        from jiuye.runtime.demo.materials import sealing  # gmssl-pyx has no wheels for some machines
    except ImportError:
        return ofd.pack(ofd.build(sheets))
    eseal, user = sealing.invented_seal(facts.name, drawings.seal_picture(facts.name))
    return ofd.pack(sealing.sealed(ofd.build(sheets, is_signed=True), eseal, user, (125, 130, 42, 42)))


def _employment(facts: Facts) -> bytes:
    text = f"兹证明{facts.handler}系我单位在职员工，现任{facts.position}，负责招聘工作。特此证明。"
    return drawings.letter("在 职 证 明", [text], facts.name, _day(facts.issued_on))


def _insurance(facts: Facts) -> bytes:
    return _printed(
        "社会保险参保证明（样例）",
        [
            ("姓名", facts.handler),
            ("单位名称", facts.name),
            ("险种", "养老、失业、工伤"),
            ("出具日期", _day(facts.issued_on)),
        ],
    )


_KINDS: dict[str, tuple[Callable[[Facts], bytes], str]] = {
    "business_licence": (_business_licence, "营业执照.jpg"),
    "hr_licence": (_hr_licence, "人力资源服务许可证.jpg"),
    "authorisation_letter": (_authorisation, "授权委托书.ofd"),
    "establishment_document": (_establishment, "事业单位法人证书.pdf"),
    "handler_portrait": (lambda _: drawings.portrait(), "手持证件照.jpg"),
    "handler_identity": (lambda _: drawings.card(), "经办人证件.jpg"),
    "employment_letter": (_employment, "在职证明.jpg"),
    "social_insurance": (_insurance, "社会保险参保证明.pdf"),
}

_PRINTED = """
#set page(paper: "a4", margin: 3cm, background: rotate(-24deg, text(140pt, fill: rgb("#00000012"))[样例]))
#set text(font: "Noto Sans SC", size: 13pt)
#let data = json(bytes(sys.inputs.data))
#align(center, text(26pt, data.title))
#v(1.5cm)
#for row in data.rows [ #row.at(0)：#row.at(1) #v(0.4cm) ]
"""


def _printed(title: str, rows: list[tuple[str, str]]) -> bytes:
    """Return a PDF of one page with text."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(sans_path().parent)])
    data = json.dumps({"title": title, "rows": rows}, ensure_ascii=False)
    return typst.compile(_PRINTED.encode(), format="pdf", font_paths=fonts, sys_inputs={"data": data})


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _period(facts: Facts) -> str:
    return f"自{_day(facts.issued_on)}至{_day(facts.expires_on)}" if facts.expires_on else "长期"
