"""What people search for and what they mean by it: each case stands for a family."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from jiuye.adapters.search_tantivy import TantivyEngine
from jiuye.kernel import clock
from jiuye.ports.search import SearchQuery, analyser
from tests.factories.search_documents import NOW, posting


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TantivyEngine]:
    """One index with every posting that the cases name, and a hundred common ones."""
    own = TantivyEngine(tmp_path_factory.mktemp("index"), words="jiuye.domains.reference.queries.occupation_names")
    with clock.frozen(datetime.fromtimestamp(NOW + 3600, UTC)):
        own.rebuild(
            [
                *(posting(title) for title in dict.fromkeys((*TITLES, *(right for _, right in FINDS)))),
                *(posting(title, body=body) for title, body in BODIES),
                *(posting(title, tags=tags) for title, tags in TAGS),
                *(posting(title) for title in ("安全员", "人事专员", "会计", "焊工", "电工") for _ in range(25)),
            ]
        )
        yield own
    own.close()


TITLES = (
    *(
        "JavaScript前端",
        "Python3后端",
        "Python3.8爬虫",
        "Java8后端",
        "AutoCAD2020绘图员",
        "ISO9001内审员",
        "ISO14001内审员",
    ),
    *(
        "A1A2证大车司机",
        "C1驾照送货司机",
        "C++软件工程师",
        "C#上位机",
        ".NET开发",
        "C语言教师",
        "网络安全员",
        "本地人事",
    ),
    *("会计（外包）", "往来会计", "电话销售", "门店销售", "JavaWeb开发", "B2司机"),
)
BODIES = (("送货员", "有驾驶证者优先"), ("大车司机", "持A1A2证五年以上"), ("体系专员", "熟悉ISO 9001质量体系"))
TAGS = (("仓管", ("五险一金",)), ("流水线普工", ("两班倒",)), ("出纳", ("周末双休",)), ("客服", ("外包",)))

FINDS = (
    ("python", "Python3后端"),
    ("python", "Python3.8爬虫"),
    ("Python 3", "Python3后端"),
    ("python3", "Python爬虫"),
    ("java", "Java8后端"),
    ("JAVA", "JavaWeb开发"),
    ("java8", "Java工程师"),
    ("CAD", "AutoCAD2020绘图员"),
    ("autocad", "CAD2018制图"),
    ("AutoCAD2020", "CAD2018制图"),
    ("ISO 9001", "ISO9001内审员"),
    ("ISO9001", "ISO 9001审核员"),
    ("iso9001", "ISO9001:2015审核员"),
    ("IATF16949", "IATF 16949体系"),
    ("A2", "A1A2证大车司机"),
    ("A1", "A1A2证大车司机"),
    ("C1", "C1驾照送货司机"),
    ("B2", "B1B2司机"),
    ("c++", "C++软件工程师"),
    ("C++", "C++11开发"),
    ("c#", "C#上位机"),
    (".net", ".NET开发"),
    ("html", "HTML5前端"),
    ("mysql", "MySQL5.7管理员"),
    ("springboot", "Spring Boot2开发"),
    ("cet4", "CET-4翻译"),
    ("安全员", "网络安全员"),
    ("人事", "本地人事"),
    ("厨师", "寿司厨师长"),
    ("电工", "水电工程师"),
    ("驾照", "送货员"),
    ("驾驶证", "C1驾照送货司机"),
    ("社保", "仓管"),
    ("五险", "仓管"),
    ("挖机", "挖掘机司机"),
    ("挖掘机", "挖机师傅"),
    ("勾机司机", "勾机司机（长沙）"),
    ("铲车", "装载机司机"),
    ("倒班", "流水线普工"),
    ("三班倒", "流水线普工"),
    ("双休", "出纳"),
    ("保洁", "清洁工"),
    ("清洁", "写字楼保洁"),
    ("前台", "接待员"),
    ("接待", "公司前台"),
    ("网管", "网络管理员"),
    ("网络管理员", "网吧网管"),
    ("軟體工程師", "软件工程师"),
    ("软体工程师", "软件工程师"),
    ("軟件工程師", "软件工程师"),
    ("網路", "网络工程师"),
    ("网路工程师", "网络工程师"),
    ("衞生", "卫生专员"),
    ("衛生", "卫生专员"),
    ("計程車司機", "出租车司机"),
    ("的士司機", "出租车司机"),
    ("行銷", "营销专员"),
    ("行銷企劃", "营销策划"),
    ("程式設計師", "程序员"),
    ("資料庫", "数据库管理员"),
    ("伺服器", "服务器工程师"),
    ("專案經理", "项目经理"),
    ("堆高機", "叉车司机"),
    ("保全人員", "保安"),
    ("外送員", "外卖员"),
    ("幼稚園", "幼儿园教师"),
    ("人資", "人事专员"),
    ("软件", "軟體工程師"),
)


def found(engine: TantivyEngine, q: str) -> set[str]:
    return {hit.title for hit in engine.search(SearchQuery(q=q, size=200)).items}


@pytest.mark.parametrize(("typed", "right"), FINDS)
def test_it_is_found(engine: TantivyEngine, typed: str, right: str) -> None:
    assert right in found(engine, typed)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("java", "JavaScript前端"),
        ("java8", "JavaScript前端"),
        ("ISO9001", "ISO14001内审员"),
        ("ISO 9001", "ISO14001内审员"),
        ("A2", "C1驾照送货司机"),
        ("A1", "B2司机"),
        ("C++", "C语言教师"),
        ("C++", "C#上位机"),
        ("c#", "C++软件工程师"),
        ("net", "网络安全员"),
        ("会计 -外包", "会计（外包）"),
        ("会计 －外包", "会计（外包）"),
        ("会计　－外包", "会计（外包）"),
        ("会计 –外包", "会计（外包）"),
        ("-外包", "会计（外包）"),
        ("-外包", "客服"),
        ("销售 -电话", "电话销售"),
        ("java -javascript", "JavaScript前端"),
    ],
)
def test_it_is_not_found(engine: TantivyEngine, typed: str, wrong: str) -> None:
    assert wrong not in found(engine, typed)


def test_a_word_left_out_leaves_the_others(engine: TantivyEngine) -> None:
    assert {"会计", "往来会计"} <= found(engine, "会计 -外包")
    assert "Java8后端" in found(engine, "java -javascript")
    assert found(engine, "c++ -") == found(engine, "c++")


def test_a_hyphen_within_a_word_or_before_a_number_leaves_nothing_out(engine: TantivyEngine) -> None:
    assert "CET-4翻译" in found(engine, "CET-4")
    assert found(engine, "会计 -3000") == found(engine, "会计 3000")


@pytest.mark.parametrize("typed", ["个人资料管理", "中国中铁"])
def test_words_of_elsewhere_are_not_read_across_words(typed: str) -> None:
    """人资 is 人事 in Taiwan, 国中 is 初中."""
    words = {word.text for word in analyser().words(typed)}
    assert not words & {"人事", "初中"}


def test_the_word_within_a_longer_one_is_marked(engine: TantivyEngine) -> None:
    (hit,) = [hit for hit in engine.search(SearchQuery(q="安全员", size=200)).items if hit.title == "网络安全员"]
    assert [hit.title[start:end] for start, end in hit.highlights] == ["安全员"]
