"""Telephone numbers as offices write them: several in one cell, with every kind of separator and a word beside."""

import re
import unicodedata

from wangge.base.problems import Problem
from wangge.domains.people.documents import NONE, ROUNDED
from wangge.domains.people.rules import normal_phone

MOST = 4  # numbers kept of one person
BETWEEN = re.compile(r"[/、,;|\\\n\r\t，；。]|或者?|和")
#: A number with what may stand inside it: +86 138-1234 5678, (0351)401 2345.
DIGITS = re.compile(r"\+?\(?\d[\d\-—–() .]*")
EXTENSION = re.compile(r"(转|分机|ext\.?)", re.IGNORECASE)
MOBILE = re.compile(r"1[3-9]\d{9}")
SHORTEST, LONGEST = 5, 15


def read_phones(text: str) -> tuple[str, ...]:
    """The numbers of a cell, normalised, each once, in their order. Raises Problem for one that cannot be."""
    if is_mobile(text):
        return (text,)
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain.upper() in NONE or not any(ch.isalnum() for ch in plain):
        return ()
    if ROUNDED.fullmatch(plain):
        raise Problem("phone_rounded", field="phone")
    found: list[str] = []
    for piece in BETWEEN.split(EXTENSION.sub("-", plain.removesuffix(".0"))):
        found += [number for run in DIGITS.findall(piece) for number in _numbers(run)]
    if not found or any(_impossible(number) for number in found):
        raise Problem("phone_wrong", field="phone")
    return tuple(dict.fromkeys(found))[:MOST]


def is_mobile(text: str) -> bool:
    """A mobile number and nothing else, as it is kept."""
    return len(text) == 11 and text.isascii() and text.isdigit() and text[0] == "1" and text[1] >= "3"


def _numbers(run: str) -> list[str]:
    """One number with gaps in it, or several with gaps between: each part is then long enough to be one."""
    parts = [normal_phone(part) for part in run.split()]
    if len(parts) > 1 and all(len(part) >= 7 for part in parts):
        return parts
    whole = normal_phone(run)
    mobiles = MOBILE.findall(whole)
    return mobiles if len(mobiles) > 1 and "".join(mobiles) == whole else [whole]


def _impossible(number: str) -> bool:
    """Too short or long; or begins like a mobile number and is a digit short or over (10 or 12)."""
    short_mobile = len(number) in (10, 12) and number[0] == "1" and number[1] in "3456789"
    return not SHORTEST <= len(number) <= LONGEST or short_mobile
