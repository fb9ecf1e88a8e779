"""Files that are sheets under another name or with odd parts are read all the same."""

from pathlib import Path

import pytest

from tests.factories.sheets import (
    write_xlsx,
)
from tests.factories.surveyed_sheets import HEADERS, POSTINGS, rows_of, surveyed


def test_an_archive_with_backslashes_is_read(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [HEADERS, POSTINGS[0]])
    content = path.read_bytes()
    for name in (b"xl/worksheets/sheet1.xml", b"xl/workbook.xml", b"xl/sharedStrings.xml", b"xl/styles.xml"):
        content = content.replace(name, name.replace(b"/", b"\\"))
    content = content.replace(b"xl/_rels/workbook.xml.rels", b"xl\\_rels\\workbook.xml.rels")
    path.write_bytes(content.replace(b"_rels/.rels", b"_rels\\.rels"))
    assert rows_of(path) == [POSTINGS[0]]


SPREADSHEET_2003 = """<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel">
 <Styles><Style ss:ID="d"><NumberFormat ss:Format="m&quot;月&quot;d&quot;日&quot;"/></Style></Styles>
 <Worksheet ss:Name="职位"><Table><Column/><Column/><Column/><Column ss:Hidden="1"/>
  <Row><Cell><Data ss:Type="String">职位名称</Data></Cell><Cell><Data ss:Type="String">招聘单位</Data></Cell>
   <Cell><Data ss:Type="String">薪资</Data></Cell><Cell><Data ss:Type="String">内部</Data></Cell>
   <Cell><Data ss:Type="String">人数</Data></Cell></Row>
  <Row><Cell><Data ss:Type="String">车工</Data><Comment><Data>批注</Data></Comment></Cell>
   <Cell ss:MergeDown="1"><Data ss:Type="String">甲公司</Data></Cell><Cell><Data ss:Type="Number">8000</Data></Cell>
   <Cell ss:Index="5" ss:StyleID="d"><Data ss:Type="DateTime">2026-01-03T00:00:00.000</Data></Cell></Row>
  <Row><Cell><Data ss:Type="String">铣工</Data></Cell><Cell ss:Index="3"><Data ss:Type="Number">9000</Data></Cell></Row>
  <Row ss:Hidden="1"><Cell><Data ss:Type="String">旧职位</Data></Cell></Row>
  <Row ss:Index="9"><Cell><Data ss:Type="String">钳工</Data></Cell></Row></Table></Worksheet>
 <Worksheet ss:Name="旧"><Table><Row><Cell><Data ss:Type="String">x</Data></Cell></Row></Table>
  <WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>
</Workbook>"""


def test_an_xml_spreadsheet_of_2003_named_xls_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_text(SPREADSHEET_2003, encoding="utf-8")
    survey, rows = surveyed(path)
    assert survey.headers == ["职位名称", "招聘单位", "薪资", "", "人数"]
    assert [(row.number, row.cells) for row in rows] == [
        (2, ["车工", "甲公司", "8000", "", "1月3日"]),
        (3, ["铣工", "甲公司", "9000"]),
        (9, ["钳工"]),
    ]
    assert [(table.name, table.hidden_rows, table.hidden_columns, table.problem) for table in survey.tables] == [
        ("职位", 1, 1, ""),
        ("旧", 0, 0, "hidden"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_table_of_a_web_page_named_xls_is_read(tmp_path: Path, encoding: str) -> None:
    page = """<html><head><meta http-equiv=Content-Type content="text/html"><style>td {mso-number-format:"\\@"}</style></head>
    <body><table border=1><tr><th>职位名称<th>招聘单位</th><th colspan=2>薪资（元/月）</th></tr>
    <tr><th></th><th></th><th>最低</th><th>最高</th></tr>
    <tr><td>车工&amp;铣工</td><td rowspan="2">甲公司</td><td>6000</td><td>8000</td></tr>
    <tr><td>铣工<br>（夜班）</td><td>7000</td><td>9000</td></tr>
    <tr style="display:none"><td>旧职位</td></tr></table></body></html>"""
    path = tmp_path / "a.xls"
    path.write_bytes(page.encode(encoding))
    survey, rows = surveyed(path)
    assert survey.headers == ["职位名称", "招聘单位", "薪资（元/月） › 最低", "薪资（元/月） › 最高"]
    assert [row.cells for row in rows] == [
        ["车工&铣工", "甲公司", "6000", "8000"],
        ["铣工\n（夜班）", "甲公司", "7000", "9000"],
    ]
    assert survey.tables[0].hidden_rows == 1
