"""Invented names of people, employers and agencies. Any likeness to real ones is coincidence."""

from jiuye.runtime.demo.chance import Chance

SURNAMES = list(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严武戚莫孔向汤"
)
GIVEN = [
    "若溪",
    "承宇",
    "晓岚",
    "嘉禾",
    "思远",
    "春燕",
    "国强",
    "雨桐",
    "文博",
    "立新",
    "晨曦",
    "海燕",
    "志远",
    "美玲",
    "建军",
    "欣然",
    "浩然",
    "丽华",
    "子涵",
    "永康",
    "静怡",
    "德胜",
    "秋月",
    "明轩",
    "雪梅",
    "俊杰",
    "彩霞",
    "鹏飞",
    "桂英",
    "一鸣",
    "慧敏",
    "大勇",
    "心怡",
    "少华",
    "玉兰",
    "天佑",
    "婉清",
    "振华",
    "小满",
    "守信",
]
RARE = ["䶮", "𬭎"]  # names with rare characters must work everywhere
FIRST = [
    "禾桥",
    "澄岸",
    "云栈",
    "砚山",
    "锦程",
    "望川",
    "青崖",
    "拓野",
    "朗月",
    "栖霖",
    "映川",
    "浩舟",
    "晟屿",
    "卓岭",
    "启棠",
    "融泽",
    "谷雨",
    "行舟",
    "星垣",
    "长亭",
    "知夏",
    "砺川",
    "沐风",
    "鹿鸣",
    "穗丰",
    "松间",
    "恒砥",
    "云麓",
    "初阳",
    "汇澜",
]
SECOND = ["", "联", "达", "盛", "源", "智", "信", "诚", "安", "海"]
BUSINESS = {
    "13": "食品",
    "14": "食品",
    "17": "纺织",
    "18": "服饰",
    "33": "金属制品",
    "34": "机械制造",
    "35": "装备",
    "36": "汽车零部件",
    "37": "交通装备",
    "38": "电气",
    "39": "电子",
    "40": "仪器",
    "44": "能源服务",
    "47": "建筑工程",
    "48": "建设工程",
    "51": "商贸",
    "52": "百货连锁",
    "54": "物流运输",
    "59": "仓储服务",
    "60": "速递",
    "61": "酒店管理",
    "62": "餐饮管理",
    "63": "通信服务",
    "64": "网络科技",
    "65": "软件技术",
    "70": "物业服务",
    "72": "企业服务",
    "74": "设计咨询",
    "80": "家庭服务",
    "82": "环境服务",
    "83": "教育咨询",
    "84": "健康管理",
    "85": "养老服务",
}


def person(chance: Chance) -> str:
    """Return a person's name; sometimes with a character that few fonts have."""
    if chance.random() < 0.01:
        return chance.choice(SURNAMES) + chance.choice(RARE)
    return chance.choice(SURNAMES) + chance.choice(GIVEN)


def brand(chance: Chance) -> str:
    """Return an invented trade name."""
    return chance.choice(FIRST) + chance.choice(SECOND)


def credit_code(chance: Chance, prefix: str = "91") -> str:
    """Return a well-formed unified social credit code (GB 32100) with a valid check character."""
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
    body = prefix + "990000" + "MA" + "".join(chance.choice(letters) for _ in range(7))
    total = sum(letters.index(letter) * weight for letter, weight in zip(body, weights, strict=True))
    return body + letters[(31 - total % 31) % 31]


def phone(number: int) -> str:
    """Return a person's demonstration number; nothing is sent to it, the sandbox shows the message."""
    return f"1990000{number:04d}"
