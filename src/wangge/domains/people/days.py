"""Dates as tables hold them: 1958-3-9, 1958年3月9日, 19580309, and the day numbers of a spreadsheet."""

import re
import unicodedata
from datetime import date, timedelta

_PARTS = re.compile(
    r"(\d{4})[-/.年 ]{1,2}(\d{1,2})[-/.月 ]{1,2}(\d{1,2})日?(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_WHOLE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"(\d{5})(?:\.0+)?")  # from 1927 on; four digits are a year alone
_EPOCH = date(1899, 12, 30)  # a spreadsheet's day 0; it counts a 29 February 1900 that never was


def read_day(text: str) -> date:
    """The day a cell means. Raises ValueError; two-digit years are not guessed."""
    if len(text) == 10 and text[4] == "-" and text.isascii():
        return date.fromisoformat(text)
    plain = unicodedata.normalize("NFKC", text).strip()
    if found := _PARTS.fullmatch(plain) or _WHOLE.fullmatch(plain):
        return date(*map(int, found.groups()[:3]))
    if found := _SERIAL.fullmatch(plain):
        return _EPOCH + timedelta(days=int(found[1]))
    raise ValueError(text)
