"""`./jiuye restore FILE`: a backup becomes an installation. Nothing is touched before the file is proved whole and readable."""

import os
import shutil
from pathlib import Path
from typing import Any

import psycopg

from jiuye.runtime import database
from jiuye.runtime.backup import container, facts, files, tools
from jiuye.runtime.backup.place import Place, prepared_place
from jiuye.runtime.data_folder import DataFolder
from jiuye.runtime.failure import Failure


def check(data: DataFolder, path: Path) -> int:
    """Prove that a backup is whole, that the keys to read it are configured, and that this version can take it. Raises Failure."""
    _proved(data, path)
    tools.tell(f"{path} 完整，密钥齐全，可以恢复（whole, with its keys at hand: it can be restored）")
    return 0


def run(data: DataFolder, path: Path, *, replace: bool) -> int:
    """Restore into an empty data folder; with `replace` what is there is put aside in it. Raises Failure.

    The work is done in a folder inside; what was there stays in its place until everything is compared with the manifest.
    """
    backup = _proved(data, path)
    with prepared_place(data, "restore", replace=replace) as place:
        with place.database() as dsn:
            _load_database(backup, place.stage, dsn)
            _unpack_files(backup, place.stage)
            _compare(backup.manifest, place.stage, dsn)
            settle(place, dsn, _explanation(backup))
        place.take()
    manifest = backup.manifest
    tools.tell(
        f"恢复完成，与清单一致（restored, as the manifest says）：{len(manifest['tables'])} 张表，"
        f"{sum(rows for rows, _ in manifest['tables'].values())} 行，{manifest['files']['number']} 个文件，"
        f"审计链第 {manifest['audit']['position']} 条（audit chain head）"
    )
    return 0


def _proved(data: DataFolder, path: Path) -> container.Reader:
    backup = container.Reader(path)
    tools.tell("正在校验备份…（checking the backup）")
    parts = backup.verify()
    known = tools.facts(data, database.configured() or "postgresql://nobody@/nothing?host=/nonexistent")
    _require_keys(backup.manifest, known["fingerprints"])
    mac_key = known["authentication_keys"].get(backup.key_id())
    if mac_key is None or not backup.is_authentic(bytes.fromhex(mac_key)):
        raise Failure(
            f"{path} 的清单不是用本系统的密钥签发的，拒绝恢复（the manifest was not made with our keys: it was altered）"
        )
    later = sorted(set(backup.manifest["migrations"]) - set(known["migrations"]))
    if later:
        raise Failure(
            f"备份来自更新的版本 {backup.manifest['version']}，请先升级本程序（made by a later version: update first; {later[0]}）"
        )
    tools.tell(f"  {parts} 个部分，全部一致（parts, all as their digests say）；{backup.manifest['made_at']}")
    return backup


def _require_keys(manifest: dict[str, Any], configured: dict[str, str]) -> None:
    """Raises Failure if a key that the backup needs is not configured, or is another one of the same name."""
    wanted = {f"ENCRYPTION_KEYS:{key}" for key in manifest["keys"]["needed"]}
    require_same_keys(dict.fromkeys(wanted, "") | manifest["keys"]["fingerprints"], configured)


def require_same_keys(told: dict[str, str], configured: dict[str, str]) -> None:
    """Compare fingerprints by the keys' names; an empty one was not known at the backup. Raises Failure."""
    wanted = sorted(set(told) - {"SECRET_KEY"})
    missing = [name for name in wanted if name not in configured]
    if missing:
        raise Failure(
            f"缺少读取此备份的密钥 {', '.join(missing)}，没有改动任何数据"
            "（a key that this backup needs is not configured; nothing was touched）"
        )
    other = [name for name in wanted if told[name] and configured[name] != told[name]]
    if other:
        raise Failure(
            f"密钥 {', '.join(other)} 与备份时的不同，没有改动任何数据"
            "（not the key that the backup was made with; nothing was touched）"
        )
    if configured["SECRET_KEY"] != told["SECRET_KEY"]:
        tools.tell(
            "注意：SECRET_KEY 与备份时不同，所有人需要重新登录（another SECRET_KEY: everybody has to sign in again）"
        )


def _load_database(backup: container.Reader, stage: DataFolder, dsn: str) -> None:
    tools.tell("正在恢复数据库…（database）")
    dump = stage.path / container.DATABASE
    with backup.open(container.DATABASE) as source, dump.open("wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)
    try:
        tools.restore_dump(dsn, dump)
    finally:
        dump.unlink()


def _unpack_files(backup: container.Reader, stage: DataFolder) -> None:
    names = [name for folder in files.FOLDERS for name in backup.below(folder)]
    tools.tell(f"正在恢复 {len(names)} 个文件…（files）")
    for name in names:
        target = stage.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with backup.open(name) as source, target.open("wb") as file:
            shutil.copyfileobj(source, file, 1 << 20)


def _compare(manifest: dict[str, Any], stage: DataFolder, dsn: str) -> None:
    """Raises Failure if a table or the files named by the database are not what the manifest says."""
    tools.tell("正在与清单核对…（comparing with the manifest）")
    with psycopg.connect(dsn, autocommit=True) as connection:
        facts.begin(connection)
        wrong = facts.contents(connection).differs_from(manifest["tables"])
        named = facts.files_named(connection)
    if wrong:
        raise Failure(f"恢复的数据与清单不符，没有启用（tables differ from the manifest: {', '.join(wrong[:5])}）")
    if manifest["files"]["inside"]:
        lost = {key for key in named if not (stage.path / "files" / key).exists()}
        lost -= set(manifest["files"]["already_missing"])
        if lost:
            raise Failure(f"备份缺少数据库提到的文件，没有启用（files are missing: {len(lost)}, {min(lost)}）")


def settle(place: Place, dsn: str, explanation: list[str]) -> None:
    """Bring restored data to this version, check the audit chain, record the restore in it, and build the search index.

    Anchors of the audit log are no part of what is restored: those that there are go on.
    """
    tools.tell("正在更新到本版本、核对审计链、建立搜索索引…（migrating, audit chain, search index）")
    anchors = os.environ.get("AUDIT_ANCHORS") or str(place.data.path / "anchors")
    addresses = database.addresses(dsn)  # the dump has no privileges: `prepare` grants them as the owner
    tools.django(place.stage, dsn, "settle_restore", *explanation, AUDIT_ANCHORS=anchors, **addresses)


def _explanation(backup: container.Reader) -> list[str]:
    manifest = backup.manifest
    head = manifest["audit"]
    return [
        f"--source=backup of {manifest['made_at']}",
        f"--head={head['position']}:{head['digest']}",
    ]
