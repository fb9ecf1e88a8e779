"""Debian's nginx with deploy/nginx on this machine, for tests and benchmarks: other paths, ports and names, the same rules."""

import os
import shutil
import socket
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from jiuye.kernel import clock
from jiuye.runtime import apt
from jiuye.runtime.fingerprints import REPOSITORY


def find() -> str | None:
    """Return the path of the program; None if it is not installed."""
    return shutil.which("nginx") or shutil.which("/usr/sbin/nginx")


PROGRAM = find()
"""None if it is not installed: apt-get install nginx."""


def ensure(tell: Callable[[str], None]) -> None:
    """Install nginx if it is missing and we may; otherwise say that its tests are skipped.

    Debian starts a server of its own with the package: for machines that are there for tests alone.
    """
    if find() is None and apt.may_install():
        apt.install("nginx", "for the tests of deploy/nginx", tell)
    if find() is None:
        tell("没有 nginx，tests/runtime/test_nginx.py 会跳过（no nginx: apt-get install nginx, then again）")


def prepare(folder: Path, *, port: int, plain: int, site: int, changes: Mapping[str, str]) -> Path:
    """Write the files into `folder`, with a certificate for a day; `changes`: further texts to replace. Return the main file.

    `port` speaks TLS, `plain` does not, `site` is the port of the web process.
    """
    _certify(folder)
    paths = {
        "/etc/nginx/conf.d/*.conf": f"{folder}/jiuye.conf",
        "/etc/nginx/jiuye-": f"{folder}/jiuye-",
        "/etc/letsencrypt/live/jobs.example": str(folder),
        "/run/nginx.pid": f"{folder}/pid",
        "/var/log/nginx": str(folder),
        "user www-data;": "user root;" if os.geteuid() == 0 else "",  # who may enter the folder
        "127.0.0.1:8000": f"127.0.0.1:{site}",
        "[::]:443": f"[::1]:{port}",
        "[::]:80": f"[::1]:{plain}",
        "listen 443": f"listen 127.0.0.1:{port}",
        "listen 80": f"listen 127.0.0.1:{plain}",
        "http {": f"http {{ client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; "
        f"fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;",
    }
    for source in (REPOSITORY / "deploy" / "nginx").glob("*.conf"):
        text = source.read_text(encoding="utf-8")
        for old, new in {**paths, **changes}.items():
            text = text.replace(old, new)
        if not socket.has_ipv6:
            text = "\n".join(line for line in text.splitlines() if "[::1]" not in line)
        (folder / source.name).write_text(text, encoding="utf-8")
    return folder / "nginx.conf"


def _certify(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "jobs.example")])
    moment = clock.real_now()  # a certificate is checked by the real clock
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, moment, moment + timedelta(days=1))
    pem = serialization.Encoding.PEM
    (folder / "fullchain.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(pem))
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "privkey.pem").write_bytes(private)
