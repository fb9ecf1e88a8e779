"""Section `upserts`: batches of postings, and single ones by their number, over HTTP; against the portal's import in the same run."""

import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import orjson
from _api_site import ApiCaller, ApiSite, api_caller
from _measuring import Figures
from _sheets import write_sheet

from jiuye.domains.jobs.actions import imports
from jiuye.domains.jobs.models import ImportBatch, JobPosting
from jiuye.kernel import clock
from jiuye.runtime.demo import organisations, postings
from jiuye.runtime.demo.chance import Chance

BATCH = 1000
BATCH_CLIENTS = 2
PUT_CLIENTS = 8
BAR_JOBS_PER_SECOND = 2000
BAR_RATIO = 1.2
BAR_PUT_MS = 15


def measure(site: ApiSite, *, quick: bool) -> None:
    """Print the figures. `quick`: with few rows, to see that it works."""
    rows, puts = (2_000, 200) if quick else (20_000, 4_000)
    cast = organisations.Cast()
    organisations.build(Chance("bench"), clock.now(), cast)
    imported = _import(cast, rows)
    bodies = [_body(posting, number) for number, posting in enumerate(_made(cast, rows))]
    caller = api_caller(101)
    _batches(site, api_caller(102), bodies[:BATCH])  # warm
    created = _batches(site, caller, bodies)
    unchanged = _batches(site, caller, bodies)
    changed = _batches(site, caller, [{**body, "headcount": body["headcount"] + 1} for body in bodies])
    stored = JobPosting.objects.filter(agency_id=caller.actor.organisation_id, state="published").count()
    print(
        f"upserts in batches of {BATCH:,}, {BATCH_CLIENTS} clients: created {created:,.0f}/s, unchanged {unchanged:,.0f}/s, "
        f"updated {changed:,.0f}/s (bar {BAR_JOBS_PER_SECOND:,}/s); {stored:,} of {rows:,} public\n"
        f"  portal import, upload to written: {imported:,.0f} rows/s; it takes {created / imported:.2f} times as long as "
        f"the batches (the batches may take {BAR_RATIO} times as long as the import)",
        flush=True,
    )
    _single(site, caller, bodies, puts)


def _import(cast: organisations.Cast, rows: int) -> float:
    """Return the rows a second of the portal's import by the worker, upload included."""
    actor = api_caller(100).actor
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "jobs.xlsx"
        write_sheet(path, cast, rows, "sheet")
        started = time.perf_counter()
        with path.open("rb") as file:
            batch_id = imports.upload_sheet(actor, filename=path.name, content=file)
    mapping = ImportBatch.objects.get(pk=batch_id).mapping
    imports.set_mapping(actor, batch_id, mapping=mapping, defaults={}, publish=True)
    imports.start_import(actor, batch_id)
    while not ImportBatch.objects.filter(pk=batch_id, state__in=["done", "failed"]).exists():
        time.sleep(0.05)
    return rows / (time.perf_counter() - started)


def _batches(site: ApiSite, caller: ApiCaller, bodies: list[dict[str, Any]]) -> float:
    """Return the postings a second of batches sent by `BATCH_CLIENTS` at once."""
    contents = [orjson.dumps({"items": bodies[start : start + BATCH]}) for start in range(0, len(bodies), BATCH)]

    def send(content: bytes) -> None:
        with httpx.Client(timeout=60) as client:
            headers = {**caller.headers, "Content-Type": "application/json"}
            answer = client.post(f"{site.origin}/api/v1/agency/jobs:batch", content=content, headers=headers)
        if answer.status_code not in (200, 207) or answer.json()["rejected"] > BATCH // 20:
            raise SystemExit(f"a batch was refused: {answer.status_code} {answer.text[:2000]}")

    started = time.perf_counter()
    with ThreadPoolExecutor(BATCH_CLIENTS) as pool:
        list(pool.map(send, contents))
    return len(bodies) / (time.perf_counter() - started)


def _single(site: ApiSite, caller: ApiCaller, bodies: list[dict[str, Any]], number: int) -> None:
    """Print the times of single PUTs: as fast as they are answered, then at half of that pace."""
    bodies = [{**body, "external_id": f"S{index}"} for index, body in enumerate(bodies[:number])]
    _puts(site, caller, bodies[:100], 0.0)  # warm
    rate, created = _puts(site, caller, bodies, 0.0)
    _, updated = _puts(site, caller, [{**body, "headcount": body["headcount"] + 1} for body in bodies], 0.0)
    _, paced = _puts(
        site, caller, [{**body, "headcount": body["headcount"] + 2} for body in bodies], PUT_CLIENTS / rate * 2
    )
    print(
        f"single PUT, {PUT_CLIENTS} clients (bar: p99 ≤ {BAR_PUT_MS} ms): {rate:,.0f}/s\n"
        f"  create       {created}\n  update       {updated}\n  at half pace {paced}",
        flush=True,
    )


def _puts(site: ApiSite, caller: ApiCaller, bodies: list[dict[str, Any]], pause: float) -> tuple[float, Figures]:
    """Send the bodies. Return puts a second and their times. `pause`: seconds between those of one client."""

    def work(share: list[dict[str, Any]]) -> list[float]:
        times = []
        with httpx.Client(headers=caller.headers, timeout=60) as client:
            due = time.perf_counter()
            for body in share:
                if pause:
                    time.sleep(max(0.0, due - time.perf_counter()))
                    due += pause
                url = f"{site.origin}/api/v1/agency/jobs/by-external-id/{body['external_id']}"
                began = time.perf_counter()
                answer = client.put(url, json=body)
                times.append(time.perf_counter() - began)
                if answer.status_code not in (
                    200,
                    201,
                    409,
                    422,
                ):  # 409: held for review, as a few of the demonstration are
                    raise SystemExit(f"a PUT was refused: {answer.status_code} {answer.text[:2000]}")
        return times

    started = time.perf_counter()
    with ThreadPoolExecutor(PUT_CLIENTS) as pool:
        parts = list(pool.map(work, [bodies[number::PUT_CLIENTS] for number in range(PUT_CLIENTS)]))
    return len(bodies) / (time.perf_counter() - started), Figures(tuple(one for part in parts for one in part))


def _made(cast: organisations.Cast, rows: int) -> list[JobPosting]:
    return list(postings.build(Chance("api"), clock.now(), cast, rows))


def _body(posting: JobPosting, number: int) -> dict[str, Any]:
    """Return a posting of the demonstration data as a client states it."""
    same = ("title", "address", "headcount", "employment_type", "working_conditions", "experience_min", "experience_max",
            "pay_min", "pay_max", "pay_unit", "pay_months", "duties", "requirements", "tags", "benefits", "skills")  # fmt: skip
    return {name: getattr(posting, name) for name in same} | {
        "external_id": f"N{number:06}",
        "employer": {"name": posting.employer.legal_name if posting.employer else "示例有限公司"},
        "occupation": posting.occupation_id or "",
        "region": posting.region_id or "",
        "education_code": posting.education,
        "working_conditions": posting.working_conditions or "白班，双休",
        "valid_through": str(clock.today().replace(day=1).fromordinal(clock.today().toordinal() + 60)),
        "publish": True,
    }
