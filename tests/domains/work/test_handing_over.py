"""Hand-overs: open work moves when it is accepted, not before; redrawn grids are counted at once."""

import pytest
from tests.domains.work.doors import attempt, check_tallies, fresh, put, sums

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM
from wangge.base.problems import Problem
from wangge.demo.small import Small
from wangge.domains.duty.actions import accept, offer
from wangge.domains.duty.models import Holding
from wangge.domains.places.actions import close_grid, put_in_grid
from wangge.domains.places.models import Place
from wangge.domains.work import queries, tallies
from wangge.domains.work.actions import accept_handover, follow_grids, offer_post_work
from wangge.domains.work.models import HandOver, Tally, Task
from wangge.domains.work.rules import Outcome


def filled(tiny: Small) -> None:
    """Somebody holds grid 2."""
    holding = offer(post=tiny.posts["bingsi-2"], account=tiny.accounts["bingsi-hu"], by=SYSTEM)
    accept(holding=holding, by=SYSTEM)


def redrawn(tiny: Small) -> list[Task]:
    """Building 2 has open work and comes to grid 1."""
    tasks = put(tiny, *tiny.homes[6:])
    unit = tiny.homes[-1].parent
    building = unit.parent if unit else None
    assert isinstance(building, Place)
    put_in_grid(grid=tiny.grids[0], places=[building], from_day=clock.today(), by=SYSTEM)
    worker.run_pending()
    return tasks


def take(handover: HandOver, tiny: Small, who: str) -> None:
    accept_handover(handover=handover, account=tiny.accounts[who], by=tiny.by(who))


def test_an_offered_post_brings_its_open_work_counted(tiny: Small) -> None:
    put(tiny, *tiny.homes[:3])
    holding = offer(post=tiny.posts["bingsi-1"], account=tiny.accounts["bingsi-hu"], by=SYSTEM)
    for _twice in range(2):
        offer_post_work(holding=holding, by=SYSTEM)
    (handover,) = queries.offered(tiny.accounts["bingsi-hu"])
    assert handover.count == 3
    assert list(queries.mine(tiny.accounts["bingsi-hu"])) == []
    accept(holding=holding, by=tiny.by("bingsi-hu"))
    take(handover, tiny, "bingsi-hu")
    assert queries.mine(tiny.accounts["bingsi-hu"]).count() == 3


def test_a_redrawn_grid_moves_its_open_work_when_it_is_accepted(tiny: Small) -> None:
    tasks = redrawn(tiny)
    (handover,) = queries.offered(tiny.accounts["bingsi-1"])
    assert handover.count == len(tasks)
    assert {fresh(task).post for task in tasks} == {tiny.posts["bingsi-2"]}
    with pytest.raises(Problem, match="work_offered_to_somebody_else"):
        take(handover, tiny, "dengqiao-1")
    for _twice in range(2):
        take(handover, tiny, "bingsi-1")
    assert {fresh(task).post for task in tasks} == {tiny.posts["bingsi-1"]}
    assert {fresh(task).grid_id for task in tasks} == {tiny.grids[0].pk}
    check_tallies(tiny)


def test_what_was_closed_meanwhile_stays_with_whoever_closed_it(tiny: Small) -> None:
    filled(tiny)
    first, *rest = redrawn(tiny)
    attempt(first, Outcome.DONE)
    take(HandOver.objects.get(), tiny, "bingsi-1")
    assert fresh(first).post == tiny.posts["bingsi-2"]
    assert {fresh(task).post for task in rest} == {tiny.posts["bingsi-1"]}


def test_offering_again_offers_once(tiny: Small) -> None:
    tasks = redrawn(tiny)
    assert follow_grids(doors=[task.door for task in tasks], by=SYSTEM) == 0
    assert HandOver.objects.count() == 1


def test_a_redrawn_grid_is_counted_at_once_and_once(tiny: Small) -> None:
    redrawn(tiny)
    by_grid = tallies.by_grid(tiny.response, tiny.places["community"])
    assert by_grid[tiny.grids[0].pk]["expected"] == 6
    assert by_grid[tiny.grids[1].pk]["expected"] == 0
    assert sums(tiny)["expected"] == 6
    check_tallies(tiny)


def test_the_doors_of_a_closed_grid_are_offered_to_the_community(tiny: Small) -> None:
    put(tiny, *tiny.homes[:6])
    close_grid(grid=tiny.grids[0], by=SYSTEM)
    worker.run_pending()
    (handover,) = queries.offered(tiny.accounts["bingsi-shuji"])
    assert handover.count == 6
    by_grid = tallies.by_grid(tiny.response, tiny.places["community"])
    assert by_grid[None]["expected"] == 6
    assert by_grid[tiny.grids[0].pk]["expected"] == 0


def test_the_nightly_count_finds_a_spoiled_tally_and_mends_it(tiny: Small) -> None:
    put(tiny, *tiny.homes)
    Tally.objects.filter(grid=tiny.grids[0]).update(expected=7, not_yet=7)
    (difference,) = tallies.recount(tiny.response)
    assert "第1网格" in difference
    assert sums(tiny)["expected"] == 12
    assert tallies.recount(tiny.response) == []


def test_the_nightly_count_finds_a_tally_that_is_not_there(tiny: Small) -> None:
    put(tiny, *tiny.homes, *tiny.yards)
    Tally.objects.all().delete()
    assert sums(tiny)["expected"] == 0
    assert len(tallies.recount(tiny.response)) == 3
    assert sums(tiny)["expected"] == 15


def test_sums_add_up_from_grid_to_city(tiny: Small) -> None:
    put(tiny, *tiny.homes, *tiny.yards)
    city = tiny.places["city"].path
    by_district = tallies.by_child(tiny.response, city, len(city) + 4)
    assert {path: row["expected"] for path, row in by_district.items()} == {
        tiny.places["district"].path: 12, tiny.places["county"].path: 3,
    }  # fmt: skip
    by_grid = tallies.by_grid(tiny.response, tiny.places["community"])
    assert sum(row["expected"] for row in by_grid.values()) == sums(tiny, "community")["expected"] == 12


def test_an_offer_to_a_post_goes_to_its_holder(tiny: Small) -> None:
    redrawn(tiny)
    assert not Holding.objects.filter(account=tiny.accounts["bingsi-zhibu-1"], post=tiny.posts["bingsi-1"]).exists()
    assert list(queries.offered(tiny.accounts["bingsi-zhibu-1"])) == []
