"""What an expression yields, and how one kind becomes another, as ODK's engine on the phone does it.

Every answer is text; a date counts as days since 1970 by the clock on the wall of the place, so that no time zone
comes between a date and today.
"""

import math
import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

EPOCH = date(1970, 1, 1).toordinal()
DAY_SECONDS = 86400
SPACES = " \t\r\n"
#: What JavaScript trims from a text before it reads a number.
_JS_SPACES = (
    " \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
_GAP = re.compile(f"[{SPACES}]+")
_NUMBER = re.compile(r"[+-]?(?:Infinity|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)", re.ASCII)
_BASED = re.compile(r"0(?:[xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DATETIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?", re.ASCII)


class Kind(StrEnum):
    """What a compiled expression yields. Those after BOOLEAN are floats that mean something."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"  # days since 1970; nan for no date
    DATETIME = "datetime"  # the same with a fraction
    DAYS = "days"  # a date moved by days: it can only be compared
    SPAN = "span"  # days between two dates: exact on the phone only once it is rounded
    MIXED = "mixed"  # text in one branch, a number in the other


@dataclass(slots=True)
class Moment:
    """What expressions are evaluated against: the answers as text by name, the one at hand, and when."""

    at: datetime
    texts: dict[str, str] = field(default_factory=dict)
    here: str = ""

    @property
    def today(self) -> float:
        return float(self.at.date().toordinal() - EPOCH)

    @property
    def now(self) -> float:
        return days_of(self.at)


def days_of(at: datetime) -> float:
    """The wall clock's days since 1970 of an aware instant in its own zone."""
    seconds = at.hour * 3600 + at.minute * 60 + at.second + at.microsecond / 1e6
    return at.date().toordinal() - EPOCH + seconds / DAY_SECONDS


def date_of(text: str) -> date | None:
    """A date as forms write it, 2022-04-03."""
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def datetime_of(text: str, at: datetime) -> datetime | None:
    """An instant as forms write it, in the zone of ``at``, which also stands in for a missing offset."""
    if not _DATETIME.fullmatch(text):
        return None
    try:
        found = datetime.fromisoformat(text)
        return found.replace(tzinfo=at.tzinfo) if found.tzinfo is None else found.astimezone(at.tzinfo)
    except (ValueError, OverflowError):
        return None


def date_number(text: str) -> float:
    """Days since 1970 of a date written as text; nan for anything else."""
    day = date_of(text)
    return math.nan if day is None else float(day.toordinal() - EPOCH)


def datetime_number(text: str, at: datetime) -> float:
    found = datetime_of(text, at)
    return date_number(text) if found is None else days_of(found)


def any_number(text: str, at: datetime) -> float:
    """A text as a number, where one that is a date counts its days since 1970 in universal time, as the phone does."""
    if (found := datetime_of(text, at)) is not None or (day := date_of(text)) is None:
        return number_of(text) if found is None else found.timestamp() / DAY_SECONDS
    return datetime(day.year, day.month, day.day, tzinfo=at.tzinfo).timestamp() / DAY_SECONDS


def number_of(text: str) -> float:
    """A text as the number that JavaScript reads in it; nan for none and for an empty one."""
    if text.isascii() and text.isdigit():
        return float(text)
    plain = text.strip(_JS_SPACES)
    if _NUMBER.fullmatch(plain):
        return float(plain)
    return float(int(plain, 0)) if _BASED.fullmatch(plain) else math.nan


def text_of(number: float) -> str:
    """A number as JavaScript writes it: 3, 0.1, 1e+21, NaN."""
    if number != number:
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == int(number) and abs(number) < 1e21:
        return str(int(number))
    digits, _, exponent = repr(number).partition("e")
    if exponent:
        return _small(number) if -7 < int(exponent) < 0 else f"{digits.removesuffix('.0')}e{int(exponent):+d}"
    return digits


def _small(number: float) -> str:
    """JavaScript goes down to 0.000001 before it writes an exponent; Python stops at 0.0001."""
    digits, _, exponent = repr(abs(number)).partition("e")
    plain = "0." + "0" * (-int(exponent) - 1) + digits.removesuffix(".0").replace(".", "")
    return ("-" if number < 0 else "") + plain


def date_text(days: float) -> str:
    """A number of days as a date."""
    return "" if days != days else (date(1970, 1, 1) + timedelta(days=math.floor(days))).isoformat()


def list_of(text: str) -> list[str]:
    """The names chosen in a select_multiple. An empty text holds one empty name, as on the phone."""
    return _GAP.split(text.strip(SPACES))


def units(text: str) -> str:
    """A text with one character for each unit of UTF-16: phones count rare characters twice."""
    if not text or max(text) <= "\uffff":
        return text
    return "".join(
        ch if ch <= "\uffff" else chr(0xD800 + (ord(ch) - 0x10000 >> 10)) + chr(0xDC00 + (ord(ch) - 0x10000 & 0x3FF))
        for ch in text
    )


def joined(text: str) -> str:
    """The reverse of ``units``: pairs are characters again, and half a pair is none."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
