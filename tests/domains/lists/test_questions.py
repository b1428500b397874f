"""A list that asks questions: what is fresh is known, what another ask asks is joined, the rest is asked."""

from datetime import timedelta

import pytest
from tests.domains.asking import bank
from tests.domains.lists.sent import Sent, look

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.problems import Problem
from wangge.demo.small import Small
from wangge.domains.asking.actions import record_answers, renew_near
from wangge.domains.asking.models import Answer, Ask, AskSubject, Question
from wangge.domains.asking.rules import Source
from wangge.domains.lists import actions, queries
from wangge.domains.lists.rules import ITEM
from wangge.domains.people.models import Person
from wangge.domains.people.queries import door_of
from wangge.domains.work.models import TaskItem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def questions(tiny: Small) -> None:
    bank.publish(bank.SUPPLIES, bank.HEALTH)


def taken(tiny: Small, form: str, **said: str) -> Sent:
    by = tiny.by("bingsi-shuji")
    sent = look(tiny, by, form=form, **said)
    actions.take_list(list_=sent.list, by=by)
    sent.list.refresh_from_db()
    return sent


def answered(tiny: Small, person: Person) -> None:
    for name in ("fever", "temperature"):
        Answer.objects.create(
            person=person, door=door_of(person.home), question=Question.objects.get(name=name), value="no",
            at=clock.now() - timedelta(hours=2), known_at=clock.now(), fresh_until=clock.now() + timedelta(hours=20),
            source="visit", state="current", response=tiny.response.uuid, account=tiny.accounts["bingsi-1"].uuid,
            post=tiny.posts["bingsi-1"].uuid,
        )  # fmt: skip


def test_the_lists_people_are_asked_its_questions_and_nobody_else(tiny: Small) -> None:
    sent = taken(tiny, "health")
    ask = Ask.objects.get(uuid=sent.list.ask)
    listed = AskSubject.objects.within(EVERYTHING).filter(ask=ask).order_by("id")
    assert {one.person for one in listed} == {tiny.family[0], tiny.roommates[0]}
    assert ask.deadline == sent.list.due_at
    items = TaskItem.objects.within(EVERYTHING)
    assert not items.filter(kind=ITEM).exists()
    row = sent.row(3)
    assert (row.state, row.item) == ("asked", items.get(cause=listed.get(person=tiny.family[0]).uuid))


def test_a_questionnaire_that_is_filled_in_ends_the_row_with_who_asked(tiny: Small) -> None:
    sent, man = taken(tiny, "health"), tiny.family[0]
    at = clock.now()
    record_answers(
        door=man.home, person=man, values={"fever": "no"}, at=at, by=tiny.by("bingsi-1"), source=Source.VISIT,
        asked=("fever", "temperature"),
    )  # fmt: skip
    worker.run_pending()
    row = sent.row(3)
    assert (row.state, row.outcome, row.checked_at) == ("done", "done", at)
    assert (row.checker, row.checker_post) == (tiny.accounts["bingsi-1"].uuid, tiny.posts["bingsi-1"].uuid)


def test_whose_answers_are_fresh_is_known_with_who_asked_and_when(tiny: Small) -> None:
    answered(tiny, tiny.family[0])
    sent = taken(tiny, "health")
    row = sent.row(3)
    assert (row.state, row.reason, row.checker) == ("known", "answered_already", tiny.accounts["bingsi-1"].uuid)
    assert row.checked_at is not None
    assert timedelta(hours=1) < clock.now() - row.checked_at < timedelta(hours=3)
    assert sent.row(14).state == "asked"


def test_what_another_ask_asks_already_is_joined(tiny: Small) -> None:
    other = bank.ask(tiny, "fever", "temperature")
    sent = taken(tiny, "health")
    line = AskSubject.objects.within(EVERYTHING).get(ask=other, person=tiny.family[0])
    assert (sent.list.ask, sent.row(3).item.cause) == (None, line.uuid)
    assert Ask.objects.count() == 1


def test_a_second_list_adds_only_whom_the_first_does_not_name(tiny: Small) -> None:
    first = taken(tiny, "health")
    by = tiny.by("bingsi-shuji")
    new = tiny.living[tiny.homes[4].pk][0]
    second = taken(tiny, "health", name="b.xlsx", title="乙")
    assert second.row(3).item == first.row(3).item
    assert Ask.objects.count() == 1
    actions.resolve_row(row=second.row(10), person=new, by=by)
    assert (second.row(10).state, Ask.objects.count()) == ("asked", 2)


def test_somebody_new_is_asked_the_questions_too_and_stays_on_the_list(tiny: Small) -> None:
    sent, by = taken(tiny, "health"), tiny.by("bingsi-shuji")
    row = actions.place_row(row=sent.row(9), home=tiny.homes[11], by=by)
    assert (row.state, row.item and row.item.task.door) == ("asked", tiny.homes[11])
    assert actions.send_matched(list_=sent.list, by=by) == {"known": 0, "joined": 0, "asked": 0}
    renew_near(paths=[tiny.homes[11].path], by=SYSTEM)
    line = AskSubject.objects.within(EVERYTHING).get(person=row.person)
    assert (line.door, line.left, line.arrived, line.state) == (tiny.homes[11], False, False, "not_yet")


def test_a_row_nobody_can_be_asked_of_waits_and_holds_up_nothing(tiny: Small) -> None:
    sent, by = taken(tiny, "health"), tiny.by("bingsi-shuji")
    dead, other = tiny.living[tiny.homes[4].pk][0], tiny.living[tiny.homes[5].pk][0]
    Person.objects.within(EVERYTHING).filter(pk=dead.pk).update(died_on=clock.today())
    dead.refresh_from_db()
    asks = Ask.objects.count()
    assert actions.resolve_row(row=sent.row(10), person=dead, by=by).state == "matched"
    assert (actions.send_matched(list_=sent.list, by=by)["asked"], Ask.objects.count()) == (0, asks)
    assert actions.resolve_row(row=sent.row(9), person=other, by=by).state == "asked"


def test_household_questions_are_put_to_the_door(tiny: Small) -> None:
    sent = taken(tiny, "supplies")
    listed = AskSubject.objects.within(EVERYTHING).filter(ask__uuid=sent.list.ask)
    assert {(one.door, one.person) for one in listed} == {(tiny.homes[0], None), (tiny.room, None)}
    assert sent.row(3).state == "asked"


def test_a_partly_overlapping_ask_is_pointed_at(tiny: Small) -> None:
    bank.ask(tiny, "fever")
    with pytest.raises(Problem, match="ask_covered"):
        taken(tiny, "health")


def test_the_questionnaires_in_use_can_be_chosen(tiny: Small) -> None:
    assert queries.questionnaires() == [("supplies", "基本生活物资"), ("health", "每日健康情况")]
    assert queries.questions_of("health") == ["fever", "temperature"]
    assert queries.questions_of("") == []


def test_a_row_waits_at_the_door_to_which_its_person_moved(tiny: Small) -> None:
    sent, man = taken(tiny, "health"), tiny.family[0]
    before = sent.row(3).item
    assert before is not None
    Person.objects.within(EVERYTHING).filter(pk=man.pk).update(home=tiny.homes[9])
    renew_near(paths=[tiny.homes[0].path, tiny.homes[9].path], by=SYSTEM)
    worker.run_pending()
    after = sent.row(3)
    assert after.item is not None
    assert (after.state, after.item.task.door, after.item.state) == ("asked", tiny.homes[9], "open")
    assert after.item.pk != before.pk
