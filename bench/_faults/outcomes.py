"""What follows from what was written: events and their effects, messages, files, index, feed, audit log."""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from bench._faults.table import Evidence, Line
from jiuye.domains.applications.models import ApplicationEvent
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.jobs.models import JobPosting
from jiuye.kernel import audit, audit_check, events, sealed_files
from jiuye.kernel.models import EventDelivery, EventRecord, SealedFile
from jiuye.kernel.sealed_files import upkeep
from jiuye.kernel.sealed_files.columns import SealedFileKey, columns_of
from jiuye.notifications.models import Notification, TextMessage
from jiuye.ports import search
from jiuye.webhooks.models import Message
from jiuye.worker.handlers import HANDLERS


def steps_have_events(evidence: Evidence) -> Line:
    """Each step of an application has its event, once; each event of one has its step (nothing told before the commit)."""
    steps = {str(pk) for pk in ApplicationEvent.objects.exclude(verb__in=_REMARKS).values_list("id", flat=True)}
    told = [
        str(payload["application_event_id"])
        for payload in EventRecord.objects.filter(name="ApplicationAdvanced").values_list("payload", flat=True)
    ]
    wrong = [f"missing: event of step {one}" for one in steps - set(told)]
    wrong += [f"before its time: event of a step that is not there, {one}" for one in set(told) - steps]
    wrong += [f"doubled: event of step {one}" for one, count in Counter(told).items() if count > 1]
    return Line("events of steps", len(steps), wrong)


_REMARKS = ("ask_for_another_time", "keep_time", "nudge", "confirm_onboarded", "confirm_not_onboarded")


def postings_have_events(evidence: Evidence) -> Line:
    """Each published posting was told of; nothing was told of a posting that is not there."""
    published = {str(pk) for pk in JobPosting.objects.filter(state="published").values_list("id", flat=True)}
    payloads = EventRecord.objects.filter(name="PostingsChanged").values_list("payload", flat=True)
    told = {str(one) for payload in payloads for one in payload["posting_ids"]}
    there = {str(pk) for pk in JobPosting.objects.values_list("id", flat=True)}
    wrong = [f"missing: event of posting {one}" for one in published - told]
    wrong += [f"before its time: event of a posting that is not there, {one}" for one in told - there]
    return Line("events of postings", len(published), wrong)


def handlers_are_done(evidence: Evidence) -> Line:
    """Each handler of each event has run and is marked."""
    done = set(EventDelivery.objects.values_list("event_id", "handler"))
    wanted = [
        (pk, name, events._key(handler))
        for pk, name in EventRecord.objects.values_list("id", "name")
        for handler in HANDLERS.get(name, ())
    ]
    wrong = [f"not done: {key} of {name} {pk}" for pk, name, key in wanted if (pk, key) not in done]
    return Line("handlers of events", len(wanted), wrong)


def effects_are_there(evidence: Evidence) -> Line:
    """Running every handler of notifications and webhooks again finds nothing left to do: no effect was lost."""
    seen, wrong = 0, []
    with _undone():
        before = _counts()
        for record in EventRecord.objects.order_by("id"):
            ours = [one for one in HANDLERS.get(record.name, ()) if one.__module__.startswith(_TELLING)]
            for handler in ours:
                delivered = events.restore(record)
                handler(delivered.event, delivered)
            seen += len(ours)
            if ours and (now := _counts()) != before:
                wrong.append(
                    f"lost: effect for {record.name} {record.id}: {before} notifications, texts, webhooks, now {now}"
                )
                before = now
    return Line("effects of handlers", seen, wrong)


_TELLING = ("jiuye.notifications", "jiuye.webhooks")


def _counts() -> tuple[int, ...]:
    with connection.cursor() as cursor:
        tables = [model._meta.db_table for model in (Notification, TextMessage, Message)]
        cursor.execute(f"SELECT {', '.join(f'(SELECT count(*) FROM {table})' for table in tables)}")
        return tuple(cursor.fetchone())


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def notifications_are_single(evidence: Evidence) -> Line:
    """Nobody was told the same thing twice: one message for each person, event and kind."""
    rows = Notification.objects.values_list("user_id", "organisation_id", "kind", "link", "title", "created_at")
    counts = Counter(rows)
    wrong = [f"doubled: notification {row[2]} {row[3]} × {count}" for row, count in counts.items() if count > 1]
    return Line("notifications", sum(counts.values()), wrong)


def texts_are_single(evidence: Evidence) -> Line:
    """Each text message that is due was sent, and reached its phone once."""
    inbox = sqlite3.connect(Path(settings.DATA_DIR) / "sandbox" / "sandbox.sqlite3")
    rows = inbox.execute("SELECT message_id, phone, text, copies FROM sms_message").fetchall()
    inbox.close()
    reached = Counter({row[0]: row[3] for row in rows})
    texts = list(TextMessage.objects.values_list("id", "sent_at", "failed_at", "withheld_at"))
    wrong = [f"not sent: text message {pk}" for pk, *ends in texts if not any(ends)]
    wrong += [f"failed: text message {pk}" for pk, _, failed, _ in texts if failed]
    wrong += [f"lost: text message {pk}" for pk, sent, *_ in texts if sent and not reached[str(pk)]]
    known = {str(pk) for pk, *_ in texts}
    wrong += [f"before its time: text message {pk} of no row" for pk in reached if pk not in known]
    wrong += [f"doubled: text message {pk} on its phone × {count}" for pk, count in reached.items() if count > 1]
    return Line("text messages", len(texts), wrong)


def webhooks_are_single(evidence: Evidence) -> Line:
    """Each webhook message reached its receiver, and nothing was told in two messages."""
    arrived = [one for one in evidence.received if "webhook-id" in one.headers]
    received = Counter(one.headers["webhook-id"] for one in arrived)
    rows = list(Message.objects.values_list("id", "event_id", "subject_id", "type", "state"))
    wrong = [f"not delivered: message {row[0]} is {row[4]}" for row in rows if row[4] != "delivered"]
    wrong += [f"lost: message {row[0]}" for row in rows if not received[f"msg_{row[0].hex}"]]
    known = {f"msg_{row[0].hex}" for row in rows}
    wrong += [f"before its time: message {one} of no row" for one in received if one not in known]
    bodies = {one.headers["webhook-id"]: one.payload for one in arrived}
    told = Counter(
        (body["type"], json.dumps(body["data"], sort_keys=True), body["timestamp"]) for body in bodies.values()
    )
    wrong += [f"doubled: webhook {one[0]} {one[1][:80]} × {count}" for one, count in told.items() if count > 1]
    again = sum(received.values()) - len(received)
    return Line("webhook messages", len(rows), wrong, f"{again} delivered again under the same id")


def files_are_whole(evidence: Evidence) -> Line:
    """Each file that a row names can be read; no row is left without a file, no file without a row after the sweep."""
    named = {
        key
        for model, field in columns_of(SealedFileKey)
        for key in model._base_manager.exclude(**{field.attname: ""}).values_list(field.attname, flat=True)
        if key
    }
    wrong = []
    for key in named:
        try:
            sealed_files.read(key)
        except sealed_files.FileGone:
            wrong.append(f"unreadable: file {key}")
    stored = set(SealedFile.objects.values_list("key", flat=True))
    wrong += [f"left over: the key of a file that nothing names, {key}" for key in stored - named]
    upkeep.ORPHAN_AFTER = timedelta(0)
    swept = upkeep.sweep()
    root = Path(settings.DATA_DIR) / "files"
    left = {str(path.relative_to(root)) for path in (root / upkeep.ROOT).rglob("*") if path.is_file()}
    wrong += [f"left over: file {key}" for key in left - stored]
    return Line("files", len(named), wrong, f"{swept} without a row, as kills leave them, were swept")


def index_equals_database(evidence: Evidence) -> Line:
    """The search lists the open postings: each once, and no other."""
    wanted = {posting.id for posting in jobs.all_indexable()}
    wrong = [f"not found by the search: {one}" for one in wanted - set(evidence.listed)]
    wrong += [f"found, but not open: {one}" for one in set(evidence.listed) - wanted]
    wrong += [f"doubled: in the list of jobs {one}" for one, count in Counter(evidence.listed).items() if count > 1]
    count = search.get().state(thorough=True).count
    if count != len(wanted):
        wrong.append(f"the index holds {count} postings, the database {len(wanted)}")
    return Line("postings in the index", len(wanted), wrong)


def feed_equals_database(evidence: Evidence) -> Line:
    """The follower's copy is the open postings."""
    wanted = {posting.id for posting in jobs.all_indexable()}
    wrong = [f"not in the follower's copy: {one}" for one in wanted - evidence.followed]
    wrong += [f"in the follower's copy, but not open: {one}" for one in evidence.followed - wanted]
    return Line("postings in a follower's copy", len(evidence.followed), wrong)


def audit_log_is_whole(evidence: Evidence) -> Line:
    """The chain of the audit log holds, and fits its anchors outside of the database."""
    while audit.seal() == 5000:
        pass
    report = audit_check.check()
    wrong = [f"{report.fault} (from {report.position})"] if report.fault else []
    return Line("audit entries", report.entries, wrong, f"{report.anchors} anchors")


def jobs_are_done(evidence: Evidence) -> Line:
    """No job failed or waits."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, task_name, status::text, attempts FROM procrastinate_jobs "
            "WHERE status = 'failed' OR status = 'aborted' OR (status IN ('todo', 'doing') "
            "AND (scheduled_at IS NULL OR scheduled_at < now() - interval '5 seconds'))"
        )
        rows: list[Any] = cursor.fetchall()
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        (count,) = cursor.fetchone()
    wrong = [f"{status}: job {number} {task} after {attempts} attempts" for number, task, status, attempts in rows]
    return Line("jobs", int(count), wrong)


CHECKS: list[Callable[[Evidence], Line]] = [
    steps_have_events,
    postings_have_events,
    handlers_are_done,
    effects_are_there,
    notifications_are_single,
    texts_are_single,
    webhooks_are_single,
    files_are_whole,
    index_equals_database,
    feed_equals_database,
    audit_log_is_whole,
    jobs_are_done,
]
