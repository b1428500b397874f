"""Two who wait for each other's rows: PostgreSQL ends one of them. What was sent is taken again, once, unseen."""

import logging
from collections.abc import Callable
from typing import cast

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

log = logging.getLogger("wangge.requests")
TAKES_TURNS = frozenset({"40P01", "40001"})  # deadlock_detected, serialization_failure


class TurnsMiddleware:
    """A view whose transaction was ended for another's sake runs again: its verbs are one transaction each, and safe to
    repeat."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The answer of the second try; None leaves the failure to the others."""
        match = request.resolver_match
        if match is None or not waited_for_each_other(exception):
            return None
        log.warning("%s is taken again: its transaction made way for another", match.view_name)
        try:
            return cast(HttpResponse, match.func(request, *match.args, **match.kwargs))
        except OperationalError:
            return None


def waited_for_each_other(exception: Exception) -> bool:
    """Whether the database ended a transaction so that another could go on."""
    cause = exception.__cause__ if isinstance(exception, OperationalError) else None
    return getattr(cause, "sqlstate", None) in TAKES_TURNS
