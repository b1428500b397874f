"""GeoReport v2: services, definitions, requests in and out, tokens. Only hazards: a person's need is never here."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from wangge.api.limits import TooOften
from wangge.api.open311 import asking, writing
from wangge.api.open311.asking import Filter, masked
from wangge.api.open311.writing import Refused, Row
from wangge.base import clock
from wangge.base.access.scope import Scope
from wangge.base.ids import derived
from wangge.base.problems import Problem, Problems
from wangge.domains.duty.models import Post
from wangge.domains.help import actions, queries
from wangge.domains.help.inputs import read_help
from wangge.domains.help.models import HelpRequest
from wangge.domains.help.rules import LIVE, Channel
from wangge.domains.help.terms import Term, terms
from wangge.domains.help.words import STATES
from wangge.domains.places.models import Place
from wangge.domains.places.queries import full_label, labels
from wangge.domains.places.queries.scoped import touched
from wangge.sentences import by_field

View = Callable[..., HttpResponse]


def open311(*methods: str) -> Callable[[View], View]:
    """Answer in the form that was asked for, refusals too."""

    def around(view: View) -> View:
        def guarded(request: HttpRequest, form: str = "json", **rest: Any) -> HttpResponse:
            try:
                if request.method not in methods:
                    raise Refused(405, f"{request.method} is not possible here.")
                asking.whole(request)
                return view(request, form, **rest)
            except Refused as why:
                return writing.refused(form, why)
            except TooOften as often:
                answer = writing.refused(form, Refused(429, "Too many requests."))
                answer["Retry-After"] = str(often.seconds)
                return answer
            except (Problem, Problems) as problem:
                said = " ".join(text for texts in by_field(problem).values() for text in texts)
                often_ = isinstance(problem, Problem) and problem.code == "help_too_often"
                return writing.refused(form, Refused(429 if often_ else 400, said))

        return csrf_exempt(guarded)

    return around


@open311("GET", "HEAD", "POST")
def nothing(request: HttpRequest, form: str) -> HttpResponse:
    """The root of the version: where to look instead."""
    raise Refused(404, "Ask for services.json or services.xml.")


@open311("GET", "HEAD")
def discovery(request: HttpRequest, form: str) -> HttpResponse:
    """Where this server answers, in the shape of the Open311 service discovery."""
    url = request.build_absolute_uri(reverse("open311-root")).rstrip("/")
    endpoint = {
        "specification": "http://wiki.open311.org/GeoReport_v2", "url": url, "changeset": CHANGESET,
        "type": "production", "formats": [{"format": "text/xml"}, {"format": "application/json"}],
    }  # fmt: skip
    if form == "json":
        endpoint["formats"] = ["text/xml", "application/json"]
    said = {"changeset": CHANGESET, "contact": "12345", "key_service": "docs/operate/open311.md",
            "endpoints": [endpoint]}  # fmt: skip
    return writing.one(form, said, "discovery")


CHANGESET = "2026-11-28T00:00:00+08:00"


def _words(term: Term) -> str:
    return term.word.into(get_language() or "zh-hans")


@open311("GET", "HEAD")
def services(request: HttpRequest, form: str) -> HttpResponse:
    """The kinds of hazard that may be reported."""
    asking.jurisdiction(request.GET)
    found = [
        {"service_code": one.key, "service_name": _words(one), "description": _words(one), "metadata": False,
         "type": "realtime", "keywords": "", "group": ""}
        for one in terms().public
    ]  # fmt: skip
    return writing.rows(form, found, "services", "service")


@open311("GET", "HEAD")
def service(request: HttpRequest, form: str, code: str) -> HttpResponse:
    """A service asks for nothing beyond the place and the words, so that its definition has no attributes."""
    asking.jurisdiction(request.GET)
    _public(code)
    return writing.one(form, {"service_code": code, "attributes": []}, "service_definition")


def _public(code: str) -> Term:
    term = terms().kinds.get(code)
    if term is None or not term.public:
        raise Refused(404, "service_code was not found.")
    return term


@open311("GET", "HEAD", "POST")
def requests(request: HttpRequest, form: str) -> HttpResponse:
    """Report one with a key, or read those of a jurisdiction."""
    if request.method == "POST":
        return _report(request, form)
    chosen = asking.read_filter(request.GET)
    found = _chosen(asking.jurisdiction(request.GET), chosen)
    return writing.rows(form, _rows(found), "service_requests", "request")


def _chosen(place: Place, chosen: Filter) -> Sequence[HelpRequest]:
    found = queries.requests(Scope(prefixes=(place.path,))).filter(public=True)
    if chosen.numbers is not None:
        return list(found.filter(uuid__in=chosen.numbers).order_by("-received_at", "-id")[: asking.MOST])
    found = found.filter(received_at__gte=chosen.since, received_at__lte=chosen.until)
    if chosen.kinds:
        found = found.filter(kind__in=chosen.kinds)
    if chosen.states and set(chosen.states) != {"open", "closed"}:
        found = found.filter(closed_at__isnull=chosen.states[0] == "open")
    return list(found.order_by("-received_at", "-id")[chosen.first : chosen.last])


def _rows(found: Sequence[HelpRequest]) -> list[Row]:
    who, where = queries.holders(found), labels([one.place for one in found], divisions=True)
    changed = queries.changed(found)
    return [_row(one, where[one.place.pk], who.get(one.pk), changed[one.pk]) for one in found]


def _row(one: HelpRequest, place: str, post: Post | None, changed: datetime) -> Row:
    """What anybody may read of a hazard."""
    term, said = terms().kinds.get(one.kind), queries.details(one)
    written = str(said.get("where", ""))
    point = str(said.get("point", "")) or (written if _is_point(written) else "")
    lat, _comma, long = point.partition(",")
    return {
        "service_request_id": str(one.uuid), "status": "open" if one.state in LIVE else "closed",
        "status_notes": str(STATES[one.state]), "service_name": _words(term) if term else one.kind,
        "service_code": one.kind, "description": masked(str(said.get("words", ""))),
        "agency_responsible": post.title if post else "", "service_notice": "",
        "requested_datetime": _at(one.received_at), "updated_datetime": _at(one.closed_at or changed),
        "expected_datetime": _at(one.due_at), "address": masked(place if _is_point(written) else f"{place} {written}"),
        "address_id": str(one.place.uuid), "zipcode": "", "lat": float(lat) if lat else None,
        "long": float(long) if long else None, "media_url": "",
    }  # fmt: skip


def _is_point(text: str) -> bool:
    first, comma, second = text.partition(",")
    try:
        return bool(comma) and abs(float(first)) <= 90 and abs(float(second)) <= 180
    except ValueError:
        return False


def _at(at: datetime) -> str:
    return at.astimezone(clock.LOCAL).isoformat(timespec="seconds")


def _report(request: HttpRequest, form: str) -> HttpResponse:
    """A hazard taken down. The same report sent again on the same day, word for word, is one: a client may retry."""
    typed = request.POST
    place = asking.jurisdiction(typed)
    by = asking.reporter(request, place)
    term = _public(typed.get("service_code", "")) if typed.get("service_code") else None
    if term is None:
        raise Refused(400, "service_code was not provided.")
    at = _place(typed.get("address_id", ""), place)
    told = json.dumps(sorted((name, value) for name, value in typed.items() if name != "api_key"))
    said = read_help({
        "uuid": str(derived("open311", by.account, clock.today(), told)), "kind": term.key,
        "where": asking.where(typed) or full_label(at),
        "phone": typed.get("phone", ""), "words": typed.get("description", ""),
    })  # fmt: skip
    said = replace(said, point=asking.point(typed), media=asking.media(typed))
    one = actions.ask(said=said, place=at, channel=Channel.OPEN311, by=by, sender=f"key {by.account}")
    answer = {
        "service_request_id": str(one.uuid),
        "service_notice": "",
        "account_id": typed.get("account_id", "")[:100],
    }
    return writing.rows(form, [answer], "service_requests", "request", 201)


def _place(text: str, within: Place) -> Place:
    """The place an ``address_id`` means, inside the jurisdiction."""
    if not text.strip():
        return within
    try:
        return touched(Scope(prefixes=(within.path,)), UUID(text.strip()))
    except (ValueError, ObjectDoesNotExist) as error:
        raise Refused(404, "address_id was not found in this jurisdiction.") from error


@open311("GET", "HEAD")
def request_by_id(request: HttpRequest, form: str, number: str) -> HttpResponse:
    """One hazard by its number."""
    place = asking.jurisdiction(request.GET)
    found = queries.requests(Scope(prefixes=(place.path,))).filter(public=True, uuid=asking.number(number)).first()
    if found is None:
        raise Refused(404, "service_request_id was not found.")
    return writing.rows(form, _rows([found]), "service_requests", "request")


@open311("GET", "HEAD")
def token(request: HttpRequest, form: str, token: str) -> HttpResponse:
    """Numbers are given at once here; asked for by one it is given again."""
    found = queries.requests(Scope(prefixes=(asking.jurisdiction(request.GET).path,)))
    if not found.filter(public=True, uuid=asking.number(token)).exists():
        raise Refused(404, "token was not found.")
    return writing.rows(form, [{"service_request_id": token, "token": token}], "service_requests", "request")
