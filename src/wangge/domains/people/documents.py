"""Documents as offices write them: which kind, which number, and what exactly is wrong with it.

Only what the number itself says is checked: check digit and date (GB 11643). The first six digits are no proof of
anything and say nothing about where somebody lives.
"""

import re
import unicodedata
from typing import NamedTuple

from wangge.base.problems import Problem
from wangge.domains.people.rules import (
    DocumentType,
    IdCard,
    check_digit,
    day_in,
    looks_like_id_card,
    normal_document,
)  # fmt: skip

#: What a column "kind of document" holds, longest names first; household registers carry the ID number.
KINDS = (
    ("港澳台居民居住证", DocumentType.HMT_RESIDENCE), ("外国人永久居留", DocumentType.RESIDENCE_PERMIT),
    ("永久居留", DocumentType.RESIDENCE_PERMIT), ("永居", DocumentType.RESIDENCE_PERMIT),
    ("港澳", DocumentType.HK_MACAO), ("回乡证", DocumentType.HK_MACAO), ("台胞", DocumentType.TAIWAN),
    ("台湾", DocumentType.TAIWAN), ("居住证", DocumentType.HMT_RESIDENCE), ("护照", DocumentType.PASSPORT),
    ("身份证", DocumentType.ID_CARD), ("户口", DocumentType.ID_CARD), ("户籍", DocumentType.ID_CARD),
    ("居民", DocumentType.ID_CARD), ("passport", DocumentType.PASSPORT), ("idcard", DocumentType.ID_CARD),
)  # fmt: skip
#: Numbers that show their kind where no column says it. The older 永居证 has 15 characters.
FORMS = (
    (re.compile(r"[HM]\d{8}(\d{2})?"), DocumentType.HK_MACAO),
    (re.compile(r"\d{8}"), DocumentType.TAIWAN),
    (re.compile(r"[A-Z]{3}\d{12}"), DocumentType.RESIDENCE_PERMIT),
    (re.compile(r"[A-Z]{1,2}\d{7,8}"), DocumentType.PASSPORT),
)
#: The new 永居证 (since 2023) and the residence permit of people from 港澳台 are built like an ID card.
STARTS = (
    ("810000", DocumentType.HMT_RESIDENCE), ("820000", DocumentType.HMT_RESIDENCE),
    ("830000", DocumentType.HMT_RESIDENCE), ("9", DocumentType.RESIDENCE_PERMIT),
)  # fmt: skip
#: What people write for "none".
NONE = frozenset({"", "0", "无", "没有", "暂无", "无证件", "未办", "未办理", "不详", "未知", "NONE", "NA", "NULL"})
ROUNDED = re.compile(r"\s*\d([.,]\d+)?[eE]\+?\d+\s*")
LONGEST = 30


class Document(NamedTuple):
    """A document that can be right. ``card`` where the number holds birth date and sex; an empty number is none."""

    kind: DocumentType
    number: str
    card: IdCard | None = None


NO_DOCUMENT = Document(DocumentType.ID_CARD, "")


def read_document(number: str, kind: str = "") -> Document:
    """The document behind a number and what a column calls it ('' when none does). Raises Problem."""
    plain = normal_document(number)
    if looks_like_id_card(plain):  # whatever the column says: a passport never looks so
        return Document(_built_like(plain), plain, _card(plain))
    if plain in NONE:
        return NO_DOCUMENT
    if len(plain) < 18 and ROUNDED.fullmatch(unicodedata.normalize("NFKC", number)):
        raise Problem("id_rounded", field="document")
    if number.endswith(".0"):  # a number cell read as text
        return read_document(number[:-2], kind)
    said = document_kind(kind) if kind else None
    if said is DocumentType.ID_CARD or said is DocumentType.HMT_RESIDENCE:
        raise _wrong_form(plain)
    return _other(plain, said)


def document_kind(text: str) -> DocumentType:
    """The kind a word means; OTHER for one that is not known (军官证, 出生医学证明)."""
    plain = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    if plain in DocumentType._value2member_map_:
        return DocumentType(plain)
    return next((kind for word, kind in KINDS if word in plain), DocumentType.OTHER)


def _other(number: str, said: DocumentType | None) -> Document:
    readable = number.isascii() or said is DocumentType.OTHER
    if not readable or not 5 <= len(number) <= LONGEST:
        raise Problem("document_form", field="document", count=len(number))
    if said is None:
        said = next((kind for form, kind in FORMS if form.fullmatch(number)), None)
        if said is None:  # nobody said what it is, and it looks like nothing but a mistyped ID number
            raise _wrong_form(number)
    return Document(said, number)


def _wrong_form(number: str) -> Problem:
    """Why a number has not the form of an ID card: its length, or the first character that cannot be there."""
    if len(number) not in (15, 18):
        return Problem("id_length", field="document", count=len(number))
    if len(number) == 15 and number.isdigit():
        return Problem("id_date", field="document", first=7, last=12, shown=number[6:12])
    wrong = next((at for at, ch in enumerate(number, 1) if not (ch.isascii() and ch.isdigit())), 18)
    return Problem("id_character", field="document", position=wrong, shown=number[wrong - 1])


def _built_like(number: str) -> DocumentType:
    if number[0] not in "89":
        return DocumentType.ID_CARD
    return next((kind for start, kind in STARTS if number.startswith(start)), DocumentType.ID_CARD)


def _card(number: str) -> IdCard:
    born = day_in(number)
    fits = check_digit(number[:17]) == number[17]
    if not fits and number.endswith("000"):
        raise Problem("id_rounded", field="document")
    if born is None:
        raise Problem("id_date", field="document", first=7, last=14, shown=number[6:14])
    if not fits:
        raise Problem("id_check", field="document")
    return IdCard(number, born, number[16] in "13579")
