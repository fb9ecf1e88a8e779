"""Compare what was acknowledged with what is there: every deviation is a line, and the run has failed."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from bench._faults import outcomes
from bench._faults.ledger import Ledger
from bench._faults.programs import AS_CREATED
from bench._faults.table import Evidence, Line, doubled
from jiuye.domains.applications.models import Application, ApplicationEvent, ApplicationNote
from jiuye.domains.jobs.models import ImportBatch, ImportRejection, JobPosting
from jiuye.domains.resumes.models import Attachment
from jiuye.kernel.models import AuditEntry


def compare(evidence: Evidence) -> list[Line]:
    """Return the table."""
    checks: list[Callable[[Evidence], Line]] = [
        applications,
        transitions,
        postings,
        corrections,
        notes,
        uploads,
        sheets,
        rows,
        *outcomes.CHECKS,
    ]
    return [_checked(check, evidence) for check in checks]


def _checked(check: Callable[[Evidence], Line], evidence: Evidence) -> Line:
    """Return the line of a check; one that breaks off is a deviation, and the others go on."""
    try:
        return check(evidence)
    except Exception as error:
        return Line(check.__name__, 0, [f"not checked: {error!r}"])


def _expected(ledger: Ledger, act: str, key: Callable[[dict[str, Any]], Any], found: Iterable[Any]) -> list[str]:
    """Return what is lost (acknowledged and not there), doubled, or there though nobody asked for it."""
    counts = Counter(found)
    acknowledged = {key(one.about) for one in ledger.acknowledged(act)}
    unknown = {key(one.about) for one in ledger.unknown(act)}
    wrong = [f"lost: {act} {one}" for one in acknowledged if not counts[one]]
    wrong += [f"doubled: {act} {one} × {count}" for one, count in counts.items() if count > 1]
    return wrong + [f"unasked: {act} {one}" for one in counts if one not in acknowledged | unknown]


def applications(evidence: Evidence) -> Line:
    """Each acknowledged application is there once, under the id that its applicant was told."""
    ledger = evidence.ledger
    rows = list(Application.objects.values_list("id", "applicant_id", "posting_id"))
    wrong = _expected(ledger, "apply", lambda about: (about["person"], about["posting"]), [row[1:] for row in rows])
    there = {str(row[0]) for row in rows}
    asked = ledger.acknowledged("apply")
    wrong += [f"lost: application {one.told['application']}" for one in asked if one.told["application"] not in there]
    entries = AuditEntry.objects.filter(action="application.submit").values_list("subject_id", flat=True)
    wrong += doubled(entries, "audit entry of application") + _differ(there, set(entries), "audit entry of application")
    return Line("applications", len(asked), wrong)


def transitions(evidence: Evidence) -> Line:
    """Each acknowledged step of an application was taken once."""
    taken = ApplicationEvent.objects.exclude(verb="submit").values_list("application_id", "verb")
    wrong = _expected(evidence.ledger, "advance", lambda about: (about["application"], about["verb"]), taken)
    return Line("steps of applications", len(evidence.ledger.acknowledged("advance")), wrong)


def postings(evidence: Evidence) -> Line:
    """Each posting that a program wrote is there once, under the id that it was told, and its number names one."""
    ledger = evidence.ledger
    found = dict(JobPosting.objects.filter(title__startswith="焊工").values_list("id", "title"))
    singles, batches = ledger.acknowledged("post"), ledger.acknowledged("batch")
    told = {one.told["posting"]: one.about["title"] for one in singles}
    for one in batches:
        told |= dict(zip(one.told["postings"], one.about["titles"], strict=True))
    there = {str(pk): title for pk, title in found.items()}
    wrong = [f"lost: posting {title}" for pk, title in told.items() if there.get(pk) != title]
    wrong += doubled(found.values(), "posting")
    maybe = {one.about["title"] for one in ledger.unknown("post")}
    maybe |= {title for one in ledger.unknown("batch") for title in one.about["titles"]}
    wrong += [f"unasked: posting {title}" for title in found.values() if title not in maybe | set(told.values())]
    refused = [
        one for act in ("post", "batch") for one in ledger.entries if one.act == act and (one.status or 0) >= 400
    ]
    wrong += [f"refused when sent again: posting {one.about} {one.status}" for one in refused]
    entries = AuditEntry.objects.filter(action="posting.create", subject_id__in=there).values_list(
        "subject_id", flat=True
    )
    wrong += doubled(entries, "audit entry of posting")
    return Line("postings of programs", len(told), wrong)


def corrections(evidence: Evidence) -> Line:
    """What a posting says is the last correction that was acknowledged, or one without an answer after it."""
    last: dict[str, list[int]] = {}
    for one in evidence.ledger.entries:
        if one.act == "change" and (one.status is None or one.status < 400):
            values = last.setdefault(one.about["posting"], [AS_CREATED])
            if one.is_acknowledged:
                values.clear()
            values.append(one.about["headcount"])
    stored = {str(pk): count for pk, count in JobPosting.objects.filter(pk__in=last).values_list("id", "headcount")}
    wrong = [
        f"lost: correction of {pk}: {stored.get(pk)}, not {may}"
        for pk, may in last.items()
        if stored.get(pk) not in may
    ]
    return Line("corrections of postings", len(evidence.ledger.acknowledged("change")), wrong)


def notes(evidence: Evidence) -> Line:
    """Each note of staff is there once."""
    texts = ApplicationNote.objects.values_list("text", flat=True)
    wrong = _expected(evidence.ledger, "note", lambda about: about["text"], texts)
    return Line("notes of staff", len(evidence.ledger.acknowledged("note")), wrong)


def uploads(evidence: Evidence) -> Line:
    """Each uploaded file is there once."""
    names = [one.name.rsplit(".", 1)[0] for one in Attachment.objects.all() if one.name]
    wrong = _expected(evidence.ledger, "upload", lambda about: about["name"], names)
    return Line("uploaded files", len(evidence.ledger.acknowledged("upload")), wrong)


def sheets(evidence: Evidence) -> Line:
    """Each uploaded sheet is one batch; what was started is finished."""
    ledger = evidence.ledger
    batches = [(one.filename or "", one.state, one.rows_total) for one in ImportBatch.objects.all()]
    words = [name.removesuffix(".xlsx") for name, _, _ in batches]
    wrong = _expected(ledger, "sheet", lambda about: about["word"], words)
    states = dict(zip(words, [state for _, state, _ in batches], strict=True))
    started = {one.about["word"] for one in ledger.acknowledged("import")}
    wrong += [f"not finished: sheet {word} is {states.get(word)}" for word in started if states.get(word) != "done"]
    return Line("imported sheets", len(started), wrong)


def rows(evidence: Evidence) -> Line:
    """In each finished batch, imported and rejected rows are the rows of the file, and each is there once."""
    asked = {one.about["word"]: one.about for one in evidence.ledger.entries if one.act == "sheet"}
    found = list(JobPosting.objects.filter(title__startswith="车工").values_list("external_code", flat=True))
    counts, wrong, seen = Counter(code.rpartition("-")[0] for code in found), doubled(found, "row"), 0
    for batch in ImportBatch.objects.all():
        word = batch.filename.removesuffix(".xlsx")
        rejected = ImportRejection.objects.filter(batch=batch).count()
        if batch.state != "done":
            if counts[word] and batch.state != "running":
                wrong.append(f"half a batch: {word} is {batch.state} with {counts[word]} postings")
            continue
        about, stored = asked[word], batch.rows_created + batch.rows_updated + batch.rows_unchanged
        seen += about["rows"]
        told = (counts[word], stored, rejected, batch.rows_rejected, stored + rejected)
        if told != (about["rows"] - about["bad"],) * 2 + (about["bad"],) * 2 + (about["rows"],):
            wrong.append(f"rows of {word}: {about} but postings, stored, rejected, counted, sum = {told}")
    return Line("rows of sheets", seen, wrong)


def _differ(wanted: set[Any], found: set[Any], what: str) -> list[str]:
    return [f"missing: {what} {one}" for one in wanted - found] + [f"unasked: {what} {one}" for one in found - wanted]
