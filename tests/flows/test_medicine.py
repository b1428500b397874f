"""What follows around medicine: one thing and not two, cards of whoever is ill, what ends with a life or a Response."""

from datetime import timedelta

import pytest
from tests.domains.asking import bank
from tests.domains.asking.test_answers import answer
from tests.domains.medicine.standing import Patient
from tests.flows.stage import POSITIVE, SCREEN, Stage

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM
from wangge.base.worker import run_pending
from wangge.domains.asking.shipped import shipped_questionnaires
from wangge.domains.duty.actions import end
from wangge.domains.medicine import queries
from wangge.domains.medicine.rules import State
from wangge.domains.people.actions import record_death
from wangge.domains.people.queries import details
from wangge.domains.protocol.actions import close_response
from wangge.domains.work.models import TaskItem


@pytest.fixture
def patient(stage: Stage) -> Patient:
    return Patient(stage.tiny)


def visits() -> list[str]:
    return list(TaskItem._base_manager.filter(kind="help_medicine").values_list("state", flat=True))


def says(patient: Patient, value: str) -> None:
    more = {"medicine_name": "降压药"} if value == "out" else {}
    answer(patient.tiny.homes[0], has_supplies="yes", medicine=value, **more)
    run_pending()


def test_out_of_medicine_at_the_door_becomes_one_thing(patient: Patient) -> None:
    bank.publish(next(one for one in shipped_questionnaires() if one.form_id == "basic_supplies"))
    says(patient, "out")
    assert visits() == ["open"]
    need = patient.takes()
    run_pending()
    assert visits() == ["done"]
    says(patient, "enough")
    says(patient, "out")
    assert visits() == ["done"], "the need is open: nobody is sent a second time"
    assert patient.now(need).state == State.TAKEN


def test_under_two_days_goes_up_without_anybodys_tap(patient: Patient) -> None:
    need = patient.takes(left="1", per_day="1")
    run_pending()
    assert patient.now(need).raised_to == patient.tiny.posts["bingsi-zhibu-1"]
    later = patient.takes(name="二甲双胍片", left="6", per_day="2")
    run_pending()
    assert patient.now(later).raised_to is None
    with clock.held(clock.now() + timedelta(hours=25)):
        worker.ring_alarms()
    assert patient.now(later).urgent_at is not None


def as_duty_phone(patient: Patient, username: str) -> None:
    """The account's telephone is that of the second person of the first home: they are on duty themselves."""
    person, account = patient.tiny.family[1], patient.tiny.accounts[username]
    assert details(person)["phone"]
    account.phone_index = person.phone_index
    account.save(update_fields=["phone_index"])


def test_a_holder_whose_screen_is_positive_gives_no_card_any_more(stage: Stage, patient: Patient) -> None:
    card = patient.hands(username="bingsi-shuji")
    as_duty_phone(patient, "bingsi-shuji")
    stage.result(patient.tiny.family[1], SCREEN, POSITIVE)
    run_pending()
    card.refresh_from_db()
    assert card.away_why == "order"


def test_whoever_leaves_their_post_leaves_cards_and_what_they_were_buying(patient: Patient) -> None:
    card, need = patient.hands(), patient.until(State.BUYING)
    end(holding=patient.tiny.posts["bingsi-1"].holdings.get(), by=SYSTEM)
    run_pending()
    card.refresh_from_db()
    need = patient.now(need)
    assert card.away_why == "left"
    assert (need.state, need.buyer, bool(need.raised_at)) == (State.PLACED, None, True)


def test_nothing_is_brought_to_the_dead(patient: Patient) -> None:
    need = patient.until(State.BOUGHT)
    record_death(person=patient.person, day=clock.today(), by=SYSTEM)
    run_pending()
    assert patient.now(need).state == State.DIED


def test_needs_end_with_their_response_and_their_address_opens_nothing(patient: Patient) -> None:
    from wangge.domains.medicine.actions.taking import make_link

    need = patient.takes()
    secret = make_link(need=need, by=patient.by())
    close_response(response=patient.tiny.response, by=patient.by("zhihuibu"))
    run_pending()
    assert (patient.now(need).state, queries.by_secret(secret)) == (State.ENDED, None)
