"""What a form or file says of a person, made uniform. Raises Problems with every mistake at once."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from wangge.base import clock
from wangge.base.choices import member
from wangge.base.problems import Problem, Problems
from wangge.domains.people.days import read_day
from wangge.domains.people.documents import NO_DOCUMENT, NONE, read_document
from wangge.domains.people.phones import read_phones
from wangge.domains.people.rules import DocumentType, normal_document, normal_phone, read_id_card
from wangge.domains.places.addresses import PARTS, AddressText

T = TypeVar("T")
EARLIEST = date(1850, 1, 1)
PAST = date(2020, 1, 1)  # no clock is asked about earlier days: rows come by the million
LONGEST_NAME = 60
LONGEST_RELATION = 20
#: The cells a row of a file can have, by field; every one may be missing. The address is one text, parts, or both.
PERSON_FIELDS = ("name", "document_kind", "document", "birth_date", "sex", "phone", "relation", "address", *PARTS)
_WHERE = ("address", *PARTS)
_EMPTY = [""] * len(_WHERE)
SEXES = {
    **dict.fromkeys(("男", "男性", "m", "male", "1"), "male"),
    **dict.fromkeys(("女", "女性", "f", "female", "2"), "female"),
    **dict.fromkeys(("", "0", "9", "未知", "不详", "未说明", "unknown"), "unknown"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PersonInput:
    """A person as typed: only the name is needed. Document and phones are normalised; ``phone`` is called first."""

    name: str
    sex: str = "unknown"
    birth_date: date | None = None
    document_type: DocumentType = DocumentType.ID_CARD
    document: str = ""
    phone: str = ""
    other_phones: tuple[str, ...] = ()
    relation: str = ""

    @property
    def phones(self) -> tuple[str, ...]:
        return (self.phone, *self.other_phones) if self.phone else ()


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A row of a file: who, and where they live as the row writes it."""

    person: PersonInput
    address: AddressText


def read_person(
    *,
    name: str,
    document: str = "",
    document_type: str = "id_card",
    phone: str = "",
    birth_date: date | None = None,
    sex: str = "",
) -> PersonInput:
    """A checked PersonInput; sex and birth date are taken from an ID card when not given."""
    problems: list[Problem] = []
    name = _name(name, problems)
    number = normal_document(document)
    kind = member(DocumentType, document_type) or DocumentType.OTHER
    if number and kind is DocumentType.ID_CARD:
        card = read_id_card(number)
        if card is None:
            problems.append(Problem("id_card_wrong", field="document"))
        else:
            birth_date = birth_date or card.birth_date
            sex = sex or ("male" if card.male else "female")
    digits = normal_phone(phone)
    if digits and not 5 <= len(digits) <= 15:
        problems.append(Problem("phone_wrong", field="phone"))
    _check_birth(birth_date, problems)
    if problems:
        raise Problems(problems)
    sex = sex if sex in ("male", "female") else "unknown"
    return PersonInput(name, sex, birth_date, kind, number, digits)


def read_correction(typed: Mapping[str, str], now: PersonInput) -> PersonInput:
    """The record with what a form changes; document and phone stay where nothing is typed. Raises Problems."""
    problems: list[Problem] = []
    born = read_or(None, problems, _birth_date, typed.get("birth_date", ""))
    fresh = read_person(
        name=typed.get("name", ""), sex=typed.get("sex", ""), birth_date=born, document=typed.get("document", ""),
        document_type=now.document_type.value, phone=typed.get("phone", ""),
    )  # fmt: skip
    if problems:
        raise Problems(problems)
    return replace(
        fresh, document=fresh.document or now.document, phone=fresh.phone or now.phone, other_phones=now.other_phones,
        relation=now.relation, document_type=now.document_type,
    )  # fmt: skip


def read_person_row(cells: Mapping[str, str]) -> PersonRow:
    """A checked row of a file, from its cells by field (``PERSON_FIELDS``).

    Sex and birth date come from an ID card where no column gives them; a column that gives another birth date is
    a mistake. Where somebody lives is what the address says, never what a document says. Raises Problems.
    """
    problems: list[Problem] = []
    get = cells.get
    name = _name(get("name", ""), problems)
    document = read_or(NO_DOCUMENT, problems, read_document, get("document", ""), get("document_kind", ""))
    born = read_or(None, problems, _birth_date, text) if (text := get("birth_date")) else None
    sex = SEXES.get(text := get("sex", "")) or read_or("unknown", problems, _sex, text)
    phones: tuple[str, ...] = read_or((), problems, read_phones, text) if (text := get("phone")) else ()
    if card := document.card:
        if born and born != card.birth_date:
            problems.append(Problem("birth_dates_differ", field="birth_date", typed=born, card=card.birth_date))
        born = card.birth_date
        sex = ("male" if card.male else "female") if sex == "unknown" else sex
    _check_birth(born, problems)
    address = AddressText(*map(get, _WHERE, _EMPTY))
    if not address.says_where:
        problems.append(Problem("address_missing", field="address"))
    if problems:
        raise Problems(problems)
    relation = get("relation", "")
    if relation and not (relation.isalnum() and len(relation) <= LONGEST_RELATION):
        relation = "".join(ch for ch in " ".join(relation.split()) if ch.isprintable())[:LONGEST_RELATION]
    first, others = (phones[0], phones[1:]) if phones else ("", ())
    return PersonRow(PersonInput(name, sex, born, document.kind, document.number, first, others, relation), address)


def read_or(otherwise: T, problems: list[Problem], read: Callable[..., T], *texts: str) -> T:
    """What a text says; when it is wrong, that is noted, and the rest of the row or form is looked at all the same."""
    if not texts[0]:
        return otherwise
    try:
        return read(*texts)
    except Problem as problem:
        problems.append(problem)
        return otherwise


def _name(text: str, problems: list[Problem]) -> str:
    name = " ".join(unicodedata.normalize("NFKC", text).split())
    if name.isalpha() and len(name) <= LONGEST_NAME:
        return name
    if not name:
        problems.append(Problem("person_name_missing", field="name"))
    elif not any(ch.isalpha() for ch in name) or len(name) > LONGEST_NAME or not name.isprintable():
        problems.append(Problem("name_is_no_name", field="name", shown=name[:20]))
    return name


def _birth_date(text: str) -> date | None:
    if text.strip() in NONE:
        return None
    try:
        return read_day(text)
    except ValueError as error:
        raise Problem("birth_date_unreadable", field="birth_date", shown=text.strip()[:20]) from error


def _check_birth(born: date | None, problems: list[Problem]) -> None:
    if born and not (EARLIEST <= born <= PAST or PAST < born <= clock.today()):
        problems.append(Problem("birth_date_impossible", field="birth_date"))


def _sex(text: str) -> str:
    plain = text if text in SEXES else unicodedata.normalize("NFKC", text).casefold().strip().removesuffix(".0")
    if plain not in SEXES:
        raise Problem("sex_unreadable", field="sex", shown=plain[:20])
    return SEXES[plain]
