"""What the planner proposes holds before the rules, costs what it says, and is no cheaper than the bound it prints."""

from dataclasses import replace

from bench.transfers import COMPOUNDS, HOTELS, HOUSEHOLDS, PEOPLE, instance

from wangge.domains.transfer.missing import Lack
from wangge.domains.transfer.planner import propose
from wangge.domains.transfer.rules import Problem, plan_cost
from wangge.domains.transfer.rules_faults import faults


def small(seed: int = 3) -> Problem:
    """Thirty households of the instance: enough to mix and split, solved at once."""
    given = instance(seed)
    return replace(given, households=given.households[:30])


def test_the_instance_is_the_one_that_was_promised() -> None:
    given = instance()
    assert sum(len(one.members) for one in given.households) == PEOPLE
    assert (len(given.households), len(given.hotels)) == (HOUSEHOLDS, HOTELS)
    assert len({one.compound for one in given.households}) == COMPOUNDS
    assert given == instance(), "a seed always gives the same"


def test_a_proposal_is_valid_and_its_bound_holds() -> None:
    given = small()
    made = propose(given, seconds=6)
    assert made.plan is not None
    assert [one for one in faults(given, made.plan) if one.hard] == []
    assert made.cost == plan_cost(given, made.plan)
    assert 0 < made.bound <= made.cost
    assert made.gap == (made.cost - made.bound) / made.bound
    seated = sorted(key for trip in made.plan.trips for key in trip.households)
    assert seated == sorted(one.key for one in given.households)


def test_what_cannot_be_served_is_said_at_once() -> None:
    given = instance()
    made = propose(replace(given, hotels=given.hotels[4:]), seconds=60)
    assert made.plan is None
    assert made.seconds < 1
    assert {one.lack for one in made.missing} >= {Lack.CARE, Lack.ROOMS}
    assert all(one.number > 0 for one in made.missing)
    assert propose(replace(given, vehicles=())).missing[0].lack is Lack.VEHICLES


def test_nothing_to_plan_is_an_empty_plan() -> None:
    made = propose(replace(small(), households=()))
    assert made.plan is not None
    assert made.plan.trips == ()
