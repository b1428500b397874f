"""Putting things to do at doors: one task per door, once however often, taken back without losing what was done."""

from datetime import timedelta

import pytest
from tests.domains.work.doors import attempt, cause_of, check_tallies, fresh, items, put, sums, wanted

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.demo.small import Small
from wangge.domains.duty.models import Post
from wangge.domains.duty.rules import ANSWERING
from wangge.domains.work.actions import (
    end_items_of_person,
    finish_items,
    put_items,
    withdraw_items,
    withdraw_items_in,
)  # fmt: skip
from wangge.domains.work.actions.items import NobodyAnswers
from wangge.domains.work.models import Task, TaskItem
from wangge.domains.work.rules import Outcome


def test_a_door_has_one_task_with_all_it_must_do_there(tiny: Small) -> None:
    (first,) = put(tiny, tiny.homes[0])
    (again,) = put(tiny, tiny.homes[0], kind="ask_needs")
    assert first == again
    assert {item.kind for item in items(first)} == {"inform_contact", "ask_needs"}
    assert first.post == tiny.posts["bingsi-1"]
    assert first.grid_id == tiny.grids[0].pk


def test_twice_is_once(tiny: Small) -> None:
    asked = wanted(tiny, tiny.homes[0])
    assert put_items(response=tiny.response, wanted=asked, by=SYSTEM) == 4
    events = Event.objects.filter(kind="work.items_put").count()
    assert put_items(response=tiny.response, wanted=[*asked, *asked], by=SYSTEM) == 0
    assert Event.objects.filter(kind="work.items_put").count() == events
    assert sums(tiny)["expected"] == 1


def test_what_was_done_is_not_asked_again(tiny: Small) -> None:
    (task,) = put(tiny, tiny.homes[0])
    attempt(task, Outcome.DONE)
    assert put(tiny, tiny.homes[0]) == []
    (new,) = put(tiny, tiny.homes[0], kind="ask_needs")
    assert new != task
    check_tallies(tiny)


def test_a_withdrawn_item_wanted_again_is_the_same_item(tiny: Small) -> None:
    (task,) = put(tiny, tiny.homes[0])
    before = {item.uuid for item in items(task)}
    withdraw_items(causes=[cause_of(tiny.homes[0].uuid, "inform_contact")], by=SYSTEM)
    assert fresh(task).state == Task.State.WITHDRAWN
    assert sums(tiny)["expected"] == 0
    (again,) = put(tiny, tiny.homes[0])
    assert {item.uuid for item in items(again, "open")} == before
    assert TaskItem._base_manager.count() == len(before)
    check_tallies(tiny)


def test_a_task_is_due_when_the_first_of_its_open_items_is(tiny: Small) -> None:
    (task,) = put(tiny, tiny.homes[0], due=timedelta(hours=8))
    (sooner,) = put(tiny, tiny.homes[0], kind="ask_needs", due=timedelta(hours=1))
    assert sooner.due_at < task.due_at
    finish_items(causes=[cause_of(tiny.homes[0].uuid, "ask_needs")], by=SYSTEM)
    assert fresh(task).due_at == task.due_at


def test_a_door_nobody_answers_for_stops_the_whole_verb(tiny: Small) -> None:
    Post.objects.filter(kind__in=ANSWERING).exclude(pk=tiny.posts["bingsi-1"].pk).update(closed=clock.today())
    asked = [*wanted(tiny, tiny.homes[0]), *wanted(tiny, tiny.yards[0])]
    with pytest.raises(NobodyAnswers):
        put_items(response=tiny.response, wanted=asked, by=SYSTEM)
    assert Task._base_manager.count() == 0


def test_people_in_one_dormitory_room_share_a_door(tiny: Small) -> None:
    asked = [one for bed in tiny.beds for one in wanted(tiny, bed)]
    at_room = [type(one)(tiny.room, one.kind, one.cause, one.due_at, one.person) for one in asked]
    put_items(response=tiny.response, wanted=at_room, by=SYSTEM)
    assert Task._base_manager.get().door == tiny.room


def test_what_was_done_stays_when_the_rest_is_taken_back(tiny: Small) -> None:
    (task,) = put(tiny, tiny.homes[0])
    attempt(task, Outcome.DONE, tiny.family[0])
    assert withdraw_items(causes=[cause_of(tiny.homes[0].uuid, "inform_contact")], by=SYSTEM) == 3
    after = fresh(task)
    assert (after.state, after.outcome) == (Task.State.CLOSED, Outcome.DONE)
    assert len(items(task, "done")) == 1
    assert sums(tiny)["done"] == 1


def test_closing_a_response_takes_back_what_is_open(tiny: Small) -> None:
    done, waits = put(tiny, tiny.homes[0], tiny.homes[1])
    attempt(done, Outcome.DONE)
    withdraw_items_in(response=tiny.response, by=SYSTEM)
    assert fresh(waits).state == Task.State.WITHDRAWN
    assert sums(tiny) | {"late": 0} == sums(tiny)
    assert (sums(tiny)["expected"], sums(tiny)["done"]) == (1, 1)


def test_a_death_ends_what_is_open_for_one_and_nothing_for_the_others(tiny: Small) -> None:
    (task,) = put(tiny, tiny.homes[0])
    assert end_items_of_person(person=tiny.family[0], outcome=Outcome.DIED, by=SYSTEM) == 1
    assert fresh(task).state == Task.State.OPEN
    assert {item.person_id for item in items(task, "open")} == {person.pk for person in tiny.family[1:]}
