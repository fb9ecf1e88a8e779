"""The named people. Names, phones and histories of the platform's demonstration accounts match the demonstration.

ID numbers are well-formed and belong to nobody: see `id_number`.
"""

from typing import Literal

from jiuye.sandbox.people.person import Certificate, Education, Employment, Person, id_number

# The demonstration counts its years back from the same one (jiuye.runtime.demo.seekers).
_YEAR = 2026


def _year(ago: int) -> str:
    return str(_YEAR - ago)


def _period(employer: str, first: int, last: int | None = None) -> Employment:
    """Return insurance from March `first` years ago to December `last` years ago; without `last` until now."""
    return Employment(employer, f"{_year(first)}-03", "" if last is None else f"{_year(last)}-12")


def _person(
    name: str,
    number: str,
    born: str,
    region: str,
    note: str,
    *,
    level: Literal[1, 2] = 2,
    employments: tuple[Employment, ...] = (),
    educations: tuple[Education, ...] = (),
    certificates: tuple[Certificate, ...] = (),
) -> Person:
    return Person(name, id_number(region, born), number, region, level, note, employments, educations, certificates)


_DEMONSTRATION = (
    _person(
        "江浩然", "19900000099", "19950412", "120100", "演示求职者，记录与简历一致",
        employments=(_period("天津恒砥信环境服务有限公司", 3), _period("天津启棠安食品有限公司", 7, 4)),
        educations=(Education("天津禾桥职业技术学校", "40", _year(12)),),
    ),
    _person(
        "武鹏飞", "19900000001", "19840907", "510100", "职介管理员",
        employments=(_period("成都禾桥人力资源服务有限公司", 9),),
        educations=(Education("成都禾桥理工学院", "20", _year(20)),),
    ),
    _person(
        "侯少华", "19900000002", "19910322", "510100", "职介招聘专员",
        employments=(_period("成都禾桥人力资源服务有限公司", 4),),
    ),
    _person("蔡丽华", "19900000003", "19930118", "510100", "职介只读成员"),
    _person(
        "陆明远", "19900000098", "19820630", "510100", "招聘企业负责人",
        educations=(Education("成都禾桥理工大学", "14", _year(18)),),
    ),
    _person(
        "沈知行", "19900000097", "19860215", "110100", "平台审核员",
        educations=(Education("北京禾桥理工大学", "11", _year(16)),),
    ),
    _person("秦知远", "19900000900", "19830521", "110100", "平台安全管理员"),
)  # fmt: skip
_SEEKERS = (
    _person(
        "薛彩霞", "19900000100", "20051121", "130100", "演示求职者，记录与简历不同",
        employments=(
            Employment("石家庄知夏达企业服务有限公司", f"{_year(3)}-09", f"{_year(1)}-06"),
            _period("石家庄行舟诚餐饮管理有限公司", 6, 4),
        ),
        educations=(Education("石家庄禾桥第三中学", "70", _year(5)),),
        certificates=(Certificate("食品安全管理员", "DEMO20240017", "2024-04-18"),),
    ),
    _person("叶美玲", "19900000101", "19940803", "632200", "演示求职者，没有任何记录"),
    _person(
        "汪国强", "19900000102", "20050509", "140500", "演示求职者，卡只到一级签发",
        level=1,
        employments=(_period("晋城鹿鸣诚酒店管理有限公司", 3),),
        educations=(Education("晋城禾桥职业技术学校", "40", _year(2)),),
    ),
    _person(
        "高子涵", "19900000105", "19930711", "610400", "演示求职者，部分经历查不到记录",
        employments=(_period("咸阳锦程安金属制品有限公司", 4),),
        educations=(Education("咸阳禾桥理工学院", "20", _year(10)),),
    ),
)  # fmt: skip
_NEWCOMERS = (
    _person(
        "林知夏", "19900001001", "19980620", "330100", "新用户，记录齐全",
        employments=(
            Employment("杭州澄岸智软件技术有限公司", "2022-07"),
            Employment("杭州云麓网络科技有限公司", "2020-07", "2022-05"),
        ),
        educations=(Education("杭州禾桥理工大学", "20", "2020"),),
        certificates=(Certificate("计算机技术与软件专业技术资格（中级）", "DEMO20230415", "2023-09-20"),),
    ),
    _person(
        "周望舒", "19900001002", "19900214", "320500", "新用户，持两本职业证书",
        employments=(Employment("苏州晟屿养老服务有限公司", "2019-04"),),
        educations=(Education("苏州禾桥职业技术学院", "30", "2011"),),
        certificates=(
            Certificate("养老护理员（四级）", "DEMO20190408", "2019-03-26"),
            Certificate("健康管理师（三级）", "DEMO20220911", "2022-08-30"),
        ),
    ),
    _person(
        "苏晓岚", "19900000104", "19991009", "410100", "手机号在平台上属于别人的账号",
        employments=(Employment("郑州拓野物流运输有限公司", "2023-08"),),
    ),
    _person(
        "岑映秋", "19900001005", "19920817", "510100", "新用户，在试用企业“成都试岚电子有限公司”参保",
        employments=(Employment("成都试岚电子有限公司", "2024-05"),),
    ),
    _person(
        "骆时雨", "19900001006", "19890226", "510100", "新用户，在试用职介“成都试衡人力资源服务有限公司”参保",
        employments=(Employment("成都试衡人力资源服务有限公司", "2021-09"),),
    ),
    _person("贾䶮", "19900001003", "19880105", "440300", "姓名有生僻字"),
    _person(
        "古丽娜·艾山", "19900001004", "19960426", "650100", "姓名有间隔号",
        educations=(Education("乌鲁木齐禾桥职业技术学院", "30", "2017"),),
        certificates=(Certificate("中式面点师（五级）", "DEMO20180602", "2018-06-02"),),
    ),
)  # fmt: skip

ALL = _DEMONSTRATION + _SEEKERS + _NEWCOMERS
