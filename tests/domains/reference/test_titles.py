"""Job titles read as occupations: the model's figures on the public test set, the words of ads, and what is left to a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiuye.domains.reference import catalogue, queries
from jiuye.domains.reference.generate.titles import labelled_titles
from jiuye.domains.reference.queries.occupation_text import SUGGESTED, TitleReading, read_title
from jiuye.domains.reference.titles import model
from jiuye.domains.reference.titles.features import LONGEST_TITLE, features, words

OCCUPATIONS = catalogue.occupations()
SALES = {"2-06-07-02", "4-01-02-00", "4-01-02-01", "4-01-02-03", "2-06-07-00"}
CLERKS = {"3-01-01-01", "3-01-02-02", "3-01-02-04", "3-01-02-08", "4-03-01-01"}
LORRY_OR_DELIVERY = {"4-02-02-02", "4-02-07-08", "4-10-08-01"}


def readings() -> list[tuple[TitleReading, str]]:
    """The public test set as it is read, with the codes that were published."""
    return [(read_title(one.text), one.code) for one in labelled_titles(is_test=True)]


class TestThePublicTestSet:
    def test_no_title_of_it_trains(self) -> None:
        tested = {one.text for one in labelled_titles(is_test=True)}
        assert len(tested) == 1390
        assert not tested & {one.text for one in labelled_titles(is_test=False)}

    def test_the_first_is_right_for_64_of_100_titles_with_an_occupation_and_one_of_five_for_80(self) -> None:
        found = [(one, code) for one, code in readings() if code in OCCUPATIONS and OCCUPATIONS[code].level == 4]
        assert sum(one.codes[:1] == (code,) for one, code in found) / len(found) >= 0.64
        assert sum(code in one.codes for one, code in found) / len(found) >= 0.80

    def test_what_is_certain_is_right_nine_times_of_ten_and_is_two_titles_of_five(self) -> None:
        found = readings()
        certain = [(one, code) for one, code in found if one.is_certain]
        assert len(certain) / len(found) >= 0.40
        assert sum(one.codes[0] == code for one, code in certain) / len(certain) >= 0.90


class TestWordsOfAds:
    @pytest.mark.parametrize(
        ("title", "left"),
        [
            ("抚州8k续保专员/五险双休/员工餐", ["续保专员"]),
            ("销售经理-福建", ["销售经理"]),
            ("月薪6000+ app推广 就近分配 上班自由", ["app推广"]),
            ("电工 15-20k", ["电工"]),
            ("成都市焊工", ["焊工"]),
            ("c++工程师", ["c++工程师"]),
        ],
    )
    def test_pay_benefits_and_places_are_no_words_of_the_work(self, title: str, left: list[str]) -> None:
        assert words(title) == left

    def test_what_stands_before_recruiting_and_in_brackets_counts_less(self) -> None:
        found = features("襄城区围炉三国锅...招聘服务员(急)")
        assert found["服务员"] == 1.0
        assert 0 < found["三国锅"] < 1.0

    def test_somebody_who_recruits_is_no_employer(self) -> None:
        assert features("招聘专员")["招聘"] == 1.0


class TestFamilies:
    @pytest.mark.parametrize("title", ["大客户销售", "大客户销售（华东）", "KA大客户销售", "大客户销售代表 双休"])
    def test_sales_to_great_customers_are_sales(self, title: str) -> None:
        guessed = queries.guess_occupation(title)
        assert guessed is None or guessed in SALES
        assert read_title(title).codes[0] in SALES

    @pytest.mark.parametrize("title", ["行政前台", "行政前台（五险一金）", "前台行政", "行政前台文员", "公司前台"])
    def test_reception_in_an_office_is_a_clerk(self, title: str) -> None:
        assert read_title(title).codes[0] in CLERKS
        assert queries.guess_occupation(title) in {None, *CLERKS}

    @pytest.mark.parametrize(
        "title", ["城市配送司机", "城配司机", "生鲜配送司机4.2米", "城市配送司机（厢货）", "同城配送司机"]
    )
    def test_who_drives_deliveries_drives_no_bus(self, title: str) -> None:
        assert read_title(title).codes[0] in LORRY_OR_DELIVERY
        assert queries.guess_occupation(title) in {None, *LORRY_OR_DELIVERY}

    @pytest.mark.parametrize(
        "title",
        ["技术员", "技术员8000+", "经理", "主管/专员", "学徒工", "【急招】技术员", "司机", "储备干部", "实习生"],
    )
    def test_a_rank_alone_is_left_open(self, title: str) -> None:
        assert queries.guess_occupation(title) is None


class TestProperties:
    @given(title=st.text(max_size=60))
    def test_no_title_gives_a_code_outside_the_list_or_more_than_five(self, title: str) -> None:
        reading = read_title(title)
        assert len(set(reading.codes)) == len(reading.codes) <= SUGGESTED
        assert set(reading.codes) <= OCCUPATIONS.keys()
        assert 0 <= reading.certainty <= 1

    @given(title=st.text(st.sampled_from("焊工司机会计经理销售前台急聘招聘（）k1 "), max_size=20))
    def test_a_title_is_read_the_same_each_time_and_certain_means_the_first(self, title: str) -> None:
        first = read_title.__wrapped__(title)
        assert first == read_title.__wrapped__(title)
        assert queries.guess_occupation(title) in {None, *first.codes[:1]}
        assert [one.code for one in queries.suggest_occupations(title)] == list(first.codes)

    def test_what_follows_in_a_long_title_changes_nothing(self) -> None:
        long = "焊工" + "，包吃住" * 40
        assert features(long) == features(long[:LONGEST_TITLE])
        assert len(features("数" * 100_000)) < 10

    @given(known=st.sampled_from([one for one in OCCUPATIONS.values() if one.level == 4]))
    def test_an_occupations_own_name_means_it(self, known: queries.Occupation) -> None:
        guessed = queries.guess_occupation(known.name)
        assert guessed
        assert OCCUPATIONS[guessed].name == known.name


def test_the_model_is_small_and_packs_to_what_it_was() -> None:
    packed = model.FILE.read_bytes()
    assert len(packed) < 3_000_000
    assert model.pack(model.unpack(packed)) == packed


def test_every_label_of_ours_means_an_occupation_or_class() -> None:
    lines = (catalogue.DATA / "labelled_titles.csv").read_text(encoding="utf-8").splitlines()[1:]
    labels = [line.rsplit(",", 1) for line in lines]
    assert labels
    assert all(code in OCCUPATIONS for _, code in labels)
    assert len({title for title, _ in labels}) == len(labels)
