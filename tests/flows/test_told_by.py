"""How a home wants to be told: answered at its door, used for every message from then on, in its language."""

import pytest
from tests.domains.asking import bank
from tests.domains.messages.conftest import city, gateway, office
from tests.domains.messages.listening import Listener
from tests.domains.messages.office import Office

from wangge.base import clock, worker
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import uuid7
from wangge.domains.asking.actions import record_answers
from wangge.domains.asking.models import Form as Asked
from wangge.domains.asking.rules import Source
from wangge.domains.asking.shipped import shipped_questionnaires
from wangge.domains.messages import actions, handing, queries
from wangge.domains.messages.models import ContactChoice
from wangge.domains.messages.queries import said_of
from wangge.domains.messages.rules import Channel, DoorWay, State, door_way, to_the_door
from wangge.domains.messages.templates import Form
from wangge.domains.people.models import Person
from wangge.domains.people.queries import door_of, in_area

__all__ = ["city", "gateway", "office"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("told", "needs", "way"),
    [
        ("", (), DoorWay()), ("sms", (), DoorWay("sms")), ("wechat", (), DoorWay("sms")),
        ("voice", (), DoorWay("voice")), ("call", (), DoorWay("call")), ("neighbour", (), DoorWay("call")),
        ("person", (), DoorWay("call", no_call=True)),
        ("", ("text",), DoorWay("sms")), ("", ("voice",), DoorWay("voice")), ("", ("carry",), DoorWay()),
        ("", ("text", "voice"), DoorWay("call", no_call=True)),  # nothing reaches both: somebody comes
        ("call", ("text",), DoorWay("call")),  # their own word counts before what we would think of
    ],
)  # fmt: skip
def test_which_way_a_door_asks_for(told: str, needs: tuple[str, ...], way: DoorWay) -> None:
    assert door_way(told, frozenset(needs)) == way


def say(office: Office, person: Person, **values: str) -> None:
    """Answered at the door of this person."""
    bank.publish(next(one for one in shipped_questionnaires() if one.form_id == "door_knowledge"))
    record_answers(
        door=door_of(person.home), values=values, at=clock.now(), by=office.tiny.by("bingsi-1"), source=Source.VISIT,
        form=Asked.objects.get(form_id="door_knowledge"), instance=uuid7(), response=office.tiny.response,
    )  # fmt: skip
    worker.run_pending()


def choice(person: Person) -> ContactChoice:
    return ContactChoice.objects.within(EVERYTHING).get(person=person)


def test_everybody_of_the_home_is_told_so_and_in_that_language(office: Office, gateway: Listener) -> None:
    person = office.with_phone()
    say(office, person, told_by="sms", told_language="en")
    home = list(in_area(door_of(person.home)))
    assert {choice(one).language for one in home} == {"en"}
    office.send("notice")
    assert office.row(person).channel == Channel.SMS
    handing.hand_out()
    template = queries.template("notice", office.building)
    assert any(office.number(person) == each["to"] for each in gateway.taken.values())
    opening = template.text(Form.SMS, "en").split("{")[0]
    mine = [str(each["text"]) for each in gateway.taken.values() if each["to"] == office.number(person)]
    assert all(opening in text for text in mine), mine


def test_the_deaf_get_text_and_the_blind_a_voice(office: Office) -> None:
    person = office.with_phone()
    say(office, person, access_needs="text")
    office.send("notice")
    assert office.row(person).channel == Channel.SMS
    say(office, person, access_needs="voice carry")
    office.send("evacuate")
    assert office.row(person).channel == Channel.VOICE


def test_who_wants_somebody_to_come_is_on_the_call_list_as_a_door(office: Office) -> None:
    person = office.with_phone()
    say(office, person, told_by="person")
    office.send("notice")
    row = office.row(person)
    assert (row.state, row.why) == (State.CALLS, "chose_calls")  # notices too: it is not a refusal
    assert to_the_door(number=True, no_call=choice(person).no_call, unanswered=0, wrong_number=False)


def test_a_neighbour_is_called_and_told_for_whom(office: Office) -> None:
    person = office.with_phone()
    say(office, person, told_by="neighbour", told_whom="对门张姨", told_phone="138 0000 1234")
    office.send("notice")
    assert office.row(person).state == State.CALLS
    assert said_of(choice(person)) == {"phone": "13800001234", "whose": "对门张姨"}
    say(office, person, told_by="call")
    assert said_of(choice(person)) == {}, "the neighbour is out of it again"


def test_what_somebody_chose_for_themselves_stays(office: Office) -> None:
    person = office.with_phone()
    office.ways(person, chosen="voice")
    say(office, person, told_by="sms")
    assert choice(person).chosen == "voice"
    mate = next((one for one in in_area(door_of(person.home)) if one.pk != person.pk), None)
    if mate:
        assert choice(mate).chosen == "sms"


def test_stop_is_not_undone_by_a_later_answer_at_the_door(office: Office) -> None:
    person = office.with_phone()
    say(office, person, told_by="sms")
    office.send("notice")
    assert actions.confirm(number=office.number(person), text="退订") >= 1
    say(office, person, told_by="sms", told_language="en")
    assert choice(person).no_sms
    assert choice(person).chosen == ""


def test_taken_away_again_nothing_is_chosen(office: Office) -> None:
    person = office.with_phone()
    say(office, person, told_by="person")
    say(office, person, told_by="")
    assert (choice(person).chosen, choice(person).no_call) == ("", False)
