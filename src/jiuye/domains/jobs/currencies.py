"""Foreign currencies in a text about pay: pay is stated in yuan.

Codes: ISO 4217 (active ones without funds, metals and CNY); names: as Chinese press and banks write them.
"""

import re
import unicodedata

_ISO_4217_AND_USUAL = (
    "aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd btn bwp byn bzd cad cdf "
    "chf clp cop crc cup cve czk djf dkk dop dzd egp ern etb eur fjd fkp gbp gel ghs gip gmd gnf gtq gyd hkd hnl "
    "htg huf idr ils inr iqd irr isk jmd jod jpy kes kgs khr kmf kpw krw kwd kyd kzt lak lbp lkr lrd lsl lyd mad "
    "mdl mga mkd mmk mnt mop mru mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg "
    "qar ron rsd rub rwf sar sbd scr sdg sek sgd shp sle sll sos srd ssp stn svc syp szl thb tjs tmt tnd top try "
    "ttd twd tzs uah ugx usd uyu uzs ved ves vnd vuv wst xaf xcd xcg xof xpf yer zar zmw zwg zwl ntd nt rm rs rp kr "
    "usdt btc eth euro euros dollar dollars pound pounds yen won baht ringgit rupee rupees peso pesos dirham riyal "
    "ruble rubles us hk sg"
)
_CODES = frozenset(_ISO_4217_AND_USUAL.split())
# Codes that are English words count only beside a figure.
_ALSO_WORDS = "all cop cup gel mad mop nt pen top try us won hk sg kr sos cad php"
_WORDS = frozenset(_ALSO_WORDS.split())
_LETTERS = re.compile(r"[a-z]+")
_COUNTRIES = (
    "新加坡|文莱|斐济|利比里亚|圭亚那|苏里南|纳米比亚|牙买加|巴哈马|巴巴多斯|百慕大|伯利兹|开曼|加勒比|所罗门|津巴布韦|特立尼达|加拿大"
    "|澳大利亚|新西兰|澳门|香港|台湾|美国|日本|韩国|泰国|越南|马来西亚|俄罗斯|印度|印尼|英国"
)
_NAMES = re.compile(
    rf"[美港欧韩台澳加纽新坡缅泰葡柬印菲](?:元(?!旦)|币|圆|圜)|日(?:元(?!旦)|币|圆)|马币|越币|老币|(?:{_COUNTRIES})(?:元|币)"
    r"|[美澳加]金(?!额)|港纸|(?<![民货])币|円|圜|원|铢|盾|镑|\d\s?(?:刀|欧(?!洲)|u(?![a-z]))|美刀"
    r"|卢比|卢布|比索|披索|法郎|西法|非郎|瑞郎|克朗|令吉|林吉特|仙令|先令|迪拉姆|迪尔汗|里亚尔|里尔|瑞尔|第纳尔|里拉|兰特|雷亚尔|谢克尔|福林"
    r"|兹罗提|列伊|列弗|格里夫纳|拉里|德拉姆|阿富汗尼|图格里克|坚戈|索姆|苏姆|索莫尼|马纳特|塔卡|努尔特鲁姆|基普|奈拉|塞地|比尔|宽扎"
    r"|普拉|达拉西|梅蒂卡尔|阿里亚里|古德|科朗|格查尔|伦皮拉|瓜拉尼|索尔|玻利瓦尔|玻利维亚诺|巴波亚|帕塔卡|潘加|瓦图|塔拉"
)
# After a figure, any other word before 元 names a country: 15000斐济元.
_SOME_YUAN = re.compile(r"\d[千万百kw]?\s?([\u4e00-\u9fff]{1,5})元(?!旦)")
_NO_COUNTRY = re.compile(
    r"[千万百亿十几两多余来左右整块人民币大洋约加薪补提奖底至到起月天时日年每以上下内全勤税前后和或]"
)
_YUAN_SIGNS = "¥￥"


def names_foreign_currency(text: str) -> bool:
    """Return whether a folded text (NFKC, lower case, blanks kept) names a currency other than the yuan."""
    if any(unicodedata.category(character) == "Sc" and character not in _YUAN_SIGNS for character in text):
        return True
    for word in _LETTERS.finditer(text):
        if word[0] in _CODES and (word[0] not in _WORDS or _is_beside_figure(text, word.start(), word.end())):
            return True
    if _NAMES.search(text):
        return True
    return any(not _NO_COUNTRY.search(found[1]) for found in _SOME_YUAN.finditer(text))


def _is_beside_figure(text: str, start: int, end: int) -> bool:
    before, after = text[:start].rstrip(), text[end:].lstrip()
    return before[-1:].isdigit() or after[:1].isdigit()
