"""Two records become one person: one order with every reason, at one door; and an undo gives each their own again."""

from tests.flows.stage import POSITIVE, SCREEN, Stage

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.worker import run_pending
from wangge.domains.isolation.actions import confirm_orders
from wangge.domains.isolation.models import Order
from wangge.domains.people.merging import merge, undo
from wangge.domains.people.models import Person
from wangge.domains.people.queries import door_of
from wangge.domains.venues import queries as venues
from wangge.domains.work.models import TaskItem
from wangge.domains.work.tallies import recount

PAPER = {"authority": "迎泽区领导小组", "document_no": "1号", "ground": "传染病防治法第四十一条", "remedy": "区政府"}


def doors_of(person: Person) -> set[int]:
    """Where something is open for somebody."""
    items = TaskItem.objects.within(EVERYTHING).filter(person=person, state="open")
    return set(items.values_list("task__door_id", flat=True))


def standing(stage: Stage, person: Person) -> list[Order]:
    return stage.orders(person, "proposed", "in_force")


def causes(order: Order) -> set[object]:
    return set(order.reasons.filter(withdrawn_at__isnull=True).values_list("cause", flat=True))


def confirm(stage: Stage, *orders: Order) -> None:
    confirm_orders(orders=orders, by=stage.tiny.by("yingze-zhengling"), **PAPER)
    run_pending()


def two_contacts(stage: Stage) -> tuple[Person, Person]:
    """The wife of one case, and a room-mate of another: each a close contact with an order."""
    stage.case_of(stage.tiny.family[0])
    stage.case_of(stage.tiny.roommates[0])
    return stage.tiny.family[1], stage.tiny.roommates[1]


def fresh(person: Person) -> Person:
    return Person.every.within(EVERYTHING).select_related("home", "home__parent").get(pk=person.pk)


def test_two_orders_in_force_become_one_with_every_reason(stage: Stage) -> None:
    into, absorbed = two_contacts(stage)
    confirm(stage, *standing(stage, into), *standing(stage, absorbed))
    (mine,), (theirs,) = standing(stage, into), standing(stage, absorbed)
    was = causes(theirs)
    both = causes(mine) | was
    done = merge(into=into, absorbed=absorbed, by=SYSTEM)
    run_pending()
    assert standing(stage, absorbed) == []
    assert stage.items(absorbed) == set()
    assert stage.tests(absorbed) == []
    assert any(causes(order) == both for order in standing(stage, into))
    assert doors_of(into) == {door_of(into.home).pk}
    assert "explain_withdrawal" not in stage.items(into) | stage.items(absorbed)
    assert recount(stage.tiny.response) == [], "the tallies were counted with it"

    undo(merge=done, by=SYSTEM)
    run_pending()
    (again,) = standing(stage, absorbed)
    assert (again.pk, again.state, again.document_no) == (theirs.pk, "in_force", "1号")
    assert causes(again) == was
    assert doors_of(absorbed) == {door_of(absorbed.home).pk}
    assert {test.day for test in stage.tests(absorbed)} != set()
    kept = [order for order in standing(stage, into) if order.state == "in_force"]
    assert [order.pk for order in kept] == [mine.pk]
    assert recount(stage.tiny.response) == []


def test_an_order_that_moved_stays_in_force_and_is_brought_to_the_person_s_door(stage: Stage) -> None:
    stage.case_of(stage.tiny.family[0])
    absorbed, into = stage.tiny.family[1], stage.tiny.living[stage.tiny.homes[8].pk][0]
    confirm(stage, *standing(stage, absorbed))
    (order,) = standing(stage, absorbed)
    planned = len(stage.tests(absorbed))
    done = merge(into=into, absorbed=absorbed, by=SYSTEM)
    run_pending()
    assert [one.pk for one in standing(stage, into)] == [order.pk]
    assert doors_of(into) == {door_of(into.home).pk}
    assert (len(stage.tests(into)), len(stage.tests(absorbed))) == (planned, 0)
    undo(merge=done, by=SYSTEM)
    run_pending()
    assert [one.pk for one in standing(stage, absorbed)] == [order.pk]
    assert standing(stage, into) == []
    assert (len(stage.tests(absorbed)), len(stage.tests(into))) == (planned, 0)
    assert doors_of(absorbed) == {door_of(absorbed.home).pk}
    assert doors_of(into) == set()


def test_a_case_s_household_record_of_the_same_person_is_no_contact(stage: Stage) -> None:
    case = stage.case_of(stage.tiny.family[0])
    ill, absorbed = stage.tiny.family[0], stage.tiny.family[1]
    merge(into=ill, absorbed=absorbed, by=SYSTEM)
    run_pending()
    kinds = {reason.kind for order in standing(stage, ill) for reason in order.reasons.filter(withdrawn_at=None)}
    assert kinds == {"case", "result"}, "nobody is a contact of themselves"
    assert case.uuid in causes(standing(stage, ill)[-1])


def test_merged_and_undone_before_the_worker_came_changes_nothing(stage: Stage) -> None:
    into, absorbed = two_contacts(stage)
    before = [order.pk for order in (*standing(stage, into), *standing(stage, absorbed))]
    undo(merge=merge(into=into, absorbed=absorbed, by=SYSTEM), by=SYSTEM)
    run_pending()
    assert [order.pk for order in (*standing(stage, into), *standing(stage, absorbed))] == before


def test_check_ins_of_the_absorbed_record_are_the_person_s(stage: Stage) -> None:
    tiny = stage.tiny
    eater, other = tiny.family[0], tiny.living[tiny.homes[2].pk][0]
    edition = {"restaurant": 60, "market": 30, "pharmacy": 15}
    days = {"first_day": clock.day_of(clock.now()).replace(day=1), "last_day": clock.today()}
    merge(into=tiny.living[tiny.homes[8].pk][0], absorbed=other, by=SYSTEM)
    found = venues.ranked_for(person=eater.pk, stays=edition, cap=10, **days)
    met = {one.person for one in found.candidates}
    assert tiny.living[tiny.homes[8].pk][0].pk in met
    assert other.pk not in met
    merge(into=tiny.living[tiny.homes[9].pk][0], absorbed=eater, by=SYSTEM)
    again = venues.ranked_for(person=tiny.living[tiny.homes[9].pk][0].pk, stays=edition, cap=10, **days)
    assert {one.person for one in again.candidates} == met


def test_a_suspicion_of_either_record_is_the_person_s(stage: Stage) -> None:
    into, absorbed = stage.tiny.family[0], stage.tiny.living[stage.tiny.homes[8].pk][0]
    result = stage.result(absorbed, SCREEN, POSITIVE)
    run_pending()
    done = merge(into=into, absorbed=absorbed, by=SYSTEM)
    run_pending()
    assert [causes(order) for order in standing(stage, into)] == [{result.uuid}]
    assert doors_of(into) == {door_of(into.home).pk}
    assert (stage.items(absorbed), stage.tests(absorbed)) == (set(), [])
    assert [test.cause for test in stage.tests(into)] == [result.uuid]
    undo(merge=done, by=SYSTEM)
    run_pending()
    assert (stage.items(into), stage.tests(into), standing(stage, into)) == (set(), [], [])
    assert [test.cause for test in stage.tests(absorbed)] == [result.uuid]
    assert stage.items(absorbed) == {"explain_stay", "take_retest"}
