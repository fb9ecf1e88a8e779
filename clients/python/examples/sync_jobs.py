"""An agency keeps its jobs in a sheet: what it writes there goes to the platform, and what happened there comes back.

    pip install "jiuye-client[sheets]"
    export JIUYE_URL=https://… JIUYE_KEY=jya_test_… JIUYE_MEMBER=…
    python sync_jobs.py jobs.xlsx

The sheet's first row names the columns. The agency fills 编号 to 状态; the program fills 平台状态, 投递 and 说明, and adds rows for jobs
that exist on the platform only. 状态 is 招聘, 下架 or 招满; rows may come in any order. Run it as often as you like: rows that did
not change cost nothing, and a run that was interrupted is simply repeated.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from jiuye_client import Client, ProblemError
from openpyxl import Workbook, load_workbook

WRITTEN = {
    "编号": "external_id",
    "职位名称": "title",
    "用人单位": "employer",
    "地区": "region",
    "地址": "address",
    "招聘人数": "headcount",
    "用工类型": "employment_type",
    "月薪下限": "pay_min",
    "月薪上限": "pay_max",
    "工作内容": "duties",
    "招聘条件": "requirements",
    "工作条件": "working_conditions",
    "截止日期": "valid_through",
}
WANTED = "状态"
REPORTED = ("平台状态", "投递", "说明")
HEADINGS = (*WRITTEN, WANTED, *REPORTED)
TYPES = {"全职": "full_time", "兼职": "part_time", "实习": "internship", "临时": "temporary"}
NUMBERS = frozenset({"headcount", "pay_min", "pay_max"})
MOST_AT_ONCE = 500

Row = dict[str, Any]


def read(path: Path) -> list[Row]:
    """Return the rows of the sheet by heading; an empty sheet with headings is made if there is none."""
    if not path.exists():
        return []
    rows = load_workbook(path).worksheets[0].iter_rows(values_only=True)
    headings = [str(cell or "").strip() for cell in next(rows)]
    found = [dict(zip(headings, row, strict=False)) for row in rows]
    return [row for row in found if str(row.get("编号") or "").strip()]


def write(path: Path, rows: Sequence[Row]) -> None:
    """Write the sheet: to a file beside it first, so that a crash never leaves half a sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEADINGS)
    for row in rows:
        sheet.append([row.get(heading) for heading in HEADINGS])
    sheet.freeze_panes = "B2"
    beside = path.with_suffix(".new.xlsx")
    book.save(beside)
    beside.replace(path)


def job_of(row: Row) -> dict[str, Any]:
    """Return a row as the body of a job. Cells that are empty are left out, numbers and dates are written as such."""
    job: dict[str, Any] = {}
    for heading, member in WRITTEN.items():
        value = row.get(heading)
        if value is None or str(value).strip() == "":
            continue
        text = value.date().isoformat() if hasattr(value, "date") else str(value).strip()
        if member == "employer":
            job[member] = {"name": text}
        elif member in NUMBERS:
            job[member] = int(float(text)) if _is_number(text) else text
        else:
            job[member] = TYPES.get(text, text) if member == "employment_type" else text
    return job | {"publish": str(row.get(WANTED) or "").strip() == "招聘"}


def send(api: Client, rows: Sequence[Row]) -> None:
    """Write all rows to the platform, some hundred at once, and note in each what was wrong with it."""
    for start in range(0, len(rows), MOST_AT_ONCE):
        some = rows[start : start + MOST_AT_ONCE]
        answer = api.batch_agency_jobs({"items": [job_of(row) for row in some]})
        for row, result in zip(some, answer["results"], strict=True):
            faults = [*result["errors"], *result["missing"]]
            row["说明"] = "；".join(f"{one['field']}：{one['message']}" for one in faults)


def close(api: Client, rows: Sequence[Row], states: dict[str, dict[str, Any]]) -> None:
    """Withdraw, or mark as filled, what the sheet says is over and the platform still shows."""
    for row in rows:
        wanted, job = str(row.get(WANTED) or "").strip(), states.get(str(row["编号"]).strip())
        if job is None or job["state"] != "published" or wanted not in ("下架", "招满"):
            continue
        try:
            if wanted == "招满":
                api.fill_agency_job(job["id"], {"hired_here": 0, "hired_elsewhere": int(row.get("招聘人数") or 1)})
            else:
                api.withdraw_agency_job(job["id"])
        except ProblemError as problem:
            row["说明"] = problem.detail


def states_of(api: Client) -> dict[str, dict[str, Any]]:
    """Return the agency's jobs on the platform by the agency's own number."""
    return {job["external_id"]: job for job in api.pages(api.list_agency_jobs, size=100) if job["external_id"]}


def applications_of(api: Client) -> dict[str, int]:
    """Return how many applications each job has, by the job's id."""
    counts: dict[str, int] = {}
    for one in api.pages(api.list_applications, size=100):
        counts[one["job"]["id"]] = counts.get(one["job"]["id"], 0) + 1
    return counts


def report(rows: list[Row], states: dict[str, dict[str, Any]], counts: dict[str, int]) -> list[Row]:
    """Write into the rows what the platform says, and add rows for jobs that the sheet lacks."""
    by_number = {str(row["编号"]).strip(): row for row in rows}
    for number, job in states.items():
        row = by_number.get(number)
        if row is None:
            row = {"编号": number, "职位名称": job["title"], "用人单位": job["employer"], "地区": job["region"]}
            row |= {"招聘人数": job["headcount"], "截止日期": job["valid_through"]}
            rows.append(row)
        row["平台状态"], row["投递"] = job["state_name"], counts.get(job["id"], 0)
    return rows


def sync(api: Client, path: Path) -> Iterator[str]:
    """Bring sheet and platform together; yield what was done, a line each."""
    rows = read(path)
    send(api, rows)
    yield f"{len(rows)} rows sent"
    close(api, rows, states_of(api))
    states = states_of(api)
    rows = report(rows, states, applications_of(api))
    write(path, rows)
    yield f"{len(rows)} rows written, {sum(1 for row in rows if row.get('说明'))} of them with remarks"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def main() -> None:
    """Sync the sheet named on the command line."""
    names = ("JIUYE_URL", "JIUYE_KEY", "JIUYE_MEMBER")
    if missing := [name for name in names if not os.environ.get(name)]:
        sys.exit(f"set {', '.join(missing)}")
    if len(sys.argv) != 2:
        sys.exit("usage: python sync_jobs.py jobs.xlsx")
    url, key, member = (os.environ[name] for name in names)
    with Client(url, key, on_behalf_of=member) as api:
        for line in sync(api, Path(sys.argv[1])):
            print(line)


if __name__ == "__main__":
    main()
