"""Policy of persons: documents (GB 11643), phones, ages. Nobody's residence is read from a document."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK = "10X98765432"


class DocumentType(StrEnum):
    ID_CARD = "id_card"  # 居民身份证, GB 11643
    PASSPORT = "passport"
    HK_MACAO = "hk_macao"  # 港澳居民来往内地通行证
    TAIWAN = "taiwan"  # 台胞证
    RESIDENCE_PERMIT = "residence_permit"  # 外国人永久居留身份证
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class IdCard:
    """What an 18-digit ID number says of its holder. The address part is only a hint and is not here."""

    number: str
    birth_date: date
    male: bool


def normal_document(text: str) -> str:
    """Full-width and lower-case forms, spaces and dashes gone: 'ａ12 3-x' → 'A123X'."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(ch for ch in plain if ch.isalnum()).upper()


def normal_phone(text: str) -> str:
    """Digits only, without the country code: '+86 138-1234 5678' → '13812345678'."""
    digits = "".join(ch for ch in unicodedata.normalize("NFKC", text) if ch.isdigit())
    digits = digits.removeprefix("0086")
    return digits[2:] if len(digits) == 13 and digits.startswith("86") else digits


def check_digit(first17: str) -> str:
    """The 18th character of an ID number (GB 11643-1999, ISO 7064 MOD 11-2)."""
    return CHECK[sum(int(digit) * weight for digit, weight in zip(first17, WEIGHTS, strict=True)) % 11]


def read_id_card(text: str) -> IdCard | None:
    """The card behind an 18-character number, or None if check digit or birth date cannot be.

    Codes of abolished districts (140102 南城区) are valid: only digit and date are checked.
    """
    number = normal_document(text)
    if len(number) != 18 or not number[:17].isdigit() or check_digit(number[:17]) != number[17]:
        return None
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return IdCard(number, born, int(number[16]) % 2 == 1)


def looks_like_id_card(number: str) -> bool:
    """Whether a normalised number has the form of an ID card: then its check digit has to fit as well."""
    return len(number) == 18 and number[:17].isdigit() and number[17] in CHECK


def age_on(birth_date: date | None, day: date) -> int | None:
    """Completed years on a civil day; None when the birth date is not known."""
    if birth_date is None:
        return None
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def is_frail(birth_date: date | None, day: date) -> bool:
    """Whether a caller should expect an old person or a small child (first in every list)."""
    age = age_on(birth_date, day)
    return age is not None and (age >= 80 or age < 7)
