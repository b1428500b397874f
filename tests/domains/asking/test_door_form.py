"""The open questions of a door as one form: asked once, conditions kept, answers given back to whom they concern."""

from datetime import UTC, datetime

from tests.domains.asking.bank import HEALTH, SUPPLIES

from wangge.domains.asking.door_form import HERE, DoorForm, Part, compose
from wangge.domains.asking.plan import plan
from wangge.domains.asking.questionnaire import Question, Questionnaire, Subject, Type
from wangge.domains.asking.verdict import Judge

NOW = datetime(2022, 4, 5, 10, tzinfo=UTC)
HOUSE = Part("h", {"zh": "整户"}, frozenset({"has_supplies", "missing"}), False)
LI = Part("pa", {"zh": "李秀英"}, frozenset({"fever", "temperature"}), True)
WANG = Part("pb", {"zh": "王强"}, frozenset({"fever", "temperature"}), True)


def door(*parts: Part) -> DoorForm:
    return compose(title={"zh": "3单元 501"}, version="1", parts=parts, forms=[SUPPLIES, HEALTH])


def test_the_household_first_then_each_person_with_the_same_questions() -> None:
    form = door(HOUSE, LI, WANG)
    assert [one.name for one in form.questionnaire] == [
        "h_has_supplies", "h_missing", f"pa_{HERE}", "pa_fever", "pa_temperature", f"pb_{HERE}", "pb_fever",
        "pb_temperature",
    ]  # fmt: skip
    assert [group.label["zh"] for group in form.questionnaire.groups] == ["整户", "李秀英", "王强"]
    assert plan(form.questionnaire)


def test_each_answer_goes_back_to_whom_it_is_about() -> None:
    form = door(HOUSE, LI, WANG)
    given = {
        "h_has_supplies": "yes", "pa_answers_now": "yes", "pa_fever": "yes", "pa_temperature": "38.5",
        "pb_answers_now": "yes", "pb_fever": "no",
    }  # fmt: skip
    verdict = Judge(form.questionnaire).judge(given, at=NOW)
    assert verdict.faults == ()
    assert form.by_part(verdict.texts) == {
        "h": {"has_supplies": "yes"}, "pa": {HERE: "yes", "fever": "yes", "temperature": "38.5"},
        "pb": {HERE: "yes", "fever": "no"},
    }  # fmt: skip


def test_conditions_stay_within_their_person() -> None:
    form = door(LI, WANG)
    given = {
        "pa_answers_now": "yes",
        "pa_fever": "no",
        "pb_answers_now": "yes",
        "pb_fever": "yes",
        "pb_temperature": "99",
    }
    verdict = Judge(form.questionnaire).judge({**given, "pa_temperature": "38"}, at=NOW)
    assert verdict.dropped == ("pa_temperature",)
    assert [fault.question for fault in verdict.faults] == ["pb_temperature"]


def test_somebody_who_is_not_there_is_asked_nothing() -> None:
    form = door(HOUSE, LI)
    verdict = Judge(form.questionnaire).judge({"h_has_supplies": "yes", "pa_answers_now": "absent"}, at=NOW)
    assert verdict.good
    assert form.by_part(verdict.texts)["pa"] == {HERE: "absent"}


def test_a_question_brings_along_what_decides_whether_it_is_asked() -> None:
    only = Part("pa", LI.label, frozenset({"temperature"}), True)
    assert [name for _key, name in door(only).slots.values()] == [HERE, "fever", "temperature"]


def test_what_is_known_is_held_and_not_asked_again() -> None:
    known = Part("h", HOUSE.label, frozenset({"missing"}), False, {"has_supplies": "no"})
    form = door(known)
    assert [one.name for one in form.questionnaire.asked] == ["h_missing"]
    assert Judge(form.questionnaire).judge({"h_missing": "米"}, at=NOW).texts["h_missing"] == "米"
    had = door(Part("h", HOUSE.label, frozenset({"missing"}), False, {"has_supplies": "yes"}))
    assert Judge(had.questionnaire).judge({"h_missing": "米"}, at=NOW).dropped == ("h_missing",)


def test_paths_of_a_form_are_read_like_names() -> None:
    form = Questionnaire("paths", "1", {"zh": "x"}, (
        Question("alone", Type.TEXT, {"zh": "独居吗？"}, subject=Subject.PERSON),
        Question("key", Type.TEXT, {"zh": "谁有钥匙？"}, relevant="/data/alone = 'yes' and ../alone != 'no'",
                 subject=Subject.PERSON),
    ))  # fmt: skip
    made = compose(title={}, version="1", parts=[Part("pa", {}, frozenset({"alone", "key"}), True)], forms=[form])
    assert "${pa_alone} = 'yes' and ${pa_alone} != 'no'" in made.questionnaire.questions[2].relevant
    assert Judge(made.questionnaire).judge({"pa_answers_now": "yes", "pa_alone": "yes", "pa_key": "王"}, at=NOW).good
