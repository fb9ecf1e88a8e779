"""What people type for work: names with numbers, everyday words, words of Taiwan and Hong Kong, and words spelled wrongly."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from jiuye.adapters.search_tantivy import TantivyEngine
from jiuye.kernel import clock
from jiuye.ports import search
from jiuye.ports.search import SearchQuery
from jiuye.search.rewording import reworded
from tests.factories.search_documents import NOW, posting

IN_TITLES = (
    ("php", "PHP7开发"), ("php7", "PHP开发"), ("vue", "Vue3前端"), ("vue", "Vue.js前端"), ("vue3", "Vue前端"),
    ("react", "React18前端"), ("sql", "MySQL管理员"), ("sql", "SQL Server开发"), ("html", "HTML5前端"),
    ("html5", "HTML前端"), ("h5", "H5开发"), ("css", "CSS3前端"), ("5G", "5G基站工程师"), ("5g", "5G通信工程师"),
    ("4G", "4G优化工程师"), ("B2", "B2驾照司机"), ("B2", "持B2证司机"), ("c1", "C1/C2司机"),
    ("B2驾照", "B2证货车司机"), ("C1驾驶证", "C1司机"), ("A2本", "持A2驾照司机"), ("stm32", "STM32F103开发"),
    ("STM32F4", "STM32嵌入式"), ("esp32", "ESP32C3工程师"),
    ("A1", "A1驾照客车司机"), ("ISO9001", "ISO 9001内审员"), ("ISO 14001", "ISO14001内审员"),
    ("ISO", "ISO9001内审员"), ("iso13485", "ISO 13485体系"), ("TS16949", "TS 16949体系"), ("3dmax", "3ds Max建模师"),
    ("3D max", "3DMAX建模师"), ("3dsmax", "3Dmax效果图"), ("ps", "Photoshop修图"), ("PS", "PS修图师"),
    ("photoshop", "PS修图"), ("ai", "AI训练师"), ("pr", "PR剪辑"), ("ae", "AE特效师"), ("cad", "CAD绘图"),
    ("CAD2007", "CAD制图员"), ("UG", "UG编程师"), ("ug", "UG12.0编程"), ("proe", "ProE工程师"),
    ("Pro/E", "ProE结构"), ("solidworks", "SolidWorks2018设计"), ("office", "熟练Office2016文员"),
    ("excel", "Excel2019数据员"), ("windows", "Windows10运维"), ("win10", "Win10运维"), ("s7-200", "S7-200 PLC"),
    ("plc", "PLC编程"), ("西门子plc", "西门子PLC工程师"), ("数控cnc", "CNC数控师傅"), ("java", "Java17开发"),
    ("spring", "SpringBoot开发"), ("spring boot", "SpringBoot3开发"), ("k8s", "Kubernetes运维"),
    ("c语言", "C语言开发"), ("C", "C语言开发"), (".net", "ASP.NET开发"), ("asp.net", "ASP.NET Core开发"),
    ("net", ".NET开发"), ("node", "Node.js后端"), ("nodejs", "NodeJS18后端"), ("golang", "Go语言开发"),
    ("go", "Golang开发"), ("u3d", "Unity3D开发"), ("unity", "Unity3D开发"), ("unity3d", "Unity开发"),
    ("R语言", "R语言分析"), ("月嫂", "母婴护理师"), ("母婴护理", "月嫂"), ("保姆", "家政阿姨"), ("家政", "住家保姆"),
    ("保姆", "家政服务员"), ("叉车", "叉车司机"), ("叉车司机", "叉车工"), ("铲车", "装载机操作手"),
    ("铲车司机", "装载机司机"), ("送餐", "外卖骑手"), ("送餐员", "外卖员"), ("外卖", "骑手"), ("骑手", "外卖送餐员"),
    ("送外卖", "外卖骑手"), ("美团", "美团骑手"), ("网约车", "滴滴司机"), ("滴滴", "网约车司机"),
    ("滴滴司机", "网约车司机"), ("前台", "前台接待"), ("接待", "酒店前台"), ("奶茶", "茶饮店员"),
    ("奶茶店", "茶饮师"), ("茶饮", "奶茶店员"), ("洗碗", "洗碗工"), ("洗碗工", "洗碗阿姨"), ("保安", "安保人员"),
    ("安保", "保安员"), ("护工", "护理员"), ("护理员", "护工"), ("快递", "快件分拣员"), ("快递", "快递员"),
    ("快件", "快递分拣"), ("门卫", "保安"), ("打包", "打包员"), ("打包", "包装工"), ("扫地", "保洁员"),
    ("厨师", "炒菜师傅"), ("炒菜", "厨师"), ("面点", "面点师"), ("司机", "驾驶员"), ("开车", "司机"),
    ("电焊", "焊工"), ("电焊工", "氩弧焊工"), ("刮大白", "油漆工"), ("刷墙", "油漆工"), ("木匠", "木工"),
    ("贴砖", "瓦工"), ("看大门", "保安"), ("带孩子", "育儿嫂"), ("带娃", "育婴师"), ("照顾老人", "养老护理员"),
    ("做饭", "做饭阿姨"), ("做饭阿姨", "住家保姆"), ("钟点工", "小时工"), ("小时工", "钟点工"), ("学徒", "学徒工"),
    ("文职", "文员"), ("程序员", "软件工程师"), ("老师", "小学教师"), ("英语老师", "英语教师"),
    ("幼师", "幼儿园老师"), ("护士", "护理"), ("美容", "美容师"), ("理发", "理发师"), ("美发", "发型师"),
    ("足疗", "足疗技师"), ("按摩", "按摩师"), ("卖衣服", "服装导购"), ("卖房", "房产销售"), ("中介", "房产中介"),
    ("收银", "收银员"), ("跑腿", "跑腿骑手"), ("摩的", "摩的司机"), ("压路机", "压路机司机"), ("水电", "水电工"),
    ("空调安装", "空调安装师傅"), ("手机维修", "手机维修工"), ("修车", "汽修工"), ("修手机", "手机维修工"),
    ("洗车", "洗车工"), ("加油", "加油员"), ("加油站", "加油员"), ("电子厂", "电子厂普工"), ("流水线", "普工"),
    ("服装厂", "服装厂缝纫工"), ("踩缝纫机", "缝纫工"), ("超市", "超市理货员"), ("酒店", "酒店服务员"),
    ("餐厅", "餐厅服务员"), ("工地", "工地小工"), ("小工", "小工"), ("长途司机", "货车司机"), ("拉货", "货车司机"),
    ("装卸", "装卸工"), ("搬运", "搬运工"), ("程式設計師", "程序员"), ("計程車司機", "出租车司机"),
    ("業務", "业务员"), ("業務員", "业务员"), ("業務專員", "销售专员"), ("行銷", "市场营销专员"),
    ("品質", "品质管理"), ("品質", "质量工程师"), ("品質管理", "质量管理"), ("品管", "质检员"),
    ("品保工程師", "质量工程师"), ("雷射", "激光切割工"), ("雷射切割", "激光切割工"), ("硬體", "硬件工程师"),
    ("硬體工程師", "硬件工程师"), ("資訊", "信息管理员"), ("資訊工程師", "信息工程师"), ("網際網路", "互联网运营"),
    ("網際網路", "互联网产品经理"), ("影印", "复印员"), ("幼稚園老師", "幼儿园教师"), ("護理師", "护士"),
    ("餐飲", "餐饮服务员"), ("餐飲服務員", "餐饮服务员"), ("的士", "出租车司机"), ("的士司機", "出租车司机"),
    ("韌體", "固件工程师"), ("滑鼠", "鼠标工程师"), ("螢幕", "屏幕工程师"), ("晶片", "芯片工程师"),
    ("半導體", "半导体工程师"), ("記憶體", "内存测试"), ("光碟", "光盘制作"), ("數位", "数字营销"),
    ("數位行銷", "数字营销"), ("通路", "渠道销售"), ("客戶", "客户经理"), ("客服專員", "客服专员"),
    ("會計師", "会计"), ("收銀員", "收银员"), ("櫃台", "柜台"), ("櫃檯", "前台接待"), ("總機", "总机接线员"),
    ("店員", "店员"), ("工讀生", "兼职"), ("專案", "项目助理"), ("品牌企劃", "品牌策划"), ("美編", "美工"),
    ("房仲", "房产中介"), ("司機", "司机"), ("送貨", "送货员"), ("貨運司機", "货运司机"), ("清潔工", "保洁"),
    ("看護", "护工"), ("保母", "保姆"), ("廚師", "厨师"), ("廚房", "厨房帮工"), ("侍應", "服务员"),
    ("侍應生", "服务员"), ("文員", "文员"), ("地盤", "工地小工"), ("泥水", "泥水工"), ("冷氣", "空调维修"),
    ("冷氣技工", "空调维修工"), ("巴士司機", "公交车司机"), ("公車司機", "公交车司机"), ("捷運", "地铁站务员"),
    ("機車", "摩托车维修"), ("腳踏車", "自行车维修"), ("腳踏車", "自行车"), ("義工", "志愿者"), ("視訊", "视频剪辑"),
    ("影片", "视频剪辑"), ("列印", "打印员"), ("沖床", "冲床工"), ("模具", "模具工"), ("作業員", "作业员"),
    ("技術員", "技术员"), ("倉管", "仓管员"), ("堆高機司機", "叉车司机"), ("起重機", "起重机司机"),
)  # fmt: skip
IN_TAGS = (
    ("电工证", "持低压电工证"), ("低压电工", "低压电工证"), ("低压电工证", "有电工证"), ("夜班", "晚班"),
    ("晚班", "夜班"), ("包吃住", "提供食宿"), ("食宿", "包吃住"), ("包住", "包吃包住"), ("包食宿", "包吃住"),
    ("包吃", "包吃包住"), ("双休", "周末双休"), ("周末双休", "双休"), ("做五休二", "双休"), ("五险", "社保"),
    ("社保", "五险一金"), ("五险一金", "五险"), ("缴纳社保", "五险"), ("交社保", "五险"), ("日结工", "日结"),
    ("当天结", "日结"), ("不加班", "不加班"), ("弹性", "弹性工作制"), ("经验不限", "无经验"),
    ("不限经验", "经验不限"), ("无需经验", "零经验"), ("学历不限", "不限学历"),
)  # fmt: skip
SPELLED = (
    ("会记", "会计"), ("出那", "出纳"), ("护土", "护士"), ("司几", "司机"), ("电悍", "电焊"), ("电悍工", "电焊工"),
    ("厨诗", "厨师"), ("快第", "快递"), ("快第员", "快递员"), ("仓管元", "仓管员"), ("文元", "文员"),
    ("服务圆", "服务员"), ("收银圆", "收银员"), ("保按", "保安"), ("消售", "销售"), ("销受", "销售"),
    ("导够", "导购"), ("采勾", "采购"), ("客付", "客服"), ("财物", "财务"), ("行正", "行政"),
    ("人士专员", "人事专员"), ("程序圆", "程序员"), ("设计狮", "设计师"), ("焊弓", "焊工"), ("木功", "木工"),
    ("义车", "叉车"), ("又车", "叉车"), ("挖掘击", "挖掘机"), ("司积", "司机"), ("老是", "老师"), ("幼狮", "幼师"),
    ("驾使员", "驾驶员"), ("月扫", "月嫂"), ("保结", "保洁"), ("骑守", "骑手"), ("外买", "外卖"),
    ("外买员", "外卖员"), ("洗婉工", "洗碗工"), ("dianhangong", "电焊工"), ("chushi", "厨师"), ("siji", "司机"),
    ("baoan", "保安"), ("hushi", "护士"), ("xiaoshou", "销售"), ("wenyuan", "文员"), ("fuwuyuan", "服务员"),
    ("baojie", "保洁"), ("waimai", "外卖"), ("yuesao", "月嫂"), ("chache", "叉车"), ("diangong", "电工"),
    ("pugong", "普工"), ("qiantai", "前台"), ("kefu", "客服"), ("caiwu", "财务"), ("chuna", "出纳"),
    ("jiazheng", "家政"), ("huiji", "会计"), ("tiaojiushi", "调酒师"), ("javva", "java"), ("pyton", "python"),
    ("autocd", "autocad"), ("phtoshop", "photoshop"), ("excell", "excel"), ("solidwork", "solidworks"),
)  # fmt: skip


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TantivyEngine]:
    own = TantivyEngine(tmp_path_factory.mktemp("index"), words="jiuye.domains.reference.queries.occupation_names")
    titles = dict.fromkeys((*(title for _, title in IN_TITLES), *(right for _, right in SPELLED), "财务", "财务经理"))
    with clock.frozen(datetime.fromtimestamp(NOW + 3600, UTC)):
        own.rebuild(
            [
                *(posting(title) for title in titles),
                *(posting(f"样品{tag}", tags=(tag,)) for tag in dict.fromkeys(tag for _, tag in IN_TAGS)),
            ]
        )
        yield own
    own.close()


def found(engine: TantivyEngine, q: str) -> set[str]:
    return {hit.title for hit in engine.search(SearchQuery(q=q, size=200)).items}


@pytest.mark.parametrize(("typed", "title"), IN_TITLES)
def test_a_title_is_found(stocked: TantivyEngine, typed: str, title: str) -> None:
    assert title in found(stocked, typed)


@pytest.mark.parametrize(("typed", "tag"), IN_TAGS)
def test_a_tag_is_found(stocked: TantivyEngine, typed: str, tag: str) -> None:
    assert f"样品{tag}" in found(stocked, typed)


@pytest.mark.parametrize(
    ("typed", "other"), [("会计", "财务"), ("会计", "财务经理"), ("财务", "会计"), ("护士", "护工")]
)
def test_related_work_is_other_work(stocked: TantivyEngine, typed: str, other: str) -> None:
    assert other not in found(stocked, typed)


@pytest.mark.parametrize(("typed", "meant"), SPELLED)
def test_words_are_spelled_right(
    stocked: TantivyEngine, monkeypatch: pytest.MonkeyPatch, typed: str, meant: str
) -> None:
    monkeypatch.setattr(search, "get", lambda: stocked)
    other = reworded(SearchQuery(q=typed), stocked.search(SearchQuery(q=typed)).total)
    assert other
    assert other.query
    assert other.query.q == meant
