"""`./jiuye doctor` tells operators what would otherwise be left out in silence."""

from pathlib import Path

from asn1crypto import pem

from jiuye.runtime import doctor
from jiuye.runtime.data_folder import DataFolder
from tests.factories import documents


def test_installed_roots_of_seals_are_counted(tmp_path: Path) -> None:
    folder = tmp_path / "seal-roots"
    folder.mkdir()
    (folder / "sm2.pem").write_bytes(pem.armor("CERTIFICATE", documents.sm2_root().certificate))
    (folder / "rsa.cer").write_bytes(documents.rsa_root().der)
    found = doctor.seal_roots(DataFolder(tmp_path))
    assert (found.state, found.detail[:3]) == (doctor.OK, "2 个")


def test_a_file_that_is_no_certificate_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "seal-roots"
    folder.mkdir()
    (folder / "notes.txt").write_text("our roots")
    found = doctor.seal_roots(DataFolder(tmp_path))
    assert found.state == doctor.WARN
    assert "notes.txt" in found.detail


def test_no_folder_means_no_roots(tmp_path: Path) -> None:
    assert doctor.seal_roots(DataFolder(tmp_path)).detail.startswith("0 个")
