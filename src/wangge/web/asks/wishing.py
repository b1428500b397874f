"""What somebody typed about an ask, as a wish that the verb takes; and the choices that the form offers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext as _

from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.base.problems import Problem
from wangge.domains.asking.actions import Wish
from wangge.domains.asking.inputs import read_target
from wangge.domains.asking.queries.bank import bank
from wangge.domains.asking.saying import question_words
from wangge.domains.duty.models import Post
from wangge.domains.duty.queries import posts_above
from wangge.domains.places.queries import children
from wangge.domains.places.queries.scoped import begins, seen
from wangge.domains.places.rules import Kind
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import touching
from wangge.web.access import Asked
from wangge.web.asks.words import fresh_words
from wangge.web.command.here import name_of, uuid_of

TEXTS = ("title", "purpose", "ground", "deadline", "ends_at", "area", "response", "uuid", "superior")
NARROWED = ("age_from", "age_to", "lives_alone", "question", "value")
LATEST_HOUR = 18


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it was sent; ``names`` are the questions ticked."""

    texts: Mapping[str, str]
    names: tuple[str, ...]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Everything again as hidden fields."""
        return [*((name, text) for name, text in self.texts.items() if text), *(("questions", n) for n in self.names)]


def typed_in(request: Asked) -> Typed:
    """The fields of the form, without the NUL that PostgreSQL refuses."""
    texts = {name: request.POST.get(name, "").replace("\0", "").strip() for name in (*TEXTS, *NARROWED)}
    return Typed(texts, tuple(request.POST.getlist("questions")))


def read_wish(request: Asked, typed: Typed) -> Wish:
    """Raises Problem; a place outside the asker's raises Place.DoesNotExist."""
    scope, texts = request.by.scope(Right.ASK), typed.texts
    area = uuid_of(texts["area"])
    if area is None:
        raise Problem("ask_area_missing", field="area")
    response = next((one for one in open_in(request) if str(one.uuid) == texts["response"]), None)
    if response is None:
        raise Problem("ask_response_missing", field="response")
    deadline = read_time("deadline", texts["deadline"])
    ends_at = read_time("ends_at", texts["ends_at"]) if texts["ends_at"] else deadline + timedelta(days=1)
    return Wish(
        response, seen(scope, area), texts["title"], texts["purpose"], typed.names, deadline, ends_at,
        read_target(texts), texts["ground"],
    )  # fmt: skip


def read_time(name: str, text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise Problem("ask_time_unreadable", field=name) from error
    return at if at.tzinfo else make_aware(at)


def open_in(request: Asked) -> list[Response]:
    """The Responses in which somebody can ask, the latest first."""
    return [one for one in touching(request.by.scope(Right.ASK)) if one.closed_at is None]


def areas(request: Asked) -> list[tuple[str, str]]:
    """The places somebody may ask about: their own, and what lies directly below."""
    scope = request.by.scope(Right.ASK)
    found: list[tuple[str, str]] = []
    for place in begins(scope):
        found.append((str(place.uuid), name_of(place)))
        if scope.prefixes and place.kind != Kind.COMMUNITY:
            found += [(str(one.uuid), f"　{name_of(one)}") for one in children(place)]
    return found


def questions(chosen: tuple[str, ...]) -> list[dict[str, Any]]:
    """The bank, questionnaire by questionnaire."""
    parts: dict[str, dict[str, Any]] = {}
    for one in bank():
        part = parts.setdefault(one.form.form_id, {"title": one.form.title, "questions": []})
        part["questions"].append({
            "name": one.name, "words": question_words(one), "fresh": fresh_words(one), "chosen": one.name in chosen,
            "whom": _("of each person") if one.subject == "person" else _("of the household"),
        })  # fmt: skip
    return list(parts.values())


def by_default(request: Asked) -> dict[str, str]:
    """A deadline that can be met: this evening, or tomorrow's once the day is over."""
    now = localtime(clock.now())
    day = now + timedelta(days=1 if now.hour >= LATEST_HOUR - 4 else 0)
    deadline = day.replace(hour=LATEST_HOUR, minute=0)
    form = "%Y-%m-%dT%H:%M"
    found = open_in(request)
    return {
        "deadline": deadline.strftime(form), "ends_at": (deadline + timedelta(days=2)).strftime(form),
        "response": str(found[0].uuid) if found else "",
    }  # fmt: skip


def superiors(request: Asked) -> list[Post]:
    """The posts above the one that asks, nearest first."""
    return posts_above(request.by.post) if isinstance(request.by.post, UUID) else []
