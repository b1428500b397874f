"""The call list: whom, once each; a call says everything; what came of it."""

from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings
from tests.domains.messages.office import Office

from wangge.base import clock
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.messages import actions, handing, queries
from wangge.domains.messages.models import PhoneCall
from wangge.domains.messages.rules import Outcome, State

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_connected(settings: Settings) -> None:
    settings.WANGGE_GATEWAYS = {}


def listed(office: Office) -> list[int]:
    rows = queries.calls(office.tiny.by("bingsi-shuji").scope(Right.ANSWER_CALLS))
    return [one.person_id for one in rows]


def test_each_person_stands_there_once_with_lives_first(office: Office) -> None:
    for template in ("notice", "evacuate"):
        office.send(template)
    while handing.hand_out():
        pass
    found = listed(office)
    assert sorted(found) == sorted(person.pk for person in office.people())
    rows = queries.calls(office.tiny.by("bingsi-shuji").scope(Right.ANSWER_CALLS))
    assert {one.life_saving for one in rows} == {True}


def test_one_call_reaches_them_with_everything(office: Office) -> None:
    person = office.with_phone()
    first, second = office.send("notice"), office.send("evacuate")
    while handing.hand_out():
        pass
    uuid = uuid7()
    for _ in range(2):
        office.call(person, Outcome.REACHED, uuid)
    assert {row.state for row in office.rows(person=person)} == {State.REACHED}
    assert PhoneCall._base_manager.count() == 1
    assert person.pk not in listed(office)
    assert office.figures(first).reached == office.figures(second).reached >= 1
    with pytest.raises(Problem, match="told_settled"):
        office.call(person, Outcome.NO_ANSWER)


def test_who_does_not_answer_comes_again_later(office: Office) -> None:
    person = office.with_phone()
    office.send("notice")
    while handing.hand_out():
        pass
    office.call(person, Outcome.NO_ANSWER)
    assert person.pk not in listed(office)
    assert queries.later(office.tiny.by("bingsi-shuji").scope(Right.ANSWER_CALLS)) == 1
    with clock.held(clock.now() + timedelta(minutes=61)):
        assert person.pk in listed(office)
    assert office.row(person).unanswered == 1


def test_a_wrong_number_is_noted_and_somebody_goes_there(office: Office) -> None:
    person = office.with_phone()
    office.send("notice")
    while handing.hand_out():
        pass
    office.call(person, Outcome.WRONG_NUMBER)
    assert (office.row(person).wrong_number, office.row(person).state) == (True, State.CALLS)
    assert person.pk in listed(office)


def test_somebody_elsewhere_calls_nobody_here(office: Office) -> None:
    person = office.with_phone()
    office.send("notice")
    while handing.hand_out():
        pass
    with pytest.raises(NotAllowed):
        actions.note_call(
            message=office.row(person), outcome=Outcome.REACHED, by=office.tiny.by("dengqiao-1"), uuid=uuid7()
        )
    assert office.row(person).state == State.CALLS


def test_the_list_goes_with_the_response(office: Office) -> None:
    office.send("notice")
    while handing.hand_out():
        pass
    actions.close_of_response(response=office.tiny.response, by=office.tiny.by("zhihuibu"))
    assert listed(office) == []
