"""Late work goes up level by level, on the record; refused work at once; never back to whoever stands in."""

from datetime import datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.domains.work.doors import attempt, check_tallies, fresh, put, sums

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.demo.small import Small
from wangge.domains.duty.actions import end
from wangge.domains.work import queries
from wangge.domains.work.actions import raise_late
from wangge.domains.work.models import Task
from wangge.domains.work.rules import Outcome

LATE = timedelta(minutes=-1)
HOURS = timedelta(hours=2)  # escalate_hours of the eighth edition


def raised_at(tiny: Small, task: Task, at: datetime) -> str | None:
    with clock.held(at):
        raise_late(now=at, by=SYSTEM)
    post = fresh(task).raised_to
    return next((name for name, one in tiny.posts.items() if one == post), None)


def test_level_by_level_each_time_the_protocols_hours_have_gone_by(tiny: Small) -> None:
    (task,) = put(tiny, tiny.homes[0])
    due = task.due_at
    assert raised_at(tiny, task, due - timedelta(minutes=1)) is None
    levels = ("bingsi-zhibu-1", "bingsi-shuji", "qiaodong", "yingze", "zhihuibu")
    for number, level in enumerate(levels):
        assert raised_at(tiny, task, due + number * HOURS) == level
        assert raised_at(tiny, task, due + number * HOURS + timedelta(minutes=119)) == level
    assert raised_at(tiny, task, due + 30 * HOURS) == "zhihuibu"
    assert Event.objects.filter(kind="work.late_raised").count() == len(levels)
    assert fresh(task).post == tiny.posts["bingsi-1"]  # it stays on the list of the one who does it
    assert sums(tiny)["late"] == 1


def test_a_task_refused_before_goes_on_up_when_it_is_late(tiny: Small) -> None:
    (task,) = put(tiny, tiny.homes[0])
    attempt(task, Outcome.REFUSED)
    assert raised_at(tiny, task, task.due_at) == "bingsi-shuji"


def test_who_stands_in_is_not_told_of_their_own_lateness(tiny: Small) -> None:
    """The branch answers for the vacant grid: late and refused work there goes to the secretary."""
    late, refused = put(tiny, tiny.homes[-1], tiny.homes[-2])
    assert late.post == tiny.posts["bingsi-2"]
    assert attempt(refused, Outcome.REFUSED).raised_to == tiny.posts["bingsi-shuji"]
    assert raised_at(tiny, late, late.due_at) == "bingsi-shuji"


def test_where_nobody_is_above_it_stays_and_is_not_recorded_again(tiny: Small) -> None:
    (task,) = put(tiny, tiny.homes[0], due=LATE)
    for holding in tiny.posts["bingsi-1"].holdings.all():
        end(holding=holding, by=SYSTEM)
    for name in ("bingsi-zhibu-1", "bingsi-shuji", "qiaodong", "yingze"):
        for holding in tiny.posts[name].holdings.all():
            end(holding=holding, by=SYSTEM)
    for _twice in range(2):
        assert raised_at(tiny, task, clock.now()) is None
    assert not Event.objects.filter(kind="work.late_raised").exists()


def test_a_door_that_was_closed_does_not_go_up(tiny: Small) -> None:
    (task,) = put(tiny, tiny.homes[0], due=LATE)
    attempt(task, Outcome.DONE)
    assert raise_late(now=clock.now(), by=SYSTEM) == 0
    check_tallies(tiny)


def test_raised_work_is_on_the_list_of_both(tiny: Small) -> None:
    (task,) = put(tiny, tiny.homes[0])
    attempt(task, Outcome.MOVED)
    for name in ("bingsi-1", "bingsi-zhibu-1"):
        assert list(queries.mine(tiny.accounts[name])) == [task]
    assert list(queries.mine(tiny.accounts["bingsi-shuji"])) == []
    assert queries.settles(tiny.accounts["bingsi-zhibu-1"], fresh(task))
    assert not queries.settles(tiny.accounts["bingsi-1"], fresh(task))


def test_many_go_up_with_as_many_queries_as_one(tiny: Small) -> None:
    counts = []
    for homes in (tiny.homes[:1], tiny.homes[1:6]):
        put(tiny, *homes, due=LATE)
        with CaptureQueriesContext(connection) as asked:
            assert raise_late(now=clock.now(), by=SYSTEM) == len(homes)
        counts.append(len(asked))
    assert counts[0] == counts[1]
