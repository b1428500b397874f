"""Red and yellow codes that come back are met, wait sheltered, and are handed on with what stands about them."""

from datetime import timedelta

import pytest
from tests.domains.isolation.home import ordered, proposed
from tests.domains.reception.home import GATE, SECRETARY, WORKER, comes, compound, ends, met, now_of, spot
from tests.flows.stage import Stage

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM
from wangge.base.access.rights import NotAllowed
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.base.worker import ring_alarms
from wangge.domains.checkpoints import actions as gates
from wangge.domains.checkpoints.inputs import ShiftInput
from wangge.domains.checkpoints.rules import Kind as Gate
from wangge.domains.protocol.actions import close_response
from wangge.domains.reception import actions, queries
from wangge.domains.reception.inputs import read_reception
from wangge.domains.reception.models import Reception
from wangge.domains.reception.rules import Ordered
from wangge.flows import receptions


def code_of(caught: pytest.ExceptionInfo[Problem]) -> str:
    return caught.value.code


def facts(kind: str) -> int:
    return Event.objects.filter(kind=kind).count()


def test_at_the_gate_it_says_who_meets_them_where_they_wait_and_which_way(stage: Stage) -> None:
    tent = spot(stage)
    uuid = uuid7()
    one = comes(stage, uuid=uuid, people="2")
    assert comes(stage, uuid=uuid) == one, "sent twice it is one"
    assert (one.state, one.spot, one.arrived_at, one.people) == ("waiting", tent, clock.now(), 2)
    assert one.meets, "somebody's it is from the first minute"
    assert queries.answering_for([one.meets])[one.meets.pk], "and somebody answers for that post now"
    assert (one.protocol, bool(one.clause)) == ("covid19-v8", True)
    assert facts("reception.announced") == 1


def test_whoever_stands_at_the_gate_meets_them(stage: Stage) -> None:
    post = stage.tiny.posts[GATE]
    point = gates.open_checkpoint(
        place=compound(stage), kind=Gate.GATE, name="东门", post=post, by=stage.tiny.by(SECRETARY)
    )
    gates.begin_shift(typed=ShiftInput(uuid7(), point.uuid, True, None), at=clock.now(), by=stage.tiny.by(GATE))
    assert comes(stage, by=GATE).meets == post


def test_announced_by_a_call_the_wait_counts_from_when_they_are_there(stage: Stage) -> None:
    one = comes(stage, how="phone", by=SECRETARY)
    assert (one.state, one.arrived_at) == ("expected", None)
    with clock.held(clock.now() + timedelta(hours=3)):
        ring_alarms()
        assert now_of(one).levels == 0, "nobody waits who has not come"
        actions.arrive(reception=one, by=stage.tiny.by(WORKER))
        assert now_of(actions.arrive(reception=one, by=stage.tiny.by(WORKER))).arrived_at == clock.now()
    assert facts("reception.arrived") == 1
    other = comes(stage, how="phone")
    assert ends(stage, other, "not_come").ended_how == "not_come"


def test_with_an_order_spent_at_home_they_are_brought_to_the_five_and_seen_the_same_day(stage: Stage) -> None:
    person = stage.tiny.family[1]
    order = ordered(stage, person)
    worker.run_pending()
    one = met(stage, comes(stage), person)
    with pytest.raises(Problem) as caught:
        ends(stage, one, "let_in")
    assert code_of(caught) == "reception_does_not_fit"
    done = ends(stage, one, "home")
    assert ends(stage, one, "home") == done
    assert (done.order, done.ended_how) == (order.uuid, "home")
    worker.run_pending()
    assert "settle_in" in stage.items(person)
    assert facts("reception.ended") == 1


def test_with_an_order_spent_elsewhere_they_are_handed_to_who_takes_them(stage: Stage) -> None:
    person = stage.tiny.family[1]
    order = ordered(stage, person, role="close_contact")
    assert receptions.ordered(person, order.response) == (Ordered.AWAY, order.uuid)
    one = met(stage, comes(stage), person)
    assert ends(stage, one, "transfer").order == order.uuid
    worker.run_pending()
    assert "settle_in" not in stage.items(person)


def test_without_an_order_nobody_is_bound_and_nobody_stays_at_the_gate(stage: Stage) -> None:
    person = stage.tiny.family[1]
    waits = proposed(stage, person)
    one = met(stage, comes(stage), person)
    with pytest.raises(Problem):
        ends(stage, one, "home")
    done = ends(stage, one, "until_decided")
    assert done.order is None, "what only waits for the authority hands nobody over"
    worker.run_pending()
    assert "settle_in" in stage.items(person)
    waits.refresh_from_db()
    assert waits.state == "proposed", "a reception decides about no order"
    yellow = met(stage, comes(stage, shown="yellow"))
    assert ends(stage, yellow, "let_in").ended_how == "let_in"


def test_a_child_alone_is_taken_over_by_a_grown_up_whose_name_is_sealed(stage: Stage) -> None:
    one = met(stage, comes(stage, shown="told", care=("child_alone",)))
    with pytest.raises(Problem) as caught:
        ends(stage, one, "let_in")
    assert code_of(caught) == "reception_child_alone"
    done = ends(stage, one, "let_in", taken_by="外婆刘某")
    assert queries.said(done)["taken_by"] == "外婆刘某"
    assert "外婆".encode() not in bytes(done.sealed)
    ill = met(stage, comes(stage, care=("child_alone", "ill")))
    assert ends(stage, ill, "help").ended_how == "help", "help waits for no name"


def test_a_wait_over_its_minutes_goes_up_and_up_again_and_for_the_frail_sooner(stage: Stage) -> None:
    fit, frail = comes(stage), comes(stage, care=("pregnant",))
    limits = queries.ground_of(fit.response)
    assert limits
    start, short, long = clock.now(), limits.limits.frail, limits.limits.wait
    assert short < long
    with clock.held(start + timedelta(minutes=short)):
        ring_alarms()
        ring_alarms()
        assert (now_of(frail).levels, now_of(fit).levels) == (1, 0)
        first = now_of(frail).raised_to
    with clock.held(start + timedelta(minutes=2 * short)):
        ring_alarms()
        assert now_of(frail).levels == 2
        assert now_of(frail).raised_to != first, "a level further up"
    assert facts("reception.waits_long") == 2
    with clock.held(start + timedelta(minutes=long)):
        met(stage, fit)
        ring_alarms()
        assert now_of(fit).levels == 1, "also with somebody beside them: they still wait"
        ends(stage, fit, "elsewhere")
    with clock.held(start + timedelta(minutes=5 * long)):
        ring_alarms()
        assert now_of(fit).levels == 1


def test_with_the_response_whoever_waits_goes_home(stage: Stage) -> None:
    one = comes(stage)
    close_response(response=stage.tiny.response, by=stage.tiny.by("zhihuibu"))
    worker.run_pending()
    assert (now_of(one).state, now_of(one).ended_how) == ("ended", "closed")
    with pytest.raises(Problem) as caught:
        comes(stage)
    assert code_of(caught) == "reception_no_response"


def test_who_may_what(stage: Stage) -> None:
    one = comes(stage, by=GATE)
    assert met(stage, one, by=GATE).met_post == stage.tiny.posts[GATE].uuid
    with pytest.raises(NotAllowed):
        actions.name_person(reception=one, person=stage.tiny.family[0], by=stage.tiny.by(GATE))
    for username in ("dengqiao-1", "qingxu-zhengling", "jiance"):
        with pytest.raises(NotAllowed):
            actions.meet(reception=comes(stage), by=stage.tiny.by(username))
    with pytest.raises(NotAllowed):
        spot(stage, by=WORKER)
    assert list(queries.open_at(stage.tiny.by("dengqiao-1").scope("work_doors"))) == []  # type: ignore[arg-type]


def test_a_place_for_waiting_is_set_up_once_sheltered_ones_first_and_closed(stage: Stage) -> None:
    open_air = spot(stage, name="门口空地", sheltered="", warm="")
    assert comes(stage).spot == open_air
    tent = spot(stage)
    assert comes(stage).spot == tent
    with pytest.raises(Problem) as caught:
        spot(stage)
    assert code_of(caught) == "spot_known"
    actions.close_spot(spot=tent, by=stage.tiny.by(SECRETARY))
    assert comes(stage).spot == open_air


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ({}, {"reception_how_missing", "reception_shown_missing", "reception_place_missing"}),
        ({"how": "gate", "shown": "red", "place": str(uuid7()), "people": "0"}, {"reception_people_wrong"}),
        ({"how": "phone", "shown": "red", "place": str(uuid7())}, {"reception_hour_missing"}),
        (
            {"how": "phone", "shown": "red", "place": str(uuid7()), "expected_at": "2020-01-01T10:00"},
            {"reception_hour_wrong"},
        ),
    ],
)
def test_what_is_missing_is_said_at_its_field(typed: dict[str, str], codes: set[str]) -> None:
    with pytest.raises(Problems) as caught:
        read_reception({"uuid": str(uuid7())} | typed, ())
    assert {one.code for one in caught.value.problems} == codes


def test_names_lie_sealed(stage: Stage) -> None:
    one = comes(stage, name="王小明", phone="13800000000")
    stored = Reception.objects.within(EVERYTHING).get(pk=one.pk)
    assert "王小明".encode() not in bytes(stored.sealed)
    assert queries.said(stored) == {"name": "王小明", "phone": "13800000000"}
    assert SYSTEM.system
