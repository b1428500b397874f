"""What a form or file says of a person, made uniform. Raises Problems with every mistake at once."""

from dataclasses import dataclass
from datetime import date

from wangge.base import clock
from wangge.base.choices import member
from wangge.base.problems import Problem, Problems
from wangge.domains.people.rules import DocumentType, normal_document, normal_phone, read_id_card

EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class PersonInput:
    """A person as typed: only the name is needed. Document and phone are normalised."""

    name: str
    sex: str = "unknown"
    birth_date: date | None = None
    document_type: DocumentType = DocumentType.ID_CARD
    document: str = ""
    phone: str = ""


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
    name = " ".join(name.split())
    if not name:
        problems.append(Problem("name_missing", field="name"))
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
    if birth_date and not EARLIEST <= birth_date <= clock.today():
        problems.append(Problem("birth_date_impossible", field="birth_date"))
    if problems:
        raise Problems(problems)
    sex = sex if sex in ("male", "female") else "unknown"
    return PersonInput(name[:60], sex, birth_date, kind, number, digits)
