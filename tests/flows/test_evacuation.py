"""An evacuation before a flood runs on the same streets: everybody called and answered, person by person."""

from typing import Any

import pytest

from wangge.base import clock, worker
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import FlowRun
from wangge.demo import small
from wangge.demo.small import Small
from wangge.domains.isolation.models import Order
from wangge.domains.people.actions import record_death
from wangge.domains.people.models import Person
from wangge.domains.protocol.actions import close_response, open_response
from wangge.domains.protocol.models import Response
from wangge.domains.work import tallies
from wangge.domains.work.actions import record_attempt
from wangge.domains.work.models import Task, TaskItem
from wangge.domains.work.rules import Channel, Outcome

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> Small:
    return small.build(check_ins=False)


def open_flood(city: Small) -> Response:
    return open_response(
        title="乌马河转移演练", protocol="flood-evacuation", area=city.places["village"],
        authority="清徐县防汛抗旱指挥部",
        document_no="清汛演〔2021〕1号", ground="中华人民共和国防洪法", remedy="可拨打12345", drill=True,
        by=city.by("qingxu-zhengling"),
    )  # fmt: skip


def in_village(city: Small) -> list[Person]:
    return [person for yard in city.yards for person in city.living[yard.pk]]


def items(**wanted: Any) -> Any:
    return TaskItem.objects.within(EVERYTHING).filter(**wanted)


def test_everybody_in_the_area_is_on_the_list_of_their_door_once(city: Small) -> None:
    response = open_flood(city)
    worker.run_pending()
    FlowRun.objects.filter(flow="response_opened.follow").update(state="waiting")  # said again: nothing is doubled
    worker.run_pending()
    called = items(kind="call_and_answer")
    assert sorted(item.person_id for item in called) == sorted(person.pk for person in in_village(city))
    tasks = Task.objects.within(EVERYTHING).filter(response=response)
    assert tasks.count() == len(city.yards)
    assert {task.post.title for task in tasks.select_related("post")} == {"邓桥村网格员"}
    assert not Order.objects.within(EVERYTHING).exists()
    sums = tallies.sums(response, city.places["city"].path)
    assert (sums["expected"], sums["not_yet"]) == (3, 3)


def test_a_door_is_done_when_each_person_has_answered_and_the_household_has_left(city: Small) -> None:
    response = open_flood(city)
    worker.run_pending()
    by = city.by("dengqiao-1")
    task = Task.objects.within(EVERYTHING).filter(response=response).order_by("door__walk").first()
    assert task is not None
    for person in city.living[task.door_id]:
        record_attempt(task=task, outcome=Outcome.DONE, channel=Channel.PHONE, person=person, by=by)
        assert Task.objects.within(EVERYTHING).get(pk=task.pk).state == "open"
    record_attempt(task=task, outcome=Outcome.DONE, channel=Channel.DOOR, by=by)
    assert Task.objects.within(EVERYTHING).get(pk=task.pk).state == "closed"
    sums = tallies.sums(response, city.places["village"].path)
    assert (sums["expected"], sums["done"], sums["not_yet"]) == (3, 1, 2)


def test_nobody_is_called_who_died_before(city: Small) -> None:
    gone = in_village(city)[0]
    record_death(person=gone, day=clock.today(), by=city.by("dengqiao-1"))
    open_flood(city)
    worker.run_pending()
    assert gone.pk not in set(items(kind="call_and_answer").values_list("person", flat=True))


def test_closing_takes_back_what_is_open_and_keeps_what_was_done(city: Small) -> None:
    response = open_flood(city)
    worker.run_pending()
    by = city.by("dengqiao-1")
    task = Task.objects.within(EVERYTHING).filter(response=response).order_by("door__walk").first()
    assert task is not None
    record_attempt(task=task, outcome=Outcome.DONE, channel=Channel.DOOR, by=by)
    close_response(response=response, by=city.by("qingxu-zhengling"))
    worker.run_pending()
    states = sorted(Task.objects.within(EVERYTHING).filter(response=response).values_list("state", flat=True))
    assert states == ["closed", "withdrawn", "withdrawn"]
    assert not items(state="open").exists()
    assert tallies.sums(response, city.places["city"].path)["expected"] == 1


def test_two_responses_at_one_door_are_two_tasks(city: Small) -> None:
    """The drill of the city and the evacuation of the village do not mix their denominators."""
    response = open_flood(city)
    worker.run_pending()
    assert tallies.sums(city.response, city.places["city"].path)["expected"] == 0
    assert tallies.sums(response, city.places["city"].path)["expected"] == 3
