"""The eight questionnaires of the product: whole in both languages, one bank, in the words that others use."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from wangge.base.access.by import SYSTEM
from wangge.domains.asking.actions.taking import take_questionnaire
from wangge.domains.asking.models import Form
from wangge.domains.asking.models import Question as Banked
from wangge.domains.asking.questionnaire import Choice, Question, Questionnaire, Type, Words
from wangge.domains.asking.shipped import shipped_files, shipped_questionnaires
from wangge.domains.asking.verdict import Judge, Verdict
from wangge.domains.asking.xform import xform
from wangge.flows import fever, no_supplies, yellow_code

FORMS = {form.form_id: form for form in shipped_questionnaires()}
BANK = {question.name: question for form in FORMS.values() for question in form.asked}
AT = datetime(2022, 4, 3, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
DATA = Path(__file__).parents[3] / "src" / "wangge"
#: Asked by a table that comes with the product, and by no form: its coverage says that it would have to be asked.
NOT_ASKED = {"tenant"}


def test_the_eight_are_there() -> None:
    assert sorted(FORMS) == [
        "basic_supplies", "cannot_come_down", "daily_health", "door_knowledge", "life_support", "lives_alone",
        "returnee_report", "travel_code",
    ]  # fmt: skip


def texts(form: Questionnaire) -> Iterator[Words]:
    yield from (form.title, form.purpose, form.ground)
    for question in form:
        yield from (words for words in (question.label, question.hint, question.constraint_message) if words)
        yield from (choice.label for choice in question.choices)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_each_speaks_both_languages_and_says_what_for(form: Questionnaire) -> None:
    for words in texts(form):
        assert words["zh"]
        assert words["en"]
        assert not re.search(r"[\u4e00-\u9fff][,.?!:;()]", words["zh"]), words["zh"]
    assert all(question.fresh_for for question in form.asked)
    assert all(question.constraint_message for question in form if question.constraint)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_each_becomes_a_form_of_odk_with_its_notice_line(form: Questionnaire) -> None:
    xml = xform(form)
    assert f'<data id="{form.form_id}" version="{form.version}">' in xml
    assert form.purpose["zh"] in xml
    assert form.ground["en"] in xml
    assert '<translation lang="中文 (zh)" default="true()">' in xml


def test_a_name_is_the_same_question_in_every_form() -> None:
    def one(question: Question) -> tuple[object, ...]:
        return (question.type, question.label, question.choices, question.fresh_for, question.privacy, question.subject,
                question.constraint)  # fmt: skip

    assert all(one(question) == one(BANK[question.name]) for form in FORMS.values() for question in form.asked)


@pytest.mark.django_db
def test_they_go_into_the_bank_once() -> None:
    taken = [take_questionnaire(content=content, by=SYSTEM) for _, content in shipped_files()]
    again = [take_questionnaire(content=content, by=SYSTEM) for _, content in shipped_files()]
    assert ({one.new for one in taken}, {one.new for one in again}) == ({True}, {False})
    assert (Form.objects.count(), set(Banked.objects.values_list("name", flat=True))) == (8, set(BANK))


@pytest.mark.django_db
def test_a_check_keeps_nothing() -> None:
    for _, content in shipped_files():
        assert take_questionnaire(content=content, by=SYSTEM, check=True).new
    assert (Form.objects.count(), Banked.objects.count()) == (0, 0)


def values_of(name: str) -> set[str]:
    return {choice.name for choice in BANK[name].choices}


def test_what_flows_answer_to_is_asked() -> None:
    things = (*no_supplies.NEEDS, fever.TEST, yellow_code.INTAKE)
    assert [one.question for one in things if not values_of(one.question) > one.values] == []


def test_what_tables_show_is_asked() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in (DATA / "tables").glob("*.yaml"))
    names = set(re.findall(r"answer\.([a-z_]+)", text))
    assert len(names) > 10
    assert names - NOT_ASKED - BANK.keys() == set()


def test_what_the_group_chat_answers_is_asked_with_those_values() -> None:
    topics = yaml.safe_load((DATA / "data" / "chat_words.yaml").read_text(encoding="utf-8"))["topics"]
    for topic in topics:
        values = {str(topic[word]) for word in ("lacks", "has", "yes", "no") if word in topic}
        assert values <= values_of(topic["question"]), topic["question"]
        assert "days" not in topic or BANK[topic["days"]].type is Type.INTEGER


def judged(form: str, **answers: str) -> Verdict:
    return Judge(FORMS[form]).judge(answers, at=AT)


@pytest.mark.parametrize(
    ("form", "answers", "wrong"),
    [
        ("travel_code", {"came_back": "no", "code_colour": "green"}, []),
        ("travel_code", {"came_back": "yes", "code_colour": "yellow"}, ["came_from", "came_on", "risk_area"]),
        ("travel_code", {"came_back": "yes", "came_from": "上海市浦东新区", "came_on": "2022-03-20", "came_by": "train",
                         "trip_number": "G1952", "risk_area": "yes", "code_colour": "yellow",
                         "code_since": "2022-04-04", "contact_phone": "一三八"},
         ["code_since", "contact_phone"]),
        ("basic_supplies", {"has_supplies": "yes", "medicine": "enough"}, []),
        ("basic_supplies", {"has_supplies": "no", "supplies_needed": "grain baby", "food": "low", "food_days": "1",
                            "medicine": "out"}, ["medicine_name"]),
        ("returnee_report", {"came_from": "北京市", "arrive_on": "2022-04-05", "came_by": "car", "risk_area": "no",
                             "contact_phone": "13800138000", "arrival_help": "none pickup"}, ["arrival_help"]),
        ("daily_health", {"temperature": "37.4", "fever": "no", "symptoms": "none"}, ["fever"]),
        ("daily_health", {"temperature": "37.4", "fever": "yes", "symptoms": "cough", "ill_since": "2022-04-02"}, []),
        ("cannot_come_down", {"can_come_down": "no", "why_not_down": "wheelchair", "home_hour": "any"}, []),
        ("life_support", {"oxygen": "yes", "oxygen_hours": "6", "power_device": "concentrator lift", "power_hours": "2",
                          "dialysis": "yes", "dialysis_kind": "blood"}, ["dialysis_days"]),
        ("lives_alone", {"lives_alone": "yes", "key_with": "neighbour"}, ["who_has_key"]),
        ("lives_alone", {"lives_alone": "yes", "key_with": "nobody", "looked_in_on": "daily"}, []),
    ],
)  # fmt: skip
def test_each_asks_for_what_it_needs_and_no_more(form: str, answers: dict[str, str], wrong: list[str]) -> None:
    verdict = judged(form, **answers)
    assert [fault.question for fault in verdict.faults] == wrong
    assert verdict.dropped == ()
    assert verdict.unknown == ()


def test_choices_are_told_apart_by_name() -> None:
    assert Choice("yes", {"zh": "是", "en": "Yes"}) in BANK["fever"].choices
