"""A zone comes into force: every household of which it is not known what it needs is asked, once, at its door or by
telephone. The zone is over: what was still to be asked is taken back."""

from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.base.ids import derived
from wangge.base.problems import Problem
from wangge.domains.asking.actions import Wish, close_ask, send_ask
from wangge.domains.asking.models import Ask
from wangge.domains.asking.queries.answers import form_in_use, judge_of
from wangge.domains.asking.questionnaire import words_in
from wangge.domains.places.models import Place
from wangge.domains.places.rules import SEGMENT
from wangge.domains.protocol.queries import still_open
from wangge.domains.zones import queries
from wangge.domains.zones.models import Zone
from wangge.domains.zones.rules import Entry, Part, ZoneState
from wangge.domains.zones.service import FORM

GOES_ON = timedelta(days=7)  # after the deadline answers still count for the list; our own setting


def follow(event: Event) -> None:
    """Answer ``zones.in_force``: an ask to the zone's doors, where its level closes people in."""
    zone = queries.named(subject_of(event))
    entries = queries.entries_of([zone]).get(zone.pk, ())
    whole = len(entries) == 1 and entries[0].part is Part.IN
    _ask(zone, entries, None if whole else queries.doors(entries), care_id(zone))


def taken_in(event: Event) -> None:
    """Answer ``zones.places_decided``: doors that were taken in afterwards are asked as well."""
    zone = queries.named(subject_of(event))
    entries = queries.entries_of([zone]).get(zone.pk, ())
    chosen = queries.places_chosen(UUID(one) for one in event.data.get(Part.IN, ()))
    if chosen:
        these = queries.within([Entry(one.path, Part.IN) for one in chosen])
        _ask(zone, entries, queries.doors(entries).filter(these), derived("zone-care", event.uuid))


def care_id(zone: Zone) -> UUID:
    """The id of the ask that a zone sends when it begins: put twice it is one."""
    return derived("zone-care", zone.uuid)


def _ask(zone: Zone, entries: tuple[Entry, ...], doors: "QuerySet[Place, Place] | None", uuid: UUID) -> None:
    """Ask some doors of a zone, or all that its one place holds."""
    rule, form = queries.area_of(zone).zone, form_in_use(FORM)
    if zone.state != ZoneState.IN_FORCE or not still_open(zone.response) or not (rule and rule.care_hours and form):
        return
    only = None if doors is None else tuple(doors.values_list("pk", flat=True))
    if only == ():
        return
    due, said = clock.now() + timedelta(hours=rule.care_hours), judge_of(form.uuid).questionnaire
    wish = Wish(
        response=zone.response, area=_around(entries), title=f"{zone.name} {words_in(said.title, 'zh')}"[:120],
        purpose=words_in(said.purpose, "zh")[:300], questions=tuple(one.name for one in said.asked), deadline=due,
        ends_at=due + GOES_ON, only=only,
    )  # fmt: skip
    try:
        send_ask(wish=wish, by=SYSTEM, uuid=uuid)
    except Problem as problem:
        if problem.code != "ask_covered":  # an ask that is open already takes every one of these doors
            raise


def _around(entries: tuple[Entry, ...]) -> Place:
    """The smallest place around everything that is in."""
    paths = [one.path for one in entries if one.part is not Part.OUT]
    common = paths[0]
    for path in paths:
        while not path.startswith(common):
            common = common[:-SEGMENT]
    return Place.objects.get(path=common)


def over(event: Event) -> None:
    """Answer ``zones.released`` and ``zones.superseded``."""
    zone = queries.named(subject_of(event))
    later = Event.objects.filter(kind="zones.places_decided", subject=zone.uuid).values_list("uuid", flat=True)
    ids = [care_id(zone), *(derived("zone-care", uuid) for uuid in later)]
    for ask in Ask.objects.filter(uuid__in=ids).select_related("area", "response").order_by("id"):
        close_ask(ask=ask, by=SYSTEM, why="zone_over")
