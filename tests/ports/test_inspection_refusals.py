"""Opening documents: files that are refused, each with what to do instead, and never at the cost of this process."""

import os
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from jiuye.adapters.inspection_local import LocalInspector
from jiuye.kernel.confinement import process
from jiuye.kernel.uploads import Unacceptable
from jiuye.ports.inspection import MOST_BYTES, MOST_PAGES
from jiuye.runtime.demo.materials import ofd
from tests.factories import documents
from tests.factories.portraits import pdf as empty_pdf
from tests.factories.portraits import picture
from tests.kernel.test_uploads import declared, pdf, written


def refusal(content: bytes) -> str:
    inspector = LocalInspector(roots=Path("none"), renderer=Path("none"))
    with pytest.raises(Unacceptable) as caught:
        inspector.inspect(content, name="执照.jpg")
    return caught.value.message


def zipped(**how: bytes) -> bytes:
    """An OFD file with changed or additional parts; the words for entries are `name=content`."""
    return ofd.pack(documents.ofd_parts() | how)


@pytest.mark.parametrize(
    "content",
    [
        b"GIF89a....",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"MZ\x90",
        b"RIFF1234WEBP",
        b"\0" * 64,
        b"PK\x03\x04docx",
    ],
)
def test_other_formats_are_refused_whatever_their_name(content: bytes) -> None:
    assert "只能上传" in refusal(content)


def test_nothing_and_too_much_are_refused() -> None:
    assert "空的" in refusal(b"")
    assert "太大" in refusal(picture() + b"0" * MOST_BYTES)


@pytest.mark.parametrize(
    "content", [picture()[:300], declared(60_000, 60_000), documents.heic()[:400]], ids=["cut", "bomb", "heic"]
)
def test_damaged_and_enormous_pictures_are_refused(content: bytes) -> None:
    assert "图片" in refusal(content)


def test_a_picture_with_a_zip_behind_it_is_only_a_picture() -> None:
    both = picture() + zipped()
    made = LocalInspector(roots=Path("none"), renderer=Path("none")).inspect(both, name="a.ofd")
    assert made.format == "jpeg"
    assert b"PK\x03\x04" not in made.clean.content


def test_pdfs_that_act_are_locked_too_long_or_damaged_are_refused() -> None:
    locked = pdf()
    locked.encrypt("secret")
    assert "脚本" in refusal(empty_pdf(script=True))
    assert "密码" in refusal(written(locked))
    assert f"{MOST_PAGES} 页" in refusal(written(pdf(MOST_PAGES + 1)))
    assert "打不开" in refusal(b"%PDF-1.7 nothing")


def test_an_ofd_with_a_document_type_declaration_is_refused_in_any_encoding() -> None:
    page = "Doc_0/Pages/Page_0/Content.xml"
    declaration = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
    plain = documents.ofd_parts()[page].decode().replace("?>", "?>" + declaration, 1)
    for encoded in (plain.encode(), plain.replace("UTF-8", "UTF-16").encode("utf-16")):
        assert "XML 声明" in refusal(zipped(**{page: encoded}))


def test_an_ofd_with_files_or_actions_in_it_is_refused() -> None:
    parts = documents.ofd_parts()
    parts["Doc_0/Document.xml"] = parts["Doc_0/Document.xml"].replace(
        b"</ofd:Document>", b"<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments></ofd:Document>"
    )
    parts["Doc_0/Attachs/Attachments.xml"] = (
        b'<ofd:Attachments xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Attachment ID="1" Name="a"><ofd:FileLoc>a.exe'
        b"</ofd:FileLoc></ofd:Attachment></ofd:Attachments>"
    )
    assert "附件" in refusal(ofd.pack(parts | {"Doc_0/Attachs/a.exe": b"MZ"}))
    assert "动作" in refusal(zipped(**{"Doc_0/Actions.xml": b'<a><ofd:GotoA AttachID="1"/></a>'}))


def test_data_of_the_document_itself_may_be_attached_as_xml(tmp_path: Path) -> None:
    parts = documents.ofd_parts()
    parts["Doc_0/Document.xml"] = parts["Doc_0/Document.xml"].replace(
        b"</ofd:Document>", b"<ofd:Attachments>Attachments.xml</ofd:Attachments></ofd:Document>"
    )
    parts["Doc_0/Attachments.xml"] = (
        b'<ofd:Attachments xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Attachment ID="1" Name="a"><ofd:FileLoc>a.xml'
        b"</ofd:FileLoc></ofd:Attachment></ofd:Attachments>"
    )
    content = ofd.pack(parts | {"Doc_0/a.xml": b"<licence/>"})
    assert LocalInspector(roots=tmp_path, renderer=tmp_path / "none").inspect(content, name="a").format == "ofd"


def test_what_is_around_the_zip_and_entries_that_differ_in_case_are_refused() -> None:
    assert "夹带" in refusal(zipped() + b"%PDF-1.7 hidden")
    assert "打不开" in refusal(zipped(**{"doc_0/document.xml": b"<a/>"}))


def test_a_zip_bomb_is_refused_before_it_is_opened() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in documents.ofd_parts().items():
            container.writestr(name, content)
        for number in range(11):
            container.writestr(f"Doc_0/Res/{number}.bin", b"\0" * 10 * 1024 * 1024)
    assert "太大" in refusal(out.getvalue())


def test_too_many_and_impossible_pages_are_refused() -> None:
    pages = ofd.build([ofd.Sheet([])] * (MOST_PAGES + 1))
    assert f"{MOST_PAGES} 页" in refusal(ofd.pack(pages))
    assert "尺寸" in refusal(ofd.pack(ofd.build([ofd.Sheet([], size=(90_000, 90_000))])))


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-30], lambda data: data.replace(b"Document.xml", b"Dokument.xml")]
)
def test_a_damaged_ofd_is_refused(damage: Callable[[bytes], bytes]) -> None:
    assert "OFD" in refusal(damage(zipped()))


def test_a_hanging_child_is_ended_and_the_file_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    begin = process.subprocess.Popen

    def remember(command: list[str], **how: Any) -> Any:
        child = begin([*command[:1], "-c", "import time; time.sleep(60)"], **how)
        started.append(child.pid)
        return child

    monkeypatch.setattr(process.subprocess, "Popen", remember)
    monkeypatch.setattr("jiuye.adapters.inspection_local.SECONDS", 0.2)
    assert "打不开" in refusal(picture())
    with pytest.raises(ProcessLookupError):
        os.kill(started[0], 0)


def test_a_crashing_child_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    begin = process.subprocess.Popen
    crash = "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"
    monkeypatch.setattr(process.subprocess, "Popen", lambda command, **how: begin([command[0], "-c", crash], **how))
    assert "打不开" in refusal(picture())


def test_what_a_killed_process_left_is_deleted_by_the_next(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(process, "_MEMORY_FOLDER", tmp_path)
    left, current = tmp_path / "opening-left", tmp_path / "opening-current"
    for folder in (left, current):
        folder.mkdir()
        (folder / "document.ofd").write_bytes(b"canary")
    os.utime(left, (1, 1))
    refusal(b"%PDF-1.7 nothing")
    assert [path.name for path in tmp_path.iterdir()] == ["opening-current"]


def test_the_child_knows_no_secrets_and_reaches_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "canary")
    begin = process.subprocess.Popen
    tell = (
        "import os, socket, sys\nfrom jiuye.kernel.confinement import confine\n"
        "confine(megabytes=512, cpu_seconds=5, seconds=5)\n"
        "assert 'SECRET_KEY' not in os.environ\n"
        "try: socket.create_connection(('127.0.0.1', 9))\n"
        'except PermissionError: sys.stdout.write(\'{"refused": "no way out"}\\n\')'
    )
    monkeypatch.setattr(process.subprocess, "Popen", lambda command, **how: begin([command[0], "-c", tell], **how))
    assert refusal(picture()) == "no way out"
