"""The archive: a page to read, JSON for machines, a text that explains it, and the person's files."""

import gzip
import io
import shutil
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePath
from typing import IO, Any
from uuid import UUID

import orjson
from django.apps import apps
from django.db.models import F, Field

from jiuye.kernel import clock, sealed_files
from jiuye.kernel.crypto import EncryptedText
from jiuye.kernel.sealed_files import SealedFileKey
from jiuye.privacy import readable_copy
from jiuye.privacy.kinds import KINDS, Kind


def build(person_id: UUID) -> bytes:
    """Return a ZIP of all the person's data: a page to read (`readable_copy.NAME`), one JSON file for each kind, a
    `README.txt` in Chinese, and their files.

    Rows are written while they are read, and the page is compressed in memory: nothing unencrypted is written to
    disk.
    """
    written = io.BytesIO()
    numbers = dict.fromkeys((kind.name for kind in KINDS), 0)
    packed = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        with gzip.open(packed, "wt", compresslevel=1, encoding="utf-8") as page:
            for kind in KINDS:
                files: list[tuple[str, str]] = []
                with archive.open(f"{kind.name}.json", "w") as file:
                    page.writelines(readable_copy.section(kind, _written(kind, person_id, file, files, numbers)))
                for name, key in files:
                    archive.writestr(name, sealed_files.read(key))
        packed.seek(0)
        with archive.open(readable_copy.NAME, "w") as file, gzip.open(packed) as sections:
            file.write(readable_copy.head(clock.now(), [(kind, numbers[kind.name]) for kind in KINDS]).encode())
            shutil.copyfileobj(sections, file)
            file.write(readable_copy.foot().encode())
        lines = [f"{kind.name}.json　{kind.title}　{numbers[kind.name]} 条" for kind in KINDS]
        archive.writestr("README.txt", _explanation(lines))
    return written.getvalue()


def rows_of(kind: Kind, person_id: UUID) -> Iterator[dict[str, Any]]:
    """Yield the person's rows of one kind, oldest first, decrypted, each code with its Chinese name."""
    fields = exported_fields(kind)
    labels = {one.attname: {key: str(label) for key, label in one.flatchoices} for one in fields if one.choices}
    model = apps.get_model(kind.model)
    found = model._default_manager.filter(kind.only, **{kind.person: person_id}).order_by("pk")
    names = {key: F(path) for key, path in kind.also.items()}
    for row in found.values(*(one.attname for one in fields), **names).iterator(500):
        for key, value in list(row.items()):
            if key in labels and value:
                row[f"{key}_label"] = labels[key].get(value, "")
            elif key in kind.parsed and value:
                row[key] = orjson.loads(value)
            elif isinstance(value, datetime):
                row[key] = clock.local(value)
        yield row


def exported_fields(kind: Kind) -> "list[Field[Any, Any]]":
    """Return the columns of a kind that the copy contains: all except the excluded ones, the person's id, and blind indexes."""
    columns: list[Field[Any, Any]] = list(apps.get_model(kind.model)._meta.concrete_fields)
    sealed = [one for one in columns if isinstance(one, EncryptedText)]
    hidden = {*kind.without, kind.person, *(one.found_by for one in sealed), *(one.formerly for one in sealed)}
    return [one for one in columns if one.name not in hidden and one.attname not in hidden]


def _written(
    kind: Kind, person_id: UUID, file: IO[bytes], files: list[tuple[str, str]], numbers: dict[str, int]
) -> Iterator[dict[str, Any]]:
    """Yield the person's rows of a kind, writing each to its JSON file; the files that they name are added to `files`."""
    between = b"["
    for row in rows_of(kind, person_id):
        files += _renamed(kind, row)
        file.write(between + b"\n" + orjson.dumps(row, default=str, option=orjson.OPT_INDENT_2))
        between = b","
        numbers[kind.name] += 1
        yield row
    file.write(b"\n]\n" if numbers[kind.name] else b"[]\n")


def _renamed(kind: Kind, row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Return the files that a row names, with their storage keys, and put their names in the archive into the row."""
    for column in [one.attname for one in exported_fields(kind) if isinstance(one, SealedFileKey)]:
        key = row[column]
        if sealed_files.exists(key):
            row[column] = f"files/{kind.name}-{row['id']}{PurePath(key).suffix}"
            yield row[column], key


def _explanation(lines: list[str]) -> str:
    made = clock.local(clock.now()).strftime("%Y-%m-%d %H:%M")
    return "\n".join(
        [
            "就业在线：您的个人数据副本",
            f"生成时间：{made}（北京时间）",
            "",
            "里面有您的身份证号、手机号等完整信息，请不要转给别人，用完请删除或妥善保存。",
            "",
            f"先看“{readable_copy.NAME}”：用浏览器打开，全部内容都用文字写在一页里，可以打印。",
            "",
            "需要交给别的程序用的，每类数据另有一个 JSON 文件，可以用记事本等文字编辑软件打开，编码 UTF-8：",
            *lines,
            "",
            "怎么看：",
            "　以 _at 结尾的是时间（北京时间），以 _on 结尾的是日期；",
            "　以 _label 结尾的是前一项代码的中文意思，以 _name、_title 结尾的是名称；",
            "　以 id 结尾的是系统内部编号，用来对应不同文件里的同一条记录；",
            "　空着或写着 null 的，是没有填写。files 文件夹里是您上传过的文件，记录里写着文件名。",
            "",
            "没有放进来的：登录用的密钥和验证码（系统里也只有无法还原的摘要，或为了您的安全不能给出）、",
            "招聘机构和平台工作人员的个人信息、客服内部的备注。",
            "内容不对或有疑问，请在网站的“意见反馈”里告诉我们。",
            "",
        ]
    )
