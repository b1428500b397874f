"""An answer that matters sets off what it must, once, and takes it back when it no longer holds."""

from datetime import timedelta
from typing import Any

import pytest
from tests.domains.asking import bank
from tests.domains.asking.test_answers import answer

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.demo import small
from wangge.demo.small import Small
from wangge.domains.asking.actions import settle_answer
from wangge.domains.asking.queries.answers import disputed
from wangge.domains.asking.questionnaire import Choice, Privacy, Question, Questionnaire, Subject, Type
from wangge.domains.asking.rules import Source
from wangge.domains.asking.shipped import shipped_questionnaires
from wangge.domains.people.models import Person
from wangge.domains.protocol.actions import close_response
from wangge.domains.testing.models import TestDue
from wangge.domains.work.actions import end_items_of_person
from wangge.domains.work.models import TaskItem
from wangge.domains.work.rules import Outcome

CODE = Questionnaire(
    "code", "1", {"zh": "健康码"},
    (
        Question("code_colour", Type.SELECT_ONE, {"zh": "健康码什么颜色？"},
                 choices=tuple(Choice(name, {"zh": name}) for name in ("green", "yellow", "red")),
                 privacy=Privacy.SENSITIVE, subject=Subject.PERSON),
    ),
)  # fmt: skip


@pytest.fixture
def asked(db: Any) -> Small:
    built = small.build(check_ins=False)
    bank.publish(bank.SUPPLIES, bank.HEALTH, CODE)
    return built


def items(kind: str, **which: Any) -> list[TaskItem]:
    found = TaskItem.objects.within(EVERYTHING).filter(kind=kind, **which).select_related("person", "task__door")
    return list(found.order_by("id"))


def test_no_supplies_becomes_one_thing_to_bring_until_there_are_some(asked: Small) -> None:
    home = asked.homes[0]
    for value in ("no", "no"):
        answer(home, has_supplies=value)
        worker.run_pending()
    [one] = items("help_supplies")
    assert (one.task.door, one.person, one.state) == (home, None, "open")
    answer(home, has_supplies="yes")
    worker.run_pending()
    assert [item.state for item in items("help_supplies")] == ["withdrawn"]
    answer(home, has_supplies="no")
    worker.run_pending()
    assert [item.state for item in items("help_supplies")] == ["withdrawn", "open"]


def test_medicine_that_ran_out_is_brought_besides(db: Any) -> None:
    built = small.build(check_ins=False)
    bank.publish(next(one for one in shipped_questionnaires() if one.form_id == "basic_supplies"))
    home = built.homes[0]
    answer(home, has_supplies="yes", medicine="out", medicine_name="降压药")
    worker.run_pending()
    [one] = items("help_medicine")
    assert (one.task.door, one.state, items("help_supplies")) == (home, "open", [])
    answer(home, has_supplies="yes", medicine="enough")
    worker.run_pending()
    assert [item.state for item in items("help_medicine")] == ["withdrawn"]


def test_a_fever_becomes_a_test_at_the_door(asked: Small) -> None:
    person = asked.family[0]
    answer(asked.homes[0], asked.family[1], fever="no")
    answer(asked.homes[0], person, fever="yes", temperature="38.2")
    worker.run_pending()
    [test] = TestDue.objects.within(EVERYTHING).filter(purpose="screen")
    assert (test.person, test.at_door) == (person, True)
    assert [(item.person, item.cause) for item in items("sample")] == [(person, test.uuid)]


def screens(person: Person, **which: Any) -> list[str]:
    found = TestDue.objects.within(EVERYTHING).filter(purpose="screen", person=person, **which)
    return list(found.order_by("id").values_list("state", flat=True))


def test_a_fever_said_twice_is_one_test_and_taken_back_when_it_was_none(asked: Small) -> None:
    home, person = asked.homes[0], asked.family[0]
    for source in (Source.PHONE, Source.VISIT):
        answer(home, person, fever="yes", temperature="38.2", source=source)
        worker.run_pending()
    assert (screens(person), [item.state for item in items("sample")]) == (["due"], ["open"])
    answer(home, person, fever="no")
    worker.run_pending()
    assert (screens(person), [item.state for item in items("sample")]) == (["withdrawn"], ["withdrawn"])
    answer(home, person, fever="yes", temperature="38.2")
    worker.run_pending()
    assert (screens(person, state="due"), len(items("sample", state="open"))) == (["due"], 1)


def test_a_fever_whose_test_was_refused_yesterday_is_a_test_again(asked: Small) -> None:
    home, person = asked.homes[0], asked.family[0]
    answer(home, person, fever="yes", temperature="38.2")
    worker.run_pending()
    end_items_of_person(person=person, outcome=Outcome.REFUSED, by=SYSTEM)
    with clock.held(clock.now() + timedelta(days=1)):
        answer(home, person, fever="yes", temperature="39")
        worker.run_pending()
    assert len(items("sample", state="open")) == 1


def test_the_visit_goes_to_where_the_person_lives_now(asked: Small) -> None:
    person = asked.family[0]
    Person.objects.within(EVERYTHING).filter(pk=person.pk).update(home=asked.homes[5])
    answer(asked.homes[0], person, fever="yes", temperature="38.2")
    answer(asked.homes[0], person, code_colour="red")
    worker.run_pending()
    [sample], [intake] = items("sample"), items("intake")
    assert (sample.task.door, intake.task.door) == (asked.homes[5], asked.homes[5])


def test_nobody_is_sent_to_somebody_who_died(asked: Small) -> None:
    person = asked.family[0]
    answer(asked.homes[0], person, fever="yes", temperature="38.2")
    answer(asked.homes[0], person, code_colour="red")
    Person.objects.within(EVERYTHING).filter(pk=person.pk).update(died_on=clock.today())
    worker.run_pending()
    assert (screens(person), items("sample"), items("intake")) == ([], [], [])


def test_a_code_that_turned_green_needs_no_intake(asked: Small) -> None:
    for colour, state in (("red", "open"), ("green", "withdrawn"), ("yellow", "open")):
        answer(asked.homes[0], asked.family[0], code_colour=colour)
        worker.run_pending()
        assert [item.state for item in items("intake")] == [state]


@pytest.mark.parametrize(("told", "before", "after"), [("no", [], ["open"]), ("yes", ["open"], ["withdrawn"])])
def test_what_is_settled_as_right_is_followed(asked: Small, told: str, before: list[str], after: list[str]) -> None:
    home = asked.homes[0]
    answer(home, has_supplies="yes" if told == "no" else "no", source=Source.VISIT)
    answer(home, has_supplies=told, source=Source.LIST)
    worker.run_pending()
    assert [item.state for item in items("help_supplies")] == before
    [waiting] = disputed(EVERYTHING)
    settle_answer(answer=waiting, keep=True, by=asked.by("bingsi-1"))
    worker.run_pending()
    assert [item.state for item in items("help_supplies")] == after


def test_a_fever_settled_as_right_after_it_was_taken_back_is_tested(asked: Small) -> None:
    home, person = asked.homes[0], asked.family[0]
    answer(home, person, fever="yes", temperature="38.2", source=Source.LIST)
    worker.run_pending()
    answer(home, person, fever="no", source=Source.VISIT)
    worker.run_pending()
    assert [item.state for item in items("sample")] == ["withdrawn"]
    [waiting] = [one for one in disputed(EVERYTHING) if one.question.name == "fever"]
    with clock.held(clock.now() + timedelta(days=1)):
        settle_answer(answer=waiting, keep=True, by=asked.by("bingsi-1"))
        worker.run_pending()
        [test] = TestDue.objects.within(EVERYTHING).filter(purpose="screen", person=person)
        assert (test.state, test.due_at > clock.now()) == ("due", True)
    assert [item.state for item in items("sample")] == ["open"]


@pytest.mark.parametrize(("colour", "count"), [("yellow", 1), ("red", 1), ("green", 0)])
def test_a_yellow_code_opens_one_intake(asked: Small, colour: str, count: int) -> None:
    for _ in range(2):
        answer(asked.homes[0], asked.family[0], code_colour=colour)
        worker.run_pending()
    assert [item.person for item in items("intake")] == [asked.family[0]] * count


def test_nothing_follows_in_a_response_that_was_closed(asked: Small) -> None:
    answer(asked.homes[0], has_supplies="no")
    close_response(response=asked.response, by=SYSTEM)
    worker.run_pending()
    assert items("help_supplies", state="open") == []
