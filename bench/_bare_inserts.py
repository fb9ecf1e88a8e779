"""The lower bound for `apply`: the same rows inserted by psycopg alone, one transaction each, on as many connections.

Run as a separate process: `python bench/_bare_inserts.py TRANSACTIONS CONNECTIONS` prints the transactions per
second.
"""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import psycopg
import uuid_utils.compat
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

# In the order of their foreign keys. The newest application's rows are the template: same columns, same sizes.
TABLES = (
    "accounts_consent",
    "applications_resumesnapshot",
    "applications_application",
    "applications_applicationevent",
    "kernel_event",
    "kernel_audit",
)
PATTERN = """
SELECT a.id AS application, a.consent_id AS consent, a.snapshot_id AS snapshot, e.id AS entry
FROM applications_application a JOIN applications_applicationevent e ON e.application_id = a.id AND e.verb = 'submit'
JOIN kernel_event k ON k.payload->>'application_id' = a.id::text
ORDER BY a.id DESC LIMIT 1
"""
ROWS = {
    "accounts_consent": "SELECT * FROM accounts_consent WHERE id = %(consent)s",
    "applications_resumesnapshot": "SELECT * FROM applications_resumesnapshot WHERE id = %(snapshot)s",
    "applications_application": "SELECT * FROM applications_application WHERE id = %(application)s",
    "applications_applicationevent": "SELECT * FROM applications_applicationevent WHERE id = %(entry)s",
    "kernel_event": "SELECT * FROM kernel_event WHERE payload->>'application_id' = %(application)s::text",
    "kernel_audit": "SELECT * FROM kernel_audit WHERE subject_id = %(application)s::text ORDER BY id LIMIT 1",
}
# Postings to which the HTTP clients never apply.
FREE_PAIRS = """
SELECT u.id, p.id FROM accounts_user u CROSS JOIN jobs_jobposting p
WHERE p.state <> 'published' AND NOT EXISTS (SELECT FROM applications_application a WHERE a.applicant_id = u.id AND a.posting_id = p.id)
ORDER BY md5(u.id::text || p.id::text) LIMIT %s
"""
JOB = "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('events', 'deliver_event', %(args)s)"


@dataclass(frozen=True)
class Insert:
    """One statement and the row it was derived from."""

    table: str
    statement: str
    pattern: dict[str, Any]


def learn(connection: psycopg.Connection[Any]) -> list[Insert]:
    """Return the statements that write the rows of one application."""
    with connection.cursor(row_factory=dict_row) as cursor:
        ids = cursor.execute(PATTERN).fetchone()
        found = []
        for table in TABLES:
            row = cursor.execute(ROWS[table], ids).fetchone()
            assert row, table
            if table == "kernel_audit":
                row = {name: value for name, value in row.items() if name not in ("id", "position")}
                row["digest"] = ""
            columns = ", ".join(row)
            values = ", ".join(f"%({name})s" for name in row)
            found.append(Insert(table, f"INSERT INTO {table} ({columns}) VALUES ({values})", row))
    return found


# Bare rows must not count towards the applicant's limit per hour.
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def rows(inserts: Sequence[Insert], pair: tuple[Any, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return each statement with a new application's values: new ids, another applicant and posting, otherwise like the template."""
    ids = {name: uuid_utils.compat.uuid7() for name in ("consent", "snapshot", "application", "entry", "event")}
    own = {
        "accounts_consent": {"id": ids["consent"], "user_id": pair[0]},
        "applications_resumesnapshot": {"id": ids["snapshot"], "user_id": pair[0]},
        "applications_application": {
            "id": ids["application"],
            "applicant_id": pair[0],
            "posting_id": pair[1],
            "consent_id": ids["consent"],
            "snapshot_id": ids["snapshot"],
            "idempotency_key": ids["entry"].hex,
            "state": "submitted",
            "submitted_at": LONG_AGO,
        },
        "applications_applicationevent": {"id": ids["entry"], "application_id": ids["application"]},
        "kernel_event": {"id": ids["event"], "payload": {"application_id": str(ids["application"])}},
        "kernel_audit": {"subject_id": str(ids["application"])},
    }
    for insert in inserts:
        values = {
            name: insert.pattern[name] | value if isinstance(value, dict) else value
            for name, value in (insert.pattern | own[insert.table]).items()
        }
        yield (
            insert.statement,
            {name: Jsonb(value) if isinstance(value, dict) else value for name, value in values.items()},
        )
    yield JOB, {"args": Jsonb({"event_id": str(ids["event"])})}


def write(dsn: str, pairs: Sequence[tuple[Any, Any]], start: Barrier) -> float:
    """Insert one application for each pair on one connection. Return the seconds."""
    with psycopg.connect(dsn, autocommit=True, prepare_threshold=2) as connection:
        inserts = learn(connection)
        start.wait()
        began = time.perf_counter()
        for pair in pairs:
            with connection.transaction(), connection.cursor() as cursor:
                for statement, values in rows(inserts, pair):
                    cursor.execute(statement, values)
        return time.perf_counter() - began


def main(number: int, connections: int, share: int, shares: int) -> None:
    """Insert `number` applications and print the rate; `share` of `shares` processes that run concurrently."""
    dsn = os.environ["DATABASE_URL"]
    with psycopg.connect(dsn) as connection:
        pairs = connection.execute(FREE_PAIRS, [number * shares]).fetchall()[share::shares]
    print("ready", flush=True)
    sys.stdin.readline()
    start = Barrier(connections)
    with ThreadPoolExecutor(connections) as pool:
        seconds = max(pool.map(lambda n: write(dsn, pairs[n::connections], start), range(connections)))
    print(len(pairs) / seconds, flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:5]))
