"""Carriers of pathogens, disabled people."""

from jiuye.domains.jobs.screening.rules.rule import NEAR, NOT_WANTED, PREFERRED, PROMOTION, UNWANTED, Rule

_HEPATITIS = r"(?:乙肝|乙型肝炎|HBV(?:-?DNA)?|[Hh][Bb][Ss]Ag|两对半|表面抗原|三阳(?=患者|携带)|[大小]三阳|大小三阳)"
_CARRIED = rf"(?:{_HEPATITIS}|艾滋病?|HIV|梅毒)"

HEALTH = Rule(
    "health",
    "stop",
    "涉嫌对病原携带者或残疾人的歧视",
    "请删去该要求；法律、行政法规禁止从事的岗位除外。",
    f"{PROMOTION}第二十九条、第三十条",
    marks="肝 HBV bsAg BsAg BSAg hbsag HBSAG HBsAg 三阳 两对半 抗原 健全 艾滋 HIV 残 传染 四肢 聋 盲人 侏儒 哑巴 肢体 梅毒 抑郁",
    words=(
        rf"{_CARRIED}(?:病毒?)?(?:表面抗原|抗原|五项|检[测查]|指标|结果)?(?:携带者|感染者|患者|人员)?[^,。;;\n]{{0,3}}(?:{UNWANTED}|阴性|合格|正常|请勿|勿)",
        rf"(?:无|没有|不得有|不能有|不得患有?|不得是|非|{NOT_WANTED})(?:患有?|携带)?(?:任何)?{_CARRIED}",
        rf"(?:体检|入职|检查|查){NEAR}{{0,8}}{_HEPATITIS}",
        rf"(?:提供|需要?|须|要求|出具){NEAR}{{0,6}}{_HEPATITIS}(?!疫苗|知识|防治|病毒载量检测经验)|无(?:任何)?肝炎",
        rf"(?:聋哑人?|盲人|侏儒|哑巴|聋人){NEAR}{{0,2}}{UNWANTED}",
        rf"(?:携带|患有?|感染){_CARRIED}[^,。;;\n]{{0,8}}(?:{UNWANTED}|勿)",
        rf"{NOT_WANTED}(?:肢体)?(?:残疾人?|残障)|(?:残疾|残障|伤残)(?:人士?|人员|者)?[^,。;;\n]{{0,2}}{UNWANTED}|(?:无|非)(?:肢体)?残[疾障]",
    ),
    doubtful=(
        r"(?:无|没有|非|不得患有?)(?:任何|各类|各种)?(?:重大|其他)?传染(?:性疾)?病(?:史|源)?",
        r"(?:四肢|肢体|身体)健全|四肢无残",
        rf"抑郁症?(?:患者)?{UNWANTED}|(?:无|没有)抑郁症",
    ),
    harmless=(
        rf"不(?:再)?(?:查|检查|检测|含|包含|得查|做)[^,。;;\n]{{0,3}}{_HEPATITIS}",
        rf"(?:取消|禁止|严禁){NEAR}{{0,6}}{_HEPATITIS}",
        rf"(?:诊治|治疗|研究|研发|防治|预防|检测试剂|疫苗){NEAR}{{0,8}}{_CARRIED}",
        rf"{_CARRIED}(?:疫苗|检测试剂|试剂|患者(?:护理|管理|随访))",
        rf"残疾人{NEAR}{{0,3}}{PREFERRED}", "无残[疾障]人?歧视",
    ),
    advice_in_doubt="法律、行政法规禁止传染病病原携带者从事的工作（如直接入口食品），由审核员确认；可写“持健康证”。其他岗位请删去。",
)  # fmt: skip
