"""A set of answers gets the verdict that the form asks for."""

import json
from datetime import date, datetime, timedelta
from time import process_time
from zoneinfo import ZoneInfo

import pytest

from wangge.domains.asking.instances import BrokenInstance, read_instance
from wangge.domains.asking.plan import Unusable
from wangge.domains.asking.questionnaire import (
    Choice,
    Group,
    Privacy,
    Question,
    Questionnaire,
    Subject,
    Type,
    of_data,
    to_data,
    words_in,
)
from wangge.domains.asking.verdict import Judge

AT = datetime(2022, 4, 3, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
YES_NO = (Choice("yes", {"zh": "是", "en": "Yes"}), Choice("no", {"zh": "否", "en": "No"}))


def ask(name: str, kind: Type = Type.TEXT, **more: object) -> Question:
    return Question(name, kind, {"zh": name}, **more)  # type: ignore[arg-type]


TRAVEL = Questionnaire(
    "travel", "20220403", {"zh": "行程"},
    (
        ask("back", Type.SELECT_ONE, choices=YES_NO, required="true()"),
        ask("since", Type.DATE, relevant="${back} = 'yes'", required="true()", groups=("trip",),
            constraint=". <= today() and . >= today() - 14", constraint_message={"zh": "请填最近14天内的日期。"}),
        ask("people", Type.INTEGER, groups=("trip",), constraint=". > 0 and . < 30"),
        ask("signs", Type.SELECT_MULTIPLE, choices=(Choice("fever", {}), Choice("cough", {}), Choice("none", {})),
            constraint="not(selected(., 'none') and count-selected(.) > 1)"),
        ask("urgent", Type.CALCULATE, calculation="if(selected(${signs}, 'fever') or ${people} > 5, 'yes', 'no')"),
        ask("word", Type.TEXT, relevant="${urgent} = 'yes'"),
    ),
    groups=(Group(("trip",), {"zh": "行程"}, "${back} = 'yes'"),),
)  # fmt: skip
JUDGE = Judge(TRAVEL)


def test_good_answers_become_values() -> None:
    said = {"back": "yes", "since": "2022-03-30", "people": "2", "signs": "fever cough", "word": "大厅"}
    verdict = JUDGE.judge(said, at=AT)
    assert verdict.good
    assert verdict.values == {
        "back": "yes", "since": date(2022, 3, 30), "people": 2, "signs": ("fever", "cough"), "urgent": "yes",
        "word": "大厅",
    }  # fmt: skip
    assert verdict.texts["urgent"] == "yes"


def test_what_is_not_asked_is_dropped_and_named() -> None:
    verdict = JUDGE.judge({"back": "no", "since": "soon", "people": "9", "extra": "1"}, at=AT)
    assert verdict.good
    assert verdict.values == {"back": "no", "urgent": "no"}
    assert verdict.dropped == ("since", "people")
    assert verdict.unknown == ("extra",)


def test_a_missing_answer_is_a_fault_unless_only_some_were_asked() -> None:
    assert [(one.question, one.code) for one in JUDGE.judge({}, at=AT).faults] == [("back", "answer_missing")]
    assert JUDGE.judge({"signs": "none"}, at=AT, partial=True).good


def test_every_fault_is_named_in_the_order_of_the_form_with_its_own_words() -> None:
    verdict = JUDGE.judge({"back": "yes", "since": "2022-03-01", "people": "0", "signs": "none fever"}, at=AT)
    assert [(one.question, one.code) for one in verdict.faults] == [
        ("since", "answer_refused"), ("people", "answer_refused"), ("signs", "answer_refused"),
    ]  # fmt: skip
    assert words_in(verdict.faults[0].words, "zh-hans") == "请填最近14天内的日期。"


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (Type.INTEGER, "3.5", "answer_no_whole_number"),
        (Type.INTEGER, "٣", "answer_no_whole_number"),
        (Type.DECIMAL, "1e3", "answer_no_number"),
        (Type.DATE, "2022-02-30", "answer_no_date"),
        (Type.DATETIME, "2022-02-03 10:00", "answer_no_time"),
        (Type.SELECT_ONE, "maybe", "answer_no_choice"),
        (Type.SELECT_MULTIPLE, "yes maybe", "answer_no_choice"),
        (Type.ACKNOWLEDGE, "yes", "answer_not_acknowledged"),
        (Type.TEXT, "x" * 2001, "answer_too_long"),
        (Type.TEXT, "a\x00b", "answer_damaged"),
    ],
)
def test_an_answer_of_the_wrong_type_is_refused(kind: Type, text: str, code: str) -> None:
    judge = Judge(Questionnaire("f", "1", {}, (ask("a", kind, choices=YES_NO),)))
    verdict = judge.judge({"a": text}, at=AT)
    assert [fault.code for fault in verdict.faults] == [code]
    assert verdict.values == {}


@pytest.mark.parametrize(
    ("kind", "text", "plain"),
    [
        (Type.INTEGER, " 007 ", "7"),
        (Type.DECIMAL, "36.50", "36.50"),
        (Type.DATETIME, "2022-04-03T02:00:00Z", "2022-04-03T10:00:00.000+08:00"),
        (Type.SELECT_MULTIPLE, " yes  no yes", "yes no"),
        (Type.ACKNOWLEDGE, "OK", "OK"),
    ],
)
def test_an_answer_is_kept_in_one_way_of_writing(kind: Type, text: str, plain: str) -> None:
    judge = Judge(Questionnaire("f", "1", {}, (ask("a", kind, choices=YES_NO),)))
    assert judge.judge({"a": text}, at=AT).texts == {"a": plain}


def test_an_openrosa_instance_is_judged_like_plain_answers() -> None:
    xml = """<data id="travel" version="20220403" xmlns:orx="http://openrosa.org/xforms"><back>yes</back><trip>
        <since>2022-04-01</since><people>3</people></trip><signs>cough</signs><urgent>yes</urgent><word/>
        <odd>1</odd><orx:meta><orx:instanceID>uuid:1</orx:instanceID></orx:meta></data>"""
    verdict = JUDGE.judge(xml.encode(), at=AT)
    assert verdict.good
    assert verdict.values == {
        "back": "yes", "since": date(2022, 4, 1), "people": 3, "signs": ("cough",), "urgent": "no",
    }  # fmt: skip
    assert verdict.unknown == ("odd",)
    assert verdict.instance is not None
    assert (verdict.instance.form_id, verdict.instance.version) == ("travel", "20220403")
    assert verdict.instance.instance_id == "uuid:1"


def test_a_condition_may_read_what_stands_below_it() -> None:
    form = Questionnaire("f", "1", {}, (ask("a", relevant="${b} = 'x'"), ask("b")))
    assert Judge(form).judge({"a": "1", "b": "x"}, at=AT).values == {"a": "1", "b": "x"}
    assert Judge(form).judge({"a": "1", "b": "y"}, at=AT).dropped == ("a",)


def test_an_unusable_questionnaire_names_everything_that_is_wrong() -> None:
    form = Questionnaire(
        "f", "1", {},
        (ask("a", relevant="${b} = 1"), ask("b", relevant="${a} = 1"), ask("c", relevant="${a} = 1"),
         ask("d", constraint="nope(.)"), ask("e", required="${gone} = 1")),
    )  # fmt: skip
    with pytest.raises(Unusable) as raised:
        Judge(form)
    found = {(slip.name, slip.column, slip.code) for slip in raised.value.slips}
    assert found == {
        ("a", "relevant", "xpath_cyclic"), ("b", "relevant", "xpath_cyclic"),
        ("d", "constraint", "xpath_no_such_function"), ("e", "required", "xpath_no_such_question"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        ("<data id='f'><a>1</a>", "instance_broken"),
        ("", "instance_broken"),
        ("<data><a>1</a></data>", "instance_without_form"),
        ("<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><data id='f'><a>&x;</a></data>", "instance_declares"),
        ("<data id='f'><a>1</a><a>2</a></data>", "instance_answer_twice"),
        ("<data id='f'>" + "<a>" * 30 + "</a>" * 30 + "</data>", "instance_too_big"),
        ("<data id='f'><a>" + "x" * 2**20 + "</a></data>", "instance_too_big"),
    ],
)
def test_xml_that_is_no_filled_in_form_is_refused(xml: str, code: str) -> None:
    with pytest.raises(BrokenInstance) as raised:
        JUDGE.judge(xml.encode(), at=AT)
    assert raised.value.code == code


def test_a_form_that_is_not_in_utf8_is_refused_and_one_that_is_can_be_read() -> None:
    xml = "<data id='f'><a>姜é</a></data>"
    for content in (
        xml.encode("utf-16"), "<data id='f'><a>1</a></data>".encode("utf-16-le"),
        b"<?xml version='1.0' encoding='ISO-8859-1'?><data id='f'><a>\xe9</a></data>",
        b"<?xml version='1.0' encoding='ISO-8859-1'?>" + xml.encode(),
    ):  # fmt: skip
        with pytest.raises(BrokenInstance, match="instance_not_utf8"):
            read_instance(content)
    for head in ("", "\ufeff", "<?xml version='1.0' encoding='UTF-8'?>"):
        assert read_instance((head + xml).encode()).answers == {("a",): "姜é"}


def test_a_questionnaire_is_the_same_after_it_was_written_down() -> None:
    question = ask("a", fresh_for=timedelta(days=14), privacy=Privacy.SENSITIVE, subject=Subject.PERSON)
    form = Questionnaire("f", "1", {"zh": "题"}, (question, *TRAVEL.questions), TRAVEL.groups)
    assert of_data(json.loads(json.dumps(to_data(form)))) == form


def test_ten_questions_are_judged_in_less_than_150_microseconds() -> None:
    questions = tuple(
        ask(f"q{number}", Type.INTEGER, required="true()", constraint=". >= 0 and . < 100",
            **({"relevant": f"${{q{number - 1}}} < 50 or ${{q{number - 1}}} = 99"} if number else {}))
        for number in range(10)
    )  # fmt: skip
    judge, said = Judge(Questionnaire("f", "1", {}, questions)), {f"q{number}": str(number) for number in range(10)}
    assert judge.judge(said, at=AT).good
    best = min(_seconds(judge, said) for _ in range(20))
    assert best < 150e-6


def _seconds(judge: Judge, said: dict[str, str]) -> float:
    start = process_time()
    for _ in range(20):
        judge.judge(said, at=AT)
    return (process_time() - start) / 20
