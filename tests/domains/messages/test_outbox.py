"""Messages are handed to a real HTTP server: signed, once each, and what goes wrong falls to the call list."""

import threading
from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings
from tests.domains.messages.listening import Listener
from tests.domains.messages.office import Office

from wangge.base import clock
from wangge.base.events.models import Event
from wangge.domains.messages import handing
from wangge.domains.messages.actions import confirm, note_report, sweep
from wangge.domains.messages.models import ChannelSign
from wangge.domains.messages.rules import PER_HOUR, State

pytestmark = pytest.mark.django_db


def emptied() -> int:
    done = 0
    while number := handing.hand_out():
        done += number
    return done


def test_each_phone_gets_one_text_with_who_sends_whom_to_call_and_where_to_complain(
    office: Office, gateway: Listener
) -> None:
    one = office.send()
    assert emptied() == office.texted(one)
    assert office.figures(one).sent == office.texted(one)
    phones = {row.via_id for row in office.rows() if row.via_id}
    assert len(gateway.taken) == len(phones)
    text = next(iter(gateway.texts))
    assert "明天做核酸" in text
    assert "12345" in text
    assert text.startswith(("【演练】", "（")), "a drill says so"
    assert "{" not in text


def test_a_text_for_somebody_elses_phone_says_for_whom(office: Office, gateway: Listener) -> None:
    person = office.without_phone()
    office.send()
    emptied()
    row = office.row(person)
    text = gateway.taken[str(row.parcel)]["text"]
    assert person.name in text
    assert text.count("明天做核酸") == 1, "one text for one phone"


def test_a_child_whose_phone_grandmother_named_is_told_for_whom(office: Office, gateway: Listener) -> None:
    person = office.with_phone()
    office.ways(person, phone="13900001111", whose="女儿", language="zh-Hant")
    office.send()
    emptied()
    said = gateway.taken[str(office.row(person).parcel)]
    assert said["to"] == "13900001111"
    assert f"（給{person.name}）" in said["text"]


def test_language_and_script_follow_the_person(office: Office, gateway: Listener) -> None:
    person = office.with_phone()
    office.ways(person, language="en", chosen="voice")
    office.send("evacuate")
    emptied()
    said = gateway.taken[str(office.row(person).parcel)]
    assert said["kind"] == "voice"
    assert said["text"].startswith("[DRILL]")
    assert "Urgent!" in said["text"]


def test_a_wrong_signature_is_a_gateway_that_is_down_and_says_nothing_of_people(
    office: Office, gateway: Listener, settings: Settings
) -> None:
    settings.WANGGE_GATEWAYS["sms"]["secret"] = "another"
    one = office.send()
    emptied()
    assert gateway.taken == {}
    assert office.figures(one).waiting == office.texted(one)
    assert {row.why for row in office.rows() if row.via_id} == {"unavailable"}


def test_after_500_it_goes_out_again_under_the_same_id(office: Office, gateway: Listener) -> None:
    one = office.send()
    gateway.always = 500
    emptied()
    before = {row.parcel for row in office.rows(dispatch=one) if row.via_id}
    gateway.always = 200
    with clock.held(clock.now() + timedelta(minutes=3)):
        emptied()
        assert office.figures(one).sent == office.texted(one)
    assert {row.parcel for row in office.rows(dispatch=one) if row.via_id} == before
    assert set(gateway.taken) == {str(parcel) for parcel in before}


def test_a_gateway_too_slow_to_answer_has_each_message_once(
    office: Office, gateway: Listener, settings: Settings
) -> None:
    one = office.send()
    gateway.slow, settings.WANGGE_GATEWAY_SECONDS = 1.5, 0.3
    emptied()
    assert office.figures(one).waiting == office.texted(one), "nobody knows whether it was taken"
    gateway.slow, settings.WANGGE_GATEWAY_SECONDS = 0.0, 30.0
    with clock.held(clock.now() + timedelta(minutes=3)):
        emptied()
    assert office.figures(one).sent == office.texted(one)
    assert len(gateway.taken) == len({row.via_id for row in office.rows() if row.via_id})


def test_an_answer_that_it_has_this_id_already_counts_as_taken(office: Office, gateway: Listener) -> None:
    one = office.send()
    gateway.always = 409
    emptied()
    assert office.figures(one).sent == office.texted(one)


def test_no_such_number_twice_and_a_person_calls(office: Office, gateway: Listener) -> None:
    one = office.send()
    gateway.always = 404
    emptied()
    assert office.figures(one).waiting == office.texted(one)
    first = {row.parcel for row in office.rows() if row.via_id}
    with clock.held(clock.now() + timedelta(minutes=6)):
        emptied()
    assert office.figures(one).failed == office.texted(one)
    assert {row.why for row in office.rows() if row.via_id} == {"refused"}
    assert first == {None}, "the second try is a message the gateway has not seen"


def test_without_a_gateway_everybody_is_on_the_call_list_at_once(office: Office, settings: Settings) -> None:
    settings.WANGGE_GATEWAYS = {}
    one = office.send()
    emptied()
    assert office.figures(one).no_way == office.figures(one).expected
    assert not ChannelSign.objects.exists(), "nothing is down that was never there"


def test_a_gateway_that_is_down_is_asked_rarely_and_known_to_be(office: Office, gateway: Listener) -> None:
    one = office.send()
    gateway.always = 503
    emptied()
    assert ChannelSign.objects.get(name="sms").failures >= 3
    assert Event.objects.filter(kind="messages.channel_down").count() == 1
    with clock.held(clock.now() + timedelta(minutes=40)):
        assert sweep(by=office.tiny.by("zhihuibu")) == office.texted(one)
        assert office.figures(one).failed == office.texted(one)
        office.send("evacuate")
        gateway.always = 200
        emptied()
        assert ChannelSign.objects.get(name="sms").failures == 0
    assert Event.objects.filter(kind="messages.channel_up").count() == 1


def test_a_worker_that_died_in_between_loses_nothing(office: Office, gateway: Listener) -> None:
    from wangge.domains.messages.actions import claim

    one = office.send()
    claimed = claim(100)
    assert claimed
    assert handing.hand_out() == 0, "somebody has them"
    with clock.held(clock.now() + timedelta(minutes=4)):
        emptied()
    assert office.figures(one).sent == office.texted(one)
    assert set(gateway.taken) == {str(row.parcel) for row in claimed}


def test_reports_of_delivery_change_each_message_once(office: Office, gateway: Listener) -> None:
    office.send()
    emptied()
    first, second = list(dict.fromkeys(row.parcel for row in office.rows()))[:2]
    assert first is not None
    assert second is not None
    number = len(office.rows(parcel=first))
    assert note_report(parcel=first, delivered=True) == number
    assert {row.state for row in office.rows(parcel=first)} == {State.DELIVERED}
    assert note_report(parcel=first, delivered=False) == 0, "the phone has it"
    assert note_report(parcel=second, delivered=False) > 0
    assert note_report(parcel=second, delivered=False) == 0, "said twice it counts once"


def test_a_fifth_text_within_the_hour_waits_and_goes_out_with_the_others_as_one(
    office: Office, gateway: Listener
) -> None:
    person = office.with_phone()
    for _ in range(PER_HOUR):
        office.send()
        emptied()
    sent = len(gateway.taken)
    office.send()
    office.send("notice")
    assert emptied() == 0
    assert len(gateway.taken) == sent
    with clock.held(clock.now() + timedelta(minutes=61)):
        emptied()
    last = gateway.taken[str(office.row(person).parcel)]["text"]
    assert len(office.rows(parcel=office.row(person).parcel, person=person)) == 2
    assert last.count("明天做核酸") == 1, "the same words once"


def test_lives_do_not_wait_for_the_hour(office: Office, gateway: Listener) -> None:
    for _ in range(PER_HOUR):
        office.send()
        emptied()
    urgent = office.send("evacuate")
    emptied()
    assert office.figures(urgent).sent == office.texted(urgent)


def test_who_answers_is_reached_with_everybody_of_the_home_it_was_for(office: Office, gateway: Listener) -> None:
    person = office.without_phone()
    one = office.send("evacuate")
    emptied()
    holder = office.row(person).via
    assert holder is not None
    assert confirm(number=office.number(holder), text="谢谢") == 0
    reached = confirm(number=office.number(holder), text=" 1 ")
    assert reached == office.figures(one).reached >= 2
    assert office.row(person).state == State.REACHED
    assert confirm(number=office.number(holder), text="1") == 0


def test_who_answers_stop_gets_no_more_texts(office: Office, gateway: Listener) -> None:
    person = office.with_phone()
    office.send()
    emptied()
    assert confirm(number=office.number(person), text="TD") >= 1
    office.send("notice")
    assert office.row(person).state == State.STOPPED


def test_who_does_not_answer_in_the_templates_time_is_called(office: Office, gateway: Listener) -> None:
    one = office.send("evacuate")
    emptied()
    with clock.held(clock.now() + timedelta(minutes=9)):
        assert sweep(by=office.tiny.by("zhihuibu")) == 0
    with clock.held(clock.now() + timedelta(minutes=11)):
        sweep(by=office.tiny.by("zhihuibu"))
    assert office.figures(one).failed == office.texted(one)
    assert {row.why for row in office.rows() if row.via_id} == {"unconfirmed"}


def test_no_number_stands_in_the_log(office: Office, gateway: Listener, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    person = office.with_phone()
    office.send()
    gateway.always = 404
    emptied()
    assert office.number(person) not in caplog.text
    assert threading.active_count() < 60
