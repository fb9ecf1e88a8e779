"""Random sequences of actions by everybody: a posting's state always follows the model (bar S15)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from jiuye.domains.jobs import actions
from jiuye.domains.jobs.actions import StatedPosting
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.jobs.states import POSTING
from jiuye.kernel import clock, history
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import ProductError, Refused
from tests.factories import jobs, organisations
from tests.factories.cast import Cast, assemble

CLEAN, DOUBTFUL, FORBIDDEN = "能倒班。", "年龄 18-45 岁，能倒班。", "限男性。"
WORDS = (CLEAN, DOUBTFUL, FORBIDDEN)
"""What a posting asks for: nothing, what an operator must look at, what is never published."""

RESTING = {"draft", "rejected", "withdrawn", "expired"}
MODEL = {
    "draft": {"published", "under_review", "banned"},
    "under_review": {"published", "rejected", "banned"},
    "published": {"withdrawn", "expired", "banned", "under_review"},
    "rejected": {"published", "under_review", "banned"},
    "withdrawn": {"published", "under_review", "banned"},
    "expired": {"published", "under_review", "banned"},
    "banned": set(),
}
"""product.md: draft → (screening) → published | under_review → published | rejected; published → withdrawn → published;
published → expired; any → banned. Screening also looks at what programs and sheets change of a public posting.
"""
PEOPLE = {
    "zhou": "agency",
    "qian": "agency",
    "shen": "reader",
    "ma": "nobody",
    "lin": "nobody",
    "auditor": "operator",
    "support": "nobody",
}


def _done(outcomes: list[actions.Outcome]) -> None:
    if not all(one.done for one in outcomes):
        raise Refused("one of several was refused", code="refused")


STEPS: dict[str, tuple[str, Callable[[Actor, UUID], object]]] = {
    "publish": ("agency", lambda who, one: actions.publish_posting(who, posting_id=one, valid_through=last_day())),
    "publish several": (
        "agency",
        lambda who, one: _done(actions.publish_several(who, posting_ids=[one], valid_through=last_day())),
    ),
    "withdraw": ("agency", lambda who, one: actions.withdraw_posting(who, posting_id=one)),
    "withdraw several": ("agency", lambda who, one: _done(actions.withdraw_several(who, posting_ids=[one]))),
    "fill": ("agency", lambda who, one: actions.fill_posting(who, posting_id=one, hired_here=1, hired_elsewhere=0)),
    "confirm": ("agency", lambda who, one: actions.confirm_posting(who, posting_id=one)),
    "approve": ("operator", lambda who, one: actions.approve_posting(who, posting_id=one)),
    "reject": ("operator", lambda who, one: actions.reject_posting(who, posting_id=one, reason="请删去年龄限制。")),
    "ban": ("operator", lambda who, one: actions.ban_posting(who, posting_id=one, reason="收取押金，核查属实。")),
}
SOURCES = {
    "publish": RESTING,
    "publish several": RESTING,
    "withdraw": {"published"},
    "withdraw several": {"published"},
    "fill": {"published"},
    "confirm": {"published"},
    "approve": {"under_review"},
    "reject": {"under_review"},
    "ban": set(MODEL) - {"banned"},
}
TARGETS = {"withdraw": "withdrawn", "withdraw several": "withdrawn", "fill": "withdrawn", "confirm": "published"} | {
    "approve": "published",
    "reject": "rejected",
    "ban": "banned",
}


def last_day() -> object:
    return clock.today() + timedelta(days=30)


def expected(step: str, state: str, party: str, words: str) -> str | None:
    """Return the state after a step; None when it must be refused."""
    if party != STEPS[step][0] or state not in SOURCES[step]:
        return None
    if step.startswith("publish"):
        return {CLEAN: "published", DOUBTFUL: "under_review", FORBIDDEN: None}[words]
    return TARGETS[step]


PATHS: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "draft": (CLEAN, ()),
    "under_review": (DOUBTFUL, (("publish", "zhou"),)),
    "published": (CLEAN, (("publish", "qian"),)),
    "rejected": (DOUBTFUL, (("publish", "zhou"), ("reject", "auditor"))),
    "withdrawn": (CLEAN, (("publish", "zhou"), ("withdraw", "zhou"))),
    "expired": (CLEAN, (("publish", "zhou"),)),
}
"""Where a sequence can begin: the words, and who did what."""


class Posting(RuleBasedStateMachine):
    """The model holds each posting's state and words; everybody tries every action."""

    postings = Bundle("postings")
    cast: Cast
    everybody: dict[str, Actor]
    taken: set[tuple[str, str]]

    def __init__(self) -> None:
        super().__init__()
        self.states: dict[UUID, str] = {}
        self.words: dict[UUID, str] = {}
        self.codes: dict[UUID, str] = {}
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()

    def teardown(self) -> None:
        try:
            self.every_former_version_is_a_path_through_the_model()
        finally:
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    @initialize(target=postings, state=st.sampled_from(sorted(PATHS)))
    def begin_anywhere(self, state: str) -> UUID:
        words, steps = PATHS[state]
        posting = self._write(words)
        for step, person in steps:
            self._try(posting, step, person)
        if state == "expired":
            self._expire()
        return posting

    @rule(target=postings, words=st.sampled_from((CLEAN, CLEAN, *WORDS)))
    def write_another(self, words: str) -> UUID:
        return self._write(words)

    def _write(self, words: str) -> UUID:
        code = f"M-{len(self.codes)}"
        content = jobs.content(self.cast.posting.employer, external_code=code, requirements=words)
        posting = actions.create_posting(self.cast.zhou, content=content)
        self.states[posting], self.words[posting], self.codes[posting] = "draft", words, code
        return posting

    @rule(posting=postings, step=st.sampled_from(sorted(STEPS)), person=st.sampled_from(sorted(PEOPLE)))
    def anybody_tries(self, posting: UUID, step: str, person: str) -> None:
        self._try(posting, step, person)

    @rule(posting=postings, data=st.data())
    def it_goes_on(self, posting: UUID, data: st.DataObject) -> None:
        """Do something that the model allows now, so that distant states are reached too."""
        if posting not in self.states:
            return
        parties = {"agency": "zhou", "operator": "auditor"}
        state, words = self.states[posting], self.words[posting]
        possible = [step for step, (party, _) in STEPS.items() if expected(step, state, party, words)]
        hopeful = [step for step in possible if step != "ban"] or possible
        if hopeful:
            step = data.draw(st.sampled_from(hopeful))
            self._try(posting, step, parties[STEPS[step][0]])

    def _try(self, posting: UUID, step: str, person: str) -> None:
        state = self.states.get(posting)
        target = expected(step, state, PEOPLE[person], self.words[posting]) if state else None
        try:
            STEPS[step][1](self.everybody[person], posting)
        except ProductError:
            assert target is None, f"{person} was refused {step} from {state}"
            return
        assert target is not None, f"{person} did {step} from {state}"
        self._moved(posting, target)

    def _moved(self, posting: UUID, target: str) -> None:
        if target != self.states[posting]:
            self.taken.add((self.states[posting], target))
        self.states[posting] = target

    @rule(posting=postings, words=st.sampled_from(WORDS), person=st.sampled_from(("zhou", "qian", "shen", "ma")))
    def anybody_edits_it(self, posting: UUID, words: str, person: str) -> None:
        """On the page: what is public stays clean."""
        state = self.states.get(posting)
        gains = words != CLEAN and words != self.words[posting]
        may = PEOPLE[person] == "agency" and state in RESTING | {"published"} and not (state == "published" and gains)
        try:
            actions.change_posting(self.everybody[person], posting_id=posting, changes={"requirements": words})
        except ProductError:
            assert not may, f"{person} was refused an edit of {state}"
            return
        assert may, f"{person} edited {state}"
        self.words[posting] = words

    @rule(posting=postings, words=st.sampled_from(WORDS), publish=st.booleans())
    def a_program_states_it(self, posting: UUID, words: str, publish: bool) -> None:
        """By the API, under the agency's number; sheets are written by the same code."""
        state = self.states.get(posting)
        if state is None or posting not in self.codes:
            return
        code = self.codes[posting]
        content = jobs.content(self.cast.posting.employer, external_code=code, requirements=words)
        (result,) = actions.write_postings(self.cast.zhou, stated=[StatedPosting(content, publish=publish)])
        assert result.posting_id in (posting, None)
        if result.result in ("created", "updated"):
            assert state in RESTING | {"published"}, f"a program wrote {state}"
            self.words[posting] = words
            gains = words != CLEAN
            if state == "published":
                self._moved(posting, result.state)
                assert result.state in ("published", "under_review")
                assert (result.state == "under_review") <= gains
            else:
                target = {CLEAN: "published", DOUBTFUL: "under_review"}.get(words) if publish else state
                assert result.state == target
                self._moved(posting, result.state)
        else:
            assert result.state in (state, "")

    @rule(target=postings, posting=postings)
    def copy_it(self, posting: UUID) -> UUID:
        if posting not in self.states:
            return posting
        copied = actions.copy_posting(self.cast.zhou, posting_id=posting)
        self.states[copied], self.words[copied] = "draft", self.words[posting]
        return copied

    @rule(posting=consumes(postings), person=st.sampled_from(("zhou", "shen", "ma", "auditor")))
    def anybody_deletes_it(self, posting: UUID, person: str) -> None:
        state = self.states.get(posting)
        may = PEOPLE[person] == "agency" and state in RESTING
        try:
            actions.delete_posting(self.everybody[person], posting_id=posting)
        except ProductError:
            assert not may, f"{person} was refused the deletion of {state}"
            return
        assert may, f"{person} deleted {state}"
        del self.states[posting]

    @rule(chance=st.integers(0, 5))
    def its_last_day_passes(self, chance: int) -> None:
        """Rarely, otherwise little else would happen to a public posting."""
        if chance == 3:
            self._expire()

    def _expire(self) -> None:
        public = [one for one, state in self.states.items() if state == "published"]
        JobPosting.objects.filter(pk__in=public).update(valid_through=clock.today() - timedelta(days=1))
        actions.expire_due_postings()
        for one in public:
            self._moved(one, "expired")

    @invariant()
    def the_rows_are_where_the_model_is(self) -> None:
        rows = {row.id: row for row in JobPosting.objects.filter(agency=self.cast.agency)}
        del rows[self.cast.posting.id]
        assert {one: row.state for one, row in rows.items()} == self.states
        for row in rows.values():
            assert row.published_at or row.state not in ("published", "withdrawn", "expired")
            assert row.closed_at is None or row.state not in ("published", "draft")
            assert row.closed_at or row.state not in ("withdrawn", "expired", "banned")

    def every_former_version_is_a_path_through_the_model(self) -> None:
        """The database's own record of each change, by anybody."""
        for posting, state in self.states.items():
            former = [version.values["state"] for version in reversed(history.versions(JobPosting, posting))]
            path = [*former, state]
            for before, after in pairwise(path):
                assert before == after or after in MODEL[before], path


def test_the_table_is_the_model() -> None:
    edges = {(source, row.target) for row in POSTING.rows.values() for source in row.sources}
    assert edges == {(state, after) for state, targets in MODEL.items() for after in targets}


@pytest.mark.django_db
def test_no_illegal_transition_can_be_reached() -> None:
    cast = assemble()
    everybody = {name: getattr(cast, name) for name in ("zhou", "qian", "shen", "ma", "lin")}
    everybody["auditor"] = organisations.operator("auditor")
    everybody["support"] = replace(everybody["auditor"], role="support")
    taken: set[tuple[str, str]] = set()
    machine = type("PostingOfThisCast", (Posting,), {"cast": cast, "everybody": everybody, "taken": taken})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=36,
            stateful_step_count=12,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    edges = {(state, after) for state, targets in MODEL.items() for after in targets}
    assert len(taken) > len(edges) / 3, taken
