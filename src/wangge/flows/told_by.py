"""What a home says at its door about being told becomes the way of all there, but for whoever chose themselves."""

from uuid import UUID

from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.domains.asking.models import Answer
from wangge.domains.asking.queries.answers import value_of
from wangge.domains.asking.queries.doors import KNOWLEDGE, about_door
from wangge.domains.messages.actions import DoorSaid, note_door_ways
from wangge.domains.people.queries import hold, in_area
from wangge.domains.people.rules import normal_phone
from wangge.domains.places.models import Place
from wangge.flows.said import open_response

ASKED = frozenset({"told_by", "told_language", "told_whom", "told_phone", "access_needs"})
TONGUES = {"zh_hans": "zh-Hans", "zh_hant": "zh-Hant", "en": "en"}


def follow(event: Event) -> None:
    """Answer ``asking.answers_recorded`` and ``asking.dispute_settled``."""
    if not ASKED & set(event.data.get("questions", ())) or (response := open_response(event)) is None:
        return
    named = [UUID(one) for one in event.data["answers"]]
    answers = Answer.objects.within(EVERYTHING).filter(uuid__in=named, question__name__in=ASKED, person__isnull=True)
    for door in Place.objects.filter(pk__in=answers.values("door")).order_by("id"):
        people = list(in_area(door).select_related("home").order_by("id"))
        hold(people)
        note_door_ways(people=people, response=response, said=_said(door), by=SYSTEM, cause=event.uuid)


def _said(door: Place) -> DoorSaid:
    known = {one.question.name: value_of(one) for one in about_door(EVERYTHING, door, KNOWLEDGE)}
    needs = frozenset(known.get("access_needs", "").split())
    return DoorSaid(
        told=known.get("told_by", ""), needs=needs, language=TONGUES.get(known.get("told_language", ""), ""),
        phone=normal_phone(known.get("told_phone", "")), whose=known.get("told_whom", "")[:40],
    )  # fmt: skip
