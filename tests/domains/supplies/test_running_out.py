"""What runs out is the work of the level above, by itself."""

from datetime import timedelta

import pytest
from tests.domains.supplies.standing import Shelf

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.rights import NotAllowed
from wangge.base.problems import Problem
from wangge.domains.supplies import queries
from wangge.domains.supplies.actions import running_out, sending
from wangge.domains.supplies.inputs import AnswerInput, read_answer
from wangge.domains.supplies.models import Shortage, Stock
from wangge.domains.supplies.rules import Answered, Step
from wangge.flows import supplies

pytestmark = pytest.mark.django_db


def short(shelf: Shelf) -> Shortage:
    """A hundred masks of which eighty went today: a quarter of a day is left."""
    shelf.hands(shelf.comes(100), 80)
    supplies.due(clock.now())
    return Shortage.objects.get()


def test_it_is_the_work_of_the_level_above_with_the_editions_clause(shelf: Shelf) -> None:
    one = short(shelf)
    assert (one.post, one.days) == (shelf.tiny.posts["qiaodong"], 0)
    assert (one.protocol, one.clause) == ("covid19-v8", "生活服务保障·物资")
    assert one.until == clock.now() + timedelta(hours=4)
    assert list(queries.my_shortages(shelf.tiny.accounts["qiaodong"].uuid)) == [one]
    assert not queries.my_shortages(shelf.tiny.accounts["bingsi-shuji"].uuid).exists()
    supplies.due(clock.now())
    assert Shortage.objects.count() == 1
    assert not Stock.objects.filter(looked_at__isnull=True).exists(), "nothing is looked at twice"


def test_what_lasts_is_nobodys_work(shelf: Shelf) -> None:
    shelf.hands(shelf.comes(1000), 80)
    supplies.due(clock.now())
    assert not Shortage.objects.exists()


def test_what_is_on_the_way_ends_it_and_what_does_not_come_begins_it_again(shelf: Shelf) -> None:
    one = short(shelf)
    shelf.comes(900, store=shelf.warehouse, username="qiaodong")
    town = shelf.tiny.by("qiaodong")
    sent = sending.send(origin=shelf.warehouse, to=shelf.room, item=one.item, amount=500, by=town)
    supplies.due(clock.now())
    assert not queries.shortages([shelf.room]).exists()
    sending.take_step(shipment=sent, step=Step.RETURN, by=shelf.tiny.by("bingsi-shuji"))
    supplies.due(clock.now())
    assert queries.shortages([shelf.room]).exists()


def test_what_nobody_answers_goes_up_again_and_again(shelf: Shelf) -> None:
    one = short(shelf)
    for hours, post in ((5, "yingze"), (10, "zhihuibu"), (15, "zhihuibu")):
        with clock.held(clock.now() + timedelta(hours=hours)):
            supplies.due(clock.now())
        one.refresh_from_db()
        assert one.post == shelf.tiny.posts[post]


def test_ordered_until_a_day_is_left_alone_until_then(shelf: Shelf) -> None:
    one, day = short(shelf), clock.today() + timedelta(days=2)
    typed = read_answer({"answer": "ordered", "by_day": str(day)}, clock.today())
    with pytest.raises(NotAllowed):
        running_out.answer(shortage=one, typed=typed, by=shelf.tiny.by("bingsi-shuji"))
    running_out.answer(shortage=one, typed=typed, by=shelf.tiny.by("qiaodong"))
    with clock.held(clock.now() + timedelta(days=1)):
        supplies.due(clock.now())
        one.refresh_from_db()
        assert (one.post, one.answered) == (shelf.tiny.posts["qiaodong"], Answered.ORDERED)
    with clock.held(clock.now() + timedelta(days=3)):
        supplies.due(clock.now())
        one.refresh_from_db()
        assert (one.post, one.answered) == (shelf.tiny.posts["yingze"], "")


def test_an_answer_to_what_is_over_is_refused(shelf: Shelf) -> None:
    one = short(shelf)
    shelf.comes(5000)
    supplies.due(clock.now())
    with pytest.raises(Problem, match="shortage_over"):
        running_out.answer(shortage=one, typed=AnswerInput(Answered.ENOUGH, None), by=SYSTEM)


def test_a_new_day_looks_at_everything_again(shelf: Shelf) -> None:
    shelf.hands(shelf.comes(100, expires_on=str(clock.today() + timedelta(days=1))), 10)
    supplies.due(clock.now())
    assert not Shortage.objects.exists()
    with clock.held(clock.now() + timedelta(days=2)):
        running_out.look_at_all(by=SYSTEM)
        supplies.due(clock.now())
        assert Shortage.objects.get().days == 0, "what has expired is not there"


def test_an_answer_names_what_and_by_when() -> None:
    today = clock.today()
    for said in ({}, {"answer": "ordered"}, {"answer": "ordered", "by_day": str(today - timedelta(days=1))}):
        with pytest.raises(Problem, match="shortage_"):
            read_answer(said, today)
