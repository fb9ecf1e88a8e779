"""`/authority/requests`: the authority's HTTP interface; `/authority`: a page with the latest requests."""

import time
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from jiuye.sandbox import signatures
from jiuye.sandbox.authority import insurances, requests, statements
from jiuye.sandbox.store import store
from jiuye.sandbox.switches import Service, Switch

AUTHORITY = Service(
    name=requests.SERVICE,
    label="核验机构",
    summary="平台通过它核对身份、工作经历、学历和证书。",
    switches=(
        Switch("outage", "flag", "停机", "所有请求一律回答 503，也不再回调。"),
        Switch("fail", "flag", "内部出错", "收到的核验请求一律回答 500。"),
        Switch("answer_twice", "flag", "重复回调", "同一个结果回调两次。"),
        Switch("no_callback", "flag", "不回调", "照常核验，但不通知平台，平台要自己来查。"),
        Switch("forged_signature", "flag", "伪造签名", "回调用别的密钥签名，平台应当拒绝。"),
        Switch("delay", "seconds", "结果延迟", "比平时（约 1 秒）再晚这么多秒才有结果。"),
        Switch("slow", "seconds", "应答迟缓", "过这么多秒才回答，用来试超时。"),
    ),
)
_WORDS = {
    "outcomes": {"verified": "一致", "mismatched": "不一致", "no_record": "查无记录"},
    "states": {"waiting": "等待中", "taken": "平台已收到", "given_up": "平台一直没有收下，不再重试"},
    "fields": {
        "phone": "手机号",
        "employer": "单位",
        "start": "开始",
        "end": "结束",
        "credit_code": "信用代码",
        "school": "学校",
        "level": "学历代码",
        "title": "证书名称",
        "number": "证书编号",
        "issued": "发证日期",
    },
}
authority = Blueprint("authority", __name__, url_prefix="/authority", template_folder="templates")

Answer = tuple[Response, int]


def problem(status: int, code: str, message: str) -> Answer:
    """Return an error in this authority's format."""
    return jsonify(error=code, message=message), status


@authority.before_request
def misbehave_or_authenticate() -> Answer | None:
    """Apply the switches, then check the signature; for the interface only (a service that is down checks nothing)."""
    if request.endpoint in ("authority.desk", "authority.insure"):
        return None
    switched = AUTHORITY.values()
    if switched["slow"]:
        time.sleep(switched["slow"])
    if switched["outage"]:
        return problem(503, "outage", "the authority is down")
    if switched["fail"] and request.method == "POST":
        return problem(500, "fault", "the authority has failed")
    key = current_app.config["CALLBACK_KEYS"][AUTHORITY.name]
    try:
        with store().writing() as database:
            signatures.verify(
                database,
                key,
                method=request.method,
                path=request.path,
                headers=dict(request.headers),
                body=request.get_data(),
            )
    except signatures.Unsigned as fault:
        return problem(401, "unsigned", str(fault))
    return None


@authority.post("/requests")
def take_request() -> Answer:
    """202; a repeated request gets the same answer, another request with the same id 409."""
    try:
        statement = statements.read(request.get_json(silent=True), site=current_app.config["SITE"])
    except ValueError as fault:
        return problem(400, "invalid", str(fault))
    with store().writing() as database:
        try:
            requests.accept(database, statement, AUTHORITY.values_in(database))
        except requests.Conflict:
            return problem(409, "conflict", "request_id was used for another request")
    return jsonify(request_id=statement.request_id, status="accepted"), 202


@authority.get("/requests/<request_id>")
def fetch(request_id: str) -> Answer:
    """Status `pending`, or the answer that the callback carries."""
    with store().open() as database:
        taken = requests.find(database, request_id)
    if taken is None:
        return problem(404, "unknown", "no such request")
    if taken.is_pending:
        return jsonify(request_id=request_id, status="pending"), 200
    return jsonify(taken.answer), 200


@authority.get("")
def desk() -> str:
    """The newest requests with their outcome and the state of their callbacks."""
    return _page(insured=request.args.get("insured", ""))


def _page(**shown: Any) -> str:
    about = {"typed": {}, "fault": "", "insured": "", **shown}
    return render_template("authority/desk.html", lines=requests.newest(), kinds=statements.KINDS, **_WORDS, **about)


@authority.post("/insurances")
def insure() -> AnyResponse | tuple[str, int]:
    """Insure a card holder with an employer: a form for people, and for tests."""
    typed = {name: request.form.get(name, "").strip() for name in ("phone", "employer", "start", "end")}
    try:
        with store().writing() as database:
            person = insurances.add(database, **typed)
    except ValueError as fault:
        return _page(typed=typed, fault=str(fault)), 400
    return redirect(url_for("authority.desk", insured=person.name), 303)
