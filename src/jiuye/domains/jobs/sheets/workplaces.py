"""The workplace of a row, from all columns that say something about it, read together.

A name means what fits the other columns: 北京 + 朝阳区, 武汉 + 东湖新技术开发区. Columns that contradict each other, names
that several cities share, streets without a city, and what is no place (全国) leave the row a draft with the question. A
posting in another province is worse than one that waits.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from jiuye.domains.jobs.sheets.place_lists import MOST_PLACES, Place, is_within, listed_places, may_list
from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.queries import RegionReading

_EVERYWHERE = re.compile(
    r"全国|全球|各地|各省|多地|多个?城市|异地|外地|不限|不定|待定|就近|面议|随项目|项目所在地|详[见谈]|见描述"
)
_AREA = re.compile(
    "长三角|珠三角|京津冀|大湾区|江浙沪|川渝|云贵川|两广|东三省|东北三省|环渤海|江浙|"
    "华[东南北中]|西[南北]|东[南北](?=$|地区|区域|大区|片区)"
)
_REMOTE = re.compile(r"居家|在家|远程|线上|网络办公|线上办公|remote|home", re.IGNORECASE)
_ABROAD = re.compile(
    "海外|国外|境外|出国|日本|韩国|新加坡|马来西亚|泰国|越南|印尼|印度|菲律宾|柬埔寨|缅甸|老挝|迪拜|阿联酋|沙特|"
    "俄罗斯|德国|法国|英国|美国|加拿大|澳大利亚|澳洲|新西兰|非洲|欧洲|墨西哥|巴西|尼日利亚|安哥拉|哈萨克斯坦|乌兹别克斯坦"
)
_LONGEST = 200  # characters of a cell that are read
# What official lists write where a city or district would be.
_NO_LEVEL = frozenset(
    {"市辖区", "县", "省直辖", "省直辖县", "省直辖县级行政区划", "自治区直辖县级行政区划", "直辖", "-", "无"}
)
_WHOLE_CITY = frozenset(
    {"区", "内", "市内", "市区", "全市", "全城", "全境", "各区", "各区县", "境内", "辖区", "本地", "当地"}
)
_AND_MORE = re.compile("^(?:等|等地区?|等城市|等多地|及周边城市|等各地)$")
_NUMBER = re.compile(r"[0-9]")
_EDGES = " -·,，、;；/|"


class Workplace(NamedTuple):
    """Where the work is. `region` is blank if that is not certain; `problem` then asks for it, in Chinese.

    `elsewhere`: region and address of further places, if the row names several. `column`: the field whose cell the problem
    or the `remark` (which needs no answer) is about.
    """

    region: str = ""
    address: str = ""
    elsewhere: tuple[tuple[str, str], ...] = ()
    problem: str = ""
    remark: str = ""
    column: str = "region"


@dataclass(frozen=True, slots=True)
class _Cell:
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class _Columns:
    """What all columns but the address say. `listed`: the cell that lists `places`. `alone`: the workplace without an address."""

    cells: tuple[_Cell, ...]
    listed: _Cell | None
    places: tuple[Place, ...]
    alone: Workplace


def read_workplace(
    province: str = "", city: str = "", county: str = "", region: str = "", address: str = "", split: bool = False
) -> Workplace:
    """Return the workplace of a row. `split`: the sender wants a posting for each place of a cell that lists several.

    Costs about 2 µs where the columns repeat and the address begins with no region's name, as in most sheets.
    """
    columns = _read_columns(province, city, county, region)
    alone = columns.alone
    if alone.region and not columns.listed and not (address and reference.begins_with_region(address)):
        if not address:
            return alone
        return Workplace(alone.region, _joined([alone.address], address) if alone.address else address)
    if columns.listed:
        return _several(columns.listed, columns.places, address, split=split)
    if address and not columns.cells:
        cell = _Cell("address", address[:_LONGEST])
        if places := _listed(cell, ""):
            return _several(cell, places, "", split=split)
    return _Reader(columns.cells).with_address(address)


@lru_cache(maxsize=8192)
def _read_columns(province: str, city: str, county: str, region: str) -> _Columns:
    written = (("province", province), ("city", city), ("county", county), ("region", region))
    stripped = [(column, text[:_LONGEST].strip(_EDGES)) for column, text in written]
    cells = tuple(_Cell(column, text) for column, text in stripped if text and text not in _NO_LEVEL)
    for cell in cells:
        if places := _listed(cell, _Reader([other for other in cells if other != cell]).known):
            return _Columns(cells, cell, places, Workplace())
    return _Columns(cells, None, (), _Reader(cells).with_address(""))


def _listed(cell: _Cell, around: str) -> tuple[Place, ...]:
    return listed_places(cell.text, around) if may_list(cell.text) else ()


def _joined(rests: Iterable[str], address: str) -> str:
    return "".join(rest for rest in rests if rest not in address) + address


class _Reader:
    """Reads cells one after the other, each in the light of those before, then those that needed the later ones."""

    def __init__(self, cells: Sequence[_Cell]) -> None:
        self.cells = list(cells)
        self.known, self.known_from = "", _Cell("region", "")
        self.shared: dict[_Cell, tuple[str, ...]] = {}
        self.unread: list[_Cell] = []
        self.rests: dict[str, str] = {}
        self.conflict: tuple[_Cell, _Cell] | None = None
        for cell in cells:
            self._read(cell)
        self._settle()

    def with_address(self, address: str) -> Workplace:
        """Return the workplace with the address column, which may say more than the others, or less."""
        rests = [rest for rest in dict.fromkeys(self.rests.values()) if rest]
        if address and self._needs(address):
            cell = _Cell("address", address)
            self._read(cell)
            self._settle()
            if not self.cells and self.known:
                return Workplace(self.known, self.rests[cell.column])
        if problem := self._problem(address):
            written = " ".join(dict.fromkeys([*(cell.text for cell in self.cells), address])).strip()
            return Workplace("", written, problem=problem[0], column=problem[1])
        return Workplace(self.known, _joined(rests, address))

    def _problem(self, address: str) -> tuple[str, str] | None:
        """Return what is not certain, and the column that it is about."""
        if self.conflict:
            one, other = self.conflict
            return f"工作地点“{one.text}”和“{other.text}”对不上，请改成同一个地方", other.column
        if self.shared:
            cell, codes = next(iter(self.shared.items()))
            return _which(cell.text, codes), cell.column
        for cell in self.cells:
            if _AND_MORE.match(self.rests.get(cell.column, "")):
                return f"“{cell.text}”还有地点没有写明，请写全或只写一个；在几个城市招人时用顿号隔开", cell.column
        if not self.known and (self.cells or address):
            asked = self.cells[-1] if self.cells else _Cell("address", address)
            return _unknown(asked.text), asked.column
        return None

    def _needs(self, address: str) -> bool:
        """Whether an address could say anything about the division."""
        return bool(self.shared) or not self.known or reference.begins_with_region(address)

    def _read(self, cell: _Cell) -> None:
        inner = _read(cell.text, self.known) if self.known else None
        found = inner or _read(cell.text)
        if found is None:
            self.rests[cell.column] = cell.text
            self.unread.append(cell)
            return
        codes = _by_column(found, cell.column)
        if self.known and inner is None:
            fitting = tuple(code for code in codes if is_within(code, self.known) or is_within(self.known, code))
            if not fitting:
                self._contradict(cell, found)
                return
            codes = fitting
        self.rests[cell.column] = _rest(found)
        if len(codes) > 1:
            self.shared[cell] = codes
        elif not self.known or is_within(codes[0], self.known):
            self.known, self.known_from = codes[0], cell

    def _contradict(self, cell: _Cell, found: RegionReading) -> None:
        """A county's short name is a quarter's or town's elsewhere, so only the name of a city, or an official one, counts.

        A zone may reach into the next city (西咸新区), but not into another province.
        """
        if not reference.children(self.known) and _begins_with_county(cell.text, found):
            self.rests[cell.column] = cell.text  # a town of 东莞 or 中山
            return
        is_city = all(reference.region(code).level != "county" for code in found.codes)
        is_far = all(code[:2] != self.known[:2] for code in found.codes)
        if found.is_official or (found.certain and (is_far if found.zone else is_city)):
            self.conflict = self.conflict or (self.known_from, cell)
        else:
            self.rests[cell.column] = cell.text

    def _settle(self) -> None:
        """Read again, now that more is known, the cells that said nothing before, or what several divisions are called."""
        if not self.known:
            return
        for cell in self.unread:
            if (found := _read(cell.text, self.known)) and len(found.codes) == 1:
                self.known, self.known_from = found.codes[0], cell
                self.rests[cell.column] = _rest(found)
        for cell, codes in list(self.shared.items()):
            fitting = tuple(code for code in codes if is_within(code, self.known) or is_within(self.known, code))
            if len(fitting) == 1:
                del self.shared[cell]
                if is_within(fitting[0], self.known):
                    self.known, self.known_from = fitting[0], cell
            elif not fitting and cell != self.known_from:
                del self.shared[cell]
                self.conflict = self.conflict or (self.known_from, cell)


def _rest(found: RegionReading) -> str:
    rest = found.rest.strip(_EDGES)
    return "" if rest in _WHOLE_CITY else rest


def _begins_with_county(text: str, found: RegionReading) -> bool:
    return any(text.startswith(reference.region(code).short_name) for code in found.codes)


def _read(text: str, inside: str = "") -> RegionReading | None:
    """Read a region. What follows a house number has no part in it, so that streets are remembered whatever the number."""
    number = _NUMBER.search(text)
    if not number:
        return reference.read_region(text, inside)
    found = reference.read_region(f"{text[: number.start()]}0", inside)
    return found and replace(found, rest=found.rest.removesuffix("0") + text[number.start() :])


def _by_column(found: RegionReading, column: str) -> tuple[str, ...]:
    """A column of cities names the city of a name that counties or a province have too (朝阳, 吉林)."""
    if column != "city":
        return found.codes
    if len(found.codes) > 1:
        cities = tuple(code for code in found.codes if reference.region(code).level == "city")
        return cities or found.codes
    known = reference.region(found.codes[0])
    if known.level == "province" and not found.rest:
        inside = reference.read_region(known.short_name, known.code)
        return inside.codes if inside and len(inside.codes) == 1 else found.codes
    return found.codes


def _several(cell: _Cell, places: tuple[Place, ...], address: str, *, split: bool) -> Workplace:
    if len(places) > MOST_PLACES:
        problem = f"“{cell.text[:30]}…”里的地点太多，一行最多写{MOST_PLACES}个，请分成几行"
        return Workplace("", address or cell.text, problem=problem, column=cell.column)
    for place in places:
        if len(place.codes) > 1:
            return Workplace("", address or cell.text, problem=_which(cell.text, place.codes), column=cell.column)
    all_places = [(place.codes[0], place.rest.strip(_EDGES)) for place in places]
    names = "、".join(reference.display_name(code) for code, _ in all_places)
    if not split:
        problem = f"写了{len(all_places)}个工作地点：{names}。可以选择每个地点发一条职位，或改成一个地点"
        return Workplace("", address or cell.text, tuple(all_places[1:]), problem, column=cell.column)
    remark = f"{len(all_places)}个工作地点，每个一条职位：{names}"
    if address:
        all_places, placed = _with_address(all_places, address)
        remark += "" if placed else f"。详细地址“{address}”不知道属于哪个地点，没有写入"
    (region, first), *elsewhere = all_places
    return Workplace(region, first, tuple(elsewhere), remark=remark, column=cell.column)


def _with_address(places: list[tuple[str, str]], address: str) -> tuple[list[tuple[str, str]], bool]:
    """Give an address to the one place of a list that it names."""
    found = reference.read_region(address)
    named = [code for code, _ in places if found and any(is_within(one, code) for one in found.codes)]
    if len(named) != 1:
        return places, False
    return [(code, address if code == named[0] else rest) for code, rest in places], True


def _which(text: str, codes: tuple[str, ...]) -> str:
    names = "、".join(reference.full_name(code) for code in codes[:3])
    return f"工作地点“{text}”可能是{names}{'等' if len(codes) > 3 else ''}，请写明省和市"


def _unknown(text: str) -> str:
    if _REMOTE.search(text):
        return f"“{text}”没有写明地点：居家或远程工作也请写明用人单位所在的城市"
    if _EVERYWHERE.search(text) or _AREA.match(text):
        return f"“{text}”不是一个地点，请写明一个城市；在几个城市招人时用顿号隔开"
    if _ABROAD.match(text):
        return f"“{text}”在境外，本平台只登记国内的工作地点"
    return f"工作地点“{text}”认不出是哪里，请写明省和市，如“江苏省苏州市昆山市”"
