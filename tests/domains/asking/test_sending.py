"""An ask goes out: the known count at once, the rest is put at doors, and nobody asks what somebody asks already."""

from datetime import timedelta

import pytest
from tests.domains.asking import bank

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.rights import NotAllowed
from wangge.base.access.scope import EVERYTHING, Scope
from wangge.base.events.models import Event
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.demo.small import Small
from wangge.domains.asking import queries
from wangge.domains.asking.actions import confirm_ask, decline_ask, estimate, send_ask
from wangge.domains.asking.models import Answer, Ask, AskSubject, Question
from wangge.domains.asking.queries.doors import open_door
from wangge.domains.asking.rules import Target
from wangge.domains.duty.queries import responsible
from wangge.domains.places.models import Place
from wangge.domains.work import tallies as work
from wangge.domains.work.models import Task, TaskItem


def known(tiny: Small, door: Place, **more: object) -> None:
    """Both questions about supplies are answered at a door."""
    for name in ("has_supplies", "missing"):
        Answer.objects.create(
            **{"door": door, "question": Question.objects.get(name=name), "value": "yes", "at": clock.now(),
               "known_at": clock.now(), "fresh_until": clock.now() + timedelta(days=1), "source": "visit",
               "state": "current", "response": tiny.response.uuid} | more,
        )  # fmt: skip


def test_what_is_known_counts_at_once_and_only_the_other_doors_are_put(tiny: Small) -> None:
    known(tiny, tiny.homes[0])
    known(tiny, tiny.homes[1], fresh_until=clock.now() - timedelta(minutes=1))
    known(tiny, tiny.homes[2], state="superseded")
    found, covered = estimate(wish=bank.wish(tiny), by=SYSTEM)
    doors = len(tiny.homes) + 1  # the room of the dormitory
    assert (found.total, found.known, found.asked, found.doors, covered) == (doors, 1, doors - 1, doors - 1, {})
    assert found.people == sum(len(tiny.living[home.pk]) for home in tiny.homes[1:]) + 4
    assert 0 < found.hours < 2
    one = bank.ask(tiny)
    sums = bank.sums(one)
    assert (sums["expected"], sums["known"], sums["not_yet"]) == (doors, 1, doors - 1)
    items = TaskItem.objects.within(EVERYTHING).filter(kind="ask")
    assert items.count() == doors - 1
    assert set(items.values_list("cause", flat=True)) == {line.uuid for line in bank.lines(one, state="not_yet")}
    assert work.recount(tiny.response) == []
    bank.check_tallies(one)
    event = Event.objects.get(kind="asking.sent")
    assert (event.data["expected"], event.data["known"], event.data["doors"]) == (doors, 1, doors - 1)


def test_a_door_goes_to_the_post_that_answers_for_it(tiny: Small) -> None:
    one = bank.ask(tiny, place="city")
    tasks = list(Task.objects.within(EVERYTHING).filter(response=tiny.response).select_related("door", "post"))
    posts = responsible([task.door for task in tasks])
    assert len(tasks) == 16
    assert {task.post_id for task in tasks} == {post.pk for post in posts.values()}
    assert all(task.post_id == posts[task.door_id].pk for task in tasks)
    left = list(queries.not_yet(EVERYTHING, one))
    assert {line.holder for line in left} == {post.title for post in posts.values()}  # type: ignore[attr-defined]


def test_two_asks_are_one_visit_and_one_ask_twice_is_one(tiny: Small) -> None:
    uuid = uuid7()
    first = send_ask(wish=bank.wish(tiny), by=SYSTEM, uuid=uuid)
    assert send_ask(wish=bank.wish(tiny), by=SYSTEM, uuid=uuid) == first
    second = bank.ask(tiny, "fever")
    assert Task.objects.within(EVERYTHING).filter(response=tiny.response).count() == len(tiny.homes) + 1
    assert [one.number for one in queries.open_asks(tiny.homes[0])] == [first.number, second.number] == [1, 2]
    assert bank.sums(second)["expected"] == sum(len(tiny.living[home.pk]) for home in tiny.homes) + 4


def test_a_question_that_is_being_asked_is_refused_with_a_pointer(tiny: Small) -> None:
    first = bank.ask(tiny, place="city", title="全市物资")
    with pytest.raises(Problem) as refused:
        bank.ask(tiny, "missing", by=tiny.by("bingsi-shuji"))
    assert (refused.value.code, refused.value.values["title"]) == ("ask_covered", "全市物资")
    assert refused.value.values["ask"] == str(first.uuid)
    assert Ask.objects.count() == 1


def test_an_ask_of_a_part_or_of_some_refuses_nobody_elses_of_all(tiny: Small) -> None:
    """A community that asks already does not stop the city; its doors are asked once all the same."""
    lower = bank.ask(tiny, title="社区物资")
    older = bank.ask(tiny, "fever", target=Target(age_from=80))
    _found, beside = estimate(wish=bank.wish(tiny, place="city"), by=SYSTEM)
    assert beside == {lower: False}
    wide, everybody = bank.ask(tiny, place="city", title="全市物资"), bank.ask(tiny, "fever")
    assert [one.number for one in queries.open_asks(tiny.homes[0])] == [lower.number, wide.number, everybody.number]
    assert older.state == "open"
    [household] = [part for part in open_door(EVERYTHING, tiny.homes[0]).parts if not part.person]
    assert household.names == {"has_supplies", "missing"}
    with pytest.raises(Problem, match="ask_covered"):
        bank.ask(tiny, "fever", target=Target(age_from=70))


def test_a_superior_lets_it_go_out_all_the_same_until_a_day(tiny: Small) -> None:
    bank.ask(tiny, place="city")
    by, town = tiny.by("bingsi-shuji"), tiny.posts["qiaodong"]
    with pytest.raises(Problem, match="not_the_superior"):
        send_ask(wish=bank.wish(tiny), by=by, superior=tiny.posts["bingsi-1"])
    one = send_ask(wish=bank.wish(tiny), by=by, superior=town)
    assert (one.state, one.superior, TaskItem.objects.within(EVERYTHING).filter(task__door=tiny.room).count()) == (
        "proposed", town, 1,
    )  # fmt: skip
    end = clock.now() + timedelta(days=1)
    with pytest.raises(Problem, match="only_the_superior"):
        confirm_ask(ask=one, ends_at=end, by=by)
    with pytest.raises(Problem, match="ends_before_deadline"):
        confirm_ask(ask=one, ends_at=clock.now(), by=tiny.by("qiaodong"))
    sent = confirm_ask(ask=one, ends_at=end, by=tiny.by("qiaodong"))
    assert (sent.state, sent.ends_at, bank.sums(sent)["not_yet"]) == ("open", end, 13)
    assert confirm_ask(ask=one, ends_at=end, by=tiny.by("qiaodong")) == sent
    with pytest.raises(Problem, match="decided_already"):
        decline_ask(ask=one, by=tiny.by("qiaodong"))


def test_anyone_with_a_post_asks_the_places_below_and_nobody_else(tiny: Small) -> None:
    mine = bank.ask(tiny, by=tiny.by("bingsi-1"))
    assert bank.sums(mine)["expected"] < 13
    assert {line.door.grid_id for line in bank.lines(mine)} == {tiny.grids[0].pk}
    for username, place in (("bingsi-1", "town"), ("bingsi-shuji", "village"), ("shenji", "city")):
        with pytest.raises(NotAllowed):
            bank.ask(tiny, "fever", by=tiny.by(username), place=place)


def test_a_target_narrows_the_list_by_what_is_known(tiny: Small) -> None:
    everybody = [person for home in tiny.homes for person in tiny.living[home.pk]]
    alone = [home for home in tiny.homes if len(tiny.living[home.pk]) == 1]
    old = [one for one in everybody if one.birth_date and one.birth_date.year < clock.today().year - 71]
    assert {line.door_id for line in bank.lines(bank.ask(tiny, target=Target(lives_alone=True)))} == {
        home.pk for home in alone
    }
    listed = {line.person_id for line in bank.lines(bank.ask(tiny, "fever", target=Target(age_from=70)))}
    assert {one.pk for one in old} <= listed < {one.pk for one in everybody}
    known(tiny, tiny.homes[3], value="no")
    asked = bank.ask(tiny, "temperature", target=Target(question="has_supplies", value="no"))
    assert {line.person_id for line in bank.lines(asked)} == {one.pk for one in tiny.living[tiny.homes[3].pk]}


def test_a_list_that_was_handed_down_lists_only_its_own_who_live_here(tiny: Small) -> None:
    only = (tiny.family[0].pk, tiny.roommates[0].pk, tiny.living[tiny.yards[0].pk][0].pk, 10**9)
    one = bank.ask(tiny, "fever", only=only)
    assert [(line.person_id, line.door) for line in bank.lines(one)] == [
        (only[0], tiny.homes[0]), (only[1], tiny.room),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("deadline_passed", {"deadline": clock.now() - timedelta(hours=1)}),
        ("ends_too_late", {"ends_at": clock.now() + timedelta(days=400)}),
        ("ask_purpose_missing", {"purpose": " "}),
        ("question_unknown", {"questions": ("has_supplies", "no_such")}),
        ("questions_missing", {"questions": ()}),
        ("questions_mixed", {"questions": ("has_supplies", "fever")}),
    ],
)
def test_what_cannot_be_asked_is_said(tiny: Small, code: str, more: dict[str, object]) -> None:
    with pytest.raises(Problem) as refused:
        bank.ask(tiny, **more)
    assert refused.value.code == code
    assert not AskSubject.objects.within(EVERYTHING).exists()


def test_a_grid_sees_how_its_own_doors_stand_and_no_neighbours(tiny: Small) -> None:
    one, mine = bank.ask(tiny), tiny.homes[0].grid_id
    assert mine
    found = queries.below(one, Scope(grids=frozenset({mine})), 48)
    seen = AskSubject.objects.within(EVERYTHING).filter(ask=one, door__grid=mine)
    assert set(found) == {line.door.path[:48] for line in seen.select_related("door")}
    assert len(found) < len(queries.below(one, Scope(prefixes=(one.area.path,)), 48))
