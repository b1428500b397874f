"""An XLSForm becomes a questionnaire, or everything that is wrong in it is named where it stands."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.utils import translation
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.domains.asking.writing import SETTINGS, SURVEY, YES_NO, as_csv, as_workbook, book

from wangge.base.problems import Problem
from wangge.domains.asking.form_words import place_of, said_of
from wangge.domains.asking.questionnaire import Privacy, Subject, Type
from wangge.domains.asking.verdict import Judge
from wangge.domains.asking.xform import xform
from wangge.domains.asking.xlsform import BrokenForm, FormError, read_questionnaire


def errors_of(content: bytes) -> list[FormError]:
    with pytest.raises(BrokenForm) as raised:
        read_questionnaire(content)
    return list(raised.value.errors)


def error_of(survey: list[list[str]], **sheets: list[list[str]]) -> FormError:
    """The only one, said in both languages."""
    (error,) = errors_of(as_csv(book(survey, **sheets)))
    for language in ("en", "zh-hans"):
        with translation.override(language):
            assert said_of(error)
            assert error.sheet in place_of(error)
    return error


@pytest.mark.parametrize(
    "content",
    [
        as_csv(book()),
        as_csv(book(), "gb18030"),
        as_csv(book(), "utf-16"),
        as_csv(book()).replace(b",", b";"),
        as_workbook(book()),
        as_workbook(book(), top=3, left=2, merged="迎泽区行程摸排表(试行)"),
    ],
    ids=["csv", "gb18030", "utf-16", "semicolons", "xlsx", "title-row"],
)
def test_the_same_questionnaire_is_read_from_every_kind_of_file(content: bytes) -> None:
    form = read_questionnaire(content)
    assert (form.form_id, form.version, form.title) == ("travel", "20220403", {"zh": "行程"})
    back, since = form.questions
    assert (back.type, [choice.name for choice in back.choices]) == (Type.SELECT_ONE, ["yes", "no"])
    assert (since.type, since.relevant, since.constraint) == (Type.DATE, "${back} = 'yes'", ". <= today()")
    assert {question.fresh_for for question in form} == {timedelta(days=14)}
    assert {question.privacy for question in form} == {Privacy.PERSONAL}
    Judge(form)


def test_labels_in_several_languages_and_our_own_columns() -> None:
    survey = [
        ["type", "name", "label::中文 (zh)", "label::English (en)", "Label::维吾尔语 (ug)", "fresh_for", "privacy",
         "subject", "备注"],
        ["begin group", "g", "健康", "Health"],
        ["phone number", "tel", "电话", "Phone", "تېلېفون", "1y", "敏感", "人", "问一次"],
        ["end group"],
        ["note", "thanks", "谢谢"],
        ["acknowledge", "sure", "我确认", "I confirm", "", "always", "open"],
        ["calculate", "t", "", "", "", "", "", "", ""],
    ]  # fmt: skip
    survey = [row + [""] * (9 - len(row)) + ["1 + 1" if row[0] == "calculate" else ""] for row in survey]
    survey[0][9] = "calculation"
    form = read_questionnaire(as_csv(book(survey)))
    tel, _, sure, total = form.questions
    assert tel.label == {"zh": "电话", "en": "Phone", "ug": "تېلېفون"}
    assert (tel.groups, tel.type) == (("g",), Type.PHONE)
    assert (tel.fresh_for, tel.privacy, tel.subject) == (timedelta(days=365), Privacy.SENSITIVE, Subject.PERSON)
    assert (sure.fresh_for, sure.privacy, sure.subject) == (None, Privacy.OPEN, Subject.HOUSEHOLD)
    assert (total.fresh_for, total.privacy) == (timedelta(days=365), Privacy.SENSITIVE)


HEAD = ["type", "name", "label", "relevant", "constraint", "calculation", "default", "appearance", "required"]


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (["txt", "a", "A"], "type_misspelt", "B"),
        (["hologram", "a", "A"], "type_unknown", "B"),
        (["", "a", "A"], "type_missing", "B"),
        (["begin repeat", "a", "A"], "type_repeats", "B"),
        (["deviceid", "a", "A"], "type_by_itself", "B"),
        (["image", "a", "A"], "type_media", "B"),
        (["begin group", "a", "A"], "group_open", "B"),
        (["end group"], "group_not_open", "B"),
        (["select_one gone", "a", "A"], "choices_missing", "B"),
        (["select_one yesno or_other", "a", "A"], "or_other", "B"),
        (["text", "", "A"], "answer_name_missing", "C"),
        (["text", "3x", "A"], "name_wrong", "C"),
        (["text", "名字", "A"], "name_wrong", "C"),
        (["text", "meta", "A"], "name_taken", "C"),
        (["text", "first", "A"], "name_twice", "C"),
        (["text", "a", ""], "label_missing", "D"),
        (["text", "a", "Who is ${gone}?"], "xpath_no_such_question", "D"),
        (["text", "a", "A", "${gone} = 1"], "xpath_no_such_question", "E"),
        (["text", "a", "A", "${a} = 1"], "xpath_cyclic", "E"),
        (["text", "a", "A", "${first}"], "xpath_no_condition", "E"),
        (["text", "a", "A", "", "nope(.)"], "xpath_no_such_function", "F"),
        (["text", "a", "A", "", "regex(., '(a+)+')"], "pattern_not_whole", "F"),
        (["text", "a", "A", "", "regex(., '^(a+)+$')"], "pattern_repeat_in_repeat", "F"),
        (["text", "a", "A", "", "indexed-repeat(a, b, 1) = 1"], "xpath_no_such_function", "F"),
        (["text", "a", "A", "", "a[1] = 2"], "xpath_no_such_path", "F"),
        (["text", "a", "A", "", "", "1 + 1"], "calculation_elsewhere", "G"),
        (["calculate", "a", ""], "calculation_missing", "G"),
        (["calculate", "a", "", "", "", "today() - 1"], "xpath_days_as_text", "G"),
        (["date", "a", "A", "", "", "", "today()"], "default_worked_out", "H"),
        (["integer", "a", "A", "", "", "", "three"], "default_wrong", "H"),
        (["text", "a", "A", "", "", "", "", "search('file')"], "appearance_outside", "I"),
        (["text", "a", "A", "", "", "", "", "", "perhaps"], "xpath_unexpected", "J"),
    ],
)
def test_a_wrong_row_is_named_with_its_row_and_column(row: list[str], code: str, column: str) -> None:
    error = error_of([HEAD, ["text", "first", "First"], row])
    if code == "xpath_unexpected":  # a word alone is a path without a slash
        code = "xpath_no_such_question"
    assert (error.code, error.sheet, error.row, error.column) == (code, "survey", 11, column)


@pytest.mark.parametrize(
    ("sheets", "code", "place"),
    [
        ({"settings": [["form_id", "form_title", "version"], ["3x", "t", "1"]]}, "form_id_wrong", ("settings", 3, "B")),
        ({"settings": [["form_id", "form_title", "version"], ["x", "", "1"]]}, "title_wrong", ("settings", 3, "C")),
        ({"settings": [["form_id", "form_title", "version"], ["x", "t", ""]]}, "version_wrong", ("settings", 3, "D")),
        ({"settings": [["form_id", "form_title"]]}, "sheet_empty", ("settings", 0, "")),
        ({"settings": [["id", "form_title"], ["x", "t"]]}, "sheet_without_headings", ("settings", 0, "")),
        ({"choices": [["list_name", "name"], ["yesno", "yes"]]}, "label_missing", ("choices", 6, "")),
        ({"choices": [*YES_NO, ["yesno", "no", "不"]]}, "choice_twice", ("choices", 8, "C")),
        ({"choices": [*YES_NO, ["yesno", "not sure", "不"]]}, "choice_name_wrong", ("choices", 8, "C")),
        ({"choices": [*YES_NO, ["", "maybe", "不"]]}, "choice_without_list", ("choices", 8, "B")),
    ],
)  # fmt: skip
def test_wrong_settings_and_choices_are_named(sheets: dict[str, list[list[str]]], code: str, place: tuple) -> None:
    survey = [["type", "name", "label", "fresh_for", "privacy"], ["select_one yesno", "a", "A", "1d", "open"]]
    error = error_of(survey, **sheets)
    assert (error.code, (error.sheet, error.row, error.column)) == (code, place)


@pytest.mark.parametrize(
    ("heading", "code"),
    [("lable", "heading_misspelt"), ("choice_filter", "heading_outside"), ("颜色", "heading_unknown"),
     ("label::Klingon", "language_unknown"), ("name::English", "heading_without_language"), ("label", "heading_twice")],
)  # fmt: skip
def test_a_column_that_is_not_used_is_named(heading: str, code: str) -> None:
    error = error_of([["type", "name", "label", heading], ["text", "a", "A", "x"]])
    assert (error.code, error.row, error.column) == (code, 9, "D" if code == "heading_twice" else "E")


def test_everything_wrong_is_said_at_once_in_the_order_of_the_file() -> None:
    survey = [HEAD, ["txt", "a", "A"], ["text", "a", ""], ["select_one gone", "b", "B", "${c} ="]]
    choices = [*YES_NO, ["yesno", "yes", "又是"]]
    found = [(one.sheet, one.row, one.column, one.code) for one in errors_of(as_csv(book(survey, choices=choices)))]
    assert found == [
        ("survey", 11, "B", "type_misspelt"), ("survey", 12, "C", "name_twice"), ("survey", 12, "D", "label_missing"),
        ("survey", 13, "B", "choices_missing"), ("survey", 13, "E", "xpath_ends"), ("choices", 8, "C", "choice_twice"),
    ]  # fmt: skip


def test_how_long_and_how_an_answer_is_kept_must_be_said() -> None:
    found = errors_of(as_csv(book(settings=[row[:3] for row in SETTINGS])))
    assert [one.code for one in found] == ["fresh_for_missing", "privacy_missing"] * 2
    wrong = [["type", "name", "label", "fresh_for", "privacy", "subject"], ["text", "a", "A", "soon", "secret", "cat"]]
    assert [one.code for one in errors_of(as_csv(book(wrong)))] == ["fresh_for_wrong", "privacy_wrong", "subject_wrong"]


def test_the_place_is_that_of_the_workbook() -> None:
    content = as_workbook(book([*SURVEY, ["date", "x", "X", "", "nope(.)"]]), top=3, left=2, merged="标题")
    (error,) = errors_of(content)
    assert (error.row, error.column) == (7, "G")
    with translation.override("en"):
        assert place_of(error) == "sheet survey, row 7, column G, character 1"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"%PDF-1.7 ...", "file_is_pdf"),
        (b"PK\x03\x04 broken", "workbook_broken"),
        (as_workbook(book())[:3000], "workbook_broken"),
        (b"\x00\x01\x02" * 500, "file_is_binary"),
        (b'survey\n,"type,name\n', "file_quotes"),
        (b"x" * (6 * 2**20), "file_too_big"),
        (("survey\n" + ",text,a\n" * 6000).encode(), "file_too_many_rows"),
    ],
)
def test_a_file_that_is_no_table_is_refused_whole(content: bytes, code: str) -> None:
    with pytest.raises(Problem) as raised:
        read_questionnaire(content)
    assert raised.value.code == code


def test_a_file_without_the_sheets_says_which() -> None:
    assert [(one.code, one.sheet) for one in errors_of(b"name,age\nli,3\n")] == [
        ("sheet_missing", "settings"), ("sheet_missing", "survey"),
    ]  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(Problem):
        read_questionnaire(out.getvalue())


cell = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12) | st.sampled_from(
    ["text", "integer", "select_one yesno", "calculate", "begin group", "end group", "a", "b", "${a} = 'x'", ". > 3",
     "1 +", "${b} + ${a}", "yes", "14d", "open", "name", "label::English", "regex(., '^a$')"]
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(cell, min_size=1, max_size=9), min_size=1, max_size=6), st.lists(cell, max_size=9))
def test_whatever_is_written_there_is_a_form_or_a_refusal(rows: list[list[str]], more: list[str]) -> None:
    try:
        form = read_questionnaire(as_csv(book([HEAD + more, *rows])))
    except BrokenForm as broken:
        for error in broken.errors:
            assert said_of(error)
            assert place_of(error)
    except Problem:  # a control character in so short a file: it is no text
        assume(False)
    else:
        assert Judge(form)
        assert xform(form).startswith("<?xml")
