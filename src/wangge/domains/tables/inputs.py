"""From a file or a form to a table's definition. The only parser; each refusal names what to write instead."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from wangge.base.problems import Problem
from wangge.domains.tables.catalogue import FILTERS, SOURCES
from wangge.domains.tables.rules import (
    ANSWER,
    PARTS,
    Column,
    Condition,
    Definition,
    Subject,
    Test,
    part_of,
    question_of,
)

NAME = re.compile(r"[a-z][a-z0-9_-]{1,39}")
MOST_COLUMNS = 80
RESERVED = frozenset({"new", "files", "schedules"})  # addresses of the desk
LONGEST = 80
_LETTER = {Subject.PERSON: "P", Subject.HOUSEHOLD: "H", Subject.GRID: "G"}


def read_definition(text: str, name: str) -> Definition:
    """The definition in a YAML file's text. Raises Problem."""
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise Problem("table_not_yaml", field="file", line=mark.line + 1 if mark else 1) from error
    if not isinstance(data, Mapping):
        raise Problem("table_not_yaml", field="file", line=1)
    return of_data(data, name)


def of_data(data: Mapping[str, Any], name: str) -> Definition:
    """The definition in data as YAML or the database gives it. Raises Problem."""
    if not NAME.fullmatch(name) or name in RESERVED:
        raise Problem("table_name_wrong", field="name")
    title = _text(data.get("title"))
    if not title:
        raise Problem("table_title_missing", field="title")
    try:
        subject = Subject(str(data.get("subject", "")))
    except ValueError as error:
        raise Problem("table_subject_wrong", field="subject") from error
    columns = tuple(_column(one, subject) for one in _list(data.get("columns")))
    if not columns or len(columns) > MOST_COLUMNS:
        raise Problem("table_columns_wrong", field="columns", most=MOST_COLUMNS)
    where = tuple(_condition(one, _rows_of(subject)) for one in _list(data.get("where")))
    return Definition(name, title, subject, columns, where, _text(data.get("office")))


def as_data(definition: Definition) -> dict[str, Any]:
    """The same as data, to be kept."""
    return {
        "title": definition.title, "subject": definition.subject.value, "office": definition.office,
        "where": [_condition_data(one) for one in definition.where],
        "columns": [
            {"heading": one.heading, "source": one.source, "codes": dict(one.codes),
             "where": [_condition_data(each) for each in one.where]}
            for one in definition.columns
        ],
    }  # fmt: skip


def _condition_data(one: Condition) -> dict[str, Any]:
    if one.test is Test.ANY:
        return {"any": [_condition_data(each) for each in one.any_of]}
    value: Any = list(one.values)
    if one.test is Test.KNOWN:
        value = one.values == ("yes",)
    elif one.test in (Test.AT_LEAST, Test.AT_MOST):
        value = int(one.values[0])
    return {"source": one.source, one.test.value: value}


def _rows_of(subject: Subject) -> Subject:
    """What conditions are about: a row of counts counts doors."""
    return Subject.HOUSEHOLD if subject is Subject.GRID else subject


def _column(data: Any, subject: Subject) -> Column:
    if not isinstance(data, Mapping) or not _text(data.get("heading")):
        raise Problem("table_heading_missing", field="columns")
    heading, source = _text(data["heading"]), _text(data.get("source"))
    if source:
        check_source(source, subject, heading)
    codes = data.get("codes") or {}
    if not isinstance(codes, Mapping):
        raise Problem("table_codes_wrong", field="columns", heading=heading)
    counted = Subject.PERSON if source == "count.people" else _rows_of(subject)
    where = tuple(_condition(one, counted) for one in _list(data.get("where")))
    said = {_code(key): _code(value) for key, value in codes.items()}
    return Column(heading, source, said, where)


def check_source(source: str, subject: Subject, heading: str) -> None:
    """Raises Problem for a source that a table of this kind cannot have."""
    if source.startswith(ANSWER) and subject is not Subject.GRID:
        if re.fullmatch(r"[A-Za-z_][\w-]*", question_of(source)) and part_of(source) in ("", *PARTS):
            return
    elif (known := SOURCES.get(source)) and subject in known.subjects:
        return
    raise Problem("table_source_unknown", field="columns", heading=heading, source=source[:60])


def _condition(data: Any, subject: Subject) -> Condition:
    if not isinstance(data, Mapping):
        raise Problem("table_condition_wrong", field="where", text=str(data)[:60])
    if "any" in data:
        return Condition("", Test.ANY, (), tuple(_condition(one, subject) for one in _list(data["any"])))
    source = _text(data.get("source"))
    tests = [test for test in Test if test.value in data and test is not Test.ANY]
    known = source.startswith(ANSWER) or _LETTER[subject] in FILTERS.get(source, "")
    if len(tests) != 1 or not known:
        raise Problem("table_condition_wrong", field="where", text=source or str(dict(data))[:60])
    return Condition(source, tests[0], _values(data[tests[0].value], tests[0], source))


def _values(value: Any, test: Test, source: str) -> tuple[str, ...]:
    if test is Test.KNOWN:
        return ("yes",) if value in (True, "yes") else ("no",)
    if test in (Test.AT_LEAST, Test.AT_MOST):
        if not str(value).isdecimal():
            raise Problem("table_condition_wrong", field="where", text=f"{source} {value}"[:60])
        return (str(value),)
    return tuple(
        _code(one) for one in (value if isinstance(value, Sequence) and not isinstance(value, str) else [value])
    )


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else []


def _text(value: Any) -> str:
    return " ".join(str(value).split())[:LONGEST] if value is not None else ""


def _code(value: Any) -> str:
    """YAML reads a bare yes as true: it is the word again."""
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
