"""Layouts that were written before the reader and that it was not developed with."""

from collections.abc import Sequence

from .layouts import dashed, dotted, level, lined, pay, short, slashed, spelt, string_line
from .people import Month, Person
from .writers import Block, docx, html, string, typst_pdf, web_archive


def labelled(one: Person) -> bytes:
    """Every part of an entry on a line of its own, with its label."""
    blocks: list[Block] = [("p", f"{one.name}  求职简历"), ("p", "一、个人资料")]
    blocks += [("p", f"性别：{one.sex}"), ("p", f"出生日期：{dashed(one.birth)}"), ("p", f"手机号码：{one.phone}")]
    blocks += [
        ("p", f"Email：{one.email}"),
        ("p", f"现所在地：{one.region}"),
        ("p", "二、求职目标"),
        ("p", f"目标职位：{one.wish}"),
    ]
    blocks += [("p", f"目标地点：{one.wish_region}"), ("p", f"待遇要求：{pay(one, '{}—{}元')}"), ("p", "三、学习经历")]
    for x in one.schools:
        blocks += [("p", f"起止时间：{dashed(x.start)} 至 {dashed(x.end)}"), ("p", f"毕业院校：{x.school}")]
        blocks += [("p", f"所学专业：{x.major}")] if x.major else []
        blocks += [("p", f"学    历：{x.level}")]
    blocks.append(("p", "四、工作履历"))
    for job in one.jobs:
        blocks += [("p", f"起止时间：{dashed(job.start)} 至 {dashed(job.end)}"), ("p", f"单位名称：{job.employer}")]
        blocks += [("p", f"担任职务：{job.title}")]
        if job.lines:
            blocks += [("p", f"工作内容：{job.lines[0]}"), *(("p", line) for line in job.lines[1:])]
    if one.projects:
        blocks.append(("p", "五、项目经验"))
    for work in one.projects:
        blocks += [("p", f"起止时间：{dashed(work.start)} 至 {dashed(work.end)}"), ("p", f"项目名称：{work.name}")]
        blocks += [("p", f"担任角色：{work.role}"), ("p", f"项目描述：{work.lines[0]}")]
    blocks += [("p", "六、技能专长"), *(("p", x) for x in one.skills)]
    if one.certificates:
        blocks += [("p", "七、资格证书"), *(("p", x) for x in one.certificates)]
    if one.languages:
        blocks += [("p", "八、外语能力"), *(("p", x) for x in one.languages)]
    return docx([*blocks, ("p", "九、自我评价"), ("p", one.about)])


def dates_after(one: Person) -> bytes:
    """The employer first, the dates on the line below it."""

    def period(start: Month, end: Month | None) -> str:
        return f"{dotted(start)} – {dotted(end)}"

    lines = [f"= #{string(one.name)}", string_line(f"{one.wish} / {one.wish_region} / {pay(one, '{}-{}元/月')}")]
    lines += [
        string_line(f"Tel: {one.phone}   E-mail: {one.email}"),
        string_line(f"{one.region}   {one.birth[0]}.{one.birth[1]}生"),
    ]
    lines.append("== 工作经验")
    for job in one.jobs:
        lines += [f"*#{string(job.employer)}*", "", string_line(f"{job.title}  |  {period(job.start, job.end)}")]
        lines += [string_line(f"▪ {line}") for line in job.lines]
    if one.projects:
        lines.append("== 项目经验")
    for work in one.projects:
        lines += [f"*#{string(work.name)}*", "", string_line(f"{work.role}  |  {period(work.start, work.end)}")]
        lines += [string_line(f"▪ {line}") for line in work.lines]
    lines.append("== 教育背景")
    for x in one.schools:
        named = f"{x.school} — {x.major}（{x.level}）" if x.major else f"{x.school}（{x.level}）"
        lines += [f"*#{string(named)}*", "", string_line(period(x.start, x.end))]
    lines += ["== 技能清单", string_line(" / ".join(one.skills))]
    if one.certificates:
        lines += ["== 证书资质", string_line("；".join(one.certificates))]
    if one.languages:
        lines += ["== 语言", string_line(" / ".join(one.languages))]
    return typst_pdf(lined([*lines, "== 个人优势", string_line(one.about)]))


def english(one: Person) -> bytes:
    """English labels and headings, months before years; a web page named .doc."""

    def period(start: Month, end: Month | None) -> str:
        return f"{start[1]:02}/{start[0]} – " + (f"{end[1]:02}/{end[0]}" if end else "Present")

    blocks: list[Block] = [("p", f"Name: {one.name}"), ("p", f"Mobile: +86 {one.phone}"), ("p", f"Email: {one.email}")]
    blocks += [
        ("p", f"Location: {one.region}"),
        ("p", f"Date of Birth: {slashed(one.birth)}"),
        ("p", f"Objective: {one.wish}"),
    ]
    blocks.append(("h", "WORK EXPERIENCE"))
    for job in one.jobs:
        blocks += [
            ("p", f"{job.employer}, {job.title}"),
            ("p", period(job.start, job.end)),
            *(("p", f"· {x}") for x in job.lines),
        ]
    if one.projects:
        blocks.append(("h", "PROJECTS"))
    for work in one.projects:
        blocks += [
            ("p", f"{work.name}, {work.role}"),
            ("p", period(work.start, work.end)),
            *(("p", f"· {x}") for x in work.lines),
        ]
    blocks.append(("h", "EDUCATION"))
    for x in one.schools:
        words = ", ".join(y for y in (x.school, x.major, x.level) if y)
        blocks += [("p", words), ("p", period(x.start, x.end))]
    blocks += [("h", "SKILLS"), ("p", ", ".join(one.skills))]
    if one.certificates:
        blocks += [("h", "CERTIFICATES"), ("p", ", ".join(one.certificates))]
    if one.languages:
        blocks += [("h", "LANGUAGES"), ("p", ", ".join(one.languages))]
    return html([*blocks, ("h", "ABOUT ME"), ("p", one.about)])


def headed_tables(one: Person) -> bytes:
    """Tables with a row of headings."""
    blocks: list[Block] = [("p", "个人履历表")]
    blocks.append(("t", [["姓名", one.name, "出生年月", spelt(one.birth)], ["移动电话", one.phone, "邮箱", one.email]]))
    blocks.append(
        (
            "t",
            [
                ["现住址", one.region],
                ["求职意向", one.wish],
                ["期望工作地", one.wish_region],
                ["期望待遇", pay(one, "{}～{}元")],
            ],
        )
    )
    blocks.append(("p", "学习简历"))
    schools = [[f"{dotted(x.start)}—{dotted(x.end)}", x.school, x.major, x.level] for x in one.schools]
    blocks.append(("t", [["起止年月", "毕业学校", "专业", "学历"], *schools]))
    blocks.append(("p", "工作简历"))
    jobs = [[f"{dotted(x.start)}—{dotted(x.end)}", x.employer, x.title, "；".join(x.lines)] for x in one.jobs]
    blocks.append(("t", [["起止年月", "工作单位", "职务", "主要工作"], *jobs]))
    if one.projects:
        works = [[f"{dotted(x.start)}—{dotted(x.end)}", x.name, x.role, "；".join(x.lines)] for x in one.projects]
        blocks += [("p", "项目经历"), ("t", [["起止年月", "项目名称", "角色", "项目内容"], *works])]
    blocks.append(
        (
            "t",
            [
                ["特长", "、".join(one.skills)],
                ["持有证书", "、".join(one.certificates)],
                ["语言", "、".join(one.languages)],
            ],
        )
    )
    return docx([*blocks, ("p", "个人评价"), ("p", one.about)])


def other_board(one: Person) -> bytes:
    """Another board's web archive: the pay of a past job beside its title, facts about the employer below."""
    blocks: list[Block] = [("raw", f"<div><span>{one.name}</span></div>")]
    blocks += [
        ("p", f"{one.sex}   {spelt(one.birth)}   现居住{one.region}   {level(one)}"),
        ("p", f"{one.phone}(手机)"),
        ("p", f"E-mail：{one.email}"),
    ]
    blocks += [
        ("h", "求职意向"),
        (
            "t",
            [
                ["期望从事职业", one.wish],
                ["期望工作地区", one.wish_region],
                ["期望月薪", pay(one)],
                ["目前状况", "随时到岗"],
            ],
        ),
    ]
    blocks.append(("h", "工作经历"))
    for job in one.jobs:
        blocks += [
            ("p", f"{slashed(job.start)} - {slashed(job.end)}   {job.employer}  （3年2个月）"),
            ("p", f"{job.title} | 6001-8000元/月"),
        ]
        blocks += [("p", "企业性质：民营 | 规模：100-499人"), ("p", "工作描述："), *(("p", x) for x in job.lines)]
    if one.projects:
        blocks.append(("h", "项目经历"))
    for work in one.projects:
        blocks += [
            ("p", f"{slashed(work.start)} - {slashed(work.end)}   {work.name}"),
            ("p", f"责任描述：{work.role}"),
            ("p", f"项目描述：{work.lines[0]}"),
        ]
    blocks.append(("h", "教育经历"))
    for x in one.schools:
        parts: Sequence[str] = [y for y in (x.school, x.major, x.level) if y]
        blocks.append(("p", f"{slashed(x.start)} - {slashed(x.end)}   {'   '.join(parts)}"))
    blocks += [("h", "专业技能"), *(("p", f"{x}：熟练 | 36个月") for x in one.skills)]
    if one.certificates:
        blocks += [("h", "证书"), *(("p", f"2018/06   {x}") for x in one.certificates)]
    if one.languages:
        blocks += [("h", "语言能力"), *(("p", f"{x}：读写能力熟练 | 听说能力良好") for x in one.languages)]
    return web_archive(html([*blocks, ("h", "自我评价"), ("p", one.about)], charset="utf-8"), charset="utf-8")


def one_employer(one: Person) -> bytes:
    """Several jobs at one employer under its name; numbered headings, dates at the end of lines."""
    blocks: list[Block] = [
        ("p", "RESUME"),
        ("p", f"{one.name} · {one.phone} · {one.email}"),
        ("p", f"{one.birth[0]}年{one.birth[1]}月  {one.region}"),
    ]
    blocks += [
        ("p", f"意向岗位：{one.wish} 意向城市：{one.wish_region}"),
        ("p", f"期望薪酬：{pay(one, '{}~{}元每月')}"),
        ("p", "任职经历"),
    ]
    last = ""
    for job in one.jobs:
        if job.employer != last:
            blocks.append(("p", job.employer))
        last = job.employer
        blocks += [
            ("p", f"{job.title}（{short(job.start)}～{short(job.end)}）"),
            *(("p", f"（{n}）{x}") for n, x in enumerate(job.lines, 1)),
        ]
    if one.projects:
        blocks.append(("p", "项目经验"))
    for work in one.projects:
        blocks += [
            ("p", f"{work.name}（{short(work.start)}～{short(work.end)}）"),
            ("p", f"职责：{work.role}"),
            *(("p", x) for x in work.lines),
        ]
    blocks.append(("p", "教育情况"))
    for x in one.schools:
        words = " ".join(y for y in (x.school, x.major, x.level) if y)
        blocks.append(("p", f"{words}（{short(x.start)}～{short(x.end)}）"))
    blocks += [("p", "掌握技能"), ("p", "；".join(one.skills))]
    if one.certificates:
        blocks += [("p", "职业资格"), ("p", "；".join(one.certificates))]
    if one.languages:
        blocks += [("p", "外语"), ("p", "；".join(one.languages))]
    return docx([*blocks, ("p", "自我介绍"), ("p", one.about)])
