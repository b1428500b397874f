"""Run in the product's environment: somebody's order from its proposal to its last day. JSON.

``order``: a proposed order about somebody of the community whom a case named, with the worker who answers for the door
and the address of their own code. ``door ORDER``: the page of that door. ``last ORDER``: time passes until today is its
last day, and the test of that day is negative.
"""

import json
import sys
from datetime import timedelta
from uuid import UUID

import django

django.setup()

from wangge.base import clock  # noqa: E402  # models need the settings first
from wangge.base.access.by import SYSTEM  # noqa: E402
from wangge.base.access.scope import EVERYTHING, Scope  # noqa: E402
from wangge.base.events.models import Event  # noqa: E402
from wangge.demo.plan import BINGSI  # noqa: E402
from wangge.domains.cases.actions import Found, add_exposures  # noqa: E402
from wangge.domains.cases.models import Case  # noqa: E402
from wangge.domains.cases.rules import ExposureKind  # noqa: E402
from wangge.domains.codes import actions as codes  # noqa: E402
from wangge.domains.codes.rules import Consent  # noqa: E402
from wangge.domains.duty.queries import responsible, who_answers  # noqa: E402
from wangge.domains.isolation import queries  # noqa: E402
from wangge.domains.isolation.homes import term_of  # noqa: E402
from wangge.domains.isolation.models import Order  # noqa: E402
from wangge.domains.people.models import Person  # noqa: E402
from wangge.domains.people.queries import details, door_of  # noqa: E402
from wangge.domains.people.rules import age_on  # noqa: E402
from wangge.domains.places.queries import by_code  # noqa: E402
from wangge.domains.testing.actions import record_result  # noqa: E402
from wangge.domains.testing.inputs import ResultInput  # noqa: E402
from wangge.domains.testing.rules import Purpose, Value  # noqa: E402
from wangge.domains.work.models import Task  # noqa: E402
from wangge.flows.consequences import follow_through  # noqa: E402


def order() -> dict[str, str]:
    """Of a grown-up with a document, named by the latest case: the tracer's word, and what follows from it."""
    case = Case.objects.within(EVERYTHING).select_related("response").latest("id")
    person, worker = _somebody()
    now = clock.now()
    met = Found(
        case=case, person=person, kind=ExposureKind.INTERVIEW, role="close_contact", clause="流调", confirmed=True,
        starts=now - timedelta(hours=30), ends=now - timedelta(hours=24), place=None,
    )  # fmt: skip
    add_exposures(response=case.response, found=[met], by=SYSTEM)
    follow_through(case.response, [person], Event.objects.latest("id"))
    one = Order.objects.within(EVERYTHING).get(person=person, state="proposed")
    secret = codes.allow(person=person, response=case.response, consent=Consent.OWN, by=SYSTEM)
    return {
        "order": str(one.uuid), "worker": worker, "name": person.name, "code": f"/r/codes/add/{secret}",
        "response": str(case.response.uuid), "home": str(person.home.uuid),
    }  # fmt: skip


def _somebody() -> tuple[Person, str]:
    """Whom no order binds, at a door that somebody answers for; with that account's name."""
    community = by_code(BINGSI.code)
    free = Person.objects.within(Scope(prefixes=(community.path,))).filter(
        home__kind="household", orders__isnull=True, died_on__isnull=True
    )
    for person in free.select_related("home", "home__parent").order_by("-id")[:200]:
        post = responsible([person.home])[person.home_id]
        answers = who_answers([post])[post.pk]
        grown = 18 <= (age_on(person.birth_date, clock.today()) or 0) < 60
        if grown and answers and post.kind == "grid_worker" and details(person).get("document"):
            return person, answers.account.username
    raise LookupError("nobody in the community")


def door(uuid: str) -> dict[str, str]:
    """Once the order is confirmed there is something to do at the door."""
    one = queries.order(EVERYTHING, UUID(uuid))
    where = door_of(one.person.home)
    task = Task.objects.within(EVERYTHING).get(door=where, response=one.response, state="open")
    return {"door": f"/field/door/{task.uuid}/"}


def last(uuid: str) -> dict[str, str]:
    """Its days lie so much earlier that today is the last one."""
    one = queries.order(EVERYTHING, UUID(uuid))
    back = term_of(one).last - clock.today()
    for stage in one.stages.all():
        stage.first_day, stage.last_day = stage.first_day - back, stage.last_day - back
        stage.save()
    began = min(one.starts_at - back, one.confirmed_at or clock.now())
    Order.objects.within(EVERYTHING).filter(pk=one.pk).update(starts_at=began, ends_at=one.ends_at - back)
    at = clock.now() - timedelta(minutes=5)
    for number in "12":  # the last test of some editions is a double one
        typed = ResultInput(
            str(details(one.person)["document"]), "市疾控", f"{uuid[-8:]}-{number}", Purpose.ROUTINE, Value.NEGATIVE,
            False, at, clock.now(),
        )  # fmt: skip
        record_result(typed=typed, by=SYSTEM)
    return {"days": str(back.days)}


if __name__ == "__main__":
    what, *which = sys.argv[1:]
    sys.stdout.write(json.dumps({"order": order, "door": door, "last": last}[what](*which)) + "\n")
