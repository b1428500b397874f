"""Days and hours as the desk's pages write them."""

from datetime import date, datetime
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language

from wangge.base import clock


def language() -> str:
    """The page's language, for the words that a protocol brings."""
    return get_language() or "zh-hans"


def day(one: date) -> str:
    """A civil day without the year: '4月3日', 'April 3'."""
    return _day(one, language())


@lru_cache(maxsize=1024)
def _day(one: date, language: str) -> str:
    return date_format(one, "MONTH_DAY_FORMAT")  # a page of orders names the same few days hundreds of times


def days(first: date, last: date) -> str:
    """Both days included."""
    return day(first) if first == last else f"{day(first)}–{day(last)}"


def moment(at: datetime) -> str:
    """A day with its hour."""
    local = localtime(at, clock.LOCAL)
    return f"{day(local.date())} {date_format(local, 'H:i')}"
