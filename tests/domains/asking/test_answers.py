"""Answers are facts: judged, sealed where they should be, counted once, and never lost."""

from datetime import timedelta

import pytest
from tests.domains.asking import bank

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.rights import NotAllowed
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.demo.small import Small
from wangge.domains.asking import queries
from wangge.domains.asking.actions import close_ask, record_answers, settle_answer
from wangge.domains.asking.actions.recording import Recorded
from wangge.domains.asking.queries.answers import disputed, known_texts, value_of
from wangge.domains.asking.queries.doors import open_door
from wangge.domains.asking.questionnaire import Question, Questionnaire, Type
from wangge.domains.asking.rules import Source
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place
from wangge.domains.work.models import Task, TaskItem


def answer(door: Place, person: Person | None = None, **given: object) -> Recorded:
    """Record answers given now, of a visit unless said otherwise. Words without a capital are answers."""
    more = {
        name: given.pop(name) for name in ("at", "by", "source", "instance", "ask", "asked", "form") if name in given
    }
    settings = {"at": clock.now(), "by": SYSTEM, "source": Source.VISIT} | more
    return record_answers(door=door, person=person, values={k: str(v) for k, v in given.items()}, **settings)  # type: ignore[arg-type]


def test_an_answer_closes_the_line_the_thing_to_do_and_moves_the_figures(tiny: Small) -> None:
    one = bank.ask(tiny)
    done = answer(tiny.homes[0], has_supplies="yes", asked=["has_supplies", "missing"])
    assert (done.asks, done.counted, len(done.answers)) == ((one.number,), 2, 2)
    assert [(row.value, row.empty) for row in done.answers] == [("yes", ""), ("", "not_relevant")]
    sums = bank.sums(one)
    assert (sums["done"], sums["not_yet"]) == (1, len(tiny.homes))
    assert not TaskItem.objects.within(EVERYTHING).filter(task__door=tiny.homes[0], state="open").exists()
    assert Task.objects.within(EVERYTHING).get(door=tiny.homes[0]).state == "closed"
    bank.check_tallies(one)


def test_part_of_an_ask_does_not_end_it(tiny: Small) -> None:
    one = bank.ask(tiny)
    assert answer(tiny.homes[0], has_supplies="no").asks == ()
    assert [sorted(part.names) for part in open_door(EVERYTHING, tiny.homes[0]).parts] == [["missing"]]
    assert answer(tiny.homes[0], missing="药").asks == (one.number,)
    assert open_door(EVERYTHING, tiny.homes[0]).parts == []


def test_personal_answers_are_sealed_and_no_answer_is_in_the_log(tiny: Small) -> None:
    person = tiny.family[0]
    done = answer(tiny.homes[0], person, fever="yes", temperature="38.5")
    rows = bank.answers(person=person)
    assert [(row.value, bool(row.sealed), value_of(row)) for row in rows] == [("", True, "yes"), ("", True, "38.5")]
    assert rows[0].value_index != rows[1].value_index
    event = Event.objects.get(kind="asking.answers_recorded")
    assert event.data["answers"] == [str(row.uuid) for row in done.answers]
    assert "38.5" not in str(event.data)
    assert known_texts(tiny.homes[0], person, ["fever"]) == {"fever": "yes"}


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({"fever": "perhaps"}, {"fever": "answer_no_choice"}),
        ({"fever": "yes", "temperature": "50"}, {"temperature": "answer_refused"}),
        ({"fever": "yes", "temperature": "warm"}, {"temperature": "answer_no_number"}),
    ],
)
def test_what_cannot_be_taken_is_said_for_each_and_nothing_is_written(
    tiny: Small, given: dict[str, str], codes: dict[str, str]
) -> None:
    with pytest.raises(Problems) as refused:
        answer(tiny.homes[0], tiny.family[0], **given)
    assert {one.field: one.code for one in refused.value.problems} == codes
    assert bank.answers() == []


def test_what_has_to_be_answered_is_missed(tiny: Small) -> None:
    with pytest.raises(Problems) as refused:
        answer(tiny.homes[0], asked=["has_supplies"])
    assert [(one.code, one.field) for one in refused.value.problems] == [("answer_missing", "has_supplies")]
    with pytest.raises(Problem, match="answer_needs_person"):
        answer(tiny.homes[0], fever="no")
    with pytest.raises(NotAllowed):
        answer(tiny.yards[0], has_supplies="yes", by=tiny.by("bingsi-1"))


def test_what_has_to_be_answered_only_in_some_cases_is_missed_only_there(tiny: Small) -> None:
    """A phone lets such a form go; held here for an answer that nobody had to give, it would be lost to its ask."""
    bank.publish(
        Questionnaire("lift", "1", {"zh": "电梯"}, (
            Question("lift", Type.SELECT_ONE, {"zh": "有电梯吗？"}, choices=bank.YES_NO, fresh_for=timedelta(days=9)),
            Question("floor", Type.TEXT, {"zh": "几楼？"}, required="${lift} = 'no'", fresh_for=timedelta(days=9)),
        ))
    )  # fmt: skip
    assert answer(tiny.homes[0], lift="yes", asked=["floor"]).counted == 2
    with pytest.raises(Problems) as refused:
        answer(tiny.homes[1], lift="no", asked=["floor"])
    assert [(one.code, one.field) for one in refused.value.problems] == [("answer_missing", "floor")]


def test_a_later_answer_replaces_and_keeps_the_earlier_whichever_comes_first(tiny: Small) -> None:
    home, hour = tiny.homes[0], timedelta(hours=1)
    answer(home, has_supplies="yes")
    answer(home, has_supplies="no")
    late = answer(home, has_supplies="yes", at=clock.now() - hour)
    assert late.counted == 0
    assert [(row.value, row.state) for row in bank.answers()] == [
        ("yes", "superseded"), ("no", "current"), ("yes", "superseded"),
    ]  # fmt: skip
    assert bank.answers()[0].superseded_by == bank.answers()[1]


def test_an_instance_sent_twice_is_once_and_two_workers_are_both_kept(tiny: Small) -> None:
    one, instance = bank.ask(tiny), uuid7()
    first = answer(tiny.homes[0], has_supplies="yes", asked=["missing"], instance=instance)
    again = answer(tiny.homes[0], has_supplies="yes", asked=["missing"], instance=instance)
    assert (first.again, again.again, len(again.answers), len(bank.answers())) == (False, True, 2, 2)
    other = answer(tiny.homes[0], has_supplies="no", missing="米", instance=uuid7())
    assert (other.asks, len(bank.answers()), bank.sums(one)["done"]) == ((), 4, 1)


@pytest.mark.parametrize("listed_first", [True, False])
def test_a_contradiction_between_sources_is_shown_and_settled(tiny: Small, listed_first: bool) -> None:
    home = tiny.homes[0]
    told = [(Source.LIST, "no"), (Source.VISIT, "yes")]
    for source, value in told if listed_first else reversed(told):
        done = answer(home, has_supplies=value, source=source)
    assert done.disputed == 1
    [waiting] = disputed(EVERYTHING)
    assert (waiting.value, queries.current_beside(waiting).value) == ("no", "yes")  # type: ignore[union-attr]
    kept = settle_answer(answer=waiting, keep=True, by=tiny.by("bingsi-1"))
    assert (kept.value, kept.settled_post) == ("no", tiny.posts["bingsi-1"].uuid)
    assert sorted((row.value, row.state) for row in bank.answers()) == [("no", "current"), ("yes", "superseded")]
    assert settle_answer(answer=waiting, keep=True, by=SYSTEM) == kept
    with pytest.raises(Problem, match="settled_already"):
        settle_answer(answer=waiting, keep=False, by=SYSTEM)


def test_answers_for_a_closed_ask_and_for_people_who_moved_are_kept_as_facts(tiny: Small) -> None:
    one, person = bank.ask(tiny, "fever"), tiny.family[0]
    close_ask(ask=one, by=SYSTEM)
    before = bank.sums(one)
    late = answer(tiny.homes[5], person, fever="no", ask=one, asked=["temperature"])
    assert (late.closed, late.moved, late.asks, len(late.answers)) == (True, True, (), 2)
    assert bank.sums(one) == before
    assert not TaskItem.objects.within(EVERYTHING).filter(kind="ask", state="open").exists()
    again = bank.ask(tiny, "fever")
    assert bank.sums(again)["known"] == 1


def test_one_answer_answers_every_ask_that_waits_for_it(tiny: Small) -> None:
    narrow = bank.ask(tiny, "has_supplies", place="village")
    other = bank.ask(tiny, "missing", place="village")
    done = answer(tiny.yards[0], has_supplies="yes", asked=["missing"])
    assert done.asks == (narrow.number, other.number)
    assert [len(part.names) for part in open_door(EVERYTHING, tiny.yards[1]).parts] == [2]
