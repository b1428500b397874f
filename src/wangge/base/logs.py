"""What goes into logs: lines for people or for machines, and never anything personal.

Other people's code puts what it was given into its messages: addresses with a search in them, a row that a database
refused, a user name. So of a record that is not ours only the template of its message is written, without its values,
and where it came from; of an exception its class and where it happened, never its text; of a request its template
address, never its address.
"""

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Protocol

#: Loggers whose messages are made here, of ids, codes and counts, or by the server about itself.
OURS = ("wangge", "_granian")
FRAMES = 6  # of an exception, the last ones


class Request(Protocol):
    """What is going on in this thread, as ``web/requests.py`` tells it."""

    def told(self) -> dict[str, Any]: ...


current: ContextVar[Request | None] = ContextVar("request", default=None)


def facts(record: logging.LogRecord) -> dict[str, Any]:
    """A record as what may be written of it."""
    found: dict[str, Any] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname, "logger": record.name, "message": _message(record),
    }  # fmt: skip
    if request := current.get():
        found |= request.told()
    found |= getattr(record, "facts", {})
    if record.exc_info and record.exc_info[1]:
        found["error"] = _error(record.exc_info[1])
    return found


def _message(record: logging.LogRecord) -> str:
    if record.name.split(".")[0] in OURS:
        return record.getMessage()
    return str(record.msg) if record.args else f"a message of {record.module}:{record.lineno}"


def _error(error: BaseException) -> str:
    """Classes and places, the cause last: ``DataError in people/queries.py:find:42 < …``."""
    told: list[str] = []
    now: BaseException | None = error
    while now and len(told) < 4:
        told.append(f"{type(now).__name__} in {' > '.join(_places(now.__traceback__))}")
        now = now.__cause__ or now.__context__
    return " < ".join(told)


def _places(trace: TracebackType | None) -> list[str]:
    found = []
    while trace:
        code = trace.tb_frame.f_code
        found.append(f"{'/'.join(code.co_filename.split('/')[-2:])}:{code.co_name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return found[-FRAMES:]


class JsonLines(logging.Formatter):
    """One JSON object a line, for a journal that is searched by machines."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(facts(record), ensure_ascii=False)


class Lines(logging.Formatter):
    """One readable line: time, level, logger, message, and the rest as name=value."""

    def format(self, record: logging.LogRecord) -> str:
        told = facts(record)
        words = [str(told.pop(name)) for name in ("time", "level", "logger", "message")]
        return " ".join([*words, *(f"{name}={value}" for name, value in told.items())])


FORMATTERS = {"json": "wangge.base.logs.JsonLines", "lines": "wangge.base.logs.Lines"}


def configuration(form: str, *, requests: bool) -> dict[str, Any]:
    """For ``logging.config``: everything to the error stream. With ``requests`` each request has a line."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"form": {"()": FORMATTERS.get(form, FORMATTERS["lines"])}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "form"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "wangge": {"level": "INFO"},
            "wangge.requests": {"level": "INFO" if requests else "ERROR"},
            # What was refused or not found has its own line, or needs none; an exception needs its place.
            "django.request": {"level": "ERROR"},
        },
    }


def of_server(form: str) -> dict[str, Any]:
    """For granian, which logs before and beside Django. Its own access log would write whole addresses: never."""
    handler = {"class": "logging.StreamHandler", "formatter": "form", "stream": "ext://sys.stderr"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"form": {"()": FORMATTERS.get(form, FORMATTERS["lines"])}},
        "handlers": {"console": handler},
        "loggers": {
            "_granian": {"handlers": ["console"], "level": "INFO", "propagate": False},
            "granian.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
        },
    }
