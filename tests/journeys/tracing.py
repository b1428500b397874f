"""Run in the product's environment: whose code this is, how often they were checked in today at a venue, and whether a
tracer's question for somebody who was there a minute later finds them. ``tracing.py CODE VENUE``; JSON."""

import json
import sys
from datetime import timedelta

import django

django.setup()

from django.conf import settings  # noqa: E402  # models need the settings first

from wangge.base import clock, signing  # noqa: E402
from wangge.base.access.scope import EVERYTHING  # noqa: E402
from wangge.base.ids import uuid7  # noqa: E402
from wangge.domains.codes import tokens  # noqa: E402
from wangge.domains.codes.queries import holder_of, issuer_of  # noqa: E402
from wangge.domains.people.models import Person  # noqa: E402
from wangge.domains.protocol.queries import in_force, naming  # noqa: E402
from wangge.domains.protocol.rules import Named  # noqa: E402
from wangge.domains.venues import storage  # noqa: E402
from wangge.domains.venues.models import Venue  # noqa: E402
from wangge.domains.venues.queries import candidates_for  # noqa: E402


def asked(text: str, name: str) -> dict[str, object]:
    response, venue, today = naming(Named.CHECK_IN)[0], Venue.objects.get(name=name), clock.today()
    _seen, claims = tokens.read(text, signing.known(settings.WANGGE_KEYS), issuer_of(response), clock.now())
    who = holder_of(response, claims) if claims else None
    if who is None:
        return {"rows": 0, "met": False}
    visits = [at for where, at in storage.visits_of(who.pk, today, today) if where == venue.pk]
    case = Person.objects.within(EVERYTHING).exclude(pk=who.pk).order_by("-pk")[0]
    if visits:
        minute = int(timedelta(minutes=1).total_seconds())
        storage.add([storage.CheckIn(uuid7(), case.pk, venue.pk, visits[0] + minute)])
    met = candidates_for(person=case.pk, first_day=today, last_day=today, stays=in_force(response).stays, cap=200)
    return {"rows": len(visits), "met": (who.pk, venue.pk) in {(one.person, one.venue) for one in met}}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asked(*sys.argv[1:])) + "\n")
