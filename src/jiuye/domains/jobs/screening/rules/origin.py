"""Where somebody comes from, or to which people or faith they belong."""

from jiuye.domains.jobs.screening.rules.rule import (
    END,
    MARKET,
    NOT_WANTED,
    ONLY,
    PREFERRED,
    PROMOTION,
    START,
    UNWANTED,
    Rule,
)
from jiuye.domains.reference import queries as reference

_NAMES = sorted(
    {one.short_name for top in reference.provinces() for one in (top, *reference.children(top.code))}
    | {"东北", "东三省", "江浙沪", "内蒙", "苏北", "皖北"},
    key=len,
    reverse=True,
)
_HEADS = "".join(sorted({name[0] for name in _NAMES}))  # looked at first: quicker than trying each name
_PLACE = f"(?:(?=[{_HEADS}])(?:{'|'.join(_NAMES)})(?:省|市|县|区)?)"
_LETTER = "(?:[京沪津渝粤浙苏川蜀鲁豫皖闽赣湘鄂冀晋辽吉黑桂琼黔滇陕甘青宁新蒙藏]|江浙沪)"
_LOCAL = r"(?:本[地市省县区镇村乡]|当地|所在地)"
_STRANGE = r"(?:外[地省市县来]|[省市县]外|外乡|异地|非本[地市省县区])"
_HERE = rf"(?:{_LOCAL}|{_PLACE}|[\u4e00-\u9fff]{{2,4}}?[省市县区]?)(?:城镇|农村|居民|主城区?|城区)?"
_RESIDENCE = r"(?:户籍|户口)(?![本簿页]|迁|办|登记|管理|政策|业务|民警|警|窗口|资料|核查|所在地不限|不限|均?可)"
_FROM = rf"(?:{_RESIDENCE}|(?<!户)(?<!户口)籍(?!贯))"
_PEOPLE = (
    "(?:汉族?|少数民族|(?:蒙古|蒙|回|藏|维吾尔|维|苗|彝"
    "|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|羌|撒拉|仡佬|锡伯)族|回民|藏民)"
)

HOUSEHOLD = Rule(
    "household",
    "stop",
    "以户籍、地域限制求职者",
    "请删去对户籍、籍贯、地域的限制；可以写明工作地点和是否提供住宿。",
    f"{MARKET}第十一条、{PROMOTION}第三十一条",
    marks=(
        "户籍 户口 籍 生源 户优 地人 地的 县人 区人 镇人 村人 外地 外省 外市 外来 外县 外乡 省外 市外 "
        "本地 本市 本省 本县 本区 当地 非本 异地 勿 "
        + " ".join(sorted({f"{name[-1]}人" for name in _NAMES}))
    ),
    words=(
        rf"{ONLY}(?:具?有|持有?|为|是)?{_HERE}{_RESIDENCE}",
        rf"{ONLY}(?:具?有|持有?|为|是)?(?:{_PLACE}|{_LOCAL}|{_LETTER})(?:本地)?{_FROM}",
        rf"(?:具?有|持有?)(?:{_PLACE}|{_LOCAL}){_RESIDENCE}",
        rf"{_HERE}{_RESIDENCE}{PREFERRED}",
        rf"(?:{_PLACE}|{_LOCAL}|{_LETTER}){_FROM}(?:者|人员|人士|人)?(?:{PREFERRED}|[^,。;;\n]{{0,2}}{UNWANTED})",
        rf"{START}(?:须?具?有|持有?|非)?(?:{_PLACE}|{_LOCAL}|{_LETTER}|[\u4e00-\u9fff]{{2,4}}[省市县区])(?:本地|城镇|农村)?{_FROM}(?:者|人员|人士|居民|人)?(?:{END}|(?=或))",
        rf"(?:户[籍口]|籍贯)(?:地|所在地)?(?:要求|限制?|仅限|须为|为)?:?(?:仅?限|为|须|要求)?(?:{_PLACE}|{_LOCAL})(?!公安|派出所|政府)",
        rf"{_RESIDENCE}地?(?:仅限|限|要求)[:]?(?!不限|无)[\u4e00-\u9fff]{{2}}",
        rf"{ONLY}(?:{_LOCAL}|{_PLACE})(?:人(?:员|士)?(?!才|民|力|事|社|口|寿)|居民|常住人口|土著){PREFERRED}?(?!管理|服务)",
        rf"{ONLY}{_LOCAL}(?:的)?{END}",
        rf"(?:{START}|要)(?:{_PLACE})?(?:{_LOCAL})人(?:员)?{END}",
        rf"(?:{ONLY}(?:{_PLACE}|{_LOCAL})|(?:{_PLACE}|{_LOCAL}))生源(?:{PREFERRED}|{END}|{UNWANTED})|(?:{_LETTER})户{PREFERRED}",
        rf"(?:(?:{_LOCAL}|{_PLACE})(?:人(?:士|员)?|居民|户)|{_LOCAL}(?!化))(?:者|的)?(?:(?!者?为主){PREFERRED}|{UNWANTED})",
        rf"{NOT_WANTED}(?:外地人?|农村人?|外来(?:人口|人员)|{_STRANGE}(?:户[籍口]|人)?|(?:{_PLACE})(?:籍|省)?人)",
        rf"(?:{_STRANGE}|非{_LETTER}|非{_PLACE}|农村|城镇)(?:户[籍口]|籍|人(?:员|士)?|求职者)?(?:者|的)?{UNWANTED}",
        rf"{_PLACE}(?:的)?(?:勿扰|勿投|勿试|免谈|绕行)",
        rf"(?:无|非){_STRANGE}(?:户[籍口]|籍)",
        r"(?:仅限|只限|(?<!不)限|只招|只要)(?:城镇|农村|农业|非农业?)(?:户[籍口])|(?:城镇|农村|农业|非农业?)户[籍口](?:者)?优先",
    ),
    harmless=(
        r"(?:户[籍口]|地域|籍贯)[^,。;;\n]{0,4}不限", r"不限(?:户[籍口]|地域|籍贯|[^,。;;\n]{0,3}户[籍口])",
        r"(?:协助|办理|解决|代办|可落|可以落|落户|提供|携带|核查|登记|管理|迁移|迁入|申请|集体|随迁|享受|整理)[\u4e00-\u9fff]{0,6}(?:户[籍口]|落户)",
        rf"(?:{_PLACE}|{_LOCAL})[^,。;;\n]{{0,4}}(?:户[籍口])[^,。;;\n]{{0,4}}(?:办理|迁移|代办|可解决|指标)",
        r"户[籍口][^。;\n]{0,14}(?:缴纳|享受|社保|五险)",
        rf"(?:面向|针对|服务|负责)(?:{_PLACE}|{_LOCAL})[^,。;;\n]{{0,2}}(?:户[籍口])(?!{END})",
    ),
    lawful=("公益性?岗位(?!除外)", "就业困难人员"),
    advice_in_doubt="公益性岗位等按规定面向特定人员的，由审核员确认；其他岗位请删去对户籍、地域的限制。",
)  # fmt: skip

ETHNICITY = Rule(
    "ethnicity",
    "stop",
    "涉嫌民族歧视",
    "请删去对民族的限制。",
    f"{PROMOTION}第二十八条、{MARKET}第二十四条",
    marks="族 回民 藏民",
    words=(
        rf"(?:仅限|只限|(?<!不)限|只招|只要|须为?|必须(?:是|为)|要求(?:为|是)?|{NOT_WANTED}|招)(?:{_PEOPLE}|[\u4e00-\u9fff]{{1,3}}族)(?:人|员工)?(?!舞|服|语|文|歌|乐|风|菜|餐)",
        rf"汉族{PREFERRED}",
        rf"(?:{_PEOPLE}、?){{1,4}}(?:人|人员|员工|群众)?[^,。;;\n]{{0,3}}{UNWANTED}",
        rf"民族(?:要求|限制?)?:(?:为|限|须为)?(?:汉|非少数|{_PEOPLE})",
        r"民族(?:要求|限制?)(?:为)?汉",
        rf"{START}汉族{END}",
        r"非少数民族",
    ),
    doubtful=(rf"(?:蒙古|回|藏|维吾尔|维|苗|彝|壮|朝鲜|满|侗|土家|哈萨克|傣)族{PREFERRED}",),
    harmless=("民族:?不限", "不限民族", "[上打][班工]族", "[家贵水]族", "各民族", "少数民族[^,。;;\n]{0,3}(?:优先|均可|欢迎)"),
    advice_in_doubt="民族自治地方依法照顾少数民族的，由审核员确认；需要语言能力的，请写明语言。",
)  # fmt: skip

RELIGION = Rule(
    "religion",
    "stop",
    "涉嫌宗教信仰歧视",
    "请删去对宗教信仰的限制。",
    f"{PROMOTION}第三条、{MARKET}第二十四条",
    marks="宗教 信教 信佛 徒 穆斯林 信众 信仰",
    words=(
        rf"(?:仅限|只限|(?<!不)限|须|必须|只招|{NOT_WANTED})(?:有|无)?(?:宗教信仰|信教|信佛|佛教徒|基督徒|基督教徒|天主教徒|穆斯林)",
        rf"(?:宗教信仰|宗教人士|信教|信佛|佛教徒|基督徒|基督教徒|天主教徒|穆斯林|信众)(?:者|人员|人士|的)?[^,。;;\n]{{0,3}}{UNWANTED}",
        rf"(?:无|没有|不信)(?:任何)?(?:宗教信仰|宗教)(?!歧视|限制|要求){PREFERRED}?",
    ),
    harmless=("不限宗教", "宗教信仰:?不限"),
)  # fmt: skip
