"""Who is to report: worked out from the orders in force, as often as anybody likes, with the same outcome."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, When
from django.db.models.functions import Coalesce

from wangge.base import bulk, clock
from wangge.base.access.by import By
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import uuid7
from wangge.base.sets import keys, written
from wangge.domains.isolation.queries import Term, terms
from wangge.domains.monitoring import queries
from wangge.domains.monitoring.actions.calling import take_back_calls
from wangge.domains.monitoring.actions.expecting import expect, recount
from wangge.domains.monitoring.models import HomeWatch, ReportLink, ReportSlot
from wangge.domains.monitoring.rules import Careful, SlotState, Step
from wangge.domains.people.models import Person
from wangge.domains.places.rules import Kind
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.rules_monitoring import Monitoring

FIELDS = ("door_id", "order", "first_day", "last_day", "careful", "first")


@transaction.atomic
def keep_watches(
    *, response: Response, by: By, people: Collection[int] | None = None, cause: UUID | None = None
) -> list[HomeWatch]:
    """Make who is watched fit the orders in force: begin, carry on with another order or at another door, end. Their
    reports of today are expected with it. ``people``: only these. Returns those that ended."""
    rule = queries.rule_of(response)
    wanted = terms(response, queries.at_home(), people) if rule else {}
    mine = HomeWatch.objects.within(EVERYTHING).filter(response=response, ended_at__isnull=True)
    mine = mine if people is None else mine.filter(person__in=keys(people))
    known = {one.person_id: one for one in mine.select_for_update(of=("self",)).order_by("id")}
    ended = [one for person, one in known.items() if person not in wanted]
    _end(ended, by)
    begun = _renew(response, rule, wanted, known) if rule else 0
    if begun or ended:
        record(
            "monitoring.watches_kept", by=by, response=response.uuid, cause=cause,
            data={"begun": begun, "ended": len(ended)},
        )  # fmt: skip
    if begun:
        expect(response=response, day=clock.today(), by=by)
    return ended


def _renew(response: Response, rule: Monitoring, wanted: dict[int, Term], known: dict[int, HomeWatch]) -> int:
    doors, careful = _doors(wanted), queries.careful_reasons(wanted, rule.frail_age)
    new, changed = list[HomeWatch](), list[HomeWatch]()
    for person, term in wanted.items():
        values = _values(term, doors[person], careful.get(person, ()))
        if (one := known.get(person)) is None:
            new.append(HomeWatch(uuid=uuid7(), response=response, person_id=person, began_at=clock.now(), **values))
        elif any(getattr(one, name) != values[name] for name in FIELDS):
            for name in FIELDS:
                setattr(one, name, values[name])
            changed.append(one)
    bulk.insert(new)
    bulk.update(changed, [name.removesuffix("_id") for name in FIELDS])
    written(len(new), "wangge_homewatch")
    return len(new)


def _values(term: Term, door: int, careful: tuple[Careful, ...]) -> dict[str, Any]:
    return {
        "door_id": door, "order": term.order, "first_day": term.first, "last_day": term.last,
        "careful": ",".join(careful), "first": bool(careful),
    }  # fmt: skip


def _doors(people: Iterable[int]) -> dict[int, int]:
    """The key of the door of each: a bed's room, otherwise the home itself."""
    door = Case(When(home__kind=Kind.BED, then=Coalesce("home__parent_id", "home_id")), default=F("home_id"))
    rows = Person.objects.within(EVERYTHING).filter(pk__in=keys(people)).annotate(door=door)
    return dict(rows.values_list("pk", "door"))


def _end(ended: list[HomeWatch], by: By) -> None:
    """Nothing more is expected of them: their pages end, and what was not due yet is taken off the day's list."""
    if not ended:
        return
    now, chosen = clock.now(), keys([one.pk for one in ended])
    HomeWatch.objects.within(EVERYTHING).filter(pk__in=chosen).update(
        ended_at=now, silent_since=None, misses=0, asked=""
    )
    ReportLink.objects.filter(watch__in=chosen, ended_at__isnull=True).update(ended_at=now)
    waiting = ReportSlot.objects.filter(watch__in=chosen, state=SlotState.WAITING)
    tallies = set(waiting.values_list("tally", flat=True))
    waiting.delete()
    recount(tallies)
    take_back_calls(watches=[one.pk for one in ended], by=by)


@transaction.atomic
def asked(*, watches: Collection[HomeWatch], steps: dict[int, Step], by: By, response: Response, left: bool) -> None:
    """Note how far somebody has been sent for these silent people. ``left``: there are more of them."""
    for step in (Step.CALL, Step.KNOCK):
        mine = [one.pk for one in watches if steps[one.pk] is step]
        HomeWatch.objects.within(EVERYTHING).filter(pk__in=keys(mine)).update(asked=step)
    record(
        "monitoring.silent_followed", by=by, response=response.uuid,
        data={"calls": sum(one is Step.CALL for one in steps.values()),
              "knocks": sum(one is Step.KNOCK for one in steps.values()), "left": left},
    )  # fmt: skip
