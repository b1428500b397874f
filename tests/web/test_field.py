"""The worker's face: today's list, one door, one tap, one call, the same day on paper."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from wangge.base import clock, worker
from wangge.base.access.models import AccessLog
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import derived, uuid7
from wangge.demo import small
from wangge.demo.small import Small
from wangge.domains.people.models import Person
from wangge.domains.work import actions
from wangge.domains.work.actions import Wanted
from wangge.domains.work.models import Attempt, Tally, Task, TaskItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> Small:
    built = small.build(check_ins=False)
    worker.run_pending()
    return built


def put(city: Small, homes: list[Any], *, kind: str = "inform_contact", hours: float = 2) -> list[Task]:
    """One thing to do for everybody in these homes."""
    wanted = [
        Wanted(home, kind, derived("t", kind, home.uuid), clock.now() + timedelta(hours=hours), person)
        for home in homes
        for person in city.living[home.pk]
    ]
    actions.put_items(response=city.response, wanted=wanted, by=city.by("zhihuibu"))
    return list(Task.objects.within(EVERYTHING).filter(door__in=homes, state="open").order_by("door__walk"))


def signed_in(city: Small, username: str) -> Client:
    client = Client()
    client.force_login(city.accounts[username], backend="django.contrib.auth.backends.ModelBackend")
    return client


def state_of(task: Task) -> tuple[str, str]:
    fresh = Task.objects.within(EVERYTHING).get(pk=task.pk)
    return fresh.state, fresh.outcome


def test_the_list_is_in_walking_order_and_masks_names(city: Small) -> None:
    put(city, list(reversed(city.homes[:6])))
    page = signed_in(city, "bingsi-1").get("/field/").content.decode()
    doors = re.findall(r'task-door">([^<]+)<', page)
    assert doors == ["101", "201", "301", "101", "201", "301"]
    assert [where.split()[-1] for where in re.findall(r'task-where">([^<]+)<', page)] == ["1单元"] * 3 + ["2单元"] * 3
    assert not any(person.name in page for person in city.people)


def test_as_many_queries_for_many_doors_as_for_one(city: Small, django_assert_num_queries: Any) -> None:
    client = signed_in(city, "bingsi-1")
    put(city, city.homes[:1])
    client.get("/field/")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        client.get("/field/")
    put(city, city.homes[1:6])
    with django_assert_num_queries(len(one)):
        client.get("/field/")


def test_vacant_posts_fall_to_the_level_above(city: Small) -> None:
    put(city, city.homes[6:8])  # grid 2: nobody holds it
    assert "task-door" in signed_in(city, "bingsi-zhibu-1").get("/field/").content.decode()
    assert "task-door" not in signed_in(city, "bingsi-1").get("/field/").content.decode()


def test_a_door_outside_ones_places_does_not_exist(city: Small) -> None:
    (task,) = put(city, city.homes[:1])
    for username, status in (("bingsi-1", 200), ("bingsi-shuji", 200), ("dengqiao-1", 404), ("jiance", 403)):
        assert signed_in(city, username).get(reverse("door", args=[task.uuid])).status_code == status, username


def test_opening_a_door_is_on_everybodys_record_once_an_hour(city: Small) -> None:
    (task,) = put(city, city.homes[:1])
    client = signed_in(city, "bingsi-1")
    for _ in range(3):
        client.get(reverse("door", args=[task.uuid]))
    looks = AccessLog.objects.filter(kind="opened")
    assert {look.person for look in looks} == {person.uuid for person in city.family}
    assert looks.count() == len(city.family)
    assert {look.task for look in looks} == {task.uuid}


@pytest.mark.parametrize(
    ("outcome", "state", "raised"),
    [
        ("done", "closed", False),
        ("refused", "open", True),
        ("absent", "open", False),
        ("unreachable", "open", False),
        ("wrong_number", "open", False),
        ("night_shift", "open", False),
        ("moved", "open", True),
        ("empty", "open", True),
        ("lives_elsewhere", "open", True),
    ],
)
def test_one_tap_for_each_outcome(city: Small, outcome: str, state: str, raised: bool) -> None:
    (task,) = put(city, city.homes[:1])
    client = signed_in(city, "bingsi-1")
    sent = {"outcome": outcome, "uuid": str(uuid7()), "channel": "door"}
    for _ in range(2):  # sent twice by a tired thumb or a bad network
        assert client.post(reverse("door-record", args=[task.uuid]), sent).status_code == 302
    fresh = Task.objects.within(EVERYTHING).get(pk=task.pk)
    assert (fresh.state, fresh.outcome, fresh.raised_to_id is not None) == (state, outcome, raised)
    assert Attempt.objects.within(EVERYTHING).filter(task=task).count() == 1


def test_died_needs_a_name_and_stops_every_call_to_that_person_only(city: Small) -> None:
    (task,) = put(city, city.homes[:1])
    client = signed_in(city, "bingsi-1")
    nobody = client.post(reverse("door-record", args=[task.uuid]), {"outcome": "died", "uuid": str(uuid7())})
    assert nobody.status_code == 422
    gone, *others = city.family
    client.post(
        reverse("door-record", args=[task.uuid]), {"outcome": "died", "uuid": str(uuid7()), "person": str(gone.uuid)}
    )
    worker.run_pending()
    assert Person.objects.within(EVERYTHING).get(pk=gone.pk).died_on == clock.today()
    open_items = TaskItem.objects.within(EVERYTHING).filter(state="open")
    assert {item.person_id for item in open_items} == {person.pk for person in others}
    assert state_of(task) == ("open", "not_yet")
    assert client.post(reverse("door-call", args=[task.uuid, gone.uuid])).status_code == 404


def test_done_for_one_person_leaves_the_others_open(city: Small) -> None:
    (task,) = put(city, city.homes[:1])
    client = signed_in(city, "bingsi-1")
    for left, person in zip((3, 2, 1, 0), city.family, strict=True):
        client.post(
            reverse("door-record", args=[task.uuid]),
            {"outcome": "done", "uuid": str(uuid7()), "person": str(person.uuid)},
        )
        assert TaskItem.objects.within(EVERYTHING).filter(task=task, state="open").count() == left
    assert state_of(task) == ("closed", "done")


def test_a_call_shows_the_number_once_it_is_on_record(city: Small) -> None:
    (task,) = put(city, city.homes[:1])
    person = next(one for one in city.family if city.typed[one.uuid].phone)
    client = signed_in(city, "bingsi-1")
    assert city.typed[person.uuid].phone not in client.get(reverse("door", args=[task.uuid])).content.decode()
    page = client.post(reverse("door-call", args=[task.uuid, person.uuid])).content.decode()
    assert f'href="tel:{city.typed[person.uuid].phone}"' in page
    (look,) = AccessLog.objects.filter(kind="called")
    assert (look.person, look.task, look.account) == (person.uuid, task.uuid, city.accounts["bingsi-1"].uuid)
    again = client.post(reverse("door-call", args=[task.uuid, person.uuid]), {"from": "app"}).content.decode()
    assert f'href="/phone/#/door/{task.uuid}"' in again  # whoever called from the app goes back to it


def test_only_the_level_above_settles_what_was_sent_up(city: Small) -> None:
    (task,) = put(city, city.homes[:1])
    signed_in(city, "bingsi-1").post(reverse("door-record", args=[task.uuid]), {"outcome": "moved"})
    mine = signed_in(city, "bingsi-1").post(reverse("door-settle", args=[task.uuid]), {"outcome": "moved"})
    assert mine.status_code == 422
    above = signed_in(city, "bingsi-zhibu-1").post(reverse("door-settle", args=[task.uuid]), {"outcome": "moved"})
    assert above.status_code == 302
    assert state_of(task) == ("closed", "moved")


def test_what_went_up_past_somebody_can_still_be_settled_by_them(city: Small) -> None:
    (task,) = put(city, city.homes[:1])
    Task.objects.within(EVERYTHING).filter(pk=task.pk).update(raised_to=city.posts["zhihuibu"], outcome="refused")
    town = signed_in(city, "qiaodong").post(reverse("door-settle", args=[task.uuid]), {"outcome": "refused"})
    assert town.status_code == 302
    assert state_of(task) == ("closed", "refused")


def test_a_try_that_is_no_end_settles_nothing(city: Small) -> None:
    (task,) = put(city, city.homes[:1])
    signed_in(city, "bingsi-1").post(reverse("door-record", args=[task.uuid]), {"outcome": "moved"})
    answer = signed_in(city, "bingsi-zhibu-1").post(reverse("door-settle", args=[task.uuid]), {"outcome": "absent"})
    assert answer.status_code == 422
    assert state_of(task)[0] == "open"


def test_nobody_dies_behind_a_door_they_do_not_live_behind(city: Small) -> None:
    (task,) = put(city, city.homes[:1])
    neighbour = city.living[city.homes[1].pk][0]
    sent = {"outcome": "died", "person": str(neighbour.uuid)}
    assert signed_in(city, "bingsi-1").post(reverse("door-record", args=[task.uuid]), sent).status_code == 422
    assert Person.objects.within(EVERYTHING).get(pk=neighbour.pk).died_on is None


@pytest.mark.parametrize(
    "sent",
    [{}, {"outcome": "not_yet"}, {"outcome": "vanished"}, {"outcome": "done", "uuid": "x"},
     {"outcome": "done", "at": "2099-01-01T10:00"}, {"outcome": "done", "at": "2001-01-01T10:00"},
     {"outcome": "done", "at": "half past"}],
)  # fmt: skip
def test_what_cannot_be_recorded_is_said_and_changes_nothing(city: Small, sent: dict[str, str]) -> None:
    (task,) = put(city, city.homes[:1])
    answer = signed_in(city, "bingsi-1").post(reverse("door-record", args=[task.uuid]), sent)
    assert answer.status_code == 422
    assert state_of(task) == ("open", "not_yet")
    assert not Attempt.objects.within(EVERYTHING).exists()


def test_the_tally_adds_up_after_each_tap(city: Small) -> None:
    tasks = put(city, city.homes[:6])
    client = signed_in(city, "bingsi-1")
    for task, outcome in zip(tasks, ("done", "absent", "refused", "unreachable", "moved"), strict=False):
        client.post(reverse("door-record", args=[task.uuid]), {"outcome": outcome})
    tally = Tally.objects.get(grid=city.grids[0])
    columns = ("expected", "done", "absent", "refused", "unreachable", "elsewhere", "not_yet")
    assert [getattr(tally, column) for column in columns] == [6, 1, 1, 1, 1, 1, 1]


def test_the_sheet_and_typing_it_in(city: Small) -> None:
    tasks = put(city, city.homes[:6])
    client = signed_in(city, "bingsi-1")
    building = city.homes[0].parent.parent  # type: ignore[union-attr]
    page = client.get(reverse("sheet", args=[building.uuid])).content.decode()
    assert page.count('class="sheet-door"') == 6
    assert "data:image/svg+xml" in page
    address = reverse("type-in", args=[building.uuid])
    assert client.get(address).status_code == 200
    typed = {f"outcome-{tasks[0].uuid}": "done", f"outcome-{tasks[1].uuid}": "absent", f"at-{tasks[2].uuid}": "09:00"}
    answer = client.post(address, typed)
    assert answer.status_code == 422  # the third row has an hour and no tick: it comes back, the others are recorded
    assert answer.content.decode().count("errorlist") == 1
    assert [state_of(task)[1] for task in tasks[:3]] == ["done", "absent", "not_yet"]
    assert client.post(address, {f"outcome-{tasks[1].uuid}": "absent"}).status_code == 302
    assert Attempt.objects.within(EVERYTHING).filter(task=tasks[1]).count() == 1


def test_search_by_building_and_door(city: Small) -> None:
    put(city, city.homes[:6])
    client = signed_in(city, "bingsi-1")
    assert client.get("/field/", {"q": "1号楼"}).content.decode().count("task-door") == 6
    assert client.get("/field/", {"q": "201"}).content.decode().count("task-door") == 2
    assert client.get("/field/", {"q": "没有这栋"}).content.decode().count("task-door") == 0
