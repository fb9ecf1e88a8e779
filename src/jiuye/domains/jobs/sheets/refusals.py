"""Why a whole file is refused. Each code has one line that says what to do."""

MESSAGES = {
    "empty_file": "文件是空的，请检查后重新选择。",
    "too_big": "文件超过 20 MB，请拆成几个文件分别导入。",
    "wrong_type": "这不是 Excel 或 CSV 表格，请用 Excel 或 WPS 另存为“.xlsx”后再导入。",
    "web_page": "这个文件的内容其实是网页，里面没有表格。请用 Excel 或 WPS 打开它，另存为“.xlsx”后再导入。",
    "web_archive": "这个文件其实是网页存档，请用 Excel 或 WPS 打开它，另存为“.xlsx”后再导入。",
    "macros": "文件里有宏，为了安全不能导入。请另存为不带宏的“.xlsx”后再导入。",
    "binary_workbook": "不支持“.xlsb”格式，请另存为“.xlsx”后再导入。",
    "open_document": "不支持“.ods”格式，请另存为“.xlsx”后再导入。",
    "encrypted": "文件设了打开密码，请在 Excel 或 WPS 里去掉密码、保存后再导入。",
    "damaged": "文件已损坏或不完整，请用 Excel 或 WPS 打开确认、重新保存后再导入。",
    "bomb": "文件解压后大得不正常，为了安全不能导入。请把职位数据复制到一张新表格里再导入。",
    "entities": "文件里有不该出现的定义（DTD），为了安全不能导入。请把职位数据复制到一张新表格里再导入。",
    "too_heavy": "文件太大或太复杂，读不下来。请只保留职位数据，拆成几个文件分别导入。",
    "too_many_rows": "超过 100,000 行，请拆成几个文件分别导入。",
    "too_many_columns": "超过 100 列，请删去用不到的列后再导入。",
    "too_many_worksheets": "超过 30 张工作表，请拆成几个文件分别导入。",
    "no_rows": "表格里没有数据，请检查列名下面有没有职位。",
    "only_hidden": "表格里的行都被隐藏或筛选掉了。请取消隐藏和筛选、保存后再导入。",
    "open_quote": "第 {row} 行有一个引号没有配对，后面的行被连在了一起。请补上引号，或另存为“.xlsx”后再导入。",
    "encoding": "文字编码认不出来，请在保存时选“UTF-8”，或另存为“.xlsx”后再导入。",
    "no_header": "没有找到表头，请在第一行写上“职位名称”“薪资”“工作地点”等列名。",
}


class SheetRefused(ValueError):
    """A file that cannot be imported. `code` is a key of MESSAGES; the message is Chinese and says how to correct it."""

    def __init__(self, code: str, **where: object) -> None:
        super().__init__(MESSAGES[code].format(**where))
        self.code = code
        self.where = where

    @property
    def message(self) -> str:
        return str(self)
