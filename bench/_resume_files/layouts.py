"""Layouts that the reader was developed with. Each returns the file of one person."""

from collections.abc import Sequence

from .people import Job, Month, Person, School, Work
from .writers import Block, docx, html, rtf, string, typst_pdf, web_archive

Dated = Job | School | Work


def dotted(month: Month | None, now: str = "至今") -> str:
    return f"{month[0]}.{month[1]:02}" if month else now


def slashed(month: Month | None, now: str = "至今") -> str:
    return f"{month[0]}/{month[1]:02}" if month else now


def short(month: Month | None, now: str = "至今") -> str:
    return f"{month[0]}/{month[1]}" if month else now


def spelt(month: Month | None, now: str = "至今") -> str:
    return f"{month[0]}年{month[1]}月" if month else now


def dashed(month: Month | None, now: str = "至今") -> str:
    return f"{month[0]}-{month[1]:02}" if month else now


def pay(person: Person, form: str = "{}-{}元/月") -> str:
    return form.format(*person.pay) if person.pay else "面议"


def level(person: Person) -> str:
    return person.schools[0].level


def paragraphs(one: Person) -> bytes:
    """Plain paragraphs, dates before everything else, separated by spaces."""
    blocks: list[Block] = [
        ("p", "个 人 简 历"),
        ("p", f"姓    名：{one.name}          性    别：{one.sex}"),
        ("p", f"出生年月：{spelt(one.birth)}        联系电话：{one.phone}"),
        ("p", f"电子邮箱：{one.email}     现居住地：{one.region}"),
        ("h", "求职意向"),
        ("p", f"期望职位：{one.wish}    期望城市：{one.wish_region}    期望薪资：{pay(one)}"),
        ("h", "教育背景"),
    ]
    for school in one.schools:
        blocks.append(
            ("p", f"{dotted(school.start)}-{dotted(school.end)}    {school.school}    {school.major}    {school.level}")
        )
    blocks.append(("h", "工作经历"))
    for job in one.jobs:
        blocks.append(("p", f"{dotted(job.start)}-{dotted(job.end)}    {job.employer}    {job.title}"))
        blocks += [("p", f"• {line}") for line in job.lines]
    if one.projects:
        blocks.append(("h", "项目经验"))
    for work in one.projects:
        blocks.append(("p", f"{dotted(work.start)}-{dotted(work.end)}    {work.name}    {work.role}"))
        blocks += [("p", f"• {line}") for line in work.lines]
    blocks += [("h", "专业技能"), ("p", "、".join(one.skills))]
    if one.certificates:
        blocks += [("h", "所获证书"), ("p", "，".join(one.certificates))]
    if one.languages:
        blocks += [("h", "语言能力"), ("p", "、".join(one.languages))]
    blocks += [("h", "自我评价"), ("p", one.about)]
    return docx(blocks)


def form(one: Person) -> bytes:
    """A table as registration forms have it: labels in cells, whole histories in one cell."""
    history = "\n".join(
        line
        for job in one.jobs
        for line in (f"{slashed(job.start)}-{slashed(job.end)}  {job.employer}  {job.title}", *job.lines)
    )
    schools = "\n".join(f"{slashed(x.start)}-{slashed(x.end)}  {x.school}  {x.major}  {x.level}" for x in one.schools)
    rows = [
        ["姓 名", one.name, "性 别", one.sex, "出生年月", dotted(one.birth)],
        ["联系电话", one.phone, "电子邮箱", one.email],
        ["现居住地", one.region, "最高学历", level(one)],
        ["应聘岗位", one.wish, "期望薪资", pay(one, "{}-{}")],
        ["意向城市", one.wish_region, "民 族", "汉"],
        ["教育经历", schools],
        ["工作经历", history],
        [
            "项目经历",
            "\n".join(
                line
                for x in one.projects
                for line in (f"{slashed(x.start)}-{slashed(x.end)}  {x.name}  {x.role}", *x.lines)
            ),
        ],
        ["技能特长", "、".join(one.skills)],
        ["证书", "、".join(one.certificates)],
        ["外语水平", "、".join(one.languages)],
        ["自我评价", one.about],
    ]
    return docx([("p", "应聘人员登记表"), ("t", [row for row in rows if row[1]])])


def boxes(one: Person, *, has_controls: bool = True) -> bytes:
    """A template of a word processor: contacts in the page header, headings in text boxes, histories in content controls."""
    blocks: list[Block] = [("box", [one.name, f"求职意向：{one.wish} | {one.wish_region} | {pay(one, '{}-{}元')}"])]
    blocks += [("box", ["教育经历"])]
    for school in one.schools:
        parts = [x for x in (school.major, school.level) if x]
        blocks.append(("control", [f"{school.school}\t{spelt(school.start)}-{spelt(school.end)}", " | ".join(parts)]))
    blocks += [("box", ["工作经历"])]
    for job in one.jobs:
        blocks.append(("control", [f"{job.employer}\t{spelt(job.start)}-{spelt(job.end)}", job.title, *job.lines]))
    if one.projects:
        blocks += [("box", ["项目经历"])]
    for work in one.projects:
        blocks.append(("control", [f"{work.name}\t{spelt(work.start)}-{spelt(work.end)}", work.role, *work.lines]))
    blocks += [("box", ["技能"]), ("control", list(one.skills))]
    if one.certificates:
        blocks += [("box", ["证书"]), ("control", list(one.certificates))]
    if one.languages:
        blocks += [("box", ["语言"]), ("control", list(one.languages))]
    blocks += [("box", ["自我评价"]), ("control", [one.about])]
    birth = f"{one.birth[0]}年{one.birth[1]}月出生"
    if not has_controls:
        blocks = [
            block
            for kind, lines in blocks
            for block in ([(kind, lines)] if kind == "box" else [("p", line) for line in lines])
        ]
    return docx(blocks, header=f"电话：{one.phone}  邮箱：{one.email}  {birth}  现居：{one.region}")


def columns(one: Person) -> bytes:
    """Two columns: contacts and skills at the side, histories beside them."""
    side = [
        f"= #{string(one.name)}",
        string_line(one.wish),
        "== 联系方式",
        string_line(one.phone),
        string_line(one.email),
        string_line(f"现居{one.region}"),
        string_line(f"出生年份：{one.birth[0]}"),
        "== 求职意向",
        string_line(f"地点：{one.wish_region}"),
        string_line(f"薪资：{pay(one, '{}-{}元/月')}"),
        "== 技能",
        *(string_line(x) for x in one.skills),
    ]
    if one.certificates:
        side += ["== 证书", *(string_line(x) for x in one.certificates)]
    if one.languages:
        side += ["== 语言", *(string_line(x) for x in one.languages)]
    main = ["== 自我评价", string_line(one.about), "== 工作经历"]
    for job in one.jobs:
        main += [string_line(f"{dotted(job.start)} - {dotted(job.end)}"), string_line(f"{job.employer} · {job.title}")]
        main += [string_line(f"- {line}") for line in job.lines]
    if one.projects:
        main.append("== 项目经历")
    for work in one.projects:
        main += [string_line(f"{dotted(work.start)} - {dotted(work.end)}"), string_line(f"{work.name} · {work.role}")]
        main += [string_line(f"- {line}") for line in work.lines]
    main.append("== 教育背景")
    for school in one.schools:
        words = " · ".join(x for x in (school.school, school.major, school.level) if x)
        main += [string_line(f"{dotted(school.start)} - {dotted(school.end)}"), string_line(words)]
    return typst_pdf(f"#grid(columns: (5.2cm, 1fr), column-gutter: 8mm, [{lined(side)}], [{lined(main)}])")


def string_line(text: str) -> str:
    return f"#par(text({string(text)}))"


_FLOATS = "body{font:14px 'Noto Sans CJK SC',sans-serif;width:680px} .w{float:right;color:#666} h2{border-bottom:1px solid} p{margin:4px 0}"


def page_to_print(one: Person, *, is_left: bool = False) -> bytes:
    """A page of an online resume with dates that float at one side, to be printed by a browser."""
    styles = _FLOATS + (".w{float:left;width:150px} .e{margin-left:160px}" if is_left else "")
    blocks: list[Block] = [
        ("raw", f"<h1>{one.name}</h1><p>{one.phone} | {one.email} | 现居{one.region} | {one.birth[0]}年出生</p>"),
        ("p", f"求职意向：{one.wish}，{one.wish_region}，{pay(one, '{}-{}元/月')}"),
        ("h", "工作经历"),
    ]
    entries: list[tuple[Dated, str, str, Sequence[str]]] = [(x, x.employer, x.title, x.lines) for x in one.jobs]
    blocks += [_floating(*entry) for entry in entries]
    if one.projects:
        blocks.append(("h", "项目经历"))
        blocks += [_floating(x, x.name, x.role, x.lines) for x in one.projects]
    blocks.append(("h", "教育经历"))
    blocks += [_floating(x, x.school, " | ".join(y for y in (x.major, x.level) if y), ()) for x in one.schools]
    blocks += [("h", "专业技能"), ("p", "、".join(one.skills))]
    if one.certificates:
        blocks += [("h", "资格证书"), ("p", "、".join(one.certificates))]
    if one.languages:
        blocks += [("h", "语言能力"), ("p", "、".join(one.languages))]
    blocks += [("h", "自我评价"), ("p", one.about)]
    return html(blocks, styles=styles)


def _floating(when: Dated, first: str, second: str, lines: Sequence[str]) -> Block:
    period = f"{short(when.start)} - {short(when.end)}"
    texts = "".join(f"<li>{line}</li>" for line in lines)
    return ("raw", f'<div class="w">{period}</div><div class="e"><b>{first}</b><p>{second}</p><ul>{texts}</ul></div>')


def archive(one: Person, charset: str = "gb2312") -> bytes:
    """What a job board hands out as `.doc`: a web archive, tables in tables, dates with double dashes."""
    about = [
        ["出生日期：", f"{one.birth[0]}/{one.birth[1]}/12", "居住地：", one.region],
        ["电　话：", one.phone, "E-mail：", one.email],
    ]
    blocks: list[Block] = [("p", one.name), ("p", f"{one.sex} | {level(one)}"), ("t", about), ("h", "求职意向")]
    blocks += [
        ("t", [["期望岗位：", one.wish], ["期望地点：", one.wish_region], ["期望月薪：", pay(one)]]),
        ("h", "工作经验"),
    ]
    for job in one.jobs:
        blocks.append(("p", f"{short(job.start)} -- {short(job.end)}：{job.employer}（150-500人）"))
        blocks += [("t", [["职位：", job.title], ["工作描述：", "\n".join(job.lines)]])]
    if one.projects:
        blocks.append(("h", "项目经验"))
    for work in one.projects:
        blocks.append(("p", f"{short(work.start)} -- {short(work.end)}：{work.name}"))
        blocks += [("t", [["担任角色：", work.role], ["项目描述：", "\n".join(work.lines)]])]
    blocks.append(("h", "教育经历"))
    for school in one.schools:
        blocks.append(
            ("t", [[f"{short(school.start)} -- {short(school.end)}", school.school, school.major, school.level]])
        )
    if one.certificates:
        blocks += [("h", "证书"), ("t", [[x] for x in one.certificates])]
    if one.languages:
        blocks += [("h", "语言能力"), ("t", [[x, "熟练"] for x in one.languages])]
    blocks += [("h", "技能"), ("p", " / ".join(one.skills)), ("h", "自我评价"), ("p", one.about)]
    return web_archive(html(blocks, charset=charset), charset=charset)


def rich(one: Person) -> bytes:
    """RTF, with decorated headings and commas between the parts of an entry."""
    blocks: list[Block] = [
        ("p", f"{one.name}的简历"),
        ("p", f"【基本信息】{one.sex}，{spelt(one.birth)}生，现居{one.region}"),
    ]
    blocks += [
        ("p", f"手机：{one.phone}"),
        ("p", f"应聘职位：{one.wish}；工作地点：{one.wish_region}；薪资要求：{pay(one, '{}-{}元')}"),
    ]
    blocks.append(("p", "◆ 工作经历"))
    for job in one.jobs:
        blocks.append(("p", f"{spelt(job.start)}至{spelt(job.end, '今')}，{job.employer}，{job.title}"))
        blocks += [("p", f"{number}. {line}") for number, line in enumerate(job.lines, 1)]
    if one.projects:
        blocks.append(("p", "◆ 项目经历"))
    for work in one.projects:
        blocks.append(("p", f"{spelt(work.start)}至{spelt(work.end, '今')}，{work.name}，{work.role}"))
        blocks += [("p", f"{number}. {line}") for number, line in enumerate(work.lines, 1)]
    blocks.append(("p", "◆ 教育经历"))
    for x in one.schools:
        blocks.append(
            ("p", "，".join(y for y in (f"{spelt(x.start)}至{spelt(x.end, '今')}", x.school, x.major, x.level) if y))
        )
    blocks += [("p", f"◆ 技能：{'，'.join(one.skills)}")]
    if one.certificates:
        blocks.append(("p", f"◆ 证书：{'，'.join(one.certificates)}"))
    if one.languages:
        blocks.append(("p", f"◆ 语言：{'，'.join(one.languages)}"))
    blocks.append(("p", f"◆ 自我评价：{one.about}"))
    return rtf(blocks, header=f"邮箱 {one.email}")


def lined(lines: Sequence[str]) -> str:
    return "\n".join(lines)
