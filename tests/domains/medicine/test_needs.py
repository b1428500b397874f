"""A need from the call to the patient's word: one thing, one deadline, one hand at a time; late goes up."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.domains.medicine.standing import BOUGHT, HANDED, Patient, picture

from wangge.base import clock
from wangge.base.access.by import SYSTEM, By
from wangge.base.access.rights import NotAllowed
from wangge.base.events.models import Event
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.duty.actions import end
from wangge.domains.medicine import queries
from wangge.domains.medicine.actions import moving, taking
from wangge.domains.medicine.actions.raising import raise_due
from wangge.domains.medicine.inputs import read_buy, read_hand, read_photo
from wangge.domains.medicine.models import Need, NeedStep
from wangge.domains.medicine.rules import Call, Move, State

HOUR = timedelta(hours=1)
NOBODY = By(account=None, post=None)


def refused(code: str, act: Any, **said: Any) -> None:
    with pytest.raises(Problem) as problem:
        act(**said)
    assert problem.value.code == code


def test_the_deadline_follows_from_what_is_left(patient: Patient) -> None:
    need = patient.takes()
    assert need.runs_out_at == clock.now() + 72 * HOUR
    assert need.due_at == clock.now() + 48 * HOUR
    assert need.until == clock.now() + 2 * HOUR
    assert (need.protocol, need.clause) == ("covid19-v8", "生活服务保障·用药")
    assert need.post == patient.tiny.posts["bingsi-1"]
    assert queries.said(need)["name"] == "硝苯地平缓释片"
    assert "硝苯".encode() not in bytes(need.sealed)


def test_the_same_need_twice_is_one_and_another_one_is_refused(patient: Patient) -> None:
    uuid = uuid7()
    assert patient.takes(uuid=uuid).pk == patient.takes(uuid=uuid).pk
    refused("need_already_open", patient.takes, name="硝苯地平 缓释片")
    assert patient.takes(name="二甲双胍片").state == State.TAKEN
    assert Need._base_manager.count() == 2


def test_what_cannot_be_taken_says_why(patient: Patient) -> None:
    with pytest.raises(NotAllowed):
        patient.takes(by=patient.by("dengqiao-1"))
    person = patient.person
    person.died_on = clock.today()
    person.save(update_fields=["died_on"])
    refused("need_of_the_dead", patient.takes)


def test_the_helpline_of_the_town_takes_it_too(patient: Patient) -> None:
    assert patient.takes(by=patient.by("zhiban")).source == "phone"


def test_the_whole_path_ends_with_the_patients_word(patient: Patient) -> None:
    need = patient.until(State.CLOSED)
    assert need.ended_at
    assert [step.state for step, _said in queries.steps(need)] == [
        "taken", "placed", "buying", "bought", "on_way", "delivered", "closed",
    ]  # fmt: skip
    said = [said for _step, said in queries.steps(need)]
    assert said[3] == {"price": 3650, "handed": 5000, "receipt": "A0017"}
    assert said[5]["count"] == "2盒"
    assert (need.price, need.handed, need.returned) == (3650, 5000, 1350)


def test_a_step_sent_twice_is_one(patient: Patient) -> None:
    need, uuid = patient.until(State.BUYING), uuid7()
    for _again in range(2):
        moving.buy(need=need, typed=read_buy(BOUGHT), by=patient.by(), uuid=uuid)
    assert NeedStep._base_manager.filter(need=need, move="buy").count() == 1


def test_who_brought_it_does_not_say_that_it_arrived(patient: Patient) -> None:
    need = patient.until(State.DELIVERED)
    refused("bringer_closes_nothing", moving.receive, need=need, by=patient.by())
    refused("bringer_closes_nothing", moving.confirm, need=need, why="敲门没人", by=patient.by())
    ended = moving.confirm(need=need, why="电话不通,敲门没人", by=patient.by("bingsi-shuji"))
    assert (ended.state, bool(ended.ended_at)) == (State.UNCONFIRMED, True)


def test_only_the_hand_that_has_it_buys_and_brings(patient: Patient) -> None:
    need = patient.until(State.BUYING)
    refused("not_in_your_hand", moving.buy, need=need, typed=read_buy(BOUGHT), by=patient.by("bingsi-shuji"))
    refused("move_not_now", moving.set_out, need=need, by=patient.by())
    with pytest.raises(NotAllowed):
        moving.place(need=need, where="市二院", venue=None, by=patient.by("dengqiao-1"))


def test_a_buyer_without_a_post_here_is_refused(patient: Patient) -> None:
    need = patient.until(State.PLACED)
    refused("buyer_without_post", moving.give, need=need, to=patient.tiny.accounts["dengqiao-1"], by=patient.by())
    holding = patient.tiny.posts["bingsi-kadian"].holdings.get()
    end(holding=holding, by=SYSTEM)
    refused("buyer_without_post", moving.give, need=need, to=patient.tiny.accounts["bingsi-kadian"], by=patient.by())


def test_a_volunteer_buys_and_sees_only_what_is_in_their_hand(patient: Patient) -> None:
    volunteer = patient.by("bingsi-kadian")
    need = patient.until(State.PLACED)
    with pytest.raises(Need.DoesNotExist):
        queries.need(volunteer, need.uuid)
    moving.give(need=need, to=patient.tiny.accounts["bingsi-kadian"], by=patient.by())
    assert queries.need(volunteer, need.uuid) == need
    assert list(queries.buying(volunteer.account)) == [need]
    moving.buy(need=need, typed=read_buy(BOUGHT), by=volunteer)
    moving.hand_over(need=need, typed=read_hand(HANDED), by=volunteer)
    assert list(queries.buying(volunteer.account)) == []


def test_not_in_stock_goes_to_the_next_and_wrong_is_bought_anew(patient: Patient) -> None:
    need = patient.until(State.BUYING)
    assert queries.where(need) == "康仁药店"
    need = moving.out_of_stock(need=need, by=patient.by())
    assert queries.where(need) == ""
    assert (need.state, need.venue, need.buyer) == (State.TAKEN, None, None)
    need = moving.wrong(need=patient.until(State.BOUGHT, need), why="买成了速释片", by=patient.by())
    assert (need.state, need.raised_to) == (State.BUYING, patient.tiny.posts["bingsi-zhibu-1"])


def test_another_medicine_on_a_doctors_word_is_kept_with_it(patient: Patient) -> None:
    need = patient.until(State.BUYING)
    patient.takes(name="二甲双胍片")
    doctor = "市二院 李医生"
    refused("need_already_open", moving.substitute, need=need, name="二甲双胍片", doctor=doctor, by=patient.by())
    need = moving.substitute(need=need, name="氨氯地平片", doctor=doctor, by=patient.by())
    assert (need.state, queries.said(need)["name"]) == (State.BUYING, "氨氯地平片")
    assert queries.steps(need)[-1][1] == {"before": "硝苯地平缓释片", "name": "氨氯地平片", "doctor": doctor}
    patient.takes()


def test_not_received_opens_it_again_and_goes_up(patient: Patient) -> None:
    need = patient.until(State.CLOSED)
    need = moving.not_received(need=need, by=NOBODY, own=True)
    assert (need.state, need.ended_at, need.delivered_at) == (State.NOT_RECEIVED, None, None)
    assert need.raised_to == patient.tiny.posts["bingsi-zhibu-1"]
    assert list(queries.buying(patient.by().account)) == [need]
    need = moving.hand_over(need=need, typed=read_hand(HANDED), by=patient.by())
    assert moving.receive(need=need, by=NOBODY, own=True, proxy=True).state == State.CLOSED


def test_opened_again_it_does_not_meet_a_newer_one(patient: Patient) -> None:
    old = patient.until(State.CLOSED)
    patient.takes()
    refused("need_already_open", moving.not_received, need=old, by=NOBODY, own=True)


@pytest.mark.parametrize(("move", "state"), [(Move.NOT_NEEDED, State.NOT_NEEDED), (Move.HOSPITAL, State.HOSPITAL)])
def test_it_ends_otherwise_too(patient: Patient, move: Move, state: State) -> None:
    need = moving.end(need=patient.takes(), move=move, why="住院了", by=patient.by())
    assert (need.state, need.until, bool(need.ended_at)) == (state, None, True)
    refused("move_not_now", moving.end, need=need, move=move, by=patient.by())
    refused("move_not_now", moving.end, need=need, move=Move.RECEIVE, by=patient.by("bingsi-shuji"))


def test_what_is_nearly_finished_goes_up_by_itself_once(patient: Patient) -> None:
    short, long = patient.takes(left="2", per_day="2"), patient.takes(name="二甲双胍片", left="60")
    for _again in range(2):
        raise_due(now=clock.now(), by=SYSTEM)
    short, long = patient.now(short), patient.now(long)
    assert (short.raised_to, long.raised_to) == (patient.tiny.posts["bingsi-zhibu-1"], None)
    told = [event.data for event in Event.objects.filter(kind="medicine.raised")]
    assert told == [{"needs": [str(short.uuid)], "why": "urgent"}]


def test_too_long_in_one_hand_goes_up_level_by_level(patient: Patient) -> None:
    need, start = patient.takes(left="60"), clock.now()
    levels = []
    for hours in (1, 2, 3, 4, 6, 8, 10, 12, 14):
        raise_due(now=start + hours * HOUR, by=SYSTEM)
        raised = patient.now(need).raised_to
        levels.append(raised.title if raised else "")
    first, second, third = "并四第一网格支部", "并四社区书记", "桥东街道"
    assert levels == ["", first, first, second, third, "迎泽区防控办", *["太原市疫情防控指挥部"] * 3]


def test_raising_takes_the_same_statements_for_many(patient: Patient) -> None:
    counts = []
    for number in (2, 12):
        for person in patient.tiny.people[:number]:
            patient.takes(person=person, by=SYSTEM, left="1", name=f"药{number}")
        with CaptureQueriesContext(connection) as asked:
            assert raise_due(now=clock.now(), by=SYSTEM) == number
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_prescription_is_sealed_and_goes_after_the_end(patient: Patient) -> None:
    need = patient.takes(name="", photo=True)
    for _one in range(taking.MOST_PHOTOS):
        taking.add_prescription(need=need, photo=read_photo(picture()), by=patient.by())
    refused("prescriptions_many", taking.add_prescription, need=need, photo=b"x", by=patient.by())
    photo = queries.photo(need, queries.photos(need)[0])
    assert b"JFIF" not in bytes(photo.sealed)
    moving.end(need=need, move=Move.NOT_NEEDED, by=patient.by())
    refused("need_is_over", taking.add_prescription, need=need, photo=b"x", by=patient.by())
    assert taking.drop_prescriptions(now=clock.now() + timedelta(days=2), by=SYSTEM) == 0
    assert taking.drop_prescriptions(now=clock.now() + timedelta(days=4), by=SYSTEM) == 4
    assert queries.photos(need) == []


def test_an_address_opens_one_need_and_a_new_one_ends_the_old(patient: Patient) -> None:
    need = patient.takes()
    first = taking.make_link(need=need, by=patient.by())
    assert queries.by_secret(first) == need
    second = taking.make_link(need=need, by=patient.by())
    assert (queries.by_secret(first), queries.by_secret(second), queries.by_secret("x")) == (None, need, None)
    with pytest.raises(NotAllowed):
        taking.make_link(need=need, by=patient.by("dengqiao-1"))


def test_a_call_is_noted_after_it_was_brought_and_a_nudge_once_an_hour(patient: Patient) -> None:
    need = patient.takes()
    refused("call_before_delivery", moving.note_call, need=need, how=Call.PHONE, by=patient.by())
    moving.nudge(need=need, by=NOBODY)
    refused("nudged_already", moving.nudge, need=need, by=NOBODY)
    need = patient.until(State.DELIVERED, need)
    assert moving.note_call(need=need, how=Call.WECHAT, by=patient.by()).called_how == "wechat"
    refused("need_is_over", moving.nudge, need=patient.until(State.CLOSED, need), by=NOBODY)
