"""Where codes and numbers are typed by people we do not know: wrong ones are counted by address."""

from datetime import timedelta

from django.http import HttpRequest

from wangge.base.access import tries
from wangge.base.access.address import client_of
from wangge.base.problems import Problem

WITHIN = timedelta(minutes=15)
MOST = 20  # of one address: an office shares one


def check(request: HttpRequest, what: str, most: int = MOST) -> None:
    """Raise Problem after too many wrong ones."""
    if over(request, what, most):
        raise Problem("too_many_tries")


def over(request: HttpRequest, what: str, most: int = MOST) -> bool:
    """Whether there were too many wrong ones."""
    return tries.spent(what, client_of(request), most=most, within=WITHIN)


def wrong(request: HttpRequest, what: str, most: int = MOST) -> None:
    """Count a wrong one."""
    tries.take(what, client_of(request), most=most, within=WITHIN)
