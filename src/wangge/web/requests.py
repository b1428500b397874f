"""Each request gets a number, which the log and the answer carry, and one line in the log with nobody in it."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from wangge.base import logs
from wangge.base.ids import uuid7

log = logging.getLogger("wangge.requests")
HEADER = "X-Request-ID"


@dataclass(frozen=True, slots=True)
class Told:
    """What of a request may stand in a log: its number, its template address, and whose account it was, as an id."""

    number: UUID
    request: HttpRequest

    def told(self) -> dict[str, Any]:
        found = {"request": str(self.number), "method": _method(self.request), "path": _template(self.request)}
        user = getattr(self.request, "_cached_user", None)  # not asked for where nobody else did: no query for a log
        by = self.request.__dict__.get("by")
        account = getattr(user, "uuid", None) or (getattr(by, "account", None) if type(by).__name__ == "By" else None)
        return found | ({"account": str(account)} if account else {})


def _method(request: HttpRequest) -> str:
    known = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
    return request.method if request.method in known else "OTHER"


def _template(request: HttpRequest) -> str:
    if match := request.resolver_match:
        return f"/{match.route}"
    return "/static/…" if request.path.startswith(settings.STATIC_URL) else "(no such page)"


class RequestMiddleware:
    """Outermost: what all others take is counted too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        told, start = Told(_number(request), request), time.perf_counter()
        token = logs.current.set(told)
        try:
            response = self.get_response(request)
            took = round((time.perf_counter() - start) * 1000, 1)
            level = logging.ERROR if response.status_code >= 500 else logging.INFO
            log.log(level, "request", extra={"facts": {"status": response.status_code, "ms": took}})
        finally:
            logs.current.reset(token)
        response.headers[HEADER] = str(told.number)
        return response


def _number(request: HttpRequest) -> UUID:
    """The number that a proxy gave, when it is one: whatever else stands in the header could be anything."""
    try:
        return UUID(request.headers.get(HEADER, ""))
    except ValueError:
        return uuid7()
