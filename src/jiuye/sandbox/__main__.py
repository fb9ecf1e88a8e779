"""`python -m jiuye.sandbox --port 8001 --data DIR`: run the sandbox on this machine."""

import argparse
import os
import socket
import sys
import threading
import time
from dataclasses import fields
from functools import partial
from pathlib import Path

from flask import Flask
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from jiuye.sandbox import callbacks
from jiuye.sandbox.application import Agreed, build

# Delayed answers hold a thread each; the pages must stay responsive meanwhile.
THREADS = 16


def arguments() -> argparse.Namespace:
    """Parse the command line; what is shared with the product defaults to the product's environment variables."""
    usual = Agreed()
    parser = argparse.ArgumentParser(prog="python -m jiuye.sandbox", description="The outside world, simulated.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8001)
    parser.add_argument("--data", type=Path, required=True, help="folder of the sandbox's own SQLite file")
    parser.add_argument("--site", default=os.environ.get("SITE_URL", usual.site), help="the product's origin")
    parser.add_argument("--sms-token", default=os.environ.get("SMS_TOKEN", usual.sms_token))
    parser.add_argument("--sms-receipt-key", default=os.environ.get("SMS_RECEIPT_KEY", usual.sms_receipt_key))
    parser.add_argument("--authority-key", default=os.environ.get("AUTHORITY_KEY", usual.authority_key))
    parser.add_argument("--registers-key", default=os.environ.get("REGISTERS_KEY", usual.registers_key))
    parser.add_argument("--essc-client-id", default=os.environ.get("ESSC_CLIENT_ID", usual.essc_client_id))
    parser.add_argument("--essc-client-secret", default=os.environ.get("ESSC_CLIENT_SECRET", usual.essc_client_secret))
    return parser.parse_args()


def refuse_taken_port(host: str, port: int) -> None:
    """Exit with 1 and a clear message if the port is in use: the server itself would share it silently."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            sys.exit(f"sandbox: cannot listen on {host}:{port}: {problem.strerror}")


def leave_with_parent(parent: int) -> None:
    """End this process within a second of its parent's death (kill -9 included), so that the port is released."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def load(data: Path, agreed: Agreed, parent: int) -> Flask:
    """Build the application inside the serving process, which also delivers the callbacks."""
    leave_with_parent(parent)
    app = build(data, agreed=agreed)
    callbacks.start(app)
    return app


def main() -> None:
    """Serve until SIGINT or SIGTERM."""
    options = arguments()
    agreed = Agreed(**{field.name: getattr(options, field.name) for field in fields(Agreed)})
    refuse_taken_port(options.host, options.port)
    # Built here too, so that a bad data folder is reported before anything listens.
    try:
        build(options.data, agreed=agreed)
    except OSError as problem:
        sys.exit(f"sandbox: cannot use {options.data}: {problem.strerror}")
    server = Server(
        "jiuye.sandbox",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        backpressure=THREADS * 4,
        websockets=False,
        log_level=LogLevels.error,
    )
    server.serve(target_loader=partial(load, options.data, agreed, os.getpid()), wrap_loader=False)


if __name__ == "__main__":
    main()
