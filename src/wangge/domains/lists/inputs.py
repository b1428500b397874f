"""What a row of a list says of somebody. The only parser; a row that is wrong in part is kept with what is right.

A row of a list is a duty of the office: it never bounces. What cannot be read stands beside it as its problem.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from wangge.base import clock
from wangge.base.problems import Problem, Problems
from wangge.domains.lists.columns import about_nobody, marked
from wangge.domains.people.columns import for_inputs
from wangge.domains.people.days import read_day
from wangge.domains.people.documents import NO_DOCUMENT, NONE, read_document
from wangge.domains.people.inputs import SEXES, PersonInput
from wangge.domains.people.phones import read_phones
from wangge.domains.people.rules import DocumentType, normal_document
from wangge.domains.places.addresses import PARTS, AddressText

T = TypeVar("T")
MOST = {"title": 120, "sender": 80, "batch": 40, "note": 200}


@dataclass(frozen=True, slots=True)
class RowInput:
    """A row as read. ``problems`` are (code, field) of cells that cannot be right; ``nobody``: a remark, struck out."""

    name: str
    document_type: DocumentType
    document: str
    born: date | None
    sex: str
    phones: tuple[str, ...]
    address: AddressText
    mark: str
    nobody: bool
    problems: tuple[tuple[str, str], ...] = ()

    def person(self) -> PersonInput:
        """The same for the register."""
        first, *others = self.phones or ("",)
        return PersonInput(self.name, self.sex, self.born, self.document_type, self.document, first, tuple(others))


def read_row(fields: Mapping[str, str], written: Sequence[str] = ()) -> RowInput:
    """A row from its cells by field; ``written`` are all its cells, those of no field too."""
    cells, problems = for_inputs(fields), list[tuple[str, str]]()
    name = " ".join(cells.get("name", "").split())[:60]
    said = cells.get("document", ""), cells.get("document_kind", "")
    document = _or(NO_DOCUMENT, "document", problems, read_document, *said)
    number = document.number
    phones: tuple[str, ...] = _or((), "phone", problems, read_phones, cells.get("phone", ""))
    born = _or(None, "birth_date", problems, _day, cells.get("birth_date", ""))
    sex = SEXES.get(cells.get("sex", "").strip(), "unknown")
    if document.card:
        born, sex = document.card.birth_date, "male" if document.card.male else "female"
    address = AddressText(*(cells.get(part, "") for part in ("address", *PARTS)))
    nothing = not (name or normal_document(said[0]) or phones)
    mark = marked(cells.get("mark", ""))
    nobody = nothing or mark == "struck" or (not (number or phones) and about_nobody(written or list(cells.values())))
    return RowInput(name, document.kind, number, born, sex, phones, address, mark, nobody, tuple(problems))


def _or(otherwise: T, field: str, problems: list[tuple[str, str]], read: Callable[..., T], *texts: str) -> T:
    if not texts[0].strip():
        return otherwise
    try:
        return read(*texts)
    except Problem as problem:
        problems.append((problem.code, problem.field or field))
    except ValueError:
        problems.append(("birth_date_unreadable", field))
    return otherwise


def _day(text: str) -> date | None:
    return None if text.strip() in NONE else read_day(text)


def kept(row: RowInput, cells: Sequence[str]) -> dict[str, Any]:
    """What of a row goes into its envelope: every cell as it came, and what was read."""
    return {
        "cells": list(cells), "name": row.name, "document_type": row.document_type.value, "document": row.document,
        "born": row.born.isoformat() if row.born else "", "sex": row.sex, "phones": list(row.phones),
        "address": list(row.address), "problems": [list(one) for one in row.problems],
    }  # fmt: skip


def again(content: Mapping[str, Any]) -> RowInput:
    """The row out of its envelope; empty where its text was deleted."""
    born = content.get("born", "")
    return RowInput(
        content.get("name", ""), DocumentType(content.get("document_type", "id_card")), content.get("document", ""),
        date.fromisoformat(born) if born else None, content.get("sex", "unknown"), tuple(content.get("phones", ())),
        AddressText(*content.get("address", ())), "", False,
        tuple((code, field) for code, field in content.get("problems", ())),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListInput:
    """What is said of a list as a whole. ``due_at`` is aware and lies ahead; ``form`` is the questionnaire to ask, ''
    for whether they are there at all."""

    title: str
    sender: str
    batch: str
    due_at: datetime
    form: str = ""


def read_list(typed: Mapping[str, str]) -> ListInput:
    """From fields title, sender, batch, due ('2022-04-08T18:00' or a day). Raises Problems with every mistake."""
    problems: list[Problem] = []
    title, sender, batch = (_text(typed, name) for name in ("title", "sender", "batch"))
    if not title:
        problems.append(Problem("list_title_missing", field="title"))
    if not sender:
        problems.append(Problem("list_sender_missing", field="sender"))
    due = _instant(typed.get("due", ""), problems)
    if problems or due is None:
        raise Problems(problems)
    return ListInput(title, sender, batch, due, typed.get("form", "").strip()[:64])


def _instant(text: str, problems: list[Problem]) -> datetime | None:
    """A day means its evening, 18:00: reports are due before offices close."""
    text = text.strip().replace(" ", "T")
    try:
        at = datetime.fromisoformat(text if "T" in text else f"{text}T18:00").replace(tzinfo=clock.LOCAL)
    except ValueError:
        problems.append(Problem("list_due_unreadable", field="due"))
        return None
    if at < clock.now() - timedelta(minutes=1):
        problems.append(Problem("list_due_past", field="due"))
    return at


def _text(typed: Mapping[str, str], name: str) -> str:
    return " ".join(typed.get(name, "").replace("\0", " ").split())[: MOST[name]]
