"""What the clock sets off: late work goes up, orders end at their minute, the night counts again."""

from datetime import timedelta

import pytest

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.ids import derived
from wangge.demo import small
from wangge.demo.small import Small
from wangge.domains.isolation.models import Order
from wangge.domains.protocol.models import Response
from wangge.domains.testing.actions import record_result
from wangge.domains.testing.inputs import ResultInput
from wangge.domains.testing.rules import Purpose, Value
from wangge.domains.venues import storage
from wangge.domains.venues.models import CheckInDay
from wangge.domains.work import actions
from wangge.domains.work.actions import Wanted
from wangge.domains.work.models import Tally, Task
from wangge.flows.registry import FLOWS

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> Small:
    return small.build(check_ins=False)


def a_task(city: Small, hours: float = 2) -> Task:
    home = city.homes[0]
    wanted = Wanted(home, "ask_needs", derived("clock", home.uuid), clock.now() + timedelta(hours=hours))
    actions.put_items(response=city.response, wanted=[wanted], by=SYSTEM)
    return Task.objects.within(EVERYTHING).get(door=home)


def raised_to(task: Task) -> str | None:
    fresh = Task.objects.within(EVERYTHING).select_related("raised_to").get(pk=task.pk)
    return fresh.raised_to.title if fresh.raised_to else None


def test_late_work_goes_up_one_level_each_time_its_hours_have_passed(city: Small) -> None:
    task = a_task(city)
    seen = []
    for hours in (1, 2, 3, 4, 6, 8, 10, 12):  # the eighth edition leaves each level two hours
        with clock.held(task.opened_at + timedelta(hours=hours, seconds=1)):
            worker.ring_alarms()
        seen.append(raised_to(task))
    branch, city_ = "并四第一网格支部", "太原市疫情防控指挥部"
    assert seen == [None, branch, branch, "并四社区书记", "桥东街道", "迎泽区防控办", city_, city_]
    assert Event.objects.filter(kind="work.late_raised").count() == 5
    assert Tally.objects.get(grid=city.grids[0]).late == 1


def test_a_protective_step_ends_by_itself_and_its_visits_with_it(city: Small) -> None:
    at = clock.now() - timedelta(hours=3)
    typed = ResultInput(
        city.document(city.family[0]), "lab", "1", Purpose.SCREEN, Value.POSITIVE, None, at, at + timedelta(hours=2)
    )
    record_result(typed=typed, by=city.by("jiance"))
    worker.run_pending()
    order = Order.objects.within(EVERYTHING).get()
    assert (order.state, order.provisional, order.document_no) == ("in_force", True, city.response.document_no)
    with clock.held(order.ends_at - timedelta(seconds=1)):
        worker.ring_alarms()
        assert Order.objects.within(EVERYTHING).get().state == "in_force"
    with clock.held(order.ends_at):
        worker.ring_alarms()
        worker.run_pending()
        assert ended_once() == ("ended", "term_over")
        again = ResultInput(typed.document, "lab", "2", Purpose.SCREEN, Value.NEGATIVE, None, at, clock.now())
        record_result(typed=again, by=city.by("jiance"))
        worker.run_pending()
    assert ended_once() == ("ended", "term_over")  # another look at the same person does not begin it anew


def ended_once() -> tuple[str, str]:
    order = Order.objects.within(EVERYTHING).get()
    return order.state, order.end_cause


def test_a_day_begins_once(city: Small) -> None:
    for _ in range(3):
        worker.ring_alarms()
    assert Event.objects.filter(kind="clock.day_began").count() == 1
    with clock.held(clock.now() + timedelta(days=1)):
        worker.ring_alarms()
    assert Event.objects.filter(kind="clock.day_began").count() == 2


def test_the_night_finds_and_mends_a_tally_that_differs(city: Small) -> None:
    a_task(city)
    worker.run_pending()
    Tally.objects.filter(grid=city.grids[0]).update(done=7, expected=7, not_yet=0)
    worker.ring_alarms()
    worker.run_pending()
    tally = Tally.objects.get(grid=city.grids[0])
    assert (tally.expected, tally.done, tally.not_yet) == (1, 0, 1)
    assert Event.objects.get(kind="work.recount_differed").data == {"tallies": 1}


def test_check_ins_are_sealed_over_night_and_dropped_after_the_protocols_days(city: Small) -> None:
    day = clock.today() - timedelta(days=1)
    old = clock.today() - timedelta(days=20)
    for index, when in enumerate((day, old)):
        at = int((clock.start_of(when) + timedelta(hours=12)).timestamp())
        storage.add([storage.CheckIn(derived("visit", index), city.family[0].pk, city.venues[0].pk, at)])
    worker.ring_alarms()
    worker.run_pending()
    states = dict(CheckInDay.objects.values_list("day", "state"))
    assert (states[day], states[old]) == ("sealed", "dropped")
    assert [venue for venue, _at in storage.visits_of(city.family[0].pk, old, day)] == [city.venues[0].pk]


def test_check_ins_go_with_the_last_order_that_names_them(city: Small) -> None:
    """Nothing is kept for the sake of a Response whose order does not name check-in; each day leaves its proof."""
    yesterday = clock.today() - timedelta(days=1)
    at = int((clock.start_of(yesterday) + timedelta(hours=12)).timestamp())
    storage.add([storage.CheckIn(derived("visit", "last"), city.family[0].pk, city.venues[0].pk, at)])
    Response.objects.filter(pk=city.response.pk).update(named=[])
    worker.ring_alarms()
    worker.run_pending()
    assert storage.visits_of(city.family[0].pk, yesterday, yesterday) == []
    assert {"day": yesterday.isoformat(), "rows": 1} in [
        event.data for event in Event.objects.filter(kind="venues.day_dropped")
    ]


def test_no_flow_answers_anything_of_venues() -> None:
    """A check-in is no fact; and of the facts about venues none is answered by a flow, so none by an order."""
    assert [kind for kind in FLOWS if kind.startswith("venues.")] == []
