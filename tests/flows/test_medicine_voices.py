"""One need with three voices: a request for help, a daily report and an answer about one medicine are one thing."""

from datetime import timedelta

import pytest
from tests.domains.medicine.standing import HANDED, Patient
from tests.domains.monitoring.home import Home
from tests.flows.stage import Stage
from tests.flows.test_help_asked import again, ask, items

from wangge.base import clock
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.ids import uuid7
from wangge.base.worker import run_pending
from wangge.domains.help import actions as help_
from wangge.domains.help.models import HelpRequest
from wangge.domains.help.rules import Act
from wangge.domains.help.rules import State as Asked
from wangge.domains.medicine import queries
from wangge.domains.medicine.actions import moving
from wangge.domains.medicine.actions.voices import hear
from wangge.domains.medicine.inputs import read_hand
from wangge.domains.medicine.models import Need, NeedVoice
from wangge.domains.medicine.rules import Move, Source, State
from wangge.domains.work.models import TaskItem
from wangge.web.resident.ask import NOBODY


@pytest.fixture
def patient(stage: Stage) -> Patient:
    return Patient(stage.tiny)


def voices() -> list[str]:
    return sorted(NeedVoice.objects.within(EVERYTHING).values_list("source", flat=True))


def visits() -> list[tuple[str, str]]:
    found = TaskItem.objects.within(EVERYTHING).filter(kind__in=("help_medicine", "asked_medicine"))
    return sorted(found.values_list("kind", "state"))


def test_a_request_at_a_door_with_an_open_need_joins_it_and_nobody_goes_twice(stage: Stage, patient: Patient) -> None:
    need = patient.takes()
    run_pending()
    one = ask(stage)
    assert (one.item, voices(), items(patient.tiny.homes[0])) == (need.uuid, ["help"], [])
    with clock.held(one.due_at + timedelta(minutes=1)):
        patient_late = again(one)
        run_pending()
    assert patient_late.raised_to is None, "it is late once, with its need"


def test_a_need_taken_after_the_request_takes_the_visit_back(stage: Stage, patient: Patient) -> None:
    one = ask(stage)
    assert items(patient.tiny.homes[0]) == ["asked_medicine"]
    need = patient.takes()
    run_pending()
    assert (again(one).item, visits()) == (need.uuid, [("asked_medicine", "withdrawn")])
    assert again(one).state == Asked.OPEN


def test_somebody_else_asked_and_the_need_is_the_persons_own_word(stage: Stage, patient: Patient) -> None:
    one = ask(stage, whom="other")
    assert one.state == Asked.ASKING
    need = patient.takes()
    run_pending()
    assert (again(one).state, again(one).item) == (Asked.OPEN, need.uuid)


def joined(stage: Stage, patient: Patient) -> tuple[Need, HelpRequest]:
    need = patient.takes()
    run_pending()
    return need, ask(stage)


def test_closing_the_need_closes_all(stage: Stage, patient: Patient) -> None:
    need, one = joined(stage, patient)
    patient.until(State.DELIVERED, need)
    run_pending()
    assert again(one).state == Asked.DONE
    moving.receive(need=need, by=NOBODY, own=True)
    run_pending()
    assert again(one).state == Asked.RECEIVED
    moving.not_received(need=need, by=NOBODY, own=True)
    run_pending()
    assert again(one).state == Asked.OPEN
    assert visits() == [], "it is with whoever brought it, and nobody else goes"


@pytest.mark.parametrize(
    ("state", "asked"), [(State.UNCONFIRMED, Asked.UNCONFIRMED), (State.HOSPITAL, Asked.WITHDRAWN)]
)
def test_every_end_of_the_need_is_said_with_the_request(
    stage: Stage, patient: Patient, state: State, asked: Asked
) -> None:
    need, one = joined(stage, patient)
    if state is State.UNCONFIRMED:
        patient.until(State.DELIVERED, need)
        moving.confirm(need=need, why="敲门无人，袋子还在", by=patient.by("bingsi-shuji"))
    else:
        moving.end(need=need, move=Move.HOSPITAL, by=patient.by())
    run_pending()
    assert again(one).state == asked


def test_received_said_with_the_request_closes_the_need(stage: Stage, patient: Patient) -> None:
    need, one = joined(stage, patient)
    patient.until(State.DELIVERED, need)
    run_pending()
    help_.say_by_link(request=again(one), act=Act.RECEIVE, by=NOBODY)
    run_pending()
    assert patient.now(need).state == State.CLOSED
    help_.say_by_link(request=again(one), act=Act.NOT_HELPED, by=NOBODY)
    run_pending()
    assert patient.now(need).state == State.NOT_RECEIVED


def test_received_before_anything_was_brought_closes_no_need(stage: Stage, patient: Patient) -> None:
    """Whoever has the link of a request may not be the patient: a need that was not brought stays open."""
    need, one = joined(stage, patient)
    help_.say_by_link(request=one, act=Act.RECEIVE, by=NOBODY)
    run_pending()
    assert patient.now(need).state == State.TAKEN


def test_of_two_needs_at_a_door_nobody_guesses(stage: Stage, patient: Patient) -> None:
    patient.takes()
    patient.takes(person=patient.tiny.family[0], name="二甲双胍片")
    run_pending()
    ask(stage)
    assert (voices(), items(patient.tiny.homes[0])) == ([], ["asked_medicine"])


def test_a_report_of_fewer_days_is_a_voice_that_makes_it_sooner(stage: Stage, patient: Patient) -> None:
    home = Home(stage.tiny)
    (watch,) = home.begin(patient.person)
    need = patient.takes(left="60", per_day="2")
    before = need.due_at
    home.reports(watch, medicine_days="2")
    run_pending()
    after = patient.now(need)
    assert (voices(), [kind for kind, _state in visits()]) == (["report"], [])
    assert (after.due_at < before, queries.left_now(after)) == (True, 2)
    assert Event.objects.get(kind="medicine.heard").data == {"source": "report", "sooner": True}


def test_a_later_word_never_puts_it_off_and_is_heard_once(patient: Patient) -> None:
    need, origin = patient.takes(left="4", per_day="2"), uuid7()
    for _time in range(2):
        hear(need=need, source=Source.REPORT, origin=origin, by=NOBODY, days=9)
    assert (patient.now(need).due_at, voices()) == (need.due_at, ["report"])
    patient.until(State.CLOSED, need)
    hear(need=need, source=Source.HELP, origin=uuid7(), by=NOBODY, days=0)
    assert voices() == ["report"], "what is over is not spoken of any more"


def test_what_is_brought_in_a_hand_over_is_one_visit_less(stage: Stage, patient: Patient) -> None:
    home = Home(stage.tiny)
    (watch,) = home.begin(patient.person)
    home.reports(watch, medicine_days="1")
    run_pending()
    assert visits() == [("help_medicine", "open")]
    need = patient.takes()
    run_pending()
    assert visits() == [("help_medicine", "done")]
    patient.until(State.ON_WAY, need)
    moving.hand_over(need=need, typed=read_hand(HANDED), by=patient.by())
    run_pending()
    home.reports(watch, medicine_days="1")
    run_pending()
    assert visits() == [("help_medicine", "done")], "it is at the door already"
