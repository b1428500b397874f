"""Nothing personal reaches a log, whatever is asked for, typed, refused or broken."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from tests.web.examples import sides
from tests.web.test_every_address import EXAMPLES, addresses, reverse

from wangge.base import logs, worker
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.events import subscriptions
from wangge.base.events.actions import record
from wangge.base.ids import uuid7
from wangge.demo.small import Small
from wangge.domains.duty.models import Account
from wangge.domains.people.models import Person
from wangge.domains.people.queries import details

LOUD = ("wangge", "wangge.requests", "django", "django.request", "django.security", "axes")


@pytest.fixture
def said() -> Iterator[dict[str, io.StringIO]]:
    """What both forms of log would say, with every logger at its loudest but the SQL; and what a plain one would."""
    streams = {"json": io.StringIO(), "lines": io.StringIO(), "plain": io.StringIO()}
    forms: dict[str, logging.Formatter] = {"json": logs.JsonLines(), "lines": logs.Lines()}
    root, before = logging.getLogger(), {name: logging.getLogger(name).level for name in ("", *LOUD)}
    handlers = []
    for form, stream in streams.items():
        handler = logging.StreamHandler(stream)
        handler.setFormatter(forms.get(form))
        handlers.append(handler)
        root.addHandler(handler)
    for name in ("", *LOUD):
        logging.getLogger(name).setLevel(logging.DEBUG if name else logging.INFO)
    yield streams
    for handler in handlers:
        root.removeHandler(handler)
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


def everything_personal() -> set[str]:
    """Every name, document and number in the tiny city, and what this test types."""
    people = list(Person.objects.within(EVERYTHING))
    found = {one.name for one in people} | {str(value) for one in people for value in details(one).values() if value}
    found |= {value for account in Account.objects.all() for value in (account.name, account.username)}
    return {word for word in found if len(word) > 1 and word not in ("id_card", "other")} | {"张三丰", "19900007777"}


def client_of(tiny: Small, username: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(tiny.accounts[username], backend="django.contrib.auth.backends.ModelBackend")
    return client


def leaks(streams: dict[str, io.StringIO]) -> list[str]:
    words = everything_personal()
    lines = [line for form in ("json", "lines") for line in streams[form].getvalue().splitlines()]
    assert len(lines) > 20
    return [f"{word}: {line}" for line in lines for word in words if word in line]


@pytest.mark.filterwarnings("ignore")
def test_every_page_with_searches_and_bad_forms(tiny: Small, said: dict[str, io.StringIO]) -> None:
    near, _far = sides(tiny)
    someone = tiny.family[0]
    typed = {
        "q": someone.name, "document": details(someone)["document"], "phone": details(someone)["phone"],
        "name": "张三丰", "reason": "张三丰 19900007777", "birth_date": "张三丰", "place": someone.name,
    }  # fmt: skip
    for username in ("zhihuibu", "bingsi-1", "nobody"):
        client = client_of(tiny, username)
        for _route, pattern in addresses():
            make = EXAMPLES.get(str(pattern.name))
            url = reverse(str(pattern.name), kwargs=make(near) if make else None)
            if pattern.name != "sign-out":
                client.get(url, typed)
                client.post(url, typed)
    assert leaks(said) == []


def test_what_is_not_there_not_allowed_damaged_or_forged(tiny: Small, said: dict[str, io.StringIO]) -> None:
    someone = tiny.family[0]
    word, number = someone.name, details(someone)["document"]
    client = client_of(tiny, "bingsi-1")
    for path in (f"/{word}", f"/desk/people/{number}/", f"/desk/people/?q={number}%00", "/trace/cases/"):
        client.get(path)
        client.generic(word, path)
    client.get("/", headers={"x-request-id": number, "host": f"{number}.example"})
    strict = Client(enforce_csrf_checks=True)
    strict.post(f"/sign-in?next=/{word}", {"username": word, "password": number})
    for _ in range(7):
        Client().post("/sign-in", {"username": word, "password": number})
    client.get("/api/v1/places", headers={"authorization": f"Bearer {number}"})
    for _ in range(20):
        client.get(f"/static/{word}.css")
    assert leaks(said) == []


def test_a_page_that_breaks_tells_where_and_not_with_whose_data(
    tiny: Small, said: dict[str, io.StringIO], monkeypatch: pytest.MonkeyPatch
) -> None:
    someone = tiny.family[0]

    def broken(*_: Any, **__: Any) -> None:
        try:
            raise ValueError(f"bad {someone.name}")
        except ValueError as error:
            raise DatabaseError(f"DETAIL: ({someone.name}, {details(someone)['document']})") from error

    monkeypatch.setattr("wangge.domains.people.queries.find", broken)
    client = client_of(tiny, "bingsi-shuji")
    for _ in range(12):
        assert client.get("/desk/people/", {"q": someone.name}).status_code == 500
    assert leaks(said) == []
    assert someone.name in said["plain"].getvalue()  # it was there to be written
    lines = [json.loads(line) for line in said["json"].getvalue().splitlines()]
    (first, *_) = [line for line in lines if line["logger"] == "django.request"]
    assert first["error"].startswith("DatabaseError in ")
    assert "test_logs.py:broken:" in first["error"]
    assert " < ValueError in " in first["error"]
    (request, *_) = [line for line in lines if line["logger"] == "wangge.requests"]
    assert (request["status"], request["level"], request["path"]) == (500, "ERROR", "/desk/people/")
    assert request["account"] == str(tiny.accounts["bingsi-shuji"].uuid)
    assert request["request"] == first["request"]


def test_a_flow_that_fails_tells_where(tiny: Small, said: dict[str, io.StringIO]) -> None:
    someone = tiny.family[0]

    def failing(event: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM nowhere WHERE name = %s", [someone.name])

    from wangge.flows.registry import ALARMS, FLOWS

    subscriptions.connect({"test.happened": (failing,)}, ())
    try:
        for _ in range(21):
            record("test.happened", by=SYSTEM)
        worker.run_pending()
    finally:
        subscriptions.connect(FLOWS, ALARMS)
    assert leaks(said) == []
    assert "failing:" in said["lines"].getvalue() or "Error" in said["lines"].getvalue()


def test_each_request_has_one_line_with_its_number_and_template(tiny: Small, said: dict[str, io.StringIO]) -> None:
    client, number = client_of(tiny, "bingsi-shuji"), uuid7()
    answer = client.get(f"/desk/people/{tiny.family[0].uuid}/", headers={"x-request-id": str(number)})
    lines = [json.loads(line) for line in said["json"].getvalue().splitlines()]
    (line,) = [one for one in lines if one["logger"] == "wangge.requests"]
    assert answer.headers["X-Request-ID"] == str(number) == line["request"]
    assert line["path"] == "/desk/people/<uuid:uuid>/"
    assert (line["method"], line["status"]) == ("GET", answer.status_code)
    assert str(tiny.family[0].uuid) not in said["json"].getvalue()
    assert line["ms"] > 0
    assert " request=" in said["lines"].getvalue()


def test_the_server_never_writes_whole_addresses() -> None:
    for form in ("json", "lines"):
        found = logs.of_server(form)["loggers"]["granian.access"]
        assert (found["handlers"], found["level"], found["propagate"]) == ([], "CRITICAL", False)
