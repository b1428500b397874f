"""Run in the product's environment: texts of codes of its demo city as JSON, and a list that has them.

With ``own``: the address that a desk shows for somebody's own phone.
"""

import json
import sys
from datetime import timedelta

import django
from base45 import b45decode, b45encode

django.setup()

from django.conf import settings  # noqa: E402  # models need the settings first

from wangge.base import clock  # noqa: E402
from wangge.base.access.by import SYSTEM  # noqa: E402
from wangge.base.access.scope import EVERYTHING  # noqa: E402
from wangge.domains.codes import actions, tokens  # noqa: E402
from wangge.domains.codes.inputs import read_verdict  # noqa: E402
from wangge.domains.codes.queries import in_use, issuer_of, link_of, not_green  # noqa: E402
from wangge.domains.codes.rules import Consent, Kind  # noqa: E402
from wangge.domains.people.models import Person  # noqa: E402
from wangge.domains.people.queries import details  # noqa: E402
from wangge.domains.protocol.models import Response  # noqa: E402
from wangge.domains.protocol.queries import naming  # noqa: E402
from wangge.domains.protocol.rules import Named  # noqa: E402

ENOUGH = 4000


def text_of(person: Person, response: Response) -> str:
    """Today's code of somebody, as their phone shows it."""
    link = link_of(actions.allow(person=person, response=response, consent=Consent.AT_DESK, by=SYSTEM))
    assert link
    return actions.use_link(link=link)


def made(person: Person, colour: str) -> Person:
    """Somebody about whom an authority above says a colour."""
    now = clock.now()
    said = {
        "document": str(details(person)["document"]), "says": colour, "source": "省指挥部（演练）",
        "reference": "演练1号", "since": now.isoformat(), "until": (now + timedelta(days=3)).isoformat(),
    }  # fmt: skip
    actions.record_verdict(typed=read_verdict(said), by=SYSTEM)
    return person


def coloured(response: Response) -> dict[str, Person]:
    """One of each colour: whom the facts make so, else whom a verdict does."""
    known = not_green(response)
    people = Person.objects.within(EVERYTHING).select_related("home").filter(died_on__isnull=True)[:ENOUGH]
    rest = iter([one for one in people if one.pk not in known and details(one).get("document")])
    found = {"green": next(rest)}
    for colour in ("yellow", "red"):
        key = next((pk for pk, one in known.items() if one.colour == colour), None)
        of_facts = Person.objects.within(EVERYTHING).select_related("home").filter(pk=key).first()
        found[colour] = of_facts or made(next(rest), colour)
    return found


def told() -> dict[str, str]:
    response = next(one for one in naming(Named.CODES) if in_use(one))
    codes = {name: text_of(person, response) for name, person in coloured(response).items()}
    actions.publish(response=response)
    now = clock.now()
    yesterday = now - timedelta(days=1)
    claims = tokens.Claims(issuer_of(response), yesterday, now - timedelta(minutes=1), 77, Kind.DAILY, "王*")
    raw = bytearray(b45decode(codes["green"][4:]))
    raw[-1] ^= 1
    forged = "WG1:" + b45encode(bytes(raw)).decode()
    return codes | {"expired": tokens.make(settings.WANGGE_KEYS, claims), "forged": forged}


def own() -> dict[str, str]:
    response = next(one for one in naming(Named.CODES) if in_use(one))
    person = Person.objects.within(EVERYTHING).select_related("home").filter(died_on__isnull=True).order_by("-pk")[0]
    secret = actions.allow(person=person, response=response, consent=Consent.OWN, by=SYSTEM)
    return {"address": f"/r/codes/add/{secret}"}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(own() if "own" in sys.argv else told()) + "\n")
