"""A questionnaire as the XForm that ODK's clients open. pyxform writes it, from what we understood and nothing else."""

from collections.abc import Iterator, Mapping

from pyxform.errors import PyXFormError
from pyxform.utils import default_is_dynamic
from pyxform.xls2xform import convert

from wangge.base.problems import Problem
from wangge.domains.asking.plan import ROOT
from wangge.domains.asking.questionnaire import Group, Question, Questionnaire, Type, Words, words_in

#: Languages under the names that clients show in their menu.
LANGUAGES = {"zh": "中文 (zh)", "zh-hant": "繁體中文 (zh-Hant)", "en": "English (en)"}
#: The first line of the form: what for, and by which right.
NOTICE = "notice_line"
_APPEARANCES = {Type.PHONE: "numbers"}
_TYPES = {Type.PHONE: "text"}
Row = dict[str, str]


def xform(questionnaire: Questionnaire) -> str:
    """The XForm. Raises Problem where pyxform sees something wrong that we did not."""
    try:
        return str(convert(dict(_book(questionnaire)), form_name=ROOT, validate=False).xform)
    except PyXFormError as error:
        raise Problem("xform_refused", field="file", said=str(error)[:300]) from error


def languages(questionnaire: Questionnaire) -> list[str]:
    """The languages its labels are in, its own first."""
    found = {code for question in questionnaire.questions for code in question.label}
    return sorted(found | {questionnaire.language}, key=lambda code: (code != questionnaire.language, code))


def _book(form: Questionnaire) -> Iterator[tuple[str, list[Row]]]:
    codes = languages(form)
    yield "settings", [_settings(form)]
    yield "survey", list(_survey(form, codes))
    yield "choices", [row for question in _by_list(form).values() for row in _choices(question, codes)]


def _settings(form: Questionnaire) -> Row:
    return {
        "form_id": form.form_id, "version": form.version, "form_title": words_in(form.title, form.language),
        "default_language": _language(form.language),
    }  # fmt: skip


def _survey(form: Questionnaire, codes: list[str]) -> Iterator[Row]:
    if notice := _notice(form, codes):
        yield {"type": "note", "name": NOTICE, **_translated("label", notice, codes)}
    groups = {group.path: group for group in form.groups}
    inside: tuple[str, ...] = ()
    for question in form.questions:
        yield from _steps(inside, question.groups, groups, codes)
        inside = question.groups
        yield _question(form, question, codes)
    yield from _steps(inside, (), groups, codes)


def _steps(
    inside: tuple[str, ...], wanted: tuple[str, ...], groups: Mapping[tuple[str, ...], Group], codes: list[str]
) -> Iterator[Row]:
    """Out of the groups that end here and into those that begin."""
    common = next((at for at, (a, b) in enumerate(zip(inside, wanted, strict=False)) if a != b),
                  min(len(inside), len(wanted)))  # fmt: skip
    for _ in inside[common:]:
        yield {"type": "end group"}
    for depth in range(common, len(wanted)):
        group = groups[wanted[: depth + 1]]
        row = {"type": "begin group", "name": group.path[-1], "relevant": group.relevant}
        yield _filled(row | _translated("label", group.label, codes))


def _question(form: Questionnaire, one: Question, codes: list[str]) -> Row:
    kind = _TYPES.get(one.type, one.type.value)
    if one.choices:
        kind = f"{kind} {_list_name(one)}"
    row = {
        "type": kind, "name": one.name, "required": one.required, "relevant": one.relevant,
        "constraint": one.constraint, "calculation": one.calculation, "default": _default(one),
        "appearance": one.appearance or _APPEARANCES.get(one.type, ""),
    }  # fmt: skip
    for column in ("label", "hint", "constraint_message", "required_message"):
        row |= _translated(column, getattr(one, column), codes)
    return _filled(row)


def _default(question: Question) -> str:
    """The first answer; where pyxform would take it for an expression, as one that yields the text."""
    text = question.default
    if not default_is_dynamic(text, question.type.value):
        return text
    return f'string("{text}")' if "'" in text else f"string('{text}')"


def _by_list(form: Questionnaire) -> dict[str, Question]:
    return {_list_name(question): question for question in form.questions if question.choices}


def _list_name(question: Question) -> str:
    return f"{question.name}_choices"


def _choices(question: Question, codes: list[str]) -> Iterator[Row]:
    for choice in question.choices:
        yield {"list_name": _list_name(question), "name": choice.name, **_translated("label", choice.label, codes)}


def _notice(form: Questionnaire, codes: list[str]) -> Words:
    lines = {code: [words_in(words, code) for words in (form.purpose, form.ground) if words] for code in codes}
    return {code: "\n".join(texts) for code, texts in lines.items() if texts}


def _translated(column: str, words: Words, codes: list[str]) -> Row:
    """A column in every language of the form: a text that is not translated stands in its own words."""
    return {f"{column}::{_language(code)}": words_in(words, code) for code in codes if words}


def _language(code: str) -> str:
    return LANGUAGES.get(code, f"{code} ({code})")


def _filled(row: Row) -> Row:
    return {key: text for key, text in row.items() if text}
