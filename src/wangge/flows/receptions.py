"""Who comes back is met, and handed on with what stands about them.

announced               who stands at the gate is to meet them, else the nearest post that answers
a wait over its limit   a level above is told, and for each limit more the next one                   waiting
reception.ended         who went home is seen there on the same day: the paper, what they need        settled
response_closed         all are over: whoever waits goes home
"""

from datetime import datetime, timedelta
from uuid import UUID

from wangge.base import clock
from wangge.base.access.by import SYSTEM, By
from wangge.base.events.models import Event
from wangge.base.events.subject import subject_of
from wangge.base.ids import derived
from wangge.domains.checkpoints.queries import standing_at
from wangge.domains.duty.models import Post
from wangge.domains.isolation.changes import elsewhere
from wangge.domains.isolation.models import Order
from wangge.domains.isolation.queries import of_people
from wangge.domains.isolation.rules import OrderState
from wangge.domains.people.models import Person
from wangge.domains.people.queries import door_of
from wangge.domains.places.models import Place
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import protocol, still_open
from wangge.domains.protocol.rules import Where
from wangge.domains.reception import actions, queries
from wangge.domains.reception.inputs import EndInput, ReceptionInput
from wangge.domains.reception.models import Reception
from wangge.domains.reception.rules import INSIDE, Ended, Ordered
from wangge.domains.work.actions import Wanted, put_items

SETTLE, WITHIN = "settle_in", timedelta(hours=4)


def announce(*, typed: ReceptionInput, place: Place, by: By) -> Reception:
    """Take down that somebody comes, or stands there. Raises Problem."""
    return actions.announce(typed=typed, place=place, meets=who_meets(place), by=by)


def who_meets(place: Place) -> Post | None:
    """The post that stands at a gate of this place now; else the nearest that answers for it."""
    post = standing_at(place)
    keeper = Post.objects.filter(uuid=post, closed__isnull=True).first() if post else None
    return keeper or queries.who_meets(place)


def ordered(person: Person | None, response: Response) -> tuple[Ordered, UUID | None]:
    """What stands about somebody now: an order in force and where it is spent, or one that waits."""
    if person is None:
        return Ordered.NOTHING, None
    found = {one.state: one for one in of_people([person], response)}
    if one := found.get(OrderState.IN_FORCE):
        return (Ordered.HOME if _at_home(one) else Ordered.AWAY), one.uuid
    waits = found.get(OrderState.PROPOSED)
    return (Ordered.PROPOSED, waits.uuid) if waits and waits.ends_at > clock.now() else (Ordered.NOTHING, None)


def _at_home(order: Order) -> bool:
    """Whether its measure of today, or the next one, is spent at home, and no authority sent them elsewhere."""
    if elsewhere([order]):
        return False
    today = clock.today()
    stage = next((one for one in order.stages.all() if one.last_day >= today), None)
    return stage is None or protocol(order.protocol).where(stage.measure) is Where.HOME


def end(*, reception: Reception, typed: EndInput, by: By) -> Reception:
    """Hand them on. Raises Problem where it does not fit what stands about them at this moment."""
    what, order = ordered(reception.person, reception.response)
    return actions.end(reception=reception, typed=typed, ordered=what, order=order, by=by)


def settled(event: Event) -> None:
    """Answer ``reception.ended``: whoever is home now is seen at the door on the same day, once."""
    one = queries.known(subject_of(event))
    if one is None or one.person is None or Ended(one.ended_how) not in INSIDE - {Ended.LET_IN}:
        return
    if one.person.died_on is None and still_open(one.response):
        due, door = clock.now() + WITHIN, door_of(one.person.home)
        wanted = [Wanted(door, SETTLE, derived("settle in", one.uuid), due, one.person)]
        put_items(response=one.response, wanted=wanted, by=SYSTEM, cause=event.uuid)


def waiting(now: datetime) -> None:
    """Alarm: somebody waits longer than they may."""
    actions.raise_late(now=now, by=SYSTEM)
