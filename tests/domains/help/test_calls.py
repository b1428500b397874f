"""A number answered at any hour: who is called back, how often they rang, who has taken the shift over."""

from datetime import timedelta

import pytest
from tests.flows.stage import Stage

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.rights import NotAllowed
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.help import calls
from wangge.domains.help.inputs import read_call
from wangge.domains.help.models import Call, CallTry, Watch
from wangge.domains.protocol.actions import close_response


def typed(**changes: str) -> dict[str, str]:
    said = {"uuid": str(uuid7()), "who": "张阿姨", "phone": "138 0000 0000", "what": "问药到了没有", "back": "30"}
    return said | changes


def missed(stage: Stage, phone: str = "13800000001", uuid: str = "") -> Call:
    read = read_call({"uuid": uuid or str(uuid7()), "phone": phone}, missed=True)
    return calls.note_missed(said=read, place=stage.tiny.places["town"], by=stage.tiny.by("zhiban"))


def test_a_call_says_what_it_is_about_and_until_when_they_are_called_back() -> None:
    assert read_call(typed()).back_minutes == 30
    for wrong, code in (
        ({"what": ""}, "call_what"), ({"back": "7"}, "call_back"), ({"phone": ""}, "call_phone_back"),
        ({"phone": "1"}, "call_phone"), ({"uuid": "x"}, "help_number"),
    ):  # fmt: skip
        with pytest.raises(Problems) as caught:
            read_call(typed(**wrong))
        assert [one.code for one in caught.value.problems] == [code]


def test_a_call_taken_down_is_open_until_they_are_called_back(stage: Stage) -> None:
    place, by = stage.tiny.places["town"], stage.tiny.by("zhiban")
    one = calls.log_call(said=read_call(typed()), place=place, by=by)
    assert one.back_by == clock.now() + timedelta(minutes=30)
    assert "张阿姨".encode() not in bytes(one.sealed)
    note = uuid7()
    for _time in range(2):
        calls.call_back(call=one, reached=False, by=by, uuid=note)
    assert CallTry.objects.within(EVERYTHING).count() == 1
    assert calls.open_calls(EVERYTHING).count() == 1
    calls.call_back(call=one, reached=True, by=by, uuid=uuid7())
    assert calls.open_calls(EVERYTHING).count() == 0
    with pytest.raises(Problem, match="call_done"):
        calls.call_back(call=one, reached=True, by=by, uuid=uuid7())


def test_who_needs_no_call_back_is_done_at_once(stage: Stage) -> None:
    said = read_call(typed(back="0", phone=""))
    one = calls.log_call(said=said, place=stage.tiny.places["town"], by=stage.tiny.by("zhiban"))
    assert one.done_at is not None
    assert calls.log_call(said=said, place=stage.tiny.places["town"], by=stage.tiny.by("zhiban")).pk == one.pk


def test_a_number_that_rings_again_is_one_to_be_called_back_with_its_first_hour(stage: Stage) -> None:
    first, uuid = missed(stage), str(uuid7())
    with clock.held(clock.now() + timedelta(minutes=10)):
        for _time in range(2):
            again = missed(stage, uuid=uuid)
        missed(stage, "13800000002")
    assert (again.pk, again.times, again.back_by) == (first.pk, 2, first.back_by)
    assert calls.open_calls(EVERYTHING).count() == 2
    calls.call_back(call=first, reached=True, by=stage.tiny.by("zhiban"), uuid=uuid7())
    assert missed(stage).pk != first.pk  # after they were called back it is a new call


def test_a_shift_is_taken_over_with_every_call_that_is_open(stage: Stage) -> None:
    missed(stage)
    post = stage.tiny.posts["zhiban"]
    with pytest.raises(Problem, match="watch_changed"):
        calls.take_watch(post=post, by=stage.tiny.by("zhiban"), count=0)
    first = calls.take_watch(post=post, by=stage.tiny.by("zhiban"), count=1)
    assert calls.take_watch(post=post, by=stage.tiny.by("zhiban"), count=7).pk == first.pk  # it is theirs already
    second = calls.take_watch(post=post, by=stage.tiny.by("qiaodong"), count=1)
    assert second.took_over == 1
    assert list(Watch.objects.filter(ended_at__isnull=True)) == [second]
    assert calls.name_of(calls.on_watch(post)) == stage.tiny.accounts["qiaodong"].name
    assert Event.objects.filter(kind="help.watch_taken").count() == 2


def test_nobody_elsewhere_and_nothing_outside_a_response(stage: Stage) -> None:
    one = missed(stage)
    with pytest.raises(NotAllowed):
        calls.call_back(call=one, reached=True, by=stage.tiny.by("dengqiao-shuji"), uuid=uuid7())
    with pytest.raises(NotAllowed):
        calls.log_call(said=read_call(typed()), place=stage.tiny.places["town"], by=stage.tiny.by("bingsi-1"))
    close_response(response=stage.tiny.response, by=SYSTEM)
    with pytest.raises(Problem, match="help_no_response"):
        missed(stage, "13800000009")
