"""Residents opening their code in the morning, each for the first time that day, beside an empty view that writes one
row; and once more, beside an empty view. All behind the same middleware, in the same run: what a city asks in that hour
is this many empty pages. The picture is a quarter of it, the template and four queries share the rest.
"""

from collections.abc import Callable, Iterator
from itertools import cycle

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from bench.measure import Pair
from bench.stand import Stand
from wangge import urls
from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.domains.codes import actions, queries
from wangge.domains.codes.models import CodeLink
from wangge.domains.codes.rules import Consent
from wangge.domains.people.models import Person
from wangge.web.resident.pocket import COOKIE

RESIDENTS = 100
EMPTY, NOTED = "bench/empty", "bench/noted"
MOST_MS, FIRST_RATIO, AGAIN_RATIO = 40, 10, 50


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def noted(request: HttpRequest) -> HttpResponse:
    """The one row that the first opening of a day writes."""
    CodeLink._base_manager.filter(pk=request.GET["link"]).update(seen_at=clock.now())
    return HttpResponse()


def pairs(stand: Stand) -> Iterator[Pair]:
    """The code with its picture. A hundred residents, so that none of them is the same twice in a row."""
    stand.demo()
    urls.urlpatterns += [path(EMPTY, nothing), path(NOTED, noted)]
    phones = [_phone(person) for person in _people()]
    every, browser, empty = (
        cycle(phones),
        Client(),
        Client(),
    )  # a client starts all middleware first
    spare = CodeLink._base_manager.latest("pk").pk

    def opens() -> object:
        browser.cookies[COOKIE], address = next(every)
        answer = browser.get(address)
        if answer.status_code != 200 or b"image/png" not in answer.content:
            raise AssertionError(f"{address}: {answer.status_code}")
        return answer

    def limit(address: str) -> Callable[[], object]:
        return lambda: empty.get(address)

    CodeLink._base_manager.exclude(pk=spare).update(seen_at=None)
    yield Pair(
        "code, first of the day", opens, limit(f"/{NOTED}?link={spare}"), most_ms=MOST_MS, most_ratio=FIRST_RATIO,
        rounds=RESIDENTS - 10, warm=10,
    )  # fmt: skip
    yield Pair(
        "code, again", opens, limit(f"/{EMPTY}"), most_ms=MOST_MS, most_ratio=AGAIN_RATIO, rounds=RESIDENTS, warm=10
    )


def _people() -> list[Person]:
    found = Person.objects.within(EVERYTHING).select_related("home").filter(died_on__isnull=True).order_by("pk")
    return [one for one in found[: 3 * RESIDENTS] if queries.response_of(one)][:RESIDENTS]


def _phone(person: Person) -> tuple[str, str]:
    """What a browser that carries somebody's code has: its cookie and the address."""
    response = queries.response_of(person)
    assert response
    secret = actions.allow(person=person, response=response, consent=Consent.OWN, by=SYSTEM)
    link = queries.link_of(secret)
    assert link
    return signing.dumps(f'["{secret}"]', salt=COOKIE), f"/r/codes/{link.uuid}/"
