"""Random sequences of actions: the application's state always follows the transition table (bar S15)."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from jiuye.domains.applications import actions, queries
from jiuye.domains.applications.models import Application, ApplicationEvent, InterviewInvitation
from jiuye.domains.applications.states import APPLICATION, CLOSED, REMARKS
from jiuye.kernel import clock
from jiuye.kernel.errors import ProductError, Refused
from tests.factories import jobs
from tests.factories.applications import PATHS, SEEKERS, STEPS, apply, in_state, standing_invitation
from tests.factories.cast import Cast

PEOPLE = {"lin": "seeker", "zhou": "agency", "qian": "agency", "shen": "reader", "wu": "nobody", "ma": "nobody"}
# Differences between actions and verbs: inviting again is rescheduling, and opening a resume twice is reading.
INTERVIEWING = {"interview_invited", "interview_accepted", "interview_declined"}


def expected(step: str, state: str, party: str) -> str | None:
    """Return the state after the step by the table; None when it must be refused."""
    if step == "view" and party in ("agency", "reader"):
        return {"submitted": "viewed", "withdrawn": None}.get(state, state)
    verb = "reschedule" if step == "invite" and state in INTERVIEWING else step
    row = APPLICATION.rows[verb]
    return row.target if state in row.sources and party in row.by else None


class Applying(RuleBasedStateMachine):
    """The model holds each application's state; everybody tries every action."""

    applications = Bundle("applications")
    cast: Cast
    taken: set[str]

    def __init__(self) -> None:
        super().__init__()
        self.states: dict[UUID, str] = {}
        self.steps: dict[UUID, int] = {}
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    @initialize(target=applications, state=st.sampled_from(sorted(PATHS)))
    def begin_anywhere(self, state: str) -> UUID:
        application = in_state(self.cast, state)
        self.states[application], self.steps[application] = state, len(PATHS[state]) + 1
        return application

    @rule(target=applications)
    def apply_again(self) -> UUID:
        """Apply to the first posting again: refused while an application to it is open."""
        under_way = [one for one, state in self.states.items() if state not in CLOSED]
        if not under_way:
            return self._apply()
        with pytest.raises(Refused, match="已投递过"):
            apply(self.cast.lin, self.cast.posting)
        return under_way[0]

    def _apply(self) -> UUID:
        application = apply(self.cast.lin, self.cast.posting)
        self.states[application], self.steps[application] = "submitted", 1
        return application

    @rule(application=applications, step=st.sampled_from(sorted(STEPS)), person=st.sampled_from(sorted(PEOPLE)))
    def anybody_tries(self, application: UUID, step: str, person: str) -> None:
        self._try(application, step, person)

    @rule(application=applications, data=st.data())
    def it_goes_on(self, application: UUID, data: st.DataObject) -> None:
        """Do something that the table allows now, so that distant states are reached too."""
        parties = {step: "lin" if step in SEEKERS else "zhou" for step in STEPS}
        state = self.states[application]
        possible = [one for one in STEPS if expected(one, state, PEOPLE[parties[one]]) is not None]
        hopeful = [one for one in possible if one not in ("reject", "withdraw")] or possible
        if hopeful:
            step = data.draw(st.sampled_from(hopeful))
            self._try(application, step, parties[step])

    def _try(self, application: UUID, step: str, person: str) -> None:
        before = self.states[application]
        target = expected(step, before, PEOPLE[person])
        try:
            STEPS[step](getattr(self.cast, person), application)
        except ProductError:
            assert target is None, f"{person} was refused {step} from {before}"
            return
        assert target is not None, f"{person} did {step} from {before}"
        self.states[application] = target
        if step != "view" or before != target:
            self.steps[application] += 1

    @rule(application=applications, person=st.sampled_from(sorted(PEOPLE)))
    def anybody_asks_for_another_time(self, application: UUID, person: str) -> None:
        """A request within a state: it never moves the application, and only the invited person may make it."""
        try:
            actions.ask_for_another_time(
                getattr(self.cast, person),
                application_id=application,
                invitation_id=standing_invitation(application),
                reason="当天有事",
            )
        except ProductError:
            return
        assert PEOPLE[person] == "seeker"
        assert self.states[application] in REMARKS["ask_for_another_time"][1]

    @rule(silence=st.integers(0, 11))
    def sixty_days_pass(self, silence: int) -> None:
        """Rarely, otherwise no application would reach an interview."""
        if silence != 7:
            return
        moved = [one for one, state in self.states.items() if state in APPLICATION.rows["close_unanswered"].sources]
        with clock.frozen(clock.now() + timedelta(days=90)):
            assert actions.close_unanswered() == len(moved)
        for one in moved:
            self.states[one] = "rejected"
            self.steps[one] += 1

    @invariant()
    def the_rows_are_where_the_model_is(self) -> None:
        rows = Application.objects.filter(pk__in=self.states)
        assert {row.id: row.state for row in rows} == self.states
        assert {row.id: row.version for row in rows} == self.steps
        assert all((row.respond_by is None) == (row.state in CLOSED) for row in rows)

    @invariant()
    def the_timeline_is_an_unbroken_path_through_the_table(self) -> None:
        for application, state in self.states.items():
            at = ""
            for entry in ApplicationEvent.objects.filter(application_id=application).order_by("occurred_at", "id"):
                assert entry.from_state == at
                self.taken.add(entry.verb)
                if entry.verb in REMARKS:
                    assert (at, entry.party) == (entry.to_state, REMARKS[entry.verb][0])
                else:
                    row = APPLICATION.rows[entry.verb]
                    assert at in row.sources
                    assert (entry.to_state, {entry.party} <= row.by) == (row.target, True)
                at = entry.to_state
            assert at == state
            assert len(queries.my_application(self.cast.lin, application).timeline) >= self.steps[application]

    @invariant()
    def at_most_one_invitation_stands_and_none_after_the_end(self) -> None:
        for application, state in self.states.items():
            standing = InterviewInvitation.objects.filter(
                application_id=application, state__in=["pending", "accepted"], result=""
            )
            assert standing.count() <= (0 if state in CLOSED else 1)


@pytest.mark.django_db
def test_no_illegal_transition_can_be_reached(cast: Cast) -> None:
    cast.posting.valid_through = jobs.clock.today() + timedelta(days=150)
    cast.posting.save(update_fields=["valid_through"])
    machine = type("ApplyingWithThisCast", (Applying,), {"cast": cast, "taken": set()})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=40,
            stateful_step_count=12,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert len(machine.taken) > len(APPLICATION.rows) / 2  # type: ignore[attr-defined]
