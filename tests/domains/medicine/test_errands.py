"""Deliveries become rounds: in time, as much as somebody carries; what nobody can bring is said."""

import itertools
from datetime import timedelta

import pytest
from bench.errands import SEEDS, instance
from tests.domains.medicine.standing import Patient

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.base.problems import Problem
from wangge.domains.medicine import queries
from wangge.domains.medicine.actions import moving
from wangge.domains.medicine.actions.rounds import give_rounds
from wangge.domains.medicine.errands import MISSED, Carrier, Plan, Stop, apart, plan
from wangge.domains.medicine.models import Need
from wangge.domains.medicine.rules import State
from wangge.domains.places.rules import segment

HOME = "".join(segment(number) for number in (1, 1, 1, 1))


def path(*numbers: int) -> str:
    return HOME + "".join(segment(number) for number in numbers)


def test_the_way_grows_with_what_lies_between_and_is_the_same_both_ways() -> None:
    doors = [path(1, 1, 1, 1), path(1, 1, 1, 2), path(1, 1, 2, 1), path(1, 2, 1, 1), path(2, 1, 1, 1)]
    ways = [apart(doors[0], other) for other in doors]
    assert ways == sorted(ways)
    assert ways[0] == 0
    assert all(apart(one, other) == apart(other, one) for one, other in itertools.product(doors, doors))
    assert apart(path(1, 1, 1, 1), path(1, 9, 1, 1)) > apart(path(1, 1, 1, 1), path(1, 2, 1, 1))


def everything(made: Plan, stops: tuple[Stop, ...]) -> bool:
    """Each delivery is in one round or among those left over."""
    brought = [each.stop.key for each_round in made.rounds.values() for each in each_round]
    return sorted([*brought, *(stop.key for stop in made.left_over)]) == sorted(stop.key for stop in stops)


@pytest.mark.parametrize("seed", SEEDS)
def test_rounds_keep_deadlines_weights_and_shifts(seed: int) -> None:
    drawn = instance(seed, deliveries=60, volunteers=4)
    made = plan(drawn.start, drawn.stops, drawn.carriers, seconds=1.0)
    assert everything(made, drawn.stops)
    assert made.left_over == ()
    for name, each_round in made.rounds.items():
        carrier = next(one for one in drawn.carriers if one.key == name)
        assert sum(one.stop.weight for one in each_round) <= carrier.carries
        assert all(one.at <= one.stop.due for one in each_round)
        assert [one.at for one in each_round] == sorted(one.at for one in each_round)


def test_what_cannot_be_there_in_time_is_said_and_in_no_round() -> None:
    stops = tuple(Stop(number, path(number, 1, 1, 1), due=1500) for number in range(1, 9))
    made = plan(HOME, stops, [Carrier("one")], seconds=0.5)
    assert everything(made, stops)
    assert 0 < len(made.left_over) < 8
    assert made.cost > MISSED


def test_nobody_and_nothing_are_said() -> None:
    stops = [Stop(0, path(1, 1, 1, 1), due=9999)]
    for given, carriers, code in ((stops, [], "errands_nobody"), ([], [Carrier("one")], "errands_nothing")):
        with pytest.raises(Problem) as problem:
            plan(HOME, given, carriers, seconds=0.1)
        assert problem.value.code == code


def test_a_machine_without_the_planner_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyvrp", None)
    with pytest.raises(Problem) as problem:
        plan(HOME, [Stop(0, path(1, 1, 1, 1), due=9999)], [Carrier("one")], seconds=0.1)
    assert problem.value.code == "errands_no_planner"


def bought(patient: Patient) -> list[Need]:
    """Three of the first home, bought by the grid worker."""
    found = [
        patient.until(State.BOUGHT, patient.takes(person=person, name=f"药{number}"))
        for number, person in enumerate(patient.tiny.family[:3])
    ]
    return sorted(found, key=lambda one: one.pk)


def test_a_round_puts_each_delivery_into_a_hand_with_its_place(patient: Patient) -> None:
    first, second, third = bought(patient)
    worker, keeper = patient.tiny.accounts["bingsi-1"].uuid, patient.tiny.accounts["bingsi-kadian"].uuid
    given = {keeper: [third, first], worker: [second]}
    own = give_rounds(rounds=given, by=patient.by())
    assert [(one.pk, one.turn, one.round) for one in queries.buying(keeper)] == [
        (third.pk, 1, own), (first.pk, 2, own),
    ]  # fmt: skip
    assert [one.pk for one in queries.buying(worker)] == [second.pk]
    assert Event.objects.get(kind="medicine.rounds_given").data == {"rounds": 2, "needs": 3}
    assert patient.now(third).state == State.BOUGHT
    moving.set_out(need=third, by=patient.by("bingsi-kadian"))


def test_a_round_for_somebody_without_a_post_there_gives_nothing(patient: Patient) -> None:
    first, *_rest = bought(patient)
    elsewhere = patient.tiny.accounts["dengqiao-1"].uuid
    with pytest.raises(Problem) as problem:
        give_rounds(rounds={elsewhere: [first]}, by=patient.by())
    assert problem.value.code == "buyer_without_post"
    assert patient.now(first).turn is None


def test_only_what_was_bought_is_planned(patient: Patient) -> None:
    need = patient.until(State.BOUGHT)
    patient.takes(name="二甲双胍片")
    assert list(queries.deliverable(queries.scope_of(SYSTEM))) == [need]
    with clock.held(clock.now() + timedelta(minutes=5)):
        patient.until(State.DELIVERED, need)
    assert list(queries.deliverable(queries.scope_of(SYSTEM))) == []
