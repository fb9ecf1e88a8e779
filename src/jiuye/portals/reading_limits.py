"""How often pages that cost much may be read: lists, files and drawings, by one network or one person.

Wide, because a school or a mobile operator has one address for many people: they stop programs. Each web process counts
for itself. Pages of single things (a job, a shop, a policy) are not counted: search robots read them, led by the site maps.
"""

from jiuye.kernel.local_limits import LocalLimit
from jiuye.kernel.rate_limits import ADDRESS

_VISITOR = f"每个人；未登录的：{ADDRESS}"

LISTS = LocalLimit(
    "lists",
    "打开公开的搜索和列表",
    _VISITOR,
    1200,
    60,
    "这个网络打开列表太频繁了，请 {wait}后再试，或换用手机流量。成批取用职位请看开放接口。",
)
PUBLIC_FILES = LocalLimit(
    "public-files", "下载公开的文件、日历和二维码", _VISITOR, 600, 60, "下载太频繁了，请 {wait}后再试。"
)
SITE_MAPS = LocalLimit(
    "site-maps", "读取网站地图的分册（每册 4.5 万个网址）", ADDRESS, 120, 60, "读取太频繁了，请 {wait}后再试。"
)
"""A robot reads each part once a day."""

OWN_FILES = LocalLimit(
    "own-files", "下载、查看自己或本机构有权看的文件", _VISITOR, 300, 60, "打开文件太频繁了，请 {wait}后再试。"
)
DRAWN = LocalLimit("drawn-documents", "生成 PDF、Excel 文件", "每个人", 60, 60, "文件生成得太频繁了，请 {wait}后再试。")
