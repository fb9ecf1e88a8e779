"""`/registers/{register}/lookups`: the registers' HTTP interface; `/registers/entries`: entries from programs."""

import time

from flask import Blueprint, Response, abort, current_app, jsonify, request

from jiuye.sandbox import signatures
from jiuye.sandbox.registers import lookups, tries
from jiuye.sandbox.registers.entries import REGISTERS, Register, complete, is_key, keep
from jiuye.sandbox.store import store
from jiuye.sandbox.switches import Service, Switch

_SWITCHES = (
    Switch("outage", "flag", "停机", "所有查询一律回答 503。"),
    Switch("fail", "flag", "内部出错", "所有查询一律回答 500。"),
    Switch("garbage", "flag", "答非所问", "回答 200，内容却是一个网页。"),
    Switch("mixed_up", "flag", "张冠李戴", "查到的登记换成另一家单位的。"),
    Switch("slow", "seconds", "应答迟缓", "过这么多秒才回答，用来试超时。"),
)
SERVICES = tuple(
    Service(name=one.name, label=one.label, summary="平台审核机构时来这里查登记。", switches=_SWITCHES)
    for one in REGISTERS.values()
)
_BY_NAME = {service.name: service for service in SERVICES}
_LARGEST_BATCH = 100
office = Blueprint("register_office", __name__, url_prefix="/registers")

Answer = tuple[Response, int]


def problem(status: int, code: str, message: str) -> Answer:
    """Return an error in the registers' format."""
    return jsonify(error=code, message=message), status


def _register(name: str) -> Register:
    return REGISTERS.get(name) or abort(404)


@office.post("/<name>/lookups")
def look_up(name: str) -> Answer | str:
    """`found`, and the `entry`; 400 for a key that this register cannot have."""
    register = _register(name)
    switched = _BY_NAME[name].values()
    if switched["slow"]:
        time.sleep(switched["slow"])
    if switched["outage"]:
        return problem(503, "outage", "the register is down")
    if switched["fail"]:
        return problem(500, "fault", "the register has failed")
    if switched["garbage"]:
        return "<!doctype html><title>登录</title><p>请先登录</p>"
    key, signed, body = current_app.config["REGISTERS_KEY"], dict(request.headers), request.get_data()
    with store().writing() as database:
        try:
            signatures.verify(database, key, method=request.method, path=request.path, headers=signed, body=body)
        except signatures.Unsigned as fault:
            return problem(401, "unsigned", str(fault))
        asked = request.get_json(silent=True)
        wanted = asked.get("key") if isinstance(asked, dict) else None
        if not is_key(wanted, register):
            return problem(400, "invalid", f"key: a {register.key} is expected")
        entry = lookups.answer(database, register, wanted)
    if entry and switched["mixed_up"]:
        others = (one.found_in(register) for one in tries.everything())
        entry = next(other for other in others if other and other[register.key] != entry[register.key])
    return jsonify(found=entry is not None, entry=entry), 200


@office.post("/<name>/entries")
def add(name: str) -> Answer:
    """Add or replace the `entries` of the JSON body, all or none. Return them with what was filled in."""
    register = _register(name)
    body = request.get_json(silent=True)
    given = body.get("entries") if isinstance(body, dict) else None
    if not isinstance(given, list) or len(given) > _LARGEST_BATCH:
        return problem(400, "invalid", f"entries: a list of at most {_LARGEST_BATCH} is expected")
    try:
        entries = [complete(register, one) for one in given]
    except ValueError as fault:
        return problem(400, "invalid", str(fault))
    with store().writing() as database:
        for entry in entries:
            keep(database, register, entry)
    return jsonify(entries=entries), 200
