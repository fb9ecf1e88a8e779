"""An SMS service with Aliyun's protocol (API 2017-05-25: signed RPC over HTTP), on this machine."""

import hashlib
import hmac
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import orjson
from flask import Flask, Response, request
from werkzeug.serving import make_server

KEY_ID, SECRET = "access-key-of-the-tests", "secret-of-the-tests"
SIGN_NAME = "就业在线"
TEMPLATES = {"SMS_100": "验证码 ${code}，5 分钟内有效。"}


def is_signed() -> bool:
    """Return whether the request has a valid ACS3-HMAC-SHA256 signature by our key."""
    given = re.fullmatch(
        r"ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([a-z0-9;-]+),Signature=([0-9a-f]{64})",
        request.headers.get("Authorization", ""),
    )
    if given is None or given[1] != KEY_ID:
        return False
    query = "&".join(
        f"{quote(name, safe='~')}={quote(value, safe='~')}" for name, value in sorted(request.args.items())
    )
    headers = "".join(f"{name}:{request.headers[name].strip()}\n" for name in given[2].split(";"))
    digest = hashlib.sha256(request.get_data()).hexdigest()
    canonical = "\n".join((request.method, "/", query, headers, given[2], digest))
    text = f"ACS3-HMAC-SHA256\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    return hmac.compare_digest(hmac.digest(SECRET.encode(), text.encode(), "sha256").hex(), given[3])


class AliyunGateway:
    """The messages it received; set to misbehave by `press` like the sandbox's gateway."""

    def __init__(self, port: int) -> None:
        self.endpoint = f"127.0.0.1:{port}"
        self.sent: list[dict[str, str]] = []
        self.calls: list[str] = []
        self.switches: dict[str, float] = {}
        self.code = ""

    def messages(self, phone: str) -> list[dict[str, Any]]:
        """Return the phone's messages, newest first, like the sandbox's `messages`."""
        shown = []
        for one in reversed(self.sent):
            if one["PhoneNumbers"] == phone:
                params = orjson.loads(one["TemplateParam"])
                text = re.sub(
                    r"\$\{(\w+)\}", lambda name, params=params: params[name[1]], TEMPLATES[one["TemplateCode"]]
                )
                shown.append(
                    {"message_id": one["OutId"], "params": params, "text": f"【{one['SignName']}】{text}"},
                )
        return shown

    def press(self, **switches: float) -> None:
        """`outage`, `reject`, `slow` (seconds), `mute`: accepts the message and drops the connection."""
        self.switches |= switches

    def release(self) -> None:
        """Behave normally again."""
        self.switches.clear()
        self.code = ""

    def answer(self) -> Response:
        """One call."""
        action = request.headers["x-acs-action"]
        self.calls.append(action)
        time.sleep(self.switches.get("slow", 0))
        if self.switches.get("outage"):
            return told(503, "ServiceUnavailable")
        if not is_signed():
            return told(400, "SignatureDoesNotMatch")
        if self.code:
            return told(200, self.code)
        if action == "QuerySendDetails":
            number = request.args["PhoneNumber"]
            found = [{"OutId": one["OutId"], "SendStatus": 1} for one in self.sent if one["PhoneNumbers"] == number]
            return told(200, "OK", SmsSendDetailDTOs={"SmsSendDetailDTO": found}, TotalCount=str(len(found)))
        if self.switches.get("reject"):
            return told(200, "isv.MOBILE_NUMBER_ILLEGAL")
        self.sent.append(dict(request.args))
        if self.switches.get("mute"):
            return Response("<html>bad gateway</html>", 502)
        return told(200, "OK", BizId=f"{len(self.sent)}^0")


def told(status: int, code: str, **more: Any) -> Response:
    """Return an answer in the service's format."""
    body = {"Code": code, "Message": code, "RequestId": "R-1", **more}
    return Response(orjson.dumps(body), status, content_type="application/json")


@contextmanager
def running_aliyun() -> Iterator[AliyunGateway]:
    """Run the service on a free port within the block."""
    application = Flask("aliyun")
    server = make_server("127.0.0.1", 0, application, threaded=True)
    gateway = AliyunGateway(server.server_port)
    application.add_url_rule("/", view_func=gateway.answer, methods=["POST"])
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield gateway
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
