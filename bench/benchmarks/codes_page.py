"""Residents opening their code in the morning, each for the first time that day, and once more: beside an empty view of
the same Django, in the same run. What a whole city asks in that hour is this many empty pages."""

from collections.abc import Iterator
from itertools import cycle

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from bench.measure import Pair
from bench.stand import Stand
from wangge import urls
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.domains.codes import actions, queries
from wangge.domains.codes.models import CodeLink
from wangge.domains.codes.rules import Consent
from wangge.domains.people.models import Person
from wangge.web.resident.pocket import COOKIE

RESIDENTS = 100
EMPTY = "bench/empty"


def nothing(request: HttpRequest) -> HttpResponse:
    """An empty view behind the same middleware."""
    return HttpResponse()


def pairs(stand: Stand) -> Iterator[Pair]:
    """The code with its picture; the limit is the empty view."""
    stand.demo()
    urls.urlpatterns.append(path(EMPTY, nothing))
    phones = [_phone(person) for person in _people()]
    every, empty = cycle(phones), Client()

    def opens() -> object:
        client, address = next(every)
        answer = client.get(address)
        if answer.status_code != 200 or b"image/png" not in answer.content:
            raise AssertionError(f"{address}: {answer.status_code}")
        return answer

    def limit() -> object:
        return empty.get(f"/{EMPTY}")

    CodeLink._base_manager.update(seen_at=None)
    yield Pair("code, first of the day", opens, limit, most_ms=25, most_ratio=10, rounds=RESIDENTS - 10, warm=10)
    CodeLink._base_manager.update(seen_at=None)
    for _one in phones:
        opens()
    yield Pair("code, again", opens, limit, most_ms=25, most_ratio=10, rounds=RESIDENTS - 10, warm=10)


def _people() -> list[Person]:
    found = Person.objects.within(EVERYTHING).select_related("home").filter(died_on__isnull=True).order_by("pk")
    return [one for one in found[: 3 * RESIDENTS] if queries.response_of(one)][:RESIDENTS]


def _phone(person: Person) -> tuple[Client, str]:
    """A browser that carries somebody's code."""
    response = queries.response_of(person)
    assert response
    secret = actions.allow(person=person, response=response, consent=Consent.OWN, by=SYSTEM)
    link = queries.link_of(secret)
    assert link
    client = Client()
    client.cookies[COOKIE] = signing.dumps(f'["{secret}"]', salt=COOKIE)
    return client, f"/r/codes/{link.uuid}/"
