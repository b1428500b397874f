"""Policy of persons: documents (GB 11643), phones, ages. Nobody's residence is read from a document."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import mul

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK = "10X98765432"
ZEROES = ord("0") * sum(WEIGHTS)  # what the codes of the characters add to the weighted sum of the digits
#: Sequence numbers that the 15-digit form kept for people who were a hundred years old already (GB 11643-1989).
CENTENARIANS = frozenset({"996", "997", "998", "999"})


class DocumentType(StrEnum):
    ID_CARD = "id_card"  # 居民身份证, GB 11643
    PASSPORT = "passport"
    HK_MACAO = "hk_macao"  # 港澳居民来往内地通行证
    TAIWAN = "taiwan"  # 台胞证
    RESIDENCE_PERMIT = "residence_permit"  # 外国人永久居留身份证
    HMT_RESIDENCE = "hmt_residence"  # 港澳台居民居住证: 810000, 820000, 830000, then as an ID card
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class IdCard:
    """What an 18-digit ID number says of its holder. The address part is only a hint and is not here."""

    number: str
    birth_date: date
    male: bool


def normal_document(text: str) -> str:
    """Full-width and lower-case forms, spaces and dashes gone: 'ａ12 3-x' → 'A123X'.

    A 15-digit ID number becomes its 18-digit form: it is the same document.
    """
    if not (text.isascii() and text.isalnum()):
        text = "".join(ch for ch in unicodedata.normalize("NFKC", text) if ch.isalnum())
    number = text.upper()
    return modern(number) if len(number) == 15 else number


def modern(number: str) -> str:
    """The 18-digit form of a 15-digit ID number (GB 11643-1989); any other number unchanged."""
    if len(number) != 15 or not (number.isascii() and number.isdigit()):
        return number
    first17 = number[:6] + ("18" if number[12:] in CENTENARIANS else "19") + number[6:]
    return first17 + check_digit(first17) if day_in(first17) else number


def normal_name(name: str) -> str:
    """A name as it is compared: width and case uniform, without gaps and the dot inside ('买买提·艾力')."""
    plain = name if name.isalnum() else "".join(ch for ch in unicodedata.normalize("NFKC", name) if ch.isalnum())
    return plain.casefold()


def normal_phone(text: str) -> str:
    """Digits only, without the country code: '+86 138-1234 5678' → '13812345678'."""
    if not (text.isascii() and text.isdigit()):
        text = "".join(ch for ch in unicodedata.normalize("NFKC", text) if ch.isdecimal())
    digits = text.removeprefix("0086")
    return digits[2:] if len(digits) == 13 and digits.startswith("86") else digits


def check_digit(first17: str) -> str:
    """The 18th character of an ID number (GB 11643-1999, ISO 7064 MOD 11-2)."""
    return CHECK[(sum(map(mul, WEIGHTS, first17.encode("ascii"))) - ZEROES) % 11]


def day_in(number: str) -> date | None:
    """The date of birth that stands in an ID number, characters 7 to 14; None when it is no date."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def read_id_card(text: str) -> IdCard | None:
    """The card behind an 18-character number, or None if check digit or birth date cannot be.

    Codes of abolished districts (140102 南城区) are valid: only digit and date are checked.
    """
    number = normal_document(text)
    if not looks_like_id_card(number) or check_digit(number[:17]) != number[17]:
        return None
    born = day_in(number)
    return IdCard(number, born, number[16] in "13579") if born else None


def looks_like_id_card(number: str) -> bool:
    """Whether a normalised number has the form of an ID card: then its check digit has to fit as well."""
    return len(number) == 18 and number.isascii() and number[:17].isdigit() and number[17] in CHECK


def age_on(birth_date: date | None, day: date) -> int | None:
    """Completed years on a civil day; None when the birth date is not known."""
    if birth_date is None:
        return None
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def is_frail(birth_date: date | None, day: date) -> bool:
    """Whether a caller should expect an old person or a small child (first in every list)."""
    age = age_on(birth_date, day)
    return age is not None and (age >= 80 or age < 7)
