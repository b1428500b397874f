"""What follows around medicine: the visit that was put for it becomes the need itself, so that it is one thing; cards
in a hand that cannot give them are a list at once; what is nearly finished or late goes up."""

from datetime import datetime
from uuid import UUID

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.domains.isolation.queries import chosen
from wangge.domains.medicine.actions import cards, moving, raising, taking
from wangge.domains.medicine.queries import accounts_of, known, reach_of
from wangge.domains.medicine.rules import Away
from wangge.domains.people.queries import door_of
from wangge.domains.work.actions import finish_items
from wangge.domains.work.queries import causes_at
from wangge.flows import help_asked
from wangge.flows.medicine_voices import VISIT


def taken(event: Event) -> None:
    """Answer ``medicine.need_taken``: the visit for the same medicine is done with it, a request for help
    at that door joins it, and a short one goes up now."""
    if need := known(subject_of(event)):
        visits = causes_at(door_of(need.person.home), VISIT, need.person)
        finish_items(causes=visits, by=SYSTEM, cause=event.uuid)
        help_asked.settle_at(door_of(need.person.home), event)
    due(clock.now())


def due(now: datetime) -> None:
    """An alarm: under two days, or too long in one hand."""
    raising.raise_due(now=now, by=SYSTEM)


def holder_ordered(event: Event) -> None:
    """Answer ``isolation.orders_confirmed``: of those who are on duty themselves, every card in their hand."""
    orders = chosen(EVERYTHING, [UUID(one) for one in event.data["orders"]])
    holders_away([one.person.uuid for one in orders], event)


def holder_ill(event: Event) -> None:
    """Answer ``cases.case_confirmed``: the same for somebody who is a case."""
    holders_away([UUID(event.data["person"])], event)


def holders_away(people: list[UUID], event: Event) -> None:
    """Whoever of these holds cards cannot give them any more; also where a protective step begins."""
    if accounts := [one.uuid for one in accounts_of(people)]:
        cards.holders_away(accounts=accounts, why=Away.ORDER, now=clock.now(), by=SYSTEM, cause=event.uuid)


def holder_left(event: Event) -> None:
    """Answer ``duty.post_left``: their cards are a list, and what they were buying is given anew."""
    account = UUID(event.data["account"])
    cards.holders_away(
        accounts=[account], why=Away.LEFT, now=clock.now(), by=SYSTEM, cause=event.uuid, reach=reach_of(account)
    )
    moving.lose_buyer(account=account, by=SYSTEM, cause=event.uuid)


def photos(event: Event) -> None:
    """Answer ``clock.day_began``: prescriptions of needs that are over go."""
    taking.drop_prescriptions(now=event.recorded_at, by=SYSTEM)
